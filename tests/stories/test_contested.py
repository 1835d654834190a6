"""Owed, late and contested, as a duty team tells it: asked at noon, sent up, disagreed about, and brought to an end."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, TypeGuard

import pytest

from duty_tui.desk.desk import Desk
from duty_tui.domain.commands import AnswerQuestions
from duty_tui.domain.escalation import Recipient
from duty_tui.domain.events import QuestionsAnswered
from duty_tui.errors import Conflict, Refused
from tests.desk.conftest import Hands, desk, hands, store
from tests.desk.escalated import FILLED, PLAIN, london_day
from tests.stories.owed_day import OwedDay

__all__ = ["desk", "hands", "store"]

#: As keywords of what people do.
WORDS: Mapping[str, Any] = FILLED
CAUSE: Mapping[str, Any] = PLAIN
HALE = Recipient("R. Hale", "Head of Service")


@pytest.fixture
def day(desk: Desk, hands: Hands) -> OwedDay:
    return OwedDay(desk, hands)


def suspected(day: OwedDay) -> None:
    """On Friday evening there is cause to suspect; the two working days end with Tuesday."""
    day.goes_to("need_to_know", "R. Hale", "Head of Service")
    day.referral("Amara Okoye", source="School", what="A bruise on the arm.", **CAUSE)


def judged(event: object) -> TypeGuard[QuestionsAnswered]:
    """Whether somebody answered there what a named person is asked."""
    return isinstance(event, QuestionsAnswered) and "unlikely_within_limit" in event.answers


# Foreseen, and judged by a named person


def test_at_noon_of_the_last_day_with_nothing_booked_the_desk_asks(day: OwedDay) -> None:
    suspected(day)
    day.at(london_day(24, 11, 59))
    assert "Booked in time?" not in day.asked
    day.at(london_day(24, 12))
    asked = day.asked["Booked in time?"]
    assert asked.owner == "Team Manager"
    assert "Nothing is booked." in asked.facts
    assert any("due end of Tue 24 Nov 2026" in fact for fact in asked.facts)
    [line] = [one for one in day.owes if one.label == "Booked in time?"]
    assert (line.kind, line.place, line.late, line.start) == ("prompt", "judge", False, day.hands.now)


def test_judged_no_with_a_reason_and_later_yes_it_leads_to_the_form(day: OwedDay) -> None:
    suspected(day)
    day.at(london_day(24, 12))
    with pytest.raises(Refused):
        day.escalates("Need to Know")
    day.sits_down("Tess Moor")
    day.judges("Booked in time?", "no", "The police come at four; the room is free.")
    assert "Need to Know" not in [line.label for line in day.owes]
    assert "Booked in time?" not in day.asked

    day.hands.on(hours=4)
    day.changes_mind("unlikely_within_limit", "yes", "The police are at another address until tomorrow.")
    [now] = day.concern.answers["unlikely_within_limit"]
    assert (now.value, now.reason) == (True, "The police are at another address until tomorrow.")
    kept = [(item.stamp.actor, item.event.reason) for item in day.concern.history if judged(item.event)]
    assert kept[0] == ("Tess Moor", "The police come at four; the room is free."), "the first judgement stays"
    [owed] = [line for line in day.owes if line.label == "Need to Know"]
    assert (owed.place, owed.owner, owed.strength) == ("form", "Team Manager", "should")
    assert "The police are at another address until tomorrow." in " ".join(day.called_for["Need to Know"].because)

    day.escalates("Need to Know", **WORDS)
    assert "Need to Know" not in [line.label for line in day.owes]
    assert (day.escalation.held_by, day.escalation.status) == ("R. Hale", "submitted")
    assert day.line("Need to Know").standing == "met"


def test_a_discussion_booked_after_the_limit_is_asked_about_and_its_form_says_so(day: OwedDay) -> None:
    suspected(day)
    day.at(london_day(23, 10))
    day.booked("25/11/2026 10:00")
    asked = day.asked["Booked too late?"]
    assert any("after the limit" in fact for fact in asked.facts)
    assert any("after the limit" in fact for fact in day.form("Need to Know").facts)
    day.booked("24/11/2026 16:00")
    assert "Booked too late?" not in day.asked


def test_a_need_to_know_is_acknowledged_updated_and_concluded(day: OwedDay) -> None:
    suspected(day)
    day.at(london_day(25))
    assert day.line("Discussion").late
    day.escalates("Need to Know", **WORDS)
    assert "acknowledge" in day.escalation.next
    day.hands.on(minutes=20)
    day.acknowledges("R. Hale")
    assert day.escalation.status == "acknowledged"
    day.hands.on(hours=1)
    day.updates("An officer is found for two o'clock.")
    day.hands.on(hours=3)
    day.begins()
    assert day.escalation.concluded is None, "holding the discussion is no outcome of the escalation"
    day.concludes("Held on Wednesday at 13:20, a day late.")
    assert (day.escalation.outcome, day.escalation.resolved) == ("Held on Wednesday at 13:20, a day late.", True)
    assert day.escalation.age == "4 h 20 min" or day.escalation.age.startswith("4")
    with pytest.raises(Refused, match="already concluded it"):
        day.updates("More.")
    assert dict(day.escalation.fields) == {
        "What prevents it": FILLED["prevents"], "Interim safety": FILLED["safety"], "What is asked": FILLED["asked"],
    }  # fmt: skip


# Disagreed about


def test_a_disagreement_is_talked_over_taken_up_and_resolved(day: OwedDay) -> None:
    day.works_to("seven-minute-briefing")
    suspected(day)
    day.begins()
    day.everybody()
    day.decided(section_47="Her own words.")
    day.disagrees("PC Tom Hale", "There is no crime in it.")
    day.escalates(
        "Settle it", who="Dana Ellis", about="Whether the police enquire as well", sides="Two accounts",
        proposed="A second discussion",
    )  # fmt: skip
    assert day.escalation.held_by == "Dana Ellis"
    assert [step.label for step in day.escalation.steps] == ["Settle it"]
    assert "more senior staff" in day.escalation.up
    day.hands.on(days=1)
    with pytest.raises(Refused, match="why this step did not settle it"):
        day.takes_up("", "M. Osei")
    day.takes_up("They could not agree", "M. Osei", "Detective Inspector")
    first, second = day.escalation.steps
    assert (first.who, "They could not agree" in first.standing) == ("Dana Ellis", True)
    assert (second.label, second.who) == ("Senior staff", "M. Osei (Detective Inspector)")
    assert day.escalation.up == "", "the policy has no third step"
    day.hands.on(days=1)
    day.concludes("The police enquire jointly.")
    made = [event for event, _ in day.concern.escalations[-1].made]
    assert made == ["disagreement_raised", "disagreement_not_resolved", "disagreement_resolved"]
    assert not {"Settle it", "Senior staff"} & {line.label for line in day.owes}


def test_a_partner_who_did_not_come_to_an_inquorate_discussion_is_escalated(day: OwedDay) -> None:
    day.works_to("seven-minute-briefing")
    suspected(day)
    day.begins()
    day.here("Ann Osei", "social_worker")
    day.here("Dr Lena Fry", "health")
    day.here("PC Tom Hale", "police", "absent")
    day.held_inquorate("She goes home at half past three.")
    day.ends(further=True)
    offer = day.called_for["Non-attendance"]
    assert (offer.discussion, offer.form) == (1, "non_attendance")
    assert "Nobody was there from: police" in offer.because
    form = day.form("Non-attendance", discussion=1)
    assert any("Not quorate" in fact for fact in form.facts)
    with pytest.raises(Refused, match="not filled in"):
        day.escalates("Non-attendance", HALE, discussion=1, absent="The police, at another address")
    day.escalates(
        "Non-attendance", HALE, discussion=1, absent="The police, at another address",
        without="Whether he is known to them", asked="An officer for every discussion",
    )  # fmt: skip
    assert (day.escalation.discussion, day.escalation.held_by) == (1, "R. Hale")
    assert "Non-attendance" not in {line.label for line in day.owes}


# Too long


def test_a_series_over_three_months_goes_to_senior_management(day: OwedDay) -> None:
    day.works_to("three-working-days")
    suspected(day)
    day.begins()
    day.everybody()
    day.decided(section_47="Her own words.")
    day.ends(further=True)
    for _ in range(3):
        day.hands.on(days=27)
        day.begins(follows=1)
        day.everybody()
        day.ends(further=True)
    assert day.line("Close the series").due_words == "end of Sat 20 Feb 2027"
    assert "Senior management" not in day.called_for
    day.at(datetime(2027, 2, 21, 0, 0, tzinfo=UTC))
    offer = day.called_for["Senior management"]
    assert offer.form == "oversight"
    [owed] = [line for line in day.owes if line.label == "Senior management"]
    assert owed.strength == "must"
    day.escalates("Senior management", HALE, why="The family moved twice", safety="With grandmother")
    assert "Senior management" not in {line.label for line in day.owes}
    assert day.escalation.form == "oversight"
    assert ("senior_mgmt_notified", day.hands.now) in day.concern.escalations[-1].made


# Two at once


def test_the_second_of_two_is_told_who_was_first_and_when(day: OwedDay) -> None:
    suspected(day)
    before_both, began = day.line("Tell referrer"), day.hands.now
    day.hands.on(minutes=10)
    day.sits_down("Bo Lind")
    day.meets_as_seen(before_both)
    day.hands.on(minutes=1)
    day.sits_down("Ann Osei")
    with pytest.raises(Conflict, match=r"Bo Lind.*18:15"):
        day.meets_as_seen(before_both)
    [told] = [one for one in day.concern.milestones if one.event == "referrer_informed"]
    assert (told.at, day.line("Tell referrer").standing) == (began + timedelta(minutes=10), "met")


def test_two_who_judge_at_the_same_moment_do_not_overwrite_each_other(day: OwedDay) -> None:
    suspected(day)
    day.at(london_day(24, 12))
    read_by_both = day.asked["Booked in time?"]
    day.sits_down("Tess Moor")
    day.judges("Booked in time?", "yes", "Nobody can be found.")
    day.sits_down("Bo Lind")
    mine = AnswerQuestions(answers={read_by_both.asks: "no"}, reason="I have just booked it.")
    with pytest.raises(Conflict, match="Tess Moor"):
        day.desk.do(day.id, mine, seen_version=read_by_both.version)
    assert [one.reason for one in day.concern.answers["unlikely_within_limit"]] == ["Nobody can be found."]
