"""Invented entries and rows, and the key every test database is made with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from duty_tui.store.cipher import driver
from duty_tui.store.journal import Entry, NewEntry
from duty_tui.store.rows import ConcernRow, Draft, Identity
from duty_tui.store.sqlite import SqliteStore
from duty_tui.store.store import Store

KEY = b"\xab" * 32
AT = datetime(2026, 11, 20, 18, 0, 0, 123456, tzinfo=UTC)
NHS = Identity("nhs", "9990000018")
UPN = Identity("upn", "A123456789012")


def row(concern: str = "amara", version: int = 1, **changes: Any) -> ConcernRow:
    plain = ConcernRow(
        *(concern, version, "open", 1, 1_795_000_000, 1_794_990_000, True, False, "Strategy discussion", "Book it"),
        *(None, "Example", "example", 2, "2020-01-01", None, "Bruise to the arm", "School", "New", "example", False),
    )
    return plain._replace(**changes)


def note(stream: str = "amara", expected: int = 0, text: str = "Telephoned the school.") -> NewEntry:
    return NewEntry(stream, expected, "noted", {"text": text})


def record(store: Store, *entries: NewEntry, rows: bool = True) -> list[Entry]:
    """Append with the rows that follow, as the desk does."""
    made = [row(entry.stream, entry.expected + 1) for entry in entries] if rows else []
    return store.append(entries, actor="A. Worker", at=AT, rows=made)


def draft(name: str = "d1", **changes: Any) -> Draft:
    plain = Draft(name, "concern", None, "A. Worker", "desk-1", AT.replace(microsecond=0), {"who": "School", "n": 1})
    return plain._replace(**changes)


def open_file(path: Path, **options: Any) -> SqliteStore:
    return SqliteStore(path, KEY, **{"create": True, "patience": 0.05, **options})


@contextmanager
def by_hand(path: Path, key: bytes = KEY) -> Iterator[driver.Connection]:
    """A connection of somebody who goes round this program."""
    connection = driver.connect(str(path), isolation_level=None, timeout=0.05)
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    try:
        yield connection
    finally:
        connection.close()
