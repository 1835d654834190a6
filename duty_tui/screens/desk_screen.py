"""The ground every screen stands on: the desk it asks, the time it shows, and the news it is told."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar, cast
from weakref import finalize

from textual.css.query import NoMatches
from textual.screen import ScreenResultType

from duty_tui.clock import Clock
from duty_tui.domain.streams import LISTED, SERVICE
from duty_tui.domain.times import london
from duty_tui.errors import DutyError, Waits
from duty_tui.screens.takes import TAKES
from duty_tui.widgets.command_screen import Commanded, CommandModal, CommandScreen
from duty_tui.widgets.safe_app import SafeApp
from duty_tui.widgets.statusline import StatusLine
from duty_tui.widgets.title_bar import Bar, Counts, TitleBar

if TYPE_CHECKING:
    from duty_tui.desk.desk import Desk, Done
    from duty_tui.desk.session import Changes, DeskSession
    from duty_tui.domain.concern import Concern
    from duty_tui.settings import Settings
    from duty_tui.store.store import Store

Answer = TypeVar("Answer")


class Host(SafeApp[int]):
    """An app that has a desk: what screens may know of the app they run in."""

    def __init__(self, session: DeskSession, *, settings: Settings, practice: bool, clock: Clock) -> None:
        super().__init__()
        self.session = session
        self.settings = settings
        self.practice = practice
        self.clock = clock
        #: What the whole queue counts, for the first line of every screen; None until it has been read.
        self.counts: Counts | None = None
        #: How many of the person's entries wait on this machine, NOT RECORDED.
        self.unsent = 0
        #: Concerns on which something was recorded that may ask for a restriction, with the version before it. The
        #: queue asks once nothing lies above it; extended from the desk's thread too.
        self.to_restrict: list[tuple[Concern, int]] = []
        #: When somebody last pressed a key here, where that is known.
        self.touched: datetime | None = None
        #: Acts the person may not do, with why not; read off the record whenever the service decided something.
        self.not_theirs: Mapping[str, str] = {}

    async def read_first(self, question: Callable[[Store], Answer]) -> Answer:
        """What is read from the record before anything else, so that the first screen stands quickly."""
        return await self.session.look(question)

    async def read_permission(self) -> None:
        """Read anew what the person may not do; the keys that would ask for it say so instead."""
        name = self.settings.name
        self.not_theirs = await self.session.look(lambda store: _refusals(store, name))
        for screen in self.screen_stack if self.is_running else ():
            screen.refresh_bindings()

    def begin_feed(self, since: int) -> None:
        """Tell every screen of what is recorded after entry number `since`, here and elsewhere."""

    def entry_waits(self) -> None:
        """An entry was kept on this machine instead of being recorded: tell every screen."""
        for screen in self.screen_stack:
            if isinstance(screen, AtTheDesk):
                screen.on_waits()

    def were_sent(self, recorded: Sequence[Done]) -> None:
        """Entries that waited are recorded: where one points at somebody who works here, its person is asked.

        Called where they were recorded, on the desk's thread: the screen that had them sent may be gone by then.
        """
        self.to_restrict.extend((done.concern, done.concern.version - len(done.entries)) for done in recorded)

    def end_with(self, error: DutyError) -> None:
        """The desk cannot be opened: end, and say why."""
        self.exit(error.exit_code, return_code=error.exit_code)

    def leave(self) -> None:
        """Keep what was typed on every screen, and end."""
        self.exit(0)


def _refusals(store: Store, actor: str) -> dict[str, str]:
    if not any(entry.kind == LISTED for entry in store.stream(SERVICE)):
        return {}
    from duty_tui.desk.permission import refusals

    return refusals(store, actor)


class AtTheDesk(Commanded):
    """What a screen of this program has beyond its commands. Use `DeskScreen` or `DeskModal`."""

    HEADING = ""
    """What the first line calls this screen."""

    @property
    def host(self) -> Host:
        """The app, as far as a screen may know it."""
        return cast("Host", self.app)

    @property
    def session(self) -> DeskSession:
        """The desk, on its own thread."""
        return self.host.session

    @property
    def settings(self) -> Settings:
        """What this person set: their name, theme and keys."""
        return self.host.settings

    @property
    def clock(self) -> Clock:
        """Answers what time it is, aware UTC."""
        return self.host.clock

    def now(self) -> datetime:
        """The instant it is, aware UTC."""
        return self.clock().astimezone(UTC)

    def why_not(self, act_id: str) -> str | None:
        """Why the command `act_id` cannot be done now: it is not this person's to do, or not the moment for it."""
        return self.host.not_theirs.get(TAKES.get(act_id, "")) or super().why_not(act_id)

    # Asking the desk

    async def ask(self, question: Callable[[Desk], Answer]) -> Answer | None:
        """What the desk answers; when it refuses, the reason stands on the status line and the answer is None.

        `question` runs on the desk's thread. Where None is an answer too, use `self.session.ask` and catch DutyError.
        """
        try:
            return await self.session.ask(question)
        except DutyError as error:
            self.not_done(error)
            return None

    def begin(self, work: Coroutine[Any, Any, None], *, name: str = "", alone: str = "") -> None:
        """Do `work` without holding up the keys; `alone` names a group in which newer work replaces older.

        A DutyError it raises stands on the status line; any other error ends the program with an incident.
        """
        told = self._told(work)
        worker = self.run_worker(told, name=name, group=alone or "desk", exclusive=bool(alone))
        # Work that newer work replaced before it began is put away quietly: Python would complain on the screen.
        for coroutine in (told, work):
            finalize(worker, coroutine.close)

    async def _told(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except DutyError as error:
            self.not_done(error)
        except NoMatches:
            # An answer that comes when the screen is being taken down finds nothing to be shown on; that is no fault.
            if self.is_running and self.app.is_running and self in self.app.screen_stack:
                raise

    def not_done(self, error: DutyError) -> None:
        """Say what was not recorded, and why; what was kept on this machine instead is counted on every screen."""
        self.refuse(str(error))
        if isinstance(error, Waits):
            self.host.entry_waits()

    def recorded(self, what: str = "recorded") -> None:
        """Say that something is on the disk, and when; call it only after the desk has answered."""
        for line in self.query(StatusLine):
            line.recorded(f"{what} {london(self.now()):%H:%M:%S}")
            return

    # Who else is there

    @property
    def about_concern(self) -> str:
        """The id of the concern this screen is about; empty where it is about none, or about many."""
        behind = getattr(self, "behind", None)
        return str(getattr(behind if behind is not None else self, "concern_id", ""))

    @property
    def points_at(self) -> str:
        """The id of the concern under the cursor of a list; empty where there is none."""
        return ""

    @property
    def typing(self) -> str:
        """The kind of the draft of what stands typed here and is not recorded; empty while nothing does."""
        return ""

    def show_company(self, words: str) -> None:
        """Say who else has the concern open or types about it: where nothing else stands, so that nothing moves."""
        for line in self.query(StatusLine):
            line.company(words)

    # What comes by itself

    def on_changes(self, changes: Changes) -> None:
        """Told of everything recorded here and elsewhere, also while another screen lies above this one."""

    def on_waits(self) -> None:
        """Told when an entry was kept on this machine instead of being recorded."""

    def tick(self, now: datetime) -> None:
        """Told every second, also while another screen lies above this one, and when it comes back on top."""
        self.show_bar(now)

    def show_bar(self, now: datetime) -> None:
        """Bring the first line up to date."""
        for bar in self.query(TitleBar):
            bar.show(Bar(now, self.heading, self.host.practice, self.host.counts, self.host.unsent))

    @property
    def heading(self) -> str:
        """What the first line calls this screen."""
        return self.HEADING

    _left_with: tuple[Any] | None = None

    def leave_with(self, answer: Any) -> None:
        """Be dismissed with `answer`; while something else lies above this screen, as soon as that has gone."""
        if self.app.screen is self:
            self.dismiss(answer)
        elif self.is_attached:
            self._left_with = (answer,)

    def leave_waiting(self, kept: Waits) -> None:
        """What was typed here waits on this machine: leave, and let the screen beneath say so."""
        beneath = [screen for screen in self.app.screen_stack[:-1] if isinstance(screen, AtTheDesk)]
        for screen in beneath[-1:]:
            screen.not_done(kept)
        self.leave_with(None)

    def keep_draft(self) -> None:
        """Keep what was typed, now and without waiting for the loop: the program is about to end."""

    # Textual calls these for every class of a screen, so that a screen's own on_mount stays its own.

    def _on_mount(self, _event: Any) -> None:
        self.show_bar(self.now())

    def _on_screen_resume(self, _event: Any) -> None:
        if self._left_with is not None:
            (answer,), self._left_with = self._left_with, None
            self.call_later(self.leave_with, answer)
        elif self.is_mounted:
            self.tick(self.now())


class DeskScreen(AtTheDesk, CommandScreen[ScreenResultType]):
    """A screen of this program."""


class DeskModal(AtTheDesk, CommandModal[ScreenResultType]):
    """A dialogue of this program."""
