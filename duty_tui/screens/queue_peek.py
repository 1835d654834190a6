"""The pane under the queue: the next step for the concern under the cursor, without opening it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget

from duty_tui.screens.queue_words import more_lines, short_lines
from duty_tui.views.queue import QueueRow
from duty_tui.widgets.safe import content, lines

if TYPE_CHECKING:
    from duty_tui.views.concern import ConcernView

SHORT, TALL = 3, 8


class Peek(Widget):
    """Three lines from the row itself, at once; eight where there is room, the further ones as the desk reads them."""

    DEFAULT_CSS = """
    Peek { height: 3; padding: 0 1; background: $surface; color: $foreground; text-wrap: nowrap; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (Textual's name)
        super().__init__(id=id)
        self._row: QueueRow | None = None
        self._now: datetime | None = None
        self._more: ConcernView | None = None
        self._company = ("", "")
        self._drawn = ""

    @property
    def is_tall(self) -> bool:
        """Whether there is room for more than the row knows."""
        return self.size.height > SHORT

    def show(self, row: QueueRow | None, now: datetime) -> None:
        """Speak of `row` as of `now`; paints only when it reads otherwise than before."""
        if row is None or self._more is None or (self._more.id, self._more.version) != (row.id, row.stored.version):
            self._more = None
        self._row, self._now = row, now
        drawn = self._said()
        if drawn.plain != self._drawn:
            self._drawn = drawn.plain
            self.refresh()

    def add(self, view: ConcernView) -> None:
        """What the desk knows besides, unless the cursor has gone elsewhere meanwhile."""
        if self._row is not None and self._now is not None and view.id == self._row.id:
            self._more = view
            self.show(self._row, self._now)

    def accompany(self, concern: str, words: str) -> None:
        """Who else has it open or types about it."""
        self._company = (concern, words)
        if self._now is not None:
            self.show(self._row, self._now)

    def render(self) -> Content:
        """The lines."""
        return self._said()

    def _said(self) -> Content:
        if self._row is None or self._now is None:
            return content(("Nothing is selected.", "$faint"))
        cells = self.content_size.width
        height = TALL if self.is_tall else SHORT
        concern, company = self._company
        said = short_lines(self._row, self._now, cells, height, company if concern == self._row.id else "")
        if self._more is not None and self.is_tall:
            said += more_lines(self._more, cells, TALL - len(said))
        return lines(said)
