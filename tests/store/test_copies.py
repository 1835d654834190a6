"""Backups, restoring, a new key: what is called a copy is one, and nothing is lost on the way."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlite_utils import Migrations

from duty_tui.errors import DutyError, Refused, Tampered, Unavailable, WrongDatabase
from duty_tui.store import copies, place, sqlite
from duty_tui.store.copies import back_up, rekey, restore
from duty_tui.store.copying import COPYING
from duty_tui.store.schema import migrations
from duty_tui.store.sqlite import SqliteStore
from tests.store.examples import KEY, PAGE, by_hand, draft, filled, note, open_file, record

NEW = b"\xcd" * 32


@pytest.fixture
def full(path: Path) -> Path:
    filled(path)
    with open_file(path) as store:
        store.save_draft(draft())
    return path


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return tmp_path / "stick" / "copy.db"


def alone(path: Path) -> bool:
    """Whether nothing lies beside the file that has no business there."""
    return [file.name for file in path.parent.iterdir() if file.is_file()] == [path.name]


def same(path: Path, copy: Path, key: bytes = KEY) -> bool:
    with SqliteStore(path, KEY) as store, SqliteStore(copy, key) as other:
        return (
            other.verify() == store.verify()
            and other.since(0) == store.since(0)
            and other.rows() == store.rows()
            and other.drafts() == store.drafts()
            and other.meta("database") == store.meta("database")
        )


# -- backup


def test_a_backup_is_the_record(full: Path, copy: Path) -> None:
    copy.parent.mkdir()
    with open_file(full) as store:
        assert back_up(full, KEY, copy) == store.head()
        record(store, note("later"))
    assert alone(copy)
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert b"Telephoned" not in copy.read_bytes()
    with SqliteStore(copy, KEY) as other:
        assert other.head().seq == 60
    with pytest.raises(WrongDatabase):
        SqliteStore(copy, NEW)


def test_a_backup_takes_no_files_place(full: Path, copy: Path) -> None:
    copy.parent.mkdir()
    copy.write_text("Dear Ann")
    with pytest.raises(Refused, match="There is already a file"):
        back_up(full, KEY, copy)
    assert copy.read_text() == "Dear Ann"
    with pytest.raises(Refused, match="cannot be written: No such file"):
        back_up(full, KEY, copy.parent / "none" / "copy.db")


def test_a_damaged_record_is_not_backed_up(full: Path, copy: Path) -> None:
    copy.parent.mkdir()
    damaged = bytearray(full.read_bytes())
    damaged[9 * PAGE + 100] ^= 1
    full.write_bytes(damaged)
    with pytest.raises(Tampered):
        back_up(full, KEY, copy)
    assert list(copy.parent.iterdir()) == []


def _other_entries(copy: Path) -> None:
    with by_hand(copy) as hand:
        hand.execute("DROP TRIGGER journal_whole")
        hand.execute("DELETE FROM journal")
        hand.execute(copies_guard())
    with SqliteStore(copy, KEY) as store:
        record(store, note("forged"))


def copies_guard() -> str:
    from duty_tui.store.guards import GUARDS

    return GUARDS["journal_whole"]


def _other_database(copy: Path) -> None:
    with SqliteStore(copy, KEY) as store:
        store.set_meta("database", "another")


def _damaged(copy: Path) -> None:
    damaged = bytearray(copy.read_bytes())
    damaged[9 * PAGE + 100] ^= 1
    copy.write_bytes(damaged)


@pytest.mark.parametrize("spoil", [_other_entries, _other_database, _damaged])
def test_a_copy_that_came_out_otherwise_is_not_called_one(
    full: Path, copy: Path, spoil: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = copies._copied

    def spoilt(path: Path, key: bytes, fresh: Path, patience: float) -> None:
        made(path, key, fresh, patience)
        spoil(fresh)

    copy.parent.mkdir()
    monkeypatch.setattr(copies, "_copied", spoilt)
    with pytest.raises(Tampered):
        back_up(full, KEY, copy)
    assert list(copy.parent.iterdir()) == []


def test_a_backup_of_what_can_only_be_read(full: Path, copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy.parent.mkdir()
    monkeypatch.setattr(place, "may_write", lambda path: path.parent != full.parent)
    assert back_up(full, KEY, copy).seq == 60


# -- restore


def test_a_backup_put_back_is_the_record(full: Path, copy: Path, tmp_path: Path) -> None:
    copy.parent.mkdir()
    head = back_up(full, KEY, copy)
    again = tmp_path / "new" / "desk.db"
    assert restore(copy, KEY, again) == head
    assert alone(again)
    assert same(copy, again)


def test_a_record_that_is_there_is_kept_beside(full: Path, copy: Path) -> None:
    copy.parent.mkdir()
    back_up(full, KEY, copy)
    with open_file(full) as store:
        record(store, note("later"))
        with pytest.raises(Refused, match="There is already a file"):
            restore(copy, KEY, full)
        assert store.head().seq == 61
        aside = full.with_name("before.db")
        assert restore(copy, KEY, full, aside).seq == 60
        with pytest.raises(Unavailable, match="moved, replaced or deleted"):
            record(store, note("later", 1))
    with SqliteStore(aside, KEY) as old:
        assert old.verify().seq == 61
    with SqliteStore(full, KEY) as new:
        assert record(new, note("later"))
    with pytest.raises(Refused, match=r"already a file at .*before\.db"):
        restore(copy, KEY, full, aside)


def test_what_a_record_that_is_gone_left_beside_is_put_aside_too(full: Path, copy: Path) -> None:
    copy.parent.mkdir()
    back_up(full, KEY, copy)
    full.unlink()
    full.with_name("duty.db-wal").write_bytes(b"frames of another record")
    with pytest.raises(Refused, match=r"already a file at .*duty\.db-wal"):
        restore(copy, KEY, full)
    restore(copy, KEY, full, full.with_name("before.db"))
    assert same(copy, full)
    assert full.with_name("before.db-wal").read_bytes() == b"frames of another record"


def test_a_backup_of_an_earlier_version_is_brought_up(path: Path, copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = Migrations("duty-tui")
    first._migrations = list(migrations._migrations)[:2]
    copy.parent.mkdir()
    with monkeypatch.context() as then:
        then.setattr("duty_tui.store.schema.migrations", first)
        then.setattr(sqlite, "SCHEMA", 2)
        filled(copy)
    before = copy.read_bytes()
    assert restore(copy, KEY, path).seq == 60
    assert copy.read_bytes() == before


def test_a_backup_that_is_none_changes_nothing(full: Path, copy: Path) -> None:
    copy.parent.mkdir()
    back_up(full, KEY, copy)
    _damaged(copy)
    before = full.read_bytes()
    for bad in (copy, copy.parent / "none.db"):
        with pytest.raises(DutyError):
            restore(bad, KEY, full, full.with_name("before.db"))
    with pytest.raises(WrongDatabase):
        restore(full, NEW, full, full.with_name("before.db"))
    assert full.read_bytes() == before
    assert not full.with_name("before.db").exists()
    assert [file.name for file in full.parent.iterdir() if file.is_file()] == [full.name]


# -- what was left unfinished


def test_what_a_killed_program_left_is_swept_away(full: Path, copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy.parent.mkdir()
    killed = subprocess.Popen([sys.executable, "-c", ""])
    killed.wait()
    one = place.hidden(copy).name
    running, machine = str(os.getpid()), one.split("-")[1]
    gone = one.replace(f"-{running}-", f"-{killed.pid}-")
    kept = [
        one,  # of a process that runs
        gone.replace(machine, "0" * 8),  # of another machine
        gone + "x",  # of another record
        one.replace(f"-{running}-", "-1-"),  # of somebody else
        "letter.txt",
    ]
    for name in (gone, gone + "-wal", gone + "-shm", *kept):
        (copy.parent / name).write_text("left")
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr(place, "_POSIX", False)
        place.sweep(place.hidden(copy), copy)
    assert len(list(copy.parent.iterdir())) == 8
    back_up(full, KEY, copy)
    assert {file.name for file in copy.parent.iterdir()} == {copy.name, *kept}
    place.sweep(place.hidden(copy.parent / "none" / "copy.db"), copy.parent / "none" / "copy.db")


def test_nobody_asks_where_asking_would_end_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(place, "_POSIX", False)
    assert place._machine() == place._machine()


def test_a_process_of_somebody_else_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: int) -> None:
        raise PermissionError

    monkeypatch.setattr("duty_tui.store.place.os.kill", refused)
    assert place._runs(1)


# -- a new key


def test_a_new_key_opens_what_the_old_one_opened(full: Path, tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    old = tmp_path / "old" / "copy.db"
    back_up(full, KEY, old)
    full.chmod(0o640)
    kept: list[bytes] = []
    head = rekey(full, KEY, NEW, lambda: kept.append(full.read_bytes()))
    assert alone(full)
    assert stat.S_IMODE(full.stat().st_mode) == 0o640
    assert same(old, full, NEW)
    assert kept, "the key is kept while the old record is still there"
    with pytest.raises(WrongDatabase):
        SqliteStore(full, KEY)
    with SqliteStore(full, NEW) as store:
        assert store.head() == head
        record(store, note("later"))


def test_others_are_told_and_their_leaving_takes_nothing_away(full: Path) -> None:
    first, second = open_file(full), open_file(full)
    watcher = second.watcher()
    record(first, note("before"))
    assert watcher.changed(5)
    assert rekey(full, KEY, NEW, lambda: None).seq == 61
    with SqliteStore(full, NEW) as new:
        record(new, note("after"))
        for store in (first, second):
            with pytest.raises(Unavailable, match="moved, replaced or deleted"):
                record(store, note("lost"))
        with pytest.raises(Unavailable, match="moved, replaced or deleted"):
            watcher.changed(0)
        watcher.close()
        first.close()
        second.close()
        assert full.with_name("duty.db-wal").exists()
        record(new, note("after", 1))
        with SqliteStore(full, NEW) as other:
            assert other.verify().seq == 63


def test_a_cut_before_the_swap_leaves_the_old_record(full: Path) -> None:
    before = full.read_bytes()

    def cut() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rekey(full, KEY, NEW, cut)
    assert alone(full)
    assert full.read_bytes() == before
    with open_file(full) as store:
        record(store, note("later"))


def test_nobody_records_meanwhile(full: Path) -> None:
    with open_file(full) as other:

        def meanwhile() -> None:
            with pytest.raises(Unavailable, match="locked for too long"):
                record(other, note("meanwhile"))

        rekey(full, KEY, NEW, meanwhile)


def test_a_desk_that_never_rests_is_said(full: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_file(full) as store, by_hand(full) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM journal").fetchall()
        record(store, note("later"))  # in the WAL, and held there by the one who reads
        monkeypatch.setattr(copies, "_TRIES", 2)
        with pytest.raises(Unavailable, match="recorded on all the time"):
            rekey(full, KEY, NEW, lambda: None, patience=0.01)
    assert [file.name for file in full.parent.iterdir()] == [full.name]


def test_without_a_way_to_settle_a_folder_it_is_left_to_the_system(
    full: Path, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy.parent.mkdir()
    monkeypatch.setattr(place, "_POSIX", False)
    back_up(full, KEY, copy)
    assert same(full, copy)


def test_a_copy_that_is_not_whole_is_not_put_back(full: Path, tmp_path: Path) -> None:
    with SqliteStore(full, KEY) as store:
        store.set_meta(COPYING, "yes")
    with pytest.raises(Refused, match="not whole yet"):
        restore(full, KEY, tmp_path / "new.db")
    assert not (tmp_path / "new.db").exists()
