"""One bit turned anywhere in the files of a record: opening it is an error, or it is the same record; never another.

What a person typed and did not record is less: of the drafts the one kept last may be missing, where it lay at the very
end of the `-wal`, and nothing tells of it.

python -m tests.faults.flips [--bits 40] [--seed 1]

So many bits of every page of the record and of its `-wal`, and of every 512 bytes of what else belongs to it: the
`-shm`, the key file, and what this terminal noted of the record. Each is turned, the record opened as the program opens
it, and everything in it read.
"""

from __future__ import annotations

import random
import shutil
import sys
import tempfile
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from duty_tui.errors import DutyError
from duty_tui.store.cipher import driver
from duty_tui.store.keyfile import make_key, read_key
from duty_tui.store.rows import Draft
from duty_tui.store.sqlite import SqliteStore
from duty_tui.store.store import Store
from duty_tui.store.witness import Witness
from tests.store.examples import NHS, UPN, action, contact, draft, note, record

PAGE, SECTOR = 4096, 512
#: The draft that was kept last of all: no entry after it tells that it is missing.
LAST = "last"
#: What belongs to a record, and how many bytes of each get their share of bits.
FILES = {"duty.db": PAGE, "duty.db-wal": PAGE + 24, "duty.db-shm": SECTOR, "desk.key": SECTOR, "seen": SECTOR}


def everything(store: Store) -> list[Any]:
    """All that is in a record, read by every way there is."""
    entries = [entry for batch in store.follow() for entry in batch]
    streams = sorted({entry.stream for entry in entries})
    return [
        entries,
        [store.stream(stream) for stream in streams],
        [store.version(stream) for stream in streams],
        store.rows(),
        store.counts(),
        store.actions(),
        store.contacts((), 100),
        store.drafts(),
        store.duplicates_of("", [NHS, UPN]),
        store.meta("database"),
        store.meta("about"),
        store.head(),
    ]


def opened(folder: Path) -> list[Any]:
    """Everything in the record of a folder, opened with its key and compared with what was seen. Raises DutyError."""
    with SqliteStore(folder / "duty.db", read_key(folder / "desk.key")) as store:
        Witness(folder / "seen").check(store)
        return everything(store)


def prepared(folder: Path) -> Path:
    """A folder with a record as a machine that lost its power leaves it, a part of it in the `-wal` alone."""
    working, left = folder / "working", folder / "left"
    working.mkdir()
    key = make_key(working / "desk.key")
    with SqliteStore(working / "duty.db", key, create=True) as store:
        entries = [note(f"s{number % 7}", number // 7, f"{number} {'word ' * 60}") for number in range(120)]
        record(store, *entries[:100])
        store._read("PRAGMA wal_checkpoint(TRUNCATE)")
        store.append(
            entries[100:101],
            actor="A. Worker",
            at=draft().updated,
            identities={"s1": [NHS], "s2": [NHS, UPN]},
            actions={"s1": [action("s1")]},
            contacts=[contact()],
        )
        store.set_meta("about", "the whole")
        store.save_draft(draft("d0"))
        for entry in entries[101:]:
            record(store, entry)
        Witness(working / "seen").check(store)
        store.save_draft(draft(LAST))
        shutil.copytree(working, left)
    return left


def places(whole: bytes, share: int, bits: int, chance: random.Random) -> Iterator[tuple[int, int]]:
    """So many bits of every share: the byte each is in, and which of the eight."""
    for start in range(0, len(whole), share):
        for _ in range(bits):
            yield chance.randrange(start, min(start + share, len(whole))), chance.randrange(8)


def flips(folder: Path, bits: int, chance: random.Random) -> dict[str, Counter[str]]:
    """Turn the bits one by one; for each file how often the record was the same, an error, or another one."""
    left = prepared(folder)
    trial = folder / "trial"
    shutil.copytree(left, trial)
    wanted = opened(trial)
    counted = {}
    for name, share in FILES.items():
        [file] = [path for path in left.rglob("*") if path.is_file() and name in (path.name, path.parent.name)]
        whole, count = file.read_bytes(), Counter[str]()
        for place, bit in places(whole, share, bits, chance):
            shutil.rmtree(trial)
            shutil.copytree(left, trial)
            damaged = bytearray(whole)
            damaged[place] ^= 1 << bit
            (trial / file.relative_to(left)).write_bytes(damaged)
            count[_found(trial, wanted)] += 1
        counted[name] = count
    return counted


def _found(trial: Path, wanted: list[Any]) -> str:
    try:
        found = opened(trial)
        if found == wanted:
            return "same"
        return "undrafted" if found == _without_the_last_draft(wanted) else "another"
    except DutyError:
        return "error"
    except (driver.Error, ValueError, TypeError, OverflowError, KeyError):  # what no person should see
        return "traceback"


def _without_the_last_draft(wanted: list[Any]) -> list[Any]:
    return [
        [one for one in part if one.id != LAST]
        if part and isinstance(part, list) and isinstance(part[0], Draft)
        else part
        for part in wanted
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run it, print what came out; 1 when another record was found, or an error nobody can read."""
    parser = ArgumentParser(prog="python -m tests.faults.flips", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--bits", type=int, default=40, help="of every page")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        counted = flips(Path(name), asked.bits, random.Random(asked.seed))
    total = sum(counted.values(), Counter[str]())
    lines = [
        f"{name}: {count.total()} bits: {count['error']} errors, {count['same']} the same record, "
        f"{count['undrafted']} the same without the draft kept last"
        for name, count in counted.items()
    ]
    counts = f"{total.total()} bits turned; {total['another']} another record, {total['traceback']} not in words"
    print("\n  ".join((f"flipped bits: {counts}", *lines)))
    return bool(total["another"] or total["traceback"] or not total["error"])


if __name__ == "__main__":
    sys.exit(main())
