"""Restricting a concern to named people, lifting that, and the note that somebody looked at it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from typing_extensions import override

from duty_tui.domain.commands import Command, refuse
from duty_tui.domain.concern import Concern
from duty_tui.domain.events import Event
from duty_tui.domain.kinds import is_among
from duty_tui.domain.model import Line, Lines
from duty_tui.domain.restriction import ConcernRestricted, RecordViewed, RestrictionLifted
from duty_tui.domain.text import fold


class RestrictConcern(Command):
    """Let only the people named see the concern; whoever does it must be one of them, which the desk checks."""

    act = "restrict"

    names: tuple[Line, ...]
    reason: Lines

    @override
    def events(self, concern: Concern, at: datetime) -> Sequence[Event]:
        names = tuple({fold(name): name for name in self.names if name}.values())
        if not names:
            raise refuse("Nobody is named who may see it.", "Name at least yourself and one other person.")
        if not self.reason:
            raise refuse("A restriction needs its reason.", "Say in a few words why; only those named will read it.")
        return [ConcernRestricted(names=names, reason=self.reason)]

    @override
    def doubts(self, concern: Concern, at: datetime) -> Sequence[str]:
        found = []
        if len({fold(name) for name in self.names if name}) == 1:
            found.append("Only one person is named: when they are away nobody can work on it.")
        if concern.owner and not is_among(self.names, concern.owner):
            found.append(f"Its owner, {concern.owner}, is not among those named and would not see it.")
        return found


class LiftRestriction(Command):
    """Let everybody see the concern again, with the reason."""

    act = "restrict"

    reason: Lines

    @override
    def events(self, concern: Concern, at: datetime) -> Sequence[Event]:
        if concern.restricted_to is None:
            raise refuse("The concern is not restricted.", "Nothing needs doing.")
        if not self.reason:
            raise refuse("Lifting a restriction needs its reason.", "Say in a few words why.")
        return [RestrictionLifted(reason=self.reason)]


class ViewRecord(Command):
    """Note that somebody looks at a restricted concern; `how` says at what of it. Of another nothing is noted."""

    how: Line = "concern"

    @override
    def events(self, concern: Concern, at: datetime) -> Sequence[Event]:
        return [] if concern.restricted_to is None else [RecordViewed(how=self.how)]
