"""The app: which theme, which keys, which screen first, and what happens when something nobody foresaw happens.

It knows nothing of concerns.
"""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.segment import Segment, Segments
from textual.driver import Driver
from textual.events import Resize
from textual.message import Message
from textual.screen import Screen

from duty_tui.clock import Clock
from duty_tui.errors import DutyError
from duty_tui.incident import Unforeseen, incident
from duty_tui.screens.desk_screen import AtTheDesk
from duty_tui.screens.hidden import leave_hidden
from duty_tui.screens.locked import Lock, LockingHost
from duty_tui.screens.queue import QueueScreen
from duty_tui.screens.together import Together
from duty_tui.screens.too_small import TooSmall, is_too_small
from duty_tui.widgets.command_screen import HelpWanted
from duty_tui.widgets.safe import clean

if TYPE_CHECKING:
    from duty_tui.desk.session import Changes, DeskSession
    from duty_tui.settings import Settings

_POSIX = os.name == "posix"


class Fed(Message):
    """The feed told of changes; posted from its own thread."""

    def __init__(self, changes: Changes) -> None:
        super().__init__()
        self.changes = changes


class DutyApp(LockingHost):
    """The queue, or `first`, and whatever is opened from it. `incidents` is the folder for errors nobody foresaw."""

    CSS_PATH = "app.tcss"
    TITLE = "duty-tui"

    def __init__(
        self,
        session: DeskSession,
        *,
        settings: Settings,
        practice: bool,
        clock: Clock,
        incidents: Path | None = None,
        first: Screen[Any] | None = None,
        lock: Lock | None = None,
    ) -> None:
        super().__init__(session, settings=settings, practice=practice, clock=clock)
        self._first = first
        self.lock = lock
        self.together = Together(self)
        self._incidents = incidents
        self._ended = False
        if settings.theme and not os.environ.get("DUTY_TUI_THEME"):
            self.theme = "duty-" + settings.theme
        self.set_keymap(settings.keys)

    def get_driver_class(self) -> type[Driver]:
        """Ours, which survives what terminals do, where there is one."""
        if _POSIX:
            from duty_tui.widgets.terminal import Terminal

            return Terminal
        return super().get_driver_class()

    def get_default_screen(self) -> Screen[Any]:
        """The queue, unless another was asked for."""
        return self._first or QueueScreen()

    # Beginning and ending

    def on_mount(self) -> None:
        """Listen for what the system has to say, and let time pass."""
        self.set_interval(1.0, self._tick)
        threading.excepthook = self._thread_failed
        if _POSIX and threading.current_thread() is threading.main_thread() and not self.is_headless:
            import asyncio

            for number in (signal.SIGHUP, signal.SIGTERM):
                asyncio.get_running_loop().add_signal_handler(number, self.leave)

    def leave(self) -> None:
        """Keep what was typed on every screen, and end."""
        if self._ended:
            return
        self._ended = True
        self._keep_drafts()
        self.together.leave()
        self.exit(0)

    def terminal_lost(self) -> None:
        """There is nobody to show anything to any more."""
        self.leave()

    def end_with(self, error: DutyError) -> None:
        """There is nothing to show: say why on the way out."""
        if not self._ended:
            self._ended = True
            self.exit(error.exit_code, return_code=error.exit_code, message=_sentence("duty-tui: " + str(error)))

    def _keep_drafts(self) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, AtTheDesk):
                try:
                    screen.keep_draft()
                except Exception as error:  # noqa: BLE001 (one screen's failure must not lose another's text)
                    self._record(error)

    async def action_quit(self) -> None:
        """Ctrl+Q, wherever one is."""
        self.leave()

    def action_help_quit(self) -> None:
        """Ctrl+C is a habit of the hand; it ends nothing here."""
        if isinstance(self.screen, AtTheDesk):
            self.screen.refuse("Ctrl+C ends nothing here: q in the queue leaves, or Ctrl+Q anywhere.")

    # News

    def begin_feed(self, since: int) -> None:
        """Tell every screen of what is recorded after entry number `since`, here and elsewhere."""
        self.session.watch(self._feed, since, self._feed_failed)
        self._learn_permission()

    def _learn_permission(self) -> None:
        """Read what the person may not do, away from the loop; why it cannot be read stands on the status line."""
        for screen in self._standing()[:1]:
            screen.begin(self.read_permission(), alone="permission")

    def _feed(self, changes: Changes) -> None:
        self.post_message(Fed(changes))

    def _feed_failed(self, error: Exception) -> str:
        """Called by the feed, which goes on; it records nothing, so of entries nothing is said."""
        kept = self._record(error)
        return f"{kept.what} {kept.do}"

    def on_fed(self, event: Fed) -> None:
        """Tell every screen, the one beneath too."""
        if event.changes.everything:
            self._learn_permission()
        if event.changes.hidden:
            leave_hidden(self, event.changes.hidden)
        for screen in self._standing():
            screen.on_changes(event.changes)
        self.together.look()
        self.stay_covered()

    def _tick(self) -> None:
        now = self.clock()
        if self.is_running:
            self.cover_if_idle(now)
        for screen in self._standing():
            screen.tick(now)
        if self.is_running:
            self.together.tick(now)

    def _standing(self) -> list[AtTheDesk]:
        """The screens that can be told something: none that is being taken down, and none once the app ends."""
        stack = self.screen_stack if self.is_running else []
        return [screen for screen in stack if isinstance(screen, AtTheDesk) and not screen._pruning]

    # Help, and too little room

    def on_help_wanted(self, event: HelpWanted) -> None:
        """Explain the screen, and run there what is found."""
        from duty_tui.screens.help import HelpScreen

        of = event.screen

        def found(act: str | None) -> None:
            if act:
                self.call_next(of.action_act, act)

        self.push_screen(HelpScreen(of), found)

    def on_resize(self, event: Resize) -> None:
        """Cover the screens with a notice while no screen fits."""
        covered = isinstance(self.screen, TooSmall)
        if is_too_small(event.size) and not covered:
            self.push_screen(TooSmall())
        elif covered and not is_too_small(event.size):
            self.screen.dismiss(None)

    # What nobody foresaw

    def _handle_exception(self, error: Exception) -> None:
        """End, with a sentence and a number; never with what was on the screen."""
        self._return_code = 1
        first = self._exception is None
        if first:
            self._exit_renderables[:] = [_sentence("duty-tui: " + str(self._record(error)))]
            self._keep_drafts()
            self._exception = error
        self._close_messages_no_wait()
        if first:
            self._exception_event.set()

    def panic(self, *_renderables: object) -> None:
        """Textual's way of ending from its input thread, with an error drawn already; nothing of it is shown."""
        self._handle_exception(RuntimeError())

    def _thread_failed(self, failure: threading.ExceptHookArgs) -> None:
        """A thread ended: the screen would go on showing what is no longer so."""
        if isinstance(failure.exc_value, Exception):
            self.call_later(self._handle_exception, failure.exc_value)

    def _record(self, error: BaseException) -> Unforeseen:
        from duty_tui.places import places

        return incident(error, self._incidents or places().incidents, self.clock())


def _sentence(words: str) -> Segments:
    return Segments([Segment(clean(words)), Segment.line()])
