"""Closing a concern: names the children, asks for the reason, and Enter alone never commits it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from textual.widgets import Static

from duty_tui.desk.obligations import obligations_of
from duty_tui.desk.owed import open_ends
from duty_tui.domain.commands import CloseConcern
from duty_tui.screens.drafted import Behind
from duty_tui.screens.write import Write
from duty_tui.widgets.safe import content, lines
from duty_tui.widgets.wrapping import wrap

if TYPE_CHECKING:
    from duty_tui.desk.desk import Desk

_WIDTH = 68


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

    def on_mount(self) -> None:
        """Straight into the text; what would stay open is said as soon as it is known."""
        super().on_mount()
        self.begin(self._say_what_stays_open())

    async def _say_what_stays_open(self) -> None:
        now, concern = self.now(), self.behind.concern_id
        stays, undone = await self.session.ask(lambda desk: _what_is_open(desk, concern, now))
        said = []
        if undone:
            said += wrap(f"Owed, and will not be done: {'; '.join(undone)}.", _WIDTH, 3)
        if stays:
            said += wrap(f"Still open, and stays so: {'; '.join(stays)}.", _WIDTH, 3)
        if said:
            told = Static(lines([content((line, "bold $soon")) for line in said]), id="ends")
            await self.query_one(".dialogue").mount(told, before="#text")


def _what_is_open(desk: Desk, concern: str, now: datetime) -> tuple[list[str], list[str]]:
    """What stays open after closing, and what is owed and would end undone; each in a few words."""
    owed = [line for line in obligations_of(desk, concern, now).lines if line.open and line.kind == "rule"]
    undone = dict.fromkeys(f"{line.label}{', LATE' if line.late else ''}" for line in owed)
    return [*open_ends(desk.concern(concern))], [*undone]
