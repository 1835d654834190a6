"""What happened in a discussion, a line each as it came, the newest last and in sight."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.events import Click, Resize
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from duty_tui.domain.text import clean
from duty_tui.widgets.cells import fit
from duty_tui.widgets.wrapping import wrap

_TIME, _WORD = 6, 10
_MARGIN = 1


class LogRow(NamedTuple):
    """One line: what it belongs to, the time and word before it, the text, and its tone (a component's name)."""

    key: str
    time: str
    word: str
    text: str
    tone: str = "note"


class CallLog(ScrollView, can_focus=False):
    """An append-only list drawn line by line: what was drawn before is drawn no more, however long the call is.

    It never has the focus: the entry line does, and scrolls it. `show` gives it all rows; those that begin as before
    keep their lines. While the end is in sight it stays in sight; somebody reading further up is not moved.
    """

    DEFAULT_CSS = """
    CallLog { height: 1fr; background: $background; color: $foreground; overflow-x: hidden; overflow-y: scroll;
        scrollbar-size-vertical: 1; scrollbar-color: $primary; scrollbar-background: $panel; }
    CallLog > .log--note { color: $foreground; background: $background; }
    CallLog > .log--time { color: $faint; background: $background; }
    CallLog > .log--join { color: $rank-3; background: $background; text-style: bold; }
    CallLog > .log--decide { color: $key-fg; background: $background; text-style: bold; }
    CallLog > .log--action { color: $good; background: $background; text-style: bold; }
    CallLog > .log--loud { color: $bad; background: $background; text-style: bold; }
    CallLog > .log--selected { color: $row-fg; background: $row-bg; text-style: $row-style; }
    CallLog:nocolor > .log--selected { text-style: bold reverse; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "log--" + name for name in ("note", "time", "join", "decide", "action", "loud", "selected")
    }

    class Clicked(Message):
        """Somebody clicked on the line with this key."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    def __init__(self, *, id: str | None = None, empty: str = "") -> None:  # noqa: A002 (Textual's name)
        super().__init__(id=id)
        self.empty = empty
        self.selected: str | None = None
        """The key of the line that is marked, or None."""
        self._rows: list[LogRow] = []
        self._ends: list[int] = []
        self._lines: list[tuple[int, str, str, str]] = []
        self._width = 0
        self._styles_of: dict[str, Style] = {}

    @property
    def rows(self) -> Sequence[LogRow]:
        """What is shown, in order."""
        return self._rows

    def show(self, rows: Sequence[LogRow]) -> None:
        """Show these; only what is new since the last time is broken into lines."""
        at_end = self._at_end
        same = 0
        for old, new in zip(self._rows, rows, strict=False):
            if old != new:
                break
            same += 1
        if same == len(self._rows) == len(rows):
            return
        del self._rows[same:], self._ends[same:]
        del self._lines[self._ends[-1] if self._ends else 0 :]
        self._rows.extend(rows[same:])
        self._break_from(same)
        self._measure(at_end=at_end)

    def select(self, key: str | None) -> None:
        """Mark a line and bring it into sight, or none and go back to the end."""
        if key == self.selected:
            return
        self.selected = key
        places = [place for place, row in enumerate(self._rows) if row.key == key]
        if places:
            self._reveal(places[0])
        elif key is None:
            self.scroll_end(animate=False, immediate=True)
        self.refresh()

    def page(self, by: int) -> None:
        """So many screens down; the entry keeps the focus, so its keys come here."""
        self.scroll_to(y=self.scroll_offset.y + by * max(1, self.size.height - 1), animate=False)

    # Lines

    @property
    def _cells(self) -> int:
        return self.scrollable_content_region.width

    @property
    def _at_end(self) -> bool:
        return self.scroll_offset.y >= self.max_scroll_y - 1

    def _break_from(self, first: int) -> None:
        room = max(10, self._cells - _TIME - _WORD - 2 * _MARGIN)
        for place in range(first, len(self._rows)):
            row = self._rows[place]
            for at, part in enumerate(wrap(row.text, room)):
                self._lines.append((place, row.time if not at else "", row.word if not at else "", part))
            self._ends.append(len(self._lines))

    def _measure(self, *, at_end: bool) -> None:
        size = Size(self._cells, len(self._lines))
        if size != self.virtual_size:
            self.virtual_size = size
        if at_end:
            self.scroll_end(animate=False, immediate=True)
        self.refresh()

    def _reveal(self, place: int) -> None:
        start, end = self._ends[place - 1] if place else 0, self._ends[place]
        top, height = self.scroll_offset.y, self.size.height
        if start < top:
            self.scroll_to(y=start, animate=False)
        elif end > top + height:
            self.scroll_to(y=min(start, end - height), animate=False)

    def on_resize(self, _event: Resize) -> None:
        """Break all lines for the new width."""
        if self._cells != self._width:
            self._width = self._cells
            at_end = self._at_end
            self._lines.clear()
            self._ends.clear()
            self._break_from(0)
            self._measure(at_end=at_end)

    def on_click(self, event: Click) -> None:
        """Say which line was clicked."""
        offset = event.get_content_offset(self)
        at = self.scroll_offset.y + offset.y if offset else -1
        if 0 <= at < len(self._lines):
            self.post_message(self.Clicked(self._rows[self._lines[at][0]].key))

    # Drawing

    def render_line(self, y: int) -> Strip:
        """One line: time and word before its first, room before the others."""
        width = self._cells
        at = self.scroll_offset.y + y
        if at >= len(self._lines):
            words = " " + self.empty if not self._rows and not y else ""
            return Strip([Segment(fit(words, width), self._style("time" if words else "note"))], width)
        place, time, word, text = self._lines[at]
        row = self._rows[place]
        chosen = row.key == self.selected
        tones = ("selected",) * 3 if chosen else ("time", row.tone, "note" if row.tone != "loud" else "loud")
        mark = "▌" if chosen else " "
        return Strip(
            [
                Segment(mark + fit(clean(time), _TIME), self._style(tones[0])),
                Segment(fit(word, _WORD), self._style(tones[1])),
                Segment(fit(text, max(0, width - _TIME - _WORD - _MARGIN)), self._style(tones[2])),
            ],
            width,
        )

    def _style(self, name: str) -> Style:
        style = self._styles_of.get(name)
        if style is None:
            style = self._styles_of[name] = self.get_component_rich_style("log--" + name)
        return style

    def notify_style_update(self) -> None:
        """Another theme: nothing drawn before holds."""
        super().notify_style_update()
        self._styles_of.clear()
