"""WHY: from the document to the due, in words somebody can check by hand."""

from __future__ import annotations

from duty_tui.rules.deadline import Skipped
from duty_tui.rules.evaluate import Rulebook
from duty_tui.rules.explain import Explanation, Lost, explain, skipped_days
from duty_tui.rules.situation import Happening, Known, Situation, Variation
from tests.rules.house import book, calendars, clock, known, made, obligation, one, t, vocabulary, written

NOTE = book("action-note-003", "ics-record")
NOW = t("2026-11-21T10:00")


def why(rulebook: Rulebook, situation: Situation, clock: str, child: int | None = None) -> Explanation:
    deadlines = rulebook.deadlines(situation)
    deadline = next(d for d in deadlines if d.clock.id == clock and child in (None, d.child))
    return explain(rulebook, situation, deadlines, deadline, NOW)


def test_a_limit_in_working_days_step_by_step() -> None:
    sure = {"reasonable_cause": True, "serious_risk_of_harm": False, "penetrative_sexual_abuse": False}
    found = why(NOTE, known({"referral_received": "2026-11-20T18:00"}, sure), "two-working-days")
    assert found.rule == "Hold the strategy discussion — must, 2 working days; Team Manager"
    assert found.document == "Management Action Note 003"
    assert found.citation.paragraph == "Practice expectations 1"
    assert found.start == "Fri 20 Nov 2026 18:00 — Referral received by children's social care"
    assert found.steps == (
        "Day 0: Fri 20 Nov 2026",
        "Not counted: Sat 21 Nov 2026 — Saturday",
        "Not counted: Sun 22 Nov 2026 — Sunday",
        "Day 1: Mon 23 Nov 2026",
        "Day 2: Tue 24 Nov 2026",
    )
    assert [day.why for day in found.skipped] == ["Saturday", "Sunday"]
    assert found.due == "end of Tue 24 Nov 2026"
    assert found.notes == ()
    assert found.unknown == ()
    assert "working-days" in [reading.id for reading in found.readings]


def test_the_rules_that_lost_and_why() -> None:
    facts = {"reasonable_cause": True, "serious_risk_of_harm": True, "penetrative_sexual_abuse": False}
    found = why(NOTE, known({"referral_received": "2026-11-20T18:00"}, facts), "serious-risk-same-day")
    assert found.lost == (
        Lost("forensic-same-day", "ruled out: reasonable cause: yes, penetrative abuse: no"),
        Lost("immediate-action", "due end of Mon 23 Nov 2026, not earlier; open still"),
        Lost("organised-or-staff", "due end of Mon 23 Nov 2026, not earlier; open still"),
        Lost("one-working-day", "due end of Mon 23 Nov 2026, not earlier"),
        Lost("two-working-days", "due end of Tue 24 Nov 2026, not earlier"),
    )


def test_the_one_that_governs_is_named_from_the_losers_side() -> None:
    facts = {"reasonable_cause": True, "serious_risk_of_harm": True}
    found = why(NOTE, known({"referral_received": "2026-11-20T18:00"}, facts), "two-working-days")
    assert found.lost[0] == Lost("serious-risk-same-day", "governs: end of Fri 20 Nov 2026")


def test_replaced_waiting_and_without_a_number() -> None:
    facts = {"outcome_s47": True, "outcome_no_s47": False, "immediate_risk": True, "child_in_hospital": False}
    found = why(book("outcomes"), known({"discussion_held": "2026-11-20T10:00"}, facts), "seen-same-day")
    assert found.lost == (Lost("seen-24-hours", "replaced by seen-same-day"),)
    waiting = why(book("outcomes"), known(), "seen-same-day")
    assert waiting.lost == (Lost("seen-24-hours", "not begun"),)
    assert waiting.start == "Not begun. It begins with: Strategy discussion/meeting held (its start)"
    assert (waiting.steps, waiting.skipped, waiting.due) == ((), (), "not begun")


def test_what_each_answer_to_an_open_question_would_do() -> None:
    facts = {"reasonable_cause": True, "serious_risk_of_harm": False}
    found = why(NOTE, known({"referral_received": "2026-11-20T18:00"}, facts), "forensic-same-day")
    assert [(item.fact, item.if_yes, item.if_no) for item in found.unknown] == [
        (
            "penetrative_sexual_abuse",
            "end of Fri 20 Nov 2026 unless ruled out by forensic evidence",
            "then end of Mon 23 Nov 2026",
        ),
        (
            "forensic_needs_same_day",
            "end of Fri 20 Nov 2026 unless ruled out by penetrative abuse",
            "then end of Mon 23 Nov 2026",
        ),
    ]
    assert found.notes == ("Runs unless ruled out",)


def test_hours_over_a_clock_change() -> None:
    rulebook = book("decision-starts")
    plain = why(rulebook, known({"discussion_decided_on": "2026-11-20T22:30"}), "from-deciding")
    assert plain.steps == ("4 hours on from Fri 20 Nov 2026 22:30, through nights and weekends: Sat 21 Nov 2026 02:30",)
    changed = why(rulebook, known({"discussion_decided_on": "2027-03-27T23:00"}), "from-deciding")
    assert changed.steps[0].endswith("Sun 28 Mar 2027 04:00")
    assert changed.steps[1] == "The clocks change on the way; the hours that pass are what counts"


def test_hours_backward() -> None:
    booked = known({"icpc_booked": "2026-11-20T10:00"})
    found = why(book("backward"), booked, "a-day-before")
    assert found.steps == (
        "24 hours back from Fri 20 Nov 2026 10:00, through nights and weekends: Thu 19 Nov 2026 10:00",
    )
    assert found.rule.endswith("must, 24 hours before; Social worker")


def test_working_days_backward() -> None:
    booked = known({"icpc_booked": "2026-11-23T10:00"})
    found = why(book("backward"), booked, "two-working-days-before")
    assert found.steps == (
        "Day 0: Mon 23 Nov 2026",
        "Not counted: Sun 22 Nov 2026 — Sunday",
        "Not counted: Sat 21 Nov 2026 — Saturday",
        "Day 1: Fri 20 Nov 2026",
        "Day 2: Thu 19 Nov 2026",
    )
    assert [day.why for day in found.skipped] == ["Sunday", "Saturday"]


def test_days_dates_and_no_number() -> None:
    days = why(book("days-and-months"), known({"discussion_held": "2026-12-18T16:00"}), "ten-days")
    assert days.steps == ("From Fri 18 Dec 2026, 10 calendar days on, date to date; every day counts",)
    back = why(book("backward"), known({"icpc_booked": "2026-06-19T10:00"}), "week-before")
    assert back.steps == (
        "From Fri 19 Jun 2026, 1 week, by the end of the school day back, date to date; every day counts",
    )
    same = why(NOTE, known({"referral_received": "2026-11-20T18:00"}), "serious-risk-same-day")
    assert same.steps == ("Fri 20 Nov 2026, whatever day it is",)
    none = why(NOTE, known({"referral_received": "2026-11-20T18:00"}), "referrer-when-possible")
    assert none.steps == ("The document states no number; none is made up. The wait is shown instead",)
    dated = why(book("backward"), known({"discussion_held": "2026-11-20T10:00"}), "promised-day")
    assert dated.steps == ("Due on the date written down: Child Interview Plan promised for",)


def test_one_without_a_number_beside_one_with() -> None:
    text = made("days-and-months")
    assert text.newest.obligation[0].also_named is None
    rulebook = book("three-working-days")
    held = known({"discussion_held": "2026-11-20T10:00"})
    circulate = next(d for d in rulebook.deadlines(held) if d.obligation.id == "circulate")
    assert "also named" in explain(rulebook, held, [circulate], circulate, NOW).rule


def test_after_a_miss_the_day_that_ended_is_day_0() -> None:
    found = why(book("ladder"), known({"disagreement_raised": "2026-11-20T10:00"}), "senior-staff")
    assert found.start == "Mon 23 Nov 2026 00:00 — between-practitioners passed unmet"
    assert found.steps == ("Day 0: Sun 22 Nov 2026", "Day 1: Mon 23 Nov 2026")
    assert found.skipped == ()


def test_a_start_with_a_date_set_too_late() -> None:
    note = book("action-note-003")
    booked = {"discussion_booked": [Happening(t("2026-11-26T10:00"), set_at=t("2026-11-23T10:00"))]}
    received = {"referral_received": [Happening(t("2026-11-20T18:00"))]}
    found = why(note, Situation(received | booked), "booked-after-limit")
    assert found.start == "Mon 23 Nov 2026 10:00 — a date set that lies after two-working-days is due"
    waiting = why(note, Situation(received), "booked-after-limit")
    assert waiting.start == "Not begun. It begins with: a date set that lies after two-working-days is due"


def test_a_start_with_an_answer() -> None:
    situation = Situation({}, {"outcome_s47": [Known(True, t("2026-11-20T18:00"))]})
    found = why(book("decision-starts"), situation, "from-the-decision")
    assert found.start.startswith("Fri 20 Nov 2026 18:00 — “Did the discussion decide")
    assert found.start.endswith("answered yes")


def test_notes_on_what_is_not_as_it_was_first_counted() -> None:
    change = Variation("one-day", t("2026-11-25T12:00"), "senior_management", "the family is away")
    events = {"referral_received": [Happening(t("2026-11-20T10:00"))]}
    varied = why(book("varied"), Situation(events, variations=[change]), "one-day")
    until = "Varied to Wed 25 Nov 2026 12:00, approved by"
    first = "First due: end of Mon 23 Nov 2026"
    assert varied.notes == (f"{until} Senior management: the family is away", first)
    named = why(book("varied"), Situation(events, variations=[change._replace(by="Anna Okoro")]), "one-day")
    assert named.notes == (f"{until} Anna Okoro (Senior management): the family is away", first)
    far = why(book("varied"), known({"referral_received": "2040-11-20T10:00"}), "one-day")
    assert far.notes == ("Provisional: it lies beyond the last published bank holidays",)
    early = Rulebook((made("dated"),), vocabulary(), calendars())
    found = why(early, known({"referral_received": "2024-12-30T10:00"}), "limit")
    assert found.notes == ("It began before the policy was adopted; the earliest adopted version is applied",)


def test_days_skipped_beyond_the_known_years() -> None:
    old = known({"referral_received": "1926-11-19T18:00"}, {"reasonable_cause": True})
    deadline = one(NOTE, old, "one-working-day")
    assert [day.why for day in skipped_days(NOTE, deadline)] == ["Saturday", "Sunday"]
    assert isinstance(skipped_days(NOTE, deadline)[0], Skipped)


def test_a_clock_with_no_number_lost_to_one_with() -> None:
    rulebook = written(obligation(clock("a", '{ promptly = "soon" }'), clock("b", "{ hours = 1 }")))
    found = why(rulebook, known({"referral_received": "2026-11-20T10:00"}), "b")
    assert found.lost == (Lost("a", "no number, so one with a due governs"),)
