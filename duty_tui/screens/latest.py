"""Something read anew whenever it is asked for, one reading at a time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duty_tui.screens.desk_screen import AtTheDesk


class Latest:
    """Does `work` off the keys; asked again while it is at it, it does it once more, however often it was asked."""

    def __init__(self, work: Callable[[], Awaitable[None]]) -> None:
        self._work = work
        self._wanted = self._busy = False

    def ask(self, screen: AtTheDesk) -> None:
        """Have it done from now on, as a worker of `screen`."""
        self._wanted = True
        if not self._busy:
            self._busy = True
            screen.begin(self._do())

    async def _do(self) -> None:
        try:
            while self._wanted:
                self._wanted = False
                await self._work()
        finally:
            self._busy = False
