"""`duty-tui handover`: the sheet for the next shift as text that prints on one side, or as JSON."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import click

from duty_tui.cli.columns import Column, cut, table
from duty_tui.cli.output import as_json, say, say_object
from duty_tui.cli.record import desk_of
from duty_tui.cli.times import MOMENT, as_of
from duty_tui.domain.times import iso_utc, moment_words
from duty_tui.views.handover import HandoverView, Section, SheetLine

_COLUMNS = (Column("NO"), Column("WHOSE", 8), Column("WHAT", 16), Column("WHEN", 12), Column("BY", 6))


@click.command("handover", epilog="Example: duty-tui handover --since 2026-11-20T17:00 > handover.txt")
@click.option("--since", type=MOMENT, help="What is new since TIME; else since the last handover, or for a day.")
@click.option("--until", type=MOMENT, help="What falls due before TIME; without it before the next working morning.")
@as_json
@as_of
@click.pass_context
def command(
    ctx: click.Context, *, since: datetime | None, until: datetime | None, as_json: bool, at: datetime | None
) -> None:
    """Print the sheet for the next shift: overdue, due before morning, open escalations, children not seen, new."""
    from duty_tui.desk.handover import handover_of

    desk = desk_of(ctx)
    view = handover_of(desk, at or desk.clock(), since, until)
    if as_json:
        say_object(_object(view))
    else:
        say(*_text(view, shutil.get_terminal_size((80, 24)).columns))


def _text(view: HandoverView, cells: int) -> Iterator[str]:
    yield f"HANDOVER {moment_words(view.as_of)}, since {moment_words(view.since)}"
    yield cut("On: " + (", ".join(view.on_duty) or "nobody said who is on"), cells)
    if view.last:
        yield cut(f"Last handover: {view.last}", cells)
    for section in view.sections:
        yield ""
        yield f"{section.heading.upper()}: {len(section.lines) or 'none'}"
        if section.lines:
            yield from list(table(_COLUMNS, [_cells(line) for line in section.lines], cells))[1:]
    if view.left_out:
        yield from ("", view.left_out)
    if view.checkpoint:
        yield from ("", "WHERE THE RECORD ENDS (duty-tui checkpoint)", *view.record_ends)


def _cells(line: SheetLine) -> tuple[str, ...]:
    return line.reference, line.title, line.what, ("LATE " if line.late else "") + line.when, line.owner


def _object(view: HandoverView) -> dict[str, Any]:
    """The sheet as docs/commands.md describes it."""
    return {
        "as_of": iso_utc(view.as_of),
        "since": iso_utc(view.since),
        "until": iso_utc(view.until),
        "on_duty": list(view.on_duty),
        "last": view.last or None,
        "checkpoint": view.checkpoint or None,
        "sections": [_part(section) for section in view.sections],
    }


def _part(section: Section) -> dict[str, Any]:
    return {
        "heading": section.heading,
        "lines": [
            {
                "concern": line.concern,
                "reference": line.reference,
                "title": line.title,
                "about": line.about,
                "what": line.what,
                "when": line.when,
                "late": line.late,
                "by": line.owner or None,
            }
            for line in section.lines
        ],
    }
