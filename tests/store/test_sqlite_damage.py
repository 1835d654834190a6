"""A changed byte, a missing end: noticed, named, never a traceback."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from duty_tui.errors import DutyError, Tampered, WrongDatabase
from duty_tui.store.cipher import damaged_pages
from duty_tui.store.sqlite import SqliteStore
from duty_tui.store.witness import Witness
from tests.store.examples import KEY, PAGE, by_hand, filled, note, open_file, record


def verified(path: Path) -> None:
    with SqliteStore(path, KEY) as store:
        store.verify()


def test_the_undamaged_file_verifies(path: Path) -> None:
    filled(path)
    verified(path)


@pytest.mark.parametrize("within", [0, 17, 2048, 4015, 4016, 4032, 4095])
def test_one_changed_byte_is_noticed_on_every_page(path: Path, within: int) -> None:
    filled(path)
    whole = path.read_bytes()
    assert len(whole) > 20 * PAGE
    for page in range(len(whole) // PAGE):
        damaged = bytearray(whole)
        damaged[page * PAGE + within] ^= 1
        path.write_bytes(damaged)
        with pytest.raises((Tampered, WrongDatabase)) as caught:
            verified(path)
        where = f"page {page + 1}" if isinstance(caught.value, Tampered) else "first page"
        assert where in str(caught.value) or "duty-tui verify" in str(caught.value), page


@pytest.mark.parametrize("size", [1, PAGE - 1, PAGE, 3 * PAGE, 10 * PAGE + 5, -PAGE, -1])
def test_a_file_cut_short_is_noticed(path: Path, size: int) -> None:
    filled(path)
    os.truncate(path, size if size > 0 else path.stat().st_size + size)
    with pytest.raises(DutyError):
        verified(path)


def test_a_file_with_something_behind_it_is_noticed(path: Path) -> None:
    filled(path)
    with path.open("ab") as file:
        file.write(b"more")
    with pytest.raises(Tampered, match="invalid size of 4 bytes"):
        verified(path)


def test_damage_while_open_is_noticed_and_named(path: Path) -> None:
    filled(path)
    with SqliteStore(path, KEY) as store:
        assert store.verify().seq == 60
        with path.open("r+b") as file:
            file.seek(9 * PAGE + 100)
            file.write(b"\xff\xfe\xfd")
        with pytest.raises(Tampered, match="page 10"):
            store.verify()


def test_a_damaged_page_is_named_also_where_the_file_opens_no_other_way(path: Path) -> None:
    filled(path)
    assert damaged_pages(path, KEY) == []
    os.truncate(path, path.stat().st_size - 100)
    (said,) = damaged_pages(path, KEY)
    assert "invalid size" in said
    os.truncate(path, 3 * PAGE)
    with pytest.raises(DutyError):
        SqliteStore(path, KEY)
    assert damaged_pages(path, KEY) == []  # cut between two pages: those that are left are whole


def test_damage_in_the_wal_is_noticed_while_open(path: Path) -> None:
    with open_file(path) as store:
        record(store, note())
        wal = path.with_name("duty.db-wal")
        with wal.open("r+b") as file:
            file.seek(wal.stat().st_size - PAGE + 100)
            file.write(b"\xff\xfe\xfd")
        with pytest.raises(Tampered, match="page"):
            store.verify()


def test_damage_met_while_reading_is_told(path: Path) -> None:
    filled(path)
    with by_hand(path) as hand:
        [(page,)] = hand.execute("SELECT rootpage FROM sqlite_master WHERE name = 'concern'").fetchall()
    damaged = bytearray(path.read_bytes())
    damaged[(page - 1) * PAGE + 9] ^= 1
    path.write_bytes(damaged)
    with SqliteStore(path, KEY) as store, pytest.raises(Tampered, match="`duty-tui verify`"):
        store.rows()


def test_an_index_that_does_not_agree_is_noticed(store: SqliteStore, path: Path) -> None:
    with by_hand(path) as hand:
        hand.execute("PRAGMA writable_schema = ON")
        hand.execute(
            "UPDATE sqlite_master SET sql = replace(sql, '(\"status\")', '(\"id\")') WHERE name = 'idx_concern_status'"
        )
    with SqliteStore(path, KEY) as fresh, pytest.raises(Tampered, match="idx_concern_status"):
        fresh.verify()


def test_an_old_copy_put_back_is_noticed_by_the_witness(path: Path, tmp_path: Path) -> None:
    filled(path)
    backup = shutil.copy(path, tmp_path / "backup.db")
    witness = Witness(tmp_path / "seen")
    with open_file(path) as store:
        record(store, note("late"))
        witness.check(store)
    shutil.copy(backup, path)
    with open_file(path) as store:
        assert store.verify().seq == 60, "by itself the old copy is a good one"
        with pytest.raises(Tampered, match=r"Entry 61 .* seen before"):
            witness.check(store)
