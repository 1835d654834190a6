"""How far a concern has come, in one short word."""

from __future__ import annotations

from duty_tui.desk.discussion_situation import happenings_of
from duty_tui.domain.concern import Concern

#: The furthest of these that has happened names the stage; nearest the end first. Events are the vocabulary's.
_STAGES = (
    ("icpc_held", "CONF"),
    ("icpc_not_needed", "S47END"),
    ("s47_decided", "S47"),
    ("discussion_held", "HELD"),
    ("discussion_booked", "BOOKED"),
    ("discussion_decided_on", "AGREED"),
)


def stage_of(concern: Concern) -> str:
    """`NEW` while nobody has looked, `TRIAGE` once somebody has, then the furthest step taken; `CLOSED` at the end."""
    if not concern.is_open:
        return "CLOSED"
    happened = {milestone.event for milestone in concern.milestones}
    happened |= {name for discussion in concern.discussions for name, _ in happenings_of(discussion)}
    for event, stage in _STAGES:
        if event in happened:
            return stage
    return "TRIAGE" if concern.answers or concern.owner else "NEW"
