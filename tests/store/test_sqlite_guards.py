"""What the database itself refuses, whoever asks, and what verify makes of what got through."""

from __future__ import annotations

from pathlib import Path

import pytest

from duty_tui.domain.kinds import DESTROYED
from duty_tui.errors import Tampered
from duty_tui.store.cipher import driver
from duty_tui.store.journal import NewEntry
from duty_tui.store.sqlite import SqliteStore
from tests.store.examples import AT, by_hand, note, open_file, record

FORGED = """INSERT INTO journal
  SELECT {seq}, 'x', {stream}, {version}, at, actor, kind, digest, {prev}, hash, salt, body FROM journal"""


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE journal SET actor = 'eve'",
        "UPDATE journal SET seq = 9",
        "UPDATE journal SET body = '{}'",
        "UPDATE journal SET body = NULL",
        "UPDATE journal SET salt = NULL, body = NULL",
        "UPDATE journal SET salt = NULL, body = NULL, kind = 'other'",
        "UPDATE OR REPLACE journal SET id = 'x'",
        "DELETE FROM journal",
        "DELETE FROM journal WHERE seq = 1",
        "REPLACE INTO journal SELECT * FROM journal",
        FORGED.format(seq=3, stream="stream", version=2, prev="hash"),
        FORGED.format(seq=2, stream="stream", version=2, prev="'f'"),
        FORGED.format(seq=2, stream="stream", version=3, prev="hash"),
        FORGED.format(seq=2, stream="'kofi'", version=2, prev="hash"),
        FORGED.format(seq=1, stream="'kofi'", version=1, prev="prev"),
        FORGED.format(seq=2, stream="stream", version=2, prev="hash").replace("'x'", "id"),
        FORGED.format(seq="NULL", stream="stream", version=1, prev="prev"),
    ],
)
def test_the_database_itself_refuses(store: SqliteStore, path: Path, sql: str) -> None:
    before = store.since(0)
    with by_hand(path) as hand, pytest.raises(driver.IntegrityError, match=r"append-only|not the next entry"):
        hand.execute(sql)
    assert store.since(0) == before
    assert store.verify() == store.head()


def test_the_first_link_begins_at_the_start(path: Path) -> None:
    with open_file(path), by_hand(path) as hand, pytest.raises(driver.IntegrityError, match="not the next entry"):
        hand.execute("INSERT INTO journal VALUES (1, 'i', 's', 1, 'at', 'a', 'k', 'd', 'f', 'h', NULL, NULL)")


def test_a_forged_link_with_the_right_number_is_found_by_verify(store: SqliteStore, path: Path) -> None:
    with by_hand(path) as hand:
        hand.execute(FORGED.format(seq=2, stream="stream", version=2, prev="hash"))
    with pytest.raises(Tampered, match=r"Entry 2 .* changed after it was recorded"):
        store.verify()


def test_a_text_goes_only_with_its_destruction_recorded(store: SqliteStore, path: Path) -> None:
    record(store, note(expected=1), note("kofi"))
    store.append([NewEntry("amara", 2, DESTROYED, {"versions": [1]})], actor="A. Worker", at=AT)
    with by_hand(path) as hand:
        for other in ("version = 2", "stream = 'kofi'", f"kind = '{DESTROYED}'"):
            with pytest.raises(driver.IntegrityError, match="append-only"):
                hand.execute(f"UPDATE journal SET salt = NULL, body = NULL WHERE {other}")  # noqa: S608 - constants
    assert store.verify() == store.head()
    assert (store.since(0)[0].body, store.since(0)[0].data) == (None, {})


def test_what_is_destroyed_is_overwritten_and_leaves_the_wal(path: Path) -> None:
    with open_file(path) as store:
        record(store, note(text="Zqbruise"), note(expected=1))
        store.append([NewEntry("amara", 2, DESTROYED, {"versions": [1]})], actor="A. Worker", at=AT)
        assert path.with_name("duty.db-wal").stat().st_size == 0
        assert store._read("PRAGMA secure_delete") == [(1,)]


def test_a_time_that_is_no_time_is_found(store: SqliteStore, path: Path) -> None:
    with by_hand(path) as hand:
        hand.execute("DROP TRIGGER journal_kept")
        hand.execute("UPDATE journal SET at = '2026-11-20T18:00:00.123'")
    with pytest.raises(Tampered, match="time cannot be read"):
        store.verify(whole=False)


@pytest.mark.parametrize(
    "sql", ["DROP TRIGGER journal_kept", "CREATE TRIGGER more AFTER INSERT ON journal BEGIN DELETE FROM draft; END"]
)
def test_guards_taken_away_or_added_are_missed(store: SqliteStore, path: Path, sql: str) -> None:
    with by_hand(path) as hand:
        hand.execute(sql)
    with pytest.raises(Tampered, match="guards of the journal"):
        store.verify()
    with pytest.raises(Tampered, match="guards of the journal"):
        open_file(path)
    with open_file(path, create=False, read_only=True) as reader:
        assert reader.head() == store.head()
