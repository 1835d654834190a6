"""Who has which concern open: kept beside the record, no part of it, and written seldom.

A terminal says what it has open when it opens it, when it leaves it, and once in a while between; one that was killed
says nothing any more and is forgotten.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from contextlib import AbstractContextManager
from datetime import datetime
from typing import NamedTuple


class Presence(NamedTuple):
    """A terminal that has a concern open; it says so now and then, and is forgotten when it no longer does."""

    terminal: str
    """A random id, made anew whenever the program is started."""
    actor: str
    machine: str
    concern: str
    """The stream it has open."""
    part: str
    """On which screen, in a word, or what is typed there."""
    seen: datetime
    """When it last said so; aware UTC, to the millisecond."""


class Presences(ABC):
    """What a store knows of the terminals that have something open. One thread at a time."""

    def be_present(self, one: Presence, since: datetime) -> None:
        """Say what a terminal has open, in place of what it said before; those not heard of `since` are forgotten."""
        with self._writing():
            self._put_presence(one, since)

    def leave(self, terminal: str) -> None:
        """A terminal has nothing open any more; nothing happens when it had not."""
        with self._writing():
            self._drop_presence(terminal)

    @abstractmethod
    def present(self, concern: str, since: datetime) -> list[Presence]:
        """The terminals that have a stream open and were heard of `since`, by actor and terminal."""

    @abstractmethod
    def _writing(self) -> AbstractContextManager[None]: ...

    @abstractmethod
    def _put_presence(self, one: Presence, since: datetime) -> None: ...

    @abstractmethod
    def _drop_presence(self, terminal: str) -> None: ...
