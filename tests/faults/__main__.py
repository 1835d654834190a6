"""Every trial in full, one after the other, and a table of what came out: `make faults`.

python -m tests.faults [--quick]
"""

from __future__ import annotations

import subprocess
import sys
import time
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
#: How each ended, by its status; 2 is a machine that lacks something, which the trial names.
ENDED = {0: "ok", 2: "NOT TRIED"}


class Trial(NamedTuple):
    """A script, as it is run in full and as it is tried in small."""

    name: str
    full: Sequence[str]
    small: Sequence[str]


TRIALS = (
    Trial("kills", ("--engine", "sqlite", "--kills", "300"), ("--engine", "sqlite", "--kills", "8")),
    Trial("kills", ("--engine", "postgres", "--kills", "300"), ("--engine", "postgres", "--kills", "8")),
    Trial("outbox", ("--kills", "300"), ("--kills", "8")),
    Trial("power_loss", ("--cuts", "400"), ("--cuts", "20")),
    Trial("power_commands", ("--cuts", "100"), ("--cuts", "20")),
    Trial("flips", ("--bits", "40"), ("--bits", "1")),
    Trial("server", ("--faults", "40"), ("--faults", "5")),
    Trial("network", ("--cuts", "20"), ("--cuts", "2", "--longest", "0.5")),
    Trial("crowd", ("--engine", "sqlite"), ("--engine", "sqlite", "--people", "4", "--minutes", "0.1", "--pace", "1")),
    Trial(
        "crowd", ("--engine", "postgres"), ("--engine", "postgres", "--people", "4", "--minutes", "0.1", "--pace", "1")
    ),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run them all, also when one fails; 1 when any did."""
    parser = ArgumentParser(prog="python -m tests.faults", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="each in small, as the tests run them")
    quick = parser.parse_args(arguments).quick
    rows = []
    for trial in TRIALS:
        command = [sys.executable, "-m", f"tests.faults.{trial.name}", *(trial.small if quick else trial.full)]
        begun = time.monotonic()
        ended = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
        print(ended.stdout, end="", flush=True)
        words = " ".join((trial.name, *command[3:]))
        rows.append((words, ENDED.get(ended.returncode, "FAILED"), f"{time.monotonic() - begun:.0f} s"))
    wide = max(len(words) for words, *_ in rows)
    print("", *(f"{words:<{wide}}  {how:<9}  {took:>6}" for words, how, took in rows), sep="\n")
    return any(how != "ok" for _, how, _ in rows)


if __name__ == "__main__":
    sys.exit(main())
