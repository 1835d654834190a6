"""Who is on duty, and that the desk went from one shift to the next; decisions of the service, kept with their time."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from duty_tui.domain.service_people import HandedOver, OnDuty
from duty_tui.domain.service_state import ServiceEvent
from duty_tui.screens.concern_ask import Commit
from duty_tui.screens.concern_field import Field
from duty_tui.screens.concern_form import FormDialog
from duty_tui.screens.dialogue_draft import written
from duty_tui.screens.drafted import Drafted
from duty_tui.widgets.command_screen import Back
from duty_tui.widgets.footer import KeyHints
from duty_tui.widgets.safe import content
from duty_tui.widgets.statusline import StatusLine
from duty_tui.widgets.time_field import TimeField


class OfTheService:
    """What lies behind a dialogue about the service itself, which is about no concern."""

    concern_id, about, version = "", "", 0

    async def was_recorded(self, what: str) -> None:
        """The screen it was opened from says so."""


class NamesDialog(Drafted, FormDialog[str]):
    """Dismissed with what was recorded, in words; None when nothing was, and what was typed is a draft then."""

    CSS_PATH = "handover_dialogs.tcss"
    ACTS: ClassVar[Any] = (Commit, Back)
    ACT: ClassVar[str] = ""

    def __init__(self) -> None:
        super().__init__(OfTheService(), type(self).__name__)

    def compose(self) -> ComposeResult:
        """The names, the rest, what came of the last key."""
        with Vertical(classes="dialogue"):
            yield Static(content((self.ACT, "bold $key-fg")), classes="title")
            yield Field("names", "Names", hint="several with a comma between", limit=500)
            yield from self.parts()
            yield StatusLine()
            yield KeyHints()

    def parts(self) -> ComposeResult:
        """What is asked beside the names."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """To the names."""
        self.query_one("#names").focus()

    @property
    def names(self) -> tuple[str, ...]:
        """Those typed."""
        typed = self.query_one("#names", Input).value.split(",")
        return tuple(name.strip() for name in typed if name.strip())

    def to_keep(self, fields: dict[str, str], now: datetime) -> dict[str, str]:
        """With a time as it was understood: "tomorrow" is another day when the draft is found again."""
        kept = super().to_keep(fields, now)
        for when in self.query(TimeField):
            if when.id in kept:
                kept[when.id] = written(when.reading.instant) or when.text
        return kept

    async def decide(self, *events: ServiceEvent, said: str) -> None:
        """Record it, and be dismissed with what was recorded; its draft goes after it. Raises DutyError."""
        self.done = True
        try:
            await self.session.ask(lambda desk: desk.decide(events))
        except BaseException:
            self.done = False
            self.save_soon()
            raise
        try:
            await self.session.ask(self.dropping())
        finally:
            self.leave_with(said)


class OnDutyDialog(NamesDialog):
    """Those on duty from now on, until when."""

    HELP = "Who is on duty from now on, and until when; it stands on the handover sheet."
    ACT = "ON DUTY"
    LAST = ""

    def parts(self) -> ComposeResult:
        """Until when, where that is known."""
        yield TimeField("Until when (may be left open)", self.clock, id="until")

    def commit(self) -> None:
        """Record them."""
        if self.done:
            return
        until = self.query_one(TimeField)
        if not self.names:
            self.refuse("Say who is on duty.")
            self.query_one("#names").focus()
        elif until.text.strip() and until.reading.instant is None:
            self.refuse(until.reading.problem or "The time cannot be read.")
            until.focus()
        else:
            on = OnDuty(names=self.names, since=self.now(), until=until.reading.instant)
            self.begin(self.decide(on, said="on duty · recorded"), alone="decide")


class HandOverDialog(NamesDialog):
    """To whom the desk goes, with the sheet that was read, and a remark."""

    HELP = "To whom the desk goes with this sheet. The next sheet begins where this one ends."
    ACT = "HAND OVER"
    LAST = "note"

    def __init__(self, sheet: datetime) -> None:
        super().__init__()
        self._sheet = sheet

    def parts(self) -> ComposeResult:
        """A remark."""
        yield Field("note", "Remark", limit=2000)

    def commit(self) -> None:
        """Record it."""
        if self.done:
            return
        if not self.names:
            self.refuse("Say who takes the desk over.")
            self.query_one("#names").focus()
            return
        self.begin(self._hand_over(self.query_one("#note", Input).value.strip()), alone="decide")

    async def _hand_over(self, note: str) -> None:
        head = await self.session.look(lambda store: store.head().seq)
        done = HandedOver(at=self._sheet, to=self.names, head=head, by=self.settings.name, note=note)
        await self.decide(done, said="handed over · recorded")
