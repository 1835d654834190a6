"""Meeting something owed: the one command that records it, and what looks wrong about it before it is recorded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from duty_tui.domain.commands import RecordMilestone
from duty_tui.domain.discussion_event import AHEAD
from duty_tui.domain.owed_commands import MeetObligation
from duty_tui.domain.times import london, moment_words
from duty_tui.errors import Refused
from duty_tui.views.obligation import MeetBy, ObligationLine

#: What is said of a visit, and of the note that keeps a child safe meanwhile, by the name it is recorded under.
BY, ALONE, WHY_NOT_ALONE, SAID = "by", "alone", "why_not_alone", "said"
SAFEGUARDING, REASON = "safeguarding", "reason"


def meet(
    line: ObligationLine,
    event: str,
    at: datetime,
    *,
    note: str = "",
    details: Mapping[str, str] | None = None,
    reason: str = "",
    safety: str = "",
) -> MeetObligation:
    """The command that records `event`, one of the line's, as having happened at the UTC instant `at`.

    `reason`, and `safety`, what kept the child safe, are recorded with it when that is late, and left out else.
    Raises Refused when the line is not met by such an event.
    """
    by = _meet_by(line, event)
    late = is_late(line, at)
    return MeetObligation(
        milestone=RecordMilestone(
            event=by.event,
            label=by.label,
            at=at,
            child=line.child if by.scope != "concern" else None,
            discussion=line.discussion if by.scope == "discussion" else None,
            note=note,
            details={name: said for name, said in (details or {}).items() if said},
            planned=by.planned,
        ),
        rule=line.rule,
        label=line.label,
        child=line.child,
        discussion=line.discussion,
        reason=reason if late else "",
        safety=safety if late else "",
    )


def is_late(line: ObligationLine, when: datetime) -> bool:
    """Whether meeting the line at the UTC instant `when` is late; the midnight that ends its last day is."""
    if line.due is None or line.kind == "prompt" or when < line.due:
        return False
    return when > line.due or f"{london(line.due):%H:%M}" == "00:00"


def doubts(
    line: ObligationLine, event: str, when: datetime, now: datetime, details: Mapping[str, str] | None = None
) -> tuple[str, ...]:
    """What to ask about before `event` is recorded for the UTC instant `when`, a sentence each; empty when all is well.

    `details` are those of a visit or a note. Raises Refused when the line is not met by such an event.
    """
    found = [] if _meet_by(line, event).planned else [*_times(line, when, now)]
    if line.place == "visit":
        found += _visit(details or {})
    elif line.place == "note":
        found += _note(details or {})
    return tuple(found)


def _meet_by(line: ObligationLine, event: str) -> MeetBy:
    for by in line.met_by:
        if by.event == event:
            return by
    raise Refused(
        "That is not what meets it.",
        entry="Your entry is NOT recorded; your text is kept.",
        do="Choose what happened from the list.",
    )


def _times(line: ObligationLine, when: datetime, now: datetime) -> Iterator[str]:
    if when > now + AHEAD:
        yield f"{moment_words(when)} is in the future."
    if line.start is not None and when < line.start:
        yield f"{moment_words(when)} is before {moment_words(line.start)}, from when it counts: it may stay owed."


def _visit(details: Mapping[str, str]) -> Iterator[str]:
    if not details.get(BY):
        yield "It is not said who saw the child."
    if details.get(ALONE) not in ("yes", "no"):
        yield "It is not said whether the child was seen alone."
    elif details[ALONE] == "no" and not details.get(WHY_NOT_ALONE):
        yield "The child was not seen alone, and it is not said why."


def _note(details: Mapping[str, str]) -> Iterator[str]:
    if not details.get(SAFEGUARDING):
        yield "It is not said what keeps the child safe meanwhile."
    if not details.get(REASON):
        yield "It is not said why the discussion was not held in time."
