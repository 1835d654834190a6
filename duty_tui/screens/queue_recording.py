"""What is recorded from the queue itself: who owns a concern, and that the last entry on it was a mistake.

Each takes the concern that was under the cursor at the keypress, and keeps to it whatever the cursor does meanwhile.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from duty_tui.domain.times import london
from duty_tui.views.queue import QueueRow

if TYPE_CHECKING:
    from duty_tui.screens.owner import NewOwner
    from duty_tui.screens.queue import QueueScreen


def choose_owner(screen: QueueScreen) -> None:
    """Ask who owns the selected concern, and record it."""
    from duty_tui.screens.owner import OwnerDialog

    row = screen.selected
    if row is None or screen.board is None:
        return
    names = {known.stored.owner for known in screen.board.view(screen.now()).rows if known.stored.owner}

    def answered(chosen: NewOwner | None) -> None:
        if chosen is not None:
            screen.begin(_hand_over(screen, row, chosen.owner))

    about = f"{row.reference} {row.name}"
    screen.app.push_screen(OwnerDialog(about, row.stored.owner, screen.settings.name, names), answered)


async def _hand_over(screen: QueueScreen, row: QueueRow, owner: str | None) -> None:
    from duty_tui.domain.commands import ChangeOwner

    command = ChangeOwner(owner=owner)
    await screen.session.ask(lambda desk: desk.do(row.id, command, seen_version=row.stored.version))
    screen.recorded(f"{row.reference} owner: {owner or 'nobody'} · recorded")


def undo_last(screen: QueueScreen) -> None:
    """Find the person's last entry on the selected concern, ask, and undo it."""
    if screen.selected is not None:
        screen.begin(_ask_to_undo(screen, screen.selected))


async def _ask_to_undo(screen: QueueScreen, row: QueueRow) -> None:
    from duty_tui.desk.reading import timeline
    from duty_tui.screens.confirm import Confirm

    entries = await screen.session.ask(lambda desk: [*timeline(desk.concern(row.id))])
    mine = [line for line in entries if line.actor == screen.settings.name and not line.withdrawn]
    last = next((line for line in reversed(mine) if line.fixed is None and line.kind != "entry-withdrawn"), None)
    if last is None:
        why = mine[-1].fixed if mine else None
        screen.refuse(why or f"You have no entry on {row.reference} that could be undone.")
        return
    said = f"{london(last.at):%a %d %b %H:%M} · {last.words}"
    details = (f"{row.reference} {row.name}", said, "", "The entry stays in the record, marked as undone.")

    def answered(yes: bool | None) -> None:
        if yes:
            screen.begin(_undo(screen, row, last.entry))

    screen.app.push_screen(Confirm("Undo your last entry?", details), answered)


async def _undo(screen: QueueScreen, row: QueueRow, entry: str) -> None:
    from duty_tui.domain.commands import Withdraw

    await screen.session.ask(lambda desk: desk.do(row.id, Withdraw(entry=entry)))
    screen.recorded(f"{row.reference}: entry undone · recorded")
