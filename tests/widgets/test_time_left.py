"""The words of the due column, on both sides of every boundary."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duty_tui.widgets.queue_line import due_text
from duty_tui.widgets.time_left import CELLS, time_left

NOW = 1_795_000_000
MINUTE, HOUR, DAY = 60, 3600, 86400
#: Any second of years, and as often one of the days around now, where the words are longest.
instants = st.integers(NOW - 5000 * DAY, NOW + 5000 * DAY) | st.integers(NOW - 12 * DAY, NOW + 12 * DAY)


def test_of_what_may_not_be_seen_no_time_is_told() -> None:
    assert time_left(None, NOW, 0) == ("", "open")


@pytest.mark.parametrize(
    ("left", "text", "band"),
    [
        (-42 * MINUTE - 5, "LATE 42m", "late"),
        (-1, "LATE 0m", "late"),
        (0, "LATE 0m", "late"),
        (1, "0:01", "now"),
        (6 * MINUTE + 52, "6:52", "now"),
        (599, "9:59", "now"),
        (600, "10m", "soon"),
        (38 * MINUTE + 59, "38m", "soon"),
        (HOUR - 1, "59m", "soon"),
        (HOUR, "1h 0m", "later"),
        (2 * HOUR + 43 * MINUTE, "2h 43m", "later"),
        (DAY - 1, "23h 59m", "later"),
        (DAY, "1d 0h", "later"),
        (3 * DAY + 4 * HOUR, "3d 4h", "later"),
        (10 * DAY - 1, "9d 23h", "later"),
        (10 * DAY, "10d", "later"),
        (-HOUR, "LATE 1h 0m", "late"),
        (-10 * HOUR + 1, "LATE 9h 59m", "late"),
        (-10 * HOUR, "LATE 10h", "late"),
        (-11 * HOUR - 11 * MINUTE, "LATE 11h", "late"),
        (-DAY + 1, "LATE 23h", "late"),
        (-DAY - 11 * HOUR, "LATE 1d 11h", "late"),
        (-9 * DAY - 23 * HOUR, "LATE 9d 23h", "late"),
        (-99 * DAY, "LATE 99d", "late"),
        (-100 * DAY, "LATE 3mo", "late"),
        (-364 * DAY, "LATE 12mo", "late"),
        (-800 * DAY, "LATE 2y", "late"),
    ],
)
def test_by_example(left: int, text: str, band: str) -> None:
    assert time_left(NOW + left, NOW, NOW) == (text, band)


@pytest.mark.parametrize(
    ("age", "text"),
    [(-5, "open 0m"), (42 * MINUTE, "open 42m"), (5 * HOUR, "open 5h"), (3 * DAY + 9 * HOUR, "open 3d")],
)
def test_where_nothing_is_due_the_age_is_shown(age: int, text: str) -> None:
    assert time_left(None, NOW, NOW - age) == (text, "open")


@given(st.none() | instants, instants)
def test_it_fits_and_says_late_exactly_when_it_is(due: int | None, received: int) -> None:
    text, band = time_left(due, NOW, received)
    assert len(text) <= CELLS
    assert text.startswith("LATE") == (band == "late") == (due is not None and due <= NOW)
    assert (band == "open") == (due is None)


@given(instants, st.booleans())
def test_the_column_stands_whatever_is_in_it(due: int, provisional: bool) -> None:
    text, _band = time_left(due, NOW, NOW)
    assert len(due_text(text, provisional=provisional)) == CELLS


@given(st.integers(NOW + 600, NOW + 5000 * DAY))
def test_beyond_ten_minutes_it_changes_with_the_minute_only(due: int) -> None:
    whole = due - (due - NOW) % MINUTE
    if whole - NOW >= 600:
        assert time_left(due, NOW, NOW) == time_left(whole, NOW, NOW)
