"""A question before an act: it names the concern and the act, and Enter alone never says yes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from duty_tui.screens.desk_screen import DeskModal
from duty_tui.widgets.command import AnyCommand, Command
from duty_tui.widgets.command_screen import Back
from duty_tui.widgets.footer import KeyHints
from duty_tui.widgets.safe import content, lines


class Yes(Command["Confirm", "Confirm"]):
    """Do what is asked about."""

    id, keys, label, group, priority = "confirm.yes", "y", "yes", "Question", 10
    help = "Do what is asked about."

    def run(self, screen: Confirm) -> None:
        """Answer yes."""
        screen.dismiss(True)


class Confirm(DeskModal[bool]):
    """`question`, the `details` under it; `y` answers True, Escape None."""

    ACTS: ClassVar[tuple[type[AnyCommand], ...]] = (Yes, Back)
    HELP = "y does what is asked; Escape leaves everything as it is."

    def __init__(self, question: str, details: Sequence[str]) -> None:
        super().__init__()
        self._question, self._details = question, details

    def compose(self) -> ComposeResult:
        """The question and what it is about; nothing that has the focus, so Enter does nothing."""
        with Vertical(classes="dialogue"):
            yield Static(content((self._question, "bold")), classes="title")
            yield Static(lines(self._details))
            yield KeyHints()
