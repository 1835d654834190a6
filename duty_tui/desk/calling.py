"""A discussion as the call screen needs it: the view, the discussion itself, and what a typed line may refer to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from duty_tui.desk.deciding import boxes_of
from duty_tui.desk.desk import Desk
from duty_tui.desk.discussing import discussion_view
from duty_tui.desk.situation import situation_of
from duty_tui.domain.call_setting import Named, Part, Point, Setting, Tick
from duty_tui.domain.concern import Concern
from duty_tui.domain.discussion import Discussion
from duty_tui.domain.discussion_commands import next_number
from duty_tui.domain.events import Event, Stamp
from duty_tui.domain.times import london_date
from duty_tui.rules.deadline import Deadline
from duty_tui.rules.explain import standing
from duty_tui.rules.vocabulary import Vocabulary
from duty_tui.views.discussion import DiscussionView, PointLine

_CHAIR = "chair"


class Call(NamedTuple):
    """One discussion, read at one moment."""

    view: DiscussionView
    concern: Concern
    discussion: Discussion
    setting: Setting


def read_call(desk: Desk, concern_id: str, number: int, at: datetime) -> Call:
    """The discussion with this number as of `at`. Raises Refused when there is none."""
    concern = desk.concern(concern_id)
    view = discussion_view(desk, concern_id, number, at)
    discussion = concern.discussion(number) or Discussion(number)
    return Call(view, concern, discussion, _setting(desk, view, discussion, at))


def _setting(desk: Desk, view: DiscussionView, discussion: Discussion, at: datetime) -> Setting:
    packs = desk.rulebook.in_force(london_date(discussion.started or at))
    return Setting(
        at,
        discussion.number,
        children=tuple(Named(child.number, child.name, child.included) for child in view.children),
        boxes=tuple(Tick(*box[:5]) for box in boxes_of(packs)),
        points=tuple(_point(point, desk.rulebook.vocabulary) for point in answerable(view)),
        parts=parts_of(desk.rulebook.vocabulary),
        asked=tuple(dict.fromkeys(line.role for line in view.invite if line.need in ("must", "may"))),
        never=tuple(line.role for line in view.invite if line.need == "never"),
        people=discussion.people,
        decisions=discussion.decisions,
    )


def answerable(view: DiscussionView) -> list[PointLine]:
    """The points answered in words; the others are answered by what is recorded elsewhere."""
    return [point for point in view.points if point.place == "points"]


def _point(point: PointLine, vocabulary: Vocabulary) -> Point:
    of_discussion = bool(point.sets) and vocabulary.fact[point.sets].scope == "discussion"
    return Point(point.item, point.text, point.answer, point.child, point.agency, point.sets, of_discussion)


def parts_of(vocabulary: Vocabulary) -> tuple[Part, ...]:
    """The parts of the vocabulary, with the words people type for them."""
    return tuple(
        Part(name, role.label, role.agency, role.words, role.jobs, role.titles)
        for name, role in vocabulary.role.items()
    )


class Standing(NamedTuple):
    """Where a concern's discussions stand, by number: the one going on, the one to be held next, the last one ended."""

    concern: Concern
    going_on: int | None
    next: int
    ended: int | None
    #: Who chairs by the adopted policies, as a person there is recorded.
    chair: Part


def where_it_stands(desk: Desk, concern_id: str, at: datetime) -> Standing:
    """What opening the call means for this concern. Raises Refused when there is none with this id."""
    concern = desk.concern(concern_id)
    begun = [one for one in concern.discussions if one.started]
    going_on = [one.number for one in begun if one.ended is None]
    ended = [one.number for one in begun if one.ended is not None]
    return Standing(
        concern,
        going_on[-1] if going_on else None,
        next_number(concern),
        ended[-1] if ended else None,
        _chair(desk, at),
    )


def _chair(desk: Desk, at: datetime) -> Part:
    packs = desk.rulebook.in_force(london_date(at))
    named = [pack.chair.role for pack in packs if pack.chair]
    wanted = next(
        (role for role in named if role != _CHAIR), _CHAIR
    )  # a policy that says who, before one that does not
    return next(part for part in parts_of(desk.rulebook.vocabulary) if part.role == wanted)


def owed_after(desk: Desk, concern_id: str, events: Sequence[Event], at: datetime) -> list[str]:
    """What would be owed beyond what is owed now, were these events recorded; in words, the soonest first."""
    concern = desk.concern(concern_id)
    after = concern
    for event in events:
        after = event.apply(after, Stamp("", concern.version, at, desk.actor))
    owed = {_name(deadline) for deadline in _open(desk, concern)}
    new = [deadline for deadline in _open(desk, after) if _name(deadline) not in owed]
    new.sort(key=lambda deadline: (deadline.due is None, deadline.due or at))
    return list(dict.fromkeys(f"{deadline.obligation.do}: {standing(deadline, at)}" for deadline in new))


def _open(desk: Desk, concern: Concern) -> list[Deadline]:
    return [deadline for deadline in desk.rulebook.deadlines(situation_of(concern, desk.rulebook)) if deadline.open]


def _name(deadline: Deadline) -> tuple[str, str, int | None, int | None]:
    return deadline.pack.pack.id, deadline.clock.id, deadline.child, deadline.discussion
