"""The ways in to what is past: the figures of a period, and the breach file."""

from __future__ import annotations

from typing import Any

from duty_tui.widgets.command import Command


class Figures(Command[Any, Any]):
    """The figures of the last weeks, from the queue."""

    id, keys, label, title, priority = "queue.statistics", "T", "figures", "Statistics", 48
    group = "Queue"
    help = "Show the figures of the last twelve weeks: held in time, seen, quorate; and the concerns behind each."
    shown = False

    def run(self, screen: Any) -> None:
        """Open them."""
        from duty_tui.screens.statistics import StatisticsScreen

        screen.app.push_screen(StatisticsScreen())


class BreachFile(Command[Any, Any]):
    """The breach file of the last weeks, from the palette."""

    id, label, title, priority = "queue.breaches", "breaches", "Breach file", 49
    group = "Queue"
    help = "List what fell due in the last twelve weeks and was done late or not at all, child by child."
    shown = False

    def run(self, screen: Any) -> None:
        """Open it."""
        from duty_tui.screens.breaches import BreachesScreen

        screen.app.push_screen(BreachesScreen())


WAYS_BACK: tuple[type[Command[Any, Any]], ...] = (Figures, BreachFile)
