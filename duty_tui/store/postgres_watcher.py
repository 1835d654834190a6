"""Hears that a record on a PostgreSQL server was written, from a connection of its own."""

from __future__ import annotations

import re
import select
import time

import psycopg

from duty_tui.store.address import Address
from duty_tui.store.postgres_line import connect
from duty_tui.store.postgres_told import telling
from duty_tui.store.store import Watcher

#: Seconds between two looks at the journal itself: a line that died without a word hears nothing.
SLOWLY = 5.0
#: The same where the server follows another: there nothing is called out.
_FOLLOWING = 1.0
_NUMBER = re.compile("[0-9]{1,18}")
_END = "SELECT coalesce(max(seq), 0) FROM journal"


def channel(schema: str) -> str:
    """Where news of a schema's record is called out. Everybody on the server may listen: it says a number at most."""
    return f"duty_tui_{schema}"


class PostgresWatcher(Watcher):
    """Listens, and looks slowly besides; on a copy that follows another server it only looks."""

    def __init__(self, address: Address, *, patience: float, slowly: float = SLOWLY) -> None:
        self._address, self._slowly, self._heard, self._end = address, slowly, False, 0
        with telling(address):
            self._connection = connect(address, patience)
        try:
            self._listen()
            self._look()
        except BaseException:
            self._connection.close()  # whoever cannot listen asks again, each time on a new line
            raise
        self._heard = False

    def _listen(self) -> None:
        with telling(self._address):
            self._connection.add_notify_handler(self._hear)
            if self._connection.execute("SELECT pg_is_in_recovery()").fetchone() == (True,):
                self._slowly = min(self._slowly, _FOLLOWING)
            else:
                self._connection.execute(f"LISTEN {channel(self._address.schema)}")

    def _hear(self, news: psycopg.Notify) -> None:
        self._heard = True
        if _NUMBER.fullmatch(news.payload):  # anybody on the server may call out, and anything
            self._end = max(self._end, int(news.payload))

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
