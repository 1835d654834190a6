"""The way to the server: how often it is gone, and what becomes of an entry when it is cut."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import psycopg
import pytest

from duty_tui.errors import Refused, Unavailable
from duty_tui.store.address import Address, read_address
from duty_tui.store.postgres import PostgresStore
from duty_tui.store.postgres_line import connect
from duty_tui.store.rows import ConcernRow
from tests.postgres import by_hand, fresh, open_at, socket_of
from tests.store.examples import AT, NHS, action, contact, draft, note, record, row
from tests.wire import Wire


@pytest.fixture
def address() -> Address:
    address = fresh()
    open_at(address).close()
    return address


@pytest.fixture
def wire(address: Address) -> Iterator[Wire]:
    with Wire(socket_of(address)) as wire:
        yield wire


@pytest.fixture
def store(address: Address, wire: Wire) -> Iterator[PostgresStore]:
    with open_at(wire.address(address), create=False) as store:
        yield store


def kill_the_backends(address: Address) -> None:
    with by_hand(address) as hand:
        hand.execute("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = 'duty-tui'")


def everything(store: PostgresStore, version: int) -> None:
    """An append with all an append can have."""

    def rows() -> Iterator[ConcernRow]:
        yield row("amara", version + 1 + store.version("service"))

    store.append(
        [note(expected=version)],
        actor="A. Worker",
        at=AT,
        rows=rows(),
        identities={"amara": [NHS]},
        actions={"amara": [action()]},
        contacts=[contact(seen=version)],
        forget=[contact(name_key="jo park")],
        drop_draft="d1",
    )


def test_an_append_is_two_round_trips(store: PostgresStore, wire: Wire) -> None:
    for version in range(8):  # the library prepares what is said often
        before = wire.turns
        everything(store, version)
        assert wire.turns - before == 2
    assert store.verify() == store.head()


def test_what_is_kept_without_an_entry_is_two_at_most(store: PostgresStore, wire: Wire) -> None:
    before = wire.turns
    store.save_draft(draft())
    store.set_meta("practice", "no")
    assert wire.turns - before <= 4


@pytest.mark.parametrize("answered", [False, True])
def test_an_acknowledgement_that_was_lost_is_asked_for(
    store: PostgresStore, wire: Wire, address: Address, answered: bool
) -> None:
    record(store, note())
    wire.cut_at, wire.answered = b"COMMIT", answered
    entry = note(expected=1)
    if answered:
        [sealed] = record(store, entry)  # it was kept, and the server said so when it was asked again
        assert sealed.id == entry.id
    else:
        with pytest.raises(Unavailable, match=r"cannot be reached.* NOT recorded"):
            record(store, entry)
        record(store, entry)
    assert record(store, entry)[0].seq == 2
    with open_at(address) as other:
        assert [one.id for one in other.since(1)] == [entry.id]
        assert other.verify() == store.head()


@pytest.mark.parametrize("answered", [False, True])
def test_while_nobody_can_be_asked_nobody_knows(store: PostgresStore, wire: Wire, answered: bool) -> None:
    record(store, note())
    entry = note(expected=1)
    wire.cut_at, wire.answered, wire.dead = b"COMMIT", answered, True
    with pytest.raises(Unavailable, match=r"is NOT known.*recorded once, however often you try"):
        record(store, entry)
    with pytest.raises(Unavailable, match=r"is NOT known"):
        record(store, entry)
    with pytest.raises(Unavailable, match="Your entry is NOT recorded"):
        record(store, note("kofi"))
    wire.dead = False
    assert [one.seq for one in record(store, entry)] == [2]
    assert store.head().seq == 2


@pytest.mark.parametrize("answered", [False, True])
def test_an_attempt_that_fails_for_another_reason_says_what_became_of_the_one_before(
    store: PostgresStore, wire: Wire, address: Address, answered: bool
) -> None:
    entry = note()
    wire.cut_at, wire.answered, wire.dead = b"COMMIT", answered, True
    with pytest.raises(Unavailable, match=r"is NOT known"):
        record(store, entry)
    wire.dead = False

    def rows() -> Iterator[ConcernRow]:
        kill_the_backends(address)
        store.version("amara")
        yield row()

    said = r"IS recorded, by the attempt before.*recorded twice" if answered else "Your entry is NOT recorded"
    with pytest.raises(Unavailable, match=said):
        store.append([entry], actor="A. Worker", at=AT, rows=rows())
    assert [one.seq for one in record(store, entry)] == [1]
    assert store.head().seq == 1


def test_a_line_cut_between_two_entries_is_made_anew(store: PostgresStore, wire: Wire, address: Address) -> None:
    record(store, note())
    kill_the_backends(address)
    assert store.version("amara") == 1
    kill_the_backends(address)
    record(store, note(expected=1))
    wire.cut()
    assert store.head().seq == 2
    wire.cut()
    record(store, note(expected=2))
    wire.cut_at = b"GROUP BY status"
    assert store.counts() == {"open": 1}, "what was asked as the line went is asked again"


def test_a_line_cut_within_a_transaction_is_not_made_anew_in_it(store: PostgresStore, address: Address) -> None:
    def rows() -> Iterator[object]:
        kill_the_backends(address)
        store.version("amara")
        yield row()

    with pytest.raises(Unavailable, match="NOT recorded"):
        store.append([note()], actor="A. Worker", at=AT, rows=rows())  # type: ignore[arg-type]
    assert store.head().seq == 0


def test_what_takes_too_long_is_not_asked_again(address: Address) -> None:
    hurried = address._replace(url=f"{address.url}&options=-c%20statement_timeout%3D50")
    with open_at(hurried) as store, pytest.raises(Unavailable, match="it took too long"):
        store._read("SELECT pg_sleep(60)")


def test_what_is_proved_before_anything_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(psycopg, "connect", lambda conninfo, **_: said.append(conninfo))
    for where in ("postgresql://ann@db.example/duty", "postgresql://ann@localhost/duty"):
        connect(read_address(where, {}), 1)
    assert ["sslmode=verify-full" in one and "gssencmode=disable" in one for one in said] == [True, False]


def test_the_library_says_nothing_of_its_own(capfd: pytest.CaptureFixture[str]) -> None:
    logging.getLogger("psycopg").warning("error ignored terminating")
    assert capfd.readouterr() == ("", "")
    assert not logging.getLogger("psycopg.pipeline").isEnabledFor(logging.WARNING)


def test_somebody_who_holds_the_pen_for_too_long(address: Address) -> None:
    with open_at(address, patience=0.05) as store, by_hand(address) as hand, hand.transaction():
        hand.execute("SELECT FROM pen FOR UPDATE")
        with pytest.raises(Unavailable, match="somebody else has been writing for too long"):
            record(store, note())
        assert store.head().seq == 0


def test_a_server_that_takes_no_writing(address: Address) -> None:
    with by_hand(address) as hand, open_at(address) as store:
        hand.execute(f"ALTER ROLE {address.login} SET default_transaction_read_only = on")
        try:
            kill_the_backends(address)
            with pytest.raises(Unavailable, match="can only be read at present"):
                record(store, note())
        finally:
            hand.execute(f"ALTER ROLE {address.login} RESET default_transaction_read_only")


def test_what_is_no_text_is_refused_in_the_journal_and_marked_in_a_row(address: Address) -> None:
    with open_at(address) as store:
        with pytest.raises(Refused, match="no text"):
            record(store, note("am\x00ara"))
        store.append([note()], actor="A. Worker", at=AT, rows=[row(search="a\x00b\ud800c")])
        assert [one.search for one in store.rows()] == ["a\ufffdb\ufffdc"]
