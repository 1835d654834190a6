"""A strategy discussion in a few words, for tests: on a concern by itself, or at a desk."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from duty_tui.desk.deciding import boxes_of, decide
from duty_tui.desk.desk import Desk
from duty_tui.domain.commands import RaiseConcern
from duty_tui.domain.concern import Concern
from duty_tui.domain.decision_events import ActionAgreed, DecisionMade, RecordSigned
from duty_tui.domain.discussion import Discussion
from duty_tui.domain.discussion_commands import AtDiscussion
from duty_tui.domain.discussion_event import DiscussionEvent
from duty_tui.domain.discussion_events import DiscussionEnded, DiscussionStarted, PersonRecorded
from tests.builders import FRIDAY_SIX, a_child, a_concern, do, raise_concern

#: When the discussions of these tests begin: a quarter past six on that Friday.
QUARTER_PAST = FRIDAY_SIX + timedelta(minutes=15)
CONCERN = "c" * 32


def siblings(number: int = 3) -> RaiseConcern:
    """A concern about so many siblings."""
    names = ("Amara Okoye", "Kofi Okoye", "Zoë Okoye")[:number]
    return raise_concern(*(a_child(place, name=name) for place, name in enumerate(names, 1)), family="Okoye")


def began(children: Iterable[int] = (1, 2, 3), number: int = 1, **known: Any) -> DiscussionStarted:
    told = {"at": QUARTER_PAST, "chair": "Ann Osei", "format": "telephone", "children": tuple(children)}
    return DiscussionStarted(discussion=number, **{**told, **known})


def ended(number: int = 1, **known: Any) -> DiscussionEnded:
    return DiscussionEnded(discussion=number, **{"at": QUARTER_PAST + timedelta(minutes=30), **known})


def person(name: str = "PC Hale", role: str = "police", **known: Any) -> PersonRecorded:
    told = {"name": name, "role": role, "job": "Detective", "agency": "Police", "standing": "present"}
    return PersonRecorded(**{"discussion": 1, **told, **known})


def decided(*children: int, box: str = "pack/s47", **known: Any) -> DecisionMade:
    told = {"box": box, "label": box.rpartition("/")[2], "reason": "A fresh bruise"}
    return DecisionMade(**{"discussion": 1, "children": children or (1,), **told, **known})


def action(*children: int, **known: Any) -> ActionAgreed:
    return ActionAgreed(**{"discussion": 1, "what": "See the child at home", "children": children or (1,), **known})


def said(concern: Concern, *events: DiscussionEvent, at: datetime | None = None) -> Concern:
    """The concern after these are recorded at its discussions, one after the other, an hour after it began or `at`."""
    for event in events:
        concern = do(concern, AtDiscussion(event=event), at=at or QUARTER_PAST + timedelta(hours=1))
    return concern


def held(*events: DiscussionEvent, children: Iterable[int] = (1, 2, 3)) -> Concern:
    """Three siblings whose discussion has begun, and what was recorded at it."""
    return said(a_concern(raised=siblings()), began(children), *events)


def signed(concern: Concern, *children: int) -> Concern:
    """The same with the records of these children signed."""
    return said(concern, ended(), *(RecordSigned(discussion=1, child=child) for child in children))


def discussion(concern: Concern, number: int = 1) -> Discussion:
    """The discussion with this number, which is there."""
    found = concern.discussion(number)
    assert found is not None
    return found


def at_desk(desk: Desk, *events: DiscussionEvent, concern: str = CONCERN) -> Concern:
    """Record these at the desk, raising the concern about three siblings first when there is none."""
    if not desk.store.version(concern):
        desk.do(concern, siblings())
    for event in events:
        desk.do(concern, AtDiscussion(event=event))
    return desk.concern(concern)


def tick(desk: Desk, *children: int, box: str = "ics-record/section-47", reason: str = "A bruise") -> DecisionMade:
    """The event of ticking a box of the adopted policies."""
    [event] = decide(boxes_of(desk.rulebook.active), 1, children, {box: reason})
    return event
