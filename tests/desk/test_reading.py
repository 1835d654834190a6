"""A concern as its own screen shows it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from duty_tui.desk.desk import Desk
from duty_tui.desk.entries import to_record
from duty_tui.desk.reading import concern_view
from duty_tui.domain.commands import (
    AddNote,
    AnswerQuestions,
    ChangeOwner,
    CloseConcern,
    RecordMilestone,
    Withdraw,
)
from duty_tui.domain.concern import Concern
from duty_tui.store.journal import Entry, NewEntry
from duty_tui.store.memory import MemoryStore
from tests.builders import FRIDAY_SIX, a_caller, a_child, raise_concern
from tests.desk.conftest import Hands, make_desk

NOW = datetime(2026, 11, 20, 18, 5, tzinfo=UTC)
SERIOUS = AnswerQuestions(answers={"reasonable_cause": "yes", "serious_risk_of_harm": "yes"})


def test_everything_known_is_there(desk: Desk) -> None:
    child = a_child(sex="female", nhs_number="9990000019", school="Hollin School", note="Speaks Igbo")
    unborn = a_child(2, name="", born=None, expected=date(2027, 1, 5), case_number="CSSR 9")
    desk.do("c1", raise_concern(child, unborn, family="Okoye", identified=FRIDAY_SIX - timedelta(hours=1)))
    desk.do("c1", ChangeOwner(owner="Ann Osei"))
    view = concern_view(desk, "c1", NOW)
    assert view.title == "Okoye: Amara Okoye 7y, CSSR 9 unb."
    assert view.reference == "C1"
    assert (view.received, view.identified) == ("Fri 20 Nov 2026 18:00", "Fri 20 Nov 2026 17:00")
    assert view.caller == "Ms P. Lund, Head of year, Hollin School"
    assert (view.owner, view.stage, view.closed) == ("Ann Osei", "TRIAGE", None)
    assert view.children[0].details == ("born Mon 4 Mar 2019, female, NHS 9990000019, Hollin School, Speaks Igbo")
    assert len(view.children[0].doubts) == 1
    assert view.children[1].details == "expected Tue 5 Jan 2027, case CSSR 9"
    assert view.duplicates == ()
    assert view.warnings == ()


def test_a_concern_that_came_up_on_an_open_case_is_not_called_received(desk: Desk) -> None:
    desk.do("c1", raise_concern(referred=False))
    view = concern_view(desk, "c1", NOW)
    assert (view.received, view.referred) == ("Fri 20 Nov 2026 18:00", False)
    assert "came up on an open case" in view.timeline[0].words
    assert all("eceived" not in line.words for line in view.timeline)


def test_a_caller_who_is_not_named_and_a_day_without_a_time(desk: Desk) -> None:
    told = raise_concern(caller=a_caller(anonymous=True), received_precision="day")
    desk.do("c1", told)
    desk.do("c2", raise_concern(caller={}))
    assert concern_view(desk, "c1", NOW).caller.endswith("(asked not to be named)")
    assert concern_view(desk, "c1", NOW).received == "Fri 20 Nov 2026, time not known"
    assert concern_view(desk, "c2", NOW).caller == "not named"


def test_questions_that_matter_come_before_those_that_were_answered(desk: Desk) -> None:
    desk.do("c1", raise_concern())
    desk.do("c1", AnswerQuestions(answers={"reasonable_cause": "yes", "serious_risk_of_harm": "unknown"}))
    facts = concern_view(desk, "c1", NOW).facts
    assert [fact.answer for fact in facts[:2]] == ["not known", "not asked"]
    assert facts[0].by == "Ann Osei"
    assert "yes →" in facts[0].matters
    assert (facts[-1].name, facts[-1].answer, facts[-1].matters) == ("reasonable_cause", "yes", "")


def test_an_answer_to_a_question_of_no_policy_is_shown_all_the_same(desk: Desk) -> None:
    desk.do("c1", raise_concern(answers={"asked_by_a_newer_version": "yes"}))
    assert concern_view(desk, "c1", NOW).facts[-1].ask == "asked by a newer version"


def test_each_clock_says_where_it_stands_and_for_whom(desk: Desk) -> None:
    desk.do("c1", raise_concern(a_child(), a_child(2, name="Kofi Okoye")))
    desk.do("c1", SERIOUS)
    desk.do("c1", RecordMilestone(event="discussion_held", label="Held", at=FRIDAY_SIX + timedelta(minutes=4)))
    clocks = concern_view(desk, "c1", NOW).clocks
    governing = next(clock for clock in clocks if clock.governs and clock.label == "Discussion")
    assert governing.standing == "done Fri 20 Nov 2026 18:04"
    seen = [clock.about for clock in clocks if clock.label == "See the child"]
    assert "Kofi Okoye" in seen
    assert any("discussion 1" in clock.about for clock in clocks)


def test_the_timeline_keeps_what_was_withdrawn(desk: Desk) -> None:
    desk.do("c1", raise_concern())
    note = desk.do("c1", AddNote(text="Rang the school.")).entries[0]
    desk.do("c1", Withdraw(entry=note, reason="Wrong concern"))
    lines = concern_view(desk, "c1", NOW).timeline
    assert [line.withdrawn for line in lines] == [False, True, False]
    assert lines[0].fixed
    assert lines[1].fixed == "Already undone."
    assert lines[2].fixed is None
    assert lines[2].words == "Withdrawn: Rang the school. Reason: Wrong concern"


def test_what_cannot_be_read_is_said(desk: Desk, store: MemoryStore) -> None:
    desk.do("c1", raise_concern())
    store.append([NewEntry("c1", 1, "from-tomorrow", {})], actor="Ben", at=NOW)
    view = concern_view(desk, "c1", NOW)
    assert view.timeline[-1].words == "Written by a newer version of duty-tui"
    assert view.timeline[-1].fixed == "This entry cannot be read here."
    assert "newer duty-tui" in view.warnings[0]


def test_a_closed_concern_runs_no_clock(desk: Desk) -> None:
    desk.do("c1", raise_concern())
    desk.do("c1", CloseConcern(reason="No further action"))
    view = concern_view(desk, "c1", NOW)
    assert (view.clocks, view.closed) == ((), "No further action")


def test_possible_duplicates_are_shown_with_what_they_share(desk: Desk) -> None:
    desk.do("c1", raise_concern())
    desk.do("c2", raise_concern())
    assert [tuple(line) for line in concern_view(desk, "c2", NOW).duplicates] == [
        ("c1", "C1", "same name and date of birth")
    ]


def test_a_concern_whose_entries_were_destroyed_says_so(hands: Hands) -> None:
    class Destroyed(MemoryStore):
        def stream(self, name: str, after: int = 0) -> list[Entry]:
            return [entry._replace(body=None, salt=None) for entry in super().stream(name, after)]

    store = Destroyed()
    desk = make_desk(store, hands)
    store.append(to_record("c1", 0, raise_concern().events(Concern("c1"), NOW), "a" * 32), actor="Ann", at=NOW)
    view = concern_view(desk, "c1", NOW)
    assert (view.received, view.children) == ("", ())
    assert view.timeline[0].words == "Destroyed under the retention rule"
    assert view.warnings == ("1 of its entries was destroyed under a retention rule; who and when remain.",)
