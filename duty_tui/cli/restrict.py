"""`duty-tui restrict`: let only named people see a concern, or lift that."""

from __future__ import annotations

from collections.abc import Sequence

import click

from duty_tui.cli.output import narrate, say
from duty_tui.cli.record import desk_of, opening_of
from duty_tui.errors import UsageError
from duty_tui.opening import look_back


@click.command("restrict", epilog="Example: duty-tui restrict C12 --to 'Ann Osei' --to 'Jo Park' --reason 'Staff'")
@click.argument("concern")
@click.option("--to", "names", multiple=True, metavar="NAME", help="Who may see it, you among them; may be repeated.")
@click.option("--lift", is_flag=True, help="Let everybody at the desk see it again.")
@click.option("--reason", required=True, help="Why; kept in the record, and read by those who may see it.")
@click.pass_context
def command(ctx: click.Context, *, concern: str, names: Sequence[str], lift: bool, reason: str) -> None:
    """Let only named people see CONCERN (C12, or its id): others see that it exists and nothing of it.

    With --to again the names are replaced. Each look of somebody named is recorded, once a sitting.
    """
    from duty_tui.desk.restricting import unlisted
    from duty_tui.domain.restriction_commands import LiftRestriction, RestrictConcern

    if lift == bool(names):
        raise UsageError("Say either --to NAME, for everybody who may see it, or --lift.")
    desk = desk_of(ctx)
    row = desk.find(concern)
    act = LiftRestriction(reason=reason) if lift else RestrictConcern(names=tuple(names), reason=reason)
    done = desk.do(row.id, act)
    look_back(opening_of(ctx), desk.store)
    said = f"restricted to {', '.join(done.concern.restricted_to)}" if done.concern.restricted_to else "not restricted"
    say(f"C{row.number} is {said}.")
    narrate(*act.doubts(done.concern, desk.clock()), *unlisted(desk, done.concern.restricted_to or ()))
