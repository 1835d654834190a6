"""What people ask of a record's circulation: one command carries the steps, and says when one cannot be."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from pydantic import Field, SerializeAsAny
from typing_extensions import override

from duty_tui.domain.circulation_events import CirculationEvent, RecordDrafted, RecordSent
from duty_tui.domain.commands import Command, refuse
from duty_tui.domain.concern import Concern
from duty_tui.domain.discussion_commands import AllAtDiscussion, AtDiscussion
from duty_tui.domain.events import Event
from duty_tui.domain.kinds import is_among


class Circulate(Command):
    """Record steps of a record's way, all or none; nothing goes to whom a restricted concern does not name."""

    act = "circulate"

    each: Annotated[tuple[SerializeAsAny[CirculationEvent], ...], Field(min_length=1)]

    @override
    def events(self, concern: Concern, at: datetime) -> Sequence[Event]:
        for event in self.each:
            goes = isinstance(event, (RecordDrafted, RecordSent))
            if goes and concern.restricted_to is not None and not is_among(concern.restricted_to, event.to.name):
                raise refuse(
                    "The concern is restricted, and somebody this would go to is not among those named.",
                    "Restrict it again with their name, if they are to have the record.",
                )
        return AllAtDiscussion(each=tuple(AtDiscussion(event=event) for event in self.each)).events(concern, at)
