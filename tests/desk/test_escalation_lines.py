"""The list of what went up: the oldest first, who holds it, what happens next; none drops out without its outcome."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given

from duty_tui.desk.desk import Desk
from duty_tui.desk.escalating import conclude, escalation_list, escalations_of, take_up
from duty_tui.desk.escalation_lines import escalation_line
from duty_tui.domain.commands import CloseConcern
from duty_tui.domain.concern import Concern
from duty_tui.domain.escalation_commands import AcknowledgeEscalation, SubmitEscalation, UpdateEscalation
from duty_tui.domain.escalation_events import To
from duty_tui.domain.restriction_commands import RestrictConcern
from duty_tui.errors import Refused
from duty_tui.store.memory import MemoryStore
from duty_tui.views.escalation import EscalationLine, StepLine
from tests.builders import a_child
from tests.desk.conftest import Hands, make_desk
from tests.desk.escalated import DI, DISAGREEMENT, FILLED, NEED_TO_KNOW, a_concern_at, adopt, goes_to, london_day, send
from tests.discussions import CONCERN, at_desk
from tests.domain.escalating import courses

NOW = london_day(21)
SAID = {"about": "Section 47", "sides": "Two", "proposed": "Talk"}


@pytest.fixture
def sent(desk: Desk, hands: Hands) -> Desk:
    """A Need to Know that went to Di on Saturday at nine."""
    a_concern_at(desk)
    hands.now = NOW
    send(desk, NOW)
    return desk


def line(desk: Desk, hands: Hands) -> EscalationLine:
    [found] = escalation_list(desk, hands.now, open_only=False)
    return found


def test_a_form_waits_for_an_acknowledgement_and_then_for_its_outcome(sent: Desk, hands: Hands) -> None:
    one = line(sent, hands)
    assert (one.reference, one.title, one.number, one.ladder) == ("C1", "Amara Okoye 7y", 1, NEED_TO_KNOW)
    assert (one.label, one.form, one.whom, one.discussion) == ("'Need to Know' form", "need_to_know", "", None)
    assert (one.status, one.submitted, one.submitted_by, one.version) == ("submitted", NOW, "Ann Osei", 4)
    assert (one.recipients, one.held_by, one.age) == ((DI,), "Di Marsh", "0 min")
    assert one.next == "acknowledgement by Di Marsh"
    assert one.fields == (
        ("What prevents it", FILLED["prevents"]),
        ("Interim safety", FILLED["safety"]),
        ("What is asked", FILLED["asked"]),
    )
    assert one.facts[-1] == "Owner: nobody"
    assert one.steps == (StepLine(1, "Need to Know", "Di Marsh", NOW, "for 0 min"),)
    assert (one.up, one.up_to, one.up_makes, one.settles) == ("", "", (), ())
    hands.on(hours=1)
    sent.do(CONCERN, AcknowledgeEscalation(escalation=1, by="Di Marsh", at=hands.now))
    sent.do(CONCERN, UpdateEscalation(escalation=1, text="An officer on Monday at ten", at=hands.now))
    one = line(sent, hands)
    assert (one.status, one.next, one.age) == ("acknowledged", "say how it ended", "1 hour")
    assert one.acknowledged == ("Di Marsh, Sat 21 Nov 2026 10:00",)
    assert one.updates == ("Sat 21 Nov 2026 10:00, Ann Osei: An officer on Monday at ten",)
    sent.do(CONCERN, conclude(one, hands.now, outcome="Held on Monday"))
    hands.on(days=3)
    one = line(sent, hands)
    assert (one.status, one.next, one.age, one.outcome) == ("concluded", "", "1 hour", "Held on Monday")
    assert (one.resolved, one.concluded) == (True, NOW + timedelta(hours=1))
    assert one.steps[0].standing == "resolved Sat 21 Nov 2026 10:00: Held on Monday"
    assert escalation_list(sent, hands.now) == []
    assert sent.concern(CONCERN).escalations[0].made == (("need_to_know_submitted", NOW),), "it is submitted once"


def test_each_step_of_a_disagreement_says_who_had_it_and_how_it_ended(desk: Desk, hands: Hands) -> None:
    adopt(desk, "seven-minute-briefing")
    a_concern_at(desk, children=(a_child(1), a_child(2, name="Kofi Okoye")))
    hands.now = NOW
    send(desk, NOW, DISAGREEMENT, SAID, who="Jo Hart", role="Social worker")
    one = line(desk, hands)
    assert (one.whom, one.held_by) == ("", "Jo Hart")
    assert one.next == "settle it, or: take the disagreement to more senior staff through line management"
    later = hands.on(minutes=30)
    desk.do(CONCERN, take_up(one, later, said="No common ground", who="Di Marsh"))
    one = line(desk, hands)
    assert one.steps == (
        *(StepLine(1, "Settle it", "Jo Hart (Social worker)", NOW, one.steps[0].standing),),
        StepLine(2, "Senior staff", "Di Marsh", later, "for 0 min"),
    )
    assert one.steps[0].standing == "taken up Sat 21 Nov 2026 09:30: No common ground"
    assert (one.up, one.next, one.settles) == ("", "say how it ended", ("disagreement_resolved",))
    desk.do(CONCERN, conclude(one, later, outcome="Family moved", resolved=False))
    assert line(desk, hands).steps[1].standing == "ended Sat 21 Nov 2026 09:30: Family moved"


def test_across_the_desk_the_oldest_first_and_closed_concerns_too(sent: Desk, hands: Hands) -> None:
    other = "d" * 32
    at_desk(sent, concern=other)
    early = NOW - timedelta(hours=2)
    sent.do(other, SubmitEscalation(ladder="p/r", label="Old", recipients=(To(name="Di"),), at=early))
    sent.do(CONCERN, CloseConcern(reason="Moved away"))
    found = escalation_list(sent, hands.now)
    assert [(one.reference, one.label) for one in found] == [("C2", "Old"), ("C1", "'Need to Know' form")]
    assert [one.number for one in escalations_of(sent, other, hands.now)] == [1]


def test_one_whose_policy_is_gone_is_shown_as_it_was_recorded(sent: Desk, hands: Hands) -> None:
    fields = {"x_y": "said", "asked": "An officer"}
    about: dict[str, Any] = {"recipients": (To(name="Jo"),), "at": NOW, "fields": fields, "child": 1}
    sent.do(CONCERN, SubmitEscalation(ladder="gone/rule", form="need_to_know", label="Old form", **about))
    sent.do(CONCERN, SubmitEscalation(ladder="gone/rule", form="gone", label="Older form", **about))
    old, older = escalation_list(sent, hands.now)[1:]
    assert (old.up, old.settles, old.steps[0].label, old.whom) == ("", (), "Old form", "Amara")
    assert old.fields == (("What is asked", "An officer"), ("x y", "said"))
    assert older.fields == (("asked", "An officer"), ("x y", "said"))
    sent.do(CONCERN, conclude(old, NOW, outcome="Done"))
    assert [one.number for one in escalation_list(sent, hands.now)] == [1, 3]


def test_a_restricted_concern_is_listed_to_those_named_alone(sent: Desk, hands: Hands) -> None:
    sent.do(CONCERN, RestrictConcern(names=("Ann Osei",), reason="Staff"))
    assert len(escalation_list(sent, hands.now)) == 1
    stranger = make_desk(sent.store, hands, "Tom Ashworth")
    assert escalation_list(stranger, hands.now) == []
    with pytest.raises(Refused, match="restricted"):
        escalations_of(stranger, CONCERN, hands.now)


@given(courses())
def test_none_that_is_open_is_missing_from_the_list(course: list[Concern]) -> None:
    desk = make_desk(MemoryStore(), Hands())
    concern = course[-1]
    lines = [escalation_line(desk, concern, one, NOW + timedelta(days=1)) for one in concern.escalations]
    assert [one.number for one in lines if one.concluded is None] == [
        one.number for one in concern.escalations if not one.outcome
    ]
    assert all(one.next for one in lines if one.concluded is None)


def test_recipients_come_with_their_role_and_how_to_reach_them(desk: Desk, hands: Hands) -> None:
    goes_to(desk, need_to_know=DI)
    a_concern_at(desk)
    hands.now = NOW
    send(desk, NOW)
    assert line(desk, hands).recipients == (DI,)
