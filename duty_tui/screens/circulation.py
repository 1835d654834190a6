"""Who must have the records of a discussion, who has them and who may not. Opened with F, or from what is owed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from duty_tui.desk.circulating import drafts_sent, got_by_hand, write_drafts
from duty_tui.desk.circulation import board_of
from duty_tui.desk.obligations import obligations_of
from duty_tui.desk.packing import parcels
from duty_tui.domain.circulation_commands import Circulate
from duty_tui.domain.times import moment_words
from duty_tui.screens.circulation_acts import ACTS
from duty_tui.screens.concern_ask import Ask, Way
from duty_tui.screens.concern_list import Draw, Item, ItemList
from duty_tui.screens.desk_screen import DeskScreen
from duty_tui.screens.discussion_acts import WAYS_IN
from duty_tui.views.circulation import Board, BoardLine
from duty_tui.views.obligation import ObligationLine
from duty_tui.widgets.command_screen import Back, Help, Palette
from duty_tui.widgets.footer import KeyHints
from duty_tui.widgets.safe import content, elide, fit, lines
from duty_tui.widgets.statusline import StatusLine
from duty_tui.widgets.title_bar import TitleBar
from duty_tui.widgets.wrapping import wrap

if TYPE_CHECKING:
    from duty_tui.desk.desk import Desk
    from duty_tui.desk.session import Changes
    from duty_tui.domain.commands import Command

_CELLS, _STATE_CELLS, _LEAST = 76, 9, 8
_STATES = {
    "refused": ("✗ refused", "bold $bad"),
    "owed": ("○ owed", "bold $soon"),
    "old": ("○ old one", "bold $soon"),
    "drafted": ("… drafted", "$soon"),
    "may": ("· may", "$faint"),
    "sent": ("✓ sent", "$good"),
    "received": ("✓ has it", "$good"),
    "barred": ("— never", "$faint"),
}


class CirculationScreen(DeskScreen[None]):
    """The board of one discussion's records; `number` None is the last one held."""

    DEFAULT_CSS = """
    CirculationScreen { layout: vertical; background: $background; }
    CirculationScreen #about { height: 2; padding: 0 1; background: $panel; }
    CirculationScreen ItemList { height: 1fr; }
    """
    HEADING = "CIRCULATION"
    HELP = (
        "Everybody who was asked, took part or sent a report must have the records; the family never. Enter records "
        "how somebody got them; m writes emails for your mail program, s says that they were sent."
    )
    ACTS: ClassVar[Any] = (*ACTS, *WAYS_IN, Back, Help, Palette)
    gives_way: ClassVar[bool] = True
    """Another list of the same discussion takes its place, so that Escape leads back to where they were opened."""

    def __init__(self, concern_id: str, number: int | None = None) -> None:
        super().__init__()
        self.concern_id, self.number = concern_id, number
        self.board: Board | None = None
        #: What a policy still waits for that circulating meets; None where nothing does.
        self.owed: ObligationLine | None = None

    def compose(self) -> ComposeResult:
        """The bar, how many have it, everybody, what came of the last act, the keys."""
        yield TitleBar()
        yield Static(id="about")
        yield ItemList(id="list", empty="Nobody was asked or there.")
        yield StatusLine()
        yield KeyHints()

    def on_mount(self) -> None:
        """Read the board."""
        self.query_one(ItemList).focus()
        self.reload()

    def discussion_at(self) -> tuple[str, int | None] | None:
        """This one."""
        return self.concern_id, self.number

    def reload(self) -> None:
        """Read it anew."""
        self.begin(self._reload(), alone="reload")

    async def _reload(self) -> None:
        now, concern, number = self.now(), self.concern_id, self.number

        def read(desk: Desk) -> tuple[Board, ObligationLine | None]:
            board = board_of(desk, concern, now, number)
            waits = (line for line in obligations_of(desk, concern, now).lines if line.open)
            mine = (line for line in waits if line.place == "circulate" and line.discussion == board.discussion)
            return board, next(mine, None)

        found = await self.ask(read)
        if found is not None:
            self.board, self.owed = found
            self.number = self.board.discussion
            self._draw()

    def on_changes(self, changes: Changes) -> None:
        """Somebody recorded something, here or elsewhere."""
        if changes.everything or any(row.id == self.concern_id for row in changes.rows):
            self.reload()

    @property
    def heading(self) -> str:
        """What it is, and the concern's number."""
        if self.board is None:
            return self.HEADING
        return f"{self.HEADING} {self.board.reference}" + (" RESTRICTED" if self.board.restricted else "")

    def _draw(self) -> None:
        board = self.board
        if board is None:
            return
        self.show_bar(self.now())
        must = [line for line in board.lines if line.receiving.must]
        has = f"{len(must) - len(board.waiting)} of {len(must)} who must have it have it"
        state = f"circulated {moment_words(board.circulated)}" if board.circulated else has
        unsigned = f" · not signed: {len(board.unsigned)} of {len(board.children)}" if board.unsigned else ""
        first = f"Record of discussion {board.discussion}: {state}{unsigned}"
        about = [content((elide(f"{board.reference}  {board.title}", _CELLS), "bold")), content(elide(first, _CELLS))]
        self.query_one("#about", Static).update(lines(about))
        self.query_one(ItemList).show([Item(_key(line), _drawing(line)) for line in board.lines])
        self.refresh_commands()

    def on_item_list_moved(self, _event: ItemList.Moved) -> None:
        """Somebody else: other commands may fit."""
        self.refresh_commands()

    @property
    def chosen(self) -> BoardLine | None:
        """The person under the cursor."""
        key = self.query_one(ItemList).key
        return next((line for line in self.board.lines if _key(line) == key), None) if self.board else None

    # Acts

    def ask_how(self) -> None:
        """How and when the person under the cursor got it."""
        from duty_tui.screens.circulation_dialog import ByHandDialog

        if self.board is not None and self.chosen is not None:
            self.app.push_screen(ByHandDialog(self, self.board, self.chosen))

    def got(self) -> None:
        """The person under the cursor says that they have it."""
        if self.board is not None and self.chosen is not None:
            event = got_by_hand(self.board, self.chosen, self.now())
            self.begin(self._record(Circulate(each=(event,)), f"received by {self.chosen.name}"), alone="record")

    def sent(self) -> None:
        """The drafts went."""
        board, now = self.board, self.now()
        if board is not None:
            self.begin(self._record(lambda desk: drafts_sent(desk, board, (), now), "sent"), alone="record")

    async def _record(self, made: Command | Any, what: str) -> None:
        concern = self.concern_id
        await self.session.ask(lambda desk: desk.do(concern, made(desk) if callable(made) else made))
        self.recorded(f"{what} · recorded")
        await self._reload()

    def to_write(self) -> Sequence[BoardLine]:
        """Those an email is written to now: who have nothing yet, else who have an earlier version."""
        if self.board is None:
            return ()
        return [line for line in self.board.waiting or self.board.outdated if line.address]

    def write_drafts(self) -> None:
        """Write to them, after asking about those outside the secure domains."""
        found = self.to_write()
        outside = [line for line in found if line.outside]
        if not outside:
            self._write(found)
            return
        said = ["These addresses are in none of the service's secure domains:", *map(_outside, outside)]
        inside = [line for line in found if not line.outside]
        ways = [
            Way("1", "all", "Write there all the same"),
            Way("2", "inside", f"Write only to the other {len(inside)}"),
        ]
        lines_of = {"all": found, "inside": inside}
        self.app.push_screen(Ask("WRITE THE EMAILS", said, ways), lambda way: self._write(lines_of.get(way or "", ())))

    def _write(self, found: Sequence[BoardLine]) -> None:
        if found and self.board is not None:
            self.query_one(StatusLine).say("Writing the emails …")
            self.begin(self._written(self.board, found), alone="record")

    async def _written(self, board: Board, found: Sequence[BoardLine]) -> None:
        folder, corrected = self.settings.folder, not board.waiting
        done = await self.session.ask(
            lambda desk: write_drafts(
                desk, board, parcels(desk, board, found, desk.clock(), corrected=corrected), folder, replace=True
            )
        )
        self.recorded(f"{len(done)} emails are in {folder} · send them, then press s")
        await self._reload()

    def elsewhere(self) -> None:
        """It was circulated in another way, and when."""
        from duty_tui.screens.obligation_meet import MeetDialog
        from duty_tui.screens.obligations import OnLine

        if self.owed is not None:
            self.app.push_screen(MeetDialog(OnLine(self, self.owed), self.owed))


def _key(line: BoardLine) -> str:
    return line.receiving.who.ids[0]


def _outside(line: BoardLine) -> str:
    return f"{line.name}: {line.address}"


def _drawing(line: BoardLine) -> Draw:
    def draw(cells: int, selected: bool) -> list[Content]:
        words, style = _STATES[line.state]
        margin = " " * (_STATE_CELLS + 3)
        room = max(_LEAST, cells - len(margin))
        who = ", ".join(filter(None, (line.name, line.receiving.title, line.receiving.who.agency)))
        name = (elide(who, room), "bold" if selected else "")
        drawn = [content("▸ " if selected else "  ", (fit(words, _STATE_CELLS), style), " ", name)]
        if selected:
            reach = line.address or line.receiving.who.contact or "no address known"
            outside = " · outside the secure domains" if line.outside else ""
            for said in (line.said, f"{line.why} · {reach}{outside}"):
                drawn += [content(margin, (part, "$faint")) for part in wrap(said, room, 4)]
        return drawn

    return draw
