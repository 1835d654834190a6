"""How many questions wait for somebody's judgement, across the desk: counted aside, so that no key waits for it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.timer import Timer

    from duty_tui.desk.desk import Desk
    from duty_tui.screens.queue import QueueScreen


#: In a queue longer than this they are not counted: it would take the desk from the hand. `Z` lists them all the same.
_MOST = 1000
#: Seconds after news.
_AFTER = 0.3


class AskedCount:
    """Counted when the queue has been read, when something is recorded, and when time alone changes it."""

    def __init__(self, screen: QueueScreen) -> None:
        self._screen = screen
        self.count = 0
        self._until: datetime | None = None
        self._waiting: Timer | None = None

    def soon(self) -> None:
        """Count anew once what was just recorded stands on the screen: counting takes longer than showing it."""
        if self._waiting is None:
            self._waiting = self._screen.set_timer(_AFTER, self.look)

    def look(self) -> None:
        """Count anew."""
        self._waiting = None
        board = self._screen.board
        if board is not None and len(board) <= _MOST:
            self._screen.begin(self._look(), alone="asked")

    def tick(self, now: datetime) -> None:
        """Count anew once something begins or ends to be asked."""
        if self._until is not None and now >= self._until:
            self._until = None
            self.look()

    async def _look(self) -> None:
        now = self._screen.now()
        self.count, self._until = await self._screen.session.ask(lambda desk: _asked(desk, now))
        self._screen.count_anew()


def _asked(desk: Desk, now: datetime) -> tuple[int, datetime | None]:
    from duty_tui.desk.obligations import all_obligations

    found = all_obligations(desk, now)
    return sum(line.kind == "prompt" for line in found.lines), found.until
