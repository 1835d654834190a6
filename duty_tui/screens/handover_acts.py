"""What can be done with the handover sheet, and the way to it from the queue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from duty_tui.widgets.command import Command

if TYPE_CHECKING:
    from duty_tui.screens.handover import HandoverScreen


class OpenIt(Command[Any, Any]):
    """What the line is about."""

    id, keys, label, title, priority = "handover.open", "enter", "open", "Open what the line is about", 2
    group = "Handover"
    help = "Open the concern, what is owed on it, or its escalations."

    def why_not(self, view: HandoverScreen) -> str | None:
        """A line must be selected."""
        return None if view.chosen else "No line is selected: headings open nothing."

    def run(self, screen: HandoverScreen) -> None:
        """Open it."""
        screen.open_chosen()


class WhoIsOn(Command[Any, Any]):
    """Who is on duty."""

    id, keys, label, title, priority = "handover.on", "w", "who", "Who is on duty", 3
    group = "Handover"
    help = "Record who is on duty, and until when."

    def run(self, screen: HandoverScreen) -> None:
        """Ask who."""
        from duty_tui.screens.handover_dialogs import OnDutyDialog

        screen.app.push_screen(OnDutyDialog(), screen.was_decided)


class HandOver(Command[Any, Any]):
    """The desk goes to the next shift."""

    id, keys, label, title, priority = "handover.done", "ctrl+s,f9", "give", "Hand the desk over", 1
    group = "Handover"
    help = "Record that the desk was handed over with this sheet, and to whom; the next sheet begins here."

    def run(self, screen: HandoverScreen) -> None:
        """Ask to whom."""
        from duty_tui.screens.handover_dialogs import HandOverDialog

        if screen.sheet is not None:
            screen.app.push_screen(HandOverDialog(screen.sheet.as_of), screen.was_decided)


class Handover(Command[Any, Any]):
    """The sheet for the next shift."""

    id, keys, label, title, priority = "queue.handover", "H", "handover", "Handover sheet", 50
    group = "Queue"
    help = "Show the sheet for the next shift: overdue, due before morning, escalations, children not seen, new."
    shown = False

    def run(self, screen: Any) -> None:
        """Open it."""
        from duty_tui.screens.handover import HandoverScreen

        screen.app.push_screen(HandoverScreen())
