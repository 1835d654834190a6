"""Invented entries and rows, and the key every test database is made with."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from duty_tui.store.cipher import driver
from duty_tui.store.journal import Entry, NewEntry
from duty_tui.store.presence import Presence
from duty_tui.store.rows import ActionRow, ConcernRow, Contact, Draft, Identity
from duty_tui.store.sqlite import SqliteStore
from duty_tui.store.store import Store

KEY = b"\xab" * 32
PAGE = 4096
AT = datetime(2026, 11, 20, 18, 0, 0, 123456, tzinfo=UTC)
NHS = Identity("nhs", "9990000018")
UPN = Identity("upn", "A123456789012")


def row(concern: str = "amara", version: int = 1, **changes: Any) -> ConcernRow:
    plain = ConcernRow(
        id=concern,
        version=version,
        status="open",
        rank=1,
        due=1_795_000_000,
        received=1_794_990_000,
        certain=True,
        provisional=False,
        deadline="Strategy discussion",
        next_step="Book it",
        owner=None,
        family="Example",
        family_key="example",
        children=2,
        youngest="2020-01-01",
        eldest=None,
        concern="Bruise to the arm",
        source="School",
        stage="New",
        search="example bruise to the arm",
        restricted=False,
    )
    return plain._replace(**changes)


def action(concern: str = "amara", id: str = "a1", **changes: Any) -> ActionRow:  # noqa: A002 - the row's own name
    plain = ActionRow(
        concern=concern,
        discussion=1,
        id=id,
        what="See the child",
        who="",
        who_key="",
        agency="",
        agency_key="",
        due=None,
        children="1 2",
        done="",
        whom="Amara and Kofi",
        form="action",
        lacks="by when",
    )
    return plain._replace(**changes)


def contact(**changes: Any) -> Contact:
    plain = Contact("sian lund", "health", "Siân Lund", "", "Health", "health", "", " sian lund health", 1)
    return plain._replace(**changes)


def here(terminal: str, **changes: Any) -> Presence:
    """Somebody with a concern open, to the millisecond as every store keeps it."""
    plain = Presence(terminal, "B. Chair", "desk-3", "amara", "concern", AT.replace(microsecond=123_000))
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


@contextmanager
def as_somebody_else() -> Iterator[None]:
    """Without the rights of the superuser, whom no permission stops; any other account stays itself."""
    mighty = os.geteuid() == 0
    if mighty:
        os.seteuid(65534)
    try:
        yield
    finally:
        if mighty:
            os.seteuid(0)


def filled(path: Path, entries: int = 60) -> None:
    """A closed database of a few dozen pages, everything in the one file."""
    with open_file(path) as store:
        record(store, *(note(f"s{number % 7}", number // 7) for number in range(entries)))
        store.append([], actor="A. Worker", at=AT, identities={"s1": [NHS]})


def started(program: str, *arguments: object, stderr: int | None = None) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", program, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=stderr,
        text=True,
        cwd=Path(__file__).parents[2],
    )
