from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duty_tui.errors import Tampered
from duty_tui.store.journal import START, Entry, Head, NewEntry, canonical, new_id, read_entry, seal, verify
from tests.store.examples import AT, note


def chain(length: int = 4) -> list[Entry]:
    made, head = list[Entry](), START
    for version in range(length):
        made.append(seal(note(expected=version), head, actor="A. Worker", at=AT + timedelta(minutes=version)))
        head = made[-1].head
    return made


def test_ids_are_32_hex_digits_and_never_the_same() -> None:
    ids = {new_id() for _ in range(100)}
    assert len(ids) == 100
    assert all(len(bytes.fromhex(one)) == 16 for one in ids)
    assert note().id != note().id


def test_the_chain_begins_at_the_start_and_ends_at_its_last() -> None:
    entries = chain()
    assert verify([]) == START
    assert verify(entries) == entries[-1].head == Head(4, entries[-1].hash)
    assert verify(entries[2:], entries[1].head) == entries[-1].head


def test_one_text_sealed_twice_shows_nothing_in_common() -> None:
    once, again = (seal(NewEntry("amara", 0, "noted", {"a": 1}, "x"), START, actor="A", at=AT) for _ in range(2))
    assert once.digest != again.digest


def test_canonical_is_one_spelling_in_plain_ascii() -> None:
    assert canonical({"b": "é\ud800", "a": [1, None]}) == '{"a":[1,null],"b":"\\u00e9\\ud800"}'
    with pytest.raises(ValueError, match="JSON compliant"):
        canonical({"a": float("nan")})


CHANGES: dict[str, Any] = {
    "seq": 9,
    "id": "0" * 32,
    "stream": "kofi",
    "version": 7,
    "at": AT + timedelta(milliseconds=1),
    "actor": "Somebody else",
    "kind": "closed",
    "digest": "0" * 64,
    "prev": "0" * 64,
    "hash": "0" * 64,
    "salt": None,
    "body": '{"text":"Nothing was seen."}',
}


@pytest.mark.parametrize("name", Entry._fields)
def test_a_change_of_any_field_is_found(name: str) -> None:
    entries = chain()
    entries[1] = entries[1]._replace(**{name: CHANGES[name]})
    with pytest.raises(Tampered) as caught:
        verify(entries)
    assert caught.value.seq == 2


@given(st.permutations(range(4)).filter(lambda order: order != [0, 1, 2, 3]))
def test_entries_out_of_order_are_found(order: list[int]) -> None:
    entries = chain()
    with pytest.raises(Tampered):
        verify(entries[place] for place in order)


@given(st.integers(0, 2))
def test_a_missing_entry_is_found_unless_it_is_the_end(gone: int) -> None:
    entries = chain()
    with pytest.raises(Tampered, match=f"does not follow entry {gone}"):
        verify(entries[:gone] + entries[gone + 1 :])
    assert verify(entries[:3]) == entries[2].head, "a missing end is the witness's to notice"


def test_a_destroyed_body_still_verifies() -> None:
    entries = chain()
    entries[1] = entries[1]._replace(salt=None, body=None)
    assert verify(entries) == entries[-1].head


@given(st.datetimes(timezones=st.timezones(), min_value=datetime(1900, 1, 1), max_value=datetime(2200, 1, 1)))  # noqa: DTZ001 - Hypothesis adds the zone
def test_any_instant_is_kept_to_the_millisecond(at: datetime) -> None:
    entry = seal(note(), START, actor="A. Worker", at=at)
    assert entry.at.tzinfo is UTC
    assert timedelta(0) <= at.astimezone(UTC) - entry.at < timedelta(milliseconds=1)
    assert read_entry(entry.stored()) == entry


@pytest.mark.parametrize("text", ["", "yesterday", "2026-11-20T18:00:00.000", "2026-11-20T18:00:00.000+01:00"])
def test_a_time_not_written_here_is_found(text: str) -> None:
    row = list(chain(1)[0].stored())
    row[4] = text
    with pytest.raises(Tampered, match=r"Entry 1 .* time cannot be read"):
        read_entry(row)
