"""An escalation from its form to its outcome: who has it, what it made happen, and that it never just goes away."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given

from duty_tui.domain.commands import Command
from duty_tui.domain.concern import Concern
from duty_tui.domain.escalation import Acknowledged, Recipient, Step, Update
from duty_tui.domain.escalation_commands import (
    AcknowledgeEscalation,
    ConcludeEscalation,
    TakeUp,
    UpdateEscalation,
)
from duty_tui.domain.escalation_events import EscalationEvent
from duty_tui.domain.events import Stamp
from duty_tui.domain.history import Recorded, fold, read_event, write_event
from tests.builders import a_concern, do
from tests.domain.escalating import LATER, courses, only, submit, submitted


def after(minutes: int) -> datetime:
    return LATER + timedelta(minutes=minutes)


def course(*commands: Command) -> Concern:
    """A disagreement Jo holds first, and what was done about it, a minute apart."""
    concern = submitted(recipients=(), who="Jo Hart", role="Social worker", makes=("disagreement_raised",))
    for minute, command in enumerate(commands, 1):
        concern = do(concern, command, at=after(minute), actor="Ann Osei")
    return concern


UP = TakeUp(escalation=1, said="No common ground", who="Di Marsh", role="Head", makes=("not_resolved",), at=after(1))


def test_a_form_is_kept_as_it_was_submitted() -> None:
    one = only(
        submitted(fields={"asked": "A police officer"}, facts=("Booked for Thursday",), makes=("sent",), child=1)
    )
    assert (one.number, one.entry, one.ladder, one.form) == (1, "entry-2", "pack/need-to-know", "need_to_know")
    assert (one.label, one.child, one.discussion, one.submitted) == ("Need to Know", 1, None, LATER)
    assert (one.submitted_by, one.fields, one.facts) == ("ola", {"asked": "A police officer"}, ("Booked for Thursday",))
    assert one.recipients == (Recipient("Di Marsh", "Head of service", ""),)
    assert one.made == (("sent", LATER),)
    assert (one.status, one.is_open, one.held_by) == ("submitted", True, "Di Marsh")


def test_a_judgement_is_recorded_with_its_reason_by_submitting() -> None:
    concern = submitted(judged={"unlikely_within_limit": "yes"}, reason="No police before Thursday", child=1)
    [answer] = concern.answers["unlikely_within_limit"]
    assert (answer.value, answer.since, answer.by, answer.reason, answer.child) == (
        *(True, LATER, "ola", "No police before Thursday", 1),
    )


def test_it_is_acknowledged_added_to_and_concluded() -> None:
    concern = submitted()
    for minute, command in enumerate(
        (
            AcknowledgeEscalation(escalation=1, by="Di Marsh", at=after(1)),
            UpdateEscalation(escalation=1, text="Held tomorrow at nine", at=after(2)),
            ConcludeEscalation(escalation=1, outcome="Held", makes=("held",), at=after(3)),
        ),
        1,
    ):
        concern = do(concern, command, at=after(minute))
        assert only(concern).status == ("concluded" if minute == 3 else "acknowledged")
    one = only(concern)
    assert one.acknowledged == (Acknowledged("Di Marsh", after(1), "ola"),)
    assert one.updates == (Update(after(2), "ola", "Held tomorrow at nine"),)
    assert (one.outcome, one.resolved, one.concluded, one.concluded_by) == ("Held", True, after(3), "ola")
    assert one.made == (("held", after(3)),)
    assert not one.is_open


def test_a_disagreement_goes_up_step_by_step_and_keeps_each() -> None:
    concern = course(UP, ConcludeEscalation(escalation=1, outcome="Agreed on section 47", at=after(2)))
    one = only(concern)
    assert one.steps == (
        Step(1, "Jo Hart", "Social worker", LATER, "up", "No common ground", after(1)),
        Step(2, "Di Marsh", "Head", after(1), "resolved", "Agreed on section 47", after(2)),
    )
    assert one.made == (("disagreement_raised", LATER), ("not_resolved", after(1)))
    assert one.held_by == "Di Marsh"


def test_one_that_ends_unresolved_says_so() -> None:
    one = only(course(ConcludeEscalation(escalation=1, outcome="Family moved", resolved=False, at=after(1))))
    assert (one.resolved, one.step.outcome, one.step.said) == (False, "", "Family moved")


def test_several_are_numbered_and_what_is_done_to_one_leaves_the_others() -> None:
    concern = submitted()
    for _ in range(2):
        concern = do(concern, submit(), at=LATER)
    concern = do(concern, UpdateEscalation(escalation=2, text="More", at=LATER), at=LATER)
    assert [(one.number, len(one.updates)) for one in concern.escalations] == [(1, 0), (2, 1), (3, 0)]
    assert concern.escalation(3) is concern.escalations[2]


def test_the_log_says_it_in_sentences() -> None:
    concern = course(
        UP,
        AcknowledgeEscalation(escalation=1, by="Di Marsh", at=after(2)),
        UpdateEscalation(escalation=1, text="Meeting at four", at=after(3)),
        ConcludeEscalation(escalation=1, outcome="Agreed", at=after(4)),
    )
    concern = do(concern, submit(), at=after(5))
    concern = do(concern, submit(to_named=False, recipients=()), at=after(5))
    concern = do(concern, ConcludeEscalation(escalation=2, outcome="Late", resolved=False, at=after(6)), at=after(6))
    assert [item.event.words() for item in concern.history[1:] if item.event] == [
        "Need to Know submitted Fri 20 Nov 2026 19:00 to Jo Hart",
        "Escalation 1 taken up to Di Marsh: No common ground",
        "Escalation 1 acknowledged by Di Marsh, Fri 20 Nov 2026 19:02",
        "Escalation 1, update: Meeting at four",
        "Escalation 1 resolved: Agreed",
        "Need to Know submitted Fri 20 Nov 2026 19:00 to Di Marsh",
        "Need to Know submitted Fri 20 Nov 2026 19:00",
        "Escalation 2 concluded, not resolved: Late",
    ]


def test_one_submitted_cannot_be_undone_but_its_outcome_can() -> None:
    concern = course(ConcludeEscalation(escalation=1, outcome="By mistake", at=after(1)))
    fixed = [item.event.why_fixed(concern) for item in concern.history[1:] if item.event]
    assert fixed == ["An escalation does not go away: conclude it instead, and say that it was a mistake.", None]


class Nothing(EscalationEvent):
    kind = "nothing"


def test_an_event_that_says_not_what_it_changes_is_a_mistake_of_the_program() -> None:
    with pytest.raises(AssertionError, match="nothing"):
        Nothing(escalation=1).apply(submitted(), Stamp("e", 3, LATER, "ola"))


@given(courses())
def test_replay_from_what_is_written_down_gives_the_same_concern(course: list[Concern]) -> None:
    read = []
    for stamp, event, destroyed in course[-1].history:
        assert event is not None
        read.append(Recorded(stamp, read_event(event.kind, write_event(event)), destroyed))
    assert fold(course[-1].id, read) == course[-1]


@given(courses())
def test_none_ever_goes_away_and_none_ends_without_an_outcome(course: list[Concern]) -> None:
    for before, now in pairwise(course):
        assert [one.entry for one in now.escalations][: len(before.escalations)] == [
            one.entry for one in before.escalations
        ]
        for one in now.escalations:
            assert one.is_open == (not one.outcome) == (one.concluded is None)


@given(courses())
def test_steps_follow_one_another_in_time_and_only_the_last_is_open(course: list[Concern]) -> None:
    for one in course[-1].escalations:
        assert [step.number for step in one.steps] == list(range(1, len(one.steps) + 1))
        assert all(before.ended == then.began and before.outcome == "up" for before, then in pairwise(one.steps))
        assert all(step.began >= one.submitted for step in one.steps)
        assert (one.step.ended is None) == one.is_open


def test_numbers_are_never_given_twice() -> None:
    concern = a_concern()
    assert concern.escalation(1) is None


def test_ending_it_before_anybody_has_it_is_asked_about() -> None:
    end = ConcludeEscalation(escalation=1, outcome="Held", at=after(2))
    assert end.doubts(submitted(), after(2)) == ("Nobody it went to has said yet that they have it.",)
    has_it = do(submitted(), AcknowledgeEscalation(escalation=1, by="Di Marsh", at=after(1)), at=after(1))
    assert end.doubts(has_it, after(2)) == ()
    assert end.doubts(course(), after(2)) == (), "it went to nobody: it is held"
    assert end.doubts(a_concern(), after(2)) == ()
