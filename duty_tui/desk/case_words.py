"""What the record says where something may have to go up: what was due when, what is booked, who is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from duty_tui.desk.case import Case
from duty_tui.desk.quoracy import NOT_ASKED
from duty_tui.desk.reading import received_words
from duty_tui.domain.ages import age_words
from duty_tui.domain.people import Child
from duty_tui.domain.times import day_words, due_words, london_date, moment_words
from duty_tui.rules.deadline import Deadline
from duty_tui.rules.ladders import Ladder
from duty_tui.rules.model import Citation
from duty_tui.rules.pack import Pack
from duty_tui.rules.situation import Happening

NOTHING_BOOKED = "Nothing is booked."


def record_facts(case: Case, ladder: Ladder, child: int | None, discussion: int | None) -> Iterator[str]:
    """What a form takes from the record: child, concern, clock, what is booked, who is missing, what was noted."""
    concern = case.concern
    yield from (f"Child: {_child(one, case.at)}" for one in concern.children if child in (None, one.number))
    if headline := concern.what.partition("\n")[0]:
        yield f"Concern: {headline}"
    came = "Received" if concern.referred else "Came up on an open case"
    yield from (f"{came}: {when}" for when in [received_words(concern)] if when)
    for step in ladder.steps[:1]:
        limits = case.limits(step.rule, step.pack)
        yield from _governing(case, limits)
        yield from limit_facts(case, limits)
    if discussion is not None:
        yield from discussion_facts(case, discussion)
    yield from _notes(case, ladder)
    yield f"Owner: {concern.owner or 'nobody'}"


def _governing(case: Case, limits: Sequence[Deadline]) -> Iterator[str]:
    """The clock that governs what the limits are about, where it is an earlier one: it is what the queue shows."""
    for one in case.deadlines:
        about = any(one.obligation is limit.obligation for limit in limits)
        if about and one.governs and one.due is not None and one not in limits:
            yield f"{one.obligation.do}: first due {due_words(one.due)}{_unless(case, one)}"


def _child(child: Child, at: datetime) -> str:
    age = age_words(child.born, child.expected, london_date(at))
    born = f", born {day_words(child.born)}" if child.born else ""
    return f"{child.called}, {age}{born}"


def limit_facts(case: Case, limits: Sequence[Deadline]) -> Iterator[str]:
    """Each limit with its rule, what is booked for it, and who has not said yes while it is not met."""
    for limit in limits:
        due = f": due {due_words(limit.due)}" if limit.due else ""
        yield f"{limit.obligation.do}{due}{_unless(case, limit)} ({cite_words(limit.pack, limit.clock.cite)})"
    for limit in limits[:1]:
        yield from booked_facts(case, limit)


def booked_facts(case: Case, limit: Deadline) -> Iterator[str]:
    """What is booked for a limit and who has not said yes; that it was met, once it is."""
    if limit.met_at is not None:
        yield f"Done {moment_words(limit.met_at)}" + (", late" if limit.met_late else "")
        return
    if not case.can_be_planned(limit):
        return
    planned = case.planned(limit)
    yield _booked(planned, limit) if planned else NOTHING_BOOKED
    yield from unconfirmed_facts(case)


def _booked(planned: Happening, limit: Deadline) -> str:
    late = f", after the limit ({due_words(limit.due)})" if limit.due and limit.too_late(planned.at) else ""
    return f"Booked for {moment_words(planned.at)}{late}"


def unconfirmed_facts(case: Case) -> Iterator[str]:
    """Who has to be at the next discussion and has not said yes: those asked, and those nobody has asked."""
    asked = [f"{title} ({stands})" for title, stands in case.unconfirmed if stands != NOT_ASKED]
    others = [title for title, stands in case.unconfirmed if stands == NOT_ASKED]
    for said, whom in (("No yes yet from", asked), ("Not asked yet", others)):
        if whom:
            yield f"{said}: {', '.join(whom)}"


def discussion_facts(case: Case, number: int) -> Iterator[str]:
    """When a discussion was held, and who was missing from it."""
    held = [one.started for one in case.concern.discussions if one.number == number and one.started]
    yield from (f"Discussion {number} was held {moment_words(at)}" for at in held)
    missing, absent = case.missing_at(number)
    if missing:
        yield f"Not quorate: {', '.join(gap.title for gap in missing)} missing"
    if absent:
        yield f"Nobody was there from: {', '.join(absent)}"


def _notes(case: Case, ladder: Ladder) -> Iterator[str]:
    """The last note of each event that the form suggests something from, or that there is none."""
    form = case.vocabulary.form.get(ladder.form or "")
    for event in dict.fromkeys(field.suggest for field in (form.fields if form else ()) if field.suggest):
        last = next((one for one in reversed(case.concern.milestones) if one.event == event), None)
        label = case.vocabulary.event[event].label
        if last is None:
            yield f"{label}: no"
        else:
            yield f"{label}: {moment_words(last.at)}" + (f". {last.note}" if last.note else "")


def because_of(case: Case, deadline: Deadline) -> str:
    """Why a running deadline of a ladder calls for it, in a sentence with its facts."""
    prefix, _, name = deadline.start_from.partition(":")
    if prefix != "fact" and name:
        return "; ".join(_missed(case, prefix, name, deadline))
    if prefix == "fact":
        said = _answered(case, name, deadline)
    else:
        said = f"{case.vocabulary.event[prefix].label}: {moment_words(deadline.start or case.at)}"
    return said + _unless(case, deadline)


def _unless(case: Case, deadline: Deadline) -> str:
    unless = " or ".join(case.vocabulary.fact[fact].label for fact in deadline.unless)
    return f", unless ruled out by {unless}" if unless else ""


def _answered(case: Case, fact: str, deadline: Deadline) -> str:
    ask = case.vocabulary.fact[fact].ask
    given = [one for one in case.concern.answers.get(fact, ()) if one.value and one.child in (None, deadline.child)]
    for last in given[-1:]:
        why = f". Reason: {last.reason}" if last.reason else ""
        return f"{ask} Yes, said {last.by}, {moment_words(last.since)}{why}"
    return f"{ask} Yes."


def _missed(case: Case, prefix: str, clock: str, deadline: Deadline) -> Iterator[str]:
    """That a limit passed unmet, or will by what is booked."""
    was = "is due" if prefix == "late" else "was due"
    for limit in case.deadlines:
        named = limit.clock.id == clock and limit.pack is deadline.pack
        if named and limit.due and limit.child in (None, deadline.child):
            missed = f"{limit.obligation.do}: {was} {due_words(limit.due)}{_unless(case, deadline)}"
            yield ". ".join(said.removesuffix(".") for said in (missed, *booked_facts(case, limit)))


def cite_words(pack: Pack, cite: Citation) -> str:
    """`Management Action Note 003, Practice expectations 2: “…”`."""
    return f"{cite.document or pack.pack.document}, {cite.paragraph}: “{cite.words}”"
