"""The journal in one encrypted SQLite file, for one machine or a shared disk that locks properly.

The hot path (recording, reading) is the driver's own connection; what changes the shape of the file goes through
sqlite-utils, which is imported only then.
"""

from __future__ import annotations

import json
import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from duty_tui.domain.kinds import DESTROYED
from duty_tui.errors import Tampered, Unavailable, WrongDatabase
from duty_tui.store import journal, place
from duty_tui.store import sqlite_sql as sql
from duty_tui.store.cipher import AGAIN, FIRST, READ_ONLY, connect, driver, telling, told
from duty_tui.store.guards import GUARDS
from duty_tui.store.journal import START, Entry, Head, NewEntry
from duty_tui.store.rows import ActionRow, ConcernRow, Contact, Draft, Duplicate, Identity, Projection
from duty_tui.store.sqlite_presence import SqlitePresences
from duty_tui.store.sqlite_watcher import SqliteWatcher
from duty_tui.store.store import BATCH, Standing, Store

if TYPE_CHECKING:
    from sqlite_utils import Database

#: How many migrations `schema.py` holds.
SCHEMA = 4


class SqliteStore(SqlitePresences, Store):
    """A journal in the file `path`, encrypted with `key` (32 bytes).

    `create` makes the file when there is none. `patience` is how many seconds to wait for another program's lock.
    `read_only` never writes; a file or folder protected against writing is opened that way by itself.
    Raises `WrongDatabase` when the file is missing, not ours, or of another version, and `Unavailable` when it is
    out of reach.
    """

    def __init__(
        self, path: Path | str, key: bytes, *, create: bool = False, patience: float = 5.0, read_only: bool = False
    ) -> None:
        self.path = Path(path)
        if create:
            place.make(self.path)
        place.look(self.path, empty_is_fine=create)
        self._key, self._patience = key, patience
        self.sealing_key = lambda: key
        self.read_only = read_only or not place.may_write(self.path)
        self._place = place.Place(self.path)
        self._connection = connect(self.path, key, patience=patience, read_only=self.read_only)
        try:
            self._prepare(create)
        except BaseException:
            self._connection.close()
            raise

    # -- opening

    def _prepare(self, create: bool) -> None:
        if not self.read_only:
            self._promise("journal_mode", "WAL", "wal")
            self._promise("synchronous", "FULL", 2)
            self._read("PRAGMA journal_size_limit = 67108864")
        version = self._schema()
        if version == 0 and not create:
            raise WrongDatabase(f"{self.path} holds no tables: its first start was cut off.", do="Run `duty-tui init`.")
        if version < SCHEMA and self.read_only:
            raise WrongDatabase(
                f"{self.path} is of version {version}; this program needs version {SCHEMA} and can only read it here.",
                do="Open it once from an account that may write it.",
            )
        if version < SCHEMA:
            self._migrate()
        if not self.read_only:
            self._check_guards()  # recording leans on them

    def _promise(self, setting: str, wanted: str, told: str | int) -> None:
        end = time.monotonic() + self._patience
        while True:
            try:
                with telling(self.path):
                    self._connection.execute(f"PRAGMA {setting} = {wanted}").fetchall()
                break
            except Unavailable:
                # The first switch to WAL is refused at once, not after the usual wait, while another start makes it.
                if time.monotonic() > end:
                    raise
                time.sleep(0.01)
        if self._read(f"PRAGMA {setting}") != [(told,)]:
            raise Unavailable(
                f"{self.path}: this disk cannot keep the promise that what is recorded is safe ({setting} {wanted}).",
                do="Keep the database on a disk of this computer.",
            )

    def _schema(self) -> int:
        [(version, tables)] = self._read(
            "SELECT user_version, (SELECT count(*) FROM sqlite_master) FROM pragma_user_version"
        )
        if version > SCHEMA:
            raise WrongDatabase(
                f"{self.path} is of version {version}; this program knows versions up to {SCHEMA}.",
                do="Install the newer duty-tui. The file was not touched.",
            )
        if version == 0 and tables:
            raise WrongDatabase(f"{self.path} is an encrypted database, but not one of duty-tui.")
        return int(version)

    def _migrate(self) -> None:
        with self._writing():
            if self._schema() < SCHEMA:
                from duty_tui.store.schema import migrations

                migrations.apply(self.db)
                self._connection.execute(f"PRAGMA user_version = {SCHEMA}")

    @cached_property
    def db(self) -> Database:
        """The same connection through sqlite-utils; plugins stay out, they have no business with these children."""
        from sqlite_utils import Database

        return Database(self._connection, execute_plugins=False)

    def watcher(self) -> SqliteWatcher:
        """A new watcher on a connection of its own."""
        return SqliteWatcher(self._place, self._key, patience=self._patience, read_only=self.read_only)

    def close(self) -> None:
        """Let go of the database."""
        self._connection.close()

    # -- the transaction

    @contextmanager
    def _writing(self) -> Iterator[None]:
        if self.read_only:
            raise Unavailable(f"{self.path} can only be read from here.", do=FIRST[READ_ONLY] + AGAIN)
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._place.check()
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise
        except driver.Error as error:
            self._place.check()
            raise told(error, self.path) from error

    def _read(self, sql: str, *parameters: Any) -> list[Any]:
        try:
            return self._connection.execute(sql, parameters).fetchall()  # to the end: a half-read one pins the WAL
        except driver.Error as error:
            raise told(error, self.path) from error

    def _standing(self, entries: Sequence[NewEntry]) -> Standing:
        versions, recorded = dict[str, int](), list[Entry | None]()
        for new in entries:
            [(versions[new.stream], seq)] = self._read(sql.STANDING, new.stream, new.id)
            recorded.append(None if seq is None else self.since(seq - 1, 1)[0])
        return Standing(self.head(), versions, recorded)

    def _record(self, entries: Sequence[NewEntry], actor: str, at: datetime) -> tuple[list[Entry], bool]:
        """One entry is tried at once behind the last one seen: the guards ask all that would be asked before it."""
        if len(entries) != 1 or entries[0].kind == DESTROYED:
            return super()._record(entries, actor, at)
        entry = journal.seal(entries[0], self._last, actor=actor, at=at)
        try:
            self._connection.execute(sql.PUT_ENTRY, entry.stored())
        except driver.IntegrityError:  # somebody else recorded, or this is a second attempt: now ask
            return super()._record(entries, actor, at)
        return [entry], True

    def _insert(self, entries: Sequence[Entry]) -> None:
        self._connection.executemany(sql.PUT_ENTRY, [entry.stored() for entry in entries])

    def _destroy(self, stream: str, versions: Sequence[int]) -> None:
        self._connection.execute("PRAGMA secure_delete = ON")  # what is overwritten is overwritten with zeros
        self._connection.executemany(sql.DESTROY, [(stream, version) for version in versions])
        self._connection.execute("DELETE FROM draft WHERE concern = ?", (stream,))

    def _leave_nothing(self) -> None:
        self._read("PRAGMA wal_checkpoint(TRUNCATE)")

    def _put_rows(self, rows: Sequence[ConcernRow], identities: Mapping[str, Iterable[Identity]]) -> None:
        for row in rows:
            if self._connection.execute(sql.RENEW_ROW, row[:-1]).rowcount == 0:
                self._connection.execute(sql.PUT_ROW, row[:-1])
        for stream, shared in identities.items():
            self._connection.execute("DELETE FROM identity WHERE concern = ?", (stream,))
            self._connection.executemany(sql.PUT_IDENTITY, [(stream, *one) for one in shared])

    def _put_actions(self, stream: str, actions: Sequence[ActionRow]) -> None:
        wanted = [one[:-2] for one in actions]
        if [tuple(found) for found in self._read(sql.ACTIONS_OF, stream)] != wanted:
            self._connection.execute("DELETE FROM owed_action WHERE concern = ?", (stream,))
            self._connection.executemany(sql.PUT_ACTION, [(place, *one) for place, one in enumerate(wanted)])

    def _learn(self, contacts: Iterable[Contact]) -> None:
        for one in contacts:
            known = [Contact._make(found) for found in self._read(sql.SEEN, *one[:2])]
            now = known[0].renewed(one) if known else one
            if [now] != known:
                self._connection.execute(sql.PUT_CONTACT, now)

    def _forget(self, contacts: Iterable[Contact]) -> None:
        for one in contacts:
            self._connection.execute(sql.FORGET, (one.name_key, one.agency_key, one.seen))

    def _replace_rows(self, made: Iterable[Projection]) -> None:
        numbers = dict(self._read("SELECT id, number FROM concern"))
        fresh = count(max(numbers.values(), default=0) + 1)
        self._connection.execute("DELETE FROM identity")
        self._connection.execute("DELETE FROM concern")
        self._connection.execute("DELETE FROM owed_action")
        self._connection.execute("DELETE FROM contact")
        for row, shared, actions, contacts in made:
            number = numbers[row.id] if row.id in numbers else next(fresh)
            self._connection.execute(sql.PUT_NUMBERED, (*row[:-1], number))
            self._connection.executemany(sql.PUT_IDENTITY, [(row.id, *one) for one in shared])
            self._connection.executemany(sql.PUT_ACTION, [(place, *one[:-2]) for place, one in enumerate(actions)])
            self._learn(contacts)

    def _set_meta(self, name: str, value: str) -> None:
        self._connection.execute(sql.PUT_META, (name, value))

    def _put_draft(self, draft: Draft) -> None:
        kept = (*draft[:-2], journal.stamp(draft.updated), journal.canonical(draft.body))
        self._connection.execute(sql.PUT_DRAFT, kept)

    def _drop_draft(self, draft: str) -> None:
        self._connection.execute("DELETE FROM draft WHERE id = ?", (draft,))

    # -- verifying

    def _check_engine(self) -> None:
        if not self.read_only:
            self._read("PRAGMA wal_checkpoint(FULL)")  # into the file, where every page has its own seal
        if damaged := self._damaged():
            raise Tampered(f"{self.path}: {'; '.join(sorted(damaged))}.", seq=0)
        if (found := self._read("PRAGMA integrity_check(3)")) != [("ok",)]:
            raise Tampered(f"{self.path}: {'; '.join(line for (line,) in found)}.", seq=0)
        self._check_guards()

    def _check_guards(self) -> None:
        if dict(self._read("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")) != GUARDS:
            raise Tampered(f"{self.path}: the guards of the journal were changed or taken away.", seq=0)

    def _damaged(self) -> set[str]:
        found = {line for (line,) in self._read("PRAGMA cipher_integrity_check")}
        # It reads beside the locks: a page another program is just writing looks damaged once, a damaged one always.
        return found and found & {line for (line,) in self._read("PRAGMA cipher_integrity_check")}

    # -- reading

    def _entries(self, sql: str, *parameters: Any) -> list[Entry]:
        return list(map(journal.read_entry, self._read(sql, *parameters)))

    def _rows(self, sql: str, *parameters: Any) -> list[ConcernRow]:
        # The three flags by their places, for a row is read ten thousand times: certain, provisional and restricted.
        return [
            ConcernRow._make((*found[:6], found[6] == 1, found[7] == 1, *found[8:20], found[20] == 1, found[21]))
            for found in self._read(sql, *parameters)
        ]

    def head(self) -> Head:
        """The end of the journal."""
        found = self._read("SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1")
        return Head(*found[0]) if found else START

    def since(self, seq: int, limit: int = BATCH) -> list[Entry]:
        """At most `limit` entries after number `seq`, in order."""
        return self._entries(f"{sql.ENTRY} WHERE seq > ? ORDER BY seq LIMIT ?", seq, limit)

    def stream(self, name: str, after: int = 0) -> list[Entry]:
        """Every entry of one stream after version `after`, in order."""
        return self._entries(f"{sql.ENTRY} WHERE stream = ? AND version > ? ORDER BY version", name, after)

    def version(self, name: str) -> int:
        """The version of a stream; 0 when there is none."""
        return int(self._read(sql.VERSION, name)[0][0])

    def streams_with(self, kind: str) -> list[str]:
        """The streams with an entry of this kind."""
        return [found for (found,) in self._read(sql.STREAMS, kind)]

    def known_ids(self, entry_ids: Collection[str]) -> set[str]:
        """Which of these entry ids are recorded already."""
        return {found for (found,) in self._read(sql.KNOWN, json.dumps(list(entry_ids)))}

    def rows(self, status: str = "open", limit: int | None = None) -> list[ConcernRow]:
        """The rows with this status, in the order the concerns were raised."""
        return self._rows(f"{sql.ROW} WHERE status = ? ORDER BY number LIMIT ?", status, -1 if limit is None else limit)

    def row(self, concern: str) -> ConcernRow | None:
        """The row of one concern, by its id."""
        return next(iter(self._rows(f"{sql.ROW} WHERE id = ?", concern)), None)

    def row_by_number(self, number: int) -> ConcernRow | None:
        """The row of one concern, by its number."""
        return next(iter(self._rows(f"{sql.ROW} WHERE number = ?", number)), None)

    def matching_ids(self, prefix: str) -> list[str]:
        """The ids of the concerns that begin with `prefix`, sorted."""
        sql = "SELECT id FROM concern WHERE id >= ? AND id < ? ORDER BY id"
        return [found for (found,) in self._read(sql, prefix, prefix + "\U0010ffff")]

    def counts(self) -> dict[str, int]:
        """How many concerns there are of each status."""
        return dict(self._read("SELECT status, count(*) FROM concern GROUP BY status"))

    def duplicates_of(self, stream: str, identities: Iterable[Identity]) -> list[Duplicate]:
        """Other concerns that share one of these identities."""
        return list(map(Duplicate._make, self._read(sql.SHARED, json.dumps(list(identities)), stream)))

    def actions(
        self, who: str | None = None, agency: str | None = None, due_by: int | None = None, limit: int | None = None
    ) -> list[ActionRow]:
        """Actions still to be done, the earliest due first."""
        found = self._read(sql.ACTIONS, who, agency, due_by, -1 if limit is None else limit)
        return [ActionRow._make((*row[:-1], row[-1] == 1)) for row in found]

    def contacts(self, words: Sequence[str], limit: int) -> list[Contact]:
        """People of whom every one of `words` begins a word, those seen last first."""
        return list(map(Contact._make, self._read(sql.CONTACTS, json.dumps(list(words)), limit)))

    def meta(self, name: str) -> str | None:
        """A value kept with `set_meta`."""
        found = self._read("SELECT value FROM meta WHERE name = ?", name)
        return str(found[0][0]) if found else None

    def _drafts(self, where: str, *parameters: Any) -> list[Draft]:
        found = self._read(f"{sql.DRAFT} WHERE {where}", *parameters)
        return [Draft._make((*one[:-2], journal.read_stamp(one[-2]), json.loads(one[-1]))) for one in found]

    def drafts(self, actor: str | None = None, concern: str | None = None) -> list[Draft]:
        """The drafts of one person, or of all, and about one stream, or about anything, the latest first."""
        return self._drafts(sql.DRAFTS_OF, actor, concern)

    def draft(self, draft: str) -> Draft | None:
        """One draft by its id."""
        return next(iter(self._drafts("id = ?", draft)), None)
