"""Who has which concern open, as rows of an encrypted SQLite file."""

from __future__ import annotations

from abc import abstractmethod
from datetime import datetime
from typing import Any

from duty_tui.store import journal
from duty_tui.store.cipher import driver
from duty_tui.store.presence import Presence, Presences

_FIELDS = ", ".join(Presence._fields)
_PRESENT = f"SELECT {_FIELDS} FROM presence WHERE concern = ? AND seen >= ? ORDER BY actor, terminal"  # noqa: S608
_PUT = f"INSERT OR REPLACE INTO presence({_FIELDS}) VALUES ({', '.join('?' * len(Presence._fields))})"  # noqa: S608
_FORGET = "DELETE FROM presence WHERE seen < ?"
_LEAVE = "DELETE FROM presence WHERE terminal = ?"


class SqlitePresences(Presences):
    """A row for each terminal; the transaction is the store's."""

    _connection: driver.Connection

    @abstractmethod
    def _read(self, sql: str, *parameters: Any) -> list[Any]: ...

    def _put_presence(self, one: Presence, since: datetime) -> None:
        self._connection.execute(_FORGET, (journal.stamp(since),))
        self._connection.execute(_PUT, (*one[:-1], journal.stamp(one.seen)))

    def _drop_presence(self, terminal: str) -> None:
        self._connection.execute(_LEAVE, (terminal,))

    def present(self, concern: str, since: datetime) -> list[Presence]:
        """The terminals that have a stream open and were heard of `since`, by actor and terminal."""
        found = self._read(_PRESENT, concern, journal.stamp(since))
        return [Presence._make((*one[:-1], journal.read_stamp(one[-1]))) for one in found]
