"""What is said of something owed: who approved another due, why it was late; the last word stands, all are kept."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from duty_tui.domain.commands import Command, RecordMilestone
from duty_tui.domain.concern import Lateness, Varied
from duty_tui.domain.events import Event
from duty_tui.domain.owed_commands import ApproveVariation, ExplainLateness, MeetObligation
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


def test_two_people_say_the_same_of_the_same_thing_only() -> None:
    def made(*commands: Command) -> list[Event]:
        return [event for command in commands for event in command.events(a_concern(), FRIDAY_SIX)]

    [late, other_child, other_rule, varied, same_varied] = made(
        explain(child=1), explain(), explain(child=1, rule="pack/see"), approve(), approve(reason="Snow", child=1)
    )
    assert late.same(made(explain(child=1, reason="Another reason"))[0])
    assert not any(late.same(other) for other in (other_child, other_rule, varied))
    assert varied.same(same_varied)
    assert not any(varied.same(other) for other in (late, *made(approve(child=None), approve(clock="hold"))))
    assert late.about() == "lateness explained"


def test_meeting_something_owed_in_time_records_what_happened_alone() -> None:
    met = RecordMilestone(event="child_seen", label="Child seen", at=FRIDAY_SIX - timedelta(days=1), child=1)
    meeting = MeetObligation(milestone=met, rule="pack/see", label="See the child", child=1)
    [event] = meeting.events(a_concern(), FRIDAY_SIX)
    assert event == met.events(a_concern(), FRIDAY_SIX)[0]
    assert meeting.doubts(a_concern(), FRIDAY_SIX) == ("That is before the concern was received.",)
    late = meeting.model_copy(update={"reason": "Nobody at home", "safety": "At grandmother's"})
    assert do(a_concern(), late).lateness == (
        Lateness("pack/see", 1, None, "Nobody at home", "At grandmother's", FRIDAY_SIX, "ola"),
    )
