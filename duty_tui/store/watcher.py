"""Being told that a store changed, whoever changed it."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from threading import Event


class Watcher(ABC):
    """Says when anything in the store changed. Owned by one thread, which need not be the store's."""

    def changed(self, timeout: float, stop: Event | None = None, *, every: float = 0.05) -> bool:
        """Wait until something changed since the last call (at first: since the watcher was made).

        False after `timeout` seconds, or within `every` seconds of `stop` being set. Looks `every` so many seconds. It
        only nudges: read `since` the last entry you have. Raises `Unavailable` when the database was moved, replaced
        or is out of reach.
        """
        end = time.monotonic() + timeout
        while not self._moved_on():
            left = end - time.monotonic()
            if left <= 0 or (stop and stop.is_set()):
                return False
            self._wait(min(every, left))
        return True

    def _wait(self, seconds: float) -> None:
        """Wait so long, or until there may be something new where that can be told."""
        time.sleep(seconds)  # waiting on the event itself costs half as much again, all day long

    @abstractmethod
    def _moved_on(self) -> bool:
        """Whether anything changed since this was last asked."""

    @abstractmethod
    def close(self) -> None:
        """Let go of the database."""
