"""Judging one duty: which rule is about what, how a margin is told, and that no open question makes anybody late."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duty_tui.desk.duty import (
    CIRCULATED,
    CONFERENCE,
    HELD,
    NEXT,
    SEEN,
    TOLD,
    Duty,
    Families,
    by_the_last,
    duties,
    family_of,
    verdict,
)
from duty_tui.desk.figures import Judged, figure, middle
from duty_tui.desk.margin import margin_words
from duty_tui.domain.period import Period, day_of_due
from duty_tui.rules.evaluate import Rulebook
from duty_tui.rules.pack import Escalation, Obligation, Pack
from duty_tui.rules.situation import Happening, Known, Situation
from duty_tui.views.statistics import Case, Figure, Verdict
from tests.past_desk import t
from tests.rules.house import book, clock, england, known, obligation, vocabulary, written

ALL = ("action-note-003", "three-working-days", "twenty-four-hours", "seven-minute-briefing", "ics-record", "reconvene")
FAMILIES = {
    "action-note-003/discussion": HELD,
    "action-note-003/child-seen": SEEN,
    "action-note-003/copy-to-invited": CIRCULATED,
    "action-note-003/need-to-know": TOLD,
    "three-working-days/discussion": HELD,
    "three-working-days/circulate": CIRCULATED,
    "three-working-days/icpc": CONFERENCE,
    "three-working-days/next-in-series": NEXT,
    "twenty-four-hours/discussion": HELD,
    "twenty-four-hours/child-seen": SEEN,
    "seven-minute-briefing/discussion": HELD,
    "seven-minute-briefing/circulate": CIRCULATED,
    "ics-record/copy": CIRCULATED,
}


def rules_of(pack: Pack) -> Sequence[Obligation | Escalation]:
    return [*pack.obligation, *pack.escalation]


def test_what_a_rule_is_about_is_known_by_what_meets_it() -> None:
    found = {
        f"{pack.pack.id}/{rule.id}": family
        for pack in book(*ALL).active
        for rule in rules_of(pack)
        if (family := family_of(rule))
    }
    assert found == FAMILIES


def judged(rulebook: Rulebook, situation: Situation, family: str = HELD) -> Sequence[Duty]:
    return duties(rulebook.deadlines(situation), rulebook, Families()).get(family, ())


def held(*clocks: str, more: str = "") -> Rulebook:
    return written(obligation(*clocks, met_by="discussion_held", more=more))


def test_of_two_policies_the_earlier_limit_counts_and_of_one_number_and_none_the_number() -> None:
    both = book("three-working-days", "twenty-four-hours", "seven-minute-briefing")
    events = {"referral_received": "2026-11-09T10:00", "discussion_held": "2026-11-11T10:00"}
    [duty] = judged(both, known(events, {"reasonable_cause": True}))
    assert (duty.due, duty.late, duty.last_due, duty.last_late) == (t("10 10:00"), True, t("13 00:00"), False)
    [sent] = judged(both, known(events, {"reasonable_cause": True}), CIRCULATED)
    assert (sent.due, sent.discussion, sent.met_at) == (t("13 00:00"), 1, None)
    assert sent.calendar is both.calendars["england"]
    assert duty.calendar is None


def test_what_is_only_allowed_is_not_counted() -> None:
    may = held(clock("a", "{ hours = 5 }").replace('"must"', '"may"'))
    assert judged(may, known({"referral_received": "2026-11-09T10:00"})) == ()


def test_a_need_to_know_that_no_limit_calls_for_is_judged_by_its_own() -> None:
    own = written(obligation(clock("a", "{ hours = 5 }"), met_by="need_to_know_submitted"))
    events = {"referral_received": "2026-11-09T10:00", "need_to_know_submitted": "2026-11-09T12:00"}
    [duty] = judged(own, known(events), TOLD)
    assert (duty.due, duty.late) == (t("9 15:00"), False)


FIVE, TEN = clock("five", "{ hours = 5 }", more='when = "serious_risk_of_harm"'), clock("ten", "{ hours = 10 }")
EARLY, BETWEEN, LATER = t("9 12:00"), t("9 17:00"), t("9 21:00")


@pytest.mark.parametrize(
    ("answer", "at", "met", "closed", "expected"),
    [
        (None, EARLY, None, None, ("open", "open")),
        (None, BETWEEN, None, None, ("not known", "open")),
        (None, LATER, None, None, ("missed", "missed")),
        (None, LATER, EARLY, None, ("met", "met")),
        (None, LATER, BETWEEN, None, ("not known", "met")),
        (None, LATER, LATER, None, ("missed", "missed")),
        (None, LATER, None, EARLY, ("ended", "ended")),
        (None, LATER, None, BETWEEN, ("not known", "ended")),
        (True, LATER, BETWEEN, None, ("missed", "met")),
        (True, LATER, None, BETWEEN, ("missed", "ended")),
        (False, LATER, BETWEEN, None, ("met", "met")),
    ],
)
def test_an_open_question_makes_nobody_late(
    answer: bool | None, at: datetime, met: datetime | None, closed: datetime | None, expected: Sequence[Verdict]
) -> None:
    events = {"referral_received": [Happening(t("9 10:00"))]}
    events |= {"discussion_held": [Happening(met, discussion=1)]} if met else {}
    situation = Situation(events, {"serious_risk_of_harm": [Known(answer)]})
    [duty] = judged(held(FIVE, TEN), situation)
    assert (verdict(duty, at, closed), by_the_last(duty, at, closed)) == expected


def test_where_the_whole_duty_is_uncertain_late_is_not_known() -> None:
    unsure = held(TEN, more='when = "reasonable_cause"')
    [duty] = judged(unsure, known({"referral_received": "2026-11-09T10:00"}, {"reasonable_cause": None}))
    assert verdict(duty, EARLY, None) == "open"
    assert verdict(duty, LATER, None) == "not known"
    assert by_the_last(duty, LATER, None) == "not known"
    assert verdict(duty, t("9 09:00"), None) is None, "nobody owes it before it began"


def test_without_a_number_nothing_is_in_time_or_late() -> None:
    [duty] = judged(book("seven-minute-briefing"), known({"referral_received": "2026-11-09T10:00"}))
    assert (verdict(duty, LATER, None), verdict(duty, LATER, EARLY)) == ("waiting", "ended")
    assert verdict(duty._replace(met_at=LATER), LATER, None) == "done"
    assert by_the_last(duty, LATER, None) == "waiting"
    assert middle([Judged(day_of_due(LATER), Case("", "", "", "waiting", ""), duty)]) == "none"


@pytest.mark.parametrize(
    ("due", "at", "words"),
    [
        ("13 00:00", "13 00:00", "0 min"),
        ("13 00:00", "12 23:18", "42 min"),
        ("13 00:00", "13 05:59", "5 hours"),
        ("14 00:00", "15 23:59", "47 hours"),
        ("14 00:00", "16 00:00", "1 working day"),
        ("14 00:00", "18 08:00", "3 working days"),
        ("13 00:00", "9 10:00", "3 working days"),
    ],
)
def test_a_margin_is_told_in_hours_and_from_two_days_on_in_working_days(due: str, at: str, words: str) -> None:
    assert margin_words(t(due), t(at), england()) == words


def test_a_margin_without_working_days_is_told_in_days() -> None:
    assert margin_words(t("14 00:00"), t("18 08:00"), None) == "4 days"
    christmas_eve_ends = datetime(2026, 12, 25, tzinfo=UTC)
    assert margin_words(christmas_eve_ends, christmas_eve_ends + timedelta(hours=60), england()) == "2 days"


VERDICTS: Sequence[Verdict] = ("met", "missed", "open", "not known", "ended")


@given(st.lists(st.sampled_from(VERDICTS)))
def test_met_missed_and_open_are_all_but_those_that_ended(found: list[Verdict]) -> None:
    day = day_of_due(EARLY)
    made = figure("all", "All", [Judged(day, Case("", "", "", one, "")) for one in found])
    assert made.of + made.open == len(found) - made.ended
    assert (made.good, made.of - made.good) == (found.count("met"), found.count("missed"))
    assert made.unknown == found.count("not known") <= made.open


@given(st.integers(0, 500), st.integers(0, 500), st.integers(2, 60))
def test_a_part_never_looks_like_all_or_nothing(good: int, more: int, cells: int) -> None:
    made = Figure("all", "All", good, good + more)
    bar = made.bar(cells)
    assert len(bar) == cells
    if made.of:
        assert ("█" in bar, "░" in bar) == (good > 0, more > 0)
        assert (made.percent == 0, made.percent == 100) == (good == 0, more == 0)
        assert made.fraction == f"{good} of {good + more}"
    else:
        assert (bar.strip(), made.percent, made.fraction) == ("", None, "none")


moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 1), timezones=st.just(UTC))  # noqa: DTZ001 - its zone follows


@given(
    st.lists(moments, max_size=2, unique=True),
    st.none() | moments,
    moments,
    st.lists(st.sampled_from([True, False, None]), min_size=3, max_size=3),
)
def test_answering_every_question_never_contradicts_what_was_known(
    held_at: list[datetime], closed: datetime | None, at: datetime, answers: list[bool | None]
) -> None:
    """What is met or missed while questions are open stays so under every answer that leaves it owed."""
    names = ("serious_risk_of_harm", "immediate_action_required", "organised_abuse")
    rulebook = book("action-note-003")

    def seen(given_answers: Mapping[str, bool | None]) -> Verdict | None:
        known_facts = {"reasonable_cause": True, "allegation_against_staff": False, "penetrative_sexual_abuse": False}
        events = {"referral_received": [Happening(datetime(2026, 6, 1, 9, tzinfo=UTC))]}
        if held_at:
            events["discussion_held"] = [Happening(one, discussion=n) for n, one in enumerate(sorted(held_at), 1)]
        facts = {name: [Known(value)] for name, value in {**known_facts, **given_answers}.items()}
        [duty] = judged(rulebook, Situation(events, facts))
        return verdict(duty, at, closed)

    before = seen(dict(zip(names, answers, strict=True)))
    if before in ("met", "missed"):
        for answer in (True, False):
            filled = [answer if one is None else one for one in answers]
            after = seen(dict(zip(names, filled, strict=True)))
            assert after == before or (before == "missed" and after == "missed")


def test_a_period_is_weeks_from_monday_to_sunday() -> None:
    day = t("20 12:00").date()
    period = Period.of_weeks(day)
    assert period.words == "Mon 31 Aug to Sun 22 Nov 2026"
    assert [len(list(period.weeks)), period.moved(-1).end] == [12, period.begin]
    assert day in period
    assert period.end not in period
    assert "2026-11-20" not in period
    odd = Period(day, day + timedelta(days=4))
    assert [(week.begin, week.end) for week in odd.weeks] == [
        (day, day + timedelta(days=3)),
        (day + timedelta(days=3), day + timedelta(days=4)),
    ]
    assert Period(day.replace(year=2025), day).words == "Thu 20 Nov 2025 to Thu 19 Nov 2026"
    assert day_of_due(t("21 00:00")) == day == day_of_due(t("20 00:01"))
    assert vocabulary().event[HELD].scope == "discussion"
