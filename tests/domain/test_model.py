"""What every model holds to: unknown fields refused, nothing changed in place, text clean, moments in UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from duty_tui.domain.model import Instant, Line, Lines, Model


class Slip(Model):
    line: Line = ""
    lines: Lines = ""
    at: Instant | None = None


def test_a_field_nobody_knows_is_refused() -> None:
    with pytest.raises(ValidationError, match="colour"):
        Slip.model_validate({"colour": "red"})


def test_nothing_is_changed_in_place() -> None:
    slip = Slip(line="as it was")
    with pytest.raises(ValidationError, match="frozen"):
        slip.line = "otherwise"  # type: ignore[misc]


def test_a_line_is_one_line_and_lines_stay_lines() -> None:
    slip = Slip(line=" Amara\x1b[2J\nOkoye ", lines=" one\r\ntwo\x00 ")
    assert slip.line == "Amara[2J Okoye"
    assert slip.lines == "one\ntwo"


def test_a_moment_given_in_any_zone_is_kept_in_utc() -> None:
    london = datetime(2026, 7, 1, 9, 0, tzinfo=ZoneInfo("Europe/London"))
    for given in (london, london.isoformat(), london.astimezone(timezone(timedelta(hours=5)))):
        kept = Slip.model_validate({"at": given}).at
        assert kept == datetime(2026, 7, 1, 8, 0, tzinfo=UTC)
        assert kept is not None
        assert kept.tzinfo is UTC


def test_two_london_moments_across_the_change_of_clocks_are_an_hour_further_apart() -> None:
    zone = ZoneInfo("Europe/London")
    before = Slip(at=datetime(2026, 10, 25, 0, 30, tzinfo=zone)).at
    after = Slip(at=datetime(2026, 10, 25, 3, 30, tzinfo=zone)).at
    assert before is not None
    assert after is not None
    assert after - before == timedelta(hours=4)


@pytest.mark.parametrize("at", ["2026-11-20T18:00:00", "0001-01-01T00:00:00+02:00", "9999-12-31T23:59:59-02:00"])
def test_a_moment_without_a_zone_or_outside_the_calendar_is_refused(at: str) -> None:
    with pytest.raises(ValidationError):
        Slip.model_validate({"at": at})
