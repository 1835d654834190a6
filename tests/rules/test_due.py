"""From a start to a due: elapsed hours in UTC, days of London, months clipped, and the day a miss belongs to."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duty_tui.domain.times import end_of_day, london, london_date
from duty_tui.rules.due import add_months, compile_limit, day_zero
from duty_tui.rules.limits import KINDS, Limit
from tests.rules.house import england, t, vocabulary

starts = st.integers(946684800, 2524608000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))


def due(start: datetime, *, backward: bool = False, missed: bool = False, **limit: Any) -> datetime | None:
    compiled = compile_limit(Limit.model_validate(limit), england(), vocabulary().time_of_day, backward=backward)
    return compiled(start, missed).at


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-11-20T18:00", "2026-11-21T18:00"),
        ("2026-11-20T23:59", "2026-11-21T23:59"),
        ("2027-03-27T12:00", "2027-03-28T13:00"),  # an hour is lost: 24 hours pass all the same
        ("2026-10-24T12:00", "2026-10-25T11:00"),  # an hour is lived twice
    ],
)
def test_24_hours_are_24_hours(start: str, end: str) -> None:
    assert due(t(start), hours=24) == t(end)


@given(starts, st.integers(1, 500))
def test_hours_are_elapsed_time(start: datetime, hours: int) -> None:
    assert due(start, hours=hours) == start + timedelta(hours=hours)
    assert due(start, hours=hours, backward=True) == start - timedelta(hours=hours)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-11-20T23:30", "2026-11-21T00:00"),
        ("2026-11-22T00:00", "2026-11-23T00:00"),  # a Sunday is a day
        ("2026-12-25T09:00", "2026-12-26T00:00"),
        ("2027-03-28T00:30", "2027-03-29T00:00"),  # a day of 23 hours
        ("2026-06-30T23:30", "2026-07-01T00:00"),  # London's day, not UTC's
        ("2026-06-30T00:30", "2026-07-01T00:00"),
    ],
)
def test_the_same_day_ends_at_londons_midnight(start: str, end: str) -> None:
    assert due(t(start), same_day=True) == t(end)


@given(starts)
def test_the_same_day_has_not_ended_when_it_starts(start: datetime) -> None:
    end = due(start, same_day=True)
    assert end is not None
    assert start < end <= start + timedelta(hours=25)
    assert london(end).time() == time()


@given(starts, st.integers(1, 30))
def test_working_days_end_with_a_working_day(start: datetime, n: int) -> None:
    end = due(start, working_days=n)
    assert end is not None
    assert london(end).time() == time()
    last = london_date(end) - timedelta(days=1)
    assert england().is_working(last)
    assert last == england().add(london_date(start), n)


@given(starts, st.integers(1, 30))
def test_calendar_days_and_weeks_are_days_of_london(start: datetime, n: int) -> None:
    first = london_date(start)
    assert due(start, calendar_days=n) == end_of_day(first + timedelta(days=n))
    assert due(start, weeks=n) == end_of_day(first + timedelta(days=7 * n))
    assert due(start, calendar_days=n, backward=True) == end_of_day(first - timedelta(days=n))


@pytest.mark.parametrize(
    ("day", "months", "end"),
    [
        ("2026-11-30", 3, "2027-02-28"),
        ("2027-11-30", 3, "2028-02-29"),
        ("2026-12-31", 1, "2027-01-31"),
        ("2027-01-31", 1, "2027-02-28"),
        ("2026-10-15", 3, "2027-01-15"),
        ("2027-03-31", -1, "2027-02-28"),
        ("2027-01-15", -1, "2026-12-15"),
        ("2027-01-15", -13, "2025-12-15"),
    ],
)
def test_months_are_clipped(day: str, months: int, end: str) -> None:
    assert add_months(date.fromisoformat(day), months) == date.fromisoformat(end)


@given(st.dates(date(1990, 1, 1), date(2060, 1, 1)), st.integers(-24, 24))
def test_a_month_on_is_in_the_month_it_says_and_no_later_than_the_day(day: date, months: int) -> None:
    end = add_months(day, months)
    assert (end.year * 12 + end.month) - (day.year * 12 + day.month) == months
    assert end.day <= day.day
    assert end.day == day.day or (end + timedelta(days=1)).day == 1


@given(starts, st.integers(1, 12))
def test_months_run_to_the_end_of_the_day(start: datetime, months: int) -> None:
    assert due(start, months=months) == end_of_day(add_months(london_date(start), months))


def test_by_a_time_of_the_day_winter_and_summer() -> None:
    assert due(t("2026-11-20T10:00"), working_days=1, by="end_of_school_day") == datetime(
        2026, 11, 23, 15, 30, tzinfo=UTC
    )
    assert due(t("2026-06-19T10:00"), working_days=1, by="end_of_school_day") == datetime(
        2026, 6, 22, 14, 30, tzinfo=UTC
    )
    assert due(t("2026-06-19T10:00"), same_day=True, by="noon") == datetime(2026, 6, 19, 11, tzinfo=UTC)


def test_no_number_no_due() -> None:
    assert due(t("2026-11-20T10:00"), promptly="promptly") is None
    assert due(t("2026-11-20T10:00"), date_in_record="interview_plan_due") is None


def test_a_miss_at_the_end_of_a_day_belongs_to_that_day() -> None:
    missed = t("2026-11-24T00:00")
    assert day_zero(missed, missed=True) == date(2026, 11, 23)
    assert day_zero(missed, missed=False) == date(2026, 11, 24)
    assert due(missed, working_days=1, missed=True) == t("2026-11-25T00:00")
    assert due(missed, calendar_days=1, missed=True) == t("2026-11-25T00:00")
    assert due(missed, hours=2, missed=True) == t("2026-11-24T02:00")
    assert due(missed, same_day=True, missed=True) == t("2026-11-25T00:00")
    assert due(t("2026-11-24T12:00"), working_days=1, missed=True) == t("2026-11-26T00:00")


@pytest.mark.parametrize(("start", "provisional"), [("2028-12-28T10:00", False), ("2028-12-29T10:00", True)])
def test_what_is_counted_beyond_the_published_holidays_is_provisional(start: str, provisional: bool) -> None:
    compiled = compile_limit(Limit(working_days=1), england(), vocabulary().time_of_day)
    assert compiled(t(start), False).provisional is provisional
    assert compiled(t(start), False) is compiled(t(start), False)


def test_a_limit_has_one_kind_and_a_number_where_it_has_one() -> None:
    limits = [Limit(same_day=True), Limit(hours=1), Limit(working_days=2), Limit(calendar_days=3), Limit(weeks=4)]
    limits += [Limit(months=5), Limit(promptly="soon"), Limit(date_in_record="x")]
    assert tuple(limit.kind for limit in limits) == KINDS
    assert [limit.number for limit in limits] == [None, 1, 2, 3, 4, 5, None, None]
