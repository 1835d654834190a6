"""The board for a wall screen: the queue as it stands, second by second; nothing can be recorded from it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from duty_tui.desk.board import Board
from duty_tui.errors import DutyError
from duty_tui.screens.desk_screen import DeskScreen
from duty_tui.screens.queue_rows import read_rows
from duty_tui.screens.stale import StaleLine
from duty_tui.views.wall import WallLine, wall_of
from duty_tui.widgets.command import Command
from duty_tui.widgets.command_screen import Help
from duty_tui.widgets.safe import content, elide, fit, lines
from duty_tui.widgets.time_left import CELLS, time_left
from duty_tui.widgets.title_bar import TitleBar

if TYPE_CHECKING:
    from duty_tui.desk.session import Changes

_STYLES = {"late": "bold $late-fg on $late-bg", "now": "bold $now-fg on $now-bg", "soon": "bold $soon"}
_WHOSE_CELLS, _AGE_CELLS, _STAGE_CELLS, _OWNER_CELLS, _LEAST = 14, 5, 8, 5, 8


class Quit(Command[Any, Any]):
    """Leave the board."""

    id, keys, label, group, priority = "quit", "q", "quit", "Everywhere", 70
    help = "Leave the board."

    def run(self, screen: WallScreen) -> None:
        """Leave."""
        screen.host.leave()


class WallScreen(DeskScreen[None]):
    """What the whole room may see. Nothing can be recorded from here."""

    DEFAULT_CSS = """
    WallScreen { layout: vertical; background: $background; }
    WallScreen #rows { height: 1fr; padding: 0 1; }
    """
    HEADING = "BOARD"
    HELP = "The queue for a wall: names are initials, and nothing says what happened. q leaves."
    ACTS: ClassVar[Any] = (Quit, Help)

    def __init__(self) -> None:
        super().__init__()
        self.board: Board | None = None
        self._as_of: datetime | None = None
        #: Everything was to be read anew and could not be.
        self._behind = False

    def compose(self) -> ComposeResult:
        """The bar, and as many rows as there is room for."""
        yield TitleBar()
        yield StaleLine()
        yield Static(id="rows")

    def on_mount(self) -> None:
        """Read the rows; the screen stands already."""
        self.begin(self._read(first=True), alone="read")

    async def _read(self, *, first: bool = False) -> None:
        try:
            # To nobody in particular: whoever walks past is named on no restricted concern.
            read = await self.host.read_first(lambda store: read_rows(store, ""))
        except DutyError as error:
            if first:
                self.host.end_with(error)
                return
            self._behind = True
            self.query_one(StaleLine).say(self._as_of or self.now(), error.what)
            return
        self._behind = False
        self.query_one(StaleLine).clear()
        self.board = Board(read.bands)
        self.board.fill(read.rows, self.now())
        self._draw(self.now())
        if first:
            self.call_after_refresh(self.host.begin_feed, read.seq)

    def on_changes(self, changes: Changes) -> None:
        """Rows recorded anywhere take their places."""
        if changes.trouble:
            self.query_one(StaleLine).say(self._as_of or self.now(), changes.trouble)
            return
        if changes.everything or self._behind or self.board is None:
            self.begin(self._read(), alone="read")
            return
        self.query_one(StaleLine).clear()
        for row in changes.rows:
            self.board.put(row)
        self._draw(self.now())

    def tick(self, now: datetime) -> None:
        """Let a second pass."""
        super().tick(now)
        if self.board is not None:
            self.board.move_on(now)
            self._draw(now)

    def on_resize(self) -> None:
        """More rows, or fewer."""
        self._draw(self.now())

    def _draw(self, now: datetime) -> None:
        if self.board is None:
            return
        self._as_of = now
        view = self.board.view(now)
        self.host.counts = view.counts
        self.show_bar(now)
        rows = self.query_one("#rows", Static)
        room, cells = max(1, rows.size.height), max(1, rows.size.width - 2)
        shown = [_drawn(line, int(now.timestamp()), cells) for line in wall_of(view)]
        if len(shown) > room:
            more = len(shown) - room + 1
            shown = [*shown[: room - 1], content((f"… and {more} more, all less urgent", "$faint"))]
        nothing = content(("Nothing is waiting.", "$faint"))
        rows.update(lines(shown or [nothing]), layout=False)


def _drawn(line: WallLine, now: int, cells: int) -> Content:
    if not line.symbol:
        return content(f"{line.reference:<5}", (line.whose, "bold"))
    left, band = time_left(line.due, now, line.received)
    rank = f"bold $rank-{line.rank}" if line.rank in (1, 2, 3) else "$faint"
    taken = 5 + 3 + CELLS + 1 + _WHOSE_CELLS + _AGE_CELLS + _STAGE_CELLS + _OWNER_CELLS
    return content(
        f"{line.reference:<5}",
        (f"{line.symbol:<3}", rank),
        (left.rjust(CELLS), _STYLES.get(band, "")),
        " ",
        (fit(line.whose, _WHOSE_CELLS), "bold"),
        fit(line.age, _AGE_CELLS),
        fit(elide(line.what, max(_LEAST, cells - taken - 1)), max(_LEAST, cells - taken)),
        fit(line.stage, _STAGE_CELLS),
        fit(line.owner, _OWNER_CELLS),
    )
