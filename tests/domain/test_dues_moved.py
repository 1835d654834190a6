"""What was moved, as it is recorded."""

from __future__ import annotations

from datetime import UTC, datetime

from duty_tui.domain.dues_moved import MOST, DuesMoved, Move, Standing, told
from duty_tui.domain.service import KINDS, Service, fold_service
from duty_tui.domain.streams import DUES_MOVED

DUE = datetime(2026, 11, 24, tzinfo=UTC)


def test_a_long_list_is_told_in_several_entries_and_none_without_moves() -> None:
    moves = [Move(concern=f"c{number}", number=number) for number in range(2 * MOST + 1)]
    entries = list(told("bank holidays", iter(moves)))
    assert [len(entry.moves) for entry in entries] == [MOST, MOST, 1]
    assert [move for entry in entries for move in entry.moves] == moves
    assert list(told("bank holidays", [])) == []


def test_what_is_recorded_reads_back_the_same_and_holds_only_what_is_known() -> None:
    entry = DuesMoved(why="closure", moves=(Move(concern="c1", number=1, after=Standing(label="Discussion", due=DUE)),))
    after = {"label": "Discussion", "due": "2026-11-24T00:00:00Z"}
    assert entry.body() == {"why": "closure", "moves": [{"concern": "c1", "number": 1, "after": after}]}
    assert DuesMoved.model_validate(entry.body()) == entry


def test_it_decides_nothing() -> None:
    assert DuesMoved(why="program", moves=()).apply(Service()) == Service()
    assert DuesMoved.kind == DUES_MOVED
    assert DUES_MOVED not in KINDS
    assert fold_service([(DUES_MOVED, {})]) == Service(version=1)
