"""What people do about something owed: meet it, have another due approved, say why it was late."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from typing_extensions import override

from duty_tui.domain.commands import Command, RecordMilestone, refuse
from duty_tui.domain.concern import Concern
from duty_tui.domain.events import Event
from duty_tui.domain.model import Instant, Line, Lines
from duty_tui.domain.owed_events import LatenessExplained, VariationApproved


class _AboutOwed(Command):
    """Something said about one thing owed, for one child or discussion where it runs for one."""

    label: Line
    child: int | None = None
    discussion: int | None = None

    def check(self, concern: Concern) -> None:
        """Raises Refused when the child is not one of the concern."""
        if self.child is not None and concern.child(self.child) is None:
            raise refuse(f"There is no child {self.child} on this concern.", "Choose a child from the list.")


class ApproveVariation(_AboutOwed):
    """Record another due for one clock, approved by `by` in the `role` the policy names, with the reason."""

    act = "vary"

    #: The clock's id in its pack.
    clock: Line
    due: Instant
    role: Line
    by: Line
    reason: Lines

    @override
    def events(self, concern: Concern, at: datetime) -> Sequence[Event]:
        self.check(concern)
        if not self.by:
            raise refuse("Nobody is named who approved it.", "Name the person; the policy says in which role.")
        if not self.reason:
            raise refuse("Another due needs its reason.", "Say in a few words why it was approved.")
        return [VariationApproved.model_validate(self.model_dump())]


class ExplainLateness(_AboutOwed):
    """Record why something owed was late, and what kept the child safe meanwhile; `rule` as `pack/rule`."""

    act = "explain"

    rule: Line
    reason: Lines
    safety: Lines = ""

    @override
    def events(self, concern: Concern, at: datetime) -> Sequence[Event]:
        self.check(concern)
        if not self.reason:
            raise refuse("It is not said why it was late.", "Say it in a few words; it stays on the record.")
        return [LatenessExplained.model_validate(self.model_dump())]


class MeetObligation(Command):
    """Record what meets something owed; where it is late, why, and what kept the child safe, in the same act."""

    milestone: RecordMilestone
    #: What was owed, as `pack/rule`, and in two or three words.
    rule: Line
    label: Line
    child: int | None = None
    discussion: int | None = None
    reason: Lines = ""
    safety: Lines = ""

    @override
    def events(self, concern: Concern, at: datetime) -> Sequence[Event]:
        met = self.milestone.events(concern, at)
        if not self.reason:
            return met
        late = self.model_dump(exclude={"milestone"})
        return [*met, *ExplainLateness.model_validate(late).events(concern, at)]

    @override
    def doubts(self, concern: Concern, at: datetime) -> Sequence[str]:
        return self.milestone.doubts(concern, at)
