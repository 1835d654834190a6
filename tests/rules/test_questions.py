"""Which questions are asked, in which order, and what each answer would do."""

from __future__ import annotations

from duty_tui.rules.questions import open_questions, supposed
from duty_tui.rules.situation import Known
from tests.rules.house import book, clock, known, obligation, written

NOTE = book("action-note-003", "ics-record")
RECEIVED = {"referral_received": "2026-11-20T18:00"}


def test_first_what_could_bring_the_time_forward_the_nearest_first() -> None:
    asked = open_questions(NOTE, known(RECEIVED, {"reasonable_cause": True}))
    assert [(question.fact, question.sooner) for question in asked] == [
        ("serious_risk_of_harm", True),
        ("penetrative_sexual_abuse", True),
        ("forensic_needs_same_day", True),
        ("immediate_action_required", False),
        ("organised_abuse", False),
        ("allegation_against_staff", False),
        ("actual_harm_evidenced", False),
        ("immediate_risk", False),
        ("abe_interview_required", False),
    ]


def test_with_nothing_known_the_question_on_which_all_hangs_is_first() -> None:
    asked = open_questions(NOTE, known(RECEIVED))
    assert asked[0].fact == "reasonable_cause"
    assert asked[0].if_no == "not owed"
    assert asked[0].label == "reasonable cause"
    assert asked[0].ask.endswith("?")


def test_what_each_answer_would_do() -> None:
    sure = {"reasonable_cause": True, "penetrative_sexual_abuse": False, "immediate_action_required": False}
    asked = {question.fact: question for question in open_questions(NOTE, known(RECEIVED, sure))}
    assert asked["serious_risk_of_harm"].effect == "yes → end of Fri 20 Nov 2026; no → then end of Mon 23 Nov 2026"
    assert asked["organised_abuse"].effect == (
        "yes → end of Mon 23 Nov 2026; no → end of Mon 23 Nov 2026 unless ruled out by against staff"
    )
    assert asked["actual_harm_evidenced"].effect == "yes → applies once it begins; no → open still"
    assert "penetrative_sexual_abuse" not in asked


def test_a_second_question_to_the_same_limit() -> None:
    sure = {"reasonable_cause": True, "serious_risk_of_harm": False}
    asked = {question.fact: question for question in open_questions(NOTE, known(RECEIVED, sure))}
    assert asked["penetrative_sexual_abuse"].if_yes == "end of Fri 20 Nov 2026 unless ruled out by forensic evidence"
    assert asked["penetrative_sexual_abuse"].if_no == "then end of Mon 23 Nov 2026"


def test_once_the_nearest_limit_is_certain_no_answer_brings_the_time_forward() -> None:
    asked = open_questions(NOTE, known(RECEIVED, {"reasonable_cause": True, "serious_risk_of_harm": True}))
    assert asked
    assert not any(question.sooner for question in asked)


def test_a_fact_that_decides_two_limits_is_asked_for_the_nearer() -> None:
    when = 'when = "immediate_risk"'
    later = obligation(clock("a", "{ months = 3 }", more=when))
    nearer = obligation(clock("b", "{ hours = 1 }", more=when)).replace('"it"', '"sooner"')
    for text in (later + nearer, nearer + later):
        (asked,) = open_questions(written(text), known(RECEIVED))
        assert asked.if_yes == "Fri 20 Nov 2026 19:00"


def test_decisions_of_a_discussion_to_come_and_what_the_desk_knows_are_not_asked() -> None:
    before = {question.fact for question in open_questions(book("outcomes", "reconvene"), known(RECEIVED))}
    assert before == {"immediate_risk", "child_in_hospital"}
    held = known({**RECEIVED, "discussion_held": "2026-11-23T10:00"})
    after = {question.fact for question in open_questions(book("outcomes", "reconvene"), held)}
    assert after == {"immediate_risk", "child_in_hospital", "outcome_s47", "outcome_police_only", "outcome_no_s47"}


def test_a_duty_without_a_number_hangs_on_an_answer_too() -> None:
    held = known({"discussion_held": "2026-11-23T10:00"})
    asked = {question.fact: question for question in open_questions(NOTE, held)}
    assert asked["abe_interview_required"].effect == "yes → owed, no time stated; no → not owed"
    assert not asked["abe_interview_required"].sooner


def test_nothing_is_asked_when_everything_is_known() -> None:
    facts = dict.fromkeys((question.fact for question in open_questions(NOTE, known(RECEIVED))), False)
    assert open_questions(NOTE, known(RECEIVED, facts)) == []


def test_to_suppose_an_answer_changes_nothing_else() -> None:
    situation = known(RECEIVED, {"reasonable_cause": True, "immediate_risk": None})
    other = supposed(situation, "immediate_risk", True)
    assert other.facts == {"reasonable_cause": [Known(True)], "immediate_risk": [Known(True)]}
    assert situation.facts["immediate_risk"] == [Known(None)]
    assert other.events is situation.events
