"""Those who are to be informed: each told is recorded, and with the last the event the vocabulary names."""

from __future__ import annotations

from datetime import timedelta

import pytest

from duty_tui.desk.child_record import record_of
from duty_tui.desk.desk import Desk
from duty_tui.desk.informing import inform
from duty_tui.domain.commands import AnswerQuestions, RecordMilestone
from duty_tui.domain.concern import Concern
from duty_tui.domain.decision_events import RecordSigned
from duty_tui.domain.service import PolicyAdopted
from duty_tui.errors import Refused
from tests.desk.conftest import Hands
from tests.discussions import CONCERN, QUARTER_PAST, at_desk, began, ended
from tests.rules.house import vocabulary

MINUTE = timedelta(minutes=1)


@pytest.fixture
def staff(desk: Desk, hands: Hands) -> Desk:
    """A discussion about an allegation against staff, under the policy that wants two people informed."""
    hands.now = QUARTER_PAST
    desk.decide([PolicyAdopted(pack="twenty-four-hours", from_day=hands.now.date())])
    at_desk(desk, began())
    desk.do(CONCERN, AnswerQuestions(answers={"allegation_against_staff": "yes"}))
    return desk


def told(desk: Desk, role: str, minutes: int = 0, who: str = "") -> Concern:
    at = QUARTER_PAST + minutes * MINUTE
    return desk.do(CONCERN, inform(desk, CONCERN, 1, role, at=at, who=who)).concern


def informed(concern: Concern) -> list[object]:
    return [one.at - QUARTER_PAST for one in concern.milestones if one.event == "lado_informed"]


def test_the_duty_is_met_when_the_last_of_them_was_told_whatever_the_order(staff: Desk, hands: Hands) -> None:
    hands.on(hours=1)
    first = told(staff, "police_ppu", 20, "DS Amin")
    assert informed(first) == []
    (one,) = first.discussions[0].informed
    assert (one.role, one.who, one.at) == ("police_ppu", "DS Amin", QUARTER_PAST + 20 * MINUTE)
    both = told(staff, "lado", 5)
    assert informed(both) == [20 * MINUTE]
    assert [item.event.kind for item in both.history[-2:] if item.event] == ["role-informed", "milestone-recorded"]
    assert [item.event.words() for item in both.history[-3:] if item.event] == [
        "Designated officer, Public Protection Unit (DS Amin) told, Fri 20 Nov 2026 18:35",
        "Designated Officer (LADO) told, Fri 20 Nov 2026 18:20",
        "LADO and designated police officer informed: Fri 20 Nov 2026 18:35",
    ]


def test_told_again_it_does_not_happen_again(staff: Desk) -> None:
    told(staff, "lado")
    told(staff, "police_ppu")
    assert len(informed(told(staff, "lado"))) == 1


def test_what_was_recorded_by_hand_is_not_recorded_twice(staff: Desk) -> None:
    staff.do(CONCERN, RecordMilestone(event="lado_informed", label="LADO informed", at=QUARTER_PAST))
    told(staff, "lado")
    assert len(informed(told(staff, "police_ppu"))) == 1


def test_only_those_whom_the_policies_want_told(staff: Desk, hands: Hands) -> None:
    with pytest.raises(Refused, match="do not want them told"):
        told(staff, "health")
    staff.do(CONCERN, AnswerQuestions(answers={"allegation_against_staff": "no", "allegation_against_carer": "no"}))
    with pytest.raises(Refused, match="do not want them told"):
        told(staff, "lado")


def test_not_in_the_future_and_also_after_the_records_are_signed(staff: Desk, hands: Hands) -> None:
    with pytest.raises(Refused, match="future"):
        told(staff, "lado", 60)
    hands.on(hours=1)
    at_desk(staff, ended(), *(RecordSigned(discussion=1, child=child) for child in (1, 2, 3)))
    before = record_of(staff.concern(CONCERN), 1, 1)
    after = told(staff, "lado")
    assert after.discussions[0].informed
    assert record_of(after, 1, 1) == before


def test_which_event_it_is_and_how_often_follows_from_the_vocabulary(
    staff: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = staff.rulebook.vocabulary
    silent = {name: role.model_copy(update={"informed": None}) for name, role in known.role.items()}
    monkeypatch.setattr(staff.rulebook, "vocabulary", known.model_copy(update={"role": silent}))
    assert told(staff, "lado").milestones == ()
    often = known.event["lado_informed"].model_copy(update={"scope": "discussion", "repeats": True})
    events = {**known.event, "lado_informed": often}
    monkeypatch.setattr(staff.rulebook, "vocabulary", known.model_copy(update={"event": events}))
    told(staff, "police_ppu")
    again = told(staff, "lado")
    assert [(one.event, one.discussion) for one in again.milestones] == [("lado_informed", 1)] * 2


def test_the_vocabulary_is_what_says_so() -> None:
    assert {name for name, role in vocabulary().role.items() if role.informed} == {"lado", "police_ppu"}
