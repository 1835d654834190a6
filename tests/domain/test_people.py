"""A child's age in four cells, and what looks wrong about the details, on both sides of every birthday."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duty_tui.domain.ages import age_in_full, age_in_years, age_words
from duty_tui.domain.people import NAMELESS, Child
from tests.builders import BAD_NHS, FRIDAY, GOOD_NHS, a_child

days = st.dates(date(1990, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("born", "on", "years"),
    [
        (date(2010, 11, 20), date(2026, 11, 19), 15),
        (date(2010, 11, 20), date(2026, 11, 20), 16),
        (date(2008, 2, 29), date(2026, 2, 28), 17),  # born on a leap day: 18 on 1 March of a common year
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2008, 2, 29), date(2028, 2, 28), 19),
        (date(2008, 2, 29), date(2028, 2, 29), 20),
        (date(2025, 12, 31), date(2026, 1, 1), 0),
    ],
)
def test_a_year_is_lived_on_the_birthday_and_not_a_day_before(born: date, on: date, years: int) -> None:
    assert age_in_years(born, on) == years


@pytest.mark.parametrize(
    ("born", "on", "words"),
    [
        (date(2026, 11, 20), date(2026, 11, 20), "0d"),
        (date(2026, 11, 20), date(2026, 11, 26), "6d"),
        (date(2026, 11, 20), date(2026, 11, 27), "1w"),
        (date(2026, 11, 20), date(2027, 2, 19), "13w"),
        (date(2026, 11, 20), date(2027, 2, 20), "3m"),
        (date(2026, 11, 30), date(2027, 2, 28), "12w"),  # three months are up on 30 February, which is 1 March
        (date(2026, 11, 30), date(2027, 3, 1), "3m"),
        (date(2026, 11, 20), date(2028, 11, 19), "23m"),
        (date(2026, 11, 20), date(2028, 11, 20), "2y"),
        (date(2009, 11, 21), date(2026, 11, 20), "16y"),
        (date(2026, 11, 21), date(2026, 11, 20), "?"),  # not born yet, and yet with a date of birth
    ],
)
def test_an_age_is_told_in_days_then_weeks_then_months_then_years(born: date, on: date, words: str) -> None:
    assert age_words(born, None, on) == words


def test_an_unborn_child_says_so_and_an_unknown_age_says_that() -> None:
    assert age_words(None, date(2027, 1, 4), FRIDAY) == "unb."
    assert age_words(None, None, FRIDAY) == "?"


@pytest.mark.parametrize(
    ("born", "expected", "words"),
    [
        (date(2019, 3, 4), None, "7 years"),
        (date(2025, 12, 1), None, "11 months"),
        (date(2026, 11, 13), None, "1 week"),
        (date(2026, 11, 19), None, "1 day"),
        (None, date(2027, 1, 4), "not born yet"),
        (None, None, ""),
        (date(2026, 11, 21), None, ""),
    ],
)
def test_on_a_page_an_age_is_said_in_full(born: date | None, expected: date | None, words: str) -> None:
    assert age_in_full(born, expected, FRIDAY) == words


@given(days, st.integers(0, 40 * 365))
def test_an_age_fits_its_cells_and_never_falls(born: date, lived: int) -> None:
    on = born + timedelta(days=lived)
    order = {"d": 0, "w": 1, "m": 2, "y": 3}
    today, tomorrow = (age_words(born, None, day) for day in (on, on + timedelta(days=1)))
    assert len(today) <= 4
    assert (order[today[-1]], int(today[:-1])) <= (order[tomorrow[-1]], int(tomorrow[:-1]))


def test_a_child_without_a_name_is_called_something() -> None:
    assert Child(number=1).called == NAMELESS
    assert a_child(name="Kofi Okoye").called == "Kofi Okoye"


def test_nothing_is_doubted_about_details_that_fit() -> None:
    assert list(a_child(nhs_number=GOOD_NHS).doubts(FRIDAY)) == []
    assert list(a_child(born=FRIDAY).doubts(FRIDAY)) == []
    assert list(a_child(born=date(2008, 11, 21)).doubts(FRIDAY)) == []
    assert list(Child(number=1).doubts(FRIDAY)) == []


@pytest.mark.parametrize(
    ("known", "doubt"),
    [
        ({"nhs_number": BAD_NHS}, "check digit"),
        ({"upn": "A999000000000"}, "check letter"),
        ({"born": date(2026, 11, 21)}, "in the future"),
        ({"expected": date(2026, 12, 1)}, "Both a date of birth"),
        ({"born": date(2008, 11, 20)}, "18 or over"),
    ],
)
def test_what_looks_wrong_about_a_child_is_said_in_words(known: dict[str, Any], doubt: str) -> None:
    (said,) = a_child(**known).doubts(FRIDAY)
    assert doubt in said
    assert "Amara" not in said
