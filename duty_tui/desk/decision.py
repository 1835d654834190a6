"""A decision of the service and the list of what it moves, recorded together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from hashlib import sha256

from duty_tui.desk.books import Books
from duty_tui.desk.entries import entry_id
from duty_tui.desk.moving import flat, moves, moves_of, read
from duty_tui.domain.dues_moved import DuesMoved, Move, Standing, told
from duty_tui.domain.service import (
    STREAM,
    ClosureAdded,
    ClosureRemoved,
    PolicyAdopted,
    PolicyLeft,
    Service,
    ServiceEvent,
)
from duty_tui.domain.times import day_words
from duty_tui.rules.evaluate import Rulebook
from duty_tui.store.journal import NewEntry, new_id
from duty_tui.store.rows import ConcernRow
from duty_tui.store.store import Store


class Decision:
    """What the service decides at `at`. Everything that takes long is worked out when it is made, before the lock."""

    def __init__(self, store: Store, books: Books, events: Sequence[ServiceEvent], at: datetime) -> None:
        self._store, self._at = store, at
        self._version = books.service.version
        self._events = events
        self._rules: tuple[Rulebook, Rulebook] | None = None
        if any(event.moves_dues for event in events):
            self.why = decision_words(books.service, events)
            self._rules = books.rulebook, books.would_be(events)
            self._head = store.head().seq
            self._moves = moves(store, *self._rules, at)

    def entries(self) -> list[NewEntry]:
        """To be called under the lock: the decision, and what it moves as the record stands by now."""
        mark = new_id()
        events = [(event.kind, event.model_dump(mode="json")) for event in self._events]
        if self._rules:
            self._catch_up(self._rules)
            events += [(entry.kind, entry.body()) for entry in told(self.why, flat(self._moves))]
        return [
            NewEntry(STREAM, self._version + place, kind, body, entry_id(mark, place))
            for place, (kind, body) in enumerate(events)
        ]

    def _catch_up(self, rules: tuple[Rulebook, Rulebook]) -> None:
        """Look again at what was recorded on since."""
        streams = {entry.stream for batch in self._store.follow(self._head) for entry in batch}
        for stream in streams:
            row = self._store.row(stream)
            if row is not None:
                self._moves[stream] = moves_of(read(self._store, stream), row.number, *rules, self._at)


def decision_words(service: Service, events: Iterable[ServiceEvent]) -> str:
    """Decisions that can move a due, in words: `closure day Mon 30 Nov 2026: Staff day`."""
    return "; ".join(_words(service, event) for event in events if event.moves_dues)


def _words(service: Service, event: ServiceEvent) -> str:
    match event:
        case ClosureAdded():
            return f"closure day {day_words(event.day)}: {event.name}"
        case ClosureRemoved():
            name = service.closures.get(event.day, "")
            return f"no closure day any more, {day_words(event.day)}: {name}".removesuffix(": ")
        case PolicyAdopted():
            day = day_words(event.from_day) if event.from_day else "the day it states"
            return f"policy {event.pack} adopted from {day}"
        case PolicyLeft():
            return f"policy {event.pack} left from {day_words(event.from_day)}"
        case _:
            return event.kind


def rows_moved(before: Iterable[ConcernRow], after: Iterable[ConcernRow]) -> Iterator[Move]:
    """The open rows whose due, deadline or band is another than before."""
    was = {row.id: row for row in before}
    for row in after:
        old = was.get(row.id)
        if old is not None and (old.due, old.deadline, old.rank) != (row.due, row.deadline, row.rank):
            yield Move(concern=row.id, number=row.number, before=_standing(old), after=_standing(row))


def _standing(row: ConcernRow) -> Standing | None:
    """What a row says of its deadline; None where it has none."""
    if not row.deadline:
        return None
    due = None if row.due is None else datetime.fromtimestamp(row.due, UTC)
    return Standing(label=row.deadline, due=due, governs=True, band=row.rank)


def news_of(why: str, key: str, version: int, moved: Iterable[Move]) -> list[NewEntry]:
    """Entries that list what moved although nobody decided anything, after `version` of the service's stream.

    Their ids follow from the key the rows are made under: the same news is told once.
    """
    return [
        NewEntry(STREAM, version + place, DuesMoved.kind, entry.body(), _id(f"{key}|{version}|{place}"))
        for place, entry in enumerate(told(why, moved))
    ]


def _id(of: str) -> str:
    return sha256(of.encode()).hexdigest()[:32]
