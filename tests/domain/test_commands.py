"""What people ask for: what happens, what is asked about first, and what is refused and why."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from duty_tui.domain.commands import (
    AddNote,
    AnswerQuestions,
    ChangeOwner,
    CloseConcern,
    Command,
    CorrectDetails,
    RecordChild,
    RecordMilestone,
    ReopenConcern,
    Withdraw,
)
from duty_tui.domain.concern import Concern
from duty_tui.domain.events import DetailsCorrected
from duty_tui.domain.history import Recorded, fold
from duty_tui.errors import Refused
from tests.builders import BAD_NHS, FRIDAY_SIX, a_child, a_concern, do, raise_concern

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
NEW = Concern("concern-1")


def held(**known: object) -> RecordMilestone:
    return RecordMilestone.model_validate(
        {"event": "discussion_held", "label": "Discussion held", "at": FRIDAY_SIX, **known}
    )


def test_raising_records_the_concern_the_answers_and_the_owner() -> None:
    command = raise_concern(
        a_child(),
        a_child(2, name="Kofi Okoye"),
        answers={"reasonable_cause": "unknown"},
        emerged_later="Disclosed on Thursday",
        owner="Priya",
    )
    concern = do(NEW, command)
    assert concern.version == 4
    assert concern.answers["reasonable_cause"][0].value is None
    assert concern.answers["concern_emerged_later"][0].reason == "Disclosed on Thursday"
    assert (concern.owner, len(concern.children)) == ("Priya", 2)
    assert [type(event).__name__ for event in raise_concern().events(NEW, FRIDAY_SIX)] == ["ConcernRaised"]


def test_raising_asks_about_what_looks_wrong() -> None:
    assert list(raise_concern().doubts(NEW, FRIDAY_SIX)) == []
    assert list(raise_concern().doubts(NEW, FRIDAY_SIX - 5 * MINUTE)) == []  # clocks of two machines differ
    odd = raise_concern(identified=FRIDAY_SIX + HOUR, what="")
    received, identified, later, what = odd.doubts(NEW, FRIDAY_SIX - HOUR)
    assert "receipt is in the future" in received
    assert "identification is in the future" in identified
    assert "the receipt counts" in later
    assert "not filled in" in what
    explained = raise_concern(identified=FRIDAY_SIX + HOUR, emerged_later="Disclosed on the visit")
    assert list(explained.doubts(NEW, FRIDAY_SIX + HOUR)) == []


@pytest.mark.parametrize(
    ("command", "concern", "why"),
    [
        (raise_concern(), a_concern(), "already in the record"),
        (raise_concern(children=()), NEW, "No child is named"),
        (raise_concern(a_child(), a_child()), NEW, "same number"),
        (AnswerQuestions(answers={}), a_concern(), "No question was answered"),
        (AnswerQuestions(answers={"immediate_risk": "yes"}, child=2), a_concern(), "no child 2"),
        (CorrectDetails(reason=" ", what="A burn"), a_concern(), "needs its reason"),
        (RecordChild(child=a_child(name="Amara Lund")), a_concern(), "needs a reason"),
        (ChangeOwner(owner=None), a_concern(), "already its owner"),
        (ChangeOwner(owner=""), a_concern(), "already its owner"),
        (ChangeOwner(owner="Priya"), a_concern(ChangeOwner(owner="Priya")), "already its owner"),
        (AddNote(text="\x00 \n"), a_concern(), "note is empty"),
        (held(at=FRIDAY_SIX + 6 * MINUTE), a_concern(), "in the future"),
        (held(child=9), a_concern(), "no child 9"),
        (CloseConcern(reason="Again"), a_concern(CloseConcern(reason="Once")), "already closed"),
        (CloseConcern(reason=""), a_concern(), "needs its reason"),
        (ReopenConcern(reason="New call"), a_concern(), "is open"),
        (ReopenConcern(reason=""), a_concern(CloseConcern(reason="Once")), "needs its reason"),
        (Withdraw(entry="entry-9"), a_concern(), "not on this concern"),
        (Withdraw(entry="entry-1"), a_concern(), "first entry cannot be undone"),
        (Withdraw(entry="entry-2"), a_concern(AddNote(text="x"), Withdraw(entry="entry-2")), "already undone"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Command) else None,
)
def test_what_cannot_be_done_is_refused_with_why_and_what_to_do(command: Command, concern: Concern, why: str) -> None:
    with pytest.raises(Refused, match=why) as refused:
        command.events(concern, FRIDAY_SIX)
    assert "NOT recorded" in refused.value.entry
    assert refused.value.do
    assert "Amara" not in str(refused.value)


def test_an_entry_nobody_can_read_cannot_be_undone() -> None:
    concern = a_concern(AddNote(text="x"))
    unread = fold("c", [concern.history[0], Recorded(concern.history[1].stamp, None)])
    with pytest.raises(Refused, match="not on this concern"):
        Withdraw(entry="entry-2").events(unread, FRIDAY_SIX)


def test_an_answer_may_be_about_one_child_and_since_earlier() -> None:
    concern = a_concern(AnswerQuestions(answers={"immediate_risk": "no"}, child=1, since=FRIDAY_SIX - HOUR))
    (answer,) = concern.answers["immediate_risk"]
    assert (answer.child, answer.value, answer.since) == (1, False, FRIDAY_SIX - HOUR)


def test_details_are_corrected_with_a_reason() -> None:
    concern = a_concern(CorrectDetails(reason="Misheard", what="A burn", received_precision="day"))
    assert (concern.what, concern.received_precision, concern.source) == ("A burn", "day", "School")


def test_a_concern_that_came_up_on_an_open_case_says_that_the_case_is_open() -> None:
    command = raise_concern(referred=False, answers={"reasonable_cause": "yes"})
    concern = a_concern(raised=command)
    assert (concern.referred, concern.received) == (False, FRIDAY_SIX)
    assert {name: answers[0].value for name, answers in concern.answers.items()} == {
        "reasonable_cause": True, "case_already_open": True,
    }  # fmt: skip
    assert list(command.doubts(NEW, FRIDAY_SIX)) == []
    assert a_concern().answers == {}


def test_what_does_not_go_with_an_open_case_is_asked_about() -> None:
    told = raise_concern(
        referred=False,
        received=FRIDAY_SIX + HOUR,
        identified=FRIDAY_SIX + 2 * HOUR,
        answers={"case_already_open": "no"},
    )
    doubts = list(told.doubts(NEW, FRIDAY_SIX))
    assert [doubt.split(" ", 3)[2] for doubt in doubts] == ["it", "of", "identified", "up"]
    assert a_concern(raised=told).answers["case_already_open"][0].value is True
    came_up = a_concern(raised=raise_concern(referred=False))
    (doubt,) = held(at=FRIDAY_SIX - HOUR).doubts(came_up, FRIDAY_SIX)
    assert "before the concern came up" in doubt


def test_how_it_came_in_can_be_put_right() -> None:
    concern = a_concern(CorrectDetails(reason="Nobody referred it", referred=False))
    assert not concern.referred
    assert concern.answers["case_already_open"][0].value is True
    back = do(concern, CorrectDetails(reason="There was a letter", referred=True))
    assert back.referred
    said = [item.event.words() for item in back.history if isinstance(item.event, DetailsCorrected)]
    assert said == [
        "Corrected how it came in: it came up on an open case. Reason: Nobody referred it",
        "Corrected how it came in: it was referred. Reason: There was a letter",
    ]


def test_a_new_child_needs_no_reason_and_a_changed_one_does() -> None:
    concern = a_concern(RecordChild(child=a_child(2, name="Kofi Okoye")))
    concern = do(concern, RecordChild(child=a_child(name="Amara Lund"), reason="Married name of the mother"))
    assert [child.name for child in concern.children] == ["Amara Lund", "Kofi Okoye"]


def test_a_child_s_doubts_are_those_of_the_london_day() -> None:
    late = FRIDAY_SIX.replace(month=7, day=1, hour=23, minute=30)  # already the second of July in London
    born_today = RecordChild(child=a_child(born=date(2026, 7, 2)))
    assert list(born_today.doubts(a_concern(), late)) == []
    assert list(RecordChild(child=a_child(nhs_number=BAD_NHS)).doubts(a_concern(), late)) != []


def test_a_discussion_gets_the_next_number_and_no_number_twice() -> None:
    concern = a_concern(held(), held())
    assert [milestone.discussion for milestone in concern.milestones] == [1, 2]
    concern = do(concern, Withdraw(entry="entry-2"))
    concern = do(concern, held())
    assert [milestone.discussion for milestone in concern.milestones] == [2, 3]


def test_a_milestone_of_a_discussion_keeps_the_number_it_is_given() -> None:
    circulated = held(event="record_circulated", label="Record circulated", discussion=1)
    assert a_concern(held(), circulated).milestones[1].discussion == 1


def test_what_is_planned_may_lie_ahead_and_what_lies_before_the_receipt_is_asked_about() -> None:
    concern = a_concern()
    assert do(concern, held(event="icpc_booked", at=FRIDAY_SIX + 48 * HOUR, planned=True)).milestones
    assert list(held().doubts(concern, FRIDAY_SIX)) == []
    assert list(held(at=FRIDAY_SIX - HOUR).doubts(NEW, FRIDAY_SIX)) == []
    (doubt,) = held(at=FRIDAY_SIX - HOUR).doubts(concern, FRIDAY_SIX)
    assert "before the concern was received" in doubt


def test_a_concern_closed_elsewhere_is_closed_since_then() -> None:
    concern = a_concern(CloseConcern(reason="Moved", since=FRIDAY_SIX - HOUR))
    assert concern.closed_at == FRIDAY_SIX - HOUR
    assert do(concern, ReopenConcern(reason="Came back")).is_open


def test_undoing_keeps_the_words_of_what_was_undone() -> None:
    concern = a_concern(AddNote(text="Rang the school. " * 40), Withdraw(entry="entry-2", reason="Wrong child"))
    undone = concern.history[-1].event
    assert undone is not None
    assert undone.words().startswith("Withdrawn: Rang the school.")
    assert len(undone.words()) < 260
    assert concern.notes == 0


def test_a_command_that_does_nothing_is_a_fault_of_the_program() -> None:
    assert list(AddNote(text="x").doubts(NEW, FRIDAY_SIX)) == []
    with pytest.raises(AssertionError):
        Command().events(NEW, FRIDAY_SIX)


def test_a_concern_finds_its_children_by_number() -> None:
    concern = a_concern()
    assert concern.child(1) == a_child()
    assert concern.child(2) is None
