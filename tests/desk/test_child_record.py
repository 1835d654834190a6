"""One child's record: complete in itself, fixed by its signature, sharing what siblings share."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given

from duty_tui.desk.child_record import record_of, records_of
from duty_tui.domain.commands import RecordChild
from duty_tui.domain.concern import Concern
from duty_tui.domain.decision_events import (
    ActionDone,
    ChildPlaced,
    DissentRecorded,
    RecordAddedTo,
    RecordSigned,
    SharingDecided,
)
from duty_tui.domain.discussion_events import DiscussionAgreed, LineNoted, PointAnswered
from duty_tui.errors import Refused
from tests.builders import a_child, do
from tests.discussions import (
    QUARTER_PAST,
    action,
    decided,
    discussion,
    ended,
    held,
    person,
    said,
    signed,
)
from tests.domain.discussion_strategies import courses

WHOLE = (
    person(),
    LineNoted(discussion=1, text="Grandmother can help"),
    decided(1, 2),
    decided(3, box="p/nfa"),
    action(1, 2, 3),
    action(2, what="Speak to the school nurse"),
    PointAnswered(discussion=1, item="p/risk", text="high", child=1),
    PointAnswered(discussion=1, item="p/safe", text="yes"),
    SharingDecided(discussion=1, children=(1, 2), what="The visit", when="today"),
)


def test_it_holds_its_own_part_and_what_is_everybodys() -> None:
    concern = held(*WHOLE)
    other = discussion(concern).decisions[1].id
    concern = said(concern, *(DissentRecorded(discussion=1, decision=of, who="Di", text="No") for of in (other, None)))
    record = record_of(concern, 1, 1)
    part = record.discussion
    assert [one.name for one in part.people] == ["PC Hale"]
    assert [line.text for line in part.lines] == ["Grandmother can help"]
    assert [one.box for one in part.decisions] == ["pack/s47"]
    assert [one.what for one in part.actions] == ["See the child at home"]
    assert [one.text for one in part.answers] == ["high", "yes"]
    assert [one.decision for one in part.dissent] == [None]
    assert [one.what for one in part.sharing] == ["The visit"]
    assert (record.signature, record.complete, record.what) == (None, False, "A bruise seen on the arm.")
    assert [one.what for one in record_of(concern, 1, 2).discussion.actions] == [
        "See the child at home",
        "Speak to the school nurse",
    ]
    assert record_of(concern, 1, 3).discussion.sharing == ()


def test_a_signed_record_is_what_it_was_with_signed_additions_after_it() -> None:
    concern = signed(held(*WHOLE), 1)
    before = record_of(concern, 1, 1)
    assert before.complete
    later = said(
        concern,
        LineNoted(discussion=1, text="said later"),
        decided(2, box="p/late"),
        person("Ms Lund"),
        ActionDone(discussion=1, action=discussion(concern).actions[0].id, child=1, at=QUARTER_PAST),
        RecordAddedTo(discussion=1, child=1, text="The school rang"),
    )
    later = do(later, RecordChild(child=a_child(1, name="Amara Lund"), reason="Married name"))
    after = record_of(later, 1, 1)
    assert [one.text for one in after.additions] == ["The school rang"]
    assert (after.child, after.discussion, after.version) == (before.child, before.discussion, before.version)
    assert record_of(later, 1, 2).child.number == 2
    assert [line.text for line in record_of(later, 1, 2).discussion.lines][-1] == "said later"


def test_signed_without_something_is_not_complete() -> None:
    concern = said(held(*WHOLE), ended(), RecordSigned(discussion=1, child=1, lacked=("by when",)))
    record = record_of(concern, 1, 1)
    assert record.signature
    assert not record.complete


def test_a_child_dropped_keeps_a_record_with_the_reason() -> None:
    concern = held(*WHOLE, ChildPlaced(discussion=1, child=3, included=False, reason="Lives abroad"))
    assert record_of(concern, 1, 3).dropped == "Lives abroad"
    assert [record.child.number for record in records_of(concern)] == [1, 2, 3]
    assert [record.child.number for record in records_of(concern, 2)] == [2]


@pytest.mark.parametrize(
    ("number", "child", "what"), [(1, 3, "not part"), (2, 1, "has not begun"), (3, 1, "not begun")]
)
def test_what_has_no_record_says_so(number: int, child: int, what: str) -> None:
    concern = said(held(children=(1, 2)), DiscussionAgreed(discussion=2, format="virtual", reason="x"))
    with pytest.raises(Refused, match=what):
        record_of(concern, number, child)
    assert len(list(records_of(concern))) == 2


@given(courses())
def test_a_signed_record_never_changes_whatever_is_done_afterwards(course: list[Concern]) -> None:
    for before, after in pairwise(course):
        for held_then in before.discussions:
            for child in held_then.signatures:
                was, now = (record_of(one, held_then.number, child) for one in (before, after))
                assert now.additions[: len(was.additions)] == was.additions
                assert now in list(records_of(after))
                assert (now.child, now.discussion, now.signature, now.version, now.what) == (
                    *(was.child, was.discussion, was.signature, was.version, was.what),
                )


@given(courses())
def test_a_shared_action_is_whole_in_the_record_of_every_child_it_is_for(course: list[Concern]) -> None:
    for concern in course:
        for one in concern.discussions:
            for shared in one.actions if one.started else ():
                for child in set(shared.children) & {*one.children, *one.dropped}:
                    found = record_of(concern, one.number, child).discussion.actions
                    its = next(known for known in found if known.id == shared.id)
                    assert set(its.children) == set(shared.children)
                    assert its.what == shared.what
