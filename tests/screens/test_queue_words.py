"""What the pane says, at any width, of any concern."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from duty_tui.screens.queue_rows import in_families
from duty_tui.screens.queue_words import due_words, plain_line, short_lines
from duty_tui.store.rows import ConcernRow
from duty_tui.views.queue import Band, QueueRow
from duty_tui.widgets.queue_line import GroupLine

#: A winter Friday, 14:32 in London.
NOW = datetime(2026, 11, 20, 14, 32, tzinfo=UTC)
BANDS = [Band("same day", "▲", "△"), Band("one working day", "■", "□")]
ROW = ConcernRow(
    *("c" * 32, 1, "open", 1, int(NOW.timestamp()) + 3600, int(NOW.timestamp()) - 3600, True, False),
    *("Strategy discussion", "Hold the strategy discussion", "Ann Osei", "Okafor, Amara", "okafor", 3, "2022-05-01"),
    *("2019-01-01", "Bruise on the arm", "School", "NEW", "okafor", False, 7),
)


def a_row(**changed: object) -> QueueRow:
    return QueueRow(ROW._replace(**changed), BANDS, date(2026, 11, 20))  # type: ignore[arg-type]


def said(row: QueueRow, cells: int = 200) -> list[str]:
    return [line.plain for line in short_lines(row, NOW, cells, 8)]


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (1, "15:32 today"),
        (24, "14:32 tomorrow"),
        (-24, "14:32 yesterday"),
        (72, "Mon 23 Nov 14:32"),
        (9 + 28 / 60, "the end of today"),
        (33 + 28 / 60, "the end of tomorrow"),
        (-14 - 32 / 60, "the end of yesterday"),
        (81 + 28 / 60, "the end of Mon 23 Nov"),
    ],
)
def test_a_due_as_people_say_it(hours: float, words: str) -> None:
    assert due_words(int((NOW + timedelta(hours=hours)).timestamp()), NOW) == words


def test_three_lines() -> None:
    assert said(a_row()) == [
        "NEXT  Hold the strategy discussion",
        "Okafor, Amara +2  4y  1▲ same day  due by 15:32 today · Strategy discussion",
        "C7 · Bruise on the arm · from School · owner Ann Osei",
    ]


def test_late_and_nearly_late_are_words() -> None:
    now = int(NOW.timestamp())
    assert " LATE 9m   was due by 14:23 today" in said(a_row(due=now - 540))[1]
    assert " 6:52   due by 14:38 today" in said(a_row(due=now + 412))[1]


def test_what_is_doubtful_is_said() -> None:
    assert said(a_row(certain=False))[1].endswith("Strategy discussion · unless ruled out")
    assert said(a_row(provisional=True))[1].endswith("bank holidays not yet published")
    assert said(a_row(due=None, deadline=""))[1].endswith("no clock runs")
    assert said(a_row(owner=None, concern="", source=""))[2] == "C7 · no headline · nobody owns it"


@pytest.mark.parametrize("cells", [20, 72, 78, 118])
@pytest.mark.parametrize("name", ["Okafor", "x" * 300, "李" * 50, "[/] [b]"])
def test_nothing_is_wider_than_the_pane(cells: int, name: str) -> None:
    late = a_row(family=name, due=int(NOW.timestamp()) - 86400, next_step="x" * 300, concern=name, certain=False)
    shown = short_lines(late, NOW, cells, 30)
    for line in [*shown[:-2], shown[-1]] if cells < 72 else shown:
        assert line.cell_length <= cells


@pytest.mark.parametrize("lines", [3, 8])
def test_the_next_step_is_never_cut_while_there_is_a_line_left(lines: int) -> None:
    step = "Hold the strategy discussion with the police and the school; 4 questions decide whether this time holds"
    shown = [line.plain for line in short_lines(a_row(next_step=step), NOW, 78, lines)]
    assert shown[0].startswith("NEXT  Hold")
    assert " ".join(part[6:] for part in shown[:2]) == step
    assert shown[2].startswith("Okafor, Amara +2  4y")
    assert len(shown) == min(lines, 4)


def test_when_a_line_is_short_of_room_the_due_is_told_before_the_chip() -> None:
    line = said(a_row(due=int(NOW.timestamp()) - 6 * 86400, family="Okafor, Amara-Louise Ngozi"), 78)[1]
    assert "was due by Sat 14 Nov 14:32" in line


def test_a_line_to_paste() -> None:
    assert plain_line(a_row(), NOW) == (
        "C7 · Okafor, Amara +2 4y · 1▲ same day · Strategy discussion due by 15:32 today (1h 0m) · Bruise on the arm"
        " · from School · NEW · Ann Osei"
    )
    assert "open 1h" in plain_line(a_row(due=None), NOW)


def test_a_family_stands_where_its_most_urgent_concern_stands() -> None:
    rows = [a_row(id=str(place), family=name, family_key=name) for place, name in enumerate("abacb")]
    shown = [line.title if isinstance(line, GroupLine) else line.name for line in in_families(rows)]
    assert shown[:6] == ["a · 2 concerns", "a +2", "a +2", "b · 2 concerns", "b +2", "b +2"]
    assert shown[6:] == ["One concern each, from c", "c +2"]


@pytest.mark.parametrize("lines", [3, 8])
def test_who_is_there_takes_the_last_line_whatever_gives_way(lines: int) -> None:
    step = " ".join(["Hold the discussion"] * 12)
    shown = [line.plain for line in short_lines(a_row(next_step=step), NOW, 78, lines, "DS Patel has this open")]
    assert len(shown) <= lines
    assert shown[-1].startswith("◦ DS Patel has this open · C")
    assert all(len(line) <= 78 for line in shown)
