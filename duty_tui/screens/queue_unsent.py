"""What waits on this machine while the record is away: counted and marked in the queue, and sent when it is back."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from duty_tui.desk.pending import Pending
from duty_tui.errors import DutyError
from duty_tui.screens.stale import StaleLine
from duty_tui.widgets.command import Command

if TYPE_CHECKING:
    from duty_tui.desk.desk import Desk
    from duty_tui.desk.outgoing import Sent
    from duty_tui.desk.session import Changes
    from duty_tui.domain.concern import Concern
    from duty_tui.screens.desk_screen import Host
    from duty_tui.screens.queue import QueueScreen

    class _Act(Command[QueueScreen, QueueScreen]):
        """An act of the queue."""

else:
    _Act = Command

#: How long after an attempt that left something waiting the next one is made; while the record is away, how often is
#: looked what another terminal has kept.
_AGAIN = timedelta(seconds=5)


class UnsentEntries:
    """Looked at when the queue has been read, at every change and when an entry is kept; sent whenever it can be."""

    def __init__(self, screen: QueueScreen) -> None:
        self._screen = screen
        self.shown = Pending((), ())
        self._tried: datetime | None = None
        self._looked: datetime | None = None
        self._trouble = ""

    def on_changes(self, changes: Changes) -> None:
        """The record is out of reach, or it is there."""
        stale = self._screen.query_one(StaleLine)
        if changes.trouble:
            now = self._screen.now()
            stale.say(now, changes.trouble)
            if self._looked is None or now >= self._looked + _AGAIN:
                self.look()
        elif stale.is_stale:
            stale.clear()
            self.send()

    def open(self) -> None:
        """Open the list of what waits."""
        from duty_tui.screens.unsent import UnsentScreen

        self._screen.app.push_screen(UnsentScreen(), lambda _: self.look())

    def look(self) -> None:
        """Read what waits anew."""
        self._looked = self._screen.now()
        self._screen.begin(self._look(), alone="unsent")

    def tick(self, now: datetime) -> None:
        """Say how old what is shown is; try again what waits although the record is there."""
        stale = self._screen.query_one(StaleLine)
        stale.tick(now)
        self.ask()
        waits = any(not (line.why or line.behind) for line in self.shown.lines)
        if waits and not stale.is_stale and (self._tried is None or now >= self._tried + _AGAIN):
            self.send()

    def send(self) -> None:
        """Send what waits, and say what came of it."""
        self._tried = self._screen.now()
        self._screen.begin(self._send(), alone="sending")

    async def _look(self) -> None:
        self._show(await self._screen.session.ask(_unsent))

    async def _send(self) -> None:
        sent = await self._screen.session.ask(partial(send_telling, self._screen.host))
        await self._look()
        self._say(sent)

    def _say(self, sent: Sent) -> None:
        if sent.recorded:
            self._screen.recorded(f"{_entries(len(sent.recorded))} typed while the record was away · recorded")
        stopped = [line for line in self.shown.lines if line.why]
        if stopped:
            self._screen.refuse(f"{_entries(len(stopped))} NOT recorded: {stopped[0].why} N shows it and asks.")
        self.ask()

    def ask(self) -> None:
        """Ask about what was recorded once the person is back at the queue: no question may fall into other text."""
        new, stale = self._screen.host.to_restrict, self._screen.query_one(StaleLine)
        if new and self._screen.app.screen is self._screen and not stale.is_stale:
            self._screen.begin(self._ask(*new.pop(0)), name="restrict")

    async def _ask(self, concern: Concern, since: int) -> None:
        from duty_tui.screens.restrict import ask_to_restrict

        try:
            await ask_to_restrict(self._screen, concern, since)
        except DutyError:  # nobody can say now whether to ask: asked once the record is there
            self._screen.host.to_restrict.append((concern, since))

    def _show(self, found: Pending) -> None:
        before, self.shown = self.shown, found
        if found.trouble and found.trouble != self._trouble:
            self._screen.refuse(found.trouble)
        self._trouble = found.trouble
        self._screen.host.unsent = len(found.lines)
        if before != found and self._screen.board is not None:
            self._screen.board.show_unsent([row.id for row in before.rows], found)
            self._screen.redraw(self._screen.now())

    def of(self, concern: str) -> int:
        """How many wait on a concern."""
        return sum(line.concern == concern for line in self.shown.lines)


class ShowUnsent(_Act):
    """Show what waits on this machine."""

    id, keys, label, title, group, priority = "queue.unsent", "N", "unsent", "Not recorded", "Queue", 50
    help = "Show what was typed while the record was away and waits on this machine: send it, change it, take it back."
    shown = False

    def run(self, screen: QueueScreen) -> None:
        """Open the list."""
        screen.unsent.open()


def send_telling(host: Host, desk: Desk) -> Sent:
    """Send what waits, and have asked what is to be asked about what was recorded."""
    from duty_tui.desk.outgoing import send

    sent = send(desk)
    host.were_sent(sent.recorded)
    return sent


def _unsent(desk: Desk) -> Pending:
    from duty_tui.desk.waiting import unsent

    return unsent(desk)


def _entries(many: int) -> str:
    return "1 entry" if many == 1 else f"{many} entries"
