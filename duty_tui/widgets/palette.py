"""The commands of the screen underneath, offered in the palette."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider

from duty_tui.widgets.safe import content

if TYPE_CHECKING:
    from duty_tui.widgets.command import AnyCommand
    from duty_tui.widgets.command_screen import Commanded


class CommandProvider(Provider):
    """Finds commands by title and help. One that is refused is offered too: choosing it says why."""

    @property
    def _commanded(self) -> Commanded:
        return cast("Commanded", self.screen)

    def _offered(self) -> Iterable[AnyCommand]:
        return (act for act in self._commanded.acts() if act.id != "palette")

    async def discover(self) -> Hits:
        """Every command of the screen, before anything is typed."""
        for act in self._offered():
            yield DiscoveryHit(content(act.title), partial(self._run, act.id), text=act.title, help=act.help)

    async def search(self, query: str) -> Hits:
        """The commands whose title or help matches, the title counting more."""
        matcher = self.matcher(query)
        for act in self._offered():
            score = max(matcher.match(act.title), matcher.match(act.help) / 2)
            if score > 0:
                shown = matcher.highlight(act.title)
                yield Hit(score, shown, partial(self._run, act.id), text=act.title, help=act.help)

    async def _run(self, act_id: str) -> None:
        await self._commanded.action_act(act_id)
