"""`duty-tui breaches`: what was owed and was late or not done, child by child, as text, JSON or CSV."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click

from duty_tui.cli.csv_text import say_csv
from duty_tui.cli.output import as_json, say, say_objects
from duty_tui.cli.periods import from_and_to, period_of
from duty_tui.cli.progress import Progress
from duty_tui.cli.record import desk_of
from duty_tui.cli.times import as_of
from duty_tui.clock import system_clock
from duty_tui.domain.times import due_words, iso_utc, moment_words
from duty_tui.errors import UsageError

if TYPE_CHECKING:
    from duty_tui.views.breach import Breach, BreachFile


@click.command("breaches", epilog="Example: duty-tui breaches --from 2026-09-01 --to 2026-12-01 --csv")
@from_and_to
@as_json
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV, safe to open in a spreadsheet.")
@as_of
@click.pass_context
def command(
    ctx: click.Context, *, begin: date | None, end: date | None, as_json: bool, as_csv: bool, at: datetime | None
) -> None:
    """Print the breach file: what fell due in a period and was done late or not at all, a row for each child."""
    if as_json and as_csv:
        raise UsageError("--json and --csv exclude each other.")
    at = at or system_clock()
    period = period_of(begin, end, at)
    from duty_tui.desk.breaches import Breaches, breach_file

    desk, breaches = desk_of(ctx), Breaches()
    with Progress("Reading") as progress:
        breaches.read_all(desk, progress)
    found = breach_file(desk, breaches, period, at)
    if as_json:
        say_objects([_object(row) for row in found.rows])
    elif as_csv:
        say_csv(CSV_COLUMNS, (_flat(row) for row in found.rows))
    else:
        say(*_text(found))


def _text(found: BreachFile) -> Iterator[str]:
    from duty_tui.desk.breach_words import breach_lines

    yield f"{found.period.words}, as of {moment_words(found.as_of)}: {len(found.rows)} late"
    if found.left_out:
        yield found.left_out
    for row in found.rows:
        yield ""
        first, *further = breach_lines(row)
        yield first
        yield from (f"    {line}" for line in further)


def _object(row: Breach) -> dict[str, Any]:
    """A row as docs/commands.md describes it."""
    return {
        "concern": row.concern,
        "reference": row.reference,
        "family": row.title,
        "child": row.child,
        "name": row.name or None,
        "discussion": row.discussion,
        "what": row.do or None,
        "rule": row.rule or None,
        "clock": row.clock or None,
        "strength": row.strength or None,
        "citation": row.cite or None,
        "start": _iso(row.start),
        "due": iso_utc(row.due),
        "due_text": due_words(row.due),
        "first_due": _iso(row.first_due),
        "varied": row.varied or None,
        "actual": _iso(row.actual),
        "closed": _iso(row.closed),
        "late": row.late or None,
        "missed": [
            {"clock": one.clock, "strength": one.strength, "due": iso_utc(one.due), "late": one.late}
            for one in row.missed
        ],
        "unless": list(row.unless),
        "reason": row.reason or None,
        "safety": row.safety or None,
        "told": [
            {
                "form": one.label,
                "who": one.who,
                "role": one.role or None,
                "submitted": iso_utc(one.submitted),
                "acknowledged": _iso(one.acknowledged),
                "acknowledged_by": one.acknowledged_by or None,
            }
            for one in row.told
        ],
        "owner": row.owner or None,
        "held_by": row.held_by or None,
    }


def _iso(instant: datetime | None) -> str | None:
    return iso_utc(instant) if instant else None


#: The columns of the CSV, in order; lists stand one below the other in their cell.
CSV_COLUMNS = (
    *("reference", "family", "child", "name", "discussion", "what", "due", "due_text", "actual", "late"),
    *("reason", "safety", "told", "owner", "held_by", "strength", "rule", "clock", "citation", "start", "first_due"),
    *("varied", "missed", "unless", "closed", "concern"),
)


def _flat(row: Breach) -> dict[str, Any]:
    from duty_tui.desk.breach_words import missed_words, told_words

    return {
        **_object(row),
        "missed": "\n".join(missed_words(one) for one in row.missed),
        "unless": "\n".join(row.unless),
        "told": "\n".join(told_words(one) for one in row.told),
    }
