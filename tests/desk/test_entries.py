"""Between the journal and the domain."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from duty_tui.desk import bands
from duty_tui.desk.desk import Desk
from duty_tui.desk.entries import TYPED, entry_id, recorded, to_record
from duty_tui.domain.events import NoteAdded
from duty_tui.domain.history import KINDS
from duty_tui.errors import Tampered
from duty_tui.store.journal import NewEntry
from duty_tui.store.memory import MemoryStore
from duty_tui.views.queue import Band

AT = datetime(2026, 11, 20, 18, 5, tzinfo=UTC)


def test_an_event_comes_back_from_the_journal_as_it_went_in(store: MemoryStore) -> None:
    note = NoteAdded(text="Rang the school.")
    [entry] = store.append(to_record("c1", 0, [note], "a" * 32), actor="Ann", at=AT)
    assert recorded(entry).event == note
    assert recorded(entry).stamp == ("a" * 32, 1, AT, "Ann", None)
    assert recorded(entry).stamp.recorded == AT


def test_what_was_typed_before_it_was_recorded_counts_from_then_and_says_both(store: MemoryStore) -> None:
    note, typed = NoteAdded(text="Rang the school."), AT - timedelta(minutes=29)
    [entry] = store.append(to_record("c1", 0, [note], "a" * 32, typed), actor="Ann", at=AT)
    assert recorded(entry) == (("a" * 32, 1, typed, "Ann", AT), note, "")
    assert recorded(entry).stamp.recorded == entry.at == AT
    assert entry.data == {"text": "Rang the school.", "typed_at": "2026-11-20T17:36:00.000+00:00"}


@pytest.mark.parametrize("typed", ["yesterday", 7, None, "2026-11-20T17:36:00.000"])
def test_a_time_of_typing_that_is_none_is_not_taken_for_true(store: MemoryStore, typed: object) -> None:
    [entry] = store.append([NewEntry("c1", 0, "note-added", {"text": "x", "typed_at": typed})], actor="Ann", at=AT)
    with pytest.raises(Tampered, match="Entry 1"):
        recorded(entry)


def test_no_event_has_a_field_of_that_name() -> None:
    assert not [kind for kind, event in KINDS.items() if TYPED in event.model_fields]


def test_a_destroyed_body_is_told_from_one_that_is_not_understood(store: MemoryStore) -> None:
    [entry] = store.append([NewEntry("c1", 0, "note-added", {"text": "x"})], actor="Ann", at=AT)
    assert recorded(entry._replace(body=None, salt=None)).destroyed
    assert not recorded(entry._replace(kind="from-tomorrow")).destroyed


def test_a_body_that_is_not_of_its_kind_is_not_taken_for_true(store: MemoryStore) -> None:
    [entry] = store.append([NewEntry("c1", 0, "note-added", {"txt": "x"})], actor="Ann", at=AT)
    with pytest.raises(Tampered, match="Entry 1"):
        recorded(entry)


def test_the_entries_of_one_act_have_ids_that_follow_from_its_mark() -> None:
    ids = [entry_id("a" * 32, place) for place in range(3)]
    assert ids[0] == "a" * 32
    assert len(set(ids)) == 3
    assert ids == [entry.id for entry in to_record("c1", 0, [NoteAdded(text=t) for t in "abc"], "a" * 32)]


def test_the_bands_are_kept_beside_the_rows(desk: Desk) -> None:
    kept = bands.decode(desk.store.meta(bands.META))
    assert [band.symbol for band in kept] == ["▲", "■", "●", "·"]
    assert bands.decode(None) == [Band("", "·", "·")]
