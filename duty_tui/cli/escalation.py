"""`duty-tui escalation`: one escalation as it was submitted, and everything that became of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

import click

from duty_tui.cli.escalations import as_object
from duty_tui.cli.output import as_json, say, say_object
from duty_tui.cli.record import desk_of
from duty_tui.cli.times import as_of
from duty_tui.clock import system_clock
from duty_tui.domain.times import moment_words
from duty_tui.errors import Refused

if TYPE_CHECKING:
    from duty_tui.domain.escalation import Recipient
    from duty_tui.views.escalation import EscalationLine


@click.command("escalation", epilog="Example: duty-tui escalation C12 1")
@click.argument("concern")
@click.argument("number", type=int)
@as_json
@as_of
@click.pass_context
def command(ctx: click.Context, *, concern: str, number: int, as_json: bool, at: datetime | None) -> None:
    """Show escalation NUMBER of CONCERN (C12, or its id): the form, who has it, each step, the outcome."""
    from duty_tui.desk.escalating import escalations_of

    desk = desk_of(ctx)
    found = escalations_of(desk, desk.find(concern).id, at or system_clock())
    line = next((one for one in found if one.number == number), None)
    if line is None:
        raise Refused("There is no such escalation on this concern.", do="`duty-tui escalations --all` lists them.")
    if as_json:
        say_object(as_object(line))
    else:
        say(*_text(line))


def _text(line: EscalationLine) -> Iterator[str]:
    yield f"{line.reference}  {line.title}"
    about = f" ({line.whom})" if line.whom else ""
    yield f"{line.label}{about}, escalation {line.number}: {line.status}"
    yield f"Submitted {moment_words(line.submitted)} by {line.submitted_by}, {line.age} open"
    yield f"Next: {line.next}" if line.next else f"Outcome: {line.outcome}"
    for heading, lines in (
        ("GOES TO", [_recipient(one) for one in line.recipients]),
        ("FROM THE RECORD", list(line.facts)),
        ("STEPS", [f"{step.number}. {step.label}: {step.who}, {step.standing}" for step in line.steps]),
        ("ACKNOWLEDGED", list(line.acknowledged)),
        ("UPDATES", list(line.updates)),
    ):
        if lines:
            yield from ("", heading, *(f"  {said}" for said in lines))
    for ask, said in line.fields:
        yield from ("", ask.upper(), *(f"  {part}" for part in said.splitlines() or ["nothing"]))


def _recipient(one: Recipient) -> str:
    return ", ".join(filter(None, one))
