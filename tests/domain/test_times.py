"""London days and UTC instants, and the words for them, through both changes of the clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duty_tui.domain.times import (
    day_words,
    due_words,
    end_of_day,
    iso_utc,
    london,
    london_date,
    moment_words,
    start_of_day,
)

days = st.dates(date(1972, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("day", "starts", "hours"),
    [
        (date(2026, 11, 20), datetime(2026, 11, 20, 0, 0, tzinfo=UTC), 24),
        (date(2026, 7, 1), datetime(2026, 6, 30, 23, 0, tzinfo=UTC), 24),
        (date(2026, 3, 29), datetime(2026, 3, 29, 0, 0, tzinfo=UTC), 23),
        (date(2026, 10, 25), datetime(2026, 10, 24, 23, 0, tzinfo=UTC), 25),
    ],
)
def test_a_london_day_begins_at_its_midnight_and_has_its_own_length(day: date, starts: datetime, hours: int) -> None:
    assert start_of_day(day) == starts
    assert end_of_day(day) - start_of_day(day) == timedelta(hours=hours)


@given(days)
def test_the_end_of_a_day_is_the_start_of_the_next(day: date) -> None:
    assert end_of_day(day) == start_of_day(day + timedelta(days=1))
    assert start_of_day(day).tzinfo is UTC


@given(days)
def test_every_instant_from_start_to_end_falls_on_the_day(day: date) -> None:
    second = timedelta(seconds=1)
    assert london_date(start_of_day(day)) == london_date(end_of_day(day) - second) == day
    assert london_date(start_of_day(day) - second) == day - timedelta(days=1)
    assert london(start_of_day(day)).hour == 0


def test_moments_are_said_in_london_and_written_in_utc() -> None:
    summer = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    assert moment_words(summer) == "Thu 2 Jul 2026 00:30"
    assert iso_utc(london(summer)) == "2026-07-01T23:30:00Z"
    assert day_words(date(2026, 11, 20)) == "Fri 20 Nov 2026"


@given(days)
def test_a_due_at_a_london_midnight_is_the_end_of_the_day_before(day: date) -> None:
    assert due_words(end_of_day(day)) == f"end of {day_words(day)}"
    assert due_words(end_of_day(day) + timedelta(minutes=5)).endswith(" 00:05")
