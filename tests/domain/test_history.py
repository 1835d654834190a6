"""The fold: what entries add up to, whoever reads them back, and what is left when some are withdrawn."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from duty_tui.domain.commands import AddNote, ChangeOwner, Withdraw
from duty_tui.domain.concern import Concern
from duty_tui.domain.events import KINDS, EntryWithdrawn, Event, NoteAdded, Stamp
from duty_tui.domain.history import Recorded, fold, fold_on, read_event, withdrawn, write_event
from tests.builders import FRIDAY_SIX, a_concern, do
from tests.domain.strategies import histories, later, raised, recorded


def read_back(item: Recorded) -> Recorded:
    """The entry as another machine reads it: written as text, and read again."""
    assert item.event is not None
    body = json.loads(json.dumps(write_event(item.event)))
    return item._replace(event=read_event(item.event.kind, body))


def unstamped(concern: Concern) -> Concern:
    """The concern without what grows with every entry, sensible or not."""
    return replace(concern, history=(), version=0)


@given(histories())
def test_what_is_written_and_read_again_adds_up_to_the_same(history: list[Recorded]) -> None:
    again = [read_back(item) for item in history]
    assert again == history
    assert fold("c", again) == fold("c", history)


@given(st.one_of(raised, later))
def test_every_event_says_itself_on_one_piece_of_text(event: Event) -> None:
    assert event.words()
    assert KINDS[event.kind] is type(event)


@given(histories(), st.data())
def test_withdrawing_leaves_what_there_would_be_without_the_entry(history: list[Recorded], data: st.DataObject) -> None:
    standing = [
        item
        for item in history[1:]
        if item.stamp.entry not in withdrawn(history) and not isinstance(item.event, EntryWithdrawn)
    ]
    if not standing:
        return
    victim = data.draw(st.sampled_from(standing))
    undo = Recorded(
        Stamp("undo", len(history) + 1, FRIDAY_SIX, "ola"), EntryWithdrawn(entry=victim.stamp.entry, said="said")
    )
    without = [item for item in history if item is not victim]
    assert unstamped(fold("c", [*history, undo])) == unstamped(fold("c", without))


@given(histories(), st.data())
def test_withdrawing_a_withdrawal_brings_the_entry_back(history: list[Recorded], data: st.DataObject) -> None:
    standing = [item for item in history[1:] if item.stamp.entry not in withdrawn(history)]
    if not standing:
        return
    victim = data.draw(st.sampled_from(standing))
    version = len(history)
    undo = Recorded(Stamp("undo", version + 1, FRIDAY_SIX, "ola"), EntryWithdrawn(entry=victim.stamp.entry, said="s"))
    redo = Recorded(Stamp("redo", version + 2, FRIDAY_SIX, "ola"), EntryWithdrawn(entry="undo", said="s"))
    assert unstamped(fold("c", [*history, undo, redo])) == unstamped(fold("c", history))


@given(histories(), st.data())
def test_folding_on_from_anywhere_is_folding_all(history: list[Recorded], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(history)))
    assert fold_on(fold("concern-1", history[:at]), history[at:]) == fold("concern-1", history)


def test_an_entry_can_go_and_come_and_go_again() -> None:
    concern = a_concern(ChangeOwner(owner="Priya"))
    for undone, owner in (("entry-2", None), ("entry-3", "Priya"), ("entry-4", None), ("entry-5", "Priya")):
        concern = do(concern, Withdraw(entry=undone))
        assert concern.owner == owner
    assert concern.version == 6


def test_a_concern_without_entries_knows_nothing() -> None:
    concern = fold("c", [])
    assert (concern.version, concern.received, concern.children, concern.is_open) == (0, None, (), True)


def test_an_entry_of_a_newer_program_is_counted_and_passed_over() -> None:
    assert read_event("consent-sealed", {"seal": 3}) is None
    concern = a_concern()
    stamp = Stamp("entry-2", 2, FRIDAY_SIX, "ola")
    newer = fold("c", [*concern.history, Recorded(stamp, None)])
    assert (newer.unread, newer.destroyed, newer.version) == (1, 0, 2)
    gone = fold("c", [*concern.history, Recorded(stamp, None, "concern-noted")])
    assert (gone.unread, gone.destroyed) == (0, 1)
    assert gone.children == concern.children


def test_a_body_that_is_not_of_its_kind_is_not_believed() -> None:
    with pytest.raises(ValidationError):
        read_event("note-added", {"text": ""})
    with pytest.raises(ValidationError):
        read_event("note-added", {"text": "seen", "mood": "calm"})


def test_what_is_unset_is_left_out_of_the_body() -> None:
    assert write_event(NoteAdded(text="Rang the school.")) == {"text": "Rang the school."}


def test_the_kinds_are_the_record_s_own_names_for_good() -> None:
    assert sorted(KINDS) == [
        "child-recorded",
        "concern-closed",
        "concern-raised",
        "concern-reopened",
        "details-corrected",
        "entry-withdrawn",
        "milestone-recorded",
        "note-added",
        "owner-changed",
        "questions-answered",
    ]


def test_the_history_is_kept_whole_and_in_order() -> None:
    concern = a_concern(AddNote(text="first"), AddNote(text="second"), Withdraw(entry="entry-2"))
    assert [item.stamp.version for item in concern.history] == [1, 2, 3, 4]
    assert concern.history[1].stamp.at == FRIDAY_SIX + timedelta(minutes=1)
    assert concern.notes == 1


@given(raised)
def test_one_event_alone_is_a_concern(event: Event) -> None:
    assert fold("c", recorded([event])).version == 1
