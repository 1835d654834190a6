"""What can be done from a list of things owed, and the ways into it from anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from duty_tui.widgets.command import Command

if TYPE_CHECKING:
    from duty_tui.screens.obligations import ObligationsScreen


class _OnLine(Command[Any, Any]):
    group: ClassVar[str] = "Owed"

    def why_not(self, view: ObligationsScreen) -> str | None:
        """Something must be selected."""
        return None if view.chosen else "Nothing is selected."


class Meet(_OnLine):
    """Do what the line asks for."""

    id, keys, label, title, priority = "owed.meet", "enter", "do it", "Do what it asks for", 1
    help = "Record that it is done, now or at a time you type; or open the screen or the form on which it is done."

    def why_not(self, view: ObligationsScreen) -> str | None:
        """Not when it is met already, or has not begun."""
        line = view.chosen
        if line is not None and line.standing == "met":
            return f"It is met already: {line.due_words}."
        if line is not None and line.standing == "waiting":
            return f"It is not owed yet: {line.due_words}."
        if line is not None and line.standing == "closed":
            return "The concern is closed; reopen it first."
        return super().why_not(view)

    def run(self, screen: ObligationsScreen) -> None:
        """Open what it takes."""
        screen.meet()


class SayWhyLate(_OnLine):
    """Say why it is late."""

    id, keys, label, title, priority = "owed.late", "r", "reason", "Why it is late", 2
    help = "Record why it is late and what kept the child safe meanwhile; it stays with it for ever."

    def why_not(self, view: ObligationsScreen) -> str | None:
        """Only what is late has a reason for it."""
        line = view.chosen
        return super().why_not(view) or (None if line and line.late else "It is not late.")

    def run(self, screen: ObligationsScreen) -> None:
        """Ask why."""
        screen.explain()


class Vary(_OnLine):
    """Another time for it, approved."""

    id, keys, label, title, priority = "owed.vary", "V", "extend", "Another time was approved", 6
    help = "Record that somebody the policy names approved another time for it, who, until when and why."
    shown = False

    def why_not(self, view: ObligationsScreen) -> str | None:
        """Only where the policy names somebody who may."""
        line = view.chosen
        if line and not line.varied_by:
            return "Its policy names nobody who may approve another time."
        return super().why_not(view)

    def run(self, screen: ObligationsScreen) -> None:
        """Ask by whom and until when."""
        screen.vary()


class OpenConcern(_OnLine):
    """Everything about the concern."""

    id, keys, label, title, priority = "owed.concern", "g", "concern", "Open the concern", 5
    help = "Open the concern it is owed on."

    def run(self, screen: ObligationsScreen) -> None:
        """Open it."""
        screen.open_concern()


class Why(_OnLine):
    """Why the concern stands where it stands."""

    id, keys, label, title, priority = "concern.why", "W", "why", "Why", 7
    help = "Say why the concern stands where it stands, and what would be with other answers."

    def run(self, screen: ObligationsScreen) -> None:
        """Open the reasons."""
        screen.open_why()


class _Show(Command[Any, Any]):
    group: ClassVar[str] = "Show"
    view: ClassVar[str] = "owed"

    def run(self, screen: ObligationsScreen) -> None:
        """Show them."""
        screen.show_view(self.view)


class ShowOwed(_Show):
    """What is owed now."""

    id, keys, label, title, priority = "owed.open", "1", "owed", "Everything owed now", 10
    help = "Show everything that is owed now, late first, then by when."


class ShowLate(_Show):
    """What is late."""

    id, keys, label, title, priority = "owed.overdue", "2", "late", "Only what is late", 11
    help = "Show only what is past its time."
    view = "late"


class ShowAsked(_Show):
    """What a named person is asked to judge."""

    id, keys, label, title, priority = "owed.asked", "3", "asked", "Only what is asked", 12
    help = "Show only the questions that wait for somebody's judgement."
    view = "asked"


class ShowWaiting(_Show):
    """What may yet be owed, and what is met."""

    id, keys, label, title, priority = "owed.all", "4", "all", "With what is met or has not begun", 13
    help = "Show also what has been met, and what waits for something else to happen first."
    view = "all"

    def why_not(self, view: ObligationsScreen) -> str | None:
        """Of one concern only: across the desk it would be everything that ever was."""
        return None if view.of_one else "That is shown for one concern: choose one and press z there."


class Owed(Command[Any, Any]):
    """What is owed on this concern."""

    id, keys, label, title, priority = "owed.concern_list", "z", "owed", "What is owed on it", 29
    group = "This concern"
    help = "Show everything owed on this concern: by when, by whom, met or late; and meet it there."

    def why_not(self, view: Any) -> str | None:
        """Nothing is selected."""
        return None if view.discussion_at() else "No concern is selected: choose one with the arrow keys first."

    def run(self, screen: Any) -> None:
        """Open the list."""
        from duty_tui.screens.obligations import ObligationsScreen

        if found := screen.discussion_at():
            screen.app.push_screen(ObligationsScreen(found[0]))


class AllOwed(Command[Any, Any]):
    """What is owed across the desk."""

    id, keys, label, title, priority = "queue.owed", "Z", "owed", "Everything owed", 48
    group = "Queue"
    help = "Show everything owed on every open concern, late first: by when and by whom."
    shown = False

    def run(self, screen: Any) -> None:
        """Open the list."""
        from duty_tui.screens.obligations import ObligationsScreen

        screen.app.push_screen(ObligationsScreen())


ON_LINES: tuple[type[Command[Any, Any]], ...] = (Meet, SayWhyLate, Vary, OpenConcern, Why)
VIEWS: tuple[type[Command[Any, Any]], ...] = (ShowOwed, ShowLate, ShowAsked, ShowWaiting)
