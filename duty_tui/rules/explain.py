"""WHY: one deadline explained from the document to the due, each step of the counting and each rule that lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from duty_tui.domain.times import day_words, london, london_date, moment_words
from duty_tui.rules.calendar import WorkingCalendar
from duty_tui.rules.deadline import Deadline, Skipped, State
from duty_tui.rules.due import day_zero
from duty_tui.rules.evaluate import Rulebook
from duty_tui.rules.model import Citation, Reading
from duty_tui.rules.order import limit_of
from duty_tui.rules.pack import Clock
from duty_tui.rules.questions import same_duty, supposed, would_be
from duty_tui.rules.situation import Situation, Variation
from duty_tui.rules.words import due_text, due_words, limit_words


class Lost(NamedTuple):
    """Another clock of the same obligation, and why it does not govern."""

    clock: str
    why: str


class Unknown(NamedTuple):
    """A fact not known, and what each answer would make of this deadline."""

    fact: str
    ask: str
    if_yes: str
    if_no: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything WHY shows about one deadline, in plain words."""

    #: What is to be done, by whom, how strongly, within what.
    rule: str
    citation: Citation
    #: The document the citation stands in.
    document: str
    #: From when it counts, and what happened then.
    start: str
    #: The counting, one line a step.
    steps: tuple[str, ...]
    skipped: tuple[Skipped, ...]
    due: str
    lost: tuple[Lost, ...]
    unknown: tuple[Unknown, ...]
    readings: tuple[Reading, ...]
    #: Provisional, varied, moved, counted under a version adopted later.
    notes: tuple[str, ...]


def explain(
    rulebook: Rulebook, situation: Situation, deadlines: Sequence[Deadline], deadline: Deadline, at: datetime
) -> Explanation:
    """Why `deadline`, one of the `deadlines` of the situation, stands as it does at `at`."""
    pack = deadline.pack
    named = (*deadline.clock.readings,)
    return Explanation(
        rule=_rule(rulebook, deadline),
        citation=deadline.clock.cite,
        document=deadline.clock.cite.document or pack.pack.document,
        start=_start(rulebook, deadline),
        steps=tuple(_steps(rulebook, deadline)),
        skipped=tuple(skipped_days(rulebook, deadline)),
        due=due_text(deadline, at),
        lost=tuple(
            _lost(rulebook, situation, other, at)
            for other in deadlines
            if other is not deadline and same_duty(other, deadline)
        ),
        unknown=tuple(_unknown(rulebook, situation, fact, deadline) for fact in deadline.unless),
        readings=tuple(reading for reading in pack.reading if reading.id in named),
        notes=tuple(_notes(rulebook, deadline)),
    )


def standing(deadline: Deadline, at: datetime) -> str:
    """Where a clock stands, in one line: due or late, met, not begun, replaced, ruled out."""
    match deadline.state:
        case State.WAITING:
            return "not begun"
        case State.RULED_OUT:
            return "does not apply"
        case State.REPLACED:
            return f"replaced by {deadline.lost_to}"
        case State.MET:
            met = moment_words(deadline.met_at) if deadline.met_at else ""
            return f"done {met}, late" if deadline.overdue(at) else f"done {met}"
        case _:
            text = due_text(deadline, at)
            late = f"LATE, was due {text}" if deadline.overdue(at) else text
            return late if deadline.certain else f"{late}, unless ruled out"


def skipped_days(rulebook: Rulebook, deadline: Deadline) -> list[Skipped]:
    """The days that did not count on the way to the due; none for limits that count every day."""
    n = limit_of(deadline).working_days
    if n is None or deadline.start is None:
        return []
    calendar, first = rulebook.calendar(deadline), _day_zero(deadline, deadline.start)
    return calendar.skipped(first, calendar.reach(first, -n if _backward(deadline) else n))


def _day_zero(deadline: Deadline, start: datetime) -> date:
    return day_zero(start, missed=deadline.start_from.startswith("breach:"))


def _backward(deadline: Deadline) -> bool:
    return isinstance(deadline.clock, Clock) and deadline.clock.before is not None


def _rule(rulebook: Rulebook, deadline: Deadline) -> str:
    rule = deadline.obligation
    owner = rule.owner_title or rulebook.vocabulary.role[rule.owner].label
    also = getattr(rule, "also_named", None)
    named = f" (also named: {rulebook.vocabulary.role[also].label})" if also else ""
    within = limit_words(limit_of(deadline), rulebook.vocabulary, backward=_backward(deadline))
    return f"{rule.do} — {deadline.clock.strength}, {within}; {owner}{named}"


def _start(rulebook: Rulebook, deadline: Deadline) -> str:
    if deadline.start is None:
        references = deadline.clock.starts.references
        return "Not begun. It begins with: " + "; ".join(_reference(rulebook, name) for name in references)
    return f"{moment_words(deadline.start)} — {_reference(rulebook, deadline.start_from)}"


def _reference(rulebook: Rulebook, reference: str) -> str:
    prefix, _, name = reference.partition(":")
    if prefix == "fact":
        return f"“{rulebook.vocabulary.fact[name].ask}” answered yes"
    if prefix == "breach":
        return f"{name} passed unmet"
    if prefix == "late":
        return f"a date set that lies after {name} is due"
    return rulebook.vocabulary.event[reference].label


def _steps(rulebook: Rulebook, deadline: Deadline) -> Iterator[str]:
    if deadline.start is None:
        return
    limit, first = limit_of(deadline), _day_zero(deadline, deadline.start)
    if limit.working_days is not None:
        step = timedelta(days=-1 if _backward(deadline) else 1)
        yield from _working_days(rulebook.calendar(deadline), first, limit.working_days, step)
    elif limit.hours is not None:
        yield from _hours(-limit.hours if _backward(deadline) else limit.hours, deadline.start)
    elif limit.same_day is not None:
        yield f"{day_words(london_date(deadline.start))}, whatever day it is"
    elif limit.promptly is not None:
        yield "The document states no number; none is made up. The wait is shown instead"
    elif limit.date_in_record is not None:
        yield f"Due on the date written down: {rulebook.vocabulary.event[limit.date_in_record].label}"
    else:
        way = "back" if _backward(deadline) else "on"
        words = limit_words(limit, rulebook.vocabulary)
        yield f"From {day_words(first)}, {words} {way}, date to date; every day counts"


def _working_days(calendar: WorkingCalendar, day: date, number: int, step: timedelta) -> Iterator[str]:
    yield f"Day 0: {day_words(day)}"
    counted = 0
    while counted < number:
        day += step
        why = calendar.why_not(day)
        counted += why is None
        yield f"Day {counted}: {day_words(day)}" if why is None else f"Not counted: {day_words(day)} — {why}"


def _hours(hours: int, start: datetime) -> Iterator[str]:
    end = start + timedelta(hours=hours)
    way = "on" if hours > 0 else "back"
    yield f"{abs(hours)} hours {way} from {moment_words(start)}, through nights and weekends: {moment_words(end)}"
    if london(start).utcoffset() != london(end).utcoffset():
        yield "The clocks change on the way; the hours that pass are what counts"


def _lost(rulebook: Rulebook, situation: Situation, other: Deadline, at: datetime) -> Lost:
    match other.state:
        case State.RULED_OUT:
            why = f"ruled out: {_against(rulebook, situation, other)}"
        case State.REPLACED:
            why = f"replaced by {other.lost_to}"
        case State.WAITING:
            why = "not begun"
        case _ if other.governs:
            why = f"governs: {due_text(other, at)}"
        case _ if other.due is None:
            why = "no number, so one with a due governs"
        case _:
            why = f"due {due_words(other.due)}, not earlier" + ("" if other.certain else "; open still")
    return Lost(other.clock.id, why)


def _against(rulebook: Rulebook, situation: Situation, deadline: Deadline) -> str:
    """The answers given to the questions a clock's conditions ask."""
    rule, clock = deadline.obligation, deadline.clock
    conditions = [rule.when, getattr(rule, "ends_when", None)]
    conditions += [clock.when, clock.ends_when] if isinstance(clock, Clock) else []
    names = dict.fromkeys(name for condition in conditions if condition for name in condition.facts())
    known = {name: rulebook.answer(situation, name, deadline) for name in names}
    said = [
        f"{rulebook.vocabulary.fact[name].label}: {'yes' if answer else 'no'}"
        for name, answer in known.items()
        if answer is not None
    ]
    return ", ".join(said)


def _unknown(rulebook: Rulebook, situation: Situation, fact: str, deadline: Deadline) -> Unknown:
    ask = rulebook.vocabulary.fact[fact].ask
    yes, no = (would_be(rulebook, supposed(situation, fact, answer), deadline) for answer in (True, False))
    return Unknown(fact, ask, yes, no)


def _notes(rulebook: Rulebook, deadline: Deadline) -> Iterator[str]:
    if deadline.provisional:
        yield "Provisional: it lies beyond the last published bank holidays"
    if deadline.varied is not None:
        yield _varied(rulebook, deadline.varied)
    if deadline.first_due is not None:
        yield f"First due: {due_words(deadline.first_due)}"
    if deadline.before_adoption:
        yield "It began before the policy was adopted; the earliest adopted version is applied"
    if not deadline.certain:
        yield "Runs unless ruled out"


def _varied(rulebook: Rulebook, approved: Variation) -> str:
    """Who approved another due, until when, and why; the first due stands in a note of its own."""
    role = rulebook.vocabulary.role[approved.by_role].label
    who = f"{approved.by} ({role})" if approved.by else role
    return f"Varied to {moment_words(approved.due)}, approved by {who}: {approved.reason}"
