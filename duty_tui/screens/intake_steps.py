"""The parts of a screen on one line, the one that is shown standing out, each with a word on how far it is."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.widget import Widget

from duty_tui.screens.intake_form import SECTIONS
from duty_tui.widgets.safe import Part, content, elide, width


class Steps(Widget):
    """`▸1 Caller ✓  2 Children 2  3 What happened  4 Questions 3 open`."""

    DEFAULT_CSS = """
    Steps { height: 1; padding: 0 1; background: $head-bg; color: $head-fg; }
    """

    def __init__(self, names: Sequence[str] = SECTIONS) -> None:
        super().__init__()
        self._names = names
        self._at = 0
        self._words: Sequence[str] = ("",) * len(names)

    def show(self, at: int, words: Sequence[str]) -> None:
        """Show the part `at`, and a word on each."""
        if (at, tuple(words)) != (self._at, tuple(self._words)):
            self._at, self._words = at, tuple(words)
            self.refresh()

    def render(self) -> Content:
        """The line; where it is too narrow the words on the parts go."""
        full = self._line(with_words=True)
        return full if full.cell_length <= self.content_size.width else self._line(with_words=False)

    def _line(self, *, with_words: bool) -> Content:
        parts: list[Part] = []
        for at, (name, word) in enumerate(zip(self._names, self._words, strict=True)):
            here = at == self._at
            parts += ["  " if parts else "", ("▸" if here else " ", "bold"), (name, "bold reverse" if here else "")]
            if with_words and word:
                parts.append((" " + elide(word, max(width(word), 1)), "$key-fg"))
        return content(*parts)
