"""A concern's row: its place under the policies, and what the row shows."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from duty_tui.desk.desk import Desk
from duty_tui.desk.projection import display_name, identities_of, row_of
from duty_tui.desk.stage import stage_of
from duty_tui.domain.ages import UNBORN
from duty_tui.domain.commands import AnswerQuestions, ChangeOwner, CloseConcern, Command, RecordMilestone
from duty_tui.domain.concern import Concern
from duty_tui.domain.discussion_event import DiscussionEvent
from duty_tui.domain.discussion_events import DiscussionAgreed, DiscussionBooked
from tests.builders import GOOD_NHS, a_caller, a_child, a_concern, raise_concern
from tests.discussions import QUARTER_PAST, began, decided, said, siblings

MIDNIGHT = datetime(2026, 11, 21, tzinfo=UTC).timestamp()


def milestone(event: str) -> RecordMilestone:
    return RecordMilestone(event=event, label=event, at=datetime(2026, 11, 20, 18, 1, tzinfo=UTC))


def test_a_concern_of_which_nothing_is_known_runs_under_the_tightest_limit_unless_ruled_out(desk: Desk) -> None:
    row = row_of(a_concern(), desk.rulebook)
    assert (row.rank, row.due, row.certain, row.deadline) == (1, MIDNIGHT, False, "Discussion")
    assert "2 questions decide" in row.next_step


def test_one_open_question_is_said_in_the_singular(desk: Desk) -> None:
    row = row_of(a_concern(AnswerQuestions(answers={"reasonable_cause": "yes"})), desk.rulebook)
    assert "1 question decides" in row.next_step


def test_a_serious_injury_is_certainly_due_the_same_day(desk: Desk) -> None:
    answers = AnswerQuestions(answers={"reasonable_cause": "yes", "serious_risk_of_harm": "yes"})
    row = row_of(a_concern(answers), desk.rulebook)
    assert (row.rank, row.due, row.certain) == (1, MIDNIGHT, True)
    assert row.next_step == "Hold the strategy discussion"


def test_without_reasonable_cause_nothing_numbered_is_due(desk: Desk) -> None:
    row = row_of(a_concern(AnswerQuestions(answers={"reasonable_cause": "no"})), desk.rulebook)
    assert row.due is None
    assert row.deadline == "Tell referrer"


def test_with_nothing_owed_the_next_step_says_so(desk: Desk) -> None:
    told = RecordMilestone(event="referrer_informed", label="Told", at=datetime(2026, 11, 20, 18, 2, tzinfo=UTC))
    row = row_of(a_concern(AnswerQuestions(answers={"reasonable_cause": "no"}), told), desk.rulebook)
    assert (row.due, row.deadline) == (None, "")
    assert row.next_step


def test_after_the_discussion_each_child_is_to_be_seen(desk: Desk) -> None:
    concern = a_concern(
        AnswerQuestions(answers={"reasonable_cause": "yes", "serious_risk_of_harm": "yes"}),
        AnswerQuestions(answers={"actual_harm_evidenced": "yes"}),
        RecordMilestone(event="discussion_held", label="Held", at=datetime(2026, 11, 20, 18, 2, tzinfo=UTC)),
        raised=raise_concern(a_child(1), a_child(2, name="Kofi")),
    )
    row = row_of(concern, desk.rulebook)
    assert (row.due, row.deadline, row.stage) == (MIDNIGHT, "See the child", "HELD")
    assert row.next_step.endswith("(child 1)")


def test_a_closed_concern_owes_nothing(desk: Desk) -> None:
    row = row_of(a_concern(CloseConcern(reason="No further action")), desk.rulebook)
    assert (row.status, row.due, row.next_step) == ("closed", None, "Closed; nothing to do")


def test_siblings_show_the_youngest_and_the_eldest(desk: Desk) -> None:
    raised = raise_concern(
        a_child(1, born=date(2015, 1, 1)), a_child(2, born=date(2020, 1, 1)), a_child(3, born=None), family="Okoye"
    )
    row = row_of(a_concern(raised=raised), desk.rulebook)
    assert (row.family, row.children, row.youngest, row.eldest) == ("Okoye", 3, "2020-01-01", "2015-01-01")


def test_an_unborn_child_is_the_youngest_of_all(desk: Desk) -> None:
    raised = raise_concern(a_child(1), a_child(2, born=None, expected=date(2027, 1, 5)))
    assert row_of(a_concern(raised=raised), desk.rulebook).youngest == UNBORN


def test_ages_nobody_knows_are_not_made_up(desk: Desk) -> None:
    row = row_of(a_concern(raised=raise_concern(a_child(born=None))), desk.rulebook)
    assert (row.youngest, row.eldest) == (None, None)


@pytest.mark.parametrize(
    ("concern", "name"),
    [
        (a_concern(raised=raise_concern(a_child(), family="Okoye-Lund")), "Okoye-Lund"),
        (a_concern(), "Amara Okoye"),
        (a_concern(raised=raise_concern(a_child(name="", case_number="CSSR 77"))), "CSSR 77"),
        (a_concern(raised=raise_concern(a_child(name=""))), "Name not known"),
        (Concern("c1"), "Nobody named"),
    ],
)
def test_the_name_shown_is_the_best_there_is(concern: Concern, name: str) -> None:
    assert display_name(concern) == name


def test_a_row_is_found_by_name_source_number_and_words_without_accents(desk: Desk) -> None:
    raised = raise_concern(a_child(name="Zoë Ní Bhriain", upn="A 123"), caller=a_caller(agency="St Élan's"), what="Häm")
    search = row_of(a_concern(raised=raised), desk.rulebook).search
    assert all(word in search for word in ("zoe ni bhriain", "school", "st elans", "a 123", "ham"))


def test_the_headline_is_the_first_line_and_never_too_long_to_keep(desk: Desk) -> None:
    raised = raise_concern(what="x" * 500 + "\nsecond line")
    row = row_of(a_concern(raised=raised), desk.rulebook)
    assert row.concern == "x" * 200
    assert row_of(a_concern(raised=raise_concern(what="")), desk.rulebook).concern == ""


def test_what_two_records_of_one_child_would_share() -> None:
    child = a_child(upn="a12 3", nhs_number=f"{GOOD_NHS[:3]} {GOOD_NHS[3:]}", case_number="C-9")
    shared = identities_of(a_concern(raised=raise_concern(child, a_child(2, name="", born=None))))
    assert [tuple(item) for item in shared] == [
        ("upn", "A123"),
        ("nhs", GOOD_NHS),
        ("name+born", "amara okoye|2019-03-04"),
        ("case", "c 9"),
    ]


def test_discussions_written_up_bring_the_stage_on_as_dates_do() -> None:
    concern = a_concern(raised=siblings())
    steps: list[tuple[DiscussionEvent, str]] = [
        (DiscussionAgreed(discussion=1, format="virtual", reason="x"), "AGREED"),
        (DiscussionBooked(discussion=1, at=QUARTER_PAST), "BOOKED"),
        (began(), "HELD"),
        (decided(1, sets=("outcome_s47",)), "S47"),
    ]
    for event, stage in steps:
        concern = said(concern, event)
        assert stage_of(concern) == stage


@pytest.mark.parametrize(
    ("commands", "stage"),
    [
        ((), "NEW"),
        ((ChangeOwner(owner="Ann"),), "TRIAGE"),
        ((AnswerQuestions(answers={"immediate_risk": "unknown"}),), "TRIAGE"),
        ((milestone("discussion_decided_on"),), "AGREED"),
        ((milestone("discussion_held"), milestone("discussion_decided_on")), "HELD"),
        ((milestone("s47_decided"), milestone("discussion_held")), "S47"),
        ((milestone("icpc_not_needed"),), "S47END"),
        ((milestone("icpc_held"),), "CONF"),
        ((milestone("icpc_held"), CloseConcern(reason="Done")), "CLOSED"),
    ],
)
def test_the_stage_is_the_furthest_step_taken(commands: tuple[Command, ...], stage: str) -> None:
    assert stage_of(a_concern(*commands)) == stage
