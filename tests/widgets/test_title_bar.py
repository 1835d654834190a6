"""The first line: what goes when there is no room, and what never does."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from duty_tui.views.queue import QueueCounts
from duty_tui.widgets.title_bar import Bar, _line

NOW = datetime(2026, 10, 12, 13, 32, tzinfo=UTC)
BUSY = QueueCounts(12_000, 4, 6, 11)


def drawn(cells: int, title: str = "ALL", *, practice: bool = True, counts: QueueCounts | None = BUSY) -> str:
    return _line(Bar(NOW, title, practice, counts), cells).plain


def test_with_room_everything_is_said() -> None:
    said = drawn(120)
    assert said.startswith(" DUTY  PRACTICE  Mon 12 Oct 14:32  ALL  12,000 open ")
    assert said.endswith(" OVERDUE 4   < 1h 6   UNOWNED 11  ")


@pytest.mark.parametrize("cells", [72, 80, 96, 120, 200])
@pytest.mark.parametrize("title", ["ALL", "DUE TODAY by family", "x" * 200])
def test_practice_time_and_chips_never_go(cells: int, title: str) -> None:
    said = drawn(cells, title)
    assert len(said) == cells
    for words in ("PRACTICE", "14:32", "OVERDUE 4", "< 1h 6", "UNOWNED 11"):
        assert words in said


def test_the_date_goes_first_then_the_number_then_the_title_is_cut() -> None:
    assert "Mon 14:32" in drawn(80)
    assert "open" not in drawn(72)
    assert "DUE TO" in drawn(76, "DUE TODAY by family")


def test_what_is_not_recorded_comes_first_and_the_least_urgent_make_room_for_it() -> None:
    bar = Bar(NOW, "ALL", practice=True, counts=BUSY, unsent=12)
    assert "NOT RECORDED 12   OVERDUE 4   < 1h 6   UNOWNED 11" in _line(bar, 96).plain
    narrow = _line(bar, 72).plain
    assert len(narrow) == 72
    assert "NOT RECORDED 12   OVERDUE 4" in narrow
    assert "UNOWNED" not in narrow
    assert "NOT RECORDED" not in drawn(120)


def test_what_is_none_is_not_said() -> None:
    assert "OVERDUE" not in drawn(80, counts=QueueCounts(3, 0, 0, 0))
    assert drawn(40, practice=False, counts=None).strip() == "DUTY  Mon 12 Oct 14:32  ALL"


def test_a_title_is_never_markup() -> None:
    assert "[/] [b]" in drawn(80, "[/] [b]")
