"""Who has which concern open, as rows on a PostgreSQL server."""

from __future__ import annotations

from abc import abstractmethod
from datetime import datetime
from typing import Any

from duty_tui.store import journal
from duty_tui.store.presence import Presence, Presences

_FIELDS = ", ".join(Presence._fields)
_PRESENT = f"SELECT {_FIELDS} FROM presence WHERE concern = %s AND seen >= %s ORDER BY actor, terminal"  # noqa: S608
_NEW = ", ".join(f"{name} = excluded.{name}" for name in Presence._fields if name != "terminal")
_PUT = f"""INSERT INTO presence({_FIELDS}) VALUES ({", ".join(["%s"] * len(Presence._fields))})
  ON CONFLICT (terminal) DO UPDATE SET {_NEW}"""  # noqa: S608 - constants
_FORGET = "DELETE FROM presence WHERE seen < %s"
_LEAVE = "DELETE FROM presence WHERE terminal = %s"


class PostgresPresences(Presences):
    """A row for each terminal; the transaction is the store's."""

    _follows = False
    """Whether the server follows another: the rows are on that one alone, and even looking at them is refused here."""

    @abstractmethod
    def _read(self, statement: str, *parameters: Any) -> list[Any]: ...

    @abstractmethod
    def _send(self, statement: str, *parameters: Any) -> None: ...

    def _put_presence(self, one: Presence, since: datetime) -> None:
        self._send(_FORGET, journal.stamp(since))
        self._send(_PUT, *one[:-1], journal.stamp(one.seen))

    def _drop_presence(self, terminal: str) -> None:
        self._send(_LEAVE, terminal)

    def present(self, concern: str, since: datetime) -> list[Presence]:
        """The terminals that have a stream open and were heard of `since`, by actor and terminal."""
        if self._follows:
            return []
        found = self._read(_PRESENT, concern, journal.stamp(since))
        return [Presence._make((*one[:-1], journal.read_stamp(one[-1]))) for one in found]
