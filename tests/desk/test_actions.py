"""What is to be done across concerns: kept as it changes, made anew the same, read without reading a concern."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given

from duty_tui.desk.action_rows import actions_of
from duty_tui.desk.actions import action_list
from duty_tui.desk.desk import Desk
from duty_tui.domain.commands import Withdraw
from duty_tui.domain.concern import Concern
from duty_tui.domain.decision_events import ActionDone
from tests.desk.conftest import Hands
from tests.discussions import CONCERN, QUARTER_PAST, action, at_desk, began
from tests.domain.discussion_strategies import courses

OTHER = "d" * 32
HOUR = timedelta(hours=1)


def started(desk: Desk, hands: Hands) -> None:
    hands.now = QUARTER_PAST
    at_desk(desk, began(), action(1, 2, who="Ann Óseï", agency="Health Trust", due=QUARTER_PAST + HOUR))
    at_desk(
        desk, began(), action(3, who="PC Hale", agency="Police"), action(1, what="Now", due=QUARTER_PAST), concern=OTHER
    )


def test_one_list_the_earliest_due_first_and_without_a_time_last(desk: Desk, hands: Hands) -> None:
    started(desk, hands)
    found = action_list(desk, at=QUARTER_PAST)
    assert [(line.reference, line.what, line.overdue) for line in found] == [
        ("C2", "Now", True),
        ("C1", "See the child at home", False),
        ("C2", "See the child at home", False),
    ]
    shared = found[1]
    assert (shared.concern, shared.discussion, shared.whom, shared.children) == (CONCERN, 1, "Amara and Kofi", (1, 2))
    assert (shared.due, shared.lacks, shared.form) == (QUARTER_PAST + HOUR, ("how it is checked",), "action")
    assert shared.id == desk.concern(CONCERN).discussions[0].actions[0].id


def test_mine_an_agencys_and_those_overdue(desk: Desk, hands: Hands) -> None:
    started(desk, hands)
    assert [line.who for line in action_list(desk, at=QUARTER_PAST, who="ann osei")] == ["Ann Óseï"]
    assert [line.agency for line in action_list(desk, at=QUARTER_PAST, agency="POLICE")] == ["Police"]
    assert [line.what for line in action_list(desk, at=QUARTER_PAST, overdue=True)] == ["Now"]
    assert len(action_list(desk, at=QUARTER_PAST + HOUR, overdue=True)) == 2
    assert len(action_list(desk, at=QUARTER_PAST, limit=1)) == 1


def test_an_action_goes_when_it_is_done_for_every_child_or_undone(desk: Desk, hands: Hands) -> None:
    started(desk, hands)
    name = desk.concern(CONCERN).discussions[0].actions[0].id
    for child, left in ((1, [(1,)]), (2, [])):
        at_desk(desk, ActionDone(discussion=1, action=name, child=child, at=QUARTER_PAST))
        assert [line.done for line in action_list(desk, at=QUARTER_PAST, agency="Health Trust")] == left
    desk.do(OTHER, Withdraw(entry=desk.concern(OTHER).discussions[0].actions[0].id))
    assert [line.what for line in action_list(desk, at=QUARTER_PAST)] == ["Now"]


def test_made_anew_the_list_is_the_same(desk: Desk, hands: Hands) -> None:
    started(desk, hands)
    before = action_list(desk, at=QUARTER_PAST)
    desk.store.set_meta("projection_key", "older")
    assert desk.refresh_rows()
    assert action_list(desk, at=QUARTER_PAST) == before


@given(courses())
def test_the_rows_are_the_actions_some_child_waits_for(course: list[Concern]) -> None:
    concern = course[-1]
    waiting = [
        (one.number, action.id)
        for one in concern.discussions
        for action in one.actions
        if any(child not in action.done for child in action.children)
    ]
    assert [(row.discussion, row.id) for row in actions_of(concern)] == waiting
