"""Drafts in the record, and on this machine while it is away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from duty_tui.desk.desk import Desk
from duty_tui.desk.drafts import bring_drafts, drafts_of, drop_draft, is_recorded, keep_draft, kept_draft
from duty_tui.domain.commands import AddNote
from duty_tui.errors import DutyError, Unavailable, Waits
from duty_tui.store.memory import MemoryStore
from duty_tui.store.outbox import Outbox
from duty_tui.store.rows import Draft
from tests.builders import raise_concern
from tests.desk.away import Line, away_desk
from tests.desk.conftest import NOW, Hands, make_desk

NOTE = Draft("d1", "note", "c1", "Ann Osei", "here", NOW, {"text": "x"})
LATER = NOTE._replace(updated=NOW + timedelta(minutes=1), body={"text": "x, y"})
BENS = NOTE._replace(id="d2", actor="Ben Adeyemi")


@pytest.fixture
def ours(store: MemoryStore, hands: Hands, tmp_path: Path) -> Iterator[tuple[Desk, Line]]:
    mine, line = away_desk(store, hands, tmp_path / "mine.outbox")
    outbox = mine.outbox
    assert outbox
    yield mine, line
    outbox.close()


def test_where_the_record_is_there_a_draft_is_in_it_and_nowhere_else(
    ours: tuple[Desk, Line], store: MemoryStore
) -> None:
    mine, _ = ours
    assert keep_draft(mine, NOTE)
    assert (store.draft("d1"), drafts_of(mine), kept_draft(mine, "d1")) == (NOTE, [NOTE], NOTE)
    assert mine.outbox
    assert not mine.outbox.path.exists()
    drop_draft(mine, "d1")
    assert drafts_of(mine) == []


def test_while_it_is_away_a_draft_is_kept_here_and_found_again(
    ours: tuple[Desk, Line], store: MemoryStore, hands: Hands
) -> None:
    mine, line = ours
    keep_draft(mine, NOTE)
    line.cut = True
    assert not keep_draft(mine, LATER)
    assert mine.outbox
    after, cut = away_desk(store, hands, mine.outbox.path)
    cut.cut = True
    assert drafts_of(after, "Ann Osei") == [LATER]
    cut.cut = False
    assert drafts_of(after) == [LATER]
    assert kept_draft(after, "d1") == LATER


def test_back_again_the_later_text_is_the_one_in_the_record(ours: tuple[Desk, Line], store: MemoryStore) -> None:
    mine, line = ours
    line.cut = True
    keep_draft(mine, NOTE)
    keep_draft(mine, BENS)
    line.cut = False
    assert keep_draft(mine, LATER)
    assert mine.outbox
    assert mine.outbox.drafts() == [BENS]
    mine.outbox.save_draft(NOTE)
    bring_drafts(mine)
    assert (store.draft("d1"), mine.outbox.drafts()) == (LATER, [BENS])
    mine.outbox.save_draft(LATER._replace(id="d3"))
    bring_drafts(mine)
    assert store.draft("d3") == LATER._replace(id="d3")


def test_the_text_here_is_put_in_the_place_of_an_older_one(ours: tuple[Desk, Line], store: MemoryStore) -> None:
    mine, line = ours
    keep_draft(mine, NOTE)
    line.cut = True
    keep_draft(mine, LATER)
    line.cut = False
    bring_drafts(mine)
    assert store.draft("d1") == LATER


def test_known_to_be_away_it_is_kept_here_before_the_record_is_asked(ours: tuple[Desk, Line]) -> None:
    mine, line = ours
    line.cut = True
    keep_draft(mine, NOTE)
    kept: list[Draft] = []

    def ask(_draft: Draft) -> None:
        assert mine.outbox
        kept.extend(mine.outbox.drafts())
        raise Unavailable("The server does not answer.")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(line, "save_draft", ask, raising=False)
        assert not keep_draft(mine, LATER)
    assert kept == [LATER]


def test_dropped_while_it_is_away_it_is_gone_here_and_said_not_to_be_there(ours: tuple[Desk, Line]) -> None:
    mine, line = ours
    line.cut = True
    keep_draft(mine, NOTE)
    with pytest.raises(Unavailable):
        drop_draft(mine, "d1")
    assert drafts_of(mine) == []


def test_without_an_outbox_it_is_as_it_was(ours: tuple[Desk, Line]) -> None:
    mine, line = ours
    mine.outbox = None
    assert keep_draft(mine, NOTE)
    bring_drafts(mine)
    assert drafts_of(mine) == [NOTE]
    drop_draft(mine, "d1")
    line.cut = True
    for asked in (lambda: keep_draft(mine, NOTE), lambda: drafts_of(mine)):
        with pytest.raises(Unavailable):
            asked()
    assert kept_draft(mine, "d1") is None


# An outbox that is damaged, or cannot be written


def broken(desk: Desk) -> None:
    """The file of the outbox is damaged."""
    assert desk.outbox
    desk.outbox.path.write_bytes(b"x" * 8192)


def test_a_broken_outbox_keeps_nobody_from_working(ours: tuple[Desk, Line], store: MemoryStore) -> None:
    mine, line = ours
    broken(mine)
    assert keep_draft(mine, NOTE)
    assert (drafts_of(mine), kept_draft(mine, "d1")) == ([NOTE], NOTE)
    assert drop_draft(mine, "d1")
    assert store.drafts() == []
    line.cut = True
    assert drafts_of(mine) == []
    with pytest.raises(DutyError):
        keep_draft(mine, NOTE)
    with pytest.raises(Unavailable):
        drop_draft(mine, "d1")


def full(*_: object) -> None:
    raise Unavailable("The disk is full.")


def test_an_outbox_that_cannot_be_written_leaves_the_later_text_in_the_record(
    ours: tuple[Desk, Line], store: MemoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, line = ours
    line.cut = True
    keep_draft(mine, NOTE)
    line.cut = False
    monkeypatch.setattr(Outbox, "drop_draft", full)
    assert keep_draft(mine, LATER)
    monkeypatch.setattr(Outbox, "save_draft", full)
    assert keep_draft(mine, LATER)
    assert (drafts_of(mine), store.drafts()) == ([LATER], [LATER])


# What is recorded is no draft


def test_a_copy_kept_here_goes_with_its_entry(ours: tuple[Desk, Line], store: MemoryStore) -> None:
    mine, line = ours
    make_desk(store, Hands(), "Ben Adeyemi").do("c1", raise_concern())
    line.cut = True
    keep_draft(mine, NOTE)
    line.cut = False
    mine.do("c1", AddNote(text="x"), draft="d1")
    assert drafts_of(mine) == []


def test_whether_an_entry_is_recorded_or_waits(ours: tuple[Desk, Line], store: MemoryStore, hands: Hands) -> None:
    mine, line = ours
    make_desk(store, hands, "Ben Adeyemi").do("c1", raise_concern())
    mark = mine.do("c1", AddNote(text="x")).entries[0]
    assert (is_recorded(mine, mark), is_recorded(mine, "m2")) == (True, False)
    line.cut = True
    with pytest.raises(Waits):
        mine.do("c1", AddNote(text="y"), mark="m2")
    assert (is_recorded(mine, "m2"), is_recorded(mine, mark)) == (True, False)
    mine.outbox = None
    with pytest.raises(Unavailable):
        is_recorded(mine, mark)
