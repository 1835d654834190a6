"""Four writers at once, killed with signal 9 again and again: nothing they were told is recorded may be missing.

python -m tests.faults.kills [--engine sqlite] [--kills 300] [--seed 1]

Three write straight into the store and one through a desk. One is killed at a time, every tenth time all four; each is
started again and tries again what it had not been told of.
"""

from __future__ import annotations

import random
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from tests.faults.engines import ENGINES, made, reach
from tests.faults.judge import Said, judged
from tests.faults.processes import Process, listen
from tests.faults.server_process import no_server
from tests.faults.writer import Writing, run

WRITERS = 4


def _started(writing: Writing, said: Said) -> Process:
    return Process(partial(run, writing._replace(first=said.next_act)), said)


def kills(writings: Sequence[Writing], count: int, chance: random.Random) -> list[Said]:
    """Let them write and kill them so many times, at the end all of them; what each was told."""
    running = [_started(writing, Said(writing.name)) for writing in writings]
    left = count - len(running)
    while left > 0:
        victims = [chance.choice(running)] if chance.random() < 0.9 else list(running)
        wanted = {victim.id: victim.told + chance.randrange(1, 12) for victim in victims}
        listen(
            running,
            lambda: all(len(one.said.lines) >= wanted.get(one.id, 0) for one in running),  # noqa: B023 - called here
            lambda: chance.random() * 0.02,
        )
        for victim in victims[:left]:
            place = running.index(victim)
            victim.kill()
            left -= 1
            running[place] = _started(writings[place], victim.said)
    for process in running:
        process.kill()
    return [process.said for process in running]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run it, print what came out; 1 when anything was lost, changed or recorded twice."""
    parser = ArgumentParser(prog="python -m tests.faults.kills", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--engine", choices=ENGINES, default=ENGINES[0])
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    if asked.engine == "postgres" and no_server():
        print(no_server())
        return 2
    with tempfile.TemporaryDirectory() as name, made(asked.engine, Path(name)) as place:
        writings = [
            Writing(
                place, f"writer{number}", desk=number == 0, witness=f"{name}/seen", checkpoint=(1000, 10)[number % 2]
            )
            for number in range(WRITERS)
        ]
        said = kills(writings, asked.kills, random.Random(asked.seed))
        with reach(place) as store:
            verdict = judged(store, said)
    print(f"kill -9, {asked.engine}: {asked.kills} kills of {WRITERS} writers; {verdict}")
    return not (verdict.good and verdict.acknowledged)


if __name__ == "__main__":
    sys.exit(main())
