"""Notices that an encrypted SQLite file was written, from a connection of its own."""

from __future__ import annotations

from pathlib import Path

from duty_tui.store import place
from duty_tui.store.cipher import connect, telling
from duty_tui.store.store import Watcher


class SqliteWatcher(Watcher):
    """Asks `PRAGMA data_version` on a connection of its own, which never writes."""

    def __init__(self, path: Path, key: bytes, *, patience: float, read_only: bool) -> None:
        self._place = place.Place(path)
        self._connection = connect(path, key, patience=patience, read_only=read_only)
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
