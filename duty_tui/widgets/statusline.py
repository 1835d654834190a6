"""What came of the last act: recorded at what time, or NOT recorded and why; more than a line only where needed."""

from __future__ import annotations

from typing import ClassVar

from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.timer import Timer
from textual.widget import Widget

from duty_tui.widgets.safe import clean, content, elide, lines
from duty_tui.widgets.wrapping import wrap

_MOST_LINES = 3


class Refusal(Message):
    """A widget would not take something; the screen says `reason` on its status line."""

    def __init__(self, reason: str) -> None:
        super().__init__()
        self.reason = reason


class StatusLine(Widget):
    """Confirmations and refusals, each with a sign and a word before its colour.

    One line high; what is longer takes up to three, so that nobody has to guess what to do. A confirmation goes at the
    next key or after eight seconds; a refusal stays until a key, so that it can be read. While nothing else is to be
    said it is who else is there.
    """

    DEFAULT_CSS = """
    StatusLine { height: auto; min-height: 1; max-height: 3; padding: 0 1; background: $background;
        color: $foreground; }
    """
    SECONDS: ClassVar[float] = 8.0
    """How long a confirmation stays when no key is pressed."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (Textual's name)
        super().__init__(id=id)
        self.words = ""
        """What stands there now, sign and all; empty when nothing does."""
        self.beneath = ""
        """Who else is there, in words that fit one line."""
        self._style = ""
        self._timer: Timer | None = None

    def recorded(self, words: str) -> None:
        """Something was done: "recorded 14:02:11". Call it only after the store has answered."""
        self._show("✓ " + words, "bold $good", self.SECONDS)

    def refused(self, reason: str) -> None:
        """Something was not done, and why."""
        self._show("✗ " + reason, "bold $bad", None)

    def say(self, words: str) -> None:
        """News that is neither: "2 moved"."""
        self._show("· " + words, "", self.SECONDS)

    def company(self, words: str) -> None:
        """Who else is there; it stands while nothing else does, and takes the one line that is there in any case."""
        if clean(words) != self.beneath:
            self.beneath = clean(words)
            self.refresh()

    def read(self) -> None:
        """A key was pressed: what stands here has been read. The app says so before the key acts."""
        if self.words:
            self._show("", "", None)

    def _show(self, words: str, style: str, seconds: float | None) -> None:
        if self._timer is not None:
            self._timer.stop()
        self._timer = None if seconds is None else self.set_timer(seconds, self.read)
        before = len(self._lines(self.content_size.width))
        self.words, self._style = clean(words), style
        self.refresh(layout=len(self._lines(self.content_size.width)) != before)

    def _lines(self, cells: int) -> list[str]:
        return wrap(self.words, max(1, cells), _MOST_LINES)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 (Textual's)
        """As many lines as the words need."""
        return len(self._lines(width))

    def render(self) -> Content:
        """The words, broken between words; else who is there, cut to the line."""
        if not self.words and self.beneath:
            return content((elide(f"◦ {self.beneath}", self.content_size.width), "bold $soon"))
        return lines([content((line, self._style)) for line in self._lines(self.content_size.width)])
