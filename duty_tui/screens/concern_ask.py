"""Dialogues that ask before something is done: with no default, so that Enter alone never commits anything."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.events import Key
from textual.widgets import Static

from duty_tui.screens.concern_list import wrap
from duty_tui.screens.desk_screen import DeskModal
from duty_tui.widgets.command import Command
from duty_tui.widgets.command_screen import Back
from duty_tui.widgets.entry_input import NotesArea
from duty_tui.widgets.footer import KeyHints
from duty_tui.widgets.guarded import Guarded
from duty_tui.widgets.safe import content, lines
from duty_tui.widgets.statusline import StatusLine

_WIDTH = 68


class Way(NamedTuple):
    """One way to go on: the digit that takes it, what it is called here, and its words."""

    key: str
    value: str
    words: str


class Ways(Guarded, Static, can_focus=True):
    """The ways to go on, each taken by its digit."""

    DEFAULT_CSS = """
    Ways { height: auto; margin-top: 1; }
    """


class Ask(DeskModal[str]):
    """A question with ways to go on; dismissed with the way taken, or None. Enter takes none of them."""

    CSS_PATH = "concern_ask.tcss"
    ACTS = (Back,)

    def __init__(self, title: str, said: Sequence[str | Content], ways: Sequence[Way]) -> None:
        super().__init__()
        self._title = title
        self._said = said
        self._ways = ways

    def compose(self) -> ComposeResult:
        """What is asked, and the ways."""
        shown: list[Content] = []
        for line in self._said:
            shown += [line] if isinstance(line, Content) else [content(part) for part in wrap(line, _WIDTH)]
        with Vertical(classes="dialogue"):
            yield Static(content((self._title, "bold $key-fg")), classes="title")
            yield Static(lines(shown))
            ways = [content((way.key, "bold $key-fg"), "  ", way.words) for way in self._ways]
            ways.append(content(("Esc", "bold $key-fg"), " go back, nothing is done"))
            yield Ways(content=lines(ways))
            yield StatusLine()

    def on_mount(self) -> None:
        """The digits go to the ways."""
        self.query_one(Ways).focus()

    def on_key(self, event: Key) -> None:
        """Take the way of a digit; say why Enter does nothing."""
        way = next((way for way in self._ways if way.key == event.character), None)
        if way is not None:
            event.stop()
            self.dismiss(way.value)
        elif event.key == "enter":
            event.stop()
            self.refuse("Enter decides nothing here: press the digit of what you mean.")


class Commit(Command[Any, Any]):
    """Record what was typed."""

    id, keys, label, title, group, priority = "commit", "ctrl+s,f9", "record", "Record", "Dialogue", 1
    help = "Record what was typed here."

    def run(self, screen: Write) -> None:
        """Record it, and close only when it is on the disk."""
        screen.commit()


#: Records a text; raises DutyError when it was not recorded.
Recording = Callable[[str], Awaitable[Any]]


class Write(DeskModal[bool]):
    """A text to be recorded: a note, a reason. It is recorded from here, so that it stays when it cannot be.

    Dismissed with True once it is on the disk. Enter makes a new line; Ctrl+S records.
    """

    CSS_PATH = "concern_ask.tcss"
    ACTS = (Commit, Back)
    ROWS: ClassVar[int] = 5

    def __init__(self, title: str, said: Sequence[str], record: Recording, *, text: str = "", needed: str = "") -> None:
        super().__init__()
        self._title = title
        self._said = said
        self._record = record
        self._text = text
        self._needed = needed
        self._busy = False

    def compose(self) -> ComposeResult:
        """What it is about, and the text."""
        shown = [part for line in self._said for part in wrap(line, _WIDTH)]
        with Vertical(classes="dialogue"):
            yield Static(content((self._title, "bold $key-fg")), classes="title")
            yield Static(lines(shown))
            yield NotesArea(self._text, id="text")
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
        elif not self._busy:
            self._busy = True
            self.begin(self._commit(text))

    async def _commit(self, text: str) -> None:
        try:
            await self._record(text)
        finally:
            self._busy = False
        self.dismiss(True)
