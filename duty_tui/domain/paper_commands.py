"""What the program asks to be kept of a document it made."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from typing_extensions import override

from duty_tui.domain.commands import Command
from duty_tui.domain.concern import Concern
from duty_tui.domain.events import Event
from duty_tui.domain.model import Line
from duty_tui.domain.paper_events import Signs, SignsNotShown


class NoteSignsNotShown(Command):
    """Note it, once for the same document and characters."""

    act = "export"

    document: Line
    signs: Signs

    @override
    def events(self, concern: Concern, at: datetime) -> Sequence[Event]:
        event = SignsNotShown(document=self.document, signs=self.signs)
        return [] if any(item.event == event for item in concern.history) else [event]
