"""What is recorded from the queue itself: who owns a concern, and that the last entry on it was a mistake.

Each takes the concern that was under the cursor at the keypress, and keeps to it whatever the cursor does meanwhile.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from duty_tui.domain.times import london
from duty_tui.views.queue import QueueRow

if TYPE_CHECKING:
    from duty_tui.screens.queue import QueueScreen


class OnRow:
    """A concern of the queue, as the dialogues about it need it."""

    def __init__(self, screen: QueueScreen, row: QueueRow) -> None:
        self._screen, self._row = screen, row
        self.concern_id = row.id

    @property
    def about(self) -> str:
        """Number and name."""
        return f"{self._row.reference} {self._row.name}"

    @property
    def version(self) -> int:
        """As it stood in the queue at the keypress."""
        return self._row.stored.version

    async def was_recorded(self, what: str) -> None:
        """Say so; the queue itself hears of it as of everything that is recorded."""
        self._screen.recorded(f"{self._row.reference} {what} · recorded")


def choose_owner(screen: QueueScreen) -> None:
    """Ask who owns the selected concern, and record it."""
    from duty_tui.screens.owner import OwnerDialog

    row = screen.selected
    if row is None or screen.board is None:
        return
    names = {known.stored.owner for known in screen.board.view(screen.now()).rows if known.stored.owner}
    screen.app.push_screen(OwnerDialog(OnRow(screen, row), row.stored.owner, screen.settings.name, names))


def undo_last(screen: QueueScreen) -> None:
    """Find the person's last entry on the selected concern, ask, and undo it."""
    if screen.selected is not None:
        screen.begin(_ask_to_undo(screen, screen.selected))


async def _ask_to_undo(screen: QueueScreen, row: QueueRow) -> None:
    from duty_tui.desk.reading import timeline
    from duty_tui.screens.write import UndoDialog

    entries = await screen.session.ask(lambda desk: [*timeline(desk.concern(row.id))])
    mine = [line for line in entries if line.actor == screen.settings.name and not line.withdrawn]
    last = next((line for line in reversed(mine) if line.fixed is None and line.kind != "entry-withdrawn"), None)
    if last is None:
        why = mine[-1].fixed if mine else None
        screen.refuse(why or f"You have no entry on {row.reference} that could be undone.")
        return
    said = f"{london(last.at):%a %d %b %H:%M} · {last.words}"
    screen.app.push_screen(UndoDialog(OnRow(screen, row), last.entry, said))
