"""Where something owed is met: the one table from what meets it to the screen on which that is recorded."""

from __future__ import annotations

from collections.abc import Mapping

from duty_tui.rules.pack import Escalation, Obligation
from duty_tui.views.obligation import Place

#: Events of the vocabulary that are recorded in a place of their own; every other is a moment, now or typed.
PLACES: Mapping[str, Place] = {
    "child_seen": "visit",
    "interim_note_recorded": "note",
    "discussion_decided_on": "agree",
    "decision_reason_recorded": "agree",
    "discussion_held": "call",
    "record_completed": "sign",
    "record_circulated": "circulate",
    "police_protection_ended": "orders",
    "epo_made": "orders",
    "epo_expires": "orders",
    "epo_ended": "orders",
}


def place_of(rule: Obligation | Escalation) -> Place:
    """Where `rule` is met: a prompt by a judgement, a step up with a form on that form, else by its first event."""
    if isinstance(rule, Escalation):
        if rule.prompt_only:
            return "judge"
        if rule.form:
            return "form"
    return next((PLACES[event] for event in rule.met_by if event in PLACES), "time")
