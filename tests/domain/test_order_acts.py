"""An order is recorded whole: for every child, with its expiry and the question it answers."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from duty_tui.domain.commands import AnswerQuestions, RecordMilestone
from duty_tui.domain.order_acts import RecordOrder
from duty_tui.errors import Refused
from tests.builders import FRIDAY_SIX, a_child, a_concern, do, raise_concern


def made(child: int) -> RecordMilestone:
    return RecordMilestone(event="epo_made", label="Order made", at=FRIDAY_SIX, child=child)


def test_all_of_it_is_recorded_in_order() -> None:
    concern = a_concern(raised=raise_concern(a_child(1), a_child(2)))
    order = RecordOrder(milestones=(made(1), made(2)), answers=(AnswerQuestions(answers={"epo": "yes"}, child=1),))
    after = do(concern, order)
    assert [(one.event, one.child) for one in after.milestones] == [("epo_made", 1), ("epo_made", 2)]
    assert [(one.value, one.child) for one in after.answers["epo"]] == [(True, 1)]


def test_one_stranger_among_the_children_and_nothing_is() -> None:
    with pytest.raises(Refused, match="no child 3"):
        RecordOrder(milestones=(made(1), made(3))).events(a_concern(), FRIDAY_SIX)


def test_an_order_is_about_something() -> None:
    with pytest.raises(ValidationError):
        RecordOrder(milestones=())
