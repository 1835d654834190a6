"""The files beside the record: the `-wal` deleted under it, or a bit of it turned. An error or the record, no other."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from duty_tui.errors import DutyError, Tampered
from duty_tui.store.sqlite import SqliteStore
from duty_tui.store.witness import Witness
from tests.store.examples import KEY, PAGE, note, open_file, record


@pytest.fixture
def left(tmp_path: Path) -> tuple[Path, Witness]:
    """A record as a machine that lost its power leaves it: the last entries are in the `-wal` alone, and seen."""
    working, path = tmp_path / "working" / "duty.db", tmp_path / "left" / "duty.db"
    path.parent.mkdir()
    witness = Witness(tmp_path / "witness")
    with open_file(working) as store:
        record(store, *(note(f"s{number}") for number in range(20)))
        store._read("PRAGMA wal_checkpoint(TRUNCATE)")
        for number in range(20, 23):
            record(store, note(f"s{number}"))
        witness.check(store)
        for ending in ("", "-wal"):
            shutil.copy(f"{working}{ending}", f"{path}{ending}")
    return path, witness


def test_what_was_in_the_wal_is_there_again(left: tuple[Path, Witness]) -> None:
    path, witness = left
    with SqliteStore(path, KEY) as store:
        assert witness.verify(store).seq == 23


def test_a_deleted_wal_is_missed_by_the_witness(left: tuple[Path, Witness]) -> None:
    path, witness = left
    path.with_name("duty.db-wal").unlink()
    with SqliteStore(path, KEY) as store:
        assert store.verify().seq == 20, "the file by itself is whole"
        with pytest.raises(Tampered, match="Entry 23 of the journal was seen before"):
            witness.check(store)


def test_a_wal_cut_short_is_missed_by_the_witness(left: tuple[Path, Witness]) -> None:
    path, witness = left
    wal = path.with_name("duty.db-wal")
    frames = range(0, wal.stat().st_size, PAGE)
    whole = wal.read_bytes()
    for size in frames:
        wal.write_bytes(whole[:size])
        shutil.copy(path, path.with_name("one.db"))
        shutil.copy(wal, path.with_name("one.db-wal"))
        with SqliteStore(path.with_name("one.db"), KEY) as store, pytest.raises(Tampered, match="was seen before"):
            witness.check(store)


def test_a_bit_turned_in_the_wal_is_an_error_or_a_missing_end(left: tuple[Path, Witness]) -> None:
    path, witness = left
    whole, refused = path.with_name("duty.db-wal").read_bytes(), 0
    with SqliteStore(path, KEY) as store:
        entries = store.since(0)
    for number, place in enumerate(range(0, len(whole), len(whole) // 60)):
        damaged = bytearray(whole)
        damaged[place] ^= 1 << number % 8
        one = path.with_name(f"one{number}.db")
        shutil.copy(path, one)
        one.with_name(f"{one.name}-wal").write_bytes(damaged)
        try:
            with SqliteStore(one, KEY) as store:
                witness.check(store)
                assert store.since(0) == entries
        except DutyError:
            refused += 1
    assert refused > 30


@pytest.fixture
def copies(tmp_path: Path) -> tuple[Path, Path, Witness]:
    """A folder of copies of a record, each named after its last entry, and the record while somebody has it open."""
    path, witness = tmp_path / "working" / "duty.db", Witness(tmp_path / "witness")
    aside, left = tmp_path / "copies", tmp_path / "left"
    for folder in (aside, left):
        folder.mkdir()
    with open_file(path) as store:
        for number in range(60):
            record(store, note(f"s{number % 7}", number // 7, f"{number} {'word ' * 100}"))
            if number % 10 == 0:
                store._read("PRAGMA wal_checkpoint(TRUNCATE)")
            shutil.copy(path, aside / f"{number + 1}.db")
        witness.check(store)
        shutil.copy(f"{path}-wal", left / "duty.db-wal")
    return aside, left / "duty.db", witness


@pytest.mark.parametrize("last", [1, 2, 11, 30, 50])
def test_an_older_copy_beside_the_wal_of_now_is_no_record(copies: tuple[Path, Path, Witness], last: int) -> None:
    """What a person makes who puts a backup back by hand where somebody had the record open."""
    aside, path, witness = copies
    shutil.copy(aside / f"{last}.db", path)
    with pytest.raises(DutyError), SqliteStore(path, KEY) as store:
        witness.verify(store)


def test_the_copy_that_the_wal_of_now_follows_is_the_record(copies: tuple[Path, Path, Witness]) -> None:
    aside, path, witness = copies
    shutil.copy(aside / "55.db", path)
    with SqliteStore(path, KEY) as store:
        assert witness.verify(store).seq == 60
