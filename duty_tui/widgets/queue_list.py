"""The list of concerns: a line each, drawn from the model, and a cursor that belongs to a concern, not to a place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.events import Click, Focus, Key, Resize
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from duty_tui.widgets.cells import fit
from duty_tui.widgets.guarded import Guarded
from duty_tui.widgets.queue_line import Column, GroupLine, Line, QueueLine, cell_text, columns, due_text
from duty_tui.widgets.queue_order import QueueOrder
from duty_tui.widgets.time_left import Band, time_left

_FAR = 1_000_000_000


class QueueList(Guarded, ScrollView, can_focus=True):
    """One widget for any number of lines; nothing is kept per line but the line itself.

    `set_rows` gives it lines in order, `tick` the time. The cursor stays on its concern wherever that goes, and on its
    line of the screen as far as it can; when the concern leaves the list the selection is cleared and said to be lost.
    For three seconds after a key lines do not change places: what has come, gone or changed shows at once, what would
    move is counted in `moves_pending` and moves at the next `tick` after the hand has rested.
    """

    DEFAULT_CSS = """
    QueueList { height: 1fr; background: $background; color: $foreground; overflow-x: hidden; overflow-y: scroll;
        scrollbar-size-vertical: 1; scrollbar-color: $primary; scrollbar-background: $panel; }
    QueueList > .queue--head { color: $head-fg; background: $head-bg; text-style: bold; }
    QueueList > .queue--line { color: $foreground; background: $background; }
    QueueList > .queue--other { color: $foreground; background: $surface; }
    QueueList > .queue--group { color: $head-fg; background: $panel; text-style: bold; }
    QueueList > .queue--selected { color: $row-fg; background: $row-bg; text-style: $row-style; }
    QueueList:nocolor > .queue--selected { text-style: bold reverse; }
    QueueList > .queue--late { color: $late-fg; background: $late-bg; text-style: $chip-style; }
    QueueList > .queue--now { color: $now-fg; background: $now-bg; text-style: $chip-style; }
    QueueList > .queue--soon { color: $soon; text-style: bold; }
    QueueList > .queue--later, QueueList > .queue--open, QueueList > .queue--faint { color: $faint; }
    QueueList > .queue--rank1 { color: $rank-1; text-style: bold; }
    QueueList > .queue--rank2, QueueList > .queue--none { color: $rank-2; text-style: bold; }
    QueueList > .queue--rank3 { color: $rank-3; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "queue--" + name
        for name in ("head", "line", "other", "group", "selected", "late", "now", "soon", "later", "open", "faint",
                     "rank1", "rank2", "rank3", "none")
    }  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "move(1)", "Next", show=False),
        Binding("up,k", "move(-1)", "Previous", show=False),
        Binding("pagedown", "page(1)", "Next page", show=False),
        Binding("pageup", "page(-1)", "Previous page", show=False),
        Binding("home,g", f"move({-_FAR})", "First", show=False),
        Binding("end,G", f"move({_FAR})", "Last", show=False),
        Binding("enter", "open", "Open", show=False, id="concern.open"),
    ]
    HELD_SECONDS: ClassVar[int] = 3
    """For so long after a key no line changes places."""

    class Highlighted(Message):
        """The cursor is on another concern now, or on none (`row` None)."""

        def __init__(self, row: QueueLine | None) -> None:
            super().__init__()
            self.row = row

    class Opened(Message):
        """The selected concern is to be opened: Enter, or a click on the selected line."""

        def __init__(self, row: QueueLine) -> None:
            super().__init__()
            self.row = row

    class CursorLost(Message):
        """The selected concern has left the list; nothing is selected until a key or a click."""

        def __init__(self, id: str) -> None:  # noqa: A002 (a concern's id)
            super().__init__()
            self.id = id

    class MovesPending(Message):
        """`count` lines wait to change places; 0 when they have."""

        def __init__(self, count: int) -> None:
            super().__init__()
            self.count = count

    def __init__(self, *, id: str | None = None, empty: str = "Nothing is waiting.") -> None:  # noqa: A002 (Textual's name)
        super().__init__(id=id)
        self.empty = empty
        """What is said when there are no lines."""
        self.moves_pending = 0
        """How many lines wait to change places."""
        self._order = QueueOrder()
        self._now = 0
        self._last_key: int | None = None
        self._styles_of: dict[str, Style] = {}
        self._drawn: dict[tuple[str, bool, bool], tuple[Line, Strip, Strip]] = {}
        self._shown: dict[int, tuple[str, str]] = {}

    # What it shows

    @property
    def rows(self) -> Sequence[Line]:
        """The lines in the order shown."""
        return self._order.rows

    @property
    def selected(self) -> QueueLine | None:
        """The line under the cursor, or None."""
        return self._order.selected

    def set_rows(self, rows: Sequence[Line], now: int) -> None:
        """Show `rows`, in their order, at `now` (seconds since 1970 UTC); each id at most once."""
        self._now = now
        before, on_screen = self.selected, self._on_screen()
        count, lost = self._order.set_rows(rows, held=self._hand_is_near())
        self._show(before, on_screen, lost)
        self._say_pending(count)

    def apply_moves(self) -> None:
        """Let the lines that wait change places now."""
        if self._order.waiting:
            before, on_screen = self.selected, self._on_screen()
            self._show(before, on_screen, self._order.apply())
            self._say_pending(0)

    def tick(self, now: int) -> None:
        """It is `now`: repaint the times on the screen that read otherwise than before, and nothing else."""
        self._now = now
        if self._order.waiting and not self._hand_is_near():
            self.apply_moves()
            return
        column = self._columns()[1]
        top = self.scroll_offset.y
        for y, (id_shown, text) in list(self._shown.items()):
            row = self._order.concern_at(top + y - 1)
            if row is not None and row.id == id_shown and self._due(row)[0] != text:
                self.refresh(Region(column.x, y, column.cells, 1))

    def select(self, id: str) -> bool:  # noqa: A002 (a concern's id)
        """Put the cursor on the concern with this id; False if it is not in the list."""
        place = self._order.place_of(id)
        if place is None:
            return False
        self._go(place)
        return True

    # Drawing

    def render_line(self, y: int) -> Strip:
        """The heading, then a line each."""
        width = self._cells
        if y == 0:
            return self._head(width)
        place = self.scroll_offset.y + y - 1
        self._shown.pop(y, None)
        if place < len(self.rows):
            row = self.rows[place]
            if isinstance(row, GroupLine):
                return Strip([Segment(fit(" " + row.title, width), self._style("group"))], width)
            return self._line(row, place, y).adjust_cell_length(width, self._style("line"))
        if not self.rows and y == 2:  # noqa: PLR2004 (one line below the heading)
            return Strip([Segment(fit("  " + self.empty, width), self._style("faint", on="line"))], width)
        return Strip.blank(width, self._style("line"))

    @property
    def _cells(self) -> int:
        """The width of a line; the scroll bar has its own."""
        return self.scrollable_content_region.width

    def _columns(self) -> tuple[Column, ...]:
        return columns(self._cells, self.outer_size.width)

    def _head(self, width: int) -> Strip:
        titles = (c.title.rjust(c.cells) if c.name == "due" else fit(c.title, c.cells) for c in self._columns())
        return Strip([Segment(fit(" " + " ".join(titles), width), self._style("head"))], width)

    def _due(self, row: QueueLine) -> tuple[str, Band]:
        text, band = time_left(row.due, self._now, row.received)
        return due_text(text, provisional=row.provisional), band

    def _line(self, row: QueueLine, place: int, y: int) -> Strip:
        chosen = row.id == self._order.selected_id
        base = "selected" if chosen else "other" if place % 2 else "line"
        key = (row.id, chosen, bool(place % 2))
        drawn = self._drawn.get(key)
        if drawn is None or drawn[0] is not row:
            if len(self._drawn) > 400:  # noqa: PLR2004 (several screens' worth)
                self._drawn.clear()
            drawn = self._drawn[key] = (row, *self._around_due(row, base, chosen))
        text, band = self._due(row)
        self._shown[y] = (row.id, text)
        loud = band in ("late", "now") or not chosen
        due = Segment(text, self._style(band if loud else "", on=base))
        return Strip([*drawn[1], due, *drawn[2]])

    def _around_due(self, row: QueueLine, base: str, chosen: bool) -> tuple[Strip, Strip]:
        """What stands before and after the due, which alone changes with the time."""
        symbol, _due, *others = self._columns()
        rank = "" if chosen else f"rank{row.rank}" if row.rank in (1, 2, 3) else "faint"
        before = [
            Segment("▌" if chosen else " ", self._style("", on=base)),
            Segment(cell_text(row, symbol) + " ", self._style(rank, on=base)),
        ]
        after = [Segment(" " + cell_text(row, c), self._style(self._tone(row, c, chosen), on=base)) for c in others]
        return Strip(before), Strip(after)

    @staticmethod
    def _tone(row: QueueLine, column: Column, chosen: bool) -> str:
        if column.name == "owner" and not row.owner and not chosen:
            return "none"
        return "faint" if column.name in ("source", "deadline") and not chosen else ""

    def _style(self, name: str, *, on: str = "") -> Style:
        """The style of a component, laid over that of the line it stands on."""
        key = f"{on}/{name}"
        style = self._styles_of.get(key)
        if style is None:
            over = self.get_component_rich_style("queue--" + name, partial=bool(on)) if name else Style()
            style = self._styles_of[key] = self._style(on) + over if on else over
        return style

    def notify_style_update(self) -> None:
        """Another theme: nothing drawn before holds."""
        super().notify_style_update()
        self._styles_of.clear()
        self._drawn.clear()

    # The cursor

    def action_move(self, by: int) -> None:
        """So many lines down, passing over headings; from nowhere, to where the cursor was lost."""
        place = self._order.target(by)
        if place is not None:
            self._go(place)

    def action_page(self, pages: int) -> None:
        """So many screens down."""
        self.action_move(pages * max(1, self.size.height - 2))

    def action_open(self) -> None:
        """Open the selected concern."""
        row = self.selected
        if row is not None:
            self.post_message(self.Opened(row))

    def on_click(self, event: Click) -> None:
        """The first click selects, a click on what is selected opens."""
        place = self.scroll_offset.y + event.y - 1
        row = self._order.concern_at(place) if event.y > 0 else None
        if row is None:
            return
        self._last_key = self._now
        if row is self.selected:
            self.action_open()
        else:
            self._go(place)

    def on_focus(self, _event: Focus) -> None:
        """Screen readers follow the terminal's own cursor: it goes to the selected line."""
        self._point()

    def on_resize(self, _event: Resize) -> None:
        """Other columns, and perhaps fewer lines."""
        self._drawn.clear()
        self._measure()
        self._reveal()

    def _go(self, place: int) -> None:
        """Put the cursor on the line at `place`."""
        before = self._order.place
        self._order.choose(place)
        self._refresh_place(before)
        self._refresh_place(place)
        self._reveal()
        self._point()
        self.post_message(self.Highlighted(self.selected))

    def _reveal(self) -> None:
        """Scroll as little as will show the cursor."""
        place, top, height = self._order.place, self.scroll_offset.y, self.size.height - 1
        if self.selected is None or height < 1:
            return
        if place < top:
            self.scroll_to(y=place, animate=False)
        elif place >= top + height:
            self.scroll_to(y=place - height + 1, animate=False)

    def _on_screen(self) -> int:
        """The line of the screen the cursor is on; 0 is the heading."""
        return self._order.place - self.scroll_offset.y + 1

    def _point(self) -> None:
        y = self._on_screen()
        if self.app.focused is self and self.selected is not None and 0 < y < self.size.height:
            self.app.cursor_position = self.content_region.offset + Offset(0, y)

    def _refresh_place(self, place: int) -> None:
        y = place - self.scroll_offset.y + 1
        if 0 < y < self.size.height:
            self.refresh(Region(0, y, self._cells, 1))

    # Lines that come, go and move

    def _show(self, before: QueueLine | None, on_screen: int, lost: str | None) -> None:
        """Draw the lines anew, the concern under the cursor on its line of the screen, and say what became of it."""
        self._measure()
        if before is not None and self.selected is not None and 0 < on_screen < self.size.height:
            self.scroll_to(y=max(0, self._order.place + 1 - on_screen), animate=False)
        self._point()
        self.refresh()
        if lost is not None:
            self.post_message(self.CursorLost(lost))
        if self.selected is not before:
            self.post_message(self.Highlighted(self.selected))

    def _measure(self) -> None:
        size = Size(self._cells, len(self.rows) + 1)
        if size != self.virtual_size:
            self.virtual_size = size

    def _hand_is_near(self) -> bool:
        return self._last_key is not None and 0 <= self._now - self._last_key < self.HELD_SECONDS

    def _say_pending(self, count: int) -> None:
        if count != self.moves_pending:
            self.moves_pending = count
            self.post_message(self.MovesPending(count))

    # Keys

    def on_key(self, _event: Key) -> None:
        """Note that a hand is near."""
        self._last_key = self._now
