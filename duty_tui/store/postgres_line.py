"""The line to a PostgreSQL server: one connection, made anew when it is gone, and a transaction in two round trips.

Within a transaction statements are queued and go out together (pipeline mode); asking for an answer sends what waits.
"""

from __future__ import annotations

import select
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from duty_tui.errors import UsageError
from duty_tui.store.address import STRICT, Address
from duty_tui.store.postgres_told import telling

# What the library says besides its errors would be drawn across the screen, and may hold words of the server.
psycopg.logger.setLevel("CRITICAL")

#: Held by whoever writes, until their transaction ends.
PEN = "SELECT FROM pen FOR UPDATE"

#: A line that was cut without a word is given up after some fifteen seconds, here and on the server.
_PATIENT = {"keepalives_idle": 5, "keepalives_interval": 3, "keepalives_count": 3, "tcp_user_timeout": 15000}
_ON_THE_SERVER = {
    "synchronous_commit": "on",
    "tcp_keepalives_idle": 5,
    "tcp_keepalives_interval": 3,
    "tcp_keepalives_count": 3,
    "idle_in_transaction_session_timeout": "60s",
}


def connect(address: Address, patience: float) -> psycopg.Connection:
    """A connection on which names mean those of the record's schema; `patience` seconds are waited for locks."""
    try:
        words: dict[str, Any] = {"connect_timeout": 5, **_PATIENT, **conninfo_to_dict(address.url)}
    except psycopg.ProgrammingError:  # what it says may hold a password
        what = f"{address.shown}: something behind the ? of the address is no word PostgreSQL knows."
        raise UsageError(what, do="docs/deployment.md has an address to copy.") from None
    if address.strict:
        words |= {"sslmode": STRICT, "gssencmode": "disable"}
    settings = {**_ON_THE_SERVER, "search_path": f"{address.schema},pg_temp", "lock_timeout": f"{patience * 1000:.0f}"}
    told = [str(words.get("options") or ""), *(f"-c {name}={value}" for name, value in settings.items())]
    words |= {"options": " ".join(filter(None, told)), "client_encoding": "utf8", "application_name": "duty-tui"}
    return psycopg.connect(make_conninfo(**words), autocommit=True)


def hung_up(connection: psycopg.Connection) -> bool:
    """Whether the other end has let go, as far as can be seen without asking it."""
    try:
        while not connection.closed and select.select([connection.fileno()], [], [], 0)[0]:
            connection.pgconn.consume_input()  # first what it said last, then that it is gone
    except psycopg.OperationalError:
        return True
    return connection.closed


class Line:
    """One connection to `address`, for one thread. Every error is told as a `DutyError`."""

    def __init__(self, address: Address, patience: float) -> None:
        self.address, self._patience = address, patience
        self._connection: psycopg.Connection | None = None
        self._writing = False
        self.unsure = False
        """Whether the line went while a transaction was being ended: nobody here knows whether it was kept."""

    def ready(self) -> psycopg.Connection:
        """The connection, made anew when it is gone; within a transaction as it is."""
        found = self._connection
        if found is None or (not self._writing and hung_up(found)):
            self.close()
            with telling(self.address):
                found = self._connection = connect(self.address, self._patience)
        return found

    def read(self, sql: str, parameters: Sequence[Any] = ()) -> list[Any]:
        """Every row of the answer. Outside a transaction a line found cut is made anew once, and asked again."""
        connection = self.ready()
        with telling(self.address):
            try:
                return connection.execute(sql, parameters or None).fetchall()
            except psycopg.OperationalError:
                if self._writing or not connection.closed:
                    raise
            return self.ready().execute(sql, parameters or None).fetchall()

    def send(self, sql: str, parameters: Sequence[Any] = ()) -> psycopg.Cursor:
        """Queue a statement of the transaction; its answer can be read later."""
        return self.ready().execute(sql, parameters or None)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """What is sent within, under the write lock: kept on the server's disk when it ends, undone after an error."""
        connection = self.ready()
        self.unsure = ending = False
        self._writing = True
        try:
            with telling(self.address), connection.pipeline():
                connection.execute("BEGIN")
                connection.execute(PEN)
                yield
                ending = True
                connection.execute("COMMIT")
        except BaseException:
            self.unsure = ending and connection.closed
            self._undo(connection)
            raise
        finally:
            self._writing = False

    def _undo(self, connection: psycopg.Connection) -> None:
        try:
            connection.rollback()
        except psycopg.Error:
            connection.close()  # the server undoes what has no end

    def close(self) -> None:
        """Let go of the server."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
