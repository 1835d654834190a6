"""What covers the screens after some time without a key: nothing of the record, and a field for the passphrase."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from rich.console import RenderableType
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.events import Event, Key, MouseDown, MouseEvent, MouseScrollDown, MouseScrollUp, Paste
from textual.screen import Screen
from textual.widgets import Static

from duty_tui.errors import DutyError
from duty_tui.screens.desk_screen import Host
from duty_tui.screens.too_small import TooSmall
from duty_tui.widgets.entry_input import EntryInput
from duty_tui.widgets.safe import content, lines

#: What somebody at the keyboard does; the mouse passing over the window is none of it.
_BY_HAND = (Key, Paste, MouseDown, MouseScrollDown, MouseScrollUp)
_WRONG = "That is not the passphrase. Try again, and mind the Caps Lock key."


@dataclass(frozen=True)
class Lock:
    """After how long without a key the screens are covered, and what says whether a passphrase uncovers them."""

    after: timedelta
    #: Takes a good part of a second, by intention; called on a thread of its own. Raises DutyError.
    opens: Callable[[str], bool]


class LockScreen(Screen[None]):
    """Goes when the passphrase is typed; Ctrl+Q still leaves the program, which keeps what was typed."""

    DEFAULT_CSS = """
    LockScreen { background: $background; align: center middle; }
    LockScreen > Vertical { width: 60; height: auto; }
    LockScreen Static { width: 100%; height: auto; text-align: center; }
    LockScreen EntryInput { margin: 1 0; }
    """
    AUTO_FOCUS = "EntryInput"

    def __init__(self, host: LockingHost, lock: Lock) -> None:
        super().__init__()
        self._host, self._lock = host, lock

    def compose(self) -> ComposeResult:
        """That it is locked, where to type, and what came of it."""
        with Vertical():
            yield Static(lines(("duty-tui is locked.", "What was typed is kept.", "", "Passphrase of the key, Enter:")))
            yield EntryInput(password=True)
            yield Static(id="answer")

    @on(EntryInput.Submitted)
    def _typed(self, event: EntryInput.Submitted) -> None:
        event.stop()
        words = event.value
        event.input.clear()
        if words:
            self._say("…")
            self.run_worker(self._try(words), exclusive=True, exit_on_error=False)

    async def _try(self, words: str) -> None:
        try:
            opened = await asyncio.to_thread(self._lock.opens, words)
        except DutyError as error:
            self._say(str(error))
            return
        if opened:
            self._host.uncover()
        else:
            self._say(_WRONG)

    def _say(self, words: str) -> None:
        self.query_one("#answer", Static).update(content(words))

    def _on_screen_resume(self, _event: Any) -> None:
        if not self._host.covered:  # one left beneath something that came while it was locked
            self.call_later(self._go)

    def _go(self) -> None:
        if self.is_current:
            self.dismiss(None)


class LockingHost(Host):
    """An app that covers its screens. What goes on beneath goes on; nothing of it is drawn, told or pressed."""

    covered = False
    """Whether nobody may see anything now."""
    lock: Lock | None = None
    """When to cover the screens; None for never."""

    async def on_event(self, event: Event) -> None:
        """Note that somebody is there; while covered, only what is on top hears of it."""
        by_hand = isinstance(event, (Key, Paste, MouseEvent)) and not event.is_forwarded
        if isinstance(event, _BY_HAND):
            self.touched = self.clock()
        if by_hand and self.covered and not self._is_cover(self.screen):
            return
        await super().on_event(event)

    def cover_if_idle(self, now: datetime) -> None:
        """Cover the screens once nobody has touched a key for as long as the lock says; keep them covered."""
        if self.lock and not self.covered:
            self.touched = min(self.touched or now, now)  # a clock set back must not keep them open for so long more
            if now - self.touched >= self.lock.after:
                self.clear_notifications()
                self.covered = True
        self.stay_covered()

    def stay_covered(self) -> None:
        """Put the cover back on top when something came to lie above it, or took it away."""
        if self.lock and self.covered and not self._is_cover(self.screen):
            self.push_screen(LockScreen(self, self.lock))

    def uncover(self) -> None:
        """Show the screens again as they were left, with what came meanwhile."""
        self.covered, self.touched = False, self.clock()
        if isinstance(self.screen, LockScreen):
            self.screen.dismiss(None)

    def notify(self, message: str, **how: Any) -> None:
        """Say something in passing; nothing while nobody who may read it is there."""
        if not self.covered:
            super().notify(message, **how)

    def action_command_palette(self) -> None:
        """The palette, of which there is nothing while covered."""
        if not self.covered:
            super().action_command_palette()

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        if not self.covered or self._is_cover(screen):
            super()._display(screen, renderable)

    @staticmethod
    def _is_cover(screen: Screen[Any]) -> bool:
        return isinstance(screen, (LockScreen, TooSmall))
