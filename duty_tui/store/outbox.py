"""What was typed while the record was away: kept on this machine, encrypted, in order, until it is sent.

One file for each record. It is made when something is first put into it. Everything is on the disk when a call returns;
none of it is part of the record.
"""

from __future__ import annotations

import hmac
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from duty_tui.errors import Unavailable
from duty_tui.store import place
from duty_tui.store.cipher import connect, driver, telling
from duty_tui.store.journal import canonical, read_stamp, stamp
from duty_tui.store.rows import Draft

#: Beside the outbox of a record under today's key there may be one under an earlier key.
_ENDING = ".outbox"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS waiting (
  place INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, concern TEXT NOT NULL, actor TEXT NOT NULL,
  typed TEXT NOT NULL, seen INTEGER, command TEXT NOT NULL, draft TEXT, why TEXT NOT NULL, sending INTEGER NOT NULL,
  kept TEXT, after TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS draft (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, concern TEXT, actor TEXT NOT NULL, machine TEXT NOT NULL,
  updated TEXT NOT NULL, body TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
"""
#: Where the record is, unless something waits for one that was elsewhere.
_COMES_HERE = """
INSERT OR REPLACE INTO meta SELECT 'home', ?
WHERE NOT EXISTS (SELECT 1 FROM meta WHERE name = 'home')
   OR NOT EXISTS (SELECT 1 FROM waiting UNION ALL SELECT 1 FROM draft)
"""


class Waiting(NamedTuple):
    """One act that waits to be recorded."""

    id: str
    """The mark of the act: the id its first entry will have. Sent twice, it is recorded once."""
    concern: str
    actor: str
    typed: datetime
    """When it was typed, UTC: from then it counts."""
    seen: int | None
    """The version of the concern the person was looking at."""
    command: dict[str, Any]
    """The act, as JSON values."""
    draft: str | None = None
    """The draft that ends with it."""
    why: str = ""
    """Why it was not recorded when it was sent, in words; it then waits for its person. Empty while it only waits."""
    sending: bool = False
    """Whether an attempt to record it began: until it ends nobody can say that it is not recorded."""
    kept: Draft | None = None
    """That draft as it was last kept: the text to go on from when the act is to be changed."""
    after: tuple[str, ...] = ()
    """Ids of others' entries about the same that the person read before it."""


def _print(key: bytes) -> str:
    """What of a key stands in the name of a file: enough to tell two apart, and nothing to find one by."""
    return sha256(key).hexdigest()[:8]


_FIELDS = ", ".join(Waiting._fields)


def _written(draft: Draft) -> list[Any]:
    """A draft as JSON values."""
    return [*draft[:-2], stamp(draft.updated), draft.body]


def _read(written: Sequence[Any]) -> Draft:
    return Draft._make((*written[:-2], read_stamp(written[-2]), written[-1]))


def outbox_file(folder: Path, record: str, key: bytes) -> Path:
    """The outbox in `folder` of the record with the random id `record`, encrypted with `key`."""
    return folder / f"{record}-{_print(key)}{_ENDING}"


def outbox_key(data_key: bytes) -> bytes:
    """The key of an outbox, made from the data key of its record: who can open the one can open the other."""
    return hmac.digest(data_key, b"duty-tui outbox", "sha256")


def outboxes_under(folder: Path, key: bytes) -> list[Path]:
    """Every outbox in `folder` that was made with `key`, of whatever record."""
    return sorted(folder.glob(f"*-{_print(key)}{_ENDING}"))


def any_outbox(folder: Path) -> bool:
    """Whether there is an outbox in `folder`, of whatever record and under whatever key."""
    return any(folder.glob(f"*{_ENDING}"))


def others_of(file: Path) -> list[Path]:
    """Outboxes of the same record under earlier keys: what waits there can be read with the key of that time."""
    record = file.name.rpartition("-")[0]
    return sorted(one for one in file.parent.glob(f"{record}-*{_ENDING}") if one != file)


def is_same_place(one: str, other: str) -> bool:
    """Whether two names of where a record is mean one place, also where links lead there."""
    return one == other or os.path.realpath(one) == os.path.realpath(other)


def _unlinked(path: Path) -> None:
    with suppress(OSError):
        path.unlink()


class Outbox:
    """The file `path`, encrypted with `key` (32 bytes). One thread at a time; several programs may have it open.

    `home` is where the record is, kept in it so that what waits is found while the record cannot be opened. `key_file`
    is what leads to the record's key, where it has one.

    A copy of a record has its id and its key, and so the same outbox: what waits in it belongs to the one that was open
    when it was typed, and stays so until somebody says otherwise (`bring_here`).

    Raises `Unavailable` when the file cannot be reached or written, or holds what waits for a copy elsewhere;
    `WrongDatabase` when the key does not open it, `Tampered` when it is damaged.
    """

    def __init__(
        self, path: Path, key: bytes, home: str = "", key_file: Path | None = None, *, patience: float = 5.0
    ) -> None:
        self.path = path
        self._key_file = key_file
        self._home = home
        self._key, self._patience = key, patience
        self._open: driver.Connection | None = None
        self._place = place.Place(path)

    # -- what waits

    def put(self, act: Waiting) -> None:
        """Keep an act behind those that wait already; one with the same id stays as it is."""
        self._is_ours()
        kept = canonical(_written(act.kept)) if act.kept else None
        row = (
            *(*act[:3], stamp(act.typed), act.seen, canonical(act.command), act.draft, act.why, act.sending),
            *(kept, canonical(act.after)),
        )
        self._write(f"INSERT OR IGNORE INTO waiting({_FIELDS}) VALUES ({', '.join('?' * len(row))})", *row)  # noqa: S608

    def waiting(self, actor: str) -> list[Waiting]:
        """What waits of one person's, in the order it was typed."""
        found = self._read(f"SELECT {_FIELDS} FROM waiting WHERE actor = ? ORDER BY place", actor)  # noqa: S608
        return [
            Waiting._make(
                (
                    *(*row[:3], read_stamp(row[3]), row[4], json.loads(row[5]), *row[6:8], row[8] == 1),
                    _read(json.loads(row[9])) if row[9] else None,
                    tuple(json.loads(row[10])),
                )
            )
            for row in found
        ]

    def begin(self, act: str) -> bool:
        """Note that an attempt to record it begins; False when it does not wait any more."""
        return self._write("UPDATE waiting SET sending = 1 WHERE id = ?", act) == 1

    def end(self, act: str) -> None:
        """It is recorded: it waits no longer."""
        self._write("DELETE FROM waiting WHERE id = ?", act)

    def stop(self, act: str, why: str) -> None:
        """It was not recorded, and why: it waits for its person."""
        self._write("UPDATE waiting SET why = ?, sending = 0 WHERE id = ?", why, act)

    def again(self, act: str, seen: int | None, after: Sequence[str] = ()) -> None:
        """Let it be sent once more, by somebody who now looks at version `seen` and has read the entries `after`."""
        sql = "UPDATE waiting SET why = '', seen = ?, after = ? WHERE id = ?"
        self._write(sql, seen, canonical(list(after)), act)

    def take_back(self, act: str) -> bool:
        """Take an act out, never to be sent; False when it is just being sent, or waits no longer."""
        return self._write("DELETE FROM waiting WHERE id = ? AND sending = 0", act) == 1

    # -- drafts

    def save_draft(self, draft: Draft) -> None:
        """Keep a draft in place of the one with its id."""
        self._is_ours()
        kept = _written(draft)
        kept[-1] = canonical(kept[-1])
        self._write("INSERT OR REPLACE INTO draft VALUES (?, ?, ?, ?, ?, ?, ?)", *kept)

    def drop_draft(self, draft: str) -> None:
        """Forget a draft; nothing happens when there is none with this id."""
        if self._read("SELECT 1 FROM draft WHERE id = ?", draft):
            self._write("DELETE FROM draft WHERE id = ?", draft)

    def drafts(self) -> list[Draft]:
        """Everybody's drafts on this machine, the latest first."""
        found = self._read("SELECT * FROM draft ORDER BY updated DESC, id DESC")
        return [_read((*one[:-1], json.loads(one[-1]))) for one in found]

    # -- the file

    def close(self) -> None:
        """Let go of the file."""
        if self._open is not None:
            self._open.close()
            self._open = None

    @property
    def key_files_before(self) -> list[Path]:
        """Key files that were kept when the key was changed: with one of them an outbox under an earlier key opens."""
        from duty_tui.store.keyfile import kept_before

        return kept_before(self._key_file) if self._key_file else []

    @contextmanager
    def put_away(self) -> Iterator[bool]:
        """While this lasts no program puts anything in; whether nothing is in it. Then it is taken away at the end.

        A program that has it open makes it anew when it keeps something after that. Raises Unavailable when another
        program keeps it locked.
        """
        connection = self._opened(make=True)
        assert connection is not None  # noqa: S101 (it was to be made)
        with telling(self.path):
            connection.execute("BEGIN IMMEDIATE")
        empty = self.is_empty
        try:
            yield empty
        finally:
            if empty:
                _unlinked(self.path)
            connection.execute("ROLLBACK")
            if empty and self.path.exists() and self.is_empty:
                self.close()  # Windows takes no file away that is open, and so none that another program has
                _unlinked(self.path)

    @property
    def is_empty(self) -> bool:
        """Whether nothing waits in it, of anybody, and no draft is kept."""
        [(many,)] = self._read("SELECT (SELECT count(*) FROM waiting) + (SELECT count(*) FROM draft)") or [(0,)]
        return bool(many == 0)

    @property
    def home(self) -> str:
        """Where the record was for which something was first put into it while it was empty; empty when not made."""
        return next((value for (value,) in self._read("SELECT value FROM meta WHERE name = 'home'")), "")

    @property
    def elsewhere(self) -> str:
        """Where the record is for which something waits, when it is not the one this was opened for; else empty."""
        home = self.home
        return "" if not self._home or is_same_place(home, self._home) or self.is_empty else home

    @property
    def here(self) -> str:
        """Where the record is that this was opened for; empty when that is not known."""
        return self._home

    def bring_here(self) -> None:
        """From now on what waits is for the record this was opened for: that one was moved, or took its place."""
        self._write("INSERT OR REPLACE INTO meta VALUES ('home', ?)", self._home)

    def _is_ours(self) -> None:
        """Note where the record is. Raises Unavailable while something waits for one elsewhere."""
        if self._home and self.home != self._home:
            self._write(_COMES_HERE, self._home)
        if home := self.elsewhere:
            raise Unavailable(f"What waits on this machine was typed for {home}, and {self._home} is open.")

    def _opened(self, *, make: bool) -> driver.Connection | None:
        """A connection to the file as it is by now; None when there is none and none is to be made."""
        if self._open is not None and not self._place.is_same():
            self.close()  # put away by another program: what is written into it now would be lost with it
        if self._open is None and (make or self.path.exists()):
            place.make(self.path)
            fresh = connect(self.path, self._key, patience=self._patience, read_only=False)
            try:
                with telling(self.path):
                    for setting in ("synchronous = EXTRA", "secure_delete = ON"):
                        fresh.execute(f"PRAGMA {setting}").fetchall()
                    fresh.executescript(_SCHEMA)
            except BaseException:
                fresh.close()
                raise
            self._open, self._place = fresh, place.Place(self.path)
        return self._open

    def _write(self, sql: str, *values: Any) -> int:
        connection = self._opened(make=True)
        assert connection is not None  # noqa: S101 (it was to be made)
        with telling(self.path):  # one statement, one transaction; SQLite itself refuses a file moved meanwhile
            return connection.execute(sql, values).rowcount

    def _read(self, sql: str, *values: Any) -> list[Any]:
        connection = self._opened(make=False)
        if connection is None:
            return []
        with telling(self.path):
            return connection.execute(sql, values).fetchall()
