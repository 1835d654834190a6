"""The judge of all trials sees what is lost, changed and recorded twice: a trial that finds nothing has looked."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from duty_tui.store.journal import NewEntry
from duty_tui.store.memory import MemoryStore
from duty_tui.store.outbox import Waiting
from duty_tui.store.rows import Draft
from tests.faults.judge import Said, judged, judged_away
from tests.faults.writer import NOW, Writing, entry_id, straight, text, waiting, write


@pytest.fixture
def said() -> Said:
    return Said("ann")


@pytest.fixture
def store(said: Said) -> MemoryStore:
    store = MemoryStore()
    do = straight(store, Writing("", "ann"), lambda *words: said.lines.append(list(words)))
    for act in range(8):
        do(act)
    return store


def again(store: MemoryStore, mark: str, words: str, stream: str = "again") -> None:
    store.append([NewEntry(stream, store.version(stream), "noted", {"text": words}, mark)], actor="eve", at=NOW)


def test_what_was_acknowledged_is_there(store: MemoryStore, said: Said) -> None:
    verdict = judged(store, [said])
    assert verdict.good
    assert (verdict.acknowledged, verdict.recorded) == (10, 10)
    assert str(verdict).startswith("10 entries acknowledged: 0 lost, 0 changed, 0 recorded twice; 0 records did not")


def test_a_second_attempt_is_counted_once(store: MemoryStore, said: Said) -> None:
    straight(store, Writing("", "ann"), lambda *words: said.lines.append(list(words)))(said.next_act)
    assert judged(store, [said]).acknowledged == 10


def test_a_missing_entry_is_lost(store: MemoryStore, said: Said) -> None:
    said.lines.append(["entry", 8, 0, entry_id("ann", 8, 0), 99, "f" * 64])
    verdict = judged(store, [said])
    assert (verdict.good, verdict.lost) == (False, 1)
    assert "lost: act 8 of ann" in str(verdict)


def test_an_entry_under_another_id_is_lost(store: MemoryStore, said: Said) -> None:
    again(store, "another", text("ann", 8, 0))
    said.lines.append(["entry", 8, 0, "another"])
    assert judged(store, [said]).lost == 1


def test_an_older_draft_is_lost(store: MemoryStore, said: Said) -> None:
    store.save_draft(Draft("of-ann", "note", None, "ann", "desk", NOW, {"act": 0}))
    assert judged(store, [said]).lost == 1
    store.drop_draft("of-ann")
    assert judged(store, [said]).lost == 2


def test_other_words_or_another_place_are_a_change(store: MemoryStore, said: Said) -> None:
    again(store, entry_id("ann", 8, 0), "other words")
    said.lines.append(["entry", 8, 0, entry_id("ann", 8, 0)])
    assert judged(store, [said]).changed == 1
    said.lines[1][4] = 7
    assert judged(store, [said]).changed == 2


def test_the_same_words_twice_are_one_too_many(store: MemoryStore, said: Said) -> None:
    again(store, "another", text("ann", 3, 0))
    assert judged(store, [said]).twice == 1


def test_a_chain_that_does_not_hold_is_broken(store: MemoryStore, said: Said) -> None:
    store._entries[3] = store._entries[3]._replace(actor="eve")
    assert judged(store, [said]).broken == 1


def test_what_was_kept_while_away_is_there_as_it_was_typed(tmp_path: Path, said: Said) -> None:
    writing = Writing(str(tmp_path / "kept.outbox"), "ann", acts=3, sitting=2, away=True)
    write(writing, lambda *words: said.lines.append(list(words)), lambda _: False)
    with closing(waiting(writing.place)) as outbox:
        assert str(judged_away(outbox, said)).startswith("3 entries acknowledged: 0 lost, 0 changed")
        outbox.take_back(entry_id("ann", 1, 0))
        outbox.take_back(entry_id("ann", 2, 0))
        outbox.put(Waiting(entry_id("ann", 2, 0), "c1", "ann", NOW, None, {"text": "other words"}))
        verdict = judged_away(outbox, said)
    assert (verdict.acknowledged, verdict.lost, verdict.changed) == (3, 1, 1)
    assert "lost: 1 of what ann had kept" in str(verdict)


def test_half_a_line_waits_for_its_other_half(said: Said) -> None:
    said.hear(b'["draft", 1]\n["dra')
    assert said.next_act == 1
    said.hear(b'ft", 2]\n["')
    assert said.next_act == 2
    said.cut_off()
    said.hear(b'["draft", 3]\n')
    assert said.next_act == 3


def test_a_writer_begins_before_anything_was_said() -> None:
    assert Said("bo").next_act == 0
