"""Dialogues that ask before something is done: with no default, so that Enter alone never commits anything."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.events import Key
from textual.widgets import Static

from duty_tui.screens.desk_screen import DeskModal
from duty_tui.widgets.command import Command
from duty_tui.widgets.command_screen import Back
from duty_tui.widgets.guarded import Guarded
from duty_tui.widgets.keys import key_words
from duty_tui.widgets.safe import content, lines
from duty_tui.widgets.statusline import StatusLine
from duty_tui.widgets.wrapping import wrap

_WIDTH = 68
_KEY = 5  # cells of the longest key and a gap


class Way(NamedTuple):
    """One way to go on: the key that takes it, what it is called here, and its words.

    The key is a digit; a chord (`ctrl+d`) where nothing brings back what is lost that way.
    """

    key: str
    value: str
    words: str


class Ways(Guarded, Static, can_focus=True):
    """The ways to go on, each taken by its key."""

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
            keys = [*((key_words(way.key), way.words) for way in self._ways), ("Esc", "Go back, nothing is done")]
            ways = [content((key.ljust(_KEY), "bold $key-fg"), words) for key, words in keys]
            yield Ways(content=lines(ways))
            yield StatusLine()

    def on_mount(self) -> None:
        """The digits go to the ways."""
        self.query_one(Ways).focus()

    def on_key(self, event: Key) -> None:
        """Take the way of a key; say why Enter does nothing."""
        way = next((way for way in self._ways if way.key in (event.character, event.key)), None)
        if way is not None:
            event.stop()
            self.dismiss(way.value)
        elif event.key == "enter":
            event.stop()
            self.refuse("Enter decides nothing here: press the key of what you mean.")


class Commit(Command[Any, Any]):
    """Record what was typed."""

    id, keys, label, title, group, priority = "commit", "ctrl+s,f9", "record", "Record", "Dialogue", 1
    help = "Record what was typed here."

    def run(self, screen: Any) -> None:
        """Record it, and close only when it is on the disk."""
        screen.commit()
