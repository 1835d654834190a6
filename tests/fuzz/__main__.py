"""Whatever comes in, for as long as one likes: `python -m tests.fuzz --seconds 60`.

Prints how many inputs each importer was given, how many it refused, and the slowest. What it trips over is written to a
file, with the number it can be made again from (`--only NAME --seed N --inputs 1`), and the end is 1.
"""

from __future__ import annotations

import argparse
import faulthandler
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from time import monotonic

from tests.fuzz.importers import Importer, importers
from tests.fuzz.trying import LONGEST, an_input, tried


def main(words: Sequence[str] | None = None) -> int:
    """Give every importer its share of the time; 1 when any tripped."""
    asked = argparse.ArgumentParser(prog="python -m tests.fuzz", description="Read what nobody should have to read.")
    asked.add_argument("--seconds", type=float, default=60, help="for all of them together")
    asked.add_argument("--only", help="the importer of this name")
    asked.add_argument("--seed", type=int, default=0, help="number of the first input")
    asked.add_argument("--inputs", type=int, default=sys.maxsize, help="so many for each at most")
    asked.add_argument("--keep", type=Path, default=Path(), help="folder for what it trips over")
    how = asked.parse_args(words)
    failed = 0
    with importers() as found:
        chosen = [one for one in found if how.only in (None, one.name)]
        print(f"{'':16}{'inputs':>8}{'read':>8}{'refused':>9}{'failed':>8}{'slowest':>10}")
        for one in chosen:
            failed += given(one, how.seconds / len(chosen), how.seed, how.inputs, how.keep)
    return 1 if failed or not chosen else 0


def given(importer: Importer, seconds: float, seed: int, inputs: int, keep: Path) -> int:
    """Give it inputs from number `seed` on until the time or their number is up; how many it tripped over."""
    end, number, refused, slowest = monotonic() + seconds, 0, 0, 0.0
    kinds: dict[str, int] = {}
    while monotonic() < end and number < inputs:
        faulthandler.dump_traceback_later(6 * LONGEST, exit=True, file=sys.__stderr__ or sys.stderr)  # what never ends
        data = an_input(importer, seed + number)
        try:
            done = tried(importer, data)
        except Exception as error:  # noqa: BLE001 - that is what is looked for
            where = traceback.extract_tb(error.__traceback__)[-1]
            kind = f"{type(error).__name__} at {where.filename}:{where.lineno}"
            if kind not in kinds:
                name = keep / f"fuzz-{importer.name.replace(' ', '-')}-{seed + number}.bin"
                name.write_bytes(data)
                print(f"{importer.name}: {kind}: {str(error)[:200]} (input {seed + number}, kept as {name})")
            kinds[kind] = kinds.get(kind, 0) + 1
        else:
            refused += done.refused
            slowest = max(slowest, done.seconds)
        number += 1
    faulthandler.cancel_dump_traceback_later()
    failed = sum(kinds.values())
    read = number - refused - failed
    print(f"{importer.name:16}{number:8}{read:8}{refused:9}{failed:8}{slowest * 1000:7.0f} ms", flush=True)
    return failed


if __name__ == "__main__":
    sys.exit(main())
