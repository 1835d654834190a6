"""Said above the queue while dues were moved that this person has not looked at, and the key that shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.widgets import Static

from duty_tui.desk.moved_news import unseen
from duty_tui.widgets.command import Command
from duty_tui.widgets.safe import content

if TYPE_CHECKING:
    from duty_tui.screens.desk_screen import AtTheDesk
    from duty_tui.screens.queue import QueueScreen

    class _Act(Command[QueueScreen, QueueScreen]):
        """An act of the queue."""

else:
    _Act = Command


class MovedLine(Static):
    """`3 dues moved: M`; not there once they were looked at."""

    DEFAULT_CSS = """
    MovedLine { display: none; height: 1; padding: 0 1; background: $panel; text-style: bold; }
    MovedLine.-news { display: block; }
    """

    async def look(self) -> None:
        """Say how many are new to this person. Raises DutyError."""
        screen = cast("AtTheDesk", self.screen)
        me = screen.settings.name
        dues = (await screen.session.look(lambda store: unseen(store, me))).dues
        self.set_class(dues > 0, "-news")
        self.update(
            content(f"{'1 due' if dues == 1 else f'{dues:,} dues'} moved: M shows whose, from when to when and why")
        )


class Moved(_Act):
    """Show what was moved."""

    id, keys, label, title, group, priority = "queue.moved", "M", "moved", "Moved dues", "Queue", 49
    help = "Show the dues that a policy, a closure day, a bank holiday or the program moved: whose, from, to and why."
    shown = False

    def run(self, screen: QueueScreen) -> None:
        """Open the list."""
        from duty_tui.screens.moved import MovedScreen

        screen.app.push_screen(MovedScreen(), lambda _: screen.begin(screen.query_one(MovedLine).look(), alone="moved"))
