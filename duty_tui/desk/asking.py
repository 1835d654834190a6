"""What the desk asks a named person, with the facts: whether something foreseen is so. It never decides by itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from duty_tui.desk.case import Case
from duty_tui.desk.case_words import because_of, cite_words, limit_facts
from duty_tui.desk.desk import Desk
from duty_tui.desk.reading import title_of
from duty_tui.rules.deadline import Deadline
from duty_tui.rules.ladders import Ladder, called_for
from duty_tui.rules.pack import Escalation
from duty_tui.views.escalation import PromptLine

#: What the desk asks by itself is named so.
UNCONFIRMED = "desk/unconfirmed"


def prompts_of(
    desk: Desk, concern_id: str, at: datetime, *, unconfirmed_within: timedelta | None = None
) -> list[PromptLine]:
    """The questions open at the UTC instant `at`: those of the policies, and the desk's own where a yes is missing.

    `unconfirmed_within` is how long before the discussion a missing yes is asked about; without it, what the service
    set. An answer is given with `AnswerQuestions` and a reason. Raises Refused when there is no such concern.
    """
    case = Case(desk, desk.concern(concern_id), at)
    office = desk.books.service.office
    return list(prompts(case, office.unconfirmed_within if unconfirmed_within is None else unconfirmed_within))


def prompts(case: Case, unconfirmed_within: timedelta) -> Iterator[PromptLine]:
    """The same for a case."""
    asked: set[str] = set()
    for deadline in case.deadlines:
        rule, since = deadline.obligation, asked_from(deadline)
        if isinstance(rule, Escalation) and rule.prompt_only and deadline.open and since and since <= case.at:
            asked.add(rule.asks or "")
            yield _line(case, deadline, rule, since)
    for ladder in case.ladders:
        for fact in judged_facts(case, ladder):
            if fact not in asked:
                yield from _unconfirmed(case, ladder, fact, unconfirmed_within)


def asked_from(deadline: Deadline) -> datetime | None:
    """From when a prompt is asked: one with a time of its own at that time, any other once it has begun."""
    return deadline.due or deadline.start


def judged_facts(case: Case, ladder: Ladder) -> tuple[str, ...]:
    """The judgements that call for a ladder: somebody says so, and it is owed."""
    names = (name.partition(":") for name in ladder.steps[0].rule.starts.references)
    facts = case.vocabulary.fact
    return tuple(name for prefix, _, name in names if prefix == "fact" and facts[name].kind == "judgement")


def _leads_to(case: Case, fact: str) -> tuple[str, ...]:
    return tuple(ladder.id for ladder in case.ladders if fact and fact in judged_facts(case, ladder))


def _line(case: Case, deadline: Deadline, rule: Escalation, since: datetime) -> PromptLine:
    leads_to = _leads_to(case, rule.asks or "")
    limits = case.limits(rule, deadline.pack.pack.id) or [
        limit
        for ladder in case.ladders
        if ladder.id in leads_to
        for limit in case.limits(ladder.steps[0].rule, ladder.steps[0].pack)
    ]
    return PromptLine(
        *(case.concern.id, case.reference, title_of(case.concern, case.at), f"{deadline.pack.pack.id}/{rule.id}"),
        *(rule.do, rule.label, rule.asks or ""),
        case.vocabulary.fact[rule.asks].ask if rule.asks else rule.do,
        tuple(dict.fromkeys(limit_facts(case, limits) if limits else (because_of(case, deadline),))),
        rule.owner_title or case.vocabulary.role[rule.owner].label,
        since,
        deadline.child,
        deadline.discussion,
        leads_to,
        cite_words(deadline.pack, rule.cite),
        case.concern.version,
    )


def next_asked(case: Case, within: timedelta) -> datetime | None:
    """When a missing yes will next be asked about, or no longer, by time alone; None when never."""
    moments = [moment for ladder in case.ladders for moment in _moments(case, _limit(case, ladder), within)]
    return min((moment for moment in moments if moment > case.at), default=None)


def _moments(case: Case, limit: Deadline | None, within: timedelta) -> Iterator[datetime]:
    """When it is first asked, and when there is nothing left to foresee."""
    if limit is not None and limit.due is not None:
        planned = case.planned(limit)
        yield from ((planned.at if planned else limit.due) - within, limit.due)


def _limit(case: Case, ladder: Ladder) -> Deadline | None:
    """The limit somebody has to be told of when it will not be kept, while that can still be foreseen."""
    step = ladder.steps[0]
    limits = case.limits(step.rule, step.pack)
    return next((one for one in limits if not one.met_at and case.can_be_planned(one)), None)


def _unconfirmed(case: Case, ladder: Ladder, fact: str, within: timedelta) -> Iterator[PromptLine]:
    """The desk's own question: the discussion is near, and somebody who has to be there has not said yes."""
    step, limit = ladder.steps[0], _limit(case, ladder)
    if limit is None or limit.due is None or not case.unconfirmed or called_for(ladder, case.deadlines, case.at):
        return
    planned = case.planned(limit)
    since = (planned.at if planned else limit.due) - within
    answered = any(one.value is not None and one.since >= since for one in case.concern.answers.get(fact, ()))
    escalated = any(one.ladder == ladder.id and one.submitted >= since for one in case.concern.escalations)
    if since <= case.at < limit.due and not answered and not escalated:
        what = "the discussion is booked" if planned else "the limit is near and nothing is booked"
        yield PromptLine(
            *(case.concern.id, case.reference, title_of(case.concern, case.at), UNCONFIRMED),
            f"Not everybody has said yes and {what}: will it be held in time?",
            *("No yes yet", fact, case.vocabulary.fact[fact].ask),
            tuple(limit_facts(case, [limit])),
            step.rule.owner_title or case.vocabulary.role[step.rule.owner].label,
            since,
            limit.child,
            limit.discussion,
            (ladder.id,),
            cite_words(limit.pack, limit.clock.cite),
            case.concern.version,
        )
