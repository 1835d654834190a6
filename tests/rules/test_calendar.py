"""Counting working days: against a slow loop, over every kind of closed day, backward, at the edges."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duty_tui.errors import DutyError
from duty_tui.rules.calendar import BeyondCalendar, WorkingCalendar, build_calendars
from duty_tui.rules.deadline import Skipped
from tests.rules.house import bank_holidays, england, published, vocabulary

days = st.dates(date(1991, 1, 1), date(2059, 12, 31))
weeks = st.sets(st.integers(1, 7), min_size=1)
DAY = timedelta(days=1)


def slowly(calendar: WorkingCalendar, start: date, n: int) -> date:
    """The same by walking from day to day."""
    step = DAY if n > 0 else -DAY
    day = start
    for _ in range(abs(n)):
        day += step
        while not calendar.is_working(day):
            day += step
    return day


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        ("2026-11-20", 1, "2026-11-23"),  # Friday
        ("2026-11-21", 1, "2026-11-23"),  # Saturday
        ("2026-11-22", 1, "2026-11-23"),  # Sunday
        ("2026-11-20", 2, "2026-11-24"),
        ("2026-12-24", 3, "2026-12-31"),  # over Christmas, its substitute and a weekend
        ("2026-12-25", 1, "2026-12-29"),
        ("2027-03-25", 1, "2027-03-30"),  # over Easter
        ("2026-12-31", 1, "2027-01-04"),
        ("2026-11-23", -1, "2026-11-20"),
        ("2026-11-22", -1, "2026-11-20"),
        ("2026-11-21", -1, "2026-11-20"),
        ("2026-12-29", -1, "2026-12-24"),
        ("2026-11-20", 0, "2026-11-20"),
        ("2026-11-21", 0, "2026-11-23"),
        ("2026-12-25", 0, "2026-12-29"),
    ],
)
def test_counting(start: str, n: int, end: str) -> None:
    assert england().add(date.fromisoformat(start), n) == date.fromisoformat(end)


@given(days, st.integers(1, 60))
def test_forward_as_by_walking(start: date, n: int) -> None:
    assert england().add(start, n) == slowly(england(), start, n)


@given(days, st.integers(-60, -1))
def test_backward_as_by_walking(start: date, n: int) -> None:
    assert england().add(start, n) == slowly(england(), start, n)


@given(weeks, st.sets(st.dates(date(2026, 1, 1), date(2026, 3, 31)), max_size=30), st.integers(-20, 20))
def test_any_week_and_any_closures(weekdays: set[int], closed: set[date], n: int) -> None:
    calendar = WorkingCalendar(weekdays, {}, dict.fromkeys(closed, "away"), None)
    start = date(2026, 2, 11)
    if n:
        assert calendar.add(start, n) == slowly(calendar, start, n)
    else:
        assert calendar.add(start, 0) == (start if calendar.is_working(start) else slowly(calendar, start, 1))


@given(days, st.integers(1, 40))
def test_there_and_back_from_a_working_day(start: date, n: int) -> None:
    working = england().add(start, 0)
    assert england().add(england().add(working, n), -n) == working


@given(days, days, st.integers(1, 40))
def test_a_later_start_is_never_due_earlier(one: date, other: date, n: int) -> None:
    first, second = sorted((one, other))
    assert england().add(first, n) <= england().add(second, n)


@given(days, st.integers(-30, 30).filter(bool))
def test_the_days_skipped_and_the_days_counted_are_all_the_days(start: date, n: int) -> None:
    end = england().add(start, n)
    skipped = england().skipped(start, end)
    assert len(skipped) + abs(n) == abs((end - start).days)
    assert all(not england().is_working(day) and why for day, why in skipped)
    assert skipped == sorted(skipped, reverse=n < 0)


def test_why_each_day_was_skipped() -> None:
    calendar = WorkingCalendar(range(1, 6), bank_holidays(), {date(2026, 12, 29): "staff day"}, None)
    assert calendar.skipped(date(2026, 12, 24), calendar.add(date(2026, 12, 24), 1)) == [
        Skipped(date(2026, 12, 25), "Christmas Day"),
        Skipped(date(2026, 12, 26), "Saturday"),
        Skipped(date(2026, 12, 27), "Sunday"),
        Skipped(date(2026, 12, 28), "Boxing Day (substitute day)"),
        Skipped(date(2026, 12, 29), "closure: staff day"),
    ]


def test_nothing_is_skipped_on_the_same_day() -> None:
    assert england().skipped(date(2026, 11, 21), date(2026, 11, 21)) == []


@pytest.mark.parametrize(("start", "n"), [("1989-12-31", 1), ("2060-12-31", 1), ("2061-06-01", 1), ("1990-01-03", -2)])
def test_a_count_that_leaves_the_known_years_is_refused_in_words(start: str, n: int) -> None:
    with pytest.raises(BeyondCalendar, match="1990 to 2060") as refused:
        england().add(date.fromisoformat(start), n)
    assert isinstance(refused.value, DutyError)
    assert refused.value.do == "Check the year of the date."


@pytest.mark.parametrize("start", ["1989-12-29", "2061-01-03"])
def test_nor_is_a_day_outside_them_the_next_working_day(start: str) -> None:
    with pytest.raises(BeyondCalendar):
        england().add(date.fromisoformat(start), 0)


def test_the_first_and_the_last_days_that_are_known() -> None:
    assert england().add(date(1990, 1, 1), 1) == date(1990, 1, 2)
    assert england().add(date(1990, 1, 2), 0) == date(1990, 1, 2)
    assert england().add(date(2060, 12, 30), 1) == date(2060, 12, 31)


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [("1921-06-03", 2, "1921-06-07"), ("2199-12-27", -2, "2199-12-25"), ("2026-11-20", 1, "2026-11-23")],
)
def test_no_deadline_is_lost_to_a_wrong_year(start: str, n: int, end: str) -> None:
    assert england().reach(date.fromisoformat(start), n) == date.fromisoformat(end)


def test_provisional_is_what_lies_beyond_the_published_holidays() -> None:
    until = published().published_until
    assert not england().provisional(until)
    assert england().provisional(until + DAY)
    assert england().provisional(date(1989, 12, 31))
    assert not WorkingCalendar(range(1, 8), {}, {}, None).provisional(date(2199, 1, 1))


def test_a_calendar_for_every_name_of_the_vocabulary() -> None:
    closed = date(2026, 11, 23)
    made = build_calendars(vocabulary().calendar, bank_holidays(), {closed: "away"}, date(2028, 12, 31))
    assert set(made) == set(vocabulary().calendar)
    assert made["england"].why_not(closed) == "closure: away"
    assert made["every_day"].is_working(closed)
    assert made["every_day"].is_working(date(2026, 12, 25))
    assert made["every_day"].published_until is None
