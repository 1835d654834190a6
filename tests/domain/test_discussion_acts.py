"""Deciding against a discussion is a decision: it has a reason, and answers a question."""

from __future__ import annotations

import pytest

from duty_tui.domain.discussion_acts import HoldNoDiscussion
from duty_tui.errors import Refused
from tests.builders import FRIDAY_SIX, a_concern, do


def none(reason: str) -> HoldNoDiscussion:
    return HoldNoDiscussion(reason=reason, decided="Manager decides", reasoned="Reasons recorded")


def test_it_is_recorded_with_its_reason_and_answers_the_question() -> None:
    after = do(a_concern(), none("An old scar, explained by the hospital."))
    assert [one.event for one in after.milestones] == ["discussion_decided_on", "decision_reason_recorded"]
    assert after.milestones[0].note == "None is held. An old scar, explained by the hospital."
    (answer,) = after.answers["reasonable_cause"]
    assert (answer.value, answer.reason) == (False, "An old scar, explained by the hospital.")


def test_without_a_reason_it_is_not() -> None:
    with pytest.raises(Refused, match="needs its reason"):
        none("").events(a_concern(), FRIDAY_SIX)
