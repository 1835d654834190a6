"""Ten thousand concerns put in order from nothing, and after one change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from statistics import median
from time import perf_counter

from bench.table import Row, plain
from duty_tui.desk import bands
from duty_tui.desk.board import Board
from duty_tui.desk.projection import row_of
from duty_tui.desk.situation import situation_of
from duty_tui.domain.commands import RaiseConcern
from duty_tui.domain.concern import Answer, Concern
from duty_tui.domain.events import Stamp
from duty_tui.domain.history import Recorded, fold
from duty_tui.domain.people import Child
from duty_tui.domain.service import Service
from duty_tui.rules.evaluate import Rulebook
from duty_tui.rules.order import Place, place
from duty_tui.rules.row_order import row_key
from duty_tui.store.memory import MemoryStore
from duty_tui.wiring import default_adoptions, make_rulebook

NOW = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)
MANY = 10_000
#: How many children a concern is about: most are about one.
FAMILIES = (1, 1, 1, 1, 1, 1, 2, 2, 3)
ANSWERS: tuple[Answer, ...] = ("yes", "no", "unknown")


def default_rulebook() -> Rulebook:
    adopted = {event.pack: event.from_day for event in default_adoptions(NOW.date())}
    return make_rulebook(Service(adopted=adopted), MemoryStore())


def concerns(count: int) -> list[Concern]:
    """Concerns as a desk has them: received over the last fortnight, some questions answered."""
    chance = Random(3)
    made = []
    for number in range(count):
        command = RaiseConcern(
            received=NOW - timedelta(minutes=chance.randrange(20_000)),
            children=tuple(Child(number=n, name=f"Child {number}-{n}") for n in range(1, 1 + chance.choice(FAMILIES))),
            what="A mark was seen on the arm",
            answers={
                "reasonable_cause": chance.choice(ANSWERS),
                "serious_risk_of_harm": chance.choice(ANSWERS),
                "allegation_against_staff": chance.choice(ANSWERS),
            },
        )
        events = command.events(Concern(f"c{number}"), NOW)
        history = [Recorded(Stamp(f"{number}-{n}", n, NOW, "Ann"), event) for n, event in enumerate(events, 1)]
        made.append(fold(f"c{number}", history))
    return made


class Standing:
    """A place as the order compares it."""

    __slots__ = ("due", "number", "rank", "received")

    def __init__(self, found: Place, number: int) -> None:
        self.rank, self.number = found.rank, number
        self.due = int(found.due.timestamp()) if found.due else None
        self.received = int(found.since.timestamp()) if found.since else 0


def measure() -> Iterator[Row]:
    book, made = default_rulebook(), concerns(MANY)
    board = Board(bands.decode(bands.encode(book.vocabulary)))
    now = int(NOW.timestamp())
    start = perf_counter()
    places = (place(book.deadlines(situation_of(concern, book)), book.vocabulary) for concern in made)
    sorted(row_key(Standing(found, number), now) for number, found in enumerate(places))
    yield plain("order 10,000 concerns from nothing", perf_counter() - start, 1, "s")
    start = perf_counter()
    rows = [row_of(concern, book)._replace(number=number) for number, concern in enumerate(made, 1)]
    board.fill(rows, NOW)
    yield plain("the same with everything their rows show", perf_counter() - start, None, "s")
    times = []
    for number in range(200):
        changed = rows[number * 40]._replace(due=rows[number].due, rank=1)
        start = perf_counter()
        board.put(changed)
        times.append(perf_counter() - start)
    yield plain("order 10,000 concerns after one change, median", median(times) * 1e3, 2, "ms")
    yield plain("order 10,000 concerns after one change, worst", max(times) * 1e3, None, "ms")
