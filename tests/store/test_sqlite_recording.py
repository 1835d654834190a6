"""What can come between an entry and the disk."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from duty_tui.errors import Unavailable
from duty_tui.store import cipher
from duty_tui.store.cipher import driver
from duty_tui.store.rows import Projection
from duty_tui.store.sqlite import SqliteStore
from tests.store.examples import by_hand, note, open_file, record, row, started


def test_locked(store: SqliteStore, path: Path) -> None:
    with by_hand(path) as hand:
        hand.execute("BEGIN IMMEDIATE")
        with pytest.raises(Unavailable, match=r"locked for too long.*NOT recorded"):
            record(store, note(expected=1))
        assert store.head().seq == 1, "reading goes on"
    assert record(store, note(expected=1))[0].seq == 2


def test_full(store: SqliteStore) -> None:
    [(pages,)] = store._read("PRAGMA page_count")
    store._read(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(Unavailable, match="disk is full"):
        record(store, note(expected=1, text="x" * 50_000))
    store._read("PRAGMA max_page_count = 100000")
    assert record(store, note(expected=1))[0].seq == 2
    assert store.verify().seq == 2


@pytest.mark.parametrize("what", ["moved", "replaced", "deleted"])
def test_the_file_is_gone_from_its_place(store: SqliteStore, path: Path, what: str) -> None:
    watcher = store.watcher()
    aside = path.with_name("aside.db")
    if what == "replaced":
        shutil.copy(path, aside)
        aside.replace(path)
    else:
        path.rename(aside)
    if what == "deleted":
        aside.unlink()
    with pytest.raises(Unavailable, match=r"moved, replaced or deleted.*NOT recorded"):
        record(store, note(expected=1))
    with pytest.raises(Unavailable, match="moved"):
        watcher.changed(0)
    watcher.close()
    assert store.head().seq == 1


def test_a_transaction_the_engine_gave_up_is_not_ended_twice(store: SqliteStore) -> None:
    def rows() -> Iterator[Projection]:
        yield Projection(row("kofi"))
        store._connection.execute("ROLLBACK")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        store.reproject(rows(), "k")
    assert record(store, note(expected=1))[0].seq == 2


def test_a_driver_error_we_do_not_know_is_our_fault(store: SqliteStore) -> None:
    store.close()
    with pytest.raises(driver.ProgrammingError, match="closed"):
        store.head()


@pytest.mark.parametrize("code", [10, 10 | 13 << 8, 99])
def test_other_driver_errors_are_told(code: int) -> None:
    error = driver.OperationalError("disk I/O error")
    error.sqlite_errorcode = code
    wanted = f"result {code}" if code == 99 else "could not be read or written"
    with pytest.raises(Unavailable, match=wanted), cipher.telling(Path("duty.db")):
        raise error


KILLED = """
import sys
from tests.store.examples import note, open_file, record
with open_file(sys.argv[1], patience=20) as store:
    version = store.version("amara")
    while True:
        entry = note(expected=version)
        record(store, entry)
        print(entry.id, flush=True)
        version += 1
"""


@pytest.mark.parametrize("acknowledged", [1, 13, 120, 400])
def test_what_was_acknowledged_survives_a_kill(path: Path, acknowledged: int) -> None:
    ids: list[str] = []
    for _ in range(2):
        writer = started(KILLED, path)
        assert writer.stdout
        ids += [writer.stdout.readline().strip() for _ in range(acknowledged)]
        writer.kill()
        ids += [line.strip() for line in writer.stdout if line.endswith("\n")]
        writer.communicate()
    with open_file(path) as store:
        assert store.known_ids(ids) == set(ids)
        assert len(ids) <= store.verify().seq <= len(ids) + 2, "one each may be stored and not yet acknowledged"
        assert [found.version for found in store.rows()] == [store.version("amara")]


def test_another_file_in_its_place_is_never_watched(store: SqliteStore, path: Path) -> None:
    aside = path.with_name("aside.db")
    path.rename(aside)
    shutil.copy(aside, path)
    for _ in range(2):
        with pytest.raises(Unavailable, match="moved, replaced"):
            store.watcher()
    aside.replace(path)
    watcher = store.watcher()
    record(store, note(expected=1))
    assert watcher.changed(5)
    watcher.close()
