"""The ways to escalate from anywhere, and what can be done about an escalation in a list of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from duty_tui.widgets.command import Command

if TYPE_CHECKING:
    from duty_tui.screens.escalations import EscalationsScreen


class Escalate(Command[Any, Any]):
    """Escalate this concern."""

    id, keys, label, title, priority = "concern.escalate", "e", "escalate", "Escalate", 28
    group = "This concern"
    help = "Submit a Need to Know, raise a disagreement, or whatever else the policies provide; already filled in."

    def why_not(self, view: Any) -> str | None:
        """Nothing is selected."""
        return None if view.discussion_at() else "No concern is selected: choose one with the arrow keys first."

    def run(self, screen: Any) -> None:
        """Ask what."""
        from duty_tui.screens.escalate import begin_escalating

        if found := screen.discussion_at():
            begin_escalating(screen, found[0])


class AllEscalations(Command[Any, Any]):
    """Escalations across the desk."""

    id, keys, label, title, priority = "queue.escalations", "E", "escal.", "Every open escalation", 49
    group = "Queue"
    help = "Show every open escalation, the oldest first: who holds it, and what happens next."
    shown = False

    def run(self, screen: Any) -> None:
        """Open the list."""
        from duty_tui.screens.escalations import EscalationsScreen

        screen.app.push_screen(EscalationsScreen())


class _OnOne(Command[Any, Any]):
    group: ClassVar[str] = "Escalation"

    def why_not(self, view: EscalationsScreen) -> str | None:
        """One must be selected, and open."""
        line = view.chosen
        if line is None:
            return "No escalation is selected."
        return None if line.concluded is None else f"It is concluded: {line.outcome}"


class Acknowledge(_OnOne):
    """Somebody has it."""

    id, keys, label, title, priority = "escalation.acknowledge", "k", "ackn.", "It was acknowledged", 2
    help = "Record who said that they have it, and when."

    def run(self, screen: EscalationsScreen) -> None:
        """Ask who."""
        screen.open_dialogue("AcknowledgeDialog")


class Add(_OnOne):
    """Something more is known."""

    id, keys, label, title, priority = "escalation.update", "m", "update", "Add an update", 3
    help = "Add what is known or was answered since; what was submitted stays as it was."

    def run(self, screen: EscalationsScreen) -> None:
        """Ask what."""
        screen.open_dialogue("UpdateDialog")


class Up(_OnOne):
    """To somebody more senior."""

    id, keys, label, title, priority = "escalation.up", "plus", "take up", "Take it up a step", 4
    help = "Record why this step did not settle it, and who holds the next one."

    def why_not(self, view: EscalationsScreen) -> str | None:
        """The policy must have a further step."""
        line = view.chosen
        if line is not None and line.concluded is None and not line.up:
            return "Its policy has no further step; update it, or conclude it."
        return super().why_not(view)

    def run(self, screen: EscalationsScreen) -> None:
        """Ask why, and who."""
        screen.open_dialogue("TakeUpDialog")


class Conclude(_OnOne):
    """How it ended."""

    id, keys, label, title, priority = "escalation.conclude", "t", "end", "Conclude it", 5
    help = "Record how it ended, resolved or not; it never goes away without that."

    def run(self, screen: EscalationsScreen) -> None:
        """Ask how."""
        screen.open_dialogue("ConcludeDialog")


class OpenConcern(Command[Any, Any]):
    """Everything about its concern."""

    id, keys, label, title, priority = "escalation.concern", "enter", "concern", "Open the concern", 6
    group = "Escalation"
    help = "Open the concern it was submitted on."

    def why_not(self, view: EscalationsScreen) -> str | None:
        """One must be selected."""
        return None if view.chosen else "No escalation is selected."

    def run(self, screen: EscalationsScreen) -> None:
        """Open it."""
        screen.open_concern()


class ShowAll(Command[Any, Any]):
    """Those that are concluded too, or only those still open."""

    id, keys, label, title, priority = "escalation.all", "v", "views", "Open ones, or all", 8
    group = "Show"
    help = "Show those that are concluded as well, or only those still open."

    def run(self, screen: EscalationsScreen) -> None:
        """The other of the two."""
        screen.show_others()


ACTS: tuple[type[Command[Any, Any]], ...] = (Acknowledge, Add, Up, Conclude, OpenConcern, ShowAll)
