"""How and when somebody got the records, where no email of this program did it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from duty_tui.desk.circulating import by_hand
from duty_tui.domain.circulation_commands import Circulate
from duty_tui.screens.concern_ask import Commit
from duty_tui.screens.concern_field import Field
from duty_tui.screens.concern_form import FormDialog
from duty_tui.screens.drafted import Drafted
from duty_tui.views.circulation import Board, BoardLine
from duty_tui.widgets.command_screen import Back
from duty_tui.widgets.footer import KeyHints
from duty_tui.widgets.safe import content, elide, lines
from duty_tui.widgets.statusline import StatusLine
from duty_tui.widgets.time_field import TimeField
from duty_tui.widgets.wrapping import wrap

if TYPE_CHECKING:
    from duty_tui.screens.circulation import CirculationScreen

_CELLS = 70


class OnBoard:
    """The concern of a board, as the dialogue needs it."""

    def __init__(self, screen: CirculationScreen, board: Board) -> None:
        self._screen, self._board = screen, board
        self.concern_id, self.version = board.concern, board.version

    @property
    def about(self) -> str:
        """Number and children."""
        return f"{self._board.reference} {self._board.title}"

    async def was_recorded(self, what: str) -> None:
        """Say so; the board hears of it as of everything that is recorded."""
        self._screen.recorded(f"{self._board.reference} {what} · recorded")


class ByHandDialog(Drafted, FormDialog[bool]):
    """Dismissed with True once it is on the disk; until then everything typed stays."""

    CSS_PATH = "circulation_dialog.tcss"
    ACTS: ClassVar[Any] = (Commit, Back)
    HELP = "How they got the records, and when. Ctrl+S records it."
    LAST = "how"

    def __init__(self, screen: CirculationScreen, board: Board, line: BoardLine) -> None:
        super().__init__(OnBoard(screen, board), f"ByHandDialog.{board.discussion}.{line.receiving.who.ids[0]}")
        self._board, self._line = board, line

    def compose(self) -> ComposeResult:
        """Whom, how, when, what came of the last key."""
        who = ", ".join(filter(None, (self._line.name, self._line.receiving.who.agency)))
        with Vertical(classes="dialogue"):
            yield Static(content((elide(f"BY HAND · {self.behind.about}", _CELLS), "bold $key-fg")), classes="title")
            said = f"{who}: {self._line.said}"
            yield Static(lines([content(part) for part in wrap(said, _CELLS, 3)]))
            yield Field("how", "How", hint="on paper, through a portal", limit=500)
            yield TimeField("When (now, unless you say otherwise)", self.clock, id="when")
            yield StatusLine()
            yield KeyHints()

    def on_mount(self) -> None:
        """To how."""
        self.query_one("#how").focus()

    def commit(self) -> None:
        """Record it."""
        if self.done:
            return
        when, how = self.query_one(TimeField), self.query_one("#how", Input).value.strip()
        if when.text.strip() and when.reading.instant is None:
            self.refuse(when.reading.problem or "The time cannot be read.")
            when.focus()
        elif not how:
            self.refuse("Say in a few words how it was handed over.")
            self.query_one("#how").focus()
        else:
            event = by_hand(self._board, self._line, when.reading.instant or self.now(), how)
            self.begin(self.record(Circulate(each=(event,)), f"by hand to {self._line.name}"))
