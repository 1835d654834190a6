"""What is typed on the board of a record: how somebody got it by hand, their address, where receipts were saved."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from duty_tui.desk.circulating import address_noted, by_hand, received, received_new
from duty_tui.documents.post import read_post
from duty_tui.documents.receipt import receipts_in
from duty_tui.domain.circulation_commands import Circulate
from duty_tui.domain.email_address import is_address
from duty_tui.screens.concern_ask import Commit
from duty_tui.screens.concern_field import Field
from duty_tui.screens.concern_form import FormDialog
from duty_tui.screens.drafted import Drafted
from duty_tui.screens.post_dialog import About, OnPost, PlaceDialog
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


class OnBoard(OnPost):
    """The concern of a board, as the dialogue needs it."""

    def __init__(self, screen: CirculationScreen, board: Board) -> None:
        super().__init__(screen, About(board.concern, board.version, board.reference, board.title))


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


class AddressDialog(Drafted, FormDialog[bool]):
    """Where somebody is written to; dismissed with True once it is on the disk."""

    CSS_PATH = "circulation_dialog.tcss"
    ACTS: ClassVar[Any] = (Commit, Back)
    HELP = "The email address of this person. Ctrl+S records it."
    LAST = "address"

    def __init__(self, screen: CirculationScreen, board: Board, line: BoardLine) -> None:
        super().__init__(OnBoard(screen, board), f"AddressDialog.{board.discussion}.{line.receiving.who.ids[0]}")
        self._board, self._line = board, line

    def compose(self) -> ComposeResult:
        """Whose, the address, what came of the last key."""
        who = ", ".join(filter(None, (self._line.name, self._line.receiving.who.agency)))
        with Vertical(classes="dialogue"):
            yield Static(content((elide(f"ADDRESS · {self.behind.about}", _CELLS), "bold $key-fg")), classes="title")
            yield Static(content(elide(who, _CELLS)))
            yield Field("address", "Address", self._line.address, hint="name@example.gov.uk", limit=254)
            yield StatusLine()
            yield KeyHints()

    def on_mount(self) -> None:
        """To the address."""
        self.query_one("#address").focus()

    def commit(self) -> None:
        """Record it."""
        address = self.query_one("#address", Input).value.strip()
        if self.done:
            return
        if not is_address(address):
            self.refuse("That is no email address a message can be sent to: letters, @, and a domain.")
            self.query_one("#address").focus()
            return
        event = address_noted(self._board, self._line, self.now(), address)
        self.begin(self.record(Circulate(each=(event,)), f"address of {self._line.name}"))


class ReceiptsDialog(PlaceDialog):
    """Receipts, one file or all of a folder; dismissed with True once what they say is on the disk."""

    HELP = "A receipt saved as .eml, or a folder of them. Ctrl+S reads it and records what it says."
    TITLE_WORDS = "RECEIPTS"
    SAID = "Save the receipts from your mail program as .eml. Of a folder every receipt about these records is read."
    ENDINGS = (".eml",)

    def __init__(self, screen: CirculationScreen, board: Board) -> None:
        super().__init__(OnBoard(screen, board), f"ReceiptsDialog.{board.discussion}")
        self._board = board

    async def read(self, place: Path) -> tuple[Circulate | None, str]:
        """What the receipts say that is new."""
        receipts, post = await asyncio.to_thread(read_post, place, self.ENDINGS, receipts_in)
        board, now = self._board, self.now()
        if post.folder:
            came = await self.session.ask(lambda desk: received_new(desk, board, receipts, now))
            events, words = came.events, came.words(post.others)
        else:
            events, words = [received(board, one, now) for one in receipts], f"{len(receipts)} new"
        return (Circulate(each=tuple(events)) if events else None), words
