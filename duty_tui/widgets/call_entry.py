"""The line a call is typed into: it always has the focus, and what has no text to act on acts on the call."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.message import Message

from duty_tui.widgets.entry_input import EntryInput


class CallEntry(EntryInput):
    """One line of text; `told` hears of every change of it at once.

    Delete in an empty line is told to the screen: it undoes the marked line of the call.
    """

    class DeletedNothing(Message):
        """Delete was pressed and there is nothing to delete."""

    def __init__(self, told: Callable[[str], None], **kwargs: Any) -> None:
        self._told = told
        super().__init__(max_length=20_000, **kwargs)

    def watch_value(self, old: str, new: str) -> None:
        """Tell of the text at once: a message would pass every widget on its way up."""
        super().watch_value(old, new)
        if self.is_mounted:
            self._told(new)

    def action_delete_right(self) -> None:
        """One letter, or where there is none, tell the screen."""
        if self.value:
            super().action_delete_right()
        else:
            self.post_message(self.DeletedNothing())

    def put(self, text: str) -> None:
        """Let `text` stand here, the cursor behind it; Ctrl+Z brings back what stood here before."""
        self.value = text
        self.cursor_position = len(text)
