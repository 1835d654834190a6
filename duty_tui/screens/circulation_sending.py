"""Making and sending the records from the board: off the event loop, told step by step, stopped between messages."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from threading import Event as Flag
from typing import TYPE_CHECKING

from duty_tui.desk.circulating import write_draft
from duty_tui.desk.packing import Packing, Parcel, letter
from duty_tui.desk.sending import PASSWORD, Outcome, relay_of, send_each
from duty_tui.domain.circulation_commands import Circulate
from duty_tui.domain.circulation_events import CirculationEvent
from duty_tui.errors import Unavailable
from duty_tui.widgets.progress import progress_words
from duty_tui.widgets.statusline import StatusLine

if TYPE_CHECKING:
    from duty_tui.clock import Clock
    from duty_tui.desk.desk import Desk
    from duty_tui.desk.session import DeskSession
    from duty_tui.documents.mail import Letter
    from duty_tui.documents.relay import Relay
    from duty_tui.screens.circulation import CirculationScreen
    from duty_tui.views.circulation import Board, BoardLine

#: Seconds the record may take to keep what became of one message; it is sent by then.
_PATIENCE = 120.0
_NO_ANSWER = "the record did not answer in two minutes. It may still note it: look at the board before you do."


class Sending:
    """One round of messages through the relay, on a thread of its own; `stop` ends it after the one on its way."""

    def __init__(self, session: DeskSession, clock: Clock, board: Board) -> None:
        self._session, self._clock, self._board = session, clock, board
        self._stop = Flag()
        #: What became of each so far.
        self.done: list[Outcome] = []

    @property
    def stopped(self) -> bool:
        """Whether it was told to end."""
        return self._stop.is_set()

    def stop(self) -> None:
        """Send nothing more than what is on its way."""
        self._stop.set()

    def run(self, relay: Relay, parcels: Sequence[tuple[Parcel, Letter]], tell: Callable[[], object]) -> None:
        """Hand them in, each recorded before the next one goes. Blocking. Raises DutyError as `send_each` does."""
        for one in send_each(relay, self._board, parcels, self._clock, self._record):
            self.done.append(one)
            tell()
            if self.stopped:
                return

    def _record(self, event: CirculationEvent) -> None:
        act = Circulate(each=(event,))
        try:
            self._session.ask_and_wait(lambda desk: desk.do(self._board.concern, act), _PATIENCE)
        except TimeoutError:  # the message went all the same, and what was asked may still be done
            raise Unavailable(_NO_ANSWER) from None

    def words(self, total: int) -> str:
        """What came of it, those refused by name with what the relay said."""
        refused = [one for one in self.done if one.refused]
        said = f"{len(self.done) - len(refused)} of {total} sent"
        left = total - len(self.done)
        stopped = f", stopped before the other {left}" if left else ""
        names = "; ".join(f"{one.name}: {one.refused}" for one in refused)
        return f"{said}{stopped}" + (f"; {len(refused)} refused. {names}" if refused else "")


async def pack(screen: CirculationScreen, board: Board, lines: Sequence[BoardLine]) -> list[Parcel]:
    """The documents of everybody, one after the other, with a bar; what no font shows stands in `screen.signs`."""
    packing = Packing(board, lines, screen.now(), corrected=not board.waiting)
    await screen.session.ask(packing.begin)
    done, total = 0, 1
    while done < total:
        done, total = await screen.session.ask(packing.go_on)
        screen.query_one(StatusLine).say(progress_words("Making the documents", done, total))
    screen.signs = " ".join(packing.said)
    return packing.parcels


async def send(screen: CirculationScreen, board: Board, lines: Sequence[BoardLine]) -> None:
    """Send to these people through the relay, and say what came of it."""
    password = os.environ.get(PASSWORD, "")
    relay = await screen.session.ask(lambda desk: relay_of(desk, password))
    parcels = await pack(screen, board, lines)
    letters = await screen.session.ask(lambda desk: [(one, letter(desk, board, one)) for one in parcels])
    sending = screen.sending = Sending(screen.session, screen.clock, board)
    loop, total = asyncio.get_running_loop(), len(letters)

    def tell() -> None:
        loop.call_soon_threadsafe(screen.say_sending, total)

    screen.say_sending(total)
    try:
        await asyncio.to_thread(sending.run, relay, letters, tell)
    except asyncio.CancelledError:  # nobody waits for the thread any more, and nothing ends it but this
        sending.stop()
        raise
    finally:
        screen.sending = None
    words = f"{sending.words(total)} {screen.signs}".strip()
    if any(one.refused for one in sending.done):
        screen.refuse(words)
    else:
        screen.recorded(f"{words} · recorded")
    await screen.reload_now()


def _written(board: Board, parcel: Parcel, folder: Path, desk: Desk) -> Path:
    return write_draft(desk, board, parcel, folder, replace=True)


async def draft(screen: CirculationScreen, board: Board, lines: Sequence[BoardLine]) -> None:
    """Write an email to each of these people into the folder for documents, and say where they are."""
    folder = screen.settings.folder
    parcels = await pack(screen, board, lines)
    for done, parcel in enumerate(parcels, 1):
        await screen.session.ask(partial(_written, board, parcel, folder))
        screen.query_one(StatusLine).say(progress_words("Writing the emails", done, len(parcels)))
    screen.recorded(f"{len(parcels)} emails are in {folder} · send them, then press s {screen.signs}".strip())
    await screen.reload_now()
