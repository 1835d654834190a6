"""A text to be recorded on a concern: a note, a reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from duty_tui.domain.commands import Command, Withdraw
from duty_tui.screens.concern_ask import Commit
from duty_tui.screens.desk_screen import DeskModal
from duty_tui.screens.drafted import Behind, Drafted
from duty_tui.widgets.command_screen import Back
from duty_tui.widgets.entry_input import NotesArea
from duty_tui.widgets.footer import KeyHints
from duty_tui.widgets.safe import content, lines
from duty_tui.widgets.statusline import StatusLine
from duty_tui.widgets.wrapping import wrap

_WIDTH = 68


class Write(Drafted, DeskModal[bool]):
    """Dismissed with True once the text is on the disk. Enter makes a new line; Ctrl+S records.

    `said` stands under the names of the children, `make` makes of the text what is recorded, `what` says it was;
    `needed` is said when there is no text, where there must be one.
    """

    CSS_PATH = "concern_ask.tcss"
    ACTS = (Commit, Back)
    ROWS: ClassVar[int] = 5

    def __init__(
        self,
        behind: Behind,
        kind: str,
        title: str,
        make: Callable[[str], Command],
        what: str,
        *,
        said: Sequence[str] = (),
        needed: str = "",
    ) -> None:
        super().__init__(behind, kind)
        self._title, self._said = title, said
        self._make, self._what = make, what
        self._needed = needed

    def compose(self) -> ComposeResult:
        """What it is about, and the text."""
        shown = [part for line in (self.behind.about, *self._said) for part in wrap(line, _WIDTH)]
        with Vertical(classes="dialogue"):
            yield Static(content((self._title, "bold $key-fg")), classes="title")
            yield Static(lines(shown))
            yield NotesArea(id="text")
            yield StatusLine()
            yield KeyHints()

    def on_mount(self) -> None:
        """Straight into the text."""
        area = self.query_one(NotesArea)
        area.styles.height = self.ROWS
        area.focus()

    def commit(self) -> None:
        """Record the text."""
        text = self.query_one(NotesArea).text.strip()
        if not text and self._needed:
            self.refuse(self._needed)
        elif not self.done:
            self.begin(self.record(self._make(text), self._what))


class UndoDialog(Write):
    """Undoes the entry it names; the reason may be left empty."""

    HELP = "An undo is an entry of its own: the record keeps what was said, marked as withdrawn, and your reason."
    ROWS: ClassVar[int] = 3

    def __init__(self, behind: Behind, entry: str, words: str) -> None:
        stays = "The entry stays in the timeline, marked withdrawn. Why? (may be left empty) Ctrl+S undoes it."
        super().__init__(
            behind,
            f"undo {entry}",
            "UNDO THIS ENTRY",
            lambda text: Withdraw(entry=entry, reason=text),
            "undone",
            said=(words, "", stays),
        )
