"""Times and days as arguments: ISO 8601, London's unless they carry an offset."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import click

from duty_tui.domain.text import clean
from duty_tui.domain.times import LONDON

_HOW = "write it like 2026-11-20T18:00, London time, or with an offset like 2026-11-20T18:00Z"
_YEARS = range(1900, 2200)
#: No time or day is longer than this.
_LONGEST = 60


class _Moment(click.ParamType):  # type: ignore[type-arg]  # a generic only in newer versions of click
    """A moment; the parameter's value is an aware UTC datetime. A day alone is the London midnight it begins with."""

    name = "TIME"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Fails, in words, for what is no time, and for a London time the clocks skip or show twice."""
        if isinstance(value, datetime):
            return value
        value = said(value)
        try:
            moment = datetime.fromisoformat(value.strip())
            if moment.year not in _YEARS:
                self.fail(f"{value} has a year that cannot be; write one from 1900 to 2199", param, ctx)
            return moment.astimezone(UTC) if moment.tzinfo else self._in_london(moment, value, param, ctx)
        except ValueError:
            self.fail(f"{value} is not a time; {_HOW}", param, ctx)

    def _in_london(
        self, wall: datetime, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        first, second = (wall.replace(tzinfo=LONDON, fold=fold).astimezone(UTC) for fold in (0, 1))
        if first == second:
            return first
        if first > second:
            self.fail(
                f"{value} never happened in London: the clocks went forward over it; write the time before or after",
                param,
                ctx,
            )
        said = " or ".join(f"{wall.isoformat(timespec='minutes')}{offset}" for offset in ("+01:00", "+00:00"))
        return self.fail(f"{value} happened twice in London, for the clocks went back; write {said}", param, ctx)


class _Day(click.ParamType):  # type: ignore[type-arg]  # the same
    """A day, as a date."""

    name = "DATE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Fails, in words, for what is no day."""
        if isinstance(value, date):
            return value
        try:
            return read_day(value)
        except ValueError as wrong:
            self.fail(str(wrong), param, ctx)


def read_day(text: str) -> date:
    """A day written as 2026-11-20. Raises ValueError with a sentence."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{said(text)} is not a day; write it like 2026-11-20") from None


def said(text: str) -> str:
    """What somebody wrote, as it is said back: on one line, nothing in it a terminal would obey, and not at length."""
    return clean(text) if len(text) <= _LONGEST else f"{clean(text[:_LONGEST])}…"


MOMENT, DAY = _Moment(), _Day()

#: As if now were another time.
as_of = click.option("--at", type=MOMENT, help="As if now were TIME.")
