"""A discussion as the call screen needs it: the view, the discussion itself, and what a typed line may refer to."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from duty_tui.desk.deciding import boxes_of
from duty_tui.desk.desk import Desk
from duty_tui.desk.discussing import discussion_view
from duty_tui.domain.call_setting import Named, Part, Point, Setting, Tick
from duty_tui.domain.concern import Concern
from duty_tui.domain.discussion import Discussion
from duty_tui.domain.times import london_date
from duty_tui.rules.vocabulary import Vocabulary
from duty_tui.views.discussion import DiscussionView, PointLine


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
        points=tuple(_point(point) for point in answerable(view)),
        parts=parts_of(desk.rulebook.vocabulary),
        asked=tuple(dict.fromkeys(line.role for line in view.invite if line.need in ("must", "may"))),
        never=tuple(line.role for line in view.invite if line.need == "never"),
        people=discussion.people,
        decisions=discussion.decisions,
    )


def answerable(view: DiscussionView) -> list[PointLine]:
    """The points answered in words; the others are answered by what is recorded elsewhere."""
    return [point for point in view.points if point.place == "points"]


def _point(point: PointLine) -> Point:
    return Point(point.item, point.text, point.answer, point.child, point.agency)


def parts_of(vocabulary: Vocabulary) -> tuple[Part, ...]:
    """The parts of the vocabulary, with the words people type for them."""
    return tuple(
        Part(name, role.label, role.agency, role.words, role.jobs, role.titles)
        for name, role in vocabulary.role.items()
    )
