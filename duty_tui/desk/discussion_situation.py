"""What a strategy discussion looks like to the rules: the events it makes, and the facts it settles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from duty_tui.domain.discussion import Action, Discussion
from duty_tui.rules.situation import Happening, Known

#: A decision that sets this fact begins section 47 enquiries at that moment.
_SECTION_47 = "outcome_s47"
#: Facts about a child that only a decision of the discussion makes true; a signed record without one says no.
_OUTCOMES = (_SECTION_47, "outcome_police_only", "outcome_no_s47")
#: Actions of these forms say that a fact about the child is so.
_NEEDED = {"medical": "medical_required", "interview": "abe_interview_required"}
#: Keys of an interview's details: the day the Child Interview Plan was completed, or is promised for (ISO instants).
_PLAN = {"plan_completed": "interview_plan_completed", "plan_due": "interview_plan_due"}


def happenings_of(discussion: Discussion) -> Iterator[tuple[str, Happening]]:
    """The vocabulary's events that the discussion made, by name."""
    yield from _course(discussion)
    for child in _decided_children(discussion):
        for name, decision in discussion.settled_for(child):
            if name == _SECTION_47:
                yield "s47_decided", Happening(decision.at, child, discussion.number)
    for action in discussion.actions:
        yield from _plans(action)
    for child, signature in discussion.signatures.items():
        yield "record_completed", Happening(signature.at, child, discussion.number)
    if discussion.children and all(map(discussion.is_signed, discussion.children)):
        # For children of the concern whom the discussion was not about there is nothing more to sign.
        signed = max(discussion.signatures[child].at for child in discussion.children)
        yield "record_completed", Happening(signed, None, discussion.number)


def _course(discussion: Discussion) -> Iterator[tuple[str, Happening]]:
    """Agreed, booked, held, ended."""
    if discussion.agreed_at:
        yield "discussion_decided_on", Happening(discussion.agreed_at)
        yield "decision_reason_recorded", Happening(discussion.agreed_at)
    if discussion.booked:
        yield "discussion_booked", Happening(discussion.booked, set_at=discussion.booked_at)
    if discussion.started:
        yield "discussion_held", Happening(discussion.started, None, discussion.number)
    if discussion.ended:
        yield "discussion_ended", Happening(discussion.ended, None, discussion.number)
        if discussion.further is False:
            yield "series_closed", Happening(discussion.ended)


def _plans(action: Action) -> Iterator[tuple[str, Happening]]:
    for key, event in _PLAN.items():
        if at := action.details.get(key):
            for child in action.children:
                yield event, Happening(datetime.fromisoformat(at), child)


def facts_of(discussions: Sequence[Discussion]) -> Iterator[tuple[str, Known]]:
    """The facts that discussions settle, by name; nothing is settled that nobody said."""
    yield from _outcomes(discussions)
    for discussion in discussions:
        number = discussion.number
        if discussion.further is not None and discussion.ended:
            yield "more_discussions_needed", Known(discussion.further, discussion.ended, None, number)
        if discussion.moves_conference:
            yield "conference_date_moves", Known(True, discussion.started, None, number)
        if discussion.sharing:
            withheld = any(sharing.withheld for sharing in discussion.sharing)
            yield "information_withheld", Known(withheld, None, None, number)
        for action in discussion.actions:
            if name := _NEEDED.get(action.form):
                for child in action.children:
                    yield name, Known(True, None, child)


def _decided_children(discussion: Discussion) -> list[int]:
    return sorted({child for decision in discussion.decisions for child in decision.children})


def _outcomes(discussions: Sequence[Discussion]) -> Iterator[tuple[str, Known]]:
    """What was decided for each child. A no needs a signed record without the decision, and no other with it."""
    decided: dict[tuple[str, int], Known] = {}
    for discussion in discussions:
        for child in _decided_children(discussion):
            for name, decision in discussion.settled_for(child):
                decided.setdefault((name, child), Known(True, decision.at, child))
    for discussion in discussions:
        for child, signature in discussion.signatures.items():
            for name in _OUTCOMES:
                decided.setdefault((name, child), Known(False, signature.at, child))
    for (name, _), known in decided.items():
        yield name, known
