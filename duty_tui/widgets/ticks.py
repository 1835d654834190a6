"""A question with several answers at once, each ticked by its key; `0` ticks all of them or none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, Generic, NamedTuple, TypeVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click, Focus, Key
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from duty_tui.widgets.choice import Option
from duty_tui.widgets.safe import Part, clean, content, elide, fit, width

ValueT = TypeVar("ValueT")

#: The keys of a list too long for its nine digits go on through the letters.
KEYS = "123456789abcdefghijklmnopqrstuvwxyz"

_LABEL_CELLS = 15
_TICKED, _OPEN = "■", "□"


class _Box(NamedTuple):
    line: int
    x: int
    words: str


class Ticks(Widget, Generic[ValueT], can_focus=True):
    """A label over its boxes, side by side where they fit and one below the other where they do not.

    Digits tick, arrows move and Space ticks where the mark stands.
    """

    DEFAULT_CSS = """
    Ticks { height: auto; width: 1fr; padding: 0 1; color: $foreground; }
    Ticks:focus { background: $surface; border-left: thick $secondary; padding: 0 1 0 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,down", "step(1)", "Next", show=False),
        Binding("left,up", "step(-1)", "Before", show=False),
        Binding("space", "tick", "Tick", show=False),
        Binding("backspace,delete", "clear", "None", show=False),
    ]

    class Changed(Message):
        """Something was ticked, or no longer is."""

        def __init__(self, ticks: Ticks[Any]) -> None:
            super().__init__()
            self.ticks = ticks

        @property
        def control(self) -> Ticks[Any]:
            """The boxes, for `@on` selectors."""
            return self.ticks

    def __init__(self, question: str, options: Sequence[Option[ValueT]], *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.question = clean(question)
        self.options = tuple(options)
        self._ticked: set[int] = set()
        self._at = 0

    @property
    def values(self) -> tuple[ValueT, ...]:
        """What is ticked, in the order of the list."""
        return tuple(option.value for at, option in enumerate(self.options) if at in self._ticked)

    def tick(self, values: Iterable[ValueT]) -> None:
        """Show these as ticked and nothing else, without a message."""
        wanted = tuple(values)
        self._ticked = {at for at, option in enumerate(self.options) if option.value in wanted}
        self.refresh(layout=True)

    def on_focus(self, _event: Focus) -> None:
        """Screen readers follow the terminal's own cursor."""
        self.app.cursor_position = self.content_region.offset

    def on_key(self, event: Key) -> None:
        """A key ticks its box; 0 all, or none where all are ticked."""
        if event.character == "0":
            event.stop()
            everything = set(range(len(self.options)))
            self._now(set() if self._ticked == everything else everything)
            return
        for at, option in enumerate(self.options):
            if event.character == option.key:
                event.stop()
                self._at = at
                self.action_tick()

    def action_step(self, by: int) -> None:
        """Another box; stops at the ends."""
        self._at = max(0, min(len(self.options) - 1, self._at + by))
        self.refresh()

    def action_tick(self) -> None:
        """Tick the box where the mark stands, or take the tick away."""
        self._now(self._ticked ^ {self._at})

    def action_clear(self) -> None:
        """Nothing is ticked."""
        self._now(set())

    def on_click(self, event: Click) -> None:
        """A click on a box ticks it."""
        x, y = event.get_content_offset_capture(self)
        for at, box in enumerate(self._boxes(self.content_size.width)):
            if box.line == y and box.x <= x < box.x + width(box.words):
                self._at = at
                self.action_tick()

    def _now(self, ticked: set[int]) -> None:
        if ticked != self._ticked:
            self._ticked = ticked
            self.refresh(layout=True)
            self.post_message(self.Changed(self))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """The boxes on the line of the question where they fit, else one a line beneath it."""
        boxes = self._boxes(width)
        return boxes[-1].line + 1 if boxes else 1

    def render(self) -> Content:
        """The question and its boxes."""
        cells = self.content_size.width
        parts: list[Part] = [(fit(self.question, _LABEL_CELLS), "$head-fg")]
        line = 0
        for at, box in enumerate(self._boxes(cells)):
            style = "bold $key-fg" if at in self._ticked else ""
            if self.has_focus and at == self._at:
                style += " underline"
            parts.append("\n" if box.line != line else "  " if at else "")
            parts.append((elide(box.words, cells), style.strip()))
            line = box.line
        return content(*parts, keep_lines=True)

    def _boxes(self, cells: int) -> list[_Box]:
        words = [
            " ".join((_TICKED if at in self._ticked else _OPEN, option.key, clean(option.label)))
            for at, option in enumerate(self.options)
        ]
        if _LABEL_CELLS + sum(2 + width(one) for one in words) - 2 > cells:
            return [_Box(line, 0, one) for line, one in enumerate(words, 1)]
        boxes, x = [], _LABEL_CELLS
        for one in words:
            boxes.append(_Box(0, x, one))
            x += width(one) + 2
        return boxes


def numbered(values: Iterable[tuple[ValueT, str]]) -> list[Option[ValueT]]:
    """Options with the keys in order; what lies beyond the last key is left out of the list."""
    return [Option(key, value, label) for key, (value, label) in zip(KEYS, values, strict=False)]
