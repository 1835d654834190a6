"""A label and one row of answers beside it, each given by its digit: a choice that takes one line of a form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from duty_tui.widgets.choice import Choice, Option
from duty_tui.widgets.safe import Part, content, elide

#: How a concern came in: whether somebody referred it.
CAME_IN: tuple[Option[bool], ...] = (Option("1", True, "Referral"), Option("2", False, "Open case, no referral"))


class Answers(Choice[Any]):
    """The answers without a question over them."""

    def render(self) -> Content:
        """Side by side, or one a line where they do not fit."""
        cells = self.content_size.width
        parts: list[Part] = []
        for at, answer in enumerate(self._answers(cells)):
            parts += ["  " if answer.x else "\n"] if parts else []
            parts.append((elide(answer.words, cells), "bold $key-fg" if at == self.at else ""))
        return content(*parts, keep_lines=True)


class ChoiceLine(Horizontal):
    """The choice's id is the line's name."""

    DEFAULT_CSS = """
    ChoiceLine { height: auto; }
    ChoiceLine > .label { width: 15; color: $head-fg; }
    """

    def __init__(self, name: str, label: str, options: Sequence[Option[Any]]) -> None:
        super().__init__(classes="field")
        self._label = label
        self.choice = Answers("", options, id=name)

    def compose(self) -> ComposeResult:
        """Label and answers."""
        yield Static(content(self._label), classes="label")
        yield self.choice
