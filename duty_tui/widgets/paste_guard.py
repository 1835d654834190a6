"""A burst of keys no hand can type is the tail of a paste, and must not become commands.

A paste that holds an escape character reaches a program as if the rest had been typed: on a list where letters are
commands it would record things. Keys are therefore held for a moment; three or more within it are dropped together,
with whatever follows as fast.
"""

from __future__ import annotations

from typing import ClassVar, Generic, TypeVar

KeyT = TypeVar("KeyT")


class PasteGuard(Generic[KeyT]):
    """Holds keys until it is clear that a hand typed them. Knows no terminal and no clock: times are seconds, given."""

    WINDOW: ClassVar[float] = 0.005
    """Seconds within which keys belong together; 0 lets every key through at once."""
    BURST: ClassVar[int] = 3
    """So many together are a paste."""

    def __init__(self) -> None:
        self._held: list[KeyT] = []
        self._last = 0.0

    def takes(self, printable: bool) -> bool:
        """Whether the next key must be offered: one that prints, or any that follows one still held."""
        return self.WINDOW > 0 and (printable or bool(self._held))

    def offer(self, key: KeyT, at: float) -> None:
        """Hold `key`, pressed `at` seconds."""
        self._held.append(key)
        self._last = at

    def settled(self, at: float) -> bool:
        """Whether nothing came for a window's length, so that `release` may be asked."""
        return at - self._last >= self.WINDOW

    def release(self) -> tuple[list[KeyT], int]:
        """The keys a hand typed, in order, and how many were dropped as a paste; nothing is held afterwards."""
        held, self._held = self._held, []
        if len(held) >= self.BURST:
            return [], len(held)
        return held, 0
