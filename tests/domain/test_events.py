"""Each event: what it changes, and how a timeline says it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from duty_tui.domain.concern import Concern, value_of
from duty_tui.domain.events import (
    ChildRecorded,
    ConcernClosed,
    ConcernRaised,
    ConcernReopened,
    DetailsCorrected,
    EntryWithdrawn,
    Event,
    MilestoneRecorded,
    NoteAdded,
    OwnerChanged,
    QuestionsAnswered,
    Stamp,
)
from duty_tui.domain.people import Caller
from tests.builders import FRIDAY_SIX, a_child, a_concern, happened

HOUR = timedelta(hours=1)


def test_a_concern_that_was_raised_holds_what_was_told() -> None:
    concern = a_concern()
    assert concern.received == concern.raised_at == FRIDAY_SIX
    assert (concern.raised_by, concern.source, concern.version) == ("ola", "School", 1)
    assert [child.called for child in concern.children] == ["Amara Okoye"]


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (
            {"caller": Caller(name="Ms P. Lund"), "source": "School"},
            "Concern raised (telephone), received Fri 20 Nov 2026 18:00, from Ms P. Lund",
        ),
        (
            {"caller": Caller(agency="Hollin School"), "received_precision": "day"},
            "Concern raised (telephone), received Fri 20 Nov 2026, from Hollin School",
        ),
        (
            {"source": "Police", "taken_by": "imported table"},
            "Concern raised (imported table), received Fri 20 Nov 2026 18:00, from Police",
        ),
        ({}, "Concern raised (telephone), received Fri 20 Nov 2026 18:00, from caller not named"),
        (
            {"source": "Own case", "referred": False},
            "Concern raised (telephone), came up on an open case Fri 20 Nov 2026 18:00, told by Own case",
        ),
    ],
)
def test_a_raising_says_when_it_was_received_and_from_whom(told: dict[str, object], words: str) -> None:
    raised = ConcernRaised.model_validate({"received": FRIDAY_SIX, "children": [{"number": 1}], **told})
    assert raised.words() == words


def test_the_last_answer_counts_for_each_child_and_for_all_apart() -> None:
    concern = happened(
        a_concern(),
        [
            QuestionsAnswered(answers={"reasonable_cause": "unknown"}),
            QuestionsAnswered(answers={"reasonable_cause": "no"}, child=1, since=FRIDAY_SIX - HOUR),
            QuestionsAnswered(answers={"reasonable_cause": "yes", "immediate_risk": "no"}, reason="Seen by a GP"),
        ],
        actor="priya",
    )
    for_child, for_all = concern.answers["reasonable_cause"]
    assert (for_child.child, for_child.value, for_child.since) == (1, False, FRIDAY_SIX - HOUR)
    assert (for_all.child, for_all.value, for_all.since) == (None, True, FRIDAY_SIX)
    assert (for_all.by, for_all.reason) == ("priya", "Seen by a GP")
    assert concern.answers["immediate_risk"][0].value is False


def test_the_third_answer_is_neither_yes_nor_no() -> None:
    assert [value_of(answer) for answer in ("yes", "no", "unknown")] == [True, False, None]


def test_a_correction_changes_what_it_names_and_nothing_else() -> None:
    before = a_concern()
    after = happened(before, [DetailsCorrected(reason="Misheard", family="Okoye", received=FRIDAY_SIX - HOUR)])
    assert (after.family, after.received) == ("Okoye", FRIDAY_SIX - HOUR)
    assert (after.source, after.caller, after.what) == (before.source, before.caller, before.what)


def test_a_correction_can_empty_a_field() -> None:
    assert happened(a_concern(), [DetailsCorrected(reason="Not the school", source="")]).source == ""


def test_a_child_is_added_in_its_place_or_corrected() -> None:
    concern = happened(
        a_concern(),
        [
            ChildRecorded(child=a_child(3, name="Sefu Okoye")),
            ChildRecorded(child=a_child(2, name="Kofi Okoye")),
            ChildRecorded(child=a_child(1, name="Amara Okoye-Lund"), reason="Spelling"),
        ],
    )
    assert [child.name for child in concern.children] == ["Amara Okoye-Lund", "Kofi Okoye", "Sefu Okoye"]


def test_an_owner_comes_and_goes() -> None:
    concern = happened(a_concern(), [OwnerChanged(owner="Priya")])
    assert concern.owner == "Priya"
    assert happened(concern, [OwnerChanged(owner="")]).owner is None


def test_a_concern_leaves_the_queue_and_comes_back() -> None:
    closed = happened(a_concern(), [ConcernClosed(reason="No further action")], at=FRIDAY_SIX + HOUR)
    assert (closed.is_open, closed.closed, closed.closed_at) == (False, "No further action", FRIDAY_SIX + HOUR)
    elsewhere = happened(a_concern(), [ConcernClosed(reason="Moved", at=FRIDAY_SIX - HOUR)])
    assert elsewhere.closed_at == FRIDAY_SIX - HOUR
    back = happened(closed, [ConcernReopened(reason="New call")])
    assert (back.is_open, back.closed, back.closed_at) == (True, None, None)


def test_a_milestone_keeps_the_entry_that_says_so() -> None:
    held = MilestoneRecorded(event="discussion_held", label="Discussion held", at=FRIDAY_SIX, discussion=1)
    concern = happened(a_concern(), [held, NoteAdded(text="Notes to follow")])
    (milestone,) = concern.milestones
    assert (milestone.event, milestone.at, milestone.entry) == ("discussion_held", FRIDAY_SIX, "entry-2")
    assert (concern.discussions, concern.next_discussion(), concern.notes) == ((), 2, 1)


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (QuestionsAnswered(answers={"immediate_risk": "yes"}), "Answered: immediate risk: yes"),
        (
            QuestionsAnswered(answers={"immediate_risk": "no"}, child=2, reason="With her aunt"),
            "Answered (child 2): immediate risk: no. Reason: With her aunt",
        ),
        (
            DetailsCorrected(reason="Misheard", what="A burn", received_precision="day"),
            "Corrected received precision, what. Reason: Misheard",
        ),
        (DetailsCorrected(reason="A slip"), "Corrected nothing. Reason: A slip"),
        (ChildRecorded(child=a_child(2)), "Child 2 recorded: Amara Okoye"),
        (ChildRecorded(child=a_child(), reason="Spelling"), "Child 1 recorded: Amara Okoye. Reason: Spelling"),
        (OwnerChanged(owner="Priya"), "Owner is now Priya"),
        (OwnerChanged(owner=None, note="End of shift"), "Owner is now nobody. End of shift"),
        (NoteAdded(text="Rang twice"), "Rang twice"),
        (MilestoneRecorded(event="x", label="Child seen", at=FRIDAY_SIX), "Child seen: Fri 20 Nov 2026 18:00"),
        (
            MilestoneRecorded(event="x", label="Child seen", at=FRIDAY_SIX, child=1, note="At home"),
            "Child seen (child 1): Fri 20 Nov 2026 18:00. At home",
        ),
        (ConcernClosed(reason="Duplicate"), "Closed. Reason: Duplicate"),
        (ConcernReopened(reason="New call"), "Reopened. Reason: New call"),
        (EntryWithdrawn(entry="e", said="Rang twice"), "Withdrawn: Rang twice"),
        (EntryWithdrawn(entry="e", said="Rang", reason="Wrong child"), "Withdrawn: Rang. Reason: Wrong child"),
    ],
)
def test_every_event_reads_as_one_line_of_a_timeline(event: Event, words: str) -> None:
    assert event.words() == words


def test_an_event_that_says_and_does_nothing_is_a_fault_of_the_program() -> None:
    class Nothing(Event):
        kind = "nothing"

    with pytest.raises(AssertionError):
        Nothing().words()
    with pytest.raises(AssertionError):
        Nothing().apply(Concern("c"), Stamp("e", 1, FRIDAY_SIX, "ola"))


def answered(name: str, **known: Any) -> QuestionsAnswered:
    return QuestionsAnswered(answers={name: "yes"}, **known)


def happening(event: str = "child_seen", **known: Any) -> MilestoneRecorded:
    return MilestoneRecorded(event=event, label="Child seen", at=FRIDAY_SIX, **known)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (NoteAdded(text="One"), NoteAdded(text="One"), False),
        (OwnerChanged(owner="Ola"), OwnerChanged(owner="Bo"), True),
        (NoteAdded(text="One"), OwnerChanged(owner="Ola"), False),
        (answered("immediate_risk", child=1), answered("immediate_risk", child=1, reason="Told"), True),
        (answered("immediate_risk", child=1), answered("immediate_risk", child=2), False),
        (answered("immediate_risk"), answered("immediate_risk", child=2), True),
        (answered("immediate_risk", discussion=1), answered("immediate_risk", child=2), True),
        (answered("immediate_risk"), answered("reasonable_cause"), False),
        (answered("immediate_risk"), NoteAdded(text="One"), False),
        (ChildRecorded(child=a_child(1)), ChildRecorded(child=a_child(1, name="Amara O")), True),
        (ChildRecorded(child=a_child(1)), ChildRecorded(child=a_child(2, name="Kofi Okoye")), False),
        (ChildRecorded(child=a_child(2)), ChildRecorded(child=a_child(3, name="amara okoye")), True),
        (ChildRecorded(child=a_child(2, name="")), ChildRecorded(child=a_child(3, name="")), False),
        (ChildRecorded(child=a_child(2)), NoteAdded(text="One"), False),
        (DetailsCorrected(reason="x", what="Hit"), DetailsCorrected(reason="x", what="Fell"), True),
        (DetailsCorrected(reason="x", what="Hit"), DetailsCorrected(reason="x", family="Lund"), False),
        (DetailsCorrected(reason="x", what="Hit"), NoteAdded(text="One"), False),
        (EntryWithdrawn(entry="e1", said="x"), EntryWithdrawn(entry="e1", said="x", reason="y"), True),
        (EntryWithdrawn(entry="e1", said="x"), EntryWithdrawn(entry="e2", said="x"), False),
        (EntryWithdrawn(entry="e1", said="x"), NoteAdded(text="One"), False),
        (happening(child=1), happening(child=1, note="At home"), True),
        (happening(child=1), happening(child=2), False),
        (happening(), happening(child=2), True),
        (happening("other"), happening(), False),
        (happening("record_circulated", discussion=1), happening("record_circulated", discussion=2), False),
        (happening("discussion_held", discussion=1), happening("discussion_held", discussion=2), True),
        (happening(), NoteAdded(text="One"), False),
    ],
)
def test_who_says_the_same_of_the_same_thing_should_know_of_the_other_first(
    one: Event, other: Event, same: bool
) -> None:
    assert (one.same(other), other.same(one)) == (same, same)


def test_what_somebody_did_is_told_to_others_without_what_they_typed() -> None:
    assert happening(child=1, note="Crying").about() == "Child seen (child 1): Fri 20 Nov 2026 18:00"
    assert OwnerChanged(owner="Ola", note="Hers").about() == "owner changed"
