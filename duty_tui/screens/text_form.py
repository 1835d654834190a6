"""A text recorded at a discussion: a reason, an answer, an addition; kept as a draft like every other form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.widgets import Static

from duty_tui.domain.commands import Command
from duty_tui.screens.about_discussion import Read
from duty_tui.screens.discussion_form import DiscussionForm, NotYet
from duty_tui.widgets.entry_input import NotesArea
from duty_tui.widgets.safe import content, lines
from duty_tui.widgets.wrapping import wrap


class Asked(NamedTuple):
    """What is asked for: the act, what it is about, the command made of the text, what it is called once recorded."""

    title: str
    said: Sequence[str]
    make: Callable[[str], Command]
    what: str
    #: Said when there is no text; empty where none is needed.
    needed: str = ""


class TextForm(DiscussionForm):
    """One text. `key` tells its draft from those of other texts at the discussion."""

    KIND: ClassVar[str] = "text"
    HELP = "Type the text; Ctrl+S records it, Escape keeps it as a draft."

    def __init__(self, read: Read, key: str, asked: Asked) -> None:
        super().__init__(read, key)
        self._asked = asked

    @property
    def title_words(self) -> str:
        """The act and the concern."""
        return f"{self._asked.title} · {self.view_of.reference}"

    def parts(self) -> ComposeResult:
        """What it is about, and the text."""
        yield Static(lines([content(part) for line in self._asked.said for part in wrap(line, 70, 3)]))
        yield NotesArea(id="words", compact=True)

    @property
    def said(self) -> str:
        """As it was asked for."""
        return self._asked.what

    def command(self) -> Command:
        """What is made of the text."""
        if not self.text("words") and self._asked.needed:
            raise NotYet(self._asked.needed, "words")
        return self._asked.make(self.text("words"))
