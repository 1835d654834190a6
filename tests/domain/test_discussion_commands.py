"""What is asked of a discussion: whose record it touches, what is put right, several things as one act."""

from __future__ import annotations

import pytest

from duty_tui.domain.commands import RecordChild, Withdraw
from duty_tui.domain.decision_events import ActionDone, ChildPlaced, DissentRecorded, SharingDecided
from duty_tui.domain.discussion_commands import AllAtDiscussion, AtDiscussion, next_number, standing
from duty_tui.domain.discussion_event import DiscussionEvent, children_of
from duty_tui.domain.discussion_events import AttemptLogged, DiscussionAgreed, LineNoted, PointAnswered
from duty_tui.errors import Refused
from tests.builders import a_child, a_concern, do
from tests.discussions import (
    QUARTER_PAST,
    action,
    began,
    decided,
    discussion,
    ended,
    held,
    person,
    said,
    siblings,
    signed,
)

NOTE = LineNoted(discussion=1, text="Grandmother can help")


@pytest.mark.parametrize("number", [0, 2])
def test_only_discussions_there_are_and_the_next_one(number: int) -> None:
    with pytest.raises(Refused, match="no such discussion"):
        said(a_concern(), LineNoted(discussion=number, text="x"))


def test_only_children_of_the_concern() -> None:
    with pytest.raises(Refused, match="no child 2"):
        said(a_concern(), began((1, 2)))


@pytest.mark.parametrize(
    "event",
    [
        decided(1, 2),
        action(1),
        SharingDecided(discussion=1, children=(1,), withheld="Risk"),
        ChildPlaced(discussion=1, child=1, included=False, reason="x"),
        PointAnswered(discussion=1, item="p/x", text="y", child=1),
    ],
)
def test_what_belongs_to_a_signed_record_is_refused(event: DiscussionEvent) -> None:
    with pytest.raises(Refused, match="record is signed"):
        said(signed(held(), 1), event)


@pytest.mark.parametrize(
    "event", [decided(2), NOTE, person(), DissentRecorded(discussion=1, who="Di", text="No")], ids=lambda one: one.kind
)
def test_what_belongs_to_others_goes_on_until_all_are_signed(event: DiscussionEvent) -> None:
    said(signed(held(), 1), event)
    with pytest.raises(Refused, match="record is signed"):
        said(signed(held(), 1, 2, 3), event)


def test_the_old_entry_stays_withdrawn_beside_what_puts_it_right() -> None:
    concern = held(NOTE)
    old = discussion(concern).lines[0]
    right = AtDiscussion(event=LineNoted(discussion=1, text="Grandfather", at=old.at), instead_of=old.id)
    concern = do(concern, right, at=QUARTER_PAST)
    assert [(line.text, line.at) for line in discussion(concern).lines] == [("Grandfather", old.at)]
    assert [item.event.words() for item in concern.history if item.event][-3:-1] == [
        NOTE.text,
        f"Withdrawn: {NOTE.text}. Reason: Put right",
    ]


def test_a_decision_put_right_keeps_its_name_and_time() -> None:
    concern = held(decided(1))
    old = discussion(concern).decisions[0]
    for reason in ("Two bruises", "Three bruises"):
        entry = concern.history[-1].stamp.entry
        concern = do(concern, AtDiscussion(event=decided(1, 2, reason=reason, at=old.at), instead_of=entry))
    [found] = discussion(concern).decisions
    assert (found.id, found.at, found.children, found.reason) == (old.id, old.at, (1, 2), "Three bruises")


def test_an_action_put_right_is_brought_up_to_date_and_keeps_what_is_done() -> None:
    concern = held(action(1, 2))
    name = discussion(concern).actions[0].id
    concern = said(concern, ActionDone(discussion=1, action=name, child=1, at=QUARTER_PAST))
    concern = do(concern, AtDiscussion(event=action(1, 2, who="Di"), instead_of=name))
    concern = do(concern, AtDiscussion(event=action(1, 2, who="Ann"), instead_of=concern.history[-1].stamp.entry))
    [found] = discussion(concern).actions
    assert (found.id, found.who, list(found.done)) == (name, "Ann", [1])
    with pytest.raises(Refused, match="also for child 2"):
        do(concern, AtDiscussion(event=action(1), instead_of=name))


def test_the_beginning_and_the_end_stay_once_any_record_is_signed() -> None:
    concern = signed(held(), 1)
    for kind in ("discussion-started", "discussion-ended"):
        entry = next(item.stamp.entry for item in concern.history if item.event and item.event.kind == kind)
        with pytest.raises(Refused, match="signed record"):
            do(concern, Withdraw(entry=entry))


def test_several_things_are_one_act_each_seen_as_the_one_before_left_it() -> None:
    act = AllAtDiscussion(each=tuple(AtDiscussion(event=event) for event in (began(), NOTE, ended())))
    concern = do(a_concern(raised=siblings()), act, at=QUARTER_PAST + (ended().at - QUARTER_PAST))
    assert discussion(concern).ended
    assert [line.text for line in discussion(concern).lines] == [NOTE.text]


def test_what_is_said_of_the_concern_itself_is_part_of_the_same_act() -> None:
    late = ChildPlaced(discussion=1, child=4, included=True, reason="Named in the call")
    act = AllAtDiscussion(each=(RecordChild(child=a_child(4, name="Ben Okoye")), AtDiscussion(event=late)))
    concern = do(held(), act, at=QUARTER_PAST)
    assert (len(concern.children), discussion(concern).children) == (4, (1, 2, 3, 4))
    nowhere = AllAtDiscussion(each=(act.each[0], AtDiscussion(event=late.model_copy(update={"discussion": 7}))))
    with pytest.raises(Refused, match="no such discussion"):
        nowhere.events(held(), QUARTER_PAST)


def test_a_decision_put_right_by_its_name_withdraws_what_says_it_now() -> None:
    concern = held(decided(1))
    name = discussion(concern).decisions[0].id
    assert standing(concern, name) == name
    for reason in ("Two", "Three"):
        concern = do(concern, AtDiscussion(event=decided(1, reason=reason), instead_of=name))
        [found] = discussion(concern).decisions
        assert (found.id, found.reason, standing(concern, name)) == (name, reason, concern.history[-1].stamp.entry)
    assert standing(concern, "entry-1") == "entry-1"


def test_of_several_things_all_or_none() -> None:
    act = AllAtDiscussion(each=tuple(AtDiscussion(event=event) for event in (began(), began())))
    with pytest.raises(Refused, match="begun already"):
        act.events(a_concern(raised=siblings()), QUARTER_PAST)


def test_the_children_an_event_names() -> None:
    assert children_of(decided(1, 3)) == (1, 3)
    assert children_of(ChildPlaced(discussion=1, child=2, included=True, reason="x")) == (2,)
    assert children_of(PointAnswered(discussion=1, item="p/x", text="y")) == ()


def test_the_next_discussion_is_the_one_not_begun_or_else_a_new_one() -> None:
    concern = a_concern(raised=siblings())
    assert next_number(concern) == 1
    concern = said(concern, began())
    assert next_number(concern) == 2
    concern = said(concern, DiscussionAgreed(discussion=2, format="virtual", reason="x"))
    assert (next_number(concern), concern.next_discussion()) == (2, 3)
    assert next_number(said(concern, AttemptLogged(discussion=3, whom="Di"))) == 2
