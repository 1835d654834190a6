"""England's bank holidays against what the government published, and how they are kept."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duty_tui.errors import BadFile
from duty_tui.rules.bank_holidays import OneOff, Published, decode, encode, read_bank_holidays, read_published
from duty_tui.rules.installed import holidays_key
from tests.rules.house import bank_holidays, england, published


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("2011-04-29", "Wedding of William and Catherine"),
        ("2012-06-04", "Spring Bank Holiday"),
        ("2012-06-05", "Diamond Jubilee of Elizabeth II"),
        ("2020-05-08", "May Day"),
        ("2020-12-28", "Boxing Day (substitute day)"),
        ("2021-12-27", "Christmas Day (substitute day)"),
        ("2021-12-28", "Boxing Day (substitute day)"),
        ("2022-01-03", "New Year's Day (substitute day)"),
        ("2022-06-02", "Spring Bank Holiday"),
        ("2022-06-03", "Platinum Jubilee of Elizabeth II"),
        ("2022-09-19", "State Funeral of Queen Elizabeth II"),
        ("2022-12-27", "Christmas Day (substitute day)"),
        ("2023-05-08", "Coronation of Charles III"),
        ("2026-04-03", "Good Friday"),
        ("2026-12-28", "Boxing Day (substitute day)"),
        ("2027-12-27", "Christmas Day (substitute day)"),
        ("2028-01-03", "New Year's Day (substitute day)"),
    ],
)
def test_days_the_government_proclaimed(day: str, why: str) -> None:
    assert england().why_not(date.fromisoformat(day)) == why


@pytest.mark.parametrize("day", ["2012-05-28", "2020-05-04", "2022-05-30", "2026-03-17", "2026-11-30", "2026-01-02"])
def test_days_that_were_moved_or_are_kept_elsewhere_only(day: str) -> None:
    assert england().is_working(date.fromisoformat(day))


@pytest.mark.parametrize(
    ("year", "count"), [(2011, 9), (2012, 9), (2022, 10), (2023, 9), (2026, 8), (2027, 8), (2028, 8)]
)
def test_how_many_weekdays_a_year_takes_off(year: int, count: int) -> None:
    assert sum(day.year == year and day.isoweekday() < 6 for day in bank_holidays()) == count


def test_kept_and_read_again_they_are_the_same() -> None:
    assert decode(encode(bank_holidays())) == bank_holidays()
    assert len(encode(bank_holidays())) < 10_000


@given(st.dictionaries(st.dates(), st.text(min_size=1)))
def test_any_days_kept_and_read_again_are_the_same(days: dict[date, str]) -> None:
    assert decode(encode(days)) == days


@pytest.mark.parametrize(
    "text", ["[]", '{"Christmas": 3}', '{"Christmas": [3]}', '{"Christmas": ["never"]}', "nothing"]
)
def test_what_was_kept_wrongly_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - json, dates and ours all say so in their own words
        decode(text)


def test_they_are_kept_under_the_version_that_made_them() -> None:
    from importlib.metadata import version

    assert holidays_key() == f"holidays {version('holidays')} GB-ENG 1990-2060"


def test_the_version_is_found_where_no_folder_says_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    expected = holidays_key()
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    monkeypatch.setattr("importlib.metadata.version", lambda _package: expected.split()[1])
    assert holidays_key() == expected


def test_the_key_does_not_import_the_library() -> None:
    check = "import sys; from duty_tui.rules.installed import holidays_key as k; k(); print('holidays' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_a_day_proclaimed_at_short_notice_and_one_taken_away() -> None:
    proclaimed = OneOff(date=date(2028, 6, 9), name="A coronation")
    moved = OneOff(date=date(2028, 5, 29), name="Moved", holiday=False)
    unknown = OneOff(date=date(2028, 5, 30), name="Never was one", holiday=False)
    amended = Published(
        published_until=date(2028, 12, 31), source="a test", one_off=(proclaimed, moved, unknown)
    ).amend(read_bank_holidays())
    assert amended[date(2028, 6, 9)] == "A coronation"
    assert date(2028, 5, 29) not in amended


def test_published_to_the_end_of_a_year() -> None:
    assert (published().published_until.month, published().published_until.day) == (12, 31)


def test_a_broken_file_says_where(tmp_path: Path) -> None:
    broken = tmp_path / "bank_holidays.toml"
    broken.write_text('published_until = 2028-12-31\nsource = 3\nsuorce = "x"\n')
    with pytest.raises(BadFile, match="working days cannot be counted") as refused:
        read_published(broken)
    assert refused.value.problems == (
        'bank_holidays.toml line 2, source: words in quotes were expected, like "this", not 3',
        'bank_holidays.toml line 3, suorce: "suorce" is not a key here; did you mean "source"?',
    )
