"""What can be done on the form on which a concern is taken, one class each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from duty_tui.screens.intake_form import CALLER, CHILDREN, QUESTIONS
from duty_tui.widgets.command import Command

if TYPE_CHECKING:
    from duty_tui.screens.intake import IntakeScreen


class Record(Command["IntakeScreen", "IntakeScreen"]):
    """Record the concern."""

    id, keys, label, group, priority = "intake.record", "ctrl+s,f9", "record", "Taking a concern", 1
    help = "Record the concern, from anywhere on the form; asks first where something looks wrong."

    def why_not(self, view: IntakeScreen) -> str | None:
        """Not while it is being recorded."""
        return "It is being recorded." if view.busy else None

    def run(self, screen: IntakeScreen) -> None:
        """Look for what stands in the way, then record."""
        screen.record()


class NextSection(Command["IntakeScreen", "IntakeScreen"]):
    """Go to the next part."""

    id, keys, label, group, priority = "intake.next", "ctrl+pagedown,ctrl+down", "next", "Taking a concern", 2
    title = "Next part of the form"
    help = "Go to the next part of the form; Tab and Enter lead there too."

    def run(self, screen: IntakeScreen) -> None:
        """One on."""
        screen.go_to(min(screen.form.section + 1, QUESTIONS))


class LastSection(Command["IntakeScreen", "IntakeScreen"]):
    """Go to the part before."""

    id, keys, label, group, priority = "intake.previous", "ctrl+pageup,ctrl+up", "before", "Taking a concern", 3
    title = "Part of the form before"
    help = "Go to the part of the form before this one."

    def run(self, screen: IntakeScreen) -> None:
        """One back."""
        screen.go_to(max(screen.form.section - 1, CALLER))


class Details(Command["IntakeScreen", "IntakeScreen"]):
    """Numbers and school of the child on this line."""

    id, keys, label, group, priority = "intake.details", "f2", "details", "Taking a concern", 4
    title = "Details of this child"
    help = "Add NHS number, UPN, case number, school or a remark to the child the cursor is on."

    def why_not(self, view: IntakeScreen) -> str | None:
        """Only on a child's line."""
        if view.form.section != CHILDREN:
            return "Go to the children first."
        return None if view.child_line.strip() else "Write the child's name on this line first."

    def run(self, screen: IntakeScreen) -> None:
        """Open the dialogue."""
        screen.child_details()
