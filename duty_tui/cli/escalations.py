"""`duty-tui escalations`: what went up across the desk, the oldest first, until it has an outcome."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from duty_tui.cli.columns import Column, table
from duty_tui.cli.output import as_json, say, say_objects
from duty_tui.cli.record import desk_of
from duty_tui.cli.times import as_of
from duty_tui.clock import system_clock
from duty_tui.domain.times import iso_utc

if TYPE_CHECKING:
    from duty_tui.views.escalation import EscalationLine, StepLine

_COLUMNS = (
    Column("NO"),
    Column("N"),
    Column("WHAT", 12),
    Column("AGE", 8),
    Column("STATUS", 9),
    Column("HELD BY", 8),
    Column("NEXT", 12),
)


@click.command("escalations", epilog="Example: duty-tui escalations --all --json")
@click.option("--all", "everything", is_flag=True, help="Those that have their outcome as well.")
@as_json
@as_of
@click.pass_context
def command(ctx: click.Context, *, everything: bool, as_json: bool, at: datetime | None) -> None:
    """List the open escalations of every concern you may see, the oldest first."""
    from duty_tui.desk.escalating import escalation_list

    found = escalation_list(desk_of(ctx), at or system_clock(), open_only=not everything)
    if as_json:
        say_objects([as_object(line) for line in found])
    else:
        say(*_text(found))


def _text(found: list[EscalationLine]) -> Iterator[str]:
    if not found:
        yield "No escalation is open."
        return
    yield from table(_COLUMNS, [_cells(line) for line in found], shutil.get_terminal_size((80, 24)).columns)


def _cells(line: EscalationLine) -> tuple[str, ...]:
    what = f"{line.label} ({line.whom})" if line.whom else line.label
    return line.reference, str(line.number), what, line.age, line.status, line.held_by, line.next or line.outcome


def as_object(line: EscalationLine) -> dict[str, Any]:
    """One escalation as its stable JSON object."""
    return {
        "concern": line.concern,
        "reference": line.reference,
        "title": line.title,
        "number": line.number,
        "ladder": line.ladder,
        "form": line.form or None,
        "label": line.label,
        "for": line.whom or None,
        "discussion": line.discussion,
        "status": line.status,
        "submitted": iso_utc(line.submitted),
        "submitted_by": line.submitted_by,
        "recipients": [one._asdict() for one in line.recipients],
        "held_by": line.held_by,
        "age": line.age,
        "next": line.next or None,
        "further_step": line.up or None,
        "fields": [{"ask": ask, "said": said} for ask, said in line.fields],
        "facts": list(line.facts),
        "acknowledged": list(line.acknowledged),
        "updates": list(line.updates),
        "steps": [_step(step) for step in line.steps],
        "outcome": line.outcome or None,
        "resolved": line.resolved,
        "concluded": iso_utc(line.concluded) if line.concluded else None,
    }


def _step(step: StepLine) -> dict[str, Any]:
    return {**step._asdict(), "began": iso_utc(step.began)}
