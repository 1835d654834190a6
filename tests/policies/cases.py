"""Situations for the second opinion: drawn by Hypothesis where limits are crossed, and told to the engine."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import strategies as st

from duty_tui.rules.situation import Happening, Known, Situation
from tests.policies.oracle import (
    BANK_HOLIDAYS,
    LONDON,
    Answered,
    Booking,
    Case,
    Child,
    Talk,
    began,
    day_of,
    midnight_before,
)

FACTS = (
    "reasonable_cause",
    "concern_emerged_later",
    "serious_risk_of_harm",
    "penetrative_sexual_abuse",
    "forensic_needs_same_day",
    "immediate_action_required",
    "organised_abuse",
    "allegation_against_staff",
    "allegation_against_carer",
)
FIRST, LAST = date(2024, 1, 1), date(2028, 12, 31)
CLOCK_CHANGES = [
    *(date(2024, 3, 31), date(2024, 10, 27), date(2025, 3, 30), date(2025, 10, 26), date(2026, 3, 29)),
    *(date(2026, 10, 25), date(2027, 3, 28), date(2027, 10, 31), date(2028, 3, 26), date(2028, 10, 29)),
]
LEAP_DAYS = [date(2024, 2, 29), date(2028, 2, 29)]
NOTABLE = sorted(day for day in (*BANK_HOLIDAYS, *CLOCK_CHANGES, *LEAP_DAYS) if FIRST <= day <= LAST)
MINUTES = [time(0), time(0, 1), time(0, 30), time(1), time(1, 30), time(2), time(17), time(23, 30), time(23, 59)]

ANSWERS: tuple[Answered, ...] = (None, True, False)
days = st.dates(FIRST, LAST) | st.builds(
    lambda day, off: min(max(day + timedelta(days=off), FIRST), LAST), st.sampled_from(NOTABLE), st.integers(-5, 2)
)
clocks = st.sampled_from(MINUTES) | st.times().map(lambda one: one.replace(second=0, microsecond=0))
#: Minutes from one thing to the next, most of them within days.
gaps = st.integers(0, 3 * 1440) | st.integers(0, 40 * 1440) | st.sampled_from([0, 1, 1439, 1440, 1441])
#: None leaves a moment where it is, else it is moved to so many minutes from the midnight that follows it.
edges = st.sampled_from([None, None, None, -1, 0, 1])
few, talk_lengths, dice = st.integers(0, 3), st.integers(1, 240), st.integers(0, 2**30 - 1)
answers, coin = st.sampled_from(ANSWERS), st.booleans()
orders = st.sampled_from([(1, 2, 3), (1, 2, 3), (1, 2, 3), (1, 3, 2), (2, 1, 3), (2, 3, 1), (3, 1, 2), (3, 2, 1)])


def _closed(*, christmas: bool, wednesdays: bool, thirds: bool) -> frozenset[date]:
    every = (FIRST + timedelta(days=n) for n in range(366 * 6))
    return frozenset(
        day
        for day in every
        if (christmas and day.month == 12 and day.day > 26)
        or (wednesdays and day.weekday() == 2)
        or (thirds and day.toordinal() % 3 == 0)
    )


#: Each a service's closure days over all the years, each holding those before it.
CLOSURES = (
    frozenset[date](),
    _closed(christmas=True, wednesdays=False, thirds=False),
    _closed(christmas=True, wednesdays=True, thirds=False),
    _closed(christmas=True, wednesdays=True, thirds=True),
)


@st.composite
def moments(draw: st.DrawFn) -> datetime:
    """A minute of 2024 to 2028, often near a bank holiday, a clock change or midnight; both of a doubled hour."""
    clock = draw(clocks).replace(fold=int(draw(coin)))
    return datetime.combine(draw(days), clock, LONDON).astimezone(UTC)


def later(draw: st.DrawFn, than: datetime) -> datetime:
    """A minute not before another: some time on, often on the edge of a midnight."""
    moment = than + timedelta(minutes=draw(gaps))
    edge = draw(edges)
    if edge is None:
        return moment
    return max(than, midnight_before(day_of(moment) + timedelta(days=1)) + timedelta(minutes=edge))


def maybe_later(draw: st.DrawFn, than: datetime) -> datetime | None:
    """The same, or never."""
    return later(draw, than) if draw(coin) else None


def talks(draw: st.DrawFn, since: datetime) -> tuple[Talk, ...]:
    """Up to three discussions one after another, numbered as they were recorded: mostly in order of time."""
    count, made = draw(few), []
    for number in [number for number in draw(orders) if number <= count]:
        held = later(draw, since)
        ended = held + timedelta(minutes=draw(talk_lengths)) if draw(coin) else None
        made.append(Talk(number, held, ended, maybe_later(draw, held), draw(answers), draw(answers)))
        since = (ended or held) + timedelta(minutes=1)
    return tuple(made)


def child(draw: st.DrawFn, number: int, held: tuple[Talk, ...], since: datetime) -> Child:
    """A child; section 47 is decided in a discussion, if ever."""
    section_47, decided = draw(answers), None
    if held and section_47 and draw(coin):
        talk = draw(st.sampled_from(held))
        decided = talk.held + (((talk.ended or talk.held) - talk.held) * draw(few) / 3)
        decided = decided.replace(second=0, microsecond=0)
    seen_from = (held[draw(few) % len(held)].held if held else since) - timedelta(hours=12)
    return Child(
        number,
        *(draw(answers), draw(answers), section_47, draw(answers), decided),
        seen=tuple(later(draw, seen_from) for _ in range(draw(few))),
        conference=maybe_later(draw, held[0].held) if held else None,
        no_conference=maybe_later(draw, held[0].held) if held else None,
    )


def facts(draw: st.DrawFn) -> dict[str, Answered]:
    """An answer, or none, to every question about the whole concern."""
    rolled, given = draw(dice), {}
    for name in FACTS:
        rolled, face = divmod(rolled, 4)
        if face:
            given[name] = ANSWERS[face - 1]
    return given


def bookings(draw: st.DrawFn, since: datetime) -> tuple[Booking, ...]:
    """Up to three days one after another, each for then or later: often just before or after a midnight."""
    made: list[Booking] = []
    for _ in range(draw(few)):
        since = later(draw, since)
        made.append(Booking(later(draw, since), since))
    return tuple(made)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A concern and all that became of it."""
    one, known = draw(moments()), facts(draw)
    other = one + timedelta(minutes=draw(gaps)) if draw(coin) else None
    received, identified = (one, other) if draw(coin) else (other, one)
    first, last = one, other or one
    start = began(Case(received, identified, known))
    assert start is not None
    held = talks(draw, (first, start, last)[draw(few) % 3])
    return Case(
        received,
        identified,
        known,
        cannot_one_day=maybe_later(draw, first),
        unlikely=maybe_later(draw, first),
        likely=maybe_later(draw, first),
        bookings=bookings(draw, first),
        talks=held,
        children=tuple(child(draw, number, held, first) for number in range(1, draw(few) + 1)) or (Child(1),),
        closures=CLOSURES[draw(few)],
        note_written=maybe_later(draw, first),
        need_to_know_sent=maybe_later(draw, first),
        series_closed=maybe_later(draw, held[-1].held if held else first),
        lado_told=maybe_later(draw, first),
        decided=maybe_later(draw, first),
    )


# ------------------------------------------------------------------------------------------------------ for the engine
def told(case: Case) -> Situation:
    """The case in the shape the rules read."""
    events: dict[str, list[Happening]] = {}

    def put(name: str, moments: Iterable[datetime | None], child: int | None = None, talk: int | None = None) -> None:
        events.setdefault(name, []).extend(Happening(one, child, talk) for one in moments if one)

    put("referral_received", [case.received])
    put("concern_identified", [case.identified])
    put("interim_note_recorded", [case.note_written])
    put("need_to_know_submitted", [case.need_to_know_sent])
    put("series_closed", [case.series_closed])
    put("lado_informed", [case.lado_told])
    put("discussion_decided_on", [case.decided])
    events["discussion_booked"] = [Happening(one.at, set_at=one.written) for one in case.bookings]
    for talk in case.talks:
        put("discussion_held", [talk.held], talk=talk.number)
        put("discussion_ended", [talk.ended], talk=talk.number)
        put("record_circulated", [talk.circulated], talk=talk.number)
    for child in case.children:
        put("s47_decided", [child.section_47_at], child.number)
        put("child_seen", child.seen, child.number)
        put("icpc_held", [child.conference], child.number)
        put("icpc_not_needed", [child.no_conference], child.number)
    return Situation(events, _facts(case), tuple(child.number for child in case.children))


def _facts(case: Case) -> dict[str, list[Known]]:
    facts = {name: [Known(value)] for name, value in case.facts.items()}
    for name, since in (("cannot_within_one_wd", case.cannot_one_day), ("unlikely_within_limit", case.unlikely)):
        facts[name] = [Known(True, since)] if since else [Known(None)]
    if case.likely and not case.unlikely:
        facts["unlikely_within_limit"] = [Known(False, case.likely)]
    for child in case.children:
        for name, value in (
            ("actual_harm_evidenced", child.actual_harm),
            ("immediate_risk", child.immediate_risk),
            ("outcome_s47", child.section_47),
            ("outcome_police_only", child.police_alone),
        ):
            facts.setdefault(name, []).append(Known(value, child=child.number))
    facts["more_discussions_needed"] = [Known(talk.more_needed, discussion=talk.number) for talk in case.talks]
    facts["conference_date_moves"] = [Known(talk.same_series, discussion=talk.number) for talk in case.talks]
    return facts
