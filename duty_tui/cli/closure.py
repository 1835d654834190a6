"""`duty-tui closure`: days on which the service is closed, and whose time they move."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import click

from duty_tui.cli.moving import agreed, show, yes
from duty_tui.cli.output import as_json, narrate, say, say_objects
from duty_tui.cli.record import desk_of
from duty_tui.cli.times import DAY
from duty_tui.domain.times import day_words
from duty_tui.errors import Refused, UsageError

if TYPE_CHECKING:
    from duty_tui.desk.desk import Desk
    from duty_tui.domain.service import ServiceEvent
    from duty_tui.rules.calendar import WorkingCalendar


@click.group("closure", epilog="Example: duty-tui closure add 2026-12-29 'Staff day'")
def command() -> None:
    """Days on which the service is closed; working days are counted without them."""


@command.command("list", epilog="Example: duty-tui closure list")
@as_json
@click.pass_context
def list_closures(ctx: click.Context, as_json: bool) -> None:
    """List the closure days, the earliest first."""
    closures = sorted(desk_of(ctx).books.service.closures.items())
    if as_json:
        say_objects([{"date": day.isoformat(), "name": name} for day, name in closures])
    else:
        say(*(f"{day.isoformat()}  {name}" for day, name in closures))
        if not closures:
            narrate("No closure days.")


@command.command("add", epilog="Example: duty-tui closure add 2026-12-29 'Staff day'")
@click.argument("day", metavar="DATE", type=DAY)
@click.argument("name")
@yes
@click.pass_context
def add(ctx: click.Context, day: date, name: str, *, yes: bool) -> None:
    """Add a closure day; prints whose time moves from when to when, and at a terminal asks first."""
    from duty_tui.domain.service import ClosureAdded

    if not name.strip():
        raise UsageError("The closure needs a name.")
    desk = desk_of(ctx)
    if day in desk.books.service.closures:
        raise Refused(f"{day_words(day)} is a closure day already.", entry="Nothing was changed.")
    if not any(calendar.is_working(day) for calendar in _calendars(desk)):
        raise Refused(f"{day_words(day)} is no working day anyway.", entry="Nothing was changed.")
    _decide(desk, [ClosureAdded(day=day, name=name)], f"Close on {day_words(day)}?", yes=yes)


@command.command("remove", epilog="Example: duty-tui closure remove 2026-12-29 --reason 'Called off'")
@click.argument("day", metavar="DATE", type=DAY)
@click.option("--reason", required=True, help="Why; kept in the record.")
@yes
@click.pass_context
def remove(ctx: click.Context, day: date, reason: str, *, yes: bool) -> None:
    """Remove a closure day; prints whose time moves from when to when, and at a terminal asks first."""
    from duty_tui.domain.service import ClosureRemoved

    if not reason.strip():
        raise UsageError("Removing a closure day needs its reason.")
    desk = desk_of(ctx)
    if day not in desk.books.service.closures:
        raise Refused(
            f"{day_words(day)} is no closure day.", entry="Nothing was changed.", do="duty-tui closure list has them."
        )
    _decide(desk, [ClosureRemoved(day=day, reason=reason)], f"Work on {day_words(day)} after all?", yes=yes)


def _calendars(desk: Desk) -> list[WorkingCalendar]:
    vocabulary = desk.rulebook.vocabulary.calendar
    return [calendar for name, calendar in desk.rulebook.calendars.items() if vocabulary[name].closures]


def _decide(desk: Desk, events: Sequence[ServiceEvent], question: str, *, yes: bool) -> None:
    """Show what moves, then do it; at a terminal only once somebody said yes."""
    show(desk, events)
    if not yes and agreed(question) is False:
        raise Refused("The closure days stay as they were.", entry="Nothing was changed.")
    desk.decide(events)
    narrate("Recorded.")
