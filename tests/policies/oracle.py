"""A second opinion on the built-in policies, written from the five documents alone: loops over days and plain ifs.

Nothing of the engine or of the packs is used. Every answer cites the paragraph it was read from; "reading N" is the row
of that number in docs/policies.md, "Readings adopted". Moments are aware UTC datetimes, days are London days.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

#: Bank holidays in England as proclaimed or published (those on a weekend have a substitute), month and day.
BANK_HOLIDAYS = frozenset(
    date(year, int(day[:2]), int(day[3:]))
    for year, days in {
        2024: "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26",
        2025: "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
        2026: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
        2027: "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
        2028: "01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26",
        2029: "01-01 03-30 04-02 05-07 05-28 08-27 12-25 12-26",
    }.items()
    for day in days.split()
)

#: yes, no, not yet known
Answered = bool | None


@dataclass(frozen=True)
class Talk:
    """One strategy discussion."""

    number: int
    held: datetime
    ended: datetime | None = None
    circulated: datetime | None = None
    more_needed: Answered = None
    same_series: Answered = None


@dataclass(frozen=True)
class Child:
    """What is known of one child."""

    number: int
    actual_harm: Answered = None
    immediate_risk: Answered = None
    section_47: Answered = None
    police_alone: Answered = None
    section_47_at: datetime | None = None
    seen: tuple[datetime, ...] = ()
    conference: datetime | None = None
    no_conference: datetime | None = None


@dataclass(frozen=True)
class Booking:
    """A day and time a discussion was booked for, and when it was written down."""

    at: datetime
    written: datetime


@dataclass(frozen=True)
class Case:
    """One concern. `facts` are those of the whole concern, by their names in the vocabulary; absent is not known."""

    received: datetime | None
    identified: datetime | None
    facts: Mapping[str, Answered] = field(default_factory=dict)
    #: When a manager said that one working day, or the maximum, will not do.
    cannot_one_day: datetime | None = None
    unlikely: datetime | None = None
    #: Or that the maximum will do.
    likely: datetime | None = None
    #: In the order written down; the last is the one that stands.
    bookings: tuple[Booking, ...] = ()
    talks: tuple[Talk, ...] = ()
    children: tuple[Child, ...] = (Child(1),)
    closures: frozenset[date] = frozenset()
    note_written: datetime | None = None
    need_to_know_sent: datetime | None = None
    series_closed: datetime | None = None
    lado_told: datetime | None = None
    decided: datetime | None = None


@dataclass(frozen=True)
class Verdict:
    """What one limit comes to. `due` is None when it waits, is ruled out, or the document states no number."""

    state: str
    certain: bool = True
    start: datetime | None = None
    due: datetime | None = None
    met: datetime | None = None
    #: Met after its time, or never: what follows from a missed limit follows from `due`.
    missed: bool = False


#: By limit, child and discussion.
Verdicts = dict[tuple[str, int | None, int | None], Verdict]


# ----------------------------------------------------------------------------------------------------- days and moments
def day_of(moment: datetime) -> date:
    """The London day a moment lies in."""
    return moment.astimezone(LONDON).date()


def midnight_before(day: date) -> datetime:
    """The first moment of a London day."""
    return datetime.combine(day, time(0), LONDON).astimezone(UTC)


def end_of(day: date) -> datetime:
    """The midnight that ends a London day."""
    return midnight_before(day + timedelta(days=1))


def working_days_after(day: date, n: int, closures: Iterable[date]) -> date:
    """The Nth working day after `day`, which is day 0, working or not (readings 2 and 3)."""
    while n:
        day += timedelta(days=1)
        if day.weekday() < 5 and day not in BANK_HOLIDAYS and day not in closures:
            n -= 1
    return day


def months_after(day: date, n: int) -> date:
    """The same day of the month `n` months on, or the last of a month that is shorter (reading 15)."""
    year, month = divmod(day.year * 12 + day.month - 1 + n, 12)
    last = day.day
    while True:
        try:
            return date(year, month + 1, last)
        except ValueError:
            last -= 1


# --------------------------------------------------------------------------------------------------------- three values
def either(*answers: Answered) -> Answered:
    """Yes if one is yes, no if all are no, else not known."""
    return True if True in answers else None if None in answers else False


def both(*answers: Answered) -> Answered:
    """No if one is no, yes if all are yes, else not known."""
    return False if False in answers else None if None in answers else True


# ----------------------------------------------------------------------------------------------------------- the starts
def began(case: Case) -> datetime | None:
    """When the concern was identified, as far as a limit may count (reading 5)."""
    if case.received is None or case.identified is None:
        return case.received or case.identified
    if case.facts.get("concern_emerged_later"):
        return case.identified
    return min(case.received, case.identified)


def referred(case: Case) -> datetime | None:
    """Where the text says "receipt of the referral": that moment, if the concern was there by then (readings 1, 9)."""
    if case.facts.get("concern_emerged_later") and case.identified:
        return case.identified
    return case.received or case.identified


def in_time_order(case: Case) -> list[Talk]:
    """The discussions as they were held, whatever their numbers."""
    return sorted(case.talks, key=lambda talk: talk.held)


def first_since(moments: Iterable[datetime | None], since: datetime) -> datetime | None:
    """The earliest of what happened at or after a moment."""
    return min((moment for moment in moments if moment is not None and moment >= since), default=None)


def deciding(case: Case, child: Child) -> Talk | None:
    """The discussion that decided on section 47 for a child: the last begun by then; the first while not said."""
    talks = in_time_order(case)
    before = [talk for talk in talks if child.section_47_at is not None and talk.held <= child.section_47_at]
    return before[-1] if before else talks[0] if talks else None


# ------------------------------------------------------------------------------------------------------------ a verdict
def by_day(applies: Answered, start: datetime | None, last: date | None, met: datetime | None) -> Verdict:
    """A limit in days: what happens at or after the midnight that ends `last` is too late."""
    if applies is False:
        return Verdict("ruled out")
    if start is None or last is None:
        return Verdict("waiting", bool(applies))
    due = end_of(last)
    return Verdict("met" if met else "running", bool(applies), start, due, met, met is None or day_of(met) > last)


def by_hours(applies: Answered, start: datetime | None, hours: int, met: datetime | None) -> Verdict:
    """A limit in hours: elapsed, and the last minute belongs to it (reading 6)."""
    if applies is False:
        return Verdict("ruled out")
    if start is None:
        return Verdict("waiting", bool(applies))
    due = start + timedelta(hours=hours)
    return Verdict("met" if met else "running", bool(applies), start, due, met, met is None or met > due)


def no_number(applies: Answered, start: datetime | None, met: datetime | None) -> Verdict:
    """Promptly, without delay, at point of decision: only since when (reading 21)."""
    if applies is False:
        return Verdict("ruled out")
    if start is None:
        return Verdict("waiting", bool(applies))
    return Verdict("met" if met else "running", bool(applies), start, None, met)


def missed_from(*verdicts: Verdict) -> list[datetime]:
    """The moments at which limits passed without what they ask for."""
    return [one.due for one in verdicts if one.due is not None and one.missed]


def after(start: datetime | None, n: int, case: Case) -> date | None:
    """The Nth working day after a start, if there is one."""
    return working_days_after(day_of(start), n, case.closures) if start else None


# ----------------------------------------------------------------------------------------------- Management Action Note
def action_note_discussion(case: Case) -> Verdicts:
    """Paragraph 1: the maximum, the target, and the circumstances that tighten (readings 1, 5, 7, 8, 9)."""
    cause, known = case.facts.get("reasonable_cause"), case.facts.get
    start, receipt = began(case), referred(case)
    held = [talk.held for talk in case.talks]
    met = first_since(held, start) if start else None
    same_day = day_of(receipt) if receipt else None
    evidence = both(known("penetrative_sexual_abuse"), known("forensic_needs_same_day"))
    one_day = either(known("organised_abuse"), known("allegation_against_staff"))
    one, two = after(start, 1, case), after(start, 2, case)
    found = {
        "serious-risk-same-day": by_day(both(cause, known("serious_risk_of_harm")), receipt, same_day, met),
        "forensic-same-day": by_day(both(cause, evidence), receipt, same_day, met),
        "immediate-action": by_day(both(cause, known("immediate_action_required")), start, one, met),
        "organised-or-staff": by_day(both(cause, one_day), start, one, met),
        "one-working-day": by_day(cause, start, one, met),
        "two-working-days": by_day(cause, start, two, met),
    }
    return {(name, None, None): verdict for name, verdict in found.items()}


def action_note_forms(case: Case, discussion: Verdicts) -> Verdicts:
    """Paragraphs 2 and 3: Need to Know on the maximum, the note on one working day, foreseen or missed (10, 11, 12)."""
    cause, start = case.facts.get("reasonable_cause"), began(case)
    held = [talk.held for talk in case.talks]
    limit = {name: verdict for (name, _, _), verdict in discussion.items()}
    note_from = min([*known_at(case.cannot_one_day), *missed_from(limit["one-working-day"])], default=None)
    form_from = min([*known_at(case.unlikely), *missed_from(limit["two-working-days"])], default=None)
    shorter = [verdict for name, verdict in limit.items() if name != "two-working-days"]
    prompt_from = min(missed_from(*shorter), default=None)
    prompted = [verdict.certain for verdict in shorter if verdict.missed and verdict.due == prompt_from]
    # What is already on the file when it comes to be owed is on the file.
    note = first_since([case.note_written], min(start, note_from or start)) if start else None
    form = first_since([case.need_to_know_sent], min(start, form_from or start)) if start else None
    sent = case.need_to_know_sent
    answered = earliest(first_since([*held, sent], start) if start else None, judged(case, prompt_from))
    return {
        ("note-without-delay", None, None): no_number(cause, note_from, note),
        ("need-to-know", None, None): no_number(cause, form_from, form),
        ("shorter-limit-missed", None, None): no_number(both(cause, True in prompted or None), prompt_from, answered),
        **action_note_bookings(case, limit["two-working-days"]),
    }


def earliest(*moments: datetime | None) -> datetime | None:
    """The first of what happened."""
    return min((moment for moment in moments if moment is not None), default=None)


def judged(case: Case, since: datetime | None) -> datetime | None:
    """When the manager said whether it is unlikely, if that was after the desk asked (reading 10)."""
    said = case.unlikely or case.likely
    return said if said is not None and since is not None and said >= since else None


def action_note_bookings(case: Case, maximum: Verdict) -> Verdicts:
    """Nothing booked by noon of the last day, or booked for after it: the desk asks (paragraph 2, reading 10)."""
    cause, start = case.facts.get("reasonable_cause"), began(case)
    stands = case.bookings[-1] if case.bookings else None
    others = [*(talk.held for talk in case.talks), case.need_to_know_sent]
    last = after(start, 2, case)
    if start is None or last is None or cause is False:
        nothing = too_late = Verdict("waiting" if cause is not False else "ruled out", bool(cause))
        return {("nothing-booked", None, None): nothing, ("booked-after-limit", None, None): too_late}
    noon = datetime.combine(last, time(12), LONDON).astimezone(UTC)
    met = earliest(first_since([*others, stands.written if stands else None], start), judged(case, start))
    nothing = Verdict("met" if met else "running", bool(cause), start, noon, met, met is None or met > noon)
    asked = None
    # What was booked once it had been held in time, or after it was held late, is for another discussion.
    written = [one for one in case.bookings if maximum.met is None or one.written <= maximum.met]
    if written and maximum.missed and day_of(written[-1].at) > last:
        asked = max(written[-1].written, start)
    answered = earliest(first_since(others, start), judged(case, asked)) if asked else None
    return {
        ("nothing-booked", None, None): nothing,
        ("booked-after-limit", None, None): no_number(cause, asked, answered),
    }


def known_at(moment: datetime | None) -> Sequence[datetime]:
    """The moment, if there is one."""
    return [] if moment is None else [moment]


def action_note_visits(case: Case) -> Verdicts:
    """Paragraph 4: each child once, the day of the discussion or within five working days (reading 16)."""
    talks, found = in_time_order(case), Verdicts()
    for child in case.children:
        gravest = either(child.actual_harm, child.immediate_risk)
        start = talks[0].held if talks else None
        seen = first_since(child.seen, midnight_before(day_of(start))) if start else None
        found["seen-same-day", child.number, None] = by_day(gravest, start, day_of(start) if start else None, seen)
        other = by_day(True, start, after(start, 5, case), seen)
        # "In every other case": not where the same day certainly applies.
        found["seen-five-days", child.number, None] = Verdict("replaced") if gravest and start else other
    return found


def action_note(case: Case) -> Verdicts:
    """Management Action Note 003."""
    discussion = action_note_discussion(case)
    return {**discussion, **action_note_forms(case, discussion), **action_note_visits(case)}


# ------------------------------------------------------------------------------------------------------------- 24 hours
def twenty_four_hours(case: Case) -> Verdicts:
    """The practitioner guide: "When is", "Who should attend" and the outcomes (readings 5, 6, 16, 17)."""
    start, known = began(case), case.facts.get
    accused = either(known("allegation_against_staff"), known("allegation_against_carer"))
    met = first_since([talk.held for talk in case.talks], start) if start else None
    told = first_since([case.lado_told], start) if start else None
    found: Verdicts = {
        ("twenty-four-hours", None, None): by_hours(either(known("reasonable_cause"), accused), start, 24, met),
        ("lado-no-time", None, None): no_number(accused, start, told),
    }
    for child in case.children:
        talk = deciding(case, child)
        seen = first_since(child.seen, midnight_before(day_of(talk.held))) if talk else None
        runs_from = (talk.ended or talk.held) if talk else None
        owed = either(child.section_47, child.police_alone)
        found["seen-twenty-four-hours", child.number, None] = by_hours(owed, runs_from, 24, seen)
    return found


# ---------------------------------------------------------------------------------------------------- circulating notes
def circulate(case: Case, name: str) -> Verdicts:
    """Each discussion's record within one working day of it (both documents that say so)."""
    found = Verdicts()
    for talk in case.talks:
        sent = first_since([talk.circulated], talk.held)
        found[name, None, talk.number] = by_day(True, talk.held, after(talk.held, 1, case), sent)
    return found


def seven_minutes(case: Case) -> Verdicts:
    """The briefing: promptly (box 1), notes in one working day (box 6)."""
    start = began(case)
    met = first_since([talk.held for talk in case.talks], start) if start else None
    discussion = no_number(case.facts.get("reasonable_cause"), start, met)
    return {("promptly", None, None): discussion, **circulate(case, "notes-one-day")}


# --------------------------------------------------------------------------------------------------- three working days
def three_working_days(case: Case) -> Verdicts:
    """Strategy discussions: three days, the conference, the series (readings 5, 13, 14, 15)."""
    start = began(case)
    referral = referred(case) if case.received or case.facts.get("concern_emerged_later") else None
    held = [talk.held for talk in case.talks]
    met = first_since(held, start) if start else None
    decided = first_since([*held, case.decided], referral) if referral else None
    found: Verdicts = {
        ("three-working-days", None, None): by_day(
            case.facts.get("reasonable_cause"), start, after(start, 3, case), met
        ),
        ("decide-three-days", None, None): by_day(True, referral, after(referral, 3, case), decided),
    }
    return {**found, **conferences(case), **series(case), **circulate(case, "circulate-one-day")}


def conferences(case: Case) -> Verdicts:
    """15 working days from the deciding discussion, or from a later one the chair marked (reading 13)."""
    found = Verdicts()
    for child in case.children:
        talk, start, met = deciding(case, child), None, None
        if talk is not None:
            met = first_since([child.conference, child.no_conference], talk.held)
            later = [other for other in case.talks if other.held > talk.held and (not met or other.held <= met)]
            start = max([talk.held, *(other.held for other in later if other.same_series)])
        key = "fifteen-working-days", child.number, None
        found[key] = by_day(child.section_47, start, after(start, 15, case), met)
    return found


def series(case: Case) -> Verdicts:
    """28 days to the next discussion, three months for them all, then senior management (readings 14, 15)."""
    talks, found = in_time_order(case), Verdicts()
    for talk in talks:
        later = [other.held for other in talks if other.held > talk.held]
        met = first_since([*later, case.series_closed], talk.held)
        last = day_of(talk.held) + timedelta(days=28)
        found["four-weeks", None, talk.number] = by_day(talk.more_needed, talk.held, last, met)
    first = talks[0].held if talks else None
    closed = first_since([case.series_closed], first) if first else None
    several = either(*(talk.more_needed for talk in talks)) if talks else None
    whole = by_day(several, first, months_after(day_of(first), 3) if first else None, closed)
    found["three-months", None, None] = whole
    told_from = min(missed_from(whole), default=None)
    found["senior-management", None, None] = no_number(whole.certain or None if told_from else True, told_from, None)
    return found


PACKS = {
    "action-note-003": action_note,
    "three-working-days": three_working_days,
    "twenty-four-hours": twenty_four_hours,
    "seven-minute-briefing": seven_minutes,
}
