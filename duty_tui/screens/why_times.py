"""Another time of receipt, or another now, for WHY to suppose."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from duty_tui.screens.concern_form import FormDialog
from duty_tui.widgets.command import Command
from duty_tui.widgets.command_screen import Back
from duty_tui.widgets.footer import KeyHints
from duty_tui.widgets.safe import content
from duty_tui.widgets.statusline import StatusLine
from duty_tui.widgets.time_field import TimeField


class Times(NamedTuple):
    """What is supposed; None means as it is."""

    received: datetime | None
    now: datetime | None


class Suppose(Command[Any, Any]):
    """Show what would be."""

    id, keys, label, group, priority = "times.suppose", "ctrl+s,f9", "show", "What if", 1
    help = "Show what would be; Enter in the last field does it too."

    def run(self, screen: OtherTimes) -> None:
        """Close with the times."""
        screen.suppose()


class OtherTimes(FormDialog[Times]):
    """Dismissed with the times, or None."""

    CSS_PATH = "why_times.tcss"
    HELP = "Leave a line empty for things as they are."
    ACTS: ClassVar[Any] = (Suppose, Back)

    def compose(self) -> ComposeResult:
        """Two times."""
        with Vertical(classes="dialogue"):
            yield Static(content(("IF IT WERE ANOTHER TIME", "bold $key-fg")), classes="title")
            yield TimeField("Received, or came up (empty: as recorded)", self.clock, id="received")
            yield TimeField("Now (empty: as it is)", self.clock, id="now")
            yield StatusLine()
            yield KeyHints()

    def on_mount(self) -> None:
        """To the first line."""
        self.query_one("#received", TimeField).query_one(Input).focus()

    def entered(self) -> None:
        """From the first line to the second, and from there to the answer."""
        last = self.query_one("#now", TimeField).query_one(Input)
        if self.focused is last:
            last.call_later(self.suppose)
        else:
            self.set_focus(last)

    def suppose(self) -> None:
        """Close with the times, unless one cannot be read."""
        fields = [self.query_one(f"#{name}", TimeField) for name in ("received", "now")]
        for field in fields:
            if field.text.strip() and field.reading.instant is None:
                field.query_one(Input).focus()
                self.refuse(field.reading.problem or "That time cannot be read.")
                return
        received, now = (field.reading.instant if field.text.strip() else None for field in fields)
        self.dismiss(Times(received, now))
