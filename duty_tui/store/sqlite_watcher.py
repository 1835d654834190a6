"""Notices that an encrypted SQLite file was written, from a connection of its own."""

from __future__ import annotations

from duty_tui.store.cipher import connect, telling
from duty_tui.store.place import Place
from duty_tui.store.store import Watcher


class SqliteWatcher(Watcher):
    """Asks `PRAGMA data_version` on a connection of its own, which never writes.

    `place` is where the store has the file open: one put in its place since then is another, and never watched.
    Raises `Unavailable`.
    """

    def __init__(self, place: Place, key: bytes, *, patience: float, read_only: bool) -> None:
        place.check()
        self._place = place
        self._connection = connect(place.path, key, patience=patience, read_only=read_only)
        self._seen = self._version()

    def _version(self) -> int:
        with telling(self._place.path):
            return int(self._connection.execute("PRAGMA data_version").fetchall()[0][0])

    def _moved_on(self) -> bool:
        self._place.check()
        before, self._seen = self._seen, self._version()
        return before != self._seen

    def close(self) -> None:
        """Let go of the database."""
        self._connection.close()
