from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duty_tui.cli.workday import _calendar
from tests.cli.conftest import Run


@pytest.mark.parametrize(
    ("arguments", "day"),
    [
        (("2026-12-24", "3"), "2026-12-31"),
        (("2026-12-31", "-3"), "2026-12-24"),
        (("2026-11-20", "1"), "2026-11-23"),
        (("2026-11-21", "1"), "2026-11-23"),
        (("2026-11-22", "-1"), "2026-11-20"),
        (("2026-11-21", "0"), "2026-11-23"),
        (("2026-11-20", "0"), "2026-11-20"),
        (("2026-12-24", "3", "--holidays", "none"), "2026-12-29"),
        (("2026-11-20", "1", "--closure", "2026-11-23", "--closure", "2026-11-24"), "2026-11-25"),
        (("--closure", "2026-11-20", "2026-11-23", "-1"), "2026-11-19"),
    ],
)
def test_so_many_working_days_on_or_back(run: Run, arguments: tuple[str, ...], day: str) -> None:
    ended = run("workday", *arguments)
    assert (ended.status, ended.out, ended.err) == (0, f"{day}\n", "")


def test_lines_come_from_standard_input(run: Run) -> None:
    ended = run("workday", "-", text="2026-12-24 3\n\n  2026-12-31   -3\r\n")
    assert (ended.status, ended.lines) == (0, ["2026-12-31", "2026-12-24"])
    assert run("workday", "-", text="").out == ""


@pytest.mark.parametrize(
    ("line", "status", "said"),
    [
        ("2026-12-24", 2, "Line 2: A line holds a day and a number"),
        ("2026-12-24 1 2", 2, "Line 2: A line holds"),
        ("tomorrow 3", 2, "Line 2: tomorrow is not a day"),
        ("2026-02-30 3", 2, "Line 2: 2026-02-30 is not a day"),
        ("2026-12-24 three", 2, "Line 2: three is not a whole number"),
        ("2059-12-24 9000", 1, "Line 2: Working days are known"),
    ],
)
def test_a_wrong_line_is_named_and_nothing_is_printed(run: Run, line: str, status: int, said: str) -> None:
    ended = run("workday", "-", text=f"2026-12-24 3\n{line}\n")
    assert (ended.status, ended.out) == (status, "")
    assert said in ended.err


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("2026-12-24",), 2),
        (("24/12/2026", "3"), 2),
        (("2026-12-24", "x"), 2),
        (("2026-12-24", "1.5"), 2),
        (("2026-12-24", "3", "4"), 2),
        (("-", "3"), 2),
        (("2026-12-24", "3", "--holidays", "scotland"), 2),
        (("2026-12-24", "3", "--closure", "xmas"), 2),
        (("2026-12-24", "99999"), 1),
        (("1066-10-14", "1"), 1),
        ((), 2),
    ],
)
def test_what_cannot_be_counted_is_refused(run: Run, arguments: tuple[str, ...], status: int) -> None:
    ended = run("workday", *arguments)
    assert (ended.status, ended.out) == (status, "")
    assert ended.err


days = st.dates(date(1995, 1, 1), date(2055, 1, 1))


@given(days, st.integers(1, 200))
def test_on_and_back_again_ends_where_it_began(start: date, n: int) -> None:
    calendar = _calendar((), "none")
    end = calendar.add(start, n)
    assert end > start
    assert calendar.add(end, -n) == (start if start.weekday() < 5 else calendar.add(start, -1))
    assert end - start <= timedelta(days=2 * n + 3)
