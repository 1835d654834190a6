"""Hears that a record on a PostgreSQL server was written, from a connection of its own."""

from __future__ import annotations

import select
import time

import psycopg

from duty_tui.store.address import Address
from duty_tui.store.postgres_line import connect
from duty_tui.store.postgres_told import telling
from duty_tui.store.store import Watcher

#: Seconds between two looks at the journal itself: a line that died without a word hears nothing.
SLOWLY = 5.0
_END = "SELECT coalesce(max(seq), 0) FROM journal"


def channel(schema: str) -> str:
    """Where news of a schema's record is called out. Everybody on the server may listen: it says a number at most."""
    return f"duty_tui_{schema}"


class PostgresWatcher(Watcher):
    """Listens, and looks slowly besides."""

    def __init__(self, address: Address, *, patience: float, slowly: float = SLOWLY) -> None:
        self._address, self._slowly, self._heard, self._end = address, slowly, False, 0
        with telling(address):
            self._connection = connect(address, patience)
            self._connection.add_notify_handler(self._hear)
            self._connection.execute(f"LISTEN {channel(address.schema)}")
        self._look()
        self._heard = False

    def _hear(self, news: psycopg.Notify) -> None:
        self._heard = True
        self._end = max(self._end, int(news.payload or 0))

    def _look(self) -> None:
        with telling(self._address):
            [end] = self._connection.execute(_END).fetchone() or (0,)
        self._heard = self._heard or end != self._end
        self._end, self._looked = end, time.monotonic()

    def _moved_on(self) -> bool:
        with telling(self._address):
            connection = self._connection.pgconn
            connection.consume_input()
            while news := connection.notifies():
                self._hear(psycopg.Notify(news.relname.decode(), news.extra.decode(), news.be_pid))
        if time.monotonic() - self._looked >= self._slowly:
            self._look()
        heard, self._heard = self._heard, False
        return heard

    def _wait(self, seconds: float) -> None:
        select.select([self._connection.fileno()], [], [], seconds)

    def close(self) -> None:
        """Let go of the server."""
        self._connection.close()
