"""From when a clock counts: the discussion a moment fell in, a miss foreseen; and what is too late at a midnight."""

from __future__ import annotations

from dataclasses import replace

import pytest

from duty_tui.rules.situation import Happening, Known, Situation, Variation
from tests.rules.house import clock, known, obligation, one, t, written

DECIDED = '{ earliest = ["s47_decided"], discussion = { begins = "discussion_held", ends = "discussion_ended" } }'
MORE = 'per = "child"\nearlier_same_day_counts = true'
VISIT = written(obligation(clock("seen", "{ hours = 24 }", DECIDED), met_by="child_seen", more=MORE))
TWO = ["2026-11-16T10:00", "2026-11-19T10:00"]


def began(decided: str, **events: str | list[str]) -> tuple[str, str]:
    """When the visit's clock starts and from what."""
    deadline = one(VISIT, known({"s47_decided": decided, **events}), "seen")
    assert deadline.start is not None
    return deadline.start.strftime("%d %H:%M"), deadline.start_from


def test_a_decision_counts_from_the_discussion_it_fell_in() -> None:
    assert began("2026-11-16T10:40", discussion_held=TWO) == ("16 10:00", "discussion_held")
    assert began("2026-11-19T10:00", discussion_held=TWO) == ("19 10:00", "discussion_held")
    assert began("2026-11-21T10:00", discussion_held=TWO) == ("19 10:00", "discussion_held")


def test_an_end_counts_once_it_is_recorded_for_that_discussion() -> None:
    ends = ["2026-11-16T11:00", "2026-11-19T11:00"]
    assert began("2026-11-16T10:40", discussion_held=TWO, discussion_ended=ends) == ("16 11:00", "discussion_ended")
    assert began("2026-11-19T10:40", discussion_held=TWO, discussion_ended=ends[:1]) == ("19 10:00", "discussion_held")


def test_without_a_discussion_before_it_the_moment_itself_counts() -> None:
    assert began("2026-11-16T09:00", discussion_held=TWO) == ("16 09:00", "s47_decided")
    assert began("2026-11-16T09:00") == ("16 09:00", "s47_decided")


@pytest.mark.parametrize(
    ("end", "start"),
    [("2026-11-16T11:00", "16 11:00"), ("2026-11-19T11:00", "16 10:00"), ("2026-11-15T11:00", "16 10:00")],
)
def test_an_end_that_names_no_discussion_is_that_of_the_last_one_begun(end: str, start: str) -> None:
    events = {
        "s47_decided": [Happening(t("2026-11-16T10:40"))],
        "discussion_held": [Happening(t(at), discussion=number) for number, at in enumerate(TWO, 1)],
        "discussion_ended": [Happening(t(end))],
    }
    found = one(VISIT, Situation(events), "seen").start
    assert found is not None
    assert found.strftime("%d %H:%M") == start


def test_the_numbers_of_discussions_may_stand_in_another_order_than_their_times() -> None:
    held = [Happening(t(TWO[1]), discussion=1), Happening(t(TWO[0]), discussion=2)]
    events = {"s47_decided": [Happening(t("2026-11-16T10:40"))], "discussion_held": held}
    assert one(VISIT, Situation(events), "seen").start == t(TWO[0])


def test_what_meets_it_counts_from_the_day_of_that_discussion() -> None:
    events = {"s47_decided": "2026-11-19T10:40", "discussion_held": TWO}
    assert one(VISIT, known({**events, "child_seen": "2026-11-18T15:00"}), "seen").met_at is None
    assert one(VISIT, known({**events, "child_seen": "2026-11-19T08:00"}), "seen").met_at == t("2026-11-19T08:00")


# ----------------------------------------------------------------------------------------------------- a miss foreseen
FORM = """
[[escalation]]
id = "form"
do = "Send it"
label = "form"
strength = "must"
met_by = ["need_to_know_submitted"]
owner = "sw_manager"
starts = { earliest = ["fact:unlikely_within_limit", "breach:day"] }
within = { promptly = "words" }
cite = { paragraph = "1", words = "words" }
"""
LIMITS = written(obligation(clock("day", "{ same_day = true }")) + FORM)


@pytest.mark.parametrize(("sent", "counts"), [("11:00", True), ("09:00", True), ("08:59", False)])
def test_a_form_sent_before_the_reason_was_recorded_is_sent(sent: str, counts: bool) -> None:
    at = f"2026-11-20T{sent}"
    situation = known({"referral_received": "2026-11-20T09:00", "need_to_know_submitted": at})
    situation = replace(situation, facts={"unlikely_within_limit": [Known(True, t("2026-11-20T12:00"))]})
    found = one(LIMITS, situation, "form")
    assert found.start_from == "fact:unlikely_within_limit"
    assert found.met_at == (t(at) if counts else None)


def test_of_two_limits_missed_at_one_moment_the_certain_one_is_counted_from() -> None:
    open_one = clock("open", "{ same_day = true }", more='when = "serious_risk_of_harm"')
    both = FORM.replace('"fact:unlikely_within_limit"', '"breach:open"')
    for two in (both, both.replace('"breach:open", "breach:day"', '"breach:day", "breach:open"')):
        book = written(obligation(open_one, clock("day", "{ same_day = true }")) + two)
        found = one(book, known({"referral_received": "2026-11-20T09:00"}), "form")
        assert (found.start_from, found.certain) == ("breach:day", True)


# --------------------------------------------------------------------------------------------------- on the very moment
@pytest.mark.parametrize(
    "limit", ["same_day = true", "working_days = 1", "calendar_days = 1", "weeks = 1", "months = 1"]
)
def test_what_happens_at_the_midnight_that_ends_the_last_day_is_late(limit: str) -> None:
    book = written(obligation(clock("it", f"{{ {limit} }}"), met_by="discussion_held"))
    due = one(book, known({"referral_received": "2026-11-20T09:00"}), "it").due
    assert due is not None
    for minute, late in ((due, True), (due.replace(hour=23, minute=59, day=due.day - 1), False)):
        events = {"referral_received": [Happening(t("2026-11-20T09:00"))], "discussion_held": [Happening(minute)]}
        found = one(book, Situation(events), "it")
        assert (found.met_late, found.overdue(t("2027-01-01T00:00"))) == (late, late)


@pytest.mark.parametrize(
    ("limit", "at"), [("hours = 24", "2026-11-21T09:00"), ('working_days = 1, by = "noon"', "2026-11-23T12:00")]
)
def test_a_limit_in_hours_or_by_a_time_of_day_includes_its_last_minute(limit: str, at: str) -> None:
    book = written(obligation(clock("it", f"{{ {limit} }}"), met_by="discussion_held"))
    found = one(book, known({"referral_received": "2026-11-20T09:00", "discussion_held": at}), "it")
    assert found.due == found.met_at
    assert not found.met_late


def test_a_time_that_was_approved_includes_its_last_minute() -> None:
    varied = clock("it", "{ working_days = 1 }", more='may_be_varied_by = ["senior_management"]')
    book = written(obligation(varied, met_by="discussion_held"))
    situation = known({"referral_received": "2026-11-20T09:00", "discussion_held": "2026-11-25T00:00"})
    approved = Variation("it", t("2026-11-25T00:00"), "senior_management", "agreed")
    assert not one(book, replace(situation, variations=[approved]), "it").met_late
    assert one(book, situation, "it").met_late
