"""What can be wrong with a file when it is opened, and what every opening promises."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlite_utils import Database, Migrations

from duty_tui.errors import Unavailable, WrongDatabase
from duty_tui.store import sqlite
from duty_tui.store.cipher import driver
from duty_tui.store.guards import GUARDS
from duty_tui.store.schema import migrations
from duty_tui.store.sqlite import SCHEMA, SqliteStore
from tests.store.examples import AT, KEY, PAGE, action, by_hand, contact, note, open_file, record, started


def test_no_file(path: Path) -> None:
    with pytest.raises(WrongDatabase, match=r"no database at .* `duty-tui init`"):
        SqliteStore(path, KEY)
    assert not path.exists()


@pytest.mark.parametrize("make", [Path.touch, Path.mkdir])
def test_not_a_file_with_anything_in_it(path: Path, make: Callable[[Path], None]) -> None:
    make(path)
    with pytest.raises(WrongDatabase, match="no database"):
        SqliteStore(path, KEY)


def test_a_path_through_a_file(path: Path) -> None:
    path.touch()
    with pytest.raises(Unavailable, match="cannot be reached: Not a directory"):
        SqliteStore(path / "duty.db", KEY)


def test_a_first_start_that_was_cut_off(path: Path) -> None:
    with by_hand(path) as hand:
        hand.execute("PRAGMA journal_mode = WAL")
    with pytest.raises(WrongDatabase, match=r"no tables.*`duty-tui init`"):
        SqliteStore(path, KEY)
    with open_file(path) as store:
        assert record(store, note())[0].seq == 1


def test_the_file_is_its_owners_only(path: Path) -> None:
    with open_file(path.parent / "new" / "duty.db") as store:
        record(store, note())
        modes = {file.name: file.stat().st_mode & 0o777 for file in store.path.parent.iterdir()}
        assert modes == {"duty.db": 0o600, "duty.db-wal": 0o600, "duty.db-shm": 0o600}
        assert store.path.parent.stat().st_mode & 0o777 == 0o700


def test_nothing_readable_is_on_the_disk(path: Path) -> None:
    with open_file(path) as store:
        record(store, note(text="Invented Child"))
        for file in path.parent.iterdir():
            assert b"Invented" not in file.read_bytes()
            assert b"journal" not in file.read_bytes()


@pytest.mark.parametrize("content", [b"not a database, but long enough " * 400, b"SQLite format 3\0" * 600])
def test_another_kind_of_file(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(WrongDatabase, match="cannot be opened with this key"):
        SqliteStore(path, KEY)
    assert path.read_bytes() == content


QUIET = """
import sys
from pathlib import Path
from duty_tui.errors import WrongDatabase
from duty_tui.store.sqlite import SqliteStore
try:
    SqliteStore(Path(sys.argv[1]), bytes(32))
except WrongDatabase:
    print("told")
"""


def test_the_log_of_sqlcipher_stays_off_the_screen(path: Path) -> None:
    path.write_bytes(b"x" * PAGE)  # in a process of its own: the setting is one for all connections of a process
    opening = started(QUIET, path, stderr=subprocess.STDOUT)
    assert opening.communicate()[0] == "told\n"


@pytest.mark.parametrize("create", [True, False])
def test_a_short_file_is_not_written_over(path: Path, create: bool) -> None:
    path.write_bytes(b"short")
    with pytest.raises(WrongDatabase, match="too short"):
        SqliteStore(path, KEY, create=create)
    assert path.read_bytes() == b"short"


def test_a_wrong_key(store: SqliteStore, path: Path) -> None:
    with pytest.raises(WrongDatabase, match="another database's key"):
        SqliteStore(path, b"\0" * 32)
    record(store, note(expected=1))


def test_an_encrypted_database_of_somebody_else(path: Path) -> None:
    with by_hand(path) as hand:
        hand.execute("CREATE TABLE theirs(a)")
    with pytest.raises(WrongDatabase, match="not one of duty-tui"):
        open_file(path)


def test_a_newer_version_is_named_and_left_alone(store: SqliteStore, path: Path) -> None:
    with by_hand(path) as hand:
        hand.execute(f"PRAGMA user_version = {SCHEMA + 4}")
    with pytest.raises(WrongDatabase, match=f"is of version {SCHEMA + 4}; .* up to {SCHEMA}"):
        open_file(path)


def test_an_old_sqlite_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(driver, "sqlite_version_info", (3, 51, 2))
    with pytest.raises(WrongDatabase, match="can lose what was recorded"):
        open_file(path)


def test_every_connection_keeps_the_promises(store: SqliteStore) -> None:
    settings = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "recursive_triggers": 1}
    for name, value in (settings | {"trusted_schema": 0, "user_version": SCHEMA}).items():
        assert store._read(f"PRAGMA {name}") == [(value,)], name


def test_a_disk_that_cannot_keep_a_promise(store: SqliteStore) -> None:
    with pytest.raises(Unavailable, match=r"cannot keep the promise .* \(synchronous FULL\)"):
        store._promise("synchronous", "FULL", 3)


class Stubborn:
    """A connection that is locked so many times."""

    def __init__(self, connection: driver.Connection, times: int) -> None:
        self._connection, self._times = connection, times

    def execute(self, sql: str, parameters: tuple[object, ...] = ()) -> driver.Cursor:
        self._times -= 1
        if self._times >= 0:
            locked = driver.OperationalError("database is locked")
            locked.sqlite_errorcode = 5
            raise locked
        return self._connection.execute(sql, parameters)


def test_the_switch_to_wal_is_waited_for(store: SqliteStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "_connection", Stubborn(store._connection, 2))
    store._promise("journal_mode", "WAL", "wal")
    monkeypatch.setattr(store, "_patience", -1.0)
    monkeypatch.setattr(store, "_connection", Stubborn(store._connection, 9))
    with pytest.raises(Unavailable, match="locked"):
        store._promise("journal_mode", "WAL", "wal")


def test_the_other_start_has_migrated_meanwhile(store: SqliteStore) -> None:
    record(store, note(expected=1))
    store._migrate()
    assert store.head().seq == 2


def test_the_number_of_the_schema_is_that_of_its_migrations(store: SqliteStore) -> None:
    assert len(migrations.applied(store.db)) == SCHEMA
    assert not migrations.pending(store.db)


def test_an_older_version_is_brought_up_in_one_transaction(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_file(path) as store:
        record(store, note())
    later = Migrations("duty-tui")
    later._migrations = list(migrations._migrations)

    @later(name="a column more")
    def next_one(db: Database) -> None:
        db.table("concern").add_column("more", str)
        raise_once.pop()

    raise_once: list[None] = []
    monkeypatch.setattr("duty_tui.store.schema.migrations", later)
    monkeypatch.setattr(sqlite, "SCHEMA", SCHEMA + 1)
    with pytest.raises(IndexError):
        SqliteStore(path, KEY)
    with by_hand(path) as hand:
        assert hand.execute("PRAGMA user_version").fetchall() == [(SCHEMA,)]
        assert "more" not in {found[1] for found in hand.execute("PRAGMA table_info(concern)")}
    raise_once.append(None)
    with SqliteStore(path, KEY) as store:
        assert "more" in store.db.table("concern").columns_dict
        assert store.verify().seq == 1
        record(store, note(expected=1))


def test_a_record_of_the_first_release_gains_what_came_later(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = Migrations("duty-tui")
    first._migrations = list(migrations._migrations)[:1]
    with monkeypatch.context() as then:
        then.setattr("duty_tui.store.schema.migrations", first)
        then.setattr(sqlite, "SCHEMA", 1)
        with open_file(path) as store:
            record(store, note())
    with SqliteStore(path, KEY) as store:
        assert [entry.seq for entry in store.since(0)] == [1]
        store.append([], actor="A. Worker", at=AT, actions={"amara": [action()]}, contacts=[contact()])
        assert [one.id for one in store.actions()] == ["a1"]
        assert [one.name for one in store.contacts(["sian"], 1)] == ["Siân Lund"]


OLD_GUARD = """CREATE TRIGGER journal_kept BEFORE UPDATE ON journal WHEN NEW.body IS NOT NULL
  BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"""


def test_a_record_of_before_gains_the_guard_of_its_texts(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = Migrations("duty-tui")
    before._migrations = list(migrations._migrations)[:2]
    with monkeypatch.context() as then:
        then.setattr("duty_tui.store.schema.migrations", before)
        then.setattr(sqlite, "SCHEMA", 2)
        for place in ("duty_tui.store.schema.GUARDS", "duty_tui.store.sqlite.GUARDS"):
            then.setattr(place, {**GUARDS, "journal_kept": OLD_GUARD})
        with open_file(path) as store:
            record(store, note())
    with SqliteStore(path, KEY) as store, by_hand(path) as hand:
        with pytest.raises(driver.IntegrityError, match="append-only"):
            hand.execute("UPDATE journal SET salt = NULL, body = NULL")
        assert store.verify().seq == 1


def test_sqlite_utils_reads_the_same_file(store: SqliteStore) -> None:
    assert store.db.table("journal").count == 1
    assert store.db.table("journal").strict
    assert type(store.db.conn) is driver.Connection


FIRST_START = """
import sys
from tests.store.examples import note, open_file, record
sys.stdin.readline()
with open_file(sys.argv[1], patience=20) as store:
    print(record(store, note(sys.argv[2]))[0].seq, store.meta("database"))
"""


def test_first_starts_at_once_make_one_database(path: Path) -> None:
    starts = [started(FIRST_START, path, name) for name in ("amara", "kofi", "zoe")]
    for start in starts:
        assert start.stdin
        start.stdin.write("go\n")
        start.stdin.flush()
    said = sorted(start.communicate()[0].split() for start in starts)
    assert [seq for seq, _ in said] == ["1", "2", "3"]
    assert len({database for _, database in said}) == 1
