"""Making a record on a server, opening it, and what keeps it from being opened."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from duty_tui.errors import Unavailable, UsageError, WrongDatabase
from duty_tui.store import postgres_schema, postgres_sql
from duty_tui.store.address import Address, read_address
from duty_tui.store.journal import START
from duty_tui.store.postgres_line import connect
from tests.postgres import by_hand, fresh, open_at, server
from tests.store.examples import note, record


@pytest.fixture
def address() -> Address:
    return fresh()


def test_first_starts_at_once_make_one_record(address: Address) -> None:
    with ThreadPoolExecutor(4) as starts:
        stores = list(starts.map(lambda _: open_at(address), range(4)))
    assert len({store.meta("database") for store in stores}) == 1
    for store in stores:
        store.close()


def test_each_schema_is_a_record_of_its_own(address: Address) -> None:
    other = fresh()
    with open_at(address) as one, open_at(other) as two:
        record(one, note())
        assert (one.head().seq, two.head()) == (1, START)
        assert one.meta("database") != two.meta("database")


@pytest.mark.parametrize("schema", ["user", "select", "a_1"])
def test_a_schema_may_be_called_as_a_word_of_sql(schema: str) -> None:
    address = read_address(f"{server()}&schema={schema}")
    with open_at(address) as store:
        record(store, note())
        assert store.verify().seq == 1


def test_what_is_not_there_is_not_made_unasked(address: Address) -> None:
    with pytest.raises(WrongDatabase, match=r"no record of duty-tui at.*duty-tui init"):
        open_at(address, create=False)
    with by_hand(address) as hand:
        hand.execute(f"CREATE SCHEMA {address.schema}")
    with pytest.raises(WrongDatabase, match=r"no record of duty-tui at.*duty-tui init"):
        open_at(address, create=False)


def test_an_empty_schema_of_ones_own_is_taken(address: Address) -> None:
    with by_hand(address) as hand:
        hand.execute(f"CREATE SCHEMA {address.schema}")
    with open_at(address) as store:
        record(store, note())
        assert store.verify().seq == 1


@pytest.mark.parametrize(
    ("sql", "sentence"),
    [
        ("CREATE TABLE {schema}.other(x int)", "holds something else.*Nothing was changed.*Name another schema"),
        ("CREATE TYPE {schema}.other AS ENUM ()", "holds something else"),
        ("ALTER SCHEMA {schema} OWNER TO pg_monitor", "belongs to somebody else.*Have whoever runs the server"),
    ],
)
def test_another_schema_is_left_as_it_is(address: Address, sql: str, sentence: str) -> None:
    with by_hand(address) as hand:
        hand.execute(f"CREATE SCHEMA {address.schema}")
        hand.execute(sql.format(schema=address.schema))
        with pytest.raises(WrongDatabase, match=sentence):
            open_at(address)
        assert hand.execute("SELECT to_regclass('migration'), to_regclass('journal')").fetchall() == [(None, None)]


def test_a_newer_record_is_refused_and_an_older_one_is_migrated_on_purpose(
    address: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_at(address).close()
    monkeypatch.setattr(postgres_schema, "MIGRATIONS", (*postgres_schema.MIGRATIONS, ("2 more", lambda _: "SELECT 1")))
    monkeypatch.setattr(postgres_schema, "VERSION", postgres_schema.VERSION + 1)
    monkeypatch.setattr("duty_tui.store.postgres.VERSION", postgres_schema.VERSION)
    with pytest.raises(WrongDatabase, match=r"needs version .*database migrate"):
        open_at(address, create=False)
    with connect(address, 1) as connection:
        assert postgres_schema.migrate(connection, address) == ["2 more"]
        assert postgres_schema.migrate(connection, address) == []
    open_at(address, create=False).close()
    monkeypatch.undo()
    with pytest.raises(WrongDatabase, match=r"newer duty-tui. The record was not touched"):
        open_at(address, create=False)


def test_a_migration_that_fails_changes_nothing(address: Address, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = ("2 broken", lambda _: "CREATE TABLE half(x int); SELECT 1/0")
    monkeypatch.setattr(postgres_schema, "MIGRATIONS", (*postgres_schema.MIGRATIONS, broken))
    with pytest.raises(Unavailable, match="answered with error 22012"), open_at(address):
        pass
    monkeypatch.undo()
    with pytest.raises(WrongDatabase, match="no record"):
        open_at(address, create=False)
    open_at(address).close()


@pytest.mark.parametrize(
    ("name", "said", "sentence"),
    [
        ("server_encoding", "LATIN1", "keeps texts as LATIN1"),
        ("fsync", "off", "does not promise that what is recorded is safe"),
    ],
)
def test_a_server_that_cannot_keep_a_record(
    address: Address, monkeypatch: pytest.MonkeyPatch, name: str, said: str, sentence: str
) -> None:
    open_at(address).close()
    asked = postgres_sql.WHO_AND_WHAT
    monkeypatch.setattr(postgres_sql, "WHO_AND_WHAT", asked.replace(f"current_setting('{name}')", f"'{said}'"))
    with pytest.raises((WrongDatabase, Unavailable), match=sentence):
        open_at(address, create=False)


def test_a_copy_that_follows_is_read_only(address: Address, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_at(address) as store:
        record(store, note())
    asked = postgres_sql.WHO_AND_WHAT
    monkeypatch.setattr(postgres_sql, "WHO_AND_WHAT", asked.replace("pg_is_in_recovery()", "true"))
    with open_at(address, create=False) as store:
        assert store.read_only
        with pytest.raises(Unavailable, match="can only be read from here"):
            record(store, note(expected=1))
        assert store.verify().seq == 1


def test_words_of_the_address_reach_the_server(address: Address) -> None:
    words = address._replace(url=f"{address.url}&application_name=x&options=-c%20work_mem%3D1234kB")
    with connect(words, 1.5) as connection:
        asked = [connection.execute(f"SHOW {name}").fetchone() for name in ("work_mem", "lock_timeout", "search_path")]
    assert asked == [("1234kB",), ("1500ms",), (f"{address.schema},pg_temp",)]


def test_a_word_nobody_knows_is_said_without_the_password(address: Address) -> None:
    with pytest.raises(UsageError, match="no word PostgreSQL knows") as caught:
        open_at(address._replace(url=f"{address.url}&pasword=secret"))
    assert "secret" not in str(caught.value)


def test_the_name_of_a_library_error_is_kept_out(address: Address) -> None:
    gone = read_address("postgresql://ann:secret@127.0.0.1:1/x?connect_timeout=1")
    with pytest.raises(Unavailable, match=r"postgresql://ann@127.0.0.1:1/x\?schema=duty cannot be reached") as caught:
        open_at(gone)
    assert "secret" not in f"{caught.value}{gone!r}"
    assert isinstance(caught.value.__cause__, psycopg.OperationalError)
