"""What holds of discussions whatever is asked of them, in whatever order."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given

from duty_tui.domain.concern import Concern
from duty_tui.domain.decision_events import ActionAgreed
from duty_tui.domain.discussion import Discussion
from duty_tui.domain.events import EntryWithdrawn
from duty_tui.domain.history import Recorded, fold, read_event, write_event
from tests.domain.discussion_strategies import courses


@given(courses())
def test_replay_from_what_is_written_down_gives_the_same_concern(course: list[Concern]) -> None:
    for concern in course[-1:]:
        read = []
        for stamp, event, destroyed in concern.history:
            assert event is not None
            read.append(Recorded(stamp, read_event(event.kind, write_event(event)), destroyed))
        assert fold(concern.id, read) == concern


@given(courses())
def test_an_action_is_lost_to_no_child_but_by_undoing_it(course: list[Concern]) -> None:
    for before, after in pairwise(course):
        fresh = [item.event for item in after.history[len(before.history) :]]
        put_right = any(isinstance(event, ActionAgreed) for event in fresh)
        undone = {
            name
            for event in fresh
            if isinstance(event, EntryWithdrawn) and not put_right
            for name in named(before, event.entry)
        }
        for discussion in before.discussions:
            now = after.discussion(discussion.number)
            kept = {action.id: set(action.children) for action in now.actions} if now else {}
            for action in discussion.actions:
                assert action.id in undone or set(action.children) <= kept[action.id]


def named(concern: Concern, entry: str) -> set[str]:
    """The names of the actions an entry, or what it withdrew, speaks of."""
    event = next(item.event for item in concern.history if item.stamp.entry == entry)
    if isinstance(event, EntryWithdrawn):
        return named(concern, event.entry)
    return {event.action or entry} if isinstance(event, ActionAgreed) else set()


@given(courses())
def test_what_is_signed_stays_signed(course: list[Concern]) -> None:
    for before, after in pairwise(course):
        for discussion in before.discussions:
            now = after.discussion(discussion.number) or Discussion(discussion.number)
            assert now.signatures.items() >= discussion.signatures.items()
            assert now.additions[: len(discussion.additions)] == discussion.additions
