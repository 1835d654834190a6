"""What every app of this program has before it knows anything of its work: the net, the themes, and the status line."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import ClassVar

from textual.app import App, ReturnType
from textual.binding import Binding, BindingType
from textual.events import Event, Key
from textual.filter import LineFilter, NoColor

from duty_tui.widgets.safe import ControlNet
from duty_tui.widgets.statusline import StatusLine
from duty_tui.widgets.themes import DEFAULTS, THEMES, pick_theme

_NET = ControlNet()
_NO_COLOR = NoColor()


class SafeApp(App[ReturnType]):
    """An App whose lines pass the net, whose themes are ours, and which offers nothing Textual adds by itself.

    The palette shows the commands of the screen and no others: Textual's own would write the screen, names and all,
    to a file. NO_COLOR takes the colours away altogether instead of turning them grey.
    """

    COMMANDS: ClassVar = set()
    ENABLE_COMMAND_PALETTE = True
    COMMAND_PALETTE_BINDING = "ctrl+p"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "app.focus_next", "Next field", show=False, priority=True),
        Binding("shift+tab", "app.focus_previous", "Previous field", show=False, priority=True),
    ]
    """At once, before the next key: left to bubble up, the key after a quick Tab would go to the field just left."""

    def __init__(self) -> None:
        super().__init__()
        self.animation_level = "none"
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = pick_theme(os.environ, self.console.color_system)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """A value for every variable our style sheets name, whatever the theme."""
        return DEFAULTS

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's filters, with the net after them."""
        if self.no_color:
            return (_NO_COLOR, _NET)
        return (*super().get_line_filters(), _NET)

    def on_ready(self) -> None:
        """Show the terminal's own cursor, which Textual hides: it is what a screen reader or magnifier follows."""
        if self._driver is not None:
            self._driver.write("\x1b[?25h")

    async def on_event(self, event: Event) -> None:
        """A key, wherever it goes, has the last message read; it is told before it acts."""
        if isinstance(event, Key) and not event.is_forwarded:
            for line in self.screen.query(StatusLine):
                line.read()
        await super().on_event(event)
