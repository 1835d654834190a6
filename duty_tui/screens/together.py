"""Says to others what this terminal has open, and to its screens who else is there."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple

from textual.timer import Timer

from duty_tui.desk.company import HEARTBEAT, TYPES, TYPING, come, company, typed_words
from duty_tui.errors import DutyError
from duty_tui.screens.desk_screen import AtTheDesk, DeskScreen, Host
from duty_tui.screens.latest import Latest
from duty_tui.store.journal import new_id
from duty_tui.store.store import Store
from duty_tui.views.company import in_words

#: How often it is looked who has gone without a word.
_ROUND = timedelta(seconds=15)
#: Seconds after news, so that what was recorded is shown first.
_AFTER = 0.1


class Here(NamedTuple):
    """What is open: the concern, and the screen in a word, or what is typed there."""

    concern: str
    part: str


class Together:
    """For one program: what its uppermost screen is about, told when it changes and every half minute.

    That it cannot be told, a record that can only be read or a full disk, is nobody's trouble and is tried again.
    """

    def __init__(self, host: Host) -> None:
        self._host = host
        self._terminal = new_id()
        self._told: Here | None = None
        self._told_at: datetime | None = None
        self._looked_at: datetime | None = None
        self._shown_on: AtTheDesk | None = None
        self._waiting: Timer | None = None
        self._about = ""
        self._telling = Latest(self._tell)
        self._looking = Latest(self._look)

    def tick(self, now: datetime) -> None:
        """A second has passed: tell what is open if that is another, or if it was told long ago."""
        here = self._here()
        due = self._told_at is None or now - self._told_at >= HEARTBEAT
        if here != self._told or (here is not None and due):
            self._ask(self._telling)
        uppermost = next(iter(self._screens()), None)
        late = self._looked_at is None or now - self._looked_at >= _ROUND
        if uppermost is not self._shown_on or self._asked_about() != self._about or late:
            self._shown_on = uppermost
            self.look()

    def look(self) -> None:
        """Something was written here or elsewhere, or another screen is shown: see who is there."""
        if self._waiting is None and (self._about or self._asked_about()):
            self._waiting = self._host.set_timer(_AFTER, self._look_now)

    def _look_now(self) -> None:
        self._waiting = None
        self._ask(self._looking)

    def leave(self) -> None:
        """The program ends: nothing is open here any more."""
        terminal, told, self._told = self._terminal, self._told, None
        if told is not None:
            with suppress(DutyError, TimeoutError):  # else it is forgotten by itself
                self._host.session.ask_and_wait(lambda desk: desk.store.leave(terminal))

    # What is open here

    def _screens(self) -> list[AtTheDesk]:
        covered = getattr(self._host, "covered", False)
        return [] if covered else [one for one in reversed(self._host.screen_stack) if isinstance(one, AtTheDesk)]

    def _here(self) -> Here | None:
        """The concern of the uppermost screen that is about one, and the screen it is read on."""
        screens = self._screens()
        concern = next(filter(None, (one.about_concern for one in screens)), "")
        if not concern:
            return None
        part = next((one.HEADING.lower() for one in screens if isinstance(one, DeskScreen)), "")
        touched = self._host.touched
        if touched is not None and self._host.clock() - touched < TYPING and (kind := screens[0].typing):
            part = TYPES + typed_words(kind)
        return Here(concern, part)

    def _asked_about(self) -> str:
        """The concern whose company is shown: the one that is open, else the one under the cursor."""
        return next(filter(None, (one.about_concern or one.points_at for one in self._screens())), "")

    def _ask(self, work: Latest) -> None:
        for screen in [one for one in self._host.screen_stack if isinstance(one, AtTheDesk)][:1]:
            work.ask(screen)

    async def _tell(self) -> None:
        here, now = self._here(), self._host.clock()
        self._told, self._told_at = here, now
        terminal, name = self._terminal, self._host.settings.name
        tell = come(terminal, name, here.concern, here.part, now) if here else partial(_leave, terminal)
        with suppress(DutyError):  # tried again with the next word
            await self._host.session.look(tell)

    async def _look(self) -> None:
        about, now = self._asked_about(), self._host.clock()
        before, self._about, self._looked_at = self._about, about, now
        terminal, name = self._terminal, self._host.settings.name
        words = ""
        if about:
            try:
                found = await self._host.session.look(lambda store: company(store, name, about, now, terminal))
            except DutyError:
                return  # what was seen last stands; that nothing can be read is said elsewhere
            words = in_words(found)
        for screen in self._screens():
            if screen.is_mounted and (screen.about_concern or screen.points_at) in (about, before):
                screen.show_company(words if (screen.about_concern or screen.points_at) == about else "")


def _leave(terminal: str, store: Store) -> None:
    store.leave(terminal)
