"""What is said of something owed: who approved another due, why it was late; the last word stands, all are kept."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from duty_tui.domain.concern import Lateness, Varied
from duty_tui.domain.owed_commands import ApproveVariation, ExplainLateness
from duty_tui.errors import Refused
from tests.builders import FRIDAY_SIX, a_concern, do

TOMORROW = FRIDAY_SIX + timedelta(days=1)


def approve(**known: Any) -> ApproveVariation:
    told = {"clock": "see-24", "label": "See the child", "due": TOMORROW, "role": "sw_manager", "by": "Tom Ashworth"}
    return ApproveVariation(**{**told, "reason": "In hospital, seen by the ward", "child": 1, **known})


def explain(**known: Any) -> ExplainLateness:
    told = {"rule": "pack/hold", "label": "Hold the discussion", "reason": "Police could not come"}
    return ExplainLateness(**{**told, **known})


def test_a_variation_is_kept_with_who_approved_it_as_what_and_why() -> None:
    concern = do(a_concern(), approve())
    assert concern.variations == (
        Varied("see-24", TOMORROW, "sw_manager", "Tom Ashworth", "In hospital, seen by the ward", 1, None, FRIDAY_SIX),
    )
    again = do(concern, approve(due=TOMORROW + timedelta(hours=1)))
    assert [one.due for one in again.variations] == [TOMORROW, TOMORROW + timedelta(hours=1)]


@pytest.mark.parametrize(
    ("wrong", "why"),
    [({"by": " "}, "Nobody is named"), ({"reason": " \n"}, "needs its reason"), ({"child": 7}, "no child 7")],
)
def test_a_variation_nobody_approved_without_reason_or_for_a_stranger_is_refused(
    wrong: dict[str, Any], why: str
) -> None:
    with pytest.raises(Refused, match=why):
        do(a_concern(), approve(**wrong))


def test_the_last_word_on_why_it_was_late_stands_for_each_thing_owed() -> None:
    concern = a_concern()
    for said in (explain(), explain(child=1, safety="At grandmother's"), explain(reason="Nobody at the station")):
        concern = do(concern, said)
    assert concern.lateness == (
        Lateness("pack/hold", 1, None, "Police could not come", "At grandmother's", FRIDAY_SIX, "ola"),
        Lateness("pack/hold", None, None, "Nobody at the station", "", FRIDAY_SIX, "ola"),
    )
    assert sum(item.event is not None and item.event.kind == "lateness-explained" for item in concern.history) == 3


@pytest.mark.parametrize(("wrong", "why"), [({"reason": ""}, "not said why"), ({"child": 7}, "no child 7")])
def test_lateness_without_a_reason_or_of_a_stranger_is_refused(wrong: dict[str, Any], why: str) -> None:
    with pytest.raises(Refused, match=why):
        do(a_concern(), explain(**wrong))


def test_both_read_as_sentences_in_the_log() -> None:
    concern = a_concern(approve(), explain(child=1, safety="At grandmother's"), explain())
    assert [item.event.words() for item in concern.history[1:] if item.event] == [
        "See the child: Tom Ashworth approved Sat 21 Nov 2026 18:00. Reason: In hospital, seen by the ward",
        "Late, Hold the discussion (child 1): Police could not come Meanwhile: At grandmother's",
        "Late, Hold the discussion: Police could not come",
    ]
