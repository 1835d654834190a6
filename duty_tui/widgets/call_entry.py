"""The line a call is typed into: it always has the focus, and what has no text to act on acts on the call."""

from __future__ import annotations

from typing import Any

from textual.message import Message

from duty_tui.widgets.entry_input import EntryInput


class CallEntry(EntryInput):
    """One line of text. Delete in an empty line is told to the screen: it undoes the marked line of the call."""

    class DeletedNothing(Message):
        """Delete was pressed and there is nothing to delete."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=20_000, **kwargs)

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
