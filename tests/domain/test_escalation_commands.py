"""What is refused about an escalation, and which of two people's acts at the same moment stand in each other's way."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from duty_tui.domain.commands import AnswerQuestions, Command
from duty_tui.domain.concern import Concern
from duty_tui.domain.escalation_commands import (
    AcknowledgeEscalation,
    ConcludeEscalation,
    TakeUp,
    UpdateEscalation,
)
from duty_tui.domain.events import Event
from duty_tui.errors import Refused
from tests.builders import a_concern, do, raise_concern
from tests.domain.escalating import LATER, submit, submitted

MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"at": LATER + timedelta(hours=1)}, "in the future"),
        ({"child": 4}, "no child 4"),
        ({"recipients": ()}, "goes to nobody"),
        ({"needed": {"asked": "What is asked"}}, "still empty: What is asked"),
        ({"needed": {"asked": "What is asked"}, "fields": {"asked": " \n"}}, "still empty"),
        ({"judged": {"unlikely": "yes"}}, "judgement has no reason"),
    ],
)
def test_a_form_that_lacks_something_is_refused_with_what(wrong: dict[str, Any], why: str) -> None:
    with pytest.raises(Refused, match=why):
        do(a_concern(), submit(**wrong), at=LATER)


def test_it_goes_to_recipients_or_lies_with_somebody_unless_it_need_not() -> None:
    for fine in ({"who": "Jo Hart", "recipients": ()}, {"to_named": False, "recipients": ()}):
        assert len(submitted(**fine).escalations) == 1


def test_a_time_before_the_concern_is_asked_about() -> None:
    early = submit(at=LATER - timedelta(hours=2))
    assert list(early.doubts(a_concern(), LATER)) == ["That is before the concern was received."]
    open_case = a_concern(raised=raise_concern(referred=False))
    assert list(early.doubts(open_case, LATER)) == ["That is before the concern came up."]
    assert not submit().doubts(a_concern(), LATER)


ABOUT: dict[str, Any] = {"escalation": 1, "at": LATER + MINUTE}
ACTS: list[Command] = [
    AcknowledgeEscalation(by="Di", **ABOUT),
    UpdateEscalation(text="More", **ABOUT),
    TakeUp(said="No", who="Di", **ABOUT),
    ConcludeEscalation(outcome="Held", **ABOUT),
]


@pytest.mark.parametrize("act", ACTS, ids=lambda act: type(act).__name__)
def test_every_act_needs_an_open_escalation_and_a_time_that_can_be(act: Command) -> None:
    now = LATER + MINUTE
    with pytest.raises(Refused, match="no such escalation"):
        do(a_concern(), act, at=now)
    with pytest.raises(Refused, match="in the future"):
        do(submitted(), act, at=LATER - timedelta(hours=1))
    with pytest.raises(Refused, match="before it came to this step"):
        do(submitted(at=LATER + 2 * MINUTE), act, at=now)
    ended = do(submitted(), ConcludeEscalation(outcome="Amara is safe", **ABOUT), at=now, actor="Tom Ashworth")
    with pytest.raises(Refused, match="Tom Ashworth has already concluded it, Fri 20 Nov 2026 19:01") as refused:
        do(ended, act, at=now)
    assert "Amara" not in str(refused.value), "what somebody typed is no part of an error"


@pytest.mark.parametrize(
    ("act", "why"),
    [
        (AcknowledgeEscalation(by=" ", **ABOUT), "Nobody is named"),
        (UpdateEscalation(text="\n", **ABOUT), "update is empty"),
        (TakeUp(said="", who="Di", **ABOUT), "not said why"),
        (TakeUp(said="No", who="", **ABOUT), "Nobody is named for the next step"),
        (ConcludeEscalation(outcome=" ", **ABOUT), "outcome is not filled in"),
    ],
)
def test_an_act_without_its_words_is_refused(act: Command, why: str) -> None:
    with pytest.raises(Refused, match=why):
        do(submitted(), act, at=LATER + MINUTE)


def test_a_time_before_the_step_it_came_to_is_refused_though_it_was_submitted_by_then() -> None:
    up = do(submitted(), TakeUp(escalation=1, said="No", who="Di", at=LATER + 5 * MINUTE), at=LATER + 5 * MINUTE)
    with pytest.raises(Refused, match="before it came to this step"):
        do(up, UpdateEscalation(escalation=1, text="More", at=LATER + MINUTE), at=LATER + 5 * MINUTE)


def event(command: Command, concern: Concern | None = None) -> Event:
    """The event a command makes on a concern with three open escalations."""
    if concern is None:
        concern = submitted()
        concern = do(do(concern, submit(), at=LATER), submit(), at=LATER)
    return command.events(concern, LATER + MINUTE)[-1]


def to(number: int, command: Command) -> Event:
    return event(command.model_copy(update={"escalation": number}))


def test_two_people_stand_in_each_others_way_only_over_the_same() -> None:
    acknowledge, update, up, conclude = ACTS
    assert event(acknowledge).same(event(AcknowledgeEscalation(by="DI", **ABOUT)))
    assert not event(acknowledge).same(event(AcknowledgeEscalation(by="Jo", **ABOUT)))
    assert not event(acknowledge).same(to(2, acknowledge))
    assert not event(update).same(event(update)), "two people may both have news"
    for one in (up, conclude):
        for other in (up, conclude):
            assert event(one).same(event(other))
            assert not event(one).same(to(2, other))
        assert not event(one).same(event(acknowledge))
        assert not event(acknowledge).same(event(one))
    assert not event(up).same(event(AnswerQuestions(answers={"x": "yes"})))


def test_two_forms_of_one_ladder_are_the_same_whatever_their_numbers() -> None:
    first, second = event(submit(), a_concern()), event(submit())
    assert first.same(second)
    assert not first.same(event(submit(ladder="pack/other")))
    assert not first.same(event(submit(child=1)))
    assert not first.same(event(ACTS[0]))


def test_what_the_other_did_is_said_without_a_word_that_was_typed() -> None:
    said = [event(act).about() for act in (submit(), *ACTS)]
    assert said == [
        "Need to Know submitted Fri 20 Nov 2026 19:00",
        "escalation acknowledged",
        "escalation updated",
        "Escalation 1 taken up",
        "Escalation 1 concluded",
    ]
