"""Concerns only named people may see: an allegation against somebody who works here must not be read by colleagues.

A restriction is never undone, it is lifted: an undo would leave nobody answerable for who saw the record meanwhile.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from pydantic import Field
from typing_extensions import override

from duty_tui.domain.concern import Concern
from duty_tui.domain.events import Event, Stamp
from duty_tui.domain.kinds import LIFTED, RESTRICTED, VIEWED
from duty_tui.domain.model import Line, Lines


class ConcernRestricted(Event):
    """From here on only the people named may see the concern; a later one replaces the names."""

    kind = RESTRICTED

    names: Annotated[tuple[Line, ...], Field(min_length=1)]
    reason: Lines = ""

    @override
    def apply(self, concern: Concern, stamp: Stamp) -> Concern:
        return replace(concern, restricted_to=self.names)

    @override
    def words(self) -> str:
        return f"Restricted to {', '.join(self.names)}. Reason: {self.reason}"

    @override
    def why_fixed(self, concern: Concern) -> str | None:
        return "A restriction is not undone; it is lifted, with the reason."


class RestrictionLifted(Event):
    """Everybody at the desk may see the concern again."""

    kind = LIFTED

    reason: Lines = ""

    @override
    def apply(self, concern: Concern, stamp: Stamp) -> Concern:
        return replace(concern, restricted_to=None)

    @override
    def words(self) -> str:
        return f"Restriction lifted. Reason: {self.reason}"

    @override
    def why_fixed(self, concern: Concern) -> str | None:
        return "What has been seen cannot be unseen; restrict the concern again instead."


class RecordViewed(Event):
    """Somebody named looked at the restricted concern; who and when is in the stamp. It changes nothing else."""

    kind = VIEWED

    #: What was looked at first: "concern", "why", "show", "log".
    how: Line = "concern"

    @override
    def apply(self, concern: Concern, stamp: Stamp) -> Concern:
        return concern

    @override
    def words(self) -> str:
        return f"Viewed while restricted ({self.how})"

    @override
    def why_fixed(self, concern: Concern) -> str | None:
        return "That somebody looked at it stays in the record."


def restricted_by(concern: Concern) -> str:
    """Who restricted the concern last, the person to ask; empty when nobody ever did."""
    done = (item.stamp.actor for item in reversed(concern.history) if isinstance(item.event, ConcernRestricted))
    return next(done, "")


KINDS: dict[str, type[Event]] = {event.kind: event for event in (ConcernRestricted, RestrictionLifted, RecordViewed)}
