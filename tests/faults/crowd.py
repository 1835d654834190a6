"""Many people at one desk for some minutes: how long an act takes, and how soon it is on everybody else's screen.

python -m tests.faults.crowd [--engine sqlite] [--people 40] [--minutes 5]

Each is a process with a session as behind a screen; each records a note on one of twelve concerns every eight seconds
or so (`--pace`). Another's screen: from the moment the act begins to the moment that session has read the row it draws.
What is measured depends on the machine and on what else it does: its load is printed.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from argparse import ArgumentParser
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from statistics import quantiles
from typing import NamedTuple

from tests.faults import person
from tests.faults.engines import ENGINES, made, reach
from tests.faults.judge import Said, judged
from tests.faults.processes import Process, listen
from tests.faults.server_process import no_server

#: Seconds before the end in which acts do not count.
GOING_HOME = 3.0


def _times(seconds: Sequence[float]) -> str:
    if len(seconds) < 2:
        return "too few"
    cuts = quantiles(seconds, n=100)
    return f"median {cuts[49] * 1000:.0f} ms, p95 {cuts[94] * 1000:.0f} ms, longest {max(seconds) * 1000:.0f} ms"


class Did(NamedTuple):
    """An act: whose, on which concern, which became its version, and when it began and was recorded."""

    who: int
    concern: str
    version: int
    begun: float
    ended: float


def _told(who: int, said: Said) -> Iterator[tuple[tuple[int, str], tuple[int, float]]]:
    for kind, *words in said.lines:
        if kind == "told":
            one, version, when = words
            yield (who, str(one)), (int(str(version)), float(str(when)))


def acts(everybody: Sequence[Said]) -> list[Did]:
    """Everything that was recorded, but what was done last of all: people went home before they could be told."""
    found = [
        Did(who, str(words[0]), int(str(words[1])), float(str(words[2])), float(str(words[3])))
        for who, said in enumerate(everybody)
        for kind, *words in said.lines
        if kind == "did"
    ]
    last = max((one.ended for one in found), default=0.0) - GOING_HOME
    return [one for one in found if one.ended < last]


def told_after(done: Sequence[Did], everybody: Sequence[Said]) -> tuple[list[float], int]:
    """How long after the begin of each act each of the others was told of it; and how often somebody never was."""
    news: dict[tuple[int, str], list[tuple[int, float]]] = defaultdict(list)
    for who, said in enumerate(everybody):
        for screen, heard in _told(who, said):
            news[screen].append(heard)
    seconds, never = [], 0
    for act in done:
        for other in range(len(everybody)):
            told = news[other, act.concern]
            place = bisect_left(told, (act.version, 0.0))
            if other != act.who and place < len(told):
                seconds.append(told[place][1] - act.begun)
            elif other != act.who:
                never += 1
    return seconds, never


def main(arguments: Sequence[str] | None = None) -> int:
    """Run it, print what came out; 1 when anything was lost or not told, 2 where it cannot be run."""
    parser = ArgumentParser(prog="python -m tests.faults.crowd", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--engine", choices=ENGINES, default=ENGINES[0])
    parser.add_argument("--people", type=int, default=40)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--pace", type=float, default=8, help="seconds between two acts of one person")
    asked = parser.parse_args(arguments)
    if asked.engine == "postgres" and no_server():
        print(no_server())
        return 2
    with tempfile.TemporaryDirectory() as name, made(asked.engine, Path(name)) as place:
        person.raised(place)
        people = [
            Process(partial(person.run, place, f"person{number}", asked.pace), Said(f"person{number}"))
            for number in range(asked.people)
        ]
        listen(people, lambda: all(one.said.lines for one in people))
        end = time.monotonic() + asked.minutes * 60
        listen(people, lambda: time.monotonic() > end)
        load = os.getloadavg()[0]
        everybody = [one.said for one in people]
        for one in people:
            one.end()
        with reach(place) as store:
            verdict = judged(store, everybody)
    done = acts(everybody)
    told, never = told_after(done, everybody)
    refused = sum(line[0] == "refused" for said in everybody for line in said.lines)
    recording = _times([one.ended - one.begun for one in done])
    print(
        f"crowd, {asked.engine}: {asked.people} people for {asked.minutes:g} minutes, load {load:.1f} on "
        f"{os.cpu_count()} cores; {verdict}",
        f"  recording: {recording}; {refused} refused",
        f"  on another's screen: {_times(told)}; {len(told)} tellings, {never} never told",
        sep="\n",
    )
    return not (verdict.good and verdict.acknowledged and not never)


if __name__ == "__main__":
    sys.exit(main())
