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


def _insert(table: str, fields: Sequence[str]) -> str:
    return f"INSERT INTO {table}({', '.join(fields)}) VALUES ({', '.join('?' * len(fields))})"  # noqa: S608 - constants


def _upsert(table: str, fields: Sequence[str], key: str) -> str:
    changed = ", ".join(f"{name} = excluded.{name}" for name in fields if name != key)
    return f"{_insert(table, fields)} ON CONFLICT({key}) DO UPDATE SET {changed}"


_ENTRY = f"SELECT {', '.join(Entry._fields)} FROM journal"  # noqa: S608 - constants
_ROW = f"SELECT {', '.join(ConcernRow._fields)} FROM concern"  # noqa: S608 - constants
_DRAFT = f"SELECT {', '.join(Draft._fields)} FROM draft"  # noqa: S608 - constants
_DRAFTS_OF = """(?1 IS NULL OR actor = ?1) AND (?2 IS NULL OR concern = ?2)
  ORDER BY updated DESC, id DESC"""
_PUT_ENTRY = _insert("journal", Entry._fields)
_PUT_ROW = _upsert("concern", ConcernRow._fields[:-1], "id")
# An UPDATE that names an indexed column writes the index even when nothing in it changes: a page more to encrypt.
_AT = {name: f"?{place}" for place, name in enumerate(ConcernRow._fields[:-1], 1)}
_RENEW_ROW = f"""UPDATE concern SET {", ".join(f"{name} = {_AT[name]}" for name in _AT if name not in ("id", "status"))}
  WHERE id = {_AT["id"]} AND status = {_AT["status"]}"""  # noqa: S608 - constants
_PUT_NUMBERED = _insert("concern", ConcernRow._fields)
_PUT_IDENTITY = "INSERT OR IGNORE INTO identity(concern, kind, value) VALUES (?, ?, ?)"
_PUT_DRAFT = _upsert("draft", Draft._fields, "id")
_PUT_META = _upsert("meta", ("name", "value"), "name")
_ACTION_FIELDS = ActionRow._fields[:-2]
_PUT_ACTION = _insert("owed_action", ("place", *_ACTION_FIELDS))
_ACTIONS_OF = f"SELECT {', '.join(_ACTION_FIELDS)} FROM owed_action WHERE concern = ? ORDER BY place"  # noqa: S608
_ACTIONS = f"""SELECT {", ".join(f"owed_action.{name}" for name in _ACTION_FIELDS)}, concern.number,
  concern.restricted FROM owed_action
  JOIN concern ON concern.id = owed_action.concern
  WHERE (?1 IS NULL OR who_key = ?1) AND (?2 IS NULL OR agency_key = ?2) AND (?3 IS NULL OR owed_action.due <= ?3)
  ORDER BY owed_action.due IS NULL, owed_action.due, concern.number, owed_action.place LIMIT ?4"""  # noqa: S608
_CONTACT = f"SELECT {', '.join(Contact._fields)} FROM contact"  # noqa: S608 - constants
_SEEN = f"{_CONTACT} WHERE name_key = ? AND agency_key = ?"
_CONTACTS = f"""{_CONTACT}
  WHERE NOT EXISTS (SELECT 1 FROM json_each(?1) WHERE instr(contact.search, ' ' || json_each.value) = 0)
  ORDER BY seen DESC, name_key, agency_key LIMIT ?2"""  # noqa: S608 - constants
_PUT_CONTACT = _insert("contact", Contact._fields).replace("INSERT", "INSERT OR REPLACE", 1)
_FORGET = "DELETE FROM contact WHERE name_key = ? AND agency_key = ? AND seen <= ?"
_DESTROY = "UPDATE journal SET salt = NULL, body = NULL WHERE stream = ? AND version = ?"
_VERSION = "SELECT coalesce(max(version), 0) FROM journal WHERE stream = ?"
_STREAMS = "SELECT stream FROM journal WHERE kind = ? GROUP BY stream ORDER BY min(seq)"
_KNOWN = "SELECT id FROM journal WHERE id IN (SELECT value FROM json_each(?))"
_STANDING = """SELECT (SELECT coalesce(max(version), 0) FROM journal WHERE stream = ?1),
  (SELECT seq FROM journal WHERE stream = ?1 AND id = ?2)"""
_SHARED = """SELECT DISTINCT concern.id, concern.number, identity.kind FROM json_each(?) AS sought
  JOIN identity ON identity.kind = sought.value ->> 0 AND identity.value = sought.value ->> 1
  JOIN concern ON concern.id = identity.concern
  WHERE concern.id IS NOT ? ORDER BY concern.number, identity.kind"""


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
        self._key: bytes = key
        self._patience = patience
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
            [(versions[new.stream], seq)] = self._read(_STANDING, new.stream, new.id)
            recorded.append(None if seq is None else self.since(seq - 1, 1)[0])
        return Standing(self.head(), versions, recorded)

    def _record(self, entries: Sequence[NewEntry], actor: str, at: datetime) -> tuple[list[Entry], bool]:
        """One entry is tried at once behind the last one seen: the guards ask all that would be asked before it."""
        if len(entries) != 1 or entries[0].kind == DESTROYED:
            return super()._record(entries, actor, at)
        entry = journal.seal(entries[0], self._last, actor=actor, at=at)
        try:
            self._connection.execute(_PUT_ENTRY, entry.stored())
        except driver.IntegrityError:  # somebody else recorded, or this is a second attempt: now ask
            return super()._record(entries, actor, at)
        return [entry], True

    def _insert(self, entries: Sequence[Entry]) -> None:
        self._connection.executemany(_PUT_ENTRY, [entry.stored() for entry in entries])

    def _destroy(self, stream: str, versions: Sequence[int]) -> None:
        self._connection.execute("PRAGMA secure_delete = ON")  # what is overwritten is overwritten with zeros
        self._connection.executemany(_DESTROY, [(stream, version) for version in versions])
        self._connection.execute("DELETE FROM draft WHERE concern = ?", (stream,))

    def _leave_nothing(self) -> None:
        self._read("PRAGMA wal_checkpoint(TRUNCATE)")

    def _put_rows(self, rows: Sequence[ConcernRow], identities: Mapping[str, Iterable[Identity]]) -> None:
        for row in rows:
            if self._connection.execute(_RENEW_ROW, row[:-1]).rowcount == 0:
                self._connection.execute(_PUT_ROW, row[:-1])
        for stream, shared in identities.items():
            self._connection.execute("DELETE FROM identity WHERE concern = ?", (stream,))
            self._connection.executemany(_PUT_IDENTITY, [(stream, *one) for one in shared])

    def _put_actions(self, stream: str, actions: Sequence[ActionRow]) -> None:
        wanted = [one[:-2] for one in actions]
        if [tuple(found) for found in self._read(_ACTIONS_OF, stream)] != wanted:
            self._connection.execute("DELETE FROM owed_action WHERE concern = ?", (stream,))
            self._connection.executemany(_PUT_ACTION, [(place, *one) for place, one in enumerate(wanted)])

    def _learn(self, contacts: Iterable[Contact]) -> None:
        for one in contacts:
            known = [Contact._make(found) for found in self._read(_SEEN, *one[:2])]
            now = known[0].renewed(one) if known else one
            if [now] != known:
                self._connection.execute(_PUT_CONTACT, now)

    def _forget(self, contacts: Iterable[Contact]) -> None:
        for one in contacts:
            self._connection.execute(_FORGET, (one.name_key, one.agency_key, one.seen))

    def _replace_rows(self, made: Iterable[Projection]) -> None:
        numbers = dict(self._read("SELECT id, number FROM concern"))
        fresh = count(max(numbers.values(), default=0) + 1)
        self._connection.execute("DELETE FROM identity")
        self._connection.execute("DELETE FROM concern")
        self._connection.execute("DELETE FROM owed_action")
        self._connection.execute("DELETE FROM contact")
        for row, shared, actions, contacts in made:
            number = numbers[row.id] if row.id in numbers else next(fresh)
            self._connection.execute(_PUT_NUMBERED, (*row[:-1], number))
            self._connection.executemany(_PUT_IDENTITY, [(row.id, *one) for one in shared])
            self._connection.executemany(_PUT_ACTION, [(place, *one[:-2]) for place, one in enumerate(actions)])
            self._learn(contacts)

    def _set_meta(self, name: str, value: str) -> None:
        self._connection.execute(_PUT_META, (name, value))

    def _put_draft(self, draft: Draft) -> None:
        kept = (*draft[:-2], journal.stamp(draft.updated), journal.canonical(draft.body))
        self._connection.execute(_PUT_DRAFT, kept)

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
        return self._entries(f"{_ENTRY} WHERE seq > ? ORDER BY seq LIMIT ?", seq, limit)

    def stream(self, name: str, after: int = 0) -> list[Entry]:
        """Every entry of one stream after version `after`, in order."""
        return self._entries(f"{_ENTRY} WHERE stream = ? AND version > ? ORDER BY version", name, after)

    def version(self, name: str) -> int:
        """The version of a stream; 0 when there is none."""
        return int(self._read(_VERSION, name)[0][0])

    def streams_with(self, kind: str) -> list[str]:
        """The streams with an entry of this kind."""
        return [found for (found,) in self._read(_STREAMS, kind)]

    def known_ids(self, entry_ids: Collection[str]) -> set[str]:
        """Which of these entry ids are recorded already."""
        return {found for (found,) in self._read(_KNOWN, json.dumps(list(entry_ids)))}

    def rows(self, status: str = "open", limit: int | None = None) -> list[ConcernRow]:
        """The rows with this status, in the order the concerns were raised."""
        return self._rows(f"{_ROW} WHERE status = ? ORDER BY number LIMIT ?", status, -1 if limit is None else limit)

    def row(self, concern: str) -> ConcernRow | None:
        """The row of one concern, by its id."""
        return next(iter(self._rows(f"{_ROW} WHERE id = ?", concern)), None)

    def row_by_number(self, number: int) -> ConcernRow | None:
        """The row of one concern, by its number."""
        return next(iter(self._rows(f"{_ROW} WHERE number = ?", number)), None)

    def matching_ids(self, prefix: str) -> list[str]:
        """The ids of the concerns that begin with `prefix`, sorted."""
        sql = "SELECT id FROM concern WHERE id >= ? AND id < ? ORDER BY id"
        return [found for (found,) in self._read(sql, prefix, prefix + "\U0010ffff")]

    def counts(self) -> dict[str, int]:
        """How many concerns there are of each status."""
        return dict(self._read("SELECT status, count(*) FROM concern GROUP BY status"))

    def duplicates_of(self, stream: str, identities: Iterable[Identity]) -> list[Duplicate]:
        """Other concerns that share one of these identities."""
        return list(map(Duplicate._make, self._read(_SHARED, json.dumps(list(identities)), stream)))

    def actions(
        self, who: str | None = None, agency: str | None = None, due_by: int | None = None, limit: int | None = None
    ) -> list[ActionRow]:
        """Actions still to be done, the earliest due first."""
        found = self._read(_ACTIONS, who, agency, due_by, -1 if limit is None else limit)
        return [ActionRow._make((*row[:-1], row[-1] == 1)) for row in found]

    def contacts(self, words: Sequence[str], limit: int) -> list[Contact]:
        """People of whom every one of `words` begins a word, those seen last first."""
        return list(map(Contact._make, self._read(_CONTACTS, json.dumps(list(words)), limit)))

    def meta(self, name: str) -> str | None:
        """A value kept with `set_meta`."""
        found = self._read("SELECT value FROM meta WHERE name = ?", name)
        return str(found[0][0]) if found else None

    def _drafts(self, where: str, *parameters: Any) -> list[Draft]:
        found = self._read(f"{_DRAFT} WHERE {where}", *parameters)
        return [Draft._make((*one[:-2], journal.read_stamp(one[-2]), json.loads(one[-1]))) for one in found]

    def drafts(self, actor: str | None = None, concern: str | None = None) -> list[Draft]:
        """The drafts of one person, or of all, and about one stream, or about anything, the latest first."""
        return self._drafts(_DRAFTS_OF, actor, concern)

    def draft(self, draft: str) -> Draft | None:
        """One draft by its id."""
        return next(iter(self._drafts("id = ?", draft)), None)
