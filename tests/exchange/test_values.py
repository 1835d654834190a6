"""What a cell says: days and times in the usual spellings, and nothing guessed where two readings are possible."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duty_tui.domain.times import LONDON, start_of_day
from duty_tui.exchange.referrals import Unreadable
from duty_tui.exchange.values import Moment, read_choice, read_day, read_moment

SIX = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
days = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("2026-11-20 18:00", "minute"),
        ("2026-11-20T18:00:00", "minute"),
        ("2026-11-20T18:00:00.000Z", "minute"),
        ("2026-11-20T19:00+01:00", "minute"),
        ("2026-11-20 18:00 +0000", "minute"),
        ("20/11/2026 18:00", "minute"),
        ("20.11.2026 18.00", "minute"),
        ("20-11-2026, 18:00", "minute"),
    ],
)
def test_a_moment_is_read_in_the_usual_spellings(text: str, precision: str) -> None:
    assert read_moment(text, "received") == Moment(SIX, precision)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["2026-11-20", "20/11/2026", "20.11.2026"])
def test_a_day_alone_is_its_london_midnight_and_says_that_it_is_a_day(text: str) -> None:
    assert read_moment(text, "received") == Moment(datetime(2026, 11, 20, tzinfo=UTC), "day")
    assert read_moment("2026-07-01", "received").at == datetime(2026, 6, 30, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "clock", "at"),
    [
        ("20/11/2026", "18:00", SIX),
        ("20/11/2026", "9:05", SIX.replace(hour=9, minute=5)),
        ("20/11/2026 00:00", "18:00", SIX),
        ("20/11/2026 18:00", "18:00", SIX),
    ],
)
def test_the_time_may_stand_in_a_column_of_its_own(text: str, clock: str, at: datetime) -> None:
    assert read_moment(text, "received", clock, "received time") == Moment(at, "minute")


@given(days)
def test_a_day_is_the_same_year_first_or_day_first(day: date) -> None:
    british = f"{day.day}/{day.month}/{day.year}"
    assert read_day(day.isoformat(), "born") == read_day(british, "born") == read_day(f"{day} 00:00:00", "born") == day
    assert read_moment(british, "received").at == start_of_day(day)


@given(days, st.times())
def test_every_london_time_is_read_as_itself_or_asked_about(day: date, clock: object) -> None:
    text = f"{day}T{clock}".split(".")[0]
    local = datetime.fromisoformat(text)
    early, late = (local.replace(tzinfo=LONDON, fold=fold).astimezone(UTC) for fold in (0, 1))
    if early != late:
        with pytest.raises(Unreadable, match="the clocks changed"):
            read_moment(text, "received")
    else:
        assert read_moment(text, "received").at == early
        assert read_moment(text, "received").at.astimezone(LONDON).replace(tzinfo=None) == local


def test_an_hour_the_clocks_skip_or_repeat_is_asked_about_and_an_offset_answers() -> None:
    with pytest.raises(Unreadable, match="did not happen that night"):
        read_moment("2026-03-29 01:30", "received")
    with pytest.raises(Unreadable, match="happened twice that night"):
        read_moment("25/10/2026", "received", "01:30", "received time")
    before, after = (read_moment(f"2026-10-25 01:30{offset}", "received").at for offset in ("+01:00", "+00:00"))
    assert after - before == timedelta(hours=1)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("11/20/2026", "month first"),
        ("01/02/26", "two digits"),
        ("1.2.26 10:00", "two digits"),
        ("46346", "spreadsheet's day number"),
        ("46346.75", "spreadsheet's day number"),
        ("31/11/2026", "does not exist"),
        ("2026-13-01", "does not exist"),
        ("29/02/2027", "does not exist"),
        ("2026-11-20 24:00", "time that does not exist"),
        ("2026-11-20 18:60", "time that does not exist"),
        ("2026-11-20 18:00+25:00", "offset that does not exist"),
        ("1066-10-14", "year that cannot be"),
        ("2200-01-01", "year that cannot be"),
        ("Friday", "is not a date"),
        ("20 Nov 2026", "is not a date"),
        ("2026-11-20 6pm", "is not a date"),
        ("２０２６-11-20", "is not a date"),
    ],
)
def test_what_is_no_date_or_could_be_two_is_a_problem(text: str, why: str) -> None:
    with pytest.raises(Unreadable, match=why) as error:
        read_moment(text, "received")
    assert error.value.do
    assert text not in str(error.value)


def test_a_birth_date_has_no_time() -> None:
    with pytest.raises(Unreadable, match="is not a date"):
        read_day("2019-03-04 10:30", "date of birth")


@pytest.mark.parametrize(
    ("text", "clock", "why"),
    [
        ("20/11/2026", "6pm", "received time is not a time"),
        ("20/11/2026", "25:00", "received time names a time that does not exist"),
        ("20/11/2026 17:00", "18:00", "two different times"),
    ],
)
def test_a_time_that_cannot_be_or_contradicts_is_a_problem(text: str, clock: str, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        read_moment(text, "received", clock, "received time")


def test_a_choice_outside_its_list_says_what_the_list_is() -> None:
    assert read_choice(" Not  Known ", "sex", {"not known": "", "f": "female"}) == ""
    with pytest.raises(Unreadable) as error:
        read_choice("Amara", "sex", {"not known": "", "f": "female", "girl": "female", "m": "male"})
    assert error.value.do == "Write female, male, or leave it empty."
    assert "Amara" not in str(error.value)
