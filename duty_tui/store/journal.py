"""The record: what somebody wants kept, what it becomes once sealed, and the chain that binds it. No database here."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, NamedTuple

from duty_tui.errors import Tampered

#: Text of a body and of the fields under the hash: one spelling for one value, plain ASCII, so any engine keeps it.
canonical = json.JSONEncoder(sort_keys=True, separators=(",", ":"), allow_nan=False).encode


class Head(NamedTuple):
    """The end of a journal: the number of its last entry and that entry's hash (64 hex digits)."""

    seq: int
    hash: str


#: The head of an empty journal.
START = Head(0, "0" * 64)


def new_id() -> str:
    """A fresh entry id: 128 random bits as 32 hex digits, made by the writer so that a second attempt is harmless."""
    return os.urandom(16).hex()


@dataclass(frozen=True, slots=True)
class NewEntry:
    """What somebody wants recorded."""

    stream: str
    """Whose history it belongs to: a concern, or a part of the service such as its settings."""
    expected: int
    """The version of the stream the writer had read; 0 begins a stream."""
    kind: str
    """The event's name."""
    body: dict[str, Any]
    """The event itself, as JSON values."""
    id: str = field(default_factory=new_id)
    """Made by the writer; a second attempt carries the same id into the same stream, whatever version it read."""


class Entry(NamedTuple):
    """A sealed entry, as the journal keeps it. `at` is aware UTC, to the millisecond."""

    seq: int
    id: str
    stream: str
    version: int
    at: datetime
    actor: str
    kind: str
    digest: str
    """SHA-256 of salt and body. The chain holds this, so a body can lawfully be destroyed and it still verifies."""
    prev: str
    hash: str
    salt: str | None
    body: str | None
    """Canonical JSON; None once destroyed."""

    @property
    def data(self) -> dict[str, Any]:
        """The body as JSON values; empty once the body is destroyed."""
        return {} if self.body is None else dict(json.loads(self.body))

    @property
    def head(self) -> Head:
        """The journal's head when this entry is its last."""
        return Head(self.seq, self.hash)

    def stored(self) -> tuple[Any, ...]:
        """The fields in order, with `at` as ISO text: what an engine writes."""
        return (*self[:4], stamp(self.at), *self[5:])


def read_entry(row: Sequence[Any]) -> Entry:
    """The entry an engine's row holds. Raises `Tampered` when its time is no time."""
    try:
        return Entry._make((*row[:4], read_stamp(row[4]), *row[5:]))
    except ValueError:
        raise Tampered(f"Entry {row[0]} of the journal is damaged: its time cannot be read.", seq=row[0]) from None


def stamp(at: datetime) -> str:
    """ISO text in UTC with milliseconds. `at` must be aware."""
    if at.tzinfo is None:
        raise ValueError("a time in the journal must carry its offset")
    return at.astimezone(UTC).isoformat(timespec="milliseconds")


def read_stamp(text: str) -> datetime:
    """The instant `stamp` wrote, aware. Raises ValueError for any other text."""
    at = datetime.fromisoformat(text)
    if at.tzinfo is not UTC:
        raise ValueError("a time in the journal is in UTC")
    return at


def _digest(salt: str, body: str) -> str:
    return sha256((salt + body).encode()).hexdigest()


def _hash(fields: Sequence[Any]) -> str:
    return sha256(canonical(fields).encode()).hexdigest()


def seal(new: NewEntry, after: Head, *, actor: str, at: datetime) -> Entry:
    """Bind an entry to the one before it. `at` is an aware instant; it is kept in UTC to the millisecond."""
    text = stamp(at)
    salt, body = os.urandom(16).hex(), canonical(new.body)
    row = (after.seq + 1, new.id, new.stream, new.expected + 1, text, actor, new.kind, _digest(salt, body), after.hash)
    return read_entry((*row, _hash(row), salt, body))


def verify(entries: Iterable[Entry], after: Head = START) -> Head:
    """Walk the chain from `after` and return its end. Raises `Tampered` at the first entry that is not as sealed."""
    for entry in entries:
        if (entry.seq, entry.prev) != (after.seq + 1, after.hash):
            raise Tampered(f"Entry {entry.seq} of the journal does not follow entry {after.seq}.", seq=after.seq + 1)
        if entry.hash != _hash(entry.stored()[:9]):
            raise Tampered(f"Entry {entry.seq} of the journal was changed after it was recorded.", seq=entry.seq)
        if entry.body is not None and entry.digest != _digest(entry.salt or "", entry.body):
            raise Tampered(f"The text of entry {entry.seq} was changed after it was recorded.", seq=entry.seq)
        after = entry.head
    return after
