from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from duty_tui.errors import BadFile, Tampered, Unavailable
from duty_tui.store.journal import START, Head
from duty_tui.store.memory import MemoryStore
from duty_tui.store.witness import Witness
from tests.store.examples import note, record


@pytest.fixture
def witness(tmp_path: Path) -> Witness:
    return Witness(tmp_path / "seen" / "heads")


@pytest.fixture
def store() -> MemoryStore:
    store = MemoryStore()
    record(store, note(), note(expected=1))
    return store


def the_file(tmp_path: Path) -> Path:
    [file] = (tmp_path / "seen" / "heads").iterdir()
    return file


def test_it_remembers_the_last_head_it_saw(witness: Witness, store: MemoryStore, tmp_path: Path) -> None:
    assert witness.seen(store) == START
    assert witness.check(store) == store.head() == witness.seen(store)
    record(store, note(expected=2))
    assert witness.check(store) == Witness(tmp_path / "seen" / "heads").seen(store) == store.head()
    file = the_file(tmp_path)
    assert file.name == f"{store.meta('database')}.json"
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700


def test_it_tells_databases_apart(witness: Witness, store: MemoryStore) -> None:
    witness.check(store)
    assert witness.check(MemoryStore()) == START
    assert witness.seen(store).seq == 2


def test_what_came_since_is_verified_and_what_was_seen_need_not_be_again(witness: Witness, store: MemoryStore) -> None:
    witness.check(store)
    store._entries[0] = store._entries[0]._replace(actor="Somebody else")
    assert witness.check(store).seq == 2
    with pytest.raises(Tampered, match="Entry 1"):
        witness.verify(store)
    record(store, note(expected=2))
    store._entries[2] = store._entries[2]._replace(actor="Somebody else")
    with pytest.raises(Tampered, match="Entry 3"):
        witness.check(store)
    assert witness.seen(store).seq == 2, "what is in doubt was not seen"


@pytest.mark.parametrize("look", ["check", "verify"])
def test_a_seen_end_that_is_gone_is_noticed(witness: Witness, store: MemoryStore, look: str) -> None:
    assert witness.verify(store).seq == 2
    del store._entries[1]
    with pytest.raises(Tampered, match=r"Entry 2 .* seen before") as caught:
        getattr(witness, look)(store)
    assert caught.value.seq == 2


@pytest.mark.parametrize("content", ["", "{", "[1]", '["x", "y"]', "null", "3", "[1e999, 2]", "[" * 9999])
def test_a_broken_memory_is_said(witness: Witness, store: MemoryStore, tmp_path: Path, content: str) -> None:
    witness.check(store)
    the_file(tmp_path).write_text(content)
    with pytest.raises(BadFile, match=r"last saw .* cannot be read from .*duty-tui verify"):
        witness.check(store)


def test_a_head_is_two_values(witness: Witness, store: MemoryStore) -> None:
    witness.check(store)
    assert witness.seen(store) == Head(2, store.since(1)[0].hash)


def test_no_room_to_remember(witness: Witness, store: MemoryStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "open", full)
    with pytest.raises(Unavailable, match=r"cannot note what it saw .* No space left"):
        witness.verify(store)


def test_nothing_is_left_lying_about(witness: Witness, store: MemoryStore, tmp_path: Path) -> None:
    for _ in range(3):
        witness.check(store)
    blocked = the_file(tmp_path)
    blocked.unlink()
    blocked.mkdir()
    with pytest.raises(Unavailable, match="Is a directory"):
        witness._remember(store, store.head())
    assert the_file(tmp_path) == blocked


def test_what_is_remembered_already_is_not_written_again(witness: Witness, store: MemoryStore, tmp_path: Path) -> None:
    witness.check(store)
    before = the_file(tmp_path).stat().st_ino
    witness.check(store)
    assert the_file(tmp_path).stat().st_ino == before


def test_a_record_put_back_on_purpose_is_where_it_begins_anew(
    witness: Witness, store: MemoryStore, tmp_path: Path
) -> None:
    assert witness.begin_anew(store) == (START, store.head())
    record(store, note("later"))
    seen = witness.check(store)
    store._entries.pop()
    assert witness.begin_anew(store) == (seen, store.head())
    assert witness.check(store) == store.head()
    the_file(tmp_path).write_text("{")
    assert witness.begin_anew(store) == (START, store.head())
    assert witness.seen(store) == store.head()
