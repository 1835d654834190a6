"""The breach file: everything owed that was done late or not at all, child by child, over open and closed concerns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import NamedTuple, cast

from duty_tui.desk.desk import Desk
from duty_tui.desk.margin import margin_words
from duty_tui.desk.owed_rules import RuleWords
from duty_tui.desk.past import Past, Read
from duty_tui.desk.told import Meanwhile
from duty_tui.domain.concern import Concern
from duty_tui.domain.kinds import is_among
from duty_tui.domain.people import NAMELESS
from duty_tui.domain.period import Period, day_of_due
from duty_tui.errors import Refused
from duty_tui.rules.calendar import WorkingCalendar
from duty_tui.rules.deadline import Deadline, State
from duty_tui.rules.evaluate import Rulebook
from duty_tui.rules.order import is_duty, limit_of
from duty_tui.views.breach import Breach, BreachFile, Missed


class _Limit(NamedTuple):
    """One limit of a rule: when it fell due, and whether what was owed came after that."""

    clock: str
    strength: str
    due: datetime
    late: bool
    calendar: WorkingCalendar | None


class _Owed(NamedTuple):
    """One thing owed with a number, for one child, and done late or not at all: a row of the file once it is late."""

    row: Breach
    due: datetime
    met_at: datetime | None
    closed: datetime | None
    #: The limit that governs, then the others that certainly apply, by their dues.
    limits: tuple[_Limit, ...]


class _Kept(NamedTuple):
    """What could be in the file of one concern, at whatever time it is read; and who may see it."""

    restricted_to: tuple[str, ...] | None
    owed: tuple[_Owed, ...]


class Breaches(Past[_Kept]):
    """Every concern as the breach file needs it, kept from one look at the file to the next."""

    def __init__(self) -> None:
        words: list[tuple[Rulebook, RuleWords]] = []

        def keep(read: Read, book: Rulebook) -> _Kept:
            if not words or words[-1][0] is not book:
                words[:] = [(book, RuleWords(book))]
            return _Kept(read.concern.restricted_to, tuple(_owed(read, book, words[-1][1])))

        super().__init__(keep)


def breach_file(desk: Desk, breaches: Breaches, period: Period, at: datetime) -> BreachFile:
    """The rows whose due lies on a London day of `period`, as they stand at `at`, from a record read to the end.

    A concern that is not for this person has none, late or not; that a named person looks at a restricted one is
    recorded first, as everywhere.
    """
    rows: dict[str, Breach] = {}
    restricted = 0
    for kept in breaches.kept:
        found = [owed for owed in kept.owed if day_of_due(owed.due) in period and _is_breach(owed, at)]
        if kept.restricted_to is not None and not _may_look(desk, kept.restricted_to, found):
            restricted += 1
            continue
        for owed in found:
            row = _as_it_stands(owed, at)
            rows.setdefault(row.key, row)
    return BreachFile(period, at, tuple(sorted(rows.values(), key=lambda row: row.due)), restricted)


def _may_look(desk: Desk, named: Sequence[str], found: Sequence[_Owed]) -> bool:
    """Whether this person may see a restricted concern, and their look at what is found of it is recorded."""
    if not is_among(named, desk.actor):
        return False
    try:
        for concern in {owed.row.concern for owed in found}:
            desk.concern(concern, how="breaches")
    except Refused:
        return False
    return True


def _is_breach(owed: _Owed, at: datetime) -> bool:
    """Whether its due has passed unmet, or it was met after it; what was closed by then was not missed."""
    if at < owed.due:
        return False
    return owed.met_at is not None or owed.closed is None or owed.closed >= owed.due


def _as_it_stands(owed: _Owed, at: datetime) -> Breach:
    until = owed.met_at or (owed.closed if owed.closed and owed.closed <= at else None) or at
    first, *others = owed.limits
    missed = tuple(
        Missed(one.clock, one.strength, one.due, margin_words(one.due, until, one.calendar))
        for one in others
        if (one.late if owed.met_at else until >= one.due)
    )
    return owed.row._replace(late=margin_words(first.due, until, first.calendar), missed=missed)


def _owed(read: Read, book: Rulebook, words: RuleWords) -> Iterator[_Owed]:
    said = Meanwhile(read.concern)
    for _, group in groupby(read.deadlines, lambda one: (id(one.obligation), one.child, one.discussion)):
        counted = [one for one in group if _counts(one)]
        governing = next((one for one in counted if one.governs), None)
        if governing is not None and is_duty(governing) and (governing.met_late or not governing.met_at):
            others = sorted((one for one in counted if one.certain and one is not governing), key=_due)
            limits = tuple(_limit(one, book) for one in (governing, *others))
            row = _row(read, governing, book, words, said)
            for child in _children(read.concern, governing):
                owed_for = row._replace(child=child, name=_name(read.concern, child), told=said.told(child))
                yield _Owed(owed_for, _due(governing), governing.met_at, read.concern.closed_at, limits)


def _counts(deadline: Deadline) -> bool:
    return deadline.due is not None and deadline.state in (State.RUNNING, State.MET)


def _due(deadline: Deadline) -> datetime:
    return cast("datetime", deadline.due)


def _limit(deadline: Deadline, book: Rulebook) -> _Limit:
    calendar = book.calendar(deadline) if limit_of(deadline).working_days else None
    return _Limit(deadline.clock.id, deadline.clock.strength, _due(deadline), deadline.met_late, calendar)


def _row(read: Read, deadline: Deadline, book: Rulebook, words: RuleWords, said: Meanwhile) -> Breach:
    says, concern = words.of(deadline), read.concern
    reason, safety = said.about(says.rule, deadline)
    return Breach(
        *(concern.id, f"C{read.row.number}", read.row.family),
        *(says.rule, says.clock, says.label, says.do, says.strength, says.cite),
        due=_due(deadline),
        discussion=deadline.discussion,
        start=deadline.start,
        actual=deadline.met_at,
        closed=None if deadline.met_at else concern.closed_at,
        unless=tuple(book.vocabulary.fact[name].label for name in deadline.unless),
        first_due=deadline.first_due,
        varied=_varied(deadline, book),
        reason=reason,
        safety=safety,
        owner=says.owner,
        held_by=concern.owner or "",
    )


def _varied(deadline: Deadline, book: Rulebook) -> str:
    """`Interpreter needed (Eva Stone, Head of service)`; empty where nothing was varied."""
    found = deadline.varied
    if found is None:
        return ""
    role = book.vocabulary.role.get(found.by_role)
    return f"{found.reason} ({', '.join(filter(None, (found.by, role.label if role else found.by_role)))})"


def _children(concern: Concern, deadline: Deadline) -> Sequence[int | None]:
    """Whom a rule is about: its child, else those of its discussion, else all of them."""
    if deadline.child is not None:
        return [deadline.child]
    held = concern.discussion(deadline.discussion) if deadline.discussion else None
    return (held.children if held else ()) or [child.number for child in concern.children] or [None]


def _name(concern: Concern, number: int | None) -> str:
    child = concern.child(number) if number else None
    return child.called if child else NAMELESS
