"""Four writers and a listener, who stay at work whatever happens to the way to their record."""

from __future__ import annotations

import random
from functools import partial
from pathlib import Path

from tests.faults import listener, writer
from tests.faults.engines import reach
from tests.faults.judge import Said, Verdict, judged
from tests.faults.processes import Process, listen
from tests.faults.writer import Writing

WRITERS = 4


class Team:
    """Four writers and a listener at a place, each patient with whatever happens to the way there."""

    def __init__(self, place: str, folder: Path) -> None:
        self._place = place
        writings = [
            Writing(place, f"writer{number}", desk=number == 0, witness=str(folder / "seen"), patient=True)
            for number in range(WRITERS)
        ]
        self.writers = [Process(partial(writer.run, one), Said(one.name)) for one in writings]
        self.listener = Process(partial(listener.run, place), Said("the listener"))

    def go_on(self, chance: random.Random, acts: int = 3) -> None:
        """Hear them until each writer was told of a few more entries, and a moment more, to anywhere in an act."""
        wanted = [len(one.said.lines) + chance.randrange(1, acts + 1) for one in self.writers]
        listen(
            [*self.writers, self.listener],
            lambda: all(len(one.said.lines) >= least for one, least in zip(self.writers, wanted, strict=True)),
            lambda: chance.random() * 0.02,
        )

    def end(self) -> tuple[Verdict, int]:
        """End them; what came of it, and how many entries the listener missed."""
        for process in self.writers:
            process.end()
        with reach(self._place) as store:
            last = store.head().seq
            listen([self.listener], lambda: len(self.listener.said.lines) >= last)
            self.listener.end()
            return judged(store, [one.said for one in self.writers]), listener.missed(self.listener.said, store)
