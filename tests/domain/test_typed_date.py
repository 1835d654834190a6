"""Days are read day first, read back in full, and never invented."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duty_tui.domain.times import day_words
from duty_tui.domain.typed_date import NotADay, find_day, read_date, tidy

TODAY = date(2026, 11, 20)
THIRD = date(2019, 4, 3)


@pytest.mark.parametrize(
    "text",
    [
        "3/4/2019", "03/04/2019", "3-4-2019", "3.4.2019", "3/4/19", "2019-04-03", "3 apr 2019", "3 Apr 19",
        "3rd April 2019", "3-apr-2019", "3apr2019", "April 3, 2019", "apr 3rd 2019", " 3 \t APR  2019 ",
        "\u202e3/4/2019\u200b",
    ],
)  # fmt: skip
def test_the_same_day_however_it_is_written(text: str) -> None:
    reading = read_date(text, today=TODAY)
    assert (reading.day, reading.text, reading.problem) == (THIRD, "Wed 3 Apr 2019", None)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "Nothing is written"),
        ("about 4y", "an age, not a date"),
        ("4", "an age, not a date"),
        ("aged 4", "an age, not a date"),
        ("c. 7 years old", "an age, not a date"),
        ("6 weeks", "an age, not a date"),
        ("3/4", "The year is missing"),
        ("3 apr", "The year is missing"),
        ("april 3", "The year is missing"),
        ("31/2/2019", "There is no 31 February 2019"),
        ("29/2/2019", "There is no 29 February 2019"),
        ("0/4/2019", "There is no 0 April 2019"),
        ("4/13/2019", "no month 13. The day comes first"),
        ("4/0/2019", "no month 0"),
        ("3 foo 2019", "cannot be read as a date"),
        ("yesterday", "cannot be read as a date"),
        ("3/4-2019", "cannot be read as a date"),
        ("٣/٤/٢٠١٩", "cannot be read as a date"),
        ("1/1/1880", "The year 1880 cannot be right"),
        ("1/1/1905", "more than 120 years ago"),
        ("21/11/2026", "is still to come"),
    ],
)
def test_what_is_no_day_of_birth_is_told_in_words(text: str, problem: str) -> None:
    reading = read_date(text, today=TODAY)
    assert reading.day is None
    assert reading.problem is not None
    assert problem in reading.problem


def test_today_is_a_day_of_birth_and_a_due_day_may_be_ahead() -> None:
    assert read_date("20/11/2026", today=TODAY).day == TODAY
    assert read_date("3/4/27", today=TODAY, future=True).day == date(2027, 4, 3)
    assert read_date("3/4/27", today=TODAY).day == date(1927, 4, 3)
    assert read_date("3 sept 2020", today=TODAY).day == date(2020, 9, 3)


def test_without_a_year_the_nearest_is_meant_where_none_is_needed() -> None:
    assert find_day("20/12", today=date(2027, 1, 2), ahead=True) == date(2026, 12, 20)
    assert find_day("5 jan", today=date(2026, 12, 20), ahead=True) == date(2027, 1, 5)
    assert find_day("29/2", today=date(2027, 1, 5), ahead=True) == date(2028, 2, 29)
    with pytest.raises(NotADay, match="29 February about now"):
        find_day("29/2", today=date(2026, 1, 5), ahead=True)
    assert find_day("soon", today=TODAY, ahead=True) is None


@given(st.dates(date(1910, 1, 1), TODAY), st.sampled_from(["%d/%m/%Y", "%Y-%m-%d", "%d %b %Y", "%d %B %Y", "%B %d %Y"]))
def test_every_day_reads_as_itself_in_every_form(day: date, form: str) -> None:
    reading = read_date(day.strftime(form), today=TODAY)
    assert reading.day == day
    assert reading.text == day_words(day)
    assert read_date(" ".join(reading.text.split()[1:]), today=TODAY).day == day


@given(st.dates(TODAY - timedelta(days=180), TODAY + timedelta(days=180)))
def test_a_day_within_half_a_year_needs_no_year(day: date) -> None:
    assert find_day(day.strftime("%d/%m"), today=TODAY, ahead=True) == day


@given(st.text() | st.text("0123456789/-. aprmy"))
def test_whatever_is_typed_is_read_or_refused(text: str) -> None:
    reading = read_date(text, today=TODAY)
    assert (reading.day is None) == (reading.problem is not None)


@given(st.text())
def test_tidying_twice_changes_nothing(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)
