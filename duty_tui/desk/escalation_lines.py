"""Escalations of one concern and of the whole desk, ready to show: who holds each, how old it is, what happens next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from duty_tui.desk.desk import Desk
from duty_tui.desk.named import names_of
from duty_tui.desk.reading import title_of
from duty_tui.domain.concern import Concern
from duty_tui.domain.escalation import Escalation
from duty_tui.domain.escalation import Step as Climbed
from duty_tui.domain.escalation_events import EscalationSubmitted
from duty_tui.domain.times import london_date, moment_words
from duty_tui.rules.evaluate import Rulebook
from duty_tui.rules.ladders import Ladder, Step, ladders
from duty_tui.rules.words import wait_words
from duty_tui.views.escalation import EscalationLine, StepLine


def escalation_list(desk: Desk, at: datetime, *, open_only: bool = True) -> list[EscalationLine]:
    """Every escalation of the desk as of the UTC instant `at`, the oldest first; those of closed concerns too.

    Concerns the actor may not see are left out.
    """
    streams = desk.store.streams_with(EscalationSubmitted.kind)
    found = [
        line
        for name in streams
        if desk.seen.may_see(name)
        for line in escalations_of(desk, name, at)
        if line.concluded is None or not open_only
    ]
    return sorted(found, key=lambda line: (line.submitted, line.reference, line.number))


def escalations_of(desk: Desk, concern_id: str, at: datetime) -> list[EscalationLine]:
    """The escalations of one concern, in the order submitted. Raises Refused when there is no such concern."""
    concern = desk.concern(concern_id, how="escalations")
    return [escalation_line(desk, concern, one, at) for one in concern.escalations]


def escalation_line(desk: Desk, concern: Concern, one: Escalation, at: datetime) -> EscalationLine:
    """One escalation; of a ladder that no policy has any more, what was recorded."""
    ladder = ladder_of(desk.rulebook, one)
    here, further = _steps(ladder, one.step.number)
    row = desk.row(concern.id)
    return EscalationLine(
        concern=concern.id,
        reference=f"C{row.number}" if row else "",
        title=title_of(concern, at),
        number=one.number,
        ladder=one.ladder,
        form=one.form,
        label=one.label,
        whom=names_of(concern).get(one.child, "") if one.child else "",
        discussion=one.discussion,
        status=one.status,
        submitted=one.submitted,
        submitted_by=one.submitted_by,
        recipients=one.recipients,
        held_by=one.held_by,
        age=wait_words((one.concluded or at) - one.submitted),
        next=_next(one, further),
        up=further.rule.do if further else "",
        up_to=_roles(desk.rulebook, further.rule.to) if further else "",
        up_makes=here.up if here and further else (),
        settles=tuple(name for name in here.settles if name not in here.opens) if here else (),
        fields=tuple(_fields(desk.rulebook, one)),
        facts=one.facts,
        acknowledged=tuple(f"{said.by}, {moment_words(said.at)}" for said in one.acknowledged),
        updates=tuple(f"{moment_words(said.at)}, {said.by}: {said.text}" for said in one.updates),
        steps=tuple(_step(one, ladder, step, at) for step in one.steps),
        outcome=one.outcome,
        resolved=one.resolved,
        concluded=one.concluded,
        version=concern.version,
    )


def ladder_of(book: Rulebook, one: Escalation) -> Ladder | None:
    """The ladder it climbs, as the policy stood when it was submitted, else as it stands; None when none has it."""
    for packs in (book.in_force(london_date(one.submitted)), book.active):
        for ladder in ladders(packs):
            if ladder.id == one.ladder:
                return ladder
    return None


def _steps(ladder: Ladder | None, number: int) -> tuple[Step | None, Step | None]:
    """The step of the policy it stands on, and the next one."""
    steps: Sequence[Step] = ladder.steps if ladder else ()
    here, further = ([*steps[number - 1 : number + 1], None, None])[:2]
    return here, further


def _roles(book: Rulebook, names: Sequence[str]) -> str:
    return ", ".join(book.vocabulary.role[name].label for name in names)


def _next(one: Escalation, further: Step | None) -> str:
    """What happens next, in words; nothing once it is concluded."""
    if not one.is_open:
        return ""
    have_it = {said.by for said in one.acknowledged}
    waiting = [to.name for to in one.recipients if to.name not in have_it]
    if waiting and one.step.number == 1 and not one.acknowledged:
        return f"acknowledgement by {', '.join(waiting)}"
    if further:
        return f"settle it, or: {further.rule.do[:1].lower()}{further.rule.do[1:]}"
    return "say how it ended"


def _fields(book: Rulebook, one: Escalation) -> Iterator[tuple[str, str]]:
    """Questions and what was typed, in the form's order; a field the form no longer has keeps its own name."""
    form = book.vocabulary.form.get(one.form)
    asks = {field.id: field.ask for field in form.fields} if form else {}
    order = [*(name for name in asks if name in one.fields), *(name for name in one.fields if name not in asks)]
    yield from ((asks.get(name, name.replace("_", " ")), one.fields[name]) for name in order)


def _step(one: Escalation, ladder: Ladder | None, step: Climbed, at: datetime) -> StepLine:
    here, _ = _steps(ladder, step.number)
    who = step.who or ", ".join(to.name for to in one.recipients)
    who = f"{who} ({step.role})" if step.role else who
    return StepLine(step.number, here.rule.label if here else one.label, who, step.began, _standing(step, at))


def _standing(step: Climbed, at: datetime) -> str:
    if step.ended is None:
        return f"for {wait_words(at - step.began)}"
    how = {"up": "taken up", "resolved": "resolved", "": "ended"}[step.outcome]
    return f"{how} {moment_words(step.ended)}: {step.said}"
