"""What can be done from the queue. Every act takes the concern under the cursor at the moment of the key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from duty_tui.screens.discussion_acts import WAYS_IN, AllActions
from duty_tui.screens.escalation_acts import AllEscalations
from duty_tui.screens.handover_acts import Handover
from duty_tui.screens.moved_line import Moved
from duty_tui.screens.obligation_acts import AllOwed
from duty_tui.screens.past_ways import WAYS_BACK
from duty_tui.screens.queue_recording import choose_owner, undo_last
from duty_tui.screens.queue_unsent import ShowUnsent
from duty_tui.widgets.command import AnyCommand, Command

if TYPE_CHECKING:
    from duty_tui.screens.queue import QueueScreen

    class _Act(Command[QueueScreen, QueueScreen]):
        """An act of the queue."""

else:
    _Act = Command


class _OnConcern(_Act):
    """An act on the concern under the cursor."""

    group = "This concern"

    def why_not(self, view: QueueScreen) -> str | None:
        """Nothing is selected."""
        return None if view.selected else "No concern is selected: choose one with the arrow keys first."


class New(_Act):
    """Take a concern over the telephone."""

    id, keys, label, group, priority = "concern.new", "n", "new", "Queue", 10
    title = "New concern"
    help = "Take a concern over the telephone; what was being typed comes back."

    def run(self, screen: QueueScreen) -> None:
        """Open the form."""
        screen.take_concern()


class Open(_OnConcern):
    """Open the concern."""

    id, keys, label, priority = "concern.open", "enter", "open", 12
    title = "Open concern"
    help = "Show its facts, children, clocks and every entry."

    def run(self, screen: QueueScreen) -> None:
        """Open its screen."""
        screen.open_concern()


class Why(_OnConcern):
    """Say why it stands where it stands."""

    id, keys, label, priority = "concern.why", "W", "why", 14
    help = "Say why it stands where it stands, and what would be with other answers."

    def run(self, screen: QueueScreen) -> None:
        """Open the reasons."""
        screen.open_why()


class Own(_OnConcern):
    """Take it on or hand it over."""

    id, keys, label, priority = "concern.owner", "o", "owner", 16
    help = "Take it on, hand it over, or give it back to nobody."

    def run(self, screen: QueueScreen) -> None:
        """Ask who."""
        choose_owner(screen)


class Undo(_OnConcern):
    """Undo your last entry on it."""

    id, keys, label, priority = "concern.undo", "u", "undo", 30
    help = "Undo your last entry on it, after asking; the record keeps both."

    def run(self, screen: QueueScreen) -> None:
        """Find the entry and ask."""
        undo_last(screen)


class Copy(_OnConcern):
    """Copy it as one line."""

    id, keys, label, priority = "concern.copy", "y", "copy", 60
    title = "Copy as a line"
    help = "Copy it as one clean line to the terminal's clipboard."

    def run(self, screen: QueueScreen) -> None:
        """Copy."""
        screen.copy_line()


class Filter(_Act):
    """Show only concerns that hold some words."""

    id, keys, label, group, priority = "queue.filter", "slash", "filter", "Queue", 18
    help = "Show only concerns that hold the words typed: name, number, source, owner, what happened."

    def run(self, screen: QueueScreen) -> None:
        """Open the line."""
        screen.open_filter()


class Views(_Act):
    """Choose which concerns are shown."""

    id, keys, label, group, priority = "queue.views", "v", "views", "Queue", 20
    help = "Show all, mine, unowned, due today or overdue; families together or apart."

    def run(self, screen: QueueScreen) -> None:
        """Ask which."""
        screen.choose_view()


class Quit(_Act):
    """Leave the program."""

    id, keys, label, group, priority = "quit", "q", "quit", "Everywhere", 70
    help = "Leave; what was typed and not recorded is kept as a draft."

    def run(self, screen: QueueScreen) -> None:
        """Leave, or say what is unfinished first."""
        screen.leave()


class Back(_Act):
    """Take back what narrows the queue."""

    id, keys, label, title, group, priority = "back", "escape", "clear", "Clear filter and view", "Everywhere", 15
    help = "Take the filter back, then the view; the queue itself is never left this way."

    def hinted(self, view: QueueScreen) -> bool:
        """Only while something is narrowed: behind the queue there is nothing."""
        return view.narrowed

    def run(self, screen: QueueScreen) -> None:
        """One step."""
        screen.back()


ACTS: tuple[type[AnyCommand], ...] = (
    New,
    Open,
    Why,
    Own,
    Filter,
    Views,
    Undo,
    Copy,
    *WAYS_IN,
    AllActions,
    AllOwed,
    AllEscalations,
    Moved,
    ShowUnsent,
    Handover,
    *WAYS_BACK,
    Back,
    Quit,
)
