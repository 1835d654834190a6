"""Somebody was told of it who is not to be invited but informed: whom, when, and what was said."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.widgets import Static

from duty_tui.desk.informing import inform
from duty_tui.domain.commands import Command
from duty_tui.domain.typed_time import read_time
from duty_tui.screens.about_discussion import Read
from duty_tui.screens.concern_field import Field, time_reader
from duty_tui.screens.discussion_form import DiscussionForm, NotYet
from duty_tui.views.discussion import InviteLine
from duty_tui.widgets.safe import content, lines
from duty_tui.widgets.wrapping import wrap


class InformForm(DiscussionForm):
    """Three lines, none of them needed: Ctrl+S alone says that they were told now."""

    KIND: ClassVar[str] = "informed"
    HELP = "Whom you told, and when unless it was just now; Ctrl+S records it."

    def __init__(self, read: Read, role: InviteLine) -> None:
        super().__init__(read, role.role)
        self._role = role

    @property
    def title_words(self) -> str:
        """Which part, at which concern."""
        return f"TOLD · {self._role.title} · {self.view_of.reference}"

    def parts(self) -> ComposeResult:
        """Why they are told, whom, when, what was said."""
        why = [self._role.cite, f"Only if: {self._role.unless}" if self._role.unless else ""]
        yield Static(lines([content((part, "$faint")) for words in filter(None, why) for part in wrap(words, 70, 2)]))
        yield Field("who", "Whom", hint="their name; may be left open")
        yield Field("when", "When", hint="now, unless you say 13:40, -20m …", read=time_reader(self.now), limit=60)
        yield Field("note", "Said", limit=2000)

    @property
    def said(self) -> str:
        """Which part."""
        return f"{self._role.title} told"

    async def made(self) -> Command | None:
        """The act; whether others are still to be told is looked up at that moment."""
        typed = self.text("when")
        reading = read_time(typed, now=self.now()) if typed else None
        if reading is not None and (reading.instant is None or reading.precision == "day"):
            raise NotYet(reading.problem or "Say the time of day as well.", "when")
        at = reading.instant if reading and reading.instant else self.now()
        who, note = self.text("who"), self.text("note")
        role, number = self._role.role, self.view_of.number
        return await self.session.ask(
            lambda desk: inform(desk, self.concern_id, number, role, at=at, who=who, note=note)
        )
