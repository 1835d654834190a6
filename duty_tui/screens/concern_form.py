"""A dialogue with lines to type into, on which Enter moves on and never commits."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.screen import ScreenResultType
from textual.widgets import Input
from typing_extensions import override

from duty_tui.screens.desk_screen import DeskModal


class FormDialog(DeskModal[ScreenResultType]):
    """Enter in a line goes on before any letter typed ahead reaches the line that is left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "entered", "Next field", show=False, priority=True),
    ]
    LAST = ""
    """The id of the line in which Enter does not move on; it says why, unless `entered_last` does more."""

    @override
    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enter moves on from a line; elsewhere it is the widget's own."""
        if action == "entered":
            return isinstance(self.focused, Input)
        return super().check_action(action, parameters)

    def action_entered(self) -> None:
        """On from a line."""
        if self.LAST and self.focused is not None and self.focused.id == self.LAST:
            self.entered_last()
        else:
            self.entered()

    def entered(self) -> None:
        """Enter in any line but the last."""
        self.focus_next()

    def entered_last(self) -> None:
        """Enter in the last line commits nothing."""
        self.refuse("Ctrl+S records it; Enter does not.")
