"""`duty-tui workday`: so many working days on or back."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Literal

import click

from duty_tui.cli.output import say
from duty_tui.cli.times import DAY, read_day
from duty_tui.errors import DutyError, UsageError

if TYPE_CHECKING:
    from duty_tui.rules.calendar import WorkingCalendar


@click.command(
    "workday",
    context_settings={"ignore_unknown_options": True},  # -3 is a number
    epilog="Example: duty-tui workday 2026-12-24 3",
)
@click.argument("day", metavar="DATE|-")
@click.argument("number", metavar="N", required=False)
@click.option("--closure", "closures", type=DAY, multiple=True, help="A day the service is closed; may be repeated.")
@click.option("--holidays", type=click.Choice(["england", "none"]), default="england", show_default=True)
def command(day: str, number: str | None, closures: tuple[date, ...], holidays: Literal["england", "none"]) -> None:
    """Print the Nth working day after DATE; before it when N is negative.

    DATE is day 0 whatever day it is; with N 0, DATE itself if it works, else the next day that does. With - instead of
    DATE, a line 'DATE N' each is read from standard input.
    """
    if day != "-":
        if number is None:
            raise UsageError("N is missing: how many working days?", do="Example: duty-tui workday 2026-12-24 3")
        asked = _read(day, number)
        say(_calendar(closures, holidays).add(*asked).isoformat())
    elif number is not None:
        raise UsageError("With -, every line of standard input has its own N.")
    else:
        say(*_each_line(sys.stdin, _calendar(closures, holidays)))


def _calendar(closures: tuple[date, ...], holidays: Literal["england", "none"]) -> WorkingCalendar:
    from duty_tui.rules.bank_holidays import read_bank_holidays
    from duty_tui.rules.vocabulary import CalendarName
    from duty_tui.wiring import working_calendars

    names: dict[str, CalendarName] = {holidays: CalendarName(label=holidays, holidays=holidays)}
    found = read_bank_holidays() if holidays == "england" else {}
    return working_calendars(names, found, dict.fromkeys(closures, "closed"))[holidays]


def _read(day: str, number: str) -> tuple[date, int]:
    try:
        start = read_day(day)
    except ValueError as wrong:
        raise UsageError(f"{wrong}.") from None
    try:
        return start, int(number)
    except ValueError:
        raise UsageError(f"{number} is not a whole number of days.") from None


def _each_line(lines: Iterable[str], calendar: WorkingCalendar) -> Iterator[str]:
    for place, line in enumerate(lines, 1):
        words = line.split()
        if not words:
            continue
        try:
            if len(words) != 2:  # noqa: PLR2004 - a day and a number
                raise UsageError("A line holds a day and a number, like 2026-12-24 3.")
            yield calendar.add(*_read(*words)).isoformat()
        except DutyError as wrong:
            wrong.what = f"Line {place}: {wrong.what}"
            raise
