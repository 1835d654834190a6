"""Times as they are typed, on both sides of midnight and of the hours the clocks skip and repeat."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duty_tui.domain.times import LONDON, london, moment_words
from duty_tui.domain.typed_time import Reading, read_time

NOW = datetime(2026, 11, 20, 15, 30, 12, tzinfo=UTC)  # a Friday, 15:30 in London
SUMMER = datetime(2026, 7, 1, 22, 45, tzinfo=UTC)  # 23:45 in London

FORWARD = [date(year, 3, day) for year, day in ((2024, 31), (2025, 30), (2026, 29), (2027, 28), (2028, 26))]
BACK = [date(year, 10, day) for year, day in ((2024, 27), (2025, 26), (2026, 25), (2027, 31), (2028, 29))]


def at(text: str, now: datetime = NOW) -> str:
    """The instant a text is read as, in UTC."""
    reading = read_time(text, now=now)
    assert reading.problem is None, reading.problem
    assert reading.instant is not None
    return reading.instant.strftime("%Y-%m-%d %H:%M")


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("now", "2026-11-20 15:30"),
        ("17:00", "2026-11-20 17:00"),
        ("17.00", "2026-11-20 17:00"),
        ("1700", "2026-11-20 17:00"),
        ("0905", "2026-11-20 09:05"),
        ("5pm", "2026-11-20 17:00"),
        ("5 PM", "2026-11-20 17:00"),
        ("12am", "2026-11-20 00:00"),
        ("12:30pm", "2026-11-20 12:30"),
        ("noon", "2026-11-20 12:00"),
        ("00:00", "2026-11-20 00:00"),
        ("24:00", "2026-11-21 00:00"),
        ("+2h", "2026-11-20 17:30"),
        ("+2h 15m", "2026-11-20 17:45"),
        ("in 90mins", "2026-11-20 17:00"),
        ("-30m", "2026-11-20 15:00"),
        ("30m ago", "2026-11-20 15:00"),
        ("1d 2h ago", "2026-11-19 13:30"),
        ("+1d", "2026-11-21 15:30"),
        ("+2w", "2026-12-04 15:30"),
        ("+0d", "2026-11-20 15:30"),
        ("tomorrow 10", "2026-11-21 10:00"),
        ("tomorrow at 10:15", "2026-11-21 10:15"),
        ("today, 18:00", "2026-11-20 18:00"),
        ("yesterday 9pm", "2026-11-19 21:00"),
        ("9pm yesterday", "2026-11-19 21:00"),
        ("10:00 on 23/11", "2026-11-23 10:00"),
        ("20/11 14:30", "2026-11-20 14:30"),
        ("20/11/2026 14:30", "2026-11-20 14:30"),
        ("20 nov 14:30", "2026-11-20 14:30"),
        ("20 nov 2026 9.30am", "2026-11-20 09:30"),
        ("3 apr 2027 11:00", "2027-04-03 10:00"),
        ("last fri 10:00", "2026-11-13 10:00"),
        ("next friday 10:00", "2026-11-27 10:00"),
        ("last thursday 10", "2026-11-19 10:00"),
        ("next weds 10", "2026-11-25 10:00"),
        ("next Sat 10", "2026-11-21 10:00"),
        ("2026-11-20T18:00", "2026-11-20 18:00"),
        ("2026-11-20 18:00", "2026-11-20 18:00"),
        ("2026-07-01T18:00", "2026-07-01 17:00"),
        ("2026-07-01T18:00:30Z", "2026-07-01 18:00"),
        ("2026-11-20T18:00+02:00", "2026-11-20 16:00"),
        ("17:00 gmt", "2026-11-20 17:00"),
    ],
)
def test_by_example(text: str, utc: str) -> None:
    assert at(text) == utc


def test_in_summer_the_typed_hour_is_summer_time() -> None:
    assert at("17:00", SUMMER) == "2026-07-01 16:00"
    assert at("+2h", SUMMER) == "2026-07-02 00:45"
    assert at("24:00", SUMMER) == "2026-07-01 23:00"
    assert at("yesterday 00:30", SUMMER) == "2026-06-29 23:30"


def test_a_time_is_read_back_in_full() -> None:
    assert read_time("20/11 18:00", now=NOW) == Reading(
        (datetime(2026, 11, 20, 18, 0, tzinfo=UTC),), "Fri 20 Nov 2026 18:00"
    )


@pytest.mark.parametrize(
    ("text", "words", "utc"),
    [
        ("today", "Fri 20 Nov 2026", datetime(2026, 11, 20, tzinfo=UTC)),
        ("1/7/2026", "Wed 1 Jul 2026", datetime(2026, 6, 30, 23, tzinfo=UTC)),
        ("last mon", "Mon 16 Nov 2026", datetime(2026, 11, 16, tzinfo=UTC)),
    ],
)
def test_a_day_alone_is_known_to_the_day(text: str, words: str, utc: datetime) -> None:
    assert read_time(text, now=NOW) == Reading((utc,), words, "day")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "Nothing is written"),
        ("nonsense", "cannot be read as a time"),
        ("+", "cannot be read as a time"),
        ("tomorrow soon", "cannot be read as a time"),
        ("soon 10:00", "cannot be read as a time"),
        ("10:00 soon", "cannot be read as a time"),
        ("0001-01-01T00:00+14:00", "cannot be read as a time"),
        ("fri", "Which Fri? Write last Fri, next Fri"),
        ("fri 10:00", "Which Fri?"),
        ("midnight", "begins a day and ends one"),
        ("tomorrow midnight", "begins a day and ends one"),
        ("17", "If that is an hour, write 17:00"),
        ("5", "5 in the morning or the afternoon?"),
        ("tomorrow 5", "Write 5am or 5pm"),
        ("13pm", "There is no 13pm"),
        ("0am", "There is no 0am"),
        ("25:00", "There is no 25:00"),
        ("24:01", "There is no 24:01"),
        ("10:60", "There is no 10:60"),
        ("2026-13-40T10:00", "There is no 2026-13-40 10:00"),
        ("31/2 10:00", "There is no 31 February"),
        ("20 nov 1930", "more than 20 years away. Look at the year"),
        ("17:00 bst", "is not BST"),
    ],
)
def test_what_cannot_be_meant_is_told_in_words(text: str, problem: str) -> None:
    reading = read_time(text, now=NOW)
    assert reading.instants == ()
    assert reading.instant is None
    assert reading.problem is not None
    assert problem in reading.problem


@given(st.sampled_from(BACK), st.integers(0, 59))
def test_an_hour_the_clocks_repeat_is_asked_about(day: date, minute: int) -> None:
    now = datetime(day.year, 10, 20, tzinfo=UTC)
    reading = read_time(f"{day:%d/%m/%Y} 01:{minute:02d}", now=now)
    first = datetime(day.year, day.month, day.day, 0, minute, tzinfo=UTC)
    assert reading.instants == (first, first + timedelta(hours=1))
    assert reading.labels == ("first (summer time)", "second (winter time)")
    assert reading.instant is None
    assert reading.problem is not None
    assert "comes twice" in reading.problem
    for zone, instant in zip(("bst", "GMT"), reading.instants, strict=True):
        answered = read_time(f"{day:%d/%m/%Y} 01:{minute:02d} {zone}", now=now)
        assert answered.instant == instant
        assert answered.text.endswith(f"01:{minute:02d} {zone.upper()}")


@given(st.sampled_from(FORWARD), st.integers(0, 59))
def test_an_hour_the_clocks_skip_is_refused(day: date, minute: int) -> None:
    now = datetime(day.year, 3, 20, tzinfo=UTC)
    reading = read_time(f"{day:%d/%m/%Y} 01:{minute:02d}", now=now)
    assert reading.instants == ()
    assert reading.problem is not None
    assert "does not exist" in reading.problem


@given(
    st.sampled_from(FORWARD + BACK),
    st.integers(-180, 300).filter(lambda minutes: not 60 <= minutes < 120),
)
def test_around_a_clock_change_every_other_minute_is_clear(day: date, minutes: int) -> None:
    local = datetime(day.year, day.month, day.day) + timedelta(minutes=minutes)  # noqa: DTZ001 (what a clock shows)
    now = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    reading = read_time(f"{local:%Y-%m-%dT%H:%M}", now=now)
    assert reading.instant == local.replace(tzinfo=LONDON).astimezone(UTC)


@given(st.sampled_from(FORWARD + BACK), st.integers(-72, 72), st.integers(0, 500))
def test_hours_from_now_are_elapsed_hours_whatever_the_clocks_do(day: date, start: int, hours: int) -> None:
    now = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(hours=start)
    reading = read_time(f"+{hours}h", now=now)
    assert reading.instant == now + timedelta(hours=hours)


def test_a_day_from_now_is_the_same_time_of_day_and_asked_about_where_that_comes_twice() -> None:
    before_back = datetime(2026, 10, 24, 0, 30, tzinfo=UTC)  # 01:30 in London
    assert len(read_time("+1d", now=before_back).instants) == 2
    assert len(read_time("+1d 1h", now=before_back).instants) == 2
    before_forward = datetime(2026, 3, 28, 12, 0, tzinfo=UTC)
    assert at("+1d", before_forward) == "2026-03-29 11:00"
    assert at("+1d 1h", before_forward) == "2026-03-29 12:00"


def test_now_in_the_repeated_hour_says_which_of_the_two() -> None:
    assert read_time("now", now=datetime(2026, 10, 25, 0, 30, tzinfo=UTC)).text == "Sun 25 Oct 2026 01:30 BST"
    assert read_time("now", now=datetime(2026, 10, 25, 1, 30, tzinfo=UTC)).text == "Sun 25 Oct 2026 01:30 GMT"


minutes_around = st.datetimes(datetime(2020, 1, 1), datetime(2033, 1, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001
    lambda instant: instant.replace(second=0, microsecond=0)
)


@given(minutes_around)
def test_what_is_read_back_reads_as_the_same(instant: datetime) -> None:
    words = moment_words(instant).split(maxsplit=1)[1]
    reading = read_time(words, now=NOW)
    assert instant in reading.instants
    if len(reading.instants) == 2:
        name = (london(instant).tzname() or "").lower()
        assert read_time(words + " " + name, now=NOW).instant == instant


@given(st.text() | st.text("0123456789:/-+. apmtodhw"), minutes_around)
def test_whatever_is_typed_is_read_or_refused(text: str, now: datetime) -> None:
    reading = read_time(text, now=now)
    assert (reading.instant is None) == (reading.problem is not None)
    assert len(reading.labels) in (0, len(reading.instants))
    assert all(instant.tzinfo is UTC for instant in reading.instants)
