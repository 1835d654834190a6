"""The power is cut at any moment of a command that moves files about: the record opens with its key, before or after.

python -m tests.faults.power_commands [--cuts 40] [--seed 1]

Each command runs once, what it asks of the disk is written down, and the disk is put together as each cut leaves it:
a fourth of them after its end, when what it promised must be there whatever the disk made of what nobody waited for.
"""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from duty_tui.domain.commands import CloseConcern
from duty_tui.domain.kinds import DESTROYED
from duty_tui.errors import DutyError
from duty_tui.opening import Opening, key_of, open_store
from duty_tui.places import places
from duty_tui.store.journal import Entry
from duty_tui.store.keyfile import Unlock
from duty_tui.store.sqlite import SqliteStore
from duty_tui.wiring import open_desk
from tests.faults.disk import Disk, read_trace
from tests.faults.power_loss import LIBRARY, NO_COMPILER, compiled, moments, own_environment, put_down, watched

PASSPHRASE = "an invented passphrase of many words"
TABLE = """reference,received,received time,source,family,child name,date of birth,what happened,reasonable_cause
R1,2026-11-20,18:00,School,Okafor,Amara Okafor,2022-08-01,Bruise on the arm,yes
R2,2026-11-19,09:30,Police,Lund,Kofi Lund,2024-02-29,Seen alone in the street,unknown
"""


def _asked(_: Path, opens: Callable[[str], bytes]) -> bytes:
    return opens(PASSPHRASE)


def _how(home: Path, unlock: Unlock | None = _asked) -> Opening:
    where = places({"DUTY_TUI_HOME": str(home)})
    return Opening(where.desk, where.key_file, False, where, unlock)


def _entries(home: Path, path: Path | None = None) -> list[Entry]:
    """All entries of the desk, or of another file under its key, which verifies. Raises DutyError."""
    how = _how(home)
    store = open_store(how) if path is None else SqliteStore(path, key_of(how))
    with closing(store):
        store.verify()
        return [entry for batch in store.follow() for entry in batch]


class Before(NamedTuple):
    """What there was before the command: a home with a desk, the entries of it, those of a backup."""

    home: Path
    entries: list[Entry]
    backup: list[Entry]


Check = Callable[[Path, bool, Before], bool]


def _made(home: Path, done: bool, before: Before) -> bool:
    return len(_entries(home)) == 3 if _how(home).database.exists() else not done


def _the_same(home: Path, done: bool, before: Before) -> bool:
    return _entries(home) == before.entries


def _backed_up(home: Path, done: bool, before: Before) -> bool:
    copy = home / "copy.db"
    whole = copy.exists() and copy.stat().st_size > 0
    return _the_same(home, done, before) and (_entries(home, copy) == before.entries if whole else not done)


def _restored(home: Path, done: bool, before: Before) -> bool:
    place = _how(home).database
    kept = list(place.parent.glob("desk.before-*.db"))
    wal = Path(f"{place}-wal")
    if not done and not place.exists() and wal.exists():  # cut between the two: together they are the record
        wal.rename(f"{kept[0]}-wal")
    aside = [_entries(home, path) for path in kept]
    if not place.exists():
        return not done and aside == [before.entries]
    now = _entries(home)
    return (now == before.backup and aside == [before.entries]) or (not done and now == before.entries)


def _destroyed(home: Path, done: bool, before: Before) -> bool:
    now = _entries(home)
    if not done and now == before.entries:
        return True
    end = now[len(before.entries)]
    gone = [one for one in now if one.body is None]
    return (
        end.kind == DESTROYED
        and [one.version for one in gone] == end.data["versions"]
        and {one.stream for one in gone} == {end.stream}
        and [one.hash for one in now[:-1]] == [one.hash for one in before.entries]
    )


class Command(NamedTuple):
    """A command, whether there is a desk before it, and what must be true after a cut: `done` when it had ended."""

    words: Sequence[str]
    check: Check
    desk: bool = True


COMMANDS = (
    Command(("init",), _made, desk=False),
    Command(("key", "rotate"), _the_same),
    Command(("key", "passphrase"), _the_same),
    Command(("backup", "copy.db"), _backed_up),
    Command(("restore", "backup.db", "--replace"), _restored),
    Command(("destroy", "C1", "--authority", "Records board", "--rule", "R7", "--confirm", "C1"), _destroyed),
)


def _run(home: Path, words: Sequence[str], environment: dict[str, str]) -> None:
    """Run a command in a home. Raises CalledProcessError."""
    subprocess.run(
        [sys.executable, "-m", "duty_tui", *words],
        cwd=home,
        env={**environment, "DUTY_TUI_HOME": str(home), "DUTY_TUI_NEW_PASSPHRASE": PASSPHRASE},
        input=TABLE.encode(),
        check=True,
        capture_output=True,
    )


def prepared(folder: Path) -> Before:
    """A desk with a backup of before its last entries; its last act lies in the `-wal` alone, as a crash leaves it."""
    working, home = folder / "working", folder / "before"
    working.mkdir()
    plain = {**own_environment(), "PYTHONPATH": str(Path(__file__).parents[2])}
    for words in (("init",), ("backup", "backup.db"), ("import", "-")):
        _run(working, words, plain)
    with (desk := open_desk(_how(working))).store:
        desk.do(desk.find("C1").id, CloseConcern(reason="Seen by the doctor"))
        shutil.copytree(working, home)
    return Before(home, _entries(working), _entries(working, working / "backup.db"))


def cut(command: Command, before: Before, folder: Path, cuts: int, chance: random.Random) -> list[str]:
    """Run a command and cut it so many times; what was found wrong, a line each. The library lies in `folder`."""
    live, left, trace = folder / "live", folder / "left", folder / "trace"
    for old in (live, left):
        shutil.rmtree(old, ignore_errors=True)
    trace.unlink(missing_ok=True)
    if command.desk:
        shutil.copytree(before.home, live)
    else:
        live.mkdir()
    disk = Disk(live)
    _run(live, command.words, watched(folder / LIBRARY, live, trace))
    events = read_trace(trace)
    wrong: list[str] = []
    happened, at_the_end = 0, cuts // 4
    for moment in (*moments(events, cuts - at_the_end, chance, "RLU"), *[len(events)] * at_the_end):
        for event in events[happened:moment]:
            disk.happen(event)
        happened = moment
        put_down(disk.left(chance), left)
        done = moment == len(events)
        try:
            right = command.check(left, done, before)
            why = "another record"
        except (DutyError, OSError) as error:
            right, why = False, str(error)
        if not right:
            wrong.append(
                f"{' '.join(command.words)}, {'after its end' if done else f'event {moment} of {len(events)}'}: {why}"
            )
    if unlike := disk.unlike():
        raise AssertionError(f"not everything was written down: {unlike}")
    return wrong


def main(arguments: Sequence[str] | None = None) -> int:
    """Run it, print what came out; 1 when a record could not be opened or was another, 2 where it cannot be run."""
    parser = ArgumentParser(prog="python -m tests.faults.power_commands", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--cuts", type=int, default=40, help="of each command")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    if not shutil.which("cc"):
        print(NO_COMPILER)
        return 2
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        compiled(folder)
        before = prepared(folder)
        for command in COMMANDS:
            wrong += cut(command, before, folder, asked.cuts, random.Random(asked.seed))
    counted = (
        f"{len(COMMANDS)} commands, {asked.cuts} cuts each; {len(wrong)} left no record that opens, or another one"
    )
    print("\n  ".join((f"power loss, commands: {counted}", *wrong[:40])))
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
