"""From when to when, as arguments of the commands that look at a period."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeVar

import click

from duty_tui.cli.times import DAY
from duty_tui.domain.period import Period
from duty_tui.domain.times import london_date
from duty_tui.errors import UsageError

_Command = TypeVar("_Command", bound=Callable[..., Any])


def from_and_to(command: _Command) -> _Command:
    """`--from` and `--to`, as `begin` and `end`."""
    command = click.option("--to", "end", type=DAY, help="The first London day after it.")(command)
    return click.option("--from", "begin", type=DAY, help="The first London day looked at.")(command)


def period_of(begin: date | None, end: date | None, at: datetime) -> Period:
    """The period that is meant; with neither day, the week of `at` and the eleven before it.

    Without `end`, up to the end of this week; without `begin`, twelve weeks. Raises UsageError when nothing is left.
    """
    usual = Period.of_weeks(london_date(at))
    length = usual.end - usual.begin
    if begin is None:
        begin = usual.begin if end is None else end - length
    period = Period(begin, end or usual.end)
    if period.begin >= period.end:
        raise UsageError(f"Nothing lies between {period.begin} and {period.end}: --to is the day after the last one.")
    return period
