"""What people ask of a strategy discussion: one command carries any event of it, and says when it cannot be."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from pydantic import Field, SerializeAsAny
from typing_extensions import override

from duty_tui.domain.commands import Command, Withdraw, refuse
from duty_tui.domain.concern import Concern
from duty_tui.domain.decision_events import ActionAgreed, DecisionMade, RecordSigned
from duty_tui.domain.discussion import Discussion
from duty_tui.domain.discussion_event import DiscussionEvent, children_of
from duty_tui.domain.events import Event, Stamp
from duty_tui.domain.history import withdrawn


class AtDiscussion(Command):
    """Record something at a discussion; `instead_of` is an entry it puts right: that one stays, withdrawn.

    A decision put right keeps its name, for dissent refers to it. An action put right is brought up to date and not
    withdrawn: it keeps for whom it is done, and no child it was agreed for loses it.
    """

    event: SerializeAsAny[DiscussionEvent]
    instead_of: str | None = None

    @override
    def events(self, concern: Concern, at: datetime) -> Sequence[Event]:
        event = self._named(concern)
        discussion = concern.discussion(event.discussion) or Discussion(event.discussion)
        if not 1 <= event.discussion <= concern.next_discussion():
            raise refuse("There is no such discussion.", "Choose one from the list.")
        for child in children_of(event):
            if concern.child(child) is None:
                raise refuse(f"There is no child {child} on this concern.", "Choose a child from the list.")
        if not isinstance(event, RecordSigned) and event.locked(discussion):
            raise refuse("The record is signed.", "Add to the signed record instead; the addition is signed too.")
        if wrong := event.refusal(discussion, at):
            raise refuse(*wrong)
        if self.instead_of is None or (isinstance(event, ActionAgreed) and event.action):
            return [event]
        return [*Withdraw(entry=standing(concern, self.instead_of), reason="Put right").events(concern, at), event]

    def _named(self, concern: Concern) -> DiscussionEvent:
        """The event, under the name of what it puts right where that has one."""
        old = next((item.event for item in concern.history if item.stamp.entry == self.instead_of), None)
        match self.event, old:
            case ActionAgreed(), ActionAgreed():
                return self.event.model_copy(update={"action": old.action or self.instead_of})
            case DecisionMade(), DecisionMade():
                return self.event.model_copy(update={"decision": old.decision or self.instead_of})
        return self.event


class AllAtDiscussion(Command):
    """Record several things at a discussion as one act, all or none; each is looked at as the one before left it.

    What is said there of the concern itself, a child added, a question answered, is part of the same act.
    """

    each: Annotated[tuple[SerializeAsAny[Command], ...], Field(min_length=1)]

    @override
    def events(self, concern: Concern, at: datetime) -> Sequence[Event]:
        found: list[Event] = []
        for command in self.each:
            events = command.events(concern, at)
            for event in events:
                concern = event.apply(concern, Stamp("", concern.version, at, ""))
            found += events
        return found


def standing(concern: Concern, name: str) -> str:
    """The entry that says a decision now, by the entry that first made it; any other entry's own name."""
    gone = withdrawn(concern.history)
    said = (
        entry
        for (entry, *_), event, _ in reversed(concern.history)
        if isinstance(event, DecisionMade) and name in (entry, event.decision) and entry not in gone
    )
    return next(said, name)


def next_number(concern: Concern) -> int:
    """The number of the discussion to be held next: one agreed or booked and not begun, else a new one."""
    waiting = (one.number for one in concern.discussions if one.started is None)
    return min(waiting, default=concern.next_discussion())
