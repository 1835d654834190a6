"""A full disk, really full: it is said, nothing is half recorded, and with room again the same act goes through."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from duty_tui.domain.commands import AddNote
from duty_tui.errors import DutyError
from duty_tui.opening import Opening
from duty_tui.places import places
from duty_tui.store import sqlite
from duty_tui.store.copies import back_up
from duty_tui.store.keyfile import make_key
from duty_tui.store.rows import Projection
from duty_tui.store.schema import migrations
from duty_tui.store.sqlite import SCHEMA, SqliteStore
from duty_tui.store.witness import Witness
from duty_tui.wiring import default_adoptions, init_desk
from tests.builders import raise_concern
from tests.desk.conftest import Hands, make_desk
from tests.faults.small_disk import KINDS, SmallDisk, small_disk
from tests.store.examples import KEY, draft, note, open_file, record, row

#: More than what may be free in a page already taken.
LONG = "x" * 200_000


@pytest.fixture(params=KINDS)
def disk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SmallDisk]:
    with small_disk(request.param, tmp_path / "disk") as disk:
        yield disk


@pytest.fixture
def store(disk: SmallDisk) -> Iterator[SqliteStore]:
    with open_file(disk.folder / "duty.db") as store:
        record(store, note())
        store.save_draft(draft())
        yield store


def refused(disk: SmallDisk, act: Callable[[], object]) -> str:
    """What is said when it is tried on the full disk."""
    with disk.full(), pytest.raises(DutyError) as caught:
        act()
    return str(caught.value)


@pytest.mark.parametrize("words", ["Telephoned the school.", LONG])
def test_an_entry_is_refused_in_words_and_goes_through_with_room(
    store: SqliteStore, disk: SmallDisk, words: str
) -> None:
    entry = note("kofi", 0, words)
    for _ in range(3):
        said = refused(disk, lambda: record(store, entry))
        assert disk.says in said
        assert "Your entry is NOT recorded" in said
        assert "Your text is kept; try again" in said
    assert (store.verify().seq, store.row("kofi")) == (1, None)
    assert record(store, entry)[0].seq == 2
    assert record(store, entry)[0].seq == 2, "a second attempt is still harmless"
    assert store.verify().seq == 2


def test_reading_goes_on_meanwhile(store: SqliteStore, disk: SmallDisk) -> None:
    with disk.full():
        assert (len(store.rows()), store.head().seq) == (1, 1)
        assert store.draft("d1") == draft()


def test_a_draft_stays_as_it_was_last_kept(store: SqliteStore, disk: SmallDisk) -> None:
    longer = draft(body={"text": LONG})
    assert disk.says in refused(disk, lambda: store.save_draft(longer))
    assert store.draft("d1") == draft()
    store.save_draft(longer)
    assert store.draft("d1") == longer


def test_rows_made_anew_are_all_anew_or_all_as_before(store: SqliteStore, disk: SmallDisk) -> None:
    made = [Projection(row("amara", search=LONG)), Projection(row("kofi"))]
    before = store.rows()
    assert disk.says in refused(disk, lambda: store.reproject(made, "another key"))
    assert (store.rows(), store.meta("projection_key")) == (before, None)
    store.reproject(made, "another key")
    assert [found.id for found in store.rows()] == ["amara", "kofi"]
    assert store.verify().seq == 1


def test_what_this_terminal_saw_stays_noted(store: SqliteStore, disk: SmallDisk) -> None:
    witness = Witness(disk.folder / "seen")
    before = witness.check(store)
    record(store, note("kofi"))
    said = refused(disk, lambda: witness.check(store))
    assert f"cannot note what it saw of the record in {disk.folder / 'seen'}: {disk.system_says}" in said
    assert witness.seen(store) == before
    assert [file.suffix for file in (disk.folder / "seen").iterdir()] == [".json"], "nothing half written lies about"
    assert witness.check(store).seq == 2


def test_a_record_of_before_is_brought_up_whole_or_left(disk: SmallDisk, monkeypatch: pytest.MonkeyPatch) -> None:
    path = disk.folder / "duty.db"
    first = type(migrations)("duty-tui")
    first._migrations = list(migrations._migrations)[:1]
    with monkeypatch.context() as then:
        then.setattr("duty_tui.store.schema.migrations", first)
        then.setattr(sqlite, "SCHEMA", 1)
        store = open_file(path)
        record(store, note())
        said = ""
        then.undo()
        with store:  # somebody still has it open: what is needed to open it is there, room for new tables is not
            said = refused(disk, lambda: SqliteStore(path, KEY))
            assert store._read("PRAGMA user_version") == [(1,)]
    assert disk.says in said
    with SqliteStore(path, KEY) as store:
        assert store._read("PRAGMA user_version") == [(SCHEMA,)]
        assert store.verify().seq == 1


def test_a_note_at_a_desk(store: SqliteStore, disk: SmallDisk) -> None:
    hands = Hands()
    desk = make_desk(store, hands)
    desk.decide(default_adoptions(hands.now.date()))
    desk.do("c1", raise_concern())
    before = store.head()
    said = refused(disk, lambda: desk.do("c1", AddNote(text=LONG[:60_000]), mark="m" * 32, draft="d1"))
    assert disk.says in said
    assert (store.head(), store.draft("d1")) == (before, draft())
    done = desk.do("c1", AddNote(text=LONG[:60_000]), mark="m" * 32, draft="d1")
    assert done.entries == ["m" * 32]
    assert store.draft("d1") is None
    assert store.verify().seq == before.seq + 1


def test_a_backup_that_has_no_room_leaves_nothing(store: SqliteStore, disk: SmallDisk) -> None:
    copy = disk.folder / "copy.db"
    said = refused(disk, lambda: back_up(store.path, KEY, copy))
    assert disk.says in said or disk.system_says in said
    assert not [file for file in disk.folder.iterdir() if "copy" in file.name]
    assert back_up(store.path, KEY, copy) == store.head()


def test_a_first_start_that_has_no_room_leaves_nothing(disk: SmallDisk) -> None:
    home = disk.folder / "home"
    where = places({"DUTY_TUI_HOME": str(home)})
    how = Opening(where.desk, where.key_file, False, where)
    assert disk.system_says in refused(disk, lambda: init_desk(how))
    make_key(where.key_file)
    said = refused(disk, lambda: init_desk(how))
    assert disk.says in said or disk.system_says in said
    assert [file.name for file in home.rglob("*") if file.is_file()] == ["desk.key"]
    with init_desk(how).store as store:
        assert store.verify().seq == 3
