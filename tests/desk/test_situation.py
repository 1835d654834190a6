"""What a concern looks like to the rules."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from duty_tui.desk.situation import situation_of, what_if
from duty_tui.domain.commands import AnswerQuestions, RecordMilestone
from duty_tui.domain.concern import Concern
from duty_tui.domain.escalation_commands import ConcludeEscalation, SubmitEscalation, TakeUp
from duty_tui.domain.owed_commands import ApproveVariation
from duty_tui.rules.situation import Happening, Known, Variation
from tests.builders import FRIDAY_SIX, a_child, a_concern, raise_concern
from tests.discussions import began, said
from tests.rules.house import book

DEFAULT = ("action-note-003", "ics-record")
SATURDAY = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)


def test_receipt_and_identification_are_two_events() -> None:
    earlier = FRIDAY_SIX - timedelta(hours=2)
    situation = situation_of(a_concern(raised=raise_concern(identified=earlier)), book(*DEFAULT))
    assert situation.events["referral_received"] == [Happening(FRIDAY_SIX)]
    assert situation.events["concern_identified"] == [Happening(earlier)]


def test_without_a_referral_it_is_identified_by_the_time_it_came_up_at_the_latest() -> None:
    for hours, identified in ((None, FRIDAY_SIX), (-2, FRIDAY_SIX - timedelta(hours=2)), (2, FRIDAY_SIX)):
        said = None if hours is None else FRIDAY_SIX + timedelta(hours=hours)
        concern = a_concern(raised=raise_concern(referred=False, identified=said))
        situation = situation_of(concern, book(*DEFAULT))
        assert situation.events == {"concern_identified": [Happening(identified)]}
        assert situation.facts["case_already_open"] == [Known(True, FRIDAY_SIX)]


def test_what_was_never_recorded_is_absent() -> None:
    situation = situation_of(Concern("c1"), book(*DEFAULT))
    assert (situation.events, situation.facts, situation.children) == ({}, {}, (1,))


def test_milestones_stand_in_the_order_they_were_recorded_so_that_the_last_date_set_counts() -> None:
    friday, thursday = SATURDAY - timedelta(days=1), SATURDAY - timedelta(days=2)
    concern = a_concern(
        RecordMilestone(event="discussion_booked", label="Booked for", at=friday, planned=True),
        RecordMilestone(event="discussion_booked", label="Booked for", at=thursday, planned=True),
        RecordMilestone(event="child_seen", label="Child seen", at=SATURDAY, child=2, planned=True),
        raised=raise_concern(a_child(1), a_child(2)),
    )
    situation = situation_of(concern, book(*DEFAULT))
    first, second, third = (FRIDAY_SIX + timedelta(minutes=minute) for minute in (1, 2, 3))
    booked = situation.events["discussion_booked"]
    assert booked == [Happening(friday, set_at=first), Happening(thursday, set_at=second)]
    assert situation.events["child_seen"] == [Happening(SATURDAY, 2, set_at=third)]
    assert situation.children == (1, 2)


def test_an_answer_is_a_fact_since_it_was_given_and_not_known_is_an_answer() -> None:
    concern = a_concern(AnswerQuestions(answers={"immediate_risk": "unknown", "organised_abuse": "no"}, since=SATURDAY))
    facts = situation_of(concern, book(*DEFAULT)).facts
    assert facts["immediate_risk"] == [Known(None, SATURDAY)]
    assert facts["organised_abuse"] == [Known(False, SATURDAY)]


def test_supposing_another_answer_leaves_the_rest_and_the_concern_alone() -> None:
    answered = a_concern(AnswerQuestions(answers={"immediate_risk": "no", "organised_abuse": "no"}))
    situation = situation_of(answered, book(*DEFAULT))
    supposed = what_if(situation, {"immediate_risk": "yes"})
    assert supposed.facts["immediate_risk"] == [Known(True)]
    assert supposed.facts["organised_abuse"] == situation.facts["organised_abuse"]
    assert situation.facts["immediate_risk"][0].value is False


def test_what_escalations_made_happened_where_and_when_they_say() -> None:
    first, up, end = (FRIDAY_SIX + timedelta(minutes=minute) for minute in (1, 2, 3))
    concern = a_concern(
        SubmitEscalation(ladder="p/r", label="x", who="Di", makes=("disagreement_raised",), at=first, child=1),
        TakeUp(escalation=1, said="No", who="Jo", makes=("disagreement_not_resolved",), at=up),
        ConcludeEscalation(escalation=1, outcome="Agreed", makes=("disagreement_resolved",), at=end),
    )
    events = situation_of(concern, book(*DEFAULT)).events
    assert events["disagreement_raised"] == [Happening(first, 1)]
    assert events["disagreement_not_resolved"] == [Happening(up, 1)]
    assert events["disagreement_resolved"] == [Happening(end, 1)]


def test_an_approved_variation_is_one_for_the_rules() -> None:
    concern = a_concern(
        ApproveVariation(clock="c", label="x", due=SATURDAY, role="sw_manager", by="Tom", reason="Ward", child=1)
    )
    for one in (concern, at_discussion(concern)):
        [variation] = situation_of(one, book(*DEFAULT)).variations
        assert variation == Variation("c", SATURDAY, "sw_manager", "Ward", 1, by="Tom")


def at_discussion(concern: Concern) -> Concern:
    return said(concern, began((1,)))
