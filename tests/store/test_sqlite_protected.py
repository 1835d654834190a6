"""Places that can only be read."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from duty_tui.errors import Unavailable, WrongDatabase
from duty_tui.store import sqlite
from duty_tui.store.sqlite import SCHEMA, SqliteStore
from tests.store.examples import KEY, as_somebody_else, filled, note, open_file, record


@pytest.fixture
def protected() -> Iterator[Path]:
    """A database others may read, in a folder they may read: not in pytest's own, which others may not enter."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "duty.db"
        filled(path)
        path.chmod(0o444)
        folder.chmod(0o555)
        yield path
        folder.chmod(0o755)


def test_a_protected_folder_is_read_from(protected: Path) -> None:
    with as_somebody_else(), SqliteStore(protected, KEY) as store:
        assert store.read_only
        assert store.verify().seq == 60
        assert len(store.rows()) == 7
        with pytest.raises(Unavailable, match="can only be read from here"):
            record(store, note())
        watcher = store.watcher()
        assert not watcher.changed(0)
        watcher.close()


def test_a_protected_folder_while_somebody_records(protected: Path) -> None:
    for place in (protected.parent, protected):
        place.chmod(0o700)
    with SqliteStore(protected, KEY) as writer:
        record(writer, note("late"))
        for beside in protected.parent.iterdir():
            beside.chmod(0o444)
        protected.parent.chmod(0o555)
        with as_somebody_else(), SqliteStore(protected, KEY) as store:
            assert store.read_only
            assert store.verify() == writer.head()


def test_what_lies_in_a_wal_out_of_reach_is_said(protected: Path) -> None:
    protected.parent.chmod(0o755)
    protected.with_name("duty.db-wal").write_bytes(b"x" * 8192)
    protected.parent.chmod(0o555)
    with as_somebody_else(), pytest.raises(Unavailable, match="files beside it cannot be opened"):
        SqliteStore(protected, KEY)


def test_an_older_version_in_a_protected_folder(protected: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "SCHEMA", SCHEMA + 1)
    with (
        as_somebody_else(),
        pytest.raises(WrongDatabase, match=f"is of version {SCHEMA}; .* needs version {SCHEMA + 1}"),
    ):
        SqliteStore(protected, KEY)


def test_no_database_is_made_in_a_protected_folder(protected: Path) -> None:
    with as_somebody_else(), pytest.raises(Unavailable, match=r"No database can be made at .* Permission denied"):
        open_file(protected.with_name("new.db"))


def test_a_file_this_account_may_not_read(protected: Path) -> None:
    protected.chmod(0)
    with as_somebody_else(), pytest.raises(Unavailable, match="cannot be opened"):
        SqliteStore(protected, KEY)


def test_read_only_when_asked(store: SqliteStore, path: Path) -> None:
    with SqliteStore(path, KEY, read_only=True) as reader:
        record(store, note(expected=1))
        assert reader.verify() == store.head()
        with pytest.raises(Unavailable, match="only be read"):
            reader.set_meta("a", "b")
