"""What every screen and dialogue about one discussion has in common: which one, reading it, recording at it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from duty_tui.desk.desk import Desk
from duty_tui.desk.discussing import discussion_view
from duty_tui.domain.commands import Command
from duty_tui.domain.concern import Concern
from duty_tui.domain.discussion import Discussion
from duty_tui.domain.discussion_commands import AtDiscussion, next_number
from duty_tui.domain.discussion_event import DiscussionEvent
from duty_tui.screens.both import Left, put_beside
from duty_tui.screens.desk_screen import AtTheDesk
from duty_tui.views.discussion import DiscussionView

if TYPE_CHECKING:
    from datetime import datetime

    from duty_tui.desk.session import Changes

_REFRESH = 30  # seconds after which ages and "late" are worked out anew


class Read(NamedTuple):
    """One discussion as shown, and as it adds up."""

    view: DiscussionView
    concern: Concern
    discussion: Discussion


def current_number(concern: Concern) -> int:
    """The discussion somebody means who names none: the one going on, else the last begun, else the one to be held."""
    begun = [one for one in concern.discussions if one.started]
    going_on = [one.number for one in begun if one.ended is None]
    if going_on:
        return going_on[-1]
    return begun[-1].number if begun else next_number(concern)


def read_discussion(concern_id: str, number: int | None, at: datetime) -> Callable[[Desk], Read]:
    """A question to the desk: the discussion with this number, or the one meant when none is named."""

    def read(desk: Desk) -> Read:
        concern = desk.concern(concern_id)
        chosen = number or current_number(concern)
        view = discussion_view(desk, concern_id, chosen, at)
        return Read(view, concern, concern.discussion(chosen) or Discussion(chosen))

    return read


class AboutDiscussion(AtTheDesk):
    """A screen or dialogue about one discussion of one concern. `number` None is the one going on, or the next."""

    concern_id: str
    number: int | None
    read: Read | None

    def about(self, concern_id: str, number: int | None) -> None:
        """Which discussion it is about; called before anything else."""
        self.concern_id, self.number, self.read = concern_id, number, None
        self._reading = self._stale = False

    @property
    def shown(self) -> DiscussionView | None:
        """The discussion as it was last read."""
        return self.read.view if self.read else None

    def reload(self) -> None:
        """Read it anew; while it is being read, once more when that is done."""
        self._stale = True
        if not self._reading:
            self._reading = True
            self.begin(self._reload_while_stale())

    async def _reload_while_stale(self) -> None:
        try:
            while self._stale:
                self._stale = False
                await self._reload()
        finally:
            self._reading = False

    async def _reload(self) -> None:
        read = await self.ask(read_discussion(self.concern_id, self.number, self.now()))
        if read is not None:
            self.read, self.number = read, read.view.number
            self.draw()

    def draw(self) -> None:
        """Show what was read."""

    def on_changes(self, changes: Changes) -> None:
        """Somebody recorded something; when it is about this concern it is read anew."""
        if changes.everything or any(row.id == self.concern_id for row in changes.rows):
            self.reload()

    def tick(self, now: datetime) -> None:
        """Time passes: what is late now was not before."""
        super().tick(now)
        if self.read is not None and (now - self.read.view.as_of).total_seconds() >= _REFRESH:
            self.reload()

    # Recording

    async def put(self, command: Command, what: str, **how: Any) -> Left | None:
        """Record a command; `how` as in `put_beside`. None once it is on the disk, else what is to become of the text.

        Where somebody else recorded about the same since this was read, both are shown and the person chooses.
        """
        seen = {"seen": self.read.concern.version if self.read else 0}
        done = await put_beside(self, self.concern_id, command, **{**seen, **how})
        if isinstance(done, str):
            return done
        self.recorded(f"{what} · recorded")
        await self._reload()
        return None

    def put_event(self, event: DiscussionEvent, what: str, *, instead_of: str | None = None) -> None:
        """Record one event at once, for acts of a single key."""

        async def work() -> None:
            await self.put(AtDiscussion(event=event, instead_of=instead_of), what)

        self.begin(work())

    def why_not_now(self, *, begun: bool = False) -> str | None:
        """Why nothing can be recorded at it, or None; `begun` asks for a discussion that has begun."""
        if self.read is None:
            return "The discussion is still being read."
        if begun and self.read.discussion.started is None:
            return "The discussion has not begun: h begins it, or records when it began."
        return None
