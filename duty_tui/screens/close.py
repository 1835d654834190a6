"""Closing a concern: names the children, asks for the reason, and Enter alone never commits it."""

from __future__ import annotations

from duty_tui.domain.commands import CloseConcern
from duty_tui.screens.drafted import Behind
from duty_tui.screens.write import Write


class CloseDialog(Write):
    """The reason is typed; Ctrl+S closes the concern."""

    CSS_PATH = "close.tcss"
    HELP = "A closed concern leaves the queue with its reason; X on its screen brings it back."

    def __init__(self, behind: Behind) -> None:
        super().__init__(
            behind,
            "close",
            "CLOSE THIS CONCERN",
            lambda text: CloseConcern(reason=text),
            "closed",
            said=("It leaves the queue and its clocks stop. Say why no more is needed here; Ctrl+S closes it.",),
            needed="Closing needs its reason.",
        )
