"""Strategy discussions as the policies tell of them: what happened, and what must stand in the record afterwards."""

from __future__ import annotations

from datetime import timedelta

import pytest

from duty_tui.desk.desk import Desk
from duty_tui.desk.directory import people_like
from duty_tui.domain.discussion_commands import AtDiscussion
from duty_tui.domain.discussion_events import DiscussionStarted
from duty_tui.errors import Refused
from tests.desk.conftest import Hands, desk, hands, store
from tests.stories.duty_day import DutyDay

__all__ = ["desk", "hands", "store"]


@pytest.fixture
def day(desk: Desk, hands: Hands) -> DutyDay:
    return DutyDay(desk, hands)


def test_the_worked_example_a_broken_arm(day: DutyDay, hands: Hands) -> None:
    """As the record's own example: hospital, X-ray, section 47 beside a police investigation, a reason for each."""
    day.referral(
        "Tariq Aydin",
        source="Hospital",
        what="Brought in by his mother with a broken forearm; older fractures on the X-ray.",
        serious_risk_of_harm="yes",
    )
    day.agreed("A fracture and older ones, and what the parents say.", booked="+1h")
    day.rang("Health", "0161 496 0000", "will come")
    hands.on(hours=1)
    day.begins()
    day.everybody()
    day.answer(child_in_hospital="no")
    assert day.is_quorate() is True
    asked = day.decided(
        section_47="Fractures of different ages; the father is said to have hit him.",
        police_investigation="The assault may be a crime.",
    )
    assert asked == []
    day.action("Examine the whole skeleton again", "Dr Lena Fry", "tomorrow 10:00", form="medical",
               details={"where": "St Olave's"})  # fmt: skip
    day.family_told(what="That enquiries are made, and why.")
    hands.on(minutes=40)
    day.ends(further=False)
    day.answer(abe_interview_required="no", cannot_within_one_wd="no")

    record = day.record("Tariq")
    assert [one.reason for one in record.discussion.decisions] == [
        "Fractures of different ages; the father is said to have hit him.",
        "The assault may be a crime.",
    ]
    settled = {name for name, _ in day.discussion.settled_for(1)}
    assert settled == {"outcome_s47"}
    assert [one.due for one in day.owed("See the child")]
    day.signed("Tariq")
    assert day.discussion.signatures[1].by == "Ann Osei"
    assert day.record("Tariq").signature is not None
    with pytest.raises(Refused, match="signed"):
        day.decided(core_assessment="Too late.")
    day.added("Tariq", "The X-ray report came in.")
    assert [one.text for one in day.record("Tariq").additions] == ["The X-ray report came in."]


def test_an_inquorate_call_that_could_not_wait(day: DutyDay) -> None:
    day.works_to("seven-minute-briefing")
    day.referral("Mia Lowe", source="School", what="She is afraid to go home.")
    day.begins()
    day.here("Ann Osei", "social_worker")
    day.here("Dr Lena Fry", "health")
    day.here("PC Tom Hale", "police", "absent")
    assert day.is_quorate() is False
    assert "police" in " ".join(day.view.quorum.missing).casefold()
    day.held_inquorate("She goes home at half past three.")
    assert day.view.emergency == "She goes home at half past three."
    day.decided(section_47="Her own words.")
    day.ends(further=True)
    assert day.discussion.further is True
    assert "police" in day.view.quorum.words.casefold()


def test_three_siblings_three_decisions(day: DutyDay) -> None:
    day.referral("Amara Okoye", "Kofi Okoye", "Ife Okoye", source="Police", what="A fight at home.")
    day.begins()
    day.everybody()
    day.decided(whom="Amara", section_47="Hit with a belt.", police_investigation="An assault.")
    day.decided(whom="Kofi", core_assessment="Not hurt; the home is cold and bare.")
    asked = day.decided(whom="Ife", referral_elsewhere="Speech is late.", no_further_action="Safe with her father.")
    assert len(asked) == 1
    day.disagrees("PC Tom Hale", "Kofi saw it and should be part of the enquiries.")
    shared = day.action("See the children at school", "PC Tom Hale", "tomorrow 10:00", whom="Amara and Kofi")

    assert day.view.undecided == ()
    by_child = {
        name: {fact for fact, _ in day.discussion.settled_for(number)}
        for number, name in enumerate(("Amara", "Kofi", "Ife"), 1)
    }
    assert by_child == {"Amara": {"outcome_s47"}, "Kofi": {"outcome_no_s47"}, "Ife": {"outcome_no_s47"}}
    assert [one.what for one in day.record("Kofi").discussion.actions] == ["See the children at school"]
    assert day.record("Ife").discussion.actions == ()
    day.done(shared, "Amara", "seen in class")
    (line,) = [one for one in day.view.actions if one.id == shared]
    assert (line.children, line.done) == ((1, 2), (1,))

    day.ends()
    day.signed("Amara")
    assert day.view.stage == "ended"
    day.signed("Kofi")
    day.signed("Ife")
    assert day.view.stage == "signed"
    assert all(child.signed for child in day.view.children)


def test_a_child_named_late_and_a_partner_who_joins_late(day: DutyDay, hands: Hands) -> None:
    day.referral("Amara Okoye", source="School", what="Bruises.")
    day.begins()
    day.here("Ann Osei", "social_worker")
    day.here("Dr Lena Fry", "health")
    assert day.is_quorate() is False
    hands.on(minutes=12)
    day.here("PC Tom Hale", "police")
    assert day.discussion.people[-1].joined == hands.now
    assert day.is_quorate() is not False
    day.decided(section_47="Her own words.")
    day.joins_late("Ben Okoye", "A half-brother, named by the police.")
    assert [child.name for child in day.view.undecided] == ["Ben Okoye"]
    day.decided(whom="Ben", core_assessment="Nobody has seen him.")
    assert day.view.undecided == ()
    assert day.concern.child(2) is not None


def test_a_report_from_somebody_absent_is_a_contribution_and_no_attendance(day: DutyDay) -> None:
    day.referral("Amara Okoye", source="School", what="Bruises.", child_in_hospital="no")
    day.begins()
    day.here("Ann Osei", "social_worker")
    day.here("PC Tom Hale", "police")
    day.here("Dr Lena Fry", "health", "report", reason="in theatre until six")
    assert day.is_quorate() is False
    assert [person.name for person in day.discussion.present] == ["Ann Osei", "PC Tom Hale"]
    assert [line.standing for line in day.view.people] == ["here", "here", "report only"]
    day.noted("Dr Fry's report: bruises of different ages.")
    assert day.record("Amara").discussion.people == day.discussion.people


def test_an_allegation_against_staff_tells_two_more(day: DutyDay) -> None:
    day.works_to("twenty-four-hours")
    day.referral("Noah Reed", source="School", what="Pushed by a member of staff.", allegation_against_staff="yes")
    day.begins()
    informed = [line for line in day.view.invite if line.need == "inform"]
    assert [line.role for line in informed] == ["lado", "police_ppu"]
    assert [line.unless for line in informed] == ["", ""]
    day.here("Sue Marsh", "lado")
    told = next(line for line in day.view.invite if line.role == "lado")
    assert told.standing == "Sue Marsh: here"


def test_a_child_in_hospital_needs_a_clinician(day: DutyDay) -> None:
    day.referral("Lily Marsh", source="Hospital", what="Found asleep on the ward, not fed.")
    day.begins()
    day.everybody()
    assert day.is_quorate() is None
    assert "if in hospital" in day.view.quorum.words
    day.answer("Lily", child_in_hospital="yes")
    assert day.is_quorate() is False
    day.here("Dr Ola Ray", "hospital_clinician")
    assert day.is_quorate() is True


def test_two_follow_ups_and_the_conference_moves_only_when_the_chair_says_so(day: DutyDay, hands: Hands) -> None:
    day.works_to("three-working-days")
    day.referral("Amara Okoye", source="School", what="Bruises.", reasonable_cause="yes")
    day.begins()
    day.everybody()
    day.decided(section_47="Her own words.")
    day.ends(further=True)
    (first,) = day.owed("Conference")
    hands.on(days=7)
    day.begins(follows=1)
    day.everybody()
    day.ends(further=True)
    (unmoved,) = day.owed("Conference")
    assert unmoved.due == first.due
    hands.on(days=7)
    day.begins(follows=2)
    day.everybody()
    day.same_series("A second allegation about the same events.")
    (moved,) = day.owed("Conference")
    assert first.due is not None
    assert moved.due is not None
    assert moved.due > first.due
    assert moved.first_due == first.due
    assert [one.follows for one in day.concern.discussions] == [None, 1, 2]
    assert [day.record("Amara").discussion.number for day.number in (1, 2, 3)] == [1, 2, 3]


def test_none_is_held_and_says_why(day: DutyDay) -> None:
    day.referral("Amara Okoye", source="School", what="An old scar.")
    assert day.owed("Discussion")
    day.no_discussion("A scar from an operation; the hospital confirms it.")
    assert day.owed("Discussion") == []
    assert day.concern.milestones[0].note == "None is held. A scar from an operation; the hospital confirms it."


def test_an_allegation_against_a_teacher_is_told_to_the_lado_and_the_police(day: DutyDay, hands: Hands) -> None:
    day.works_to("twenty-four-hours")
    day.referral("Mia Lowe", source="School", what="A teacher is said to have hit her.", allegation_against_staff="yes")
    assert [one.clock.id for one in day.owed("Inform LADO")] == ["lado-no-time"]
    day.begins()
    day.told("lado", "Jo Hart")
    assert day.owed("Inform LADO")
    hands.on(minutes=10)
    day.told("police_ppu", "DS Amin")
    assert day.owed("Inform LADO") == []
    (told,) = [one for one in day.concern.milestones if one.event == "lado_informed"]
    assert told.at == hands.now
    assert [line.word for line in day.view.log][-2:] == ["TOLD", "TOLD"]


def test_who_was_met_is_offered_the_next_time(day: DutyDay, hands: Hands) -> None:
    day.referral("Amara Okoye", source="School", what="Bruises.")
    day.begins()
    day.here("Dr Léna Fry", "health", agency="St Olave's")
    hands.on(days=1)
    (found,) = people_like(day.desk, "lena")
    assert (found.name, found.agency, found.role) == ("Dr Léna Fry", "St Olave's", "health")


def test_an_open_case_starts_a_discussion_after_the_event(day: DutyDay, hands: Hands) -> None:
    day.comes_up("Amara Okoye", what="Seen at home with a bruise.")
    hands.on(hours=3)
    day.begins(at="2h ago")
    assert day.discussion.started == hands.now - timedelta(hours=2)
    with pytest.raises(Refused, match="begun already"):
        day.desk.do(day.id, _again(day))


def test_on_an_open_case_the_day_it_was_identified_counts(day: DutyDay, hands: Hands) -> None:
    """Nothing was referred: the same-day rule has only the day it came up to go by (reading 9)."""
    day.comes_up(
        "Amara Okoye", "Kofi Okoye", what="A burn, seen on a visit.", reasonable_cause="yes", serious_risk_of_harm="yes"
    )
    (hold,) = day.owed("Discussion")
    assert (hold.clock.id, hold.start_from, hold.start) == ("serious-risk-same-day", "concern_identified", hands.now)
    assert hold.due is not None
    assert (hold.due - hands.now) < timedelta(hours=24)
    assert [answer.value for answer in day.concern.answers["case_already_open"]] == [True]
    assert "came up on an open case" in day.concern.history[0].event.words()  # type: ignore[union-attr]

    hands.on(hours=1)
    day.begins()
    assert day.owed("Discussion") == []
    assert not day.record("Kofi").referred


def _again(day: DutyDay) -> AtDiscussion:
    again = DiscussionStarted(discussion=1, at=day.hands.now, chair="Bo Lind", format="virtual", children=(1,))
    return AtDiscussion(event=again)
