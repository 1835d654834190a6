"""Dues, limits and waits as people say them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from duty_tui.rules.explain import standing
from duty_tui.rules.limits import Limit
from duty_tui.rules.words import due_text, due_words, limit_words, wait_words
from tests.rules.house import book, known, one, t, vocabulary

NOTE = book("action-note-003", "ics-record")
NOW = t("2026-11-21T10:00")


@pytest.mark.parametrize(
    ("wait", "words"),
    [
        (timedelta(), "0 min"),
        (timedelta(minutes=42), "42 min"),
        (timedelta(minutes=60), "1 hour"),
        (timedelta(hours=5, minutes=59), "5 hours"),
        (timedelta(hours=47), "47 hours"),
        (timedelta(hours=48), "2 days"),
        (timedelta(days=3, hours=23), "3 days"),
    ],
)
def test_a_wait(wait: timedelta, words: str) -> None:
    assert wait_words(wait) == words


@pytest.mark.parametrize(
    ("due", "words"),
    [
        ("2026-11-21T00:00", "end of Fri 20 Nov 2026"),
        ("2026-06-21T00:00", "end of Sat 20 Jun 2026"),
        ("2026-11-21T18:00", "Sat 21 Nov 2026 18:00"),
    ],
)
def test_a_due(due: str, words: str) -> None:
    assert due_words(t(due)) == words


@pytest.mark.parametrize(
    ("limit", "backward", "words"),
    [
        (Limit(working_days=3), False, "3 working days"),
        (Limit(working_days=1), False, "1 working day"),
        (Limit(working_days=2), True, "2 working days before"),
        (Limit(weeks=1, by="noon"), True, "1 week before, by 12:00"),
        (Limit(same_day=True), False, "the same day"),
        (Limit(promptly="without delay"), False, "without delay"),
        (Limit(date_in_record="interview_plan_due"), False, "the date in the record"),
    ],
)
def test_a_limit(limit: Limit, backward: bool, words: str) -> None:
    assert limit_words(limit, vocabulary(), backward=backward) == words


def test_what_has_no_number_says_how_long_it_has_waited() -> None:
    ask = known({"referral_received": "2026-11-18T10:00"}, {"reasonable_cause": True})
    assert (
        due_text(one(NOTE, ask, "referrer-when-possible"), NOW) == "as soon as possible — no time stated; 3 days so far"
    )


def test_and_how_long_it_took() -> None:
    ask = known({"referral_received": "2026-11-18T10:00", "referrer_informed": "2026-11-18T12:30"})
    assert due_text(one(NOTE, ask, "referrer-when-possible"), NOW) == "as soon as possible — no time stated; 2 hours"


def test_what_begins_with_a_miss_that_lies_ahead() -> None:
    ask = known({"referral_received": "2026-11-20T10:00"}, {"reasonable_cause": True})
    assert due_text(one(NOTE, ask, "need-to-know"), NOW) == (
        "without delay — no time stated; from end of Tue 24 Nov 2026 if that passes unmet"
    )


def test_what_states_no_time_at_all_says_so_once() -> None:
    held = known({"discussion_held": "2026-11-21T09:00"})
    assert due_text(one(NOTE, held, "record-no-time"), NOW) == "no time stated; 1 hour so far"


def test_a_date_that_is_not_in_the_record_yet() -> None:
    held = known({"discussion_held": "2026-11-21T09:00"}, {"abe_interview_required": True})
    assert (
        due_text(one(NOTE, held, "interview-plan-date"), NOW) == "on the date in the record, which is not written yet"
    )


def test_not_begun() -> None:
    assert due_text(one(NOTE, known(), "seen-five-days"), NOW) == "not begun"


def test_where_a_clock_stands_in_one_line() -> None:
    sure = {"reasonable_cause": True, "serious_risk_of_harm": True}
    ask = known({"referral_received": "2026-11-20T10:00"}, sure)
    assert standing(one(NOTE, ask, "two-working-days"), NOW) == "end of Tue 24 Nov 2026"
    assert standing(one(NOTE, ask, "serious-risk-same-day"), NOW) == "LATE, was due end of Fri 20 Nov 2026"
    assert standing(one(NOTE, ask, "immediate-action"), NOW) == "end of Mon 23 Nov 2026, unless ruled out"
    assert standing(one(NOTE, ask, "seen-five-days"), NOW) == "not begun"
    held = known({"referral_received": "2026-11-20T10:00", "discussion_held": "2026-11-21T09:00"}, sure)
    assert standing(one(NOTE, held, "serious-risk-same-day"), NOW) == "done Sat 21 Nov 2026 09:00, late"
    assert standing(one(NOTE, held, "two-working-days"), NOW) == "done Sat 21 Nov 2026 09:00"
    no = known({"referral_received": "2026-11-20T10:00"}, {"reasonable_cause": False})
    assert standing(one(NOTE, no, "two-working-days"), NOW) == "does not apply"
    facts = {"outcome_s47": True, "outcome_no_s47": False, "immediate_risk": True, "child_in_hospital": False}
    replaced = known({"discussion_held": "2026-11-21T09:00"}, facts)
    assert standing(one(book("outcomes"), replaced, "seen-24-hours"), NOW) == "replaced by seen-same-day"
