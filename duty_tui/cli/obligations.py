"""`duty-tui obligations`: what is owed across the desk, or on one concern with what waits and what was done."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from duty_tui.cli.columns import Column, table
from duty_tui.cli.output import as_json, narrate, say, say_objects
from duty_tui.cli.record import desk_of
from duty_tui.cli.times import as_of
from duty_tui.clock import system_clock
from duty_tui.domain.times import iso_utc

if TYPE_CHECKING:
    from duty_tui.views.obligation import ObligationLine, ObligationList

_COLUMNS = (
    Column("NO"),
    Column("DUE", 27),
    Column("WHAT", 12),
    Column("FOR", 6),
    Column("WHO", 8),
    Column("UNLESS", 6),
)


@click.command("obligations", epilog="Example: duty-tui obligations --late --owner 'team manager'")
@click.argument("concern", required=False)
@click.option("--late", is_flag=True, help="Only those whose time has passed.")
@click.option("--owner", metavar="WORDS", help="Only those owed by whoever is called this; case does not matter.")
@as_json
@as_of
@click.pass_context
def command(
    ctx: click.Context, *, concern: str | None, late: bool, owner: str | None, as_json: bool, at: datetime | None
) -> None:
    """List what is owed across the desk, or on CONCERN (C12, or its id) with what waits and what was done."""
    from duty_tui.desk.obligations import all_obligations, chosen, obligations_of

    desk, at = desk_of(ctx), at or system_clock()
    if concern is None:
        found = all_obligations(desk, at, owner=owner, late=late)
    else:
        found = chosen(obligations_of(desk, desk.find(concern).id, at), owner=owner, late=late)
    narrate(*found.left)
    if as_json:
        say_objects([_object(line) for line in found.lines])
    else:
        say(*_text(found))


def _text(found: ObligationList) -> Iterator[str]:
    if not found.lines:
        yield "Nothing is owed."
        return
    yield from table(_COLUMNS, [_cells(line) for line in found.lines], shutil.get_terminal_size((80, 24)).columns)


def _cells(line: ObligationLine) -> tuple[str, ...]:
    late = f"LATE {line.due_words}" if line.open and line.late else line.due_words
    who = f"{line.owner} ({line.also})" if line.also else line.owner
    what = line.do if line.kind == "action" else line.label
    return line.reference, late, what, line.whom, who, ", ".join(line.unless)


def _object(line: ObligationLine) -> dict[str, Any]:
    return {
        "concern": line.concern,
        "reference": line.reference,
        "title": line.title,
        "kind": line.kind,
        "rule": line.rule,
        "clock": line.clock or None,
        "do": line.do,
        "label": line.label,
        "child": line.child,
        "for": line.whom or None,
        "discussion": line.discussion,
        "owner": line.owner,
        "also": line.also or None,
        "strength": line.strength,
        "standing": line.standing,
        "start": _iso(line.start),
        "due": _iso(line.due),
        "first_due": _iso(line.first_due),
        "due_words": line.due_words,
        "latest": line.latest or None,
        "late": line.late,
        "met_at": _iso(line.met_at),
        "late_reason": line.late_reason or None,
        "late_safety": line.late_safety or None,
        "unless": list(line.unless),
        "met_by": [by.event for by in line.met_by],
        "place": line.place,
        "form": line.form or None,
        "asks": line.asks or None,
        "provisional": line.provisional,
        "varied_by": list(line.varied_by),
        "cite": line.cite,
    }


def _iso(moment: datetime | None) -> str | None:
    return iso_utc(moment) if moment else None
