from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import Event
from time import monotonic

import psycopg
import pytest

from duty_tui.errors import Unavailable
from duty_tui.store.address import Address
from duty_tui.store.postgres_watcher import PostgresWatcher, channel
from tests.postgres import by_hand, fresh, open_at
from tests.store.examples import AT, draft, note, record, row
from tests.store.test_postgres_line import kill_the_backends


@pytest.fixture
def address() -> Address:
    address = fresh()
    open_at(address).close()
    return address


@pytest.fixture
def watcher(address: Address) -> Iterator[PostgresWatcher]:
    watcher = PostgresWatcher(address, patience=1)
    yield watcher
    watcher.close()


def test_it_hears_without_looking(address: Address, watcher: PostgresWatcher) -> None:
    with open_at(address) as store:
        began = monotonic()
        record(store, note())
        assert watcher.changed(10, every=10)
        assert monotonic() - began < 5
        store.append([], actor="A. Worker", at=AT, rows=[row(owner="B. Chair")])
        assert watcher.changed(10, every=10)
        assert not watcher.changed(0)


def test_news_that_come_while_it_begins_to_listen(address: Address, monkeypatch: pytest.MonkeyPatch) -> None:
    there = psycopg.Connection.add_notify_handler

    def busy(connection: psycopg.Connection, hear: Callable[[psycopg.Notify], None]) -> None:
        there(connection, hear)
        with by_hand(address) as hand:
            connection.execute(f"LISTEN {channel(address.schema)}")
            hand.execute(f"NOTIFY {channel(address.schema)}, '7'")

    monkeypatch.setattr(psycopg.Connection, "add_notify_handler", busy)
    watcher = PostgresWatcher(address, patience=1)
    assert not watcher.changed(0), "it begins with what there is"
    watcher.close()


def test_one_that_cannot_begin_lets_go_of_the_server(address: Address, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[psycopg.Connection] = []

    def refused(connection: psycopg.Connection, _hear: object) -> None:
        begun.append(connection)
        raise psycopg.OperationalError

    monkeypatch.setattr(psycopg.Connection, "add_notify_handler", refused)
    with pytest.raises(Unavailable):
        PostgresWatcher(address, patience=1)
    assert [one.closed for one in begun] == [True]


def test_a_draft_is_news_too(address: Address, watcher: PostgresWatcher) -> None:
    with open_at(address) as store:
        store.save_draft(draft())
    assert watcher.changed(10)


def test_another_authority_is_no_news(watcher: PostgresWatcher) -> None:
    with open_at(fresh()) as other:
        record(other, note())
    assert not watcher.changed(0.05)


def test_what_nobody_called_out_is_seen_slowly(address: Address) -> None:
    watcher = PostgresWatcher(address, patience=1, slowly=0)
    with by_hand(address) as hand, open_at(address) as store:
        hand.execute(f"LISTEN {channel(address.schema)}")
        store._line.send("SELECT 1")
        with store._line.transaction():
            store._insert(store._seal([note()], store._standing([note()]), "A. Worker", AT))
        assert watcher.changed(5)
        assert not watcher.changed(0)
    watcher.close()


def test_what_was_called_out_is_not_seen_twice(address: Address) -> None:
    watcher = PostgresWatcher(address, patience=1, slowly=0)
    with open_at(address) as store:
        record(store, note(), note(expected=1))
    assert watcher.changed(5)
    assert not watcher.changed(0)
    watcher.close()


@pytest.mark.parametrize("said", ["abc", "-1", "\u0661", "9" * 5000, "1 2", ""])
def test_what_anybody_else_calls_out_is_a_nudge_and_no_number(
    address: Address, watcher: PostgresWatcher, said: str
) -> None:
    with by_hand(address) as hand:
        hand.execute(f"NOTIFY {channel(address.schema)}, '{said}'")
    assert watcher.changed(10)
    with open_at(address) as store:
        record(store, note())
    assert watcher.changed(10)


def test_it_says_when_the_server_has_let_go(address: Address, watcher: PostgresWatcher) -> None:
    kill_the_backends(address)
    with pytest.raises(Unavailable, match=r"NOT recorded"):
        watcher.changed(10, Event())
