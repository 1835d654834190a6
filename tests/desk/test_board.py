"""The queue in memory: the true order whatever happens, at the cost of what happened."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from duty_tui.desk.board import Board
from duty_tui.desk.pending import Pending, Unsent
from duty_tui.rules.row_order import row_key
from duty_tui.store.rows import ConcernRow
from duty_tui.views.queue import Band, QueueCounts

AT = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
NOW = int(AT.timestamp())
BANDS = [Band("same day", "▲", "△"), Band("one day", "■", "□"), Band("later", "●", "○"), Band("no number", "·", "·")]


def a_row(number: int, *, due: int | None = None, rank: int = 1, **known: object) -> ConcernRow:
    """A row due so many seconds from now."""
    plain = {
        "id": f"c{number}", "version": 1, "status": "open", "rank": rank, "due": None if due is None else NOW + due,
        "received": NOW - number, "certain": True, "provisional": False, "deadline": "Discussion", "next_step": "Hold",
        "owner": None, "family": f"Family {number}", "family_key": f"family {number}", "children": 1, "youngest": None,
        "eldest": None, "concern": "A bruise", "source": "School", "stage": "NEW", "search": f"family {number} bruise",
        "restricted": False, "number": number,
    }  # fmt: skip
    return ConcernRow(**{**plain, **known})  # type: ignore[arg-type]


def filled(*rows: ConcernRow) -> Board:
    board = Board(BANDS)
    board.fill(rows, AT)
    return board


def order(board: Board, at: datetime = AT) -> list[str]:
    return [row.reference for row in board.view(at).rows]


def test_overdue_comes_first_then_the_band_then_the_due() -> None:
    board = filled(a_row(1, due=60, rank=2), a_row(2, due=7200), a_row(3, due=-60, rank=3), a_row(4, due=3600))
    assert order(board) == ["C3", "C4", "C2", "C1"]


def test_a_new_concern_takes_its_place() -> None:
    board = filled(a_row(1, due=60), a_row(2, due=180))
    board.put(a_row(3, due=120))
    assert order(board) == ["C1", "C3", "C2"]


def test_a_changed_concern_moves_and_stands_once() -> None:
    board = filled(a_row(1, due=60), a_row(2, due=120))
    board.put(a_row(1, due=180))
    assert order(board) == ["C2", "C1"]
    assert len(board) == 2


def test_a_closed_concern_leaves_and_dropping_it_again_does_nothing() -> None:
    board = filled(a_row(1, due=60), a_row(2, due=120))
    board.put(a_row(1, due=60, status="closed"))
    board.drop("c1")
    assert order(board) == ["C2"]
    assert board.row("c1") is None
    found = board.row("c2")
    assert found is not None
    assert found.number == 2


def test_time_passing_puts_what_became_overdue_first() -> None:
    board = filled(a_row(1, due=3600), a_row(2, due=60, rank=3))
    assert order(board) == ["C1", "C2"]
    assert not board.move_on(AT + timedelta(seconds=59))
    assert board.move_on(AT + timedelta(seconds=60))
    assert order(board) == ["C2", "C1"]


def test_a_concern_put_in_later_is_overdue_when_its_time_comes() -> None:
    board = filled(a_row(1, due=None))
    board.put(a_row(2, due=30, rank=3))
    board.put(a_row(3, due=90, rank=3))
    board.put(a_row(4, due=None, rank=4))
    assert board.move_on(AT + timedelta(seconds=30))
    board.put(a_row(5, due=20, rank=3))
    assert order(board) == ["C5", "C2", "C1", "C3", "C4"]


def test_the_counts_are_of_the_whole_board_whatever_is_shown() -> None:
    board = filled(a_row(1, due=-60), a_row(2, due=60, owner="Ann"), a_row(3, due=7200), a_row(4))
    counts = board.view(AT, lambda row: row.number == 4).counts
    assert counts == QueueCounts(4, 1, 1, 3)


def test_words_find_rows_without_case_or_accents_in_any_order() -> None:
    board = filled(
        a_row(1, search="ni bhriain zoe school"), a_row(2, search="okafor school"), a_row(12, search="petrov")
    )
    assert [row.reference for row in board.view(AT, words="SCHOOL Zoë").rows] == ["C1"]
    assert [row.reference for row in board.view(AT, words="c12").rows] == ["C12"]
    assert board.view(AT, words="nobody").rows == []


def waits(*concerns: str, rows: Sequence[ConcernRow] = ()) -> Pending:
    lines = [Unsent(at, f"e{at}", one, "", AT, ["x"], "", False, False) for at, one in enumerate(concerns, 1)]
    return Pending(lines, rows)


def test_what_waits_is_marked_and_a_concern_not_recorded_yet_stands_in_its_place_until_it_is() -> None:
    board = filled(a_row(1, due=60), a_row(2, due=180, restricted=True))
    new = a_row(0, due=120)
    board.show_unsent((), waits("c2", "c0", rows=[new]))
    assert [(row.reference, row.mark, row.stage, row.unsent) for row in board.view(AT).rows] == [
        ("C1", "", "NEW", False),
        ("new", "!", "UNSENT", True),
        ("C2", "!", "NEW", False),
    ]
    assert board.view(AT).rows[1].concern == "NOT RECORDED A bruise"
    board.show_unsent(["c0"], waits("c2", "c0", rows=[new]))
    assert order(board) == ["C1", "new", "C2"]
    board.put(new._replace(number=3))
    board.show_unsent(["c0"], waits("c0", rows=[new]))
    assert order(board) == ["C1", "C3", "C2"], "recorded meanwhile: that row stays"
    board.show_unsent(["c0"], waits())
    assert [row.mark for row in board.view(AT).rows] == ["", "", "R"]


def test_a_concern_taken_back_leaves() -> None:
    board = filled(a_row(1))
    board.show_unsent((), waits("c0", rows=[a_row(0)]))
    board.show_unsent(["c0", "gone"], waits())
    assert order(board) == ["C1"]


@given(
    st.lists(st.tuples(st.integers(0, 30), st.none() | st.integers(-500, 500), st.integers(1, 4)), max_size=60),
    st.lists(st.integers(0, 400), max_size=4),
)
def test_whatever_happens_the_order_is_that_of_sorting_anew(
    changes: list[tuple[int, int | None, int]], steps: list[int]
) -> None:
    board, rows, now = filled(), dict[str, ConcernRow](), AT
    for number, due, rank in changes:
        row = a_row(number, due=due, rank=rank, status="closed" if number % 7 == 3 else "open")
        board.put(row)
        rows.pop(row.id, None)
        if row.status == "open":
            rows[row.id] = row
    for step in steps:
        now += timedelta(seconds=step)
        board.move_on(now)
    seconds = int(now.timestamp())
    expected = sorted(rows.values(), key=lambda row: row_key(row, seconds))
    assert [row.stored for row in board.view(now).rows] == expected
