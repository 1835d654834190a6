"""The one table of what may wait while the record is away."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from importlib import import_module

import pytest

import duty_tui.domain
from duty_tui.desk.may_wait import TABLE, why_not_wait
from duty_tui.domain.commands import AddNote, AnswerQuestions, Command, RecordMilestone, Withdraw
from duty_tui.domain.decision_events import RecordSigned
from duty_tui.domain.discussion_commands import AllAtDiscussion, AtDiscussion
from duty_tui.domain.discussion_event import DiscussionEvent
from duty_tui.domain.discussion_events import LineNoted
from duty_tui.domain.order_acts import RecordOrder
from duty_tui.domain.owed_commands import MeetObligation
from tests.builders import FRIDAY_SIX, raise_concern


def below(kind: type[Command | DiscussionEvent]) -> Iterator[type[Command | DiscussionEvent]]:
    for one in kind.__subclasses__():
        yield from (one, *below(one))


def test_every_command_and_every_event_at_a_discussion_is_decided_on() -> None:
    for module in pkgutil.iter_modules(duty_tui.domain.__path__):
        import_module(f"duty_tui.domain.{module.name}")
    whole = {one for one in (*below(Command), *below(DiscussionEvent)) if one.__module__.startswith("duty_tui.")}
    carriers = {AtDiscussion, AllAtDiscussion}
    made = {one for one in whole - carriers if not (one.__subclasses__() or one.__name__.startswith("_"))}
    assert set(TABLE) == made


def milestone(event: str) -> RecordMilestone:
    return RecordMilestone(event=event, label="x", at=FRIDAY_SIX)


def at_discussion(event: DiscussionEvent, instead_of: str | None = None) -> AtDiscussion:
    return AtDiscussion(event=event, instead_of=instead_of)


NOTED = LineNoted(discussion=1, text="x")
SIGNED = RecordSigned.model_construct(discussion=1, child=1)


@pytest.mark.parametrize(
    "command",
    [
        AddNote(text="x"),
        raise_concern(answers={"outcome_s47": "yes"}),
        AnswerQuestions(answers={"child_could_be_harmed_by_delay": "yes"}),
        milestone("child_seen"),
        milestone("discussion_held"),
        at_discussion(NOTED),
        AllAtDiscussion(
            each=(AnswerQuestions(answers={"child_could_be_harmed_by_delay": "yes"}), at_discussion(NOTED))
        ),
        RecordOrder(milestones=(milestone("child_seen"),)),
        MeetObligation(milestone=milestone("child_seen"), rule="a/b", label="x"),
    ],
)
def test_what_somebody_saw_was_told_or_did_may_wait(command: Command) -> None:
    assert why_not_wait(command) == ""


@pytest.mark.parametrize(
    ("command", "why"),
    [
        (Withdraw(entry="x"), "undoes"),
        (at_discussion(SIGNED), "signature"),
        (at_discussion(NOTED, "entry-1"), "undoes"),
        (AllAtDiscussion(each=(AddNote(text="x"), at_discussion(SIGNED))), "signature"),
        (AnswerQuestions(answers={"child_could_be_harmed_by_delay": "yes", "outcome_s47": "yes"}), "decision"),
        (milestone("s47_decided"), "decision"),
        (RecordOrder(milestones=(milestone("child_seen"), milestone("s47_decided"))), "decision"),
        (MeetObligation(milestone=milestone("s47_decided"), rule="a/b", label="x"), "decision"),
    ],
)
def test_what_needs_the_record_to_answer_first_says_why(command: Command, why: str) -> None:
    assert why in why_not_wait(command)
