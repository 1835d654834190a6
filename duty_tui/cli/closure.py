"""`duty-tui closure`: days on which the service is closed, and whose time they move."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import click

from duty_tui.cli.output import as_json, narrate, say, say_objects
from duty_tui.cli.record import desk_of
from duty_tui.cli.times import DAY
from duty_tui.domain.times import day_words, due_words
from duty_tui.errors import Refused, UsageError

if TYPE_CHECKING:
    from duty_tui.desk.desk import Desk
    from duty_tui.domain.service import ServiceEvent
    from duty_tui.rules.calendar import WorkingCalendar
    from duty_tui.store.rows import ConcernRow


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
@click.pass_context
def add(ctx: click.Context, day: date, name: str) -> None:
    """Add a closure day; prints whose time moves from when to when."""
    from duty_tui.domain.service import ClosureAdded

    if not name.strip():
        raise UsageError("The closure needs a name.")
    desk = desk_of(ctx)
    if day in desk.books.service.closures:
        raise Refused(f"{day_words(day)} is a closure day already.", entry="Nothing was changed.")
    if not any(calendar.is_working(day) for calendar in _calendars(desk)):
        raise Refused(f"{day_words(day)} is no working day anyway.", entry="Nothing was changed.")
    _decide(desk, [ClosureAdded(day=day, name=name)])


@command.command("remove", epilog="Example: duty-tui closure remove 2026-12-29 --reason 'Called off'")
@click.argument("day", metavar="DATE", type=DAY)
@click.option("--reason", required=True, help="Why; kept in the record.")
@click.pass_context
def remove(ctx: click.Context, day: date, reason: str) -> None:
    """Remove a closure day; prints whose time moves from when to when."""
    from duty_tui.domain.service import ClosureRemoved

    if not reason.strip():
        raise UsageError("Removing a closure day needs its reason.")
    desk = desk_of(ctx)
    if day not in desk.books.service.closures:
        raise Refused(
            f"{day_words(day)} is no closure day.", entry="Nothing was changed.", do="duty-tui closure list has them."
        )
    _decide(desk, [ClosureRemoved(day=day, reason=reason)])


def _calendars(desk: Desk) -> list[WorkingCalendar]:
    vocabulary = desk.rulebook.vocabulary.calendar
    return [calendar for name, calendar in desk.rulebook.calendars.items() if vocabulary[name].closures]


def _decide(desk: Desk, events: Sequence[ServiceEvent]) -> None:
    before = {row.id: row for row in desk.rows()}
    desk.decide(events)
    moved = list(_moved(before, desk.rows()))
    say(*moved)
    narrate(f"Recorded. {len(moved)} of {len(before)} open concerns have another time now.")


def _moved(before: dict[str, ConcernRow], after: Sequence[ConcernRow]) -> Iterator[str]:
    for row in after:
        old = before[row.id]
        if old.due != row.due:
            yield f"C{row.number}: {row.deadline} moves from {_words(old.due)} to {_words(row.due)}"


def _words(due: int | None) -> str:
    return due_words(datetime.fromtimestamp(due, UTC)) if due is not None else "no time"
