"""The line in which words are typed that every concern shown must hold."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static

from duty_tui.widgets.entry_input import EntryInput
from duty_tui.widgets.safe import content


class FilterLine(Horizontal):
    """`/ okafor         2 of 200`; not there while nothing is filtered."""

    DEFAULT_CSS = """
    FilterLine { height: 1; display: none; background: $head-bg; color: $head-fg; padding: 0 1; }
    FilterLine.-open { display: block; }
    FilterLine > #slash { width: 2; color: $key-fg; text-style: bold; }
    FilterLine > EntryInput { width: 1fr; height: 1; border: none; padding: 0; background: $head-bg; }
    FilterLine > EntryInput:focus { border: none; background: $surface; }
    FilterLine > #count { width: auto; padding: 0 0 0 2; }
    """

    def compose(self) -> ComposeResult:
        """The sign, the words, and how many concerns hold them."""
        yield Static(content("/"), id="slash")
        yield EntryInput(id="words", select_on_focus=False, max_length=200)
        yield Static(content(""), id="count")

    @property
    def field(self) -> EntryInput:
        """Where the words are typed."""
        return self.query_one(EntryInput)

    @property
    def words(self) -> str:
        """What is filtered by."""
        return self.field.value

    def open(self) -> None:
        """Show the line and put the cursor in it."""
        self.add_class("-open")
        self.field.focus()

    def clear(self) -> None:
        """Filter by nothing, and go."""
        self.field.value = ""
        self.remove_class("-open")

    def count(self, shown: int, of: int) -> None:
        """How many of how many concerns are shown."""
        self.query_one("#count", Static).update(content(f"{shown:,} of {of:,}"))
