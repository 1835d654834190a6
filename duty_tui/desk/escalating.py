"""What can go up on a concern, the form filled from its record, and acts that carry what the policy makes of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from duty_tui.desk.asking import judged_facts, prompts, prompts_of
from duty_tui.desk.case import Case
from duty_tui.desk.case_words import because_of, cite_words, discussion_facts, record_facts
from duty_tui.desk.desk import Desk
from duty_tui.desk.escalation_lines import escalation_line, escalation_list, escalations_of
from duty_tui.desk.reading import title_of
from duty_tui.desk.service_defaults import service_defaults
from duty_tui.domain.concern import Answer
from duty_tui.domain.escalation import Recipient
from duty_tui.domain.escalation_commands import ConcludeEscalation, SubmitEscalation, TakeUp
from duty_tui.domain.escalation_events import To
from duty_tui.domain.text import fold, strip_controls
from duty_tui.errors import Refused
from duty_tui.rules.deadline import Deadline
from duty_tui.rules.ladders import Ladder, called_for
from duty_tui.rules.vocabulary import FormField as Asked
from duty_tui.views.escalation import EscalationForm, EscalationLine, EscalationOffer, FormField, PromptLine

__all__ = [
    "conclude",
    "escalation_line",
    "escalation_list",
    "escalations_of",
    "filled",
    "form_of",
    "offers",
    "prompts_of",
    "strangers",
    "submit",
    "take_up",
]

#: What a ladder without a form asks.
_PLAIN = (Asked(id="what", ask="What they need to know", needed=True),)


def offers(desk: Desk, concern_id: str, at: datetime) -> list[EscalationOffer]:
    """Every ladder of the policies in force, for each child or discussion where it runs for one.

    Those called for and not yet submitted come first, then those called for, then the rest. Raises Refused when there
    is no such concern.
    """
    case = Case(desk, desk.concern(concern_id), at)
    asked = list(prompts(case, desk.books.service.office.unconfirmed_within))
    found = [_offer(case, ladder, *whom, asked) for ladder in case.ladders for whom in case.whom(ladder)]
    return sorted(found, key=lambda offer: (not offer.because, offer.already is not None))


def _offer(
    case: Case, ladder: Ladder, child: int | None, discussion: int | None, asked: Sequence[PromptLine]
) -> EscalationOffer:
    rule = ladder.steps[0].rule
    pack = next(pack for pack in case.packs if pack.pack.id == ladder.steps[0].pack)
    about = (ladder.id, child, discussion)
    already = [
        one.number
        for one in case.concern.escalations
        if one.is_open and (one.ladder, one.child, one.discussion) == about
    ]
    return EscalationOffer(
        ladder=ladder.id,
        label=ladder.label,
        do=rule.do,
        form=ladder.form or "",
        because=tuple(dict.fromkeys(_because(case, ladder, child, discussion, asked))),
        already=already[-1] if already else None,
        child=child,
        discussion=discussion,
        cite=cite_words(pack, rule.cite),
    )


def _because(
    case: Case, ladder: Ladder, child: int | None, discussion: int | None, asked: Sequence[PromptLine]
) -> Iterator[str]:
    """Why it is called for, a sentence each: what runs, what is asked and the facts, who was missing."""
    for deadline in _called(case, ladder, child, discussion):
        yield because_of(case, deadline)
    for prompt in asked:
        if ladder.id in prompt.ladders:
            yield from (prompt.do, *prompt.facts)
    if discussion is not None and any(case.missing_at(discussion)):
        yield from discussion_facts(case, discussion)


def _called(case: Case, ladder: Ladder, child: int | None, discussion: int | None) -> list[Deadline]:
    return [
        one
        for one in called_for(ladder, case.deadlines, case.at)
        if one.child in (None, child) and one.discussion in (None, discussion)
    ]


def form_of(
    desk: Desk, concern_id: str, ladder: str, at: datetime, *, child: int | None = None, discussion: int | None = None
) -> EscalationForm:
    """The form of a ladder (`pack/first step`), filled from the record as far as that goes.

    Raises Refused when there is no such concern, when no policy in force has the ladder, and when it does not run for
    that child or discussion.
    """
    case = Case(desk, desk.concern(concern_id), at)
    climbed = next((one for one in case.ladders if one.id == ladder), None)
    if climbed is None:
        raise Refused("No policy in force has this escalation.", do="Choose one from the list.")
    if (child, discussion) not in case.whom(climbed):
        raise Refused("This escalation does not run for that child or discussion.", do="Choose one from the list.")
    return filled(case, climbed, child, discussion)


def filled(case: Case, ladder: Ladder, child: int | None = None, discussion: int | None = None) -> EscalationForm:
    """The same for a case and one of its ladders."""
    first, form = ladder.steps[0], case.vocabulary.form.get(ladder.form or "")
    pack = next(pack for pack in case.packs if pack.pack.id == first.pack)
    chosen = case.desk.books.service.recipients.get(ladder.form or "", ())
    asks_who = len(ladder.steps) > 1
    return EscalationForm(
        concern=case.concern.id,
        reference=case.reference,
        version=case.concern.version,
        title=title_of(case.concern, case.at),
        ladder=ladder.id,
        form=ladder.form or "",
        label=form.label if form else ladder.label,
        child=child,
        discussion=discussion,
        facts=tuple(record_facts(case, ladder, child, discussion)),
        fields=tuple(_field(case, one) for one in (form.fields if form else _PLAIN)),
        recipients=chosen,
        others=tuple(_others(case.desk, chosen)),
        to_named=not asks_who,
        asks_who=f"Who takes it up first ({_owner(case, ladder)})" if asks_who else "",
        makes=first.opens,
        judged=_judged(case, ladder, child, discussion),
        cite=cite_words(pack, first.rule.cite),
    )


def _owner(case: Case, ladder: Ladder) -> str:
    rule = ladder.steps[0].rule
    return rule.owner_title or case.vocabulary.role[rule.owner].label


def _field(case: Case, asked: Asked) -> FormField:
    """One question, with what the last note of its event says of it."""
    said = [one for one in case.concern.milestones if asked.suggest and one.event == asked.suggest]
    last = said[-1] if said else None
    suggested = (last.details.get(asked.id) or last.note) if last else ""
    return FormField(asked.id, asked.ask, asked.needed, suggested)


def _others(desk: Desk, chosen: Sequence[Recipient]) -> Iterator[Recipient]:
    """People of the service's settings to whom it does not go unless somebody says so, each once."""
    service, known = desk.books.service, service_defaults().role
    listed = [
        Recipient(name, known[roles[0]].label if roles[0] in known else "") for name, roles in service.people.items()
    ]
    seen = {one.name for one in chosen}
    for one in (*(to for people in service.recipients.values() for to in people), *listed):
        if one.name not in seen:
            seen.add(one.name)
            yield one


def _judged(case: Case, ladder: Ladder, child: int | None, discussion: int | None) -> tuple[str, ...]:
    """The judgements it makes by being submitted: none once they were made, or the limit was missed anyway."""
    if any(one.start_from.startswith("breach:") for one in _called(case, ladder, child, discussion)):
        return ()
    look = case.desk.rulebook.look(case.situation, child, discussion)
    return tuple(fact for fact in judged_facts(case, ladder) if look(fact) is not True)


def strangers(form: EscalationForm, recipients: Sequence[Recipient]) -> tuple[str, ...]:
    """Names that are not in the service's settings, to be asked about before the form goes to them."""
    known = {fold(one.name) for one in (*form.recipients, *form.others)}
    return tuple(one.name for one in recipients if _named(one) and fold(one.name) not in known)


def _named(one: Recipient) -> bool:
    return bool(strip_controls(one.name).strip())


def submit(
    form: EscalationForm,
    fields: Mapping[str, str],
    recipients: Sequence[Recipient],
    at: datetime,
    *,
    who: str = "",
    role: str = "",
    reason: str = "",
) -> SubmitEscalation:
    """The command that submits a form as it was filled in, at the UTC instant `at`.

    Recipients without a name are left out. `who` and `role` name who takes the first step, where the form asks that.
    A judgement made by submitting it carries `reason`; without one, what was answered to the first question.
    """
    judged: dict[str, Answer] = dict.fromkeys(form.judged, "yes")
    first = next((fields.get(field.id, "") for field in form.fields), "")
    return SubmitEscalation(
        ladder=form.ladder,
        form=form.form,
        label=form.label,
        child=form.child,
        discussion=form.discussion,
        fields=dict(fields),
        needed={field.id: field.ask for field in form.fields if field.needed},
        facts=form.facts,
        recipients=tuple(To(name=one.name, role=one.role, contact=one.contact) for one in recipients if _named(one)),
        who=who,
        role=role,
        makes=form.makes,
        at=at,
        judged=judged,
        reason=(reason or first) if judged else "",
    )


def take_up(line: EscalationLine, at: datetime, *, said: str, who: str, role: str = "") -> TakeUp:
    """The command that hands it to the next step of its ladder. Raises Refused when there is none."""
    if not line.up:
        raise Refused("There is no further step.", do="Conclude it: say how it ended, resolved or not.")
    return TakeUp(escalation=line.number, said=said, who=who, role=role, makes=line.up_makes, at=at)


def conclude(line: EscalationLine, at: datetime, *, outcome: str, resolved: bool = True) -> ConcludeEscalation:
    """The command that says how it ended; resolved, it makes happen what the policy says settles it."""
    makes = line.settles if resolved else ()
    return ConcludeEscalation(escalation=line.number, outcome=outcome, resolved=resolved, makes=makes, at=at)
