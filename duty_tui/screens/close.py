"""Closing a concern: names the children, asks for the reason, and Enter alone never commits it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from duty_tui.domain.commands import CloseConcern
from duty_tui.screens.concern_ask import Write

if TYPE_CHECKING:
    from duty_tui.screens.concern import ConcernScreen


class CloseDialog(Write):
    """The reason is typed; Ctrl+S closes the concern."""

    CSS_PATH = "close.tcss"
    HELP = "A closed concern leaves the queue with its reason; X on its screen brings it back."


def close_dialog(screen: ConcernScreen) -> CloseDialog:
    """The dialogue for the concern on `screen`."""

    async def record(text: str) -> None:
        await screen.record(CloseConcern(reason=text), "closed")

    said = [screen.about, "It leaves the queue and its clocks stop. Say why no more is needed here; Ctrl+S closes it."]
    return CloseDialog("CLOSE THIS CONCERN", said, record, needed="Closing needs its reason.")
