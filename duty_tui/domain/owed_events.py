"""What is said about something owed: why it was late, and another due that somebody entitled to approved."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from pydantic import Field
from typing_extensions import override

from duty_tui.domain.concern import Concern, Lateness, Varied
from duty_tui.domain.events import Event, Stamp
from duty_tui.domain.model import Instant, Line, Lines
from duty_tui.domain.times import moment_words


class LatenessExplained(Event):
    """Why something owed was late, and what kept the child safe meanwhile; the last word stands, all are kept."""

    kind = "lateness-explained"

    rule: Line
    label: Line
    child: int | None = None
    discussion: int | None = None
    reason: Annotated[Lines, Field(min_length=1)]
    safety: Lines = ""

    @override
    def apply(self, concern: Concern, stamp: Stamp) -> Concern:
        key = (self.rule, self.child, self.discussion)
        new = Lateness(*key, self.reason, self.safety, stamp.at, stamp.actor)
        return replace(concern, lateness=(*(old for old in concern.lateness if old[:3] != key), new))

    @override
    def same(self, other: Event) -> bool:
        return isinstance(other, LatenessExplained) and (self.rule, self.child, self.discussion) == (
            other.rule,
            other.child,
            other.discussion,
        )

    @override
    def words(self) -> str:
        about = f" (child {self.child})" if self.child else ""
        safe = f" Meanwhile: {self.safety}" if self.safety else ""
        return f"Late, {self.label}{about}: {self.reason}{safe}"


class VariationApproved(Event):
    """Another due for one clock, approved by somebody in a role the policy names."""

    kind = "variation-approved"

    #: The clock's id in its pack.
    clock: Line
    label: Line
    due: Instant
    role: Line
    by: Annotated[Line, Field(min_length=1)]
    reason: Annotated[Lines, Field(min_length=1)]
    child: int | None = None
    discussion: int | None = None

    @override
    def apply(self, concern: Concern, stamp: Stamp) -> Concern:
        new = Varied(self.clock, self.due, self.role, self.by, self.reason, self.child, self.discussion, stamp.at)
        return replace(concern, variations=(*concern.variations, new))

    @override
    def same(self, other: Event) -> bool:
        return isinstance(other, VariationApproved) and (self.clock, self.child, self.discussion) == (
            other.clock,
            other.child,
            other.discussion,
        )

    @override
    def words(self) -> str:
        return f"{self.label}: {self.by} approved {moment_words(self.due)}. Reason: {self.reason}"


KINDS: dict[str, type[Event]] = {event.kind: event for event in (LatenessExplained, VariationApproved)}
