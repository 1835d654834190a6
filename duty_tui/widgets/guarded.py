"""A widget on which letters are commands, guarded against pastes that arrive as keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.events import Key
from textual.message import Message
from textual.timer import Timer
from textual.widget import Widget

from duty_tui.widgets.paste_guard import PasteGuard

if TYPE_CHECKING:
    _Base = Widget
else:
    _Base = object  # Textual takes a widget's style sheet from its first base that is a widget


class PasteDropped(Message):
    """`count` keys came faster than a hand types and were not taken for commands."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.count = count


class Guarded(_Base):
    """Holds keys for five milliseconds, until it is clear that a hand typed them; posts PasteDropped when none did."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._guard: PasteGuard[Key] = PasteGuard()
        self._guard_timer: Timer | None = None
        self._cleared: list[Key] = []

    def on_key(self, event: Key) -> None:
        """Hold what may be a paste; let pass what was held before."""
        if event in self._cleared:
            self._cleared.remove(event)
            return
        if not self._guard.takes(event.is_printable):
            return
        event.stop()
        event.prevent_default()
        if self._guard.settled(event.time):
            self._release()
        self._guard.offer(event, event.time)
        if self._guard_timer is not None:
            self._guard_timer.stop()
        self._guard_timer = self.set_timer(self._guard.WINDOW, self._release)

    def _release(self) -> None:
        """Send on what was held as if it had just been pressed, or say that it was a paste."""
        typed, dropped = self._guard.release()
        for held in typed:
            again = Key(held.key, held.character)
            self._cleared.append(again)
            self._forward_event(again)  # as the app does, so that it is not sent round again
        if dropped:
            self.post_message(PasteDropped(dropped))
