"""Who must have the records of a discussion, who has them and who may not. Opened with F, or from what is owed."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from duty_tui.desk.circulating import drafts_sent, got_by_hand
from duty_tui.desk.circulation import board_of
from duty_tui.desk.obligations import obligations_of
from duty_tui.domain.circulation_commands import Circulate
from duty_tui.domain.times import moment_words
from duty_tui.screens.both import put_beside
from duty_tui.screens.circulation_acts import ACTS
from duty_tui.screens.circulation_ask import ALL, whom_to_write
from duty_tui.screens.circulation_sending import Sending, draft, send
from duty_tui.screens.concern_ask import Ask
from duty_tui.screens.concern_list import Draw, Item, ItemList
from duty_tui.screens.desk_screen import DeskScreen
from duty_tui.screens.discussion_acts import WAYS_IN
from duty_tui.screens.document_acts import ReadOut
from duty_tui.views.circulation import Board, BoardLine
from duty_tui.views.obligation import ObligationLine
from duty_tui.widgets.command_screen import Back, Help, Palette
from duty_tui.widgets.footer import KeyHints
from duty_tui.widgets.progress import progress_words
from duty_tui.widgets.safe import content, elide, fit, lines
from duty_tui.widgets.statusline import StatusLine
from duty_tui.widgets.title_bar import TitleBar
from duty_tui.widgets.wrapping import wrap

if TYPE_CHECKING:
    from duty_tui.desk.desk import Desk
    from duty_tui.desk.session import Changes
    from duty_tui.domain.commands import Command

_CELLS, _STATE_CELLS, _LEAST = 76, 9, 8
#: What sends or writes to some of a board.
Outgoing: TypeAlias = "Callable[[CirculationScreen, Board, Sequence[BoardLine]], Coroutine[Any, Any, None]]"
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
        "how somebody got them; x sends through the relay; m writes emails for your mail program, s says that they "
        "were sent; r reads receipts; p notes an address."
    )
    ACTS: ClassVar[Any] = (*ACTS, ReadOut, *WAYS_IN, Back, Help, Palette)
    gives_way: ClassVar[bool] = True
    """Another list of the same discussion takes its place, so that Escape leads back to where they were opened."""

    def __init__(self, concern_id: str, number: int | None = None) -> None:
        super().__init__()
        self.concern_id, self.number = concern_id, number
        self.board: Board | None = None
        #: What a policy still waits for that circulating meets; None where nothing does.
        self.owed: ObligationLine | None = None
        #: The host of the service's relay; empty where it has set none.
        self.relay = ""
        #: The messages that are going out now, and what no font shows in what was made last.
        self.sending: Sending | None = None
        #: Whether documents are being made for somebody: to write to the same people again has to wait for that.
        self.making = False
        self.signs = ""

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
        self.begin(self.reload_now(), alone="reload")

    async def reload_now(self) -> None:
        """The same, awaited."""
        now, concern, number = self.now(), self.concern_id, self.number

        def read(desk: Desk) -> tuple[Board, ObligationLine | None, str]:
            board = board_of(desk, concern, now, number)
            waits = (line for line in obligations_of(desk, concern, now).lines if line.open)
            mine = (line for line in waits if line.place == "circulate" and line.discussion == board.discussion)
            return board, next(mine, None), desk.books.service.mail.relay

        found = await self.ask(read)
        if found is not None:
            self.board, self.owed, self.relay = found
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

    async def _record(self, made: Command | Callable[[Desk], Command], what: str) -> None:
        seen = self.board.version if self.board else 0
        if not isinstance(await put_beside(self, self.concern_id, made, seen=seen), str):
            self.recorded(f"{what} · recorded")
        await self.reload_now()

    def to_write(self) -> Sequence[BoardLine]:
        """Those an email is written to now: who have nothing yet, else who have an earlier version."""
        if self.board is None:
            return ()
        return [line for line in self.board.waiting or self.board.outdated if line.address]

    def write_drafts(self) -> None:
        """Write to them, after asking about those outside the secure domains."""
        found = self.to_write()
        if any(line.outside for line in found):
            said, ways = whom_to_write(found, "Write to")
            self.app.push_screen(Ask("WRITE THE EMAILS", said, ways), lambda way: self._out(draft, found, way))
        else:
            self._out(draft, found, ALL)

    def send(self) -> None:
        """Send to them through the relay, after reading back to whom: what was sent cannot be called back."""
        found = self.to_write()
        said, ways = whom_to_write(found, "Send to")
        title = f"SEND THE RECORDS THROUGH {self.relay}"
        self.app.push_screen(Ask(title, said, ways), lambda way: self._out(send, found, way))

    def _out(self, work: Outgoing, found: Sequence[BoardLine], way: str | None) -> None:
        board = self.board
        chosen = [line for line in found if way == ALL or not line.outside] if way else []
        if chosen and board is not None:
            self.query_one(StatusLine).say("Making the documents …")
            self.making = True
            self.begin(self._made(work(self, board, chosen)), alone="send")

    async def _made(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        finally:
            self.making = False

    def say_sending(self, total: int) -> None:
        """How far the messages are, and what became of the last one."""
        sending = self.sending
        if sending is None or not self.is_attached:
            return
        last = sending.done[-1] if sending.done else None
        said = f" · {last.name}: {last.refused or 'sent'}" if last else ""
        words = progress_words("Sending", len(sending.done), total)
        self.query_one(StatusLine).say(f"{words}{said}{' · stopping' if sending.stopped else ''}")

    def back(self) -> None:
        """Back; while messages go out, stop after the one on its way and stay to say what came of it."""
        if self.sending is None:
            super().back()
            return
        self.sending.stop()
        self.query_one(StatusLine).say("Stopping after the message that is on its way …")

    def on_unmount(self) -> None:
        """Taken down while messages go out: the one on its way is still recorded, and no other goes."""
        if self.sending is not None:
            self.sending.stop()

    def ask_address(self) -> None:
        """Where the person under the cursor is written to."""
        from duty_tui.screens.circulation_dialog import AddressDialog

        if self.board is not None and self.chosen is not None:
            self.app.push_screen(AddressDialog(self, self.board, self.chosen))

    def read_receipts(self) -> None:
        """Receipts that were saved from a mail program."""
        from duty_tui.screens.circulation_dialog import ReceiptsDialog

        if self.board is not None:
            self.app.push_screen(ReceiptsDialog(self, self.board))

    def elsewhere(self) -> None:
        """It was circulated in another way, and when."""
        from duty_tui.screens.obligation_meet import MeetDialog
        from duty_tui.screens.obligations import OnLine

        if self.owed is not None:
            self.app.push_screen(MeetDialog(OnLine(self, self.owed), self.owed))


def _key(line: BoardLine) -> str:
    return line.receiving.who.ids[0]


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
