"""A discussion as it happened: every entry about it that stands, one line each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from duty_tui.domain.circulation_events import CirculationEvent
from duty_tui.domain.concern import Concern
from duty_tui.domain.decision_events import ActionAgreed, DecisionMade
from duty_tui.domain.discussion_event import DiscussionEvent
from duty_tui.domain.discussion_events import (
    DiscussionEnded,
    DiscussionStarted,
    LineNoted,
    PersonRecorded,
    RoleInformed,
)
from duty_tui.domain.history import withdrawn
from duty_tui.views.discussion import LogLine

#: The word a kind of entry is known by; a person's depends on where they stand.
_WORDS = {
    "discussion-agreed": "AGREED",
    "discussion-booked": "BOOKED",
    "person-invited": "INVITE",
    "attempt-logged": "CALL",
    "role-informed": "TOLD",
    "discussion-started": "START",
    "discussion-ended": "END",
    "held-inquorate": "QUORUM",
    "line-noted": "NOTE",
    "point-answered": "ANSWER",
    "decision-made": "DECIDE",
    "dissent-recorded": "DISSENT",
    "action-agreed": "ACTION",
    "action-done": "DONE",
    "sharing-decided": "SHARE",
    "child-placed": "CHILD",
    "conference-moved": "SERIES",
    "record-signed": "SIGNED",
    "record-added-to": "ADDED",
}
_PERSON = {"present": "JOIN", "apologies": "SORRY", "absent": "ABSENT", "report": "REPORT"}


def log_lines(concern: Concern, number: int) -> Iterator[LogLine]:
    """What was recorded at discussion `number` and stands, in the order it happened; where its records went is no part.

    An action brought up to date is one line, where it was first agreed, as it was said last.
    """
    gone = withdrawn(concern.history)
    lines: dict[str, LogLine] = {}
    for stamp, event, _ in concern.history:
        if not isinstance(event, DiscussionEvent) or isinstance(event, CirculationEvent):
            continue
        if event.discussion == number and stamp.entry not in gone:
            name = (isinstance(event, ActionAgreed) and event.action) or stamp.entry
            at = lines[name].at if name in lines else _moment(event, stamp.at)
            lines[name] = LogLine(stamp.entry, at, stamp.actor, _word(event), event.words(), event.why_fixed(concern))
    yield from sorted(lines.values(), key=lambda line: line.at)


def _word(event: DiscussionEvent) -> str:
    if isinstance(event, PersonRecorded):
        return "LEFT" if event.left else _PERSON[event.standing]
    return _WORDS[event.kind]


def _moment(event: DiscussionEvent, recorded: datetime) -> datetime:
    if isinstance(event, DiscussionStarted | DiscussionEnded | RoleInformed):
        return event.at
    said = event.at if isinstance(event, LineNoted | DecisionMade) else None
    return said or recorded
