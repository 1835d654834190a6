"""What a discussion tells the rules: events and facts, and nothing that nobody said."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from duty_tui.desk.discussion_situation import facts_of, happenings_of
from duty_tui.desk.situation import situation_of
from duty_tui.domain.commands import RecordMilestone
from duty_tui.domain.concern import Concern
from duty_tui.domain.decision_events import ConferenceMoved, RecordSigned, SharingDecided
from duty_tui.domain.discussion_events import DiscussionAgreed, DiscussionBooked
from duty_tui.rules.situation import Happening, Known
from tests.builders import a_concern, do
from tests.discussions import QUARTER_PAST, action, began, decided, discussion, ended, held, said, siblings, signed
from tests.rules.house import book

HOUR = timedelta(hours=1)
LATER = QUARTER_PAST + HOUR
END = ended().at


def test_the_course_of_a_discussion_is_events() -> None:
    agreed = DiscussionAgreed(discussion=1, format="virtual", reason="x")
    concern = said(a_concern(raised=siblings()), agreed, DiscussionBooked(discussion=1, at=QUARTER_PAST))
    concern = said(concern, began(), ended(further=False))
    assert list(happenings_of(discussion(concern))) == [
        ("discussion_decided_on", Happening(LATER)),
        ("decision_reason_recorded", Happening(LATER)),
        ("discussion_booked", Happening(QUARTER_PAST, set_at=LATER)),
        ("discussion_held", Happening(QUARTER_PAST, None, 1)),
        ("discussion_ended", Happening(END, None, 1)),
        ("series_closed", Happening(END)),
    ]


def test_a_series_goes_on_until_it_is_said_that_none_is_needed() -> None:
    for further in (None, True):
        names = [name for name, _ in happenings_of(discussion(said(held(), ended(further=further))))]
        assert names == ["discussion_held", "discussion_ended"]


def test_section_47_begins_for_each_child_it_was_decided_for() -> None:
    concern = held(decided(1, 3, sets=("outcome_s47",)), decided(2, box="p/nfa", sets=("outcome_no_s47",)))
    found = [happening for name, happening in happenings_of(discussion(concern)) if name == "s47_decided"]
    assert found == [Happening(LATER, 1, 1), Happening(LATER, 3, 1)]


def test_plans_for_an_interview_are_events_of_their_children() -> None:
    due, done = datetime(2026, 11, 25, tzinfo=UTC), datetime(2026, 11, 24, tzinfo=UTC)
    details = {"plan_due": due.isoformat(), "plan_completed": done.isoformat()}
    found = list(happenings_of(discussion(held(action(2, form="interview", details=details)))))
    assert found[1:] == [("interview_plan_completed", Happening(done, 2)), ("interview_plan_due", Happening(due, 2))]


def test_a_childs_record_is_complete_when_it_is_signed_and_all_are_when_the_last_one_is() -> None:
    def completed(concern: Concern) -> list[Happening]:
        return [one for name, one in happenings_of(discussion(concern)) if name == "record_completed"]

    assert completed(signed(held(), 1)) == [Happening(LATER, 1, 1)]
    each = [Happening(LATER, child, 1) for child in (1, 2, 3)]
    assert completed(signed(held(), 1, 2, 3)) == [*each, Happening(LATER, None, 1)]


def test_what_was_decided_is_a_fact_of_the_child_and_a_no_needs_a_signed_record() -> None:
    made = decided(1, sets=("outcome_s47",))
    assert list(facts_of([discussion(held(made))])) == [("outcome_s47", Known(True, LATER, 1))]
    found = dict.fromkeys(facts_of([discussion(signed(held(made), 1, 2))]))
    assert list(found) == [
        ("outcome_s47", Known(True, LATER, 1)),
        ("outcome_police_only", Known(False, LATER, 1)),
        ("outcome_no_s47", Known(False, LATER, 1)),
        ("outcome_s47", Known(False, LATER, 2)),
        ("outcome_police_only", Known(False, LATER, 2)),
        ("outcome_no_s47", Known(False, LATER, 2)),
    ]


def test_what_was_said_of_the_discussion_itself() -> None:
    withheld = SharingDecided(discussion=1, children=(1,), withheld="Risk")
    moved = ConferenceMoved(discussion=1, reason="One series")
    found = dict(facts_of([discussion(said(held(withheld, moved), ended(further=True)))]))
    assert found == {
        "more_discussions_needed": Known(True, END, None, 1),
        "conference_date_moves": Known(True, QUARTER_PAST, None, 1),
        "information_withheld": Known(True, None, None, 1),
    }


def test_telling_all_is_withholding_nothing() -> None:
    told = SharingDecided(discussion=1, children=(1,), what="All")
    assert dict(facts_of([discussion(held(told))])) == {"information_withheld": Known(False, None, None, 1)}


def test_a_medical_or_an_interview_agreed_is_one_needed() -> None:
    concern = held(action(1, form="medical"), action(2, form="interview"), action(3))
    assert list(facts_of([discussion(concern)])) == [
        ("medical_required", Known(True, None, 1)),
        ("abe_interview_required", Known(True, None, 2)),
    ]


def test_a_date_recorded_by_hand_counts_until_the_discussion_is_written_up() -> None:
    rules = book("action-note-003", "ics-record")
    held_then = RecordMilestone(event="discussion_held", label="Held", at=QUARTER_PAST - HOUR / 6)
    concern = do(a_concern(raised=siblings()), held_then, at=QUARTER_PAST)
    assert [one.at for one in situation_of(concern, rules).events["discussion_held"]] == [held_then.at]
    concern = said(concern, began(), ended(), RecordSigned(discussion=1, child=1))
    assert [one.at for one in situation_of(concern, rules).events["discussion_held"]] == [QUARTER_PAST]
