"""The discussions of a concern, which follow which, and what booking the next one for a time would lead to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from duty_tui.desk.desk import Desk
from duty_tui.desk.discussing import HELD, stage_of
from duty_tui.desk.situation import situation_of
from duty_tui.domain.concern import Concern
from duty_tui.domain.discussion import Discussion
from duty_tui.domain.discussion_commands import next_number
from duty_tui.domain.discussion_events import DiscussionBooked, DiscussionStarted
from duty_tui.domain.events import Event, Stamp
from duty_tui.domain.times import due_words
from duty_tui.rules.deadline import Deadline
from duty_tui.rules.explain import standing
from duty_tui.rules.order import owed
from duty_tui.rules.words import wait_words
from duty_tui.views.discussion import SeriesLine

_NOBODY = ""
#: No due is this one.
_NEVER = datetime.min.replace(tzinfo=UTC)


def discussions_of(concern: Concern) -> Iterator[SeriesLine]:
    """Every discussion of the concern by number, those included of which only the date is recorded."""
    known = {discussion.number: discussion for discussion in concern.discussions}
    dated = {
        milestone.discussion: milestone.at
        for milestone in concern.milestones
        if milestone.event == HELD and milestone.discussion is not None
    }
    for number in sorted({*known, *dated}):
        discussion = known.get(number, Discussion(number))
        if discussion.started is None and number in dated:
            yield SeriesLine(number, "date only", dated[number], "", None, (number,), 0, 0)
            continue
        when = discussion.started or discussion.booked or discussion.agreed_at
        yield SeriesLine(
            *(number, stage_of(discussion), when, discussion.chair, discussion.follows, series_of(concern, number)),
            *(len(discussion.children), len(discussion.signatures)),
        )


def series_of(concern: Concern, number: int) -> tuple[int, ...]:
    """The numbers of the discussions of one series in order, from the first one to this one."""
    chain = [number]
    while (discussion := concern.discussion(chain[0])) and discussion.follows and discussion.follows < chain[0]:
        chain.insert(0, discussion.follows)
    return tuple(chain)


def if_booked(desk: Desk, concern_id: str, when: datetime) -> tuple[str, ...]:
    """What booking the next discussion for the UTC instant `when` would breach, and what would then be due.

    Nothing is recorded. Raises Refused when there is no such concern.
    """
    concern, at = desk.concern(concern_id), desk.clock()
    number = next_number(concern)
    children = tuple(child.number for child in concern.children)
    booked = _supposing(concern, at, DiscussionBooked(discussion=number, at=when))
    start = DiscussionStarted(discussion=number, at=when, chair="the chair", format="telephone", children=children)
    held = _supposing(booked, when, start)
    before, after, then = _seen(desk, concern, at), _seen(desk, booked, at), _seen(desk, held, when)
    return (
        *_breaches(before.deadlines, when),
        *(f"At once: {_words(one, at)}" for one in _new(before, after)),
        *(f"Then due: {_words(one, when)}" for one in _new(after, then) if one.due or _late(one)),
    )


def _supposing(concern: Concern, at: datetime, event: Event) -> Concern:
    return event.apply(concern, Stamp(_NOBODY, concern.version, at, _NOBODY))


class _Seen(NamedTuple):
    """What is owed, seen at a moment: what only a limit missed later would call for has not begun."""

    deadlines: Sequence[Deadline]
    at: datetime

    def owes(self, deadline: Deadline) -> bool:
        return deadline.open and deadline.start is not None and deadline.start <= self.at


def _seen(desk: Desk, concern: Concern, at: datetime) -> _Seen:
    return _Seen(desk.rulebook.deadlines(situation_of(concern, desk.rulebook)), at)


def _breaches(deadlines: Iterable[Deadline], when: datetime) -> Iterator[str]:
    """The limits by which the discussion is owed: missed by that time, or how long before them it is."""
    for one in deadlines:
        if HELD in one.obligation.met_by and owed(one) and one.due:
            words = due_words(one.due) + ("" if one.certain else ", unless ruled out")
            if when > one.due:
                yield f"LATE by {wait_words(when - one.due)}: {one.obligation.label}, due {words}"
            else:
                yield f"In time: {one.obligation.label}, due {words}"


def _new(before: _Seen, after: _Seen) -> list[Deadline]:
    """What is owed afterwards and was not before, or not then; holding the discussion itself is left out."""
    known = {_key(one): one.due for one in before.deadlines if before.owes(one)}
    fresh = (one for one in after.deadlines if after.owes(one) and known.get(_key(one), _NEVER) != one.due)
    return [one for one in fresh if HELD not in one.obligation.met_by]


def _late(deadline: Deadline) -> bool:
    """Owed because a limit passed, though no number says by when."""
    return deadline.start_from.startswith("breach:") and owed(deadline)


def _key(deadline: Deadline) -> tuple[str, str, int | None, int | None]:
    return deadline.pack.pack.id, deadline.clock.id, deadline.child, deadline.discussion


def _words(deadline: Deadline, at: datetime) -> str:
    about = f" (child {deadline.child})" if deadline.child else ""
    return f"{deadline.obligation.do}: {standing(deadline, at)}{about}"
