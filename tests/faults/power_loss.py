"""The power is cut at any moment of four writers' work: nothing they were told is recorded may be missing.

Nor may anything that a fifth, whose record is away, was told is kept on this machine.

python -m tests.faults.power_loss [--cuts 400] [--seed 1] [--synchronous FULL]

The writers work with the program's own SQLite; what they ask of the disk is written down (`power_loss.c`, compiled by
`cc` when this starts, Linux only) and the disk put together as each cut would leave it (`disk.py`). After every fifty
cuts four new writers begin on what one of them left. With `--synchronous NORMAL` entries are lost: that shows that this
would see it.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path

from duty_tui.errors import DutyError
from duty_tui.store.witness import Witness
from tests.faults.disk import Disk, Event, read_trace
from tests.faults.engines import made, reach
from tests.faults.judge import Said, Verdict, judged, judged_away
from tests.faults.writer import Writing, waiting

ROOT = Path(__file__).parents[2]
WRITERS = 4
CUTS_A_ROUND = 50
LIBRARY, OUTBOX = "power_loss.so", "kept.outbox"
NO_COMPILER = "There is no C compiler (cc) here, and what is asked of the disk cannot be written down without one."


def compiled(folder: Path) -> Path:
    """What is loaded before the C library, made from power_loss.c. Raises OSError where there is no compiler."""
    made = folder / LIBRARY
    source = Path(__file__).with_name("power_loss.c")
    subprocess.run(["cc", "-shared", "-fPIC", "-O2", "-o", made, source, "-ldl"], check=True)
    return made


def own_environment() -> dict[str, str]:
    """The environment without what somebody set for the program."""
    return {name: value for name, value in os.environ.items() if not name.startswith("DUTY_TUI")}


def watched(library: Path, folder: Path, trace: Path) -> dict[str, str]:
    """The environment in which a program's wishes about the files below `folder` are written down."""
    return {
        **own_environment(),
        "LD_PRELOAD": str(library),
        "FAULTS_ROOT": str(folder),
        "FAULTS_TRACE": str(trace),
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def _write(writings: Sequence[Writing], environment: Mapping[str, str], ledgers: Sequence[Path]) -> None:
    """Have them all write until each has done its acts; what they are told goes to their ledgers."""
    running = []
    for writing, ledger in zip(writings, ledgers, strict=True):
        with ledger.open("ab") as out:
            command = [sys.executable, "-m", "tests.faults.writer", json.dumps(writing._asdict())]
            running.append(subprocess.Popen(command, stdin=subprocess.PIPE, stdout=out, env=environment, cwd=ROOT))
    for process in running:
        if process.wait():
            raise AssertionError("a writer ended by itself")


def moments(events: Sequence[Event], count: int, chance: random.Random, kinds: str = "E") -> list[int]:
    """After how many events the power is cut: anywhere, and as often at an event of these kinds or just after it."""
    pointed = [place for place, event in enumerate(events, 1) if event.what in kinds]
    return sorted(
        min(len(events), chance.choice(pointed) + chance.randrange(3))
        if chance.random() < 0.5
        else chance.randrange(1, len(events) + 1)
        for _ in range(count)
    )


def put_down(files: Iterator[tuple[str, bytes]], folder: Path) -> None:
    """The files a cut left, as a machine that starts again finds them: what was shared memory is gone."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, content in files:
        if not name.endswith("-shm"):
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            path.chmod(0o600)


def _after(folder: Path, said: Sequence[Said], away: Said) -> Verdict:
    """What is found on the disk that was left, and whether it can be gone on with."""
    try:
        with reach(str(folder / "duty.db")) as store:
            for one in said:
                Witness(folder / "seen" / one.name).check(store)
            verdict = judged(store, said)
            store.set_meta("after", "the cut")
        with closing(waiting(str(folder / OUTBOX))) as outbox:
            return verdict + judged_away(outbox, away)
    except DutyError as error:
        return Verdict(acknowledged=sum(len(one.lines) for one in said), broken=1, why=[str(error)])


class Trial:
    """Rounds of writers and cuts in a folder."""

    def __init__(self, folder: Path, synchronous: str, chance: random.Random) -> None:
        self.live, self.left = folder / "live", folder / "left"
        self._trace = folder / "trace"
        self._library = compiled(folder)
        self._synchronous, self._chance = synchronous, chance
        self._said = [*(Said(f"writer{number}") for number in range(WRITERS)), Said("away")]
        self.cuts = 0
        #: How many of them while the record held something that was not synced yet.
        self.unsynced = 0

    def round(self, cuts: int) -> Verdict:
        """Four writers on what there is, cut so many times; they leave what one of the cuts left to the next round."""
        self._trace.unlink(missing_ok=True)
        ledgers = [self.live / f"{said.name}.ledger" for said in self._said]
        for ledger in ledgers:
            ledger.write_bytes(b"")
        disk = Disk(self.live)
        _write(self._writings(), watched(self._library, self.live, self._trace), ledgers)
        events = read_trace(self._trace)
        verdict, happened, on = Verdict(), 0, self._chance.randrange(cuts)
        before = [(said, list(said.lines)) for said in self._said]
        for number, moment in enumerate(moments(events, cuts, self._chance)):
            for event in events[happened:moment]:
                disk.happen(event)
            happened = moment
            for said, lines in before:
                said.lines = list(lines)
                said.hear(bytes(disk.names[str(self.live / f"{said.name}.ledger")].now))
                said.cut_off()
            put_down(disk.left(self._chance), self.left)
            verdict += _after(self.left, self._said[:-1], self._said[-1])
            self.cuts += 1
            self.unsynced += disk.unsynced
            if number == on:
                keep = [list(said.lines) for said in self._said]
                shutil.rmtree(self.live.with_name("next"), ignore_errors=True)
                shutil.copytree(self.left, self.live.with_name("next"))
        for event in events[happened:]:
            disk.happen(event)
        if unlike := disk.unlike():
            raise AssertionError(f"not everything was written down: {unlike}")
        for (said, _), lines in zip(before, keep, strict=True):
            said.lines = lines
        shutil.rmtree(self.live)
        self.live.with_name("next").rename(self.live)
        return verdict

    def _writings(self) -> list[Writing]:
        return [
            Writing(
                str(self.live / (OUTBOX if said.name == "away" else "duty.db")),
                said.name,
                away=said.name == "away",
                first=said.next_act,
                acts=self._chance.randrange(20, 60),
                desk=number == 0,
                sitting=self._chance.choice((7, 25, 1000)),
                witness=str(self.live / "seen"),
                synchronous=self._synchronous,
                checkpoint=self._chance.choice((3, 10, 40, 1000)),
            )
            for number, said in enumerate(self._said)
        ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run it, print what came out; 1 when anything was lost, changed or recorded twice, 2 where it cannot be run."""
    parser = ArgumentParser(prog="python -m tests.faults.power_loss", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--cuts", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--synchronous", choices=("FULL", "NORMAL"), default="FULL")
    asked = parser.parse_args(arguments)
    if not shutil.which("cc"):
        print(NO_COMPILER)
        return 2
    verdict, left = Verdict(), asked.cuts
    with tempfile.TemporaryDirectory() as name:
        live = Path(name).resolve() / "live"
        live.mkdir()
        with made("sqlite", live):
            trial = Trial(live.parent, asked.synchronous, random.Random(asked.seed))
            while left > 0:
                verdict += trial.round(min(left, CUTS_A_ROUND))
                left -= CUTS_A_ROUND
    print(
        f"power loss, synchronous {asked.synchronous}: {trial.cuts} cuts of {WRITERS} writers, "
        f"{trial.unsynced} while something was unsynced; {verdict}"
    )
    return not (verdict.good and verdict.acknowledged)


if __name__ == "__main__":
    sys.exit(main())
