from __future__ import annotations

from datetime import UTC, datetime, timedelta

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from duty_tui.cli.times import DAY, MOMENT
from duty_tui.domain.times import london

instants = st.integers(160_000_000, 2_840_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
#: The morning the clocks go back in 2026, minute by minute.
around_a_change = st.integers(-150, 150).map(
    lambda minutes: datetime(2026, 10, 25, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-11-20T18:00", "2026-11-20T18:00:00+00:00"),
        ("2026-07-01T18:00", "2026-07-01T17:00:00+00:00"),
        ("2026-07-01", "2026-06-30T23:00:00+00:00"),
        ("2026-07-01T18:00Z", "2026-07-01T18:00:00+00:00"),
        ("2026-07-01T18:00+05:30", "2026-07-01T12:30:00+00:00"),
        (" 2026-07-01 18:00:30 ", "2026-07-01T17:00:30+00:00"),
        ("2026-10-25T01:30+01:00", "2026-10-25T00:30:00+00:00"),
    ],
)
def test_a_time_is_londons_unless_it_carries_an_offset(text: str, instant: str) -> None:
    assert MOMENT.convert(text, None, None) == datetime.fromisoformat(instant)


@pytest.mark.parametrize(
    "text", ["", "noon", "18:00", "2026-13-01", "2026-11-20T25:00", "20/11/2026", "2026-11-20T18:00+99:00"]
)
def test_what_is_no_time_is_said(text: str) -> None:
    with pytest.raises(click.BadParameter, match="is not a time; write it like"):
        MOMENT.convert(text, None, None)


@pytest.mark.parametrize("text", ["0001-01-01", "1899-12-31T23:59", "9999-12-31T23:59"])
def test_a_year_that_cannot_be_is_said(text: str) -> None:
    with pytest.raises(click.BadParameter, match="a year that cannot be"):
        MOMENT.convert(text, None, None)


@given(st.one_of(instants, around_a_change))
def test_every_hour_of_london_is_read_or_its_change_of_clocks_is_told(instant: datetime) -> None:
    shown = london(instant)
    if shown.utcoffset() != shown.replace(fold=1 - shown.fold).utcoffset():
        with pytest.raises(click.BadParameter, match="happened twice"):
            MOMENT.convert(shown.replace(tzinfo=None).isoformat(), None, None)
    else:
        assert MOMENT.convert(shown.replace(tzinfo=None).isoformat(), None, None) == instant
    assert MOMENT.convert(instant.isoformat(), None, None) == instant


def test_values_that_are_read_already_stay() -> None:
    now = datetime(2026, 11, 20, tzinfo=UTC)
    assert MOMENT.convert(now, None, None) is now
    assert DAY.convert(now.date(), None, None) == now.date()
