"""What can go up on a concern and why, the form as the record fills it, and what the acts carry."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from duty_tui.desk.asking import prompts_of
from duty_tui.desk.case import Case
from duty_tui.desk.desk import Desk
from duty_tui.desk.escalating import conclude, escalations_of, filled, form_of, offers, strangers, submit, take_up
from duty_tui.desk.meanwhile import beside
from duty_tui.domain.commands import AnswerQuestions, CloseConcern, RecordMilestone
from duty_tui.domain.discussion_events import DiscussionBooked, PersonInvited
from duty_tui.domain.escalation import Recipient
from duty_tui.domain.escalation_commands import AcknowledgeEscalation, UpdateEscalation
from duty_tui.domain.service import PolicyLeft
from duty_tui.domain.service_people import PersonListed
from duty_tui.errors import Conflict, Refused
from duty_tui.views.escalation import EscalationOffer, FormField
from tests.builders import a_child, raise_concern
from tests.desk.conftest import Hands, make_desk
from tests.desk.escalated import (
    ABSENCE,
    DI,
    DISAGREEMENT,
    FILLED,
    NEED_TO_KNOW,
    OVERSIGHT,
    PLAIN,
    a_concern_at,
    adopt,
    answer,
    book,
    goes_to,
    london_day,
    send,
)
from tests.discussions import CONCERN, at_desk, began, ended, person

NOW = london_day(21)


def offered(desk: Desk, hands: Hands) -> dict[str, EscalationOffer]:
    return {one.ladder: one for one in offers(desk, CONCERN, hands.now)}


def test_every_ladder_of_the_policies_is_offered_though_nothing_calls_for_it(desk: Desk, hands: Hands) -> None:
    adopt(desk, "seven-minute-briefing", "three-working-days")
    a_concern_at(desk)
    found = offered(desk, hands)
    assert list(found) == [NEED_TO_KNOW, DISAGREEMENT, OVERSIGHT]
    assert all(one.because == () and one.already is None for one in found.values())
    need = found[NEED_TO_KNOW]
    assert (need.label, need.form, need.child, need.discussion) == ("Need to Know", "need_to_know", None, None)
    assert need.do == "Submit the 'Need to Know' form and escalate"
    assert need.cite.startswith("Management Action Note 003, Practice expectations 2: “be submitted")


def test_a_missed_limit_calls_for_the_form_with_what_was_due_and_what_is_booked(desk: Desk, hands: Hands) -> None:
    a_concern_at(desk)
    book(desk, hands, london_day(26), NOW)
    hands.now = london_day(25)
    need = offered(desk, hands)[NEED_TO_KNOW]
    assert need.because[0].startswith(
        "Hold the strategy discussion: was due end of Tue 24 Nov 2026. "
        "Booked for Thu 26 Nov 2026 09:00, after the limit (end of Tue 24 Nov 2026). Not asked yet: "
    )


def test_a_missed_limit_is_told_in_sentences_with_the_doubt_beside_its_due(desk: Desk, hands: Hands) -> None:
    a_concern_at(desk, answers={**PLAIN, "reasonable_cause": "unknown"})
    hands.now = london_day(25)
    because = offered(desk, hands)[NEED_TO_KNOW].because[0]
    assert because.startswith(
        "Hold the strategy discussion: was due end of Tue 24 Nov 2026, unless ruled out by reasonable cause. "
        "Nothing is booked. Not asked yet: "
    )
    assert because.count("unless") == 1


def test_a_judgement_calls_for_it_with_who_said_so_and_why(desk: Desk, hands: Hands) -> None:
    a_concern_at(desk)
    answer(desk, hands, "yes", NOW)
    assert offered(desk, hands)[NEED_TO_KNOW].because == (
        (
            "Is it known that the discussion is unlikely to take place within the maximum time? Yes, said Ann Osei, "
            "Sat 21 Nov 2026 09:00. Reason: Police are busy"
        ),
    )
    desk.do(CONCERN, AnswerQuestions(answers={"unlikely_within_limit": "yes"}))
    assert offered(desk, hands)[NEED_TO_KNOW].because[0].endswith("Yes, said Ann Osei, Sat 21 Nov 2026 09:00")


def test_a_question_the_desk_asks_calls_for_it_with_the_facts(desk: Desk, hands: Hands) -> None:
    a_concern_at(desk)
    book(desk, hands, london_day(26), NOW)
    because = offered(desk, hands)[NEED_TO_KNOW].because
    assert because[0] == "Booked after the limit: is it unlikely to be held in time?"
    assert because[2] == "Booked for Thu 26 Nov 2026 09:00, after the limit (end of Tue 24 Nov 2026)"


def test_what_a_question_may_yet_rule_out_says_so(desk: Desk, hands: Hands) -> None:
    a_concern_at(desk, answers={**PLAIN, "reasonable_cause": "unknown"})
    answer(desk, hands, "yes", NOW)
    assert offered(desk, hands)[NEED_TO_KNOW].because[0].endswith(", unless ruled out by reasonable cause")


def held(desk: Desk, hands: Hands, *present: str) -> None:
    """A discussion at nine on Saturday at which these roles took part."""
    a_concern_at(desk)
    hands.now = NOW + timedelta(hours=1)
    people = [person(name=f"{role} one", role=role) for role in present]
    at_desk(desk, began((1,), at=NOW), *people, ended(at=NOW + timedelta(minutes=30)))


def test_an_absent_partner_comes_first_with_who_was_missing(desk: Desk, hands: Hands) -> None:
    adopt(desk, "seven-minute-briefing")
    held(desk, hands, "social_worker", "sw_manager", "health")
    first = offers(desk, CONCERN, hands.now)[0]
    assert (first.ladder, first.discussion, first.form) == (ABSENCE, 1, "non_attendance")
    assert first.because == (
        "Was health, police or children's social care missing from the discussion? Yes.",
        *("Discussion 1 was held Sat 21 Nov 2026 09:00", "Not quorate: police missing"),
        "Nobody was there from: police",
    )
    facts = form_of(desk, CONCERN, ABSENCE, hands.now, discussion=1).facts
    assert facts[-4:] == (*first.because[1:], "Owner: nobody")


def test_an_inquorate_discussion_is_offered_though_every_partner_was_there(desk: Desk, hands: Hands) -> None:
    adopt(desk, "seven-minute-briefing")
    held(desk, hands, "social_worker", "health", "police")
    because = offered(desk, hands)[ABSENCE].because
    assert because == ("Discussion 1 was held Sat 21 Nov 2026 09:00", "Not quorate: social work manager missing")
    at_desk(desk, person(name="Ann Osei", role="sw_manager"))
    assert offered(desk, hands)[ABSENCE].because == ()


def test_an_event_of_the_record_calls_for_its_ladder(desk: Desk, hands: Hands) -> None:
    adopt(desk, "seven-minute-briefing")
    a_concern_at(desk)
    hands.now = NOW
    desk.do(CONCERN, RecordMilestone(event="disagreement_raised", label="Raised", at=NOW))
    found = offers(desk, CONCERN, hands.now)
    assert (found[0].ladder, found[0].because) == (
        DISAGREEMENT,
        ("Professional disagreement raised: Sat 21 Nov 2026 09:00",),
    )


def test_one_already_open_is_named_and_stands_after_those_nobody_has_sent(desk: Desk, hands: Hands) -> None:
    adopt(desk, "seven-minute-briefing")
    a_concern_at(desk)
    answer(desk, hands, "yes", NOW)
    send(desk, NOW, DISAGREEMENT, {"about": "Section 47", "sides": "Two", "proposed": "Talk"}, who="Jo Hart")
    found = offers(desk, CONCERN, hands.now)
    assert [(one.ladder, one.already) for one in found] == [(NEED_TO_KNOW, None), (DISAGREEMENT, 1)]
    assert found[1].because == ("Professional disagreement raised: Sat 21 Nov 2026 09:00",)


def test_a_closed_concern_owes_nothing_and_may_still_go_up(desk: Desk, hands: Hands) -> None:
    a_concern_at(desk)
    answer(desk, hands, "yes", NOW)
    desk.do(CONCERN, CloseConcern(reason="Moved away"))
    assert offered(desk, hands)[NEED_TO_KNOW].because == ()


def test_what_began_under_a_policy_may_go_up_by_it_after_the_service_left_it(desk: Desk, hands: Hands) -> None:
    a_concern_at(desk)
    book(desk, hands, london_day(26), NOW)
    asked = prompts_of(desk, CONCERN, NOW)
    before = offered(desk, hands)[NEED_TO_KNOW]
    assert asked
    desk.decide([PolicyLeft(pack="action-note-003", from_day=NOW.date())])
    assert offered(desk, hands)[NEED_TO_KNOW] == before
    assert prompts_of(desk, CONCERN, NOW) == asked
    form = form_of(desk, CONCERN, NEED_TO_KNOW, NOW)
    desk.do(CONCERN, submit(form, FILLED, (DI,), NOW))
    desk.do("later", raise_concern(a_child(), received=NOW))
    assert [one.ladder for one in offers(desk, "later", NOW) if one.ladder == NEED_TO_KNOW] == []


def test_a_ladder_runs_for_each_child_or_each_discussion_that_was_held(desk: Desk, hands: Hands) -> None:
    desk.do(CONCERN, raise_concern(a_child(1), a_child(2)))
    hands.now = NOW + timedelta(hours=1)
    case = Case(desk, at_desk(desk, began((1, 2), at=NOW)), hands.now)
    ladder = case.ladders[0]
    assert [list(case.whom(ladder._replace(per=per))) for per in ("concern", "child", "discussion")] == [
        *([(None, None)], [(1, None), (2, None)], [(None, 1)]),
    ]
    assert case.missing_at(2) == ((), ())


def test_a_need_to_know_is_filled_from_the_record(desk: Desk, hands: Hands) -> None:
    goes_to(desk, need_to_know=DI, disagreement=Recipient("Tom Ashworth", "Team manager"))
    desk.decide([PersonListed(name=name, roles=("duty_manager",)) for name in ("Ann Osei", "Di Marsh")])
    a_concern_at(desk, owner="Priya Nair")
    book(desk, hands, london_day(26), NOW)
    form = form_of(desk, CONCERN, NEED_TO_KNOW, NOW)
    assert (form.reference, form.title, form.version, form.form) == ("C1", "Amara Okoye 7y", 4, "need_to_know")
    assert form.label == "'Need to Know' form"
    assert form.facts[:3] == (
        "Child: Amara Okoye, 7y, born Mon 4 Mar 2019",
        "Concern: A bruise seen on the arm.",
        "Received: Fri 20 Nov 2026 18:00",
    )
    assert form.facts[3] == "Hold the strategy discussion: first due end of Mon 23 Nov 2026", "as the queue has it"
    assert form.facts[4].startswith("Hold the strategy discussion: due end of Tue 24 Nov 2026 (Management Action Note")
    assert form.facts[5] == "Booked for Thu 26 Nov 2026 09:00, after the limit (end of Tue 24 Nov 2026)"
    assert form.facts[6].startswith("Not asked yet: ")
    assert form.facts[7:] == ("Management note of interim safeguarding recorded on file: no", "Owner: Priya Nair")
    assert [field.ask for field in form.fields] == ["What prevents it", "Interim safety", "What is asked"]
    assert (form.recipients, form.others) == (
        (DI,),
        (Recipient("Tom Ashworth", "Team manager"), Recipient("Ann Osei", "Duty manager")),
    )
    assert (form.to_named, form.asks_who, form.makes) == (True, "", ("need_to_know_submitted",))


def test_an_unborn_child_and_a_concern_nobody_described_leave_no_empty_words(desk: Desk, hands: Hands) -> None:
    a_concern_at(
        desk, children=(a_child(1, name="Baby", born=None),), what="", received_precision="day", referred=False
    )
    facts = form_of(desk, CONCERN, NEED_TO_KNOW, NOW).facts
    assert facts[:2] == ("Child: Baby, ?", "Came up on an open case: Fri 20 Nov 2026, time not known")


def test_once_the_discussion_is_held_the_form_says_when_and_that_it_was_late(desk: Desk, hands: Hands) -> None:
    a_concern_at(desk)
    hands.now = london_day(25, 10)
    for day, late in ((25, ", late"), (21, "")):
        desk.do(CONCERN, RecordMilestone(event="discussion_held", label="Held", at=london_day(day, 9), discussion=1))
        done = [fact for fact in form_of(desk, CONCERN, NEED_TO_KNOW, hands.now).facts if fact.startswith("Done")]
        assert done == [f"Done {'Wed 25' if day == 25 else 'Sat 21'} Nov 2026 09:00{late}"]


def test_what_the_interim_note_says_is_suggested(desk: Desk, hands: Hands) -> None:
    a_concern_at(desk)
    hands.now = NOW
    note: dict[str, Any] = {"event": "interim_note_recorded", "label": "Interim note", "at": NOW}
    desk.do(CONCERN, RecordMilestone(**note))
    form = form_of(desk, CONCERN, NEED_TO_KNOW, NOW)
    assert "Management note of interim safeguarding recorded on file: Sat 21 Nov 2026 09:00" in form.facts
    desk.do(CONCERN, RecordMilestone(**note, note="Stays with grandmother"))
    form = form_of(desk, CONCERN, NEED_TO_KNOW, NOW)
    assert form.fields[1] == FormField("safety", "Interim safety", True, "Stays with grandmother")
    assert form.facts[-2].endswith("on file: Sat 21 Nov 2026 09:00. Stays with grandmother")
    desk.do(CONCERN, RecordMilestone(**note, details={"safety": "On the ward", "reason": "No police"}))
    assert form_of(desk, CONCERN, NEED_TO_KNOW, NOW).fields[1].suggested == "On the ward"


def test_submitting_it_before_the_limit_is_the_judgement_and_after_it_is_none(desk: Desk, hands: Hands) -> None:
    a_concern_at(desk)
    assert form_of(desk, CONCERN, NEED_TO_KNOW, NOW).judged == ("unlikely_within_limit",)
    assert form_of(desk, CONCERN, NEED_TO_KNOW, london_day(25)).judged == (), "missed: there is nothing to foresee"
    answer(desk, hands, "no", NOW)
    assert form_of(desk, CONCERN, NEED_TO_KNOW, NOW).judged == ("unlikely_within_limit",)
    answer(desk, hands, "yes", NOW)
    assert form_of(desk, CONCERN, NEED_TO_KNOW, NOW).judged == (), "somebody said so already"


def test_submitted_it_is_on_the_record_with_the_judgement_and_meets_what_was_owed(desk: Desk, hands: Hands) -> None:
    a_concern_at(desk)
    book(desk, hands, london_day(26), NOW)
    form = form_of(desk, CONCERN, NEED_TO_KNOW, NOW)
    desk.do(CONCERN, submit(form, FILLED, (DI, Recipient(" ")), NOW))
    concern = desk.concern(CONCERN)
    assert [(one.value, one.reason) for one in concern.answers["unlikely_within_limit"]] == [(True, FILLED["prevents"])]
    [one] = concern.escalations
    assert (one.recipients, one.fields, one.facts) == ((DI,), FILLED, form.facts)
    assert offered(desk, hands)[NEED_TO_KNOW].because == ()
    with pytest.raises(Refused, match="still empty: What prevents it, Interim safety, What is asked"):
        desk.do(CONCERN, submit(form_of(desk, CONCERN, NEED_TO_KNOW, NOW), {}, (DI,), NOW))


def test_a_reason_of_its_own_goes_before_the_first_answer(desk: Desk, hands: Hands) -> None:
    a_concern_at(desk)
    form = form_of(desk, CONCERN, NEED_TO_KNOW, NOW)
    assert submit(form, FILLED, (DI,), NOW, reason="Police said so").reason == "Police said so"
    assert submit(form._replace(judged=()), FILLED, (DI,), NOW, reason="x").reason == ""


def test_names_the_settings_do_not_know_are_asked_about(desk: Desk, hands: Hands) -> None:
    goes_to(desk, need_to_know=DI)
    a_concern_at(desk)
    form = form_of(desk, CONCERN, NEED_TO_KNOW, NOW)
    assert strangers(form, (Recipient("di marsh"), Recipient("Jo Hart"), Recipient(""))) == ("Jo Hart",)


def test_a_quorate_discussion_says_only_when_it_was_held(desk: Desk, hands: Hands) -> None:
    adopt(desk, "seven-minute-briefing")
    held(desk, hands, "social_worker", "sw_manager", "health", "police")
    facts = form_of(desk, CONCERN, ABSENCE, hands.now, discussion=1).facts
    assert facts[-2:] == ("Discussion 1 was held Sat 21 Nov 2026 09:00", "Owner: nobody")


def test_with_every_yes_nobody_is_named_as_missing(desk: Desk, hands: Hands) -> None:
    a_concern_at(desk)
    hands.now = NOW
    sure = [
        PersonInvited(discussion=1, role=role, coming=True)
        for role in ("social_worker", "health", "police", "hospital_clinician")
    ]
    at_desk(desk, DiscussionBooked(discussion=1, at=london_day(26)), *sure)
    facts = form_of(desk, CONCERN, NEED_TO_KNOW, NOW).facts
    assert facts[5:7] == (
        "Booked for Thu 26 Nov 2026 09:00, after the limit (end of Tue 24 Nov 2026)",
        "Management note of interim safeguarding recorded on file: no",
    )


def test_a_question_calls_for_the_ladder_it_leads_to_and_no_other(desk: Desk, hands: Hands) -> None:
    adopt(desk, "seven-minute-briefing")
    a_concern_at(desk)
    book(desk, hands, london_day(26), NOW)
    found = offered(desk, hands)
    assert found[NEED_TO_KNOW].because
    assert found[DISAGREEMENT].because == ()


def test_a_process_that_drifts_over_three_months_is_for_senior_management(desk: Desk, hands: Hands) -> None:
    adopt(desk, "three-working-days")
    start = datetime(2026, 8, 10, 9, tzinfo=UTC)
    a_concern_at(desk, received=start)
    hands.now = NOW
    desk.do(CONCERN, RecordMilestone(event="discussion_held", label="Held", at=start, discussion=1))
    first = offers(desk, CONCERN, NOW)[0]
    assert first.ladder == OVERSIGHT
    assert any("was due end of Tue 10 Nov 2026" in why for why in first.because)
    assert not any("booked" in why for why in first.because), "nobody books the end of a process"


@pytest.mark.parametrize("where", [{"child": 1}, {"discussion": 1}])
def test_a_form_for_a_child_or_discussion_it_does_not_run_for_is_refused(
    desk: Desk, hands: Hands, where: dict[str, int]
) -> None:
    a_concern_at(desk)
    with pytest.raises(Refused, match="does not run for"):
        form_of(desk, CONCERN, NEED_TO_KNOW, NOW, **where)


def test_a_ladder_no_policy_has_is_refused(desk: Desk, hands: Hands) -> None:
    a_concern_at(desk)
    with pytest.raises(Refused, match="No policy in force"):
        form_of(desk, CONCERN, "pack/none", NOW)


def test_a_notice_to_senior_management_goes_to_named_people_and_judges_nothing(desk: Desk, hands: Hands) -> None:
    adopt(desk, "three-working-days")
    a_concern_at(desk)
    form = form_of(desk, CONCERN, OVERSIGHT, NOW)
    assert (form.form, form.label, form.judged, form.to_named) == ("oversight", "Notice to senior management", (), True)


def test_a_ladder_without_a_form_asks_what_they_need_to_know(desk: Desk, hands: Hands) -> None:
    a_concern_at(desk)
    case = Case(desk, desk.concern(CONCERN), NOW)
    form = filled(case, case.ladders[0]._replace(form=None))
    assert (form.form, form.label) == ("", "Need to Know")
    assert form.fields == (FormField("what", "What they need to know", True, ""),)
    assert form.facts[-1] == "Owner: nobody"


def test_a_disagreement_goes_from_those_who_have_it_to_more_senior_staff(desk: Desk, hands: Hands) -> None:
    adopt(desk, "seven-minute-briefing")
    a_concern_at(desk)
    hands.now = NOW
    form = form_of(desk, CONCERN, DISAGREEMENT, NOW)
    assert form.asks_who == "Who takes it up first (Participants in the meeting/discussion)"
    assert (form.to_named, form.makes, form.judged) == (False, ("disagreement_raised",), ())
    send(desk, NOW, DISAGREEMENT, {"about": "Section 47", "sides": "Two", "proposed": "Talk"}, who="Jo Hart", role="SW")
    [line] = escalations_of(desk, CONCERN, NOW)
    assert line.up == "Take the disagreement to more senior staff through line management"
    assert (line.up_to, line.up_makes) == ("More senior staff through line management", ("disagreement_not_resolved",))
    assert line.settles == ("disagreement_resolved",)
    assert conclude(line, NOW, outcome="x", resolved=False).makes == ()
    desk.do(
        CONCERN, take_up(line, hands.on(minutes=10), said="No common ground", who="Di Marsh", role="Head of service")
    )
    [line] = escalations_of(desk, CONCERN, hands.now)
    assert offered(desk, hands)[DISAGREEMENT].because == (
        "Practitioners could not resolve the disagreement between them: Sat 21 Nov 2026 09:10",
    )
    with pytest.raises(Refused, match="no further step"):
        take_up(line, hands.now, said="No", who="Jo")
    desk.do(CONCERN, conclude(line, hands.now, outcome="Section 47 it is"))
    assert offered(desk, hands)[DISAGREEMENT].because == ()
    assert [name for name, _ in desk.concern(CONCERN).escalations[0].made] == [
        *("disagreement_raised", "disagreement_not_resolved", "disagreement_resolved"),
    ]


def test_of_two_people_on_one_escalation_the_second_hears_who_was_first(desk: Desk, hands: Hands) -> None:
    adopt(desk, "seven-minute-briefing")
    a_concern_at(desk)
    hands.now = NOW
    send(desk, NOW, DISAGREEMENT, {"about": "Section 47", "sides": "Two", "proposed": "Talk"}, who="Jo Hart")
    [line] = escalations_of(desk, CONCERN, NOW)
    other = make_desk(desk.store, hands, "Tom Ashworth")
    other.do(CONCERN, take_up(line, NOW, said="No", who="Di Marsh"), seen_version=line.version)
    for mine in (take_up(line, NOW, said="Stuck", who="Di Marsh"), conclude(line, NOW, outcome="Agreed")):
        with pytest.raises(
            Conflict, match="Tom Ashworth recorded this while you were typing: Escalation 1 taken up"
        ) as told:
            desk.do(CONCERN, mine, seen_version=line.version)
        assert beside(desk, CONCERN, mine, told.value).theirs[0].said[0] == "Escalation 1 taken up to Di Marsh: No"
    other.do(CONCERN, UpdateEscalation(escalation=1, text="Meeting at four", at=NOW))
    desk.do(CONCERN, UpdateEscalation(escalation=1, text="So it is", at=NOW), seen_version=line.version)
    desk.do(CONCERN, AcknowledgeEscalation(escalation=1, by="Di Marsh", at=NOW), seen_version=line.version)
    assert len(desk.concern(CONCERN).escalations[0].updates) == 2


def test_of_two_who_submit_the_same_form_the_second_hears_who_was_first(desk: Desk, hands: Hands) -> None:
    a_concern_at(desk)
    answer(desk, hands, "yes", NOW)
    form = form_of(desk, CONCERN, NEED_TO_KNOW, NOW)
    make_desk(desk.store, hands, "Tom Ashworth").do(CONCERN, submit(form, FILLED, (DI,), NOW))
    with pytest.raises(Conflict, match="Tom Ashworth recorded this"):
        desk.do(CONCERN, submit(form, FILLED, (DI,), NOW), seen_version=form.version)


def test_who_was_first_is_said_of_the_form_and_not_of_the_judgement_it_made(desk: Desk, hands: Hands) -> None:
    a_concern_at(desk)
    hands.now = NOW
    form = form_of(desk, CONCERN, NEED_TO_KNOW, NOW)
    assert form.judged
    make_desk(desk.store, hands, "Tom Ashworth").do(CONCERN, submit(form, FILLED, (DI,), NOW))
    with pytest.raises(Conflict, match=r"Tom Ashworth recorded this .* 'Need to Know' form submitted"):
        desk.do(CONCERN, submit(form, FILLED, (DI,), NOW), seen_version=form.version)
