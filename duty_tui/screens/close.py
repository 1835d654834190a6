"""Closing a concern: names the children, asks for the reason, and Enter alone never commits it."""

from __future__ import annotations

from textual.widgets import Static

from duty_tui.desk.owed import open_ends
from duty_tui.domain.commands import CloseConcern
from duty_tui.screens.drafted import Behind
from duty_tui.screens.write import Write
from duty_tui.widgets.safe import content, lines
from duty_tui.widgets.wrapping import wrap

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
        found = await self.session.ask(lambda desk: [*open_ends(desk.concern(self.behind.concern_id))])
        if found:
            words = wrap(f"Still open, and stays so: {'; '.join(found)}.", _WIDTH, 3)
            told = Static(lines([content((line, "bold $soon")) for line in words]), id="ends")
            await self.query_one(".dialogue").mount(told, before="#text")
