"""What other rules move: every open concern as it stands under those there are, and as it would stand under others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from duty_tui.desk.histories import history_of
from duty_tui.desk.situation import situation_of
from duty_tui.domain.concern import Concern
from duty_tui.domain.dues_moved import Move, Standing, State
from duty_tui.domain.history import fold
from duty_tui.rules import deadline as rules
from duty_tui.rules.deadline import Deadline
from duty_tui.rules.evaluate import Rulebook
from duty_tui.rules.order import is_duty, place
from duty_tui.store.store import Store


class _About(NamedTuple):
    """Which thing owed: policy, rule, child, discussion."""

    pack: str
    rule: str
    child: int | None
    discussion: int | None


class _Found(NamedTuple):
    standing: Standing
    #: What meets it: under another policy the same duty is met by the same events.
    met_by: tuple[str, ...]


def moves(store: Store, before: Rulebook, after: Rulebook, at: datetime) -> dict[str, list[Move]]:
    """What moves on each open concern between two rulebooks, as seen at the UTC instant `at`, by its id."""
    found = ((row.id, moves_of(read(store, row.id), row.number, before, after, at)) for row in store.rows())
    return {concern: moved for concern, moved in found if moved}


def read(store: Store, concern: str) -> Concern:
    """A concern as recorded, for the rules and not for anybody's eyes."""
    return fold(concern, history_of(store, concern))


def moves_of(concern: Concern, number: int, before: Rulebook, after: Rulebook, at: datetime) -> list[Move]:
    """What moves on one concern; nothing on a closed one.

    Another due, also one that has passed; what is owed that was not, or no longer; what was done late and then was in
    time, or the other way round. A rule whose miss still lies ahead is not owed yet, and not listed.
    """
    if not concern.is_open:
        return []
    was, now = _standings(concern, before, at), _standings(concern, after, at)
    return [
        Move(concern=concern.id, number=number, child=about.child, discussion=about.discussion, before=old, after=new)
        for about, old, new in _pairs(was, now)
        if _differ(old, new)
    ]


def _standings(concern: Concern, book: Rulebook, at: datetime) -> dict[_About, _Found]:
    deadlines = book.deadlines(situation_of(concern, book))
    top = place(deadlines, book.vocabulary)
    found: dict[_About, _Found] = {}
    for one in deadlines:
        if one.governs and is_duty(one) and not _lies_ahead(one, at):
            about = _About(one.pack.pack.id, one.obligation.id, one.child, one.discussion)
            standing = Standing(
                label=one.obligation.label,
                due=one.due,
                state=_state(one, at),
                pack=about.pack,
                rule=about.rule,
                clock=one.clock.id,
                governs=one is top.deadline,
                band=top.rank if one is top.deadline else None,
            )
            found[about] = _Found(standing, tuple(sorted(one.obligation.met_by)))
    return found


def _lies_ahead(one: Deadline, at: datetime) -> bool:
    """Whether it begins with a miss that has not come about."""
    return one.start is not None and one.start > at and one.start_from.startswith("breach:")


def _state(one: Deadline, at: datetime) -> State:
    if one.state is rules.State.MET:
        return "met late" if one.met_late else "met"
    return "late" if one.overdue(at) else "owed"


def _pairs(
    was: Mapping[_About, _Found], now: Mapping[_About, _Found]
) -> Iterator[tuple[_About, Standing | None, Standing | None]]:
    """Everything owed before or after; the same duty under another rule is one thing and not two."""
    yield from ((about, was[about].standing, now[about].standing) for about in was if about in now)
    ended = {about: found for about, found in was.items() if about not in now}
    for about, new in now.items():
        if about not in was:
            same = [other for other, old in ended.items() if _same_duty(other, old, about, new)]
            yield about, ended.pop(same[0]).standing if same else None, new.standing
    yield from ((about, old.standing, None) for about, old in ended.items())


def _same_duty(one: _About, old: _Found, other: _About, new: _Found) -> bool:
    return old.met_by == new.met_by and (one.child, one.discussion) == (other.child, other.discussion)


def _differ(old: Standing | None, new: Standing | None) -> bool:
    """Whether anybody must be told; of what is done only whether it was in time."""
    states = {standing.state for standing in (old, new) if standing}
    if states <= {"met"}:
        return False
    if old is None or new is None:
        return True
    return old.state != new.state or (old.due != new.due and old.state in ("owed", "late"))


def flat(found: Mapping[str, Iterable[Move]]) -> list[Move]:
    """The moves in the order the concerns were raised."""
    return sorted((move for moved in found.values() for move in moved), key=lambda move: move.number)
