"""`duty-tui invite`: invitations to a booked discussion for people's calendars, and their answers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from duty_tui.cli.moving import agreed
from duty_tui.cli.output import narrate, say
from duty_tui.cli.record import desk_of, opening_of
from duty_tui.errors import Refused

if TYPE_CHECKING:
    from duty_tui.desk.desk import Desk


@click.command("invite", epilog="Example: duty-tui invite C12 -o invitations")
@click.argument("concern")
@click.option("--discussion", type=click.IntRange(1), metavar="N", help="To this one; else to the one waiting.")
@click.option("--cancel", is_flag=True, help="Say that it is not held; the calendars take it out.")
@click.option(
    "--answer", "answers", metavar="FILE", multiple=True, help="Record what somebody answered (.ics or .eml)."
)
@click.option("--yes", is_flag=True, help="Invite addresses outside the secure domains without being asked.")
@click.option("-o", "--output", metavar="FOLDER", help="Where files go; must exist. Else the folder of your settings.")
@click.option("--replace", is_flag=True, help="Replace files of the same name.")
@click.pass_context
def command(
    ctx: click.Context,
    *,
    concern: str,
    discussion: int | None,
    cancel: bool,
    answers: Sequence[str],
    yes: bool,
    output: str | None,
    replace: bool,
) -> None:
    """Write an .ics file for everybody asked to CONCERN's booked discussion; send each from your mail program.

    The same command after another time was booked writes updates. An answer is recorded as expected, never as there.
    """
    desk = desk_of(ctx)
    concern_id = desk.find(concern).id
    if answers:
        _answers(desk, concern_id, answers, discussion)
        return
    folder = Path(output) if output is not None else opening_of(ctx).settings.folder
    _write(desk, concern_id, folder, discussion, cancel=cancel, yes=yes, replace=replace)


def _answers(desk: Desk, concern_id: str, names: Sequence[str], number: int | None) -> None:
    from duty_tui.desk.inviting import answered
    from duty_tui.documents.invitation import answers_in
    from duty_tui.documents.post import bytes_of

    act = answered(desk, concern_id, [one for name in names for one in answers_in(bytes_of(Path(name)))], number)
    if act is None:
        narrate("Nothing new is said in it.")
    else:
        desk.do(concern_id, act)
        narrate("Recorded.")


def _write(
    desk: Desk, concern_id: str, folder: Path, number: int | None, *, cancel: bool, yes: bool, replace: bool
) -> None:
    from duty_tui.desk.inviting import invited, write_invitation

    row = desk.row(concern_id)
    reference = f"C{row.number}" if row else concern_id[:8]
    written = 0
    for place, one in enumerate(invited(desk, concern_id, number, cancelled=cancel), 1):
        if one.invitation is None:
            narrate(f"{one.name}: {one.why_not}")
            continue
        about = f"{one.name}: {one.invitation.address} is in none of the service's secure domains."
        if one.outside and not yes and not agreed(f"{about} Invite them there all the same?"):
            narrate(f"{about} No invitation; --yes writes it all the same.")
            continue
        say(f"{write_invitation(desk, reference, place, one.invitation, folder, replace=replace)}  to {one.name}")
        written += 1
    if not written:
        raise Refused("There is nobody to invite.", entry="Nothing was made.", do="w on the concern says who is asked.")
