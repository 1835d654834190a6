"""A record of thousands of concerns with their discussions, and what it costs to work out figures from all of it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from time import perf_counter

from bench.order import ANSWERS, FAMILIES
from bench.queue_record import KEY
from bench.table import Row, plain
from duty_tui.desk.breaches import Breaches, breach_file
from duty_tui.desk.desk import Desk
from duty_tui.desk.entries import foreseen, to_record
from duty_tui.desk.projection import row_of
from duty_tui.desk.statistics import Stories, statistics
from duty_tui.domain.commands import CloseConcern, Command, RaiseConcern, RecordMilestone
from duty_tui.domain.concern import Concern
from duty_tui.domain.discussion_commands import AtDiscussion
from duty_tui.domain.discussion_events import DiscussionEnded, DiscussionStarted, PersonRecorded
from duty_tui.domain.history import fold_on
from duty_tui.domain.people import Child
from duty_tui.domain.period import Period
from duty_tui.store.journal import NewEntry, new_id
from duty_tui.store.rows import ConcernRow
from duty_tui.store.sqlite import SqliteStore
from duty_tui.wiring import default_adoptions, desk_of

NOW = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)
MANY = 10_000
HOUR = timedelta(hours=1)
PEOPLE = (("Ann", "sw_manager"), ("Hale", "police"), ("Ray", "health"))


def course(chance: Random) -> Iterator[tuple[datetime, Command]]:
    """What was done on one concern of the last half year, and when."""
    received = NOW - timedelta(minutes=chance.randrange(260_000))
    children = tuple(Child(number=number, name=f"Child {number}") for number in range(1, 1 + chance.choice(FAMILIES)))
    answers = {"reasonable_cause": "yes", "serious_risk_of_harm": chance.choice(ANSWERS)}
    yield received, RaiseConcern(received=received, children=children, what="A mark was seen", answers=answers)
    held = received + chance.randrange(1, 60) * HOUR
    if held < NOW and chance.random() < 0.9:
        numbers = tuple(child.number for child in children)
        began = DiscussionStarted(discussion=1, at=held, chair="Ann", format="telephone", children=numbers)
        yield held, AtDiscussion(event=began)
        for name, role in PEOPLE[: chance.choice((2, 3, 3, 3))]:
            yield held, AtDiscussion(event=PersonRecorded(discussion=1, name=name, role=role, standing="present"))
        yield held + HOUR, AtDiscussion(event=DiscussionEnded(discussion=1, at=held + HOUR))
        seen = held + chance.randrange(1, 200) * HOUR
        for number in numbers:
            yield seen, RecordMilestone(event="child_seen", label="Child seen", at=seen, child=number)
        if chance.random() < 0.8:
            yield seen, CloseConcern(reason="Done")


def make_record(path: Path, many: int = MANY) -> Path:
    """A record of so many concerns at `path`; its key is KEY."""
    chance = Random(11)
    with SqliteStore(path, KEY, create=True) as store:
        desk = desk_of(store, "Ann Osei", lambda: NOW - timedelta(days=400))
        desk.decide(default_adoptions(NOW.date() - timedelta(days=400)))
        made = [one for _ in range(many) for one in _entries(desk, chance)]
        made.sort(key=lambda one: one[0])
        for start in range(0, len(made), 2000):
            part = made[start : start + 2000]
            rows = {row.id: row for _, _, row in part}
            store.append([new for _, new, _ in part], actor="Ann Osei", at=part[-1][0], rows=rows.values())
    return path


def _entries(desk: Desk, chance: Random) -> Iterator[tuple[datetime, NewEntry, ConcernRow]]:
    concern = Concern(new_id())
    for at, command in course(chance):
        if at <= NOW:
            events = command.events(concern, at)
            entries: Sequence[NewEntry] = to_record(concern.id, concern.version, events, new_id())
            concern = fold_on(concern, foreseen(events, entries, at, "Ann Osei"))
            row = row_of(concern, desk.rulebook)
            yield from ((at, entry, row) for entry in entries)


def measure() -> Iterator[Row]:
    """The figures and the breach file of 10,000 concerns: reading all of them, and looking at another period."""
    with tempfile.TemporaryDirectory() as folder, SqliteStore(make_record(Path(folder) / "past.db"), KEY) as store:
        desk = desk_of(store, "Ann Osei", lambda: NOW)
        period = Period.of_weeks(NOW.date()).moved(-1)
        stories, breaches = Stories(), Breaches()
        yield _taken("figures, read from nothing", lambda: stories.read_all(desk))
        yield _taken("figures, another 12 weeks", lambda: statistics(desk, stories, period, NOW))
        yield _taken("breach file, read from nothing", lambda: breaches.read_all(desk))
        yield _taken("breach file, another 12 weeks", lambda: breach_file(desk, breaches, period, NOW))


def _taken(what: str, work: Callable[[], object]) -> Row:
    start = perf_counter()
    work()
    return plain(f"10,000 concerns: {what}", perf_counter() - start, None, "s")
