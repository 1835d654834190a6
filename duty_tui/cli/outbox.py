"""`duty-tui outbox`: what was typed while the record was away and waits on this machine; sending it, taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from duty_tui.cli.output import as_json, narrate, say, say_objects
from duty_tui.cli.record import desk_of, opening_of
from duty_tui.domain.times import iso_utc, moment_words
from duty_tui.errors import DutyError, Refused, Unavailable, UsageError, WrongDatabase

if TYPE_CHECKING:
    from duty_tui.desk.desk import Desk
    from duty_tui.desk.pending import Pending, Unsent


@click.group("outbox", invoke_without_command=True, epilog="Example: duty-tui outbox --json")
@as_json
@click.pass_context
def command(ctx: click.Context, *, as_json: bool) -> None:
    """List what you typed while the record was away: NOT RECORDED, waiting on this machine.

    It is sent when the record is back and the program is open, or with `send`. `drop N` takes an entry back.
    """
    if ctx.invoked_subcommand is not None:
        if as_json:
            raise UsageError("--json belongs to the list alone.")
        return
    found = _pending(ctx)
    if found.trouble:
        narrate(found.trouble)
    if as_json:
        say_objects([_object(line) for line in found.lines])
        return
    none = "Nothing can be listed here." if found.trouble else "Nothing waits: all that you typed here is recorded."
    say(*([_text(line) for line in found.lines] or [none]))


@command.command(epilog="Example: duty-tui outbox send")
@click.option("--here", is_flag=True, help="It was typed for a record that lay elsewhere: this one is the record now.")
@click.pass_context
def send(ctx: click.Context, *, here: bool) -> None:
    """Record now what waits, in order; ends with 1 when something still waits."""
    from duty_tui.desk.outgoing import send as send_all
    from duty_tui.desk.waiting import unsent

    desk = desk_of(ctx)
    if here and desk.outbox is not None and desk.outbox.elsewhere:
        desk.outbox.bring_here()
    sent = send_all(desk)
    left = unsent(desk)
    say(f"recorded {len(sent.recorded)}", f"waiting {len(left.lines)}")
    say(*(_text(line) for line in left.lines))
    if left.lines or left.trouble:
        if left.elsewhere:
            raise Refused(left.trouble)
        raise Refused(sent.away or left.trouble or "Not all of it could be recorded.", do="The list says why.")


@command.command(epilog="Example: duty-tui outbox drop 2 --yes")
@click.argument("number", metavar="N", type=click.IntRange(1))
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_context
def drop(ctx: click.Context, number: int, *, yes: bool) -> None:
    """Take back entry N of the list: it is never sent. Of a new concern, all that waits on it goes too."""
    from duty_tui.cli.passphrase import somebody_there
    from duty_tui.desk.waiting import goes_with, take_back, unsent

    desk = desk_of(ctx)
    line = next((one for one in unsent(desk).lines if one.number == number), None)
    if line is None:
        raise Refused(f"There is no entry {number} in the list.", entry="Nothing was changed.", do="Look at the list.")
    more = goes_with(desk, line.id)
    if not yes:
        narrate(_text(line), *([f"{more} later on the same new concern go with it."] if more else []))
        if not somebody_there():
            raise Refused("Nobody is there to be asked.", entry="Nothing was changed.", do="Add --yes.")
        click.confirm("Take it back for good?", abort=True, err=True)
    say(f"taken back {take_back(desk, line.id)}")


def _pending(ctx: click.Context) -> Pending:
    """What waits, also where the record itself cannot be opened."""
    from duty_tui.desk.waiting import unsent

    try:
        return unsent(desk_of(ctx))
    except (Unavailable, WrongDatabase) as away:
        found = unsent(_desk_without_record(ctx, away))
        narrate(f"{away.what} What waits here is NOT RECORDED.")
        return found


def _desk_without_record(ctx: click.Context, away: DutyError) -> Desk:
    """A desk on nothing but the outbox. Raises why the record cannot be opened where there is no outbox of it."""
    from duty_tui.clock import system_clock
    from duty_tui.opening import outbox_left
    from duty_tui.store.memory import MemoryStore
    from duty_tui.wiring import bare_desk

    how = opening_of(ctx)
    outbox = outbox_left(how)
    if outbox is None:
        raise away
    ctx.call_on_close(outbox.close)
    return bare_desk(MemoryStore(), how.settings.name, system_clock, outbox)


def _text(line: Unsent) -> str:
    state = f"NOT RECORDED: {line.why}" if line.why else "NOT RECORDED"
    said = " / ".join(part for words in line.words for part in words.splitlines())
    return "  ".join((f"{line.number:>3}", line.reference or "-", moment_words(line.typed), said, state))


def _object(line: Unsent) -> dict[str, Any]:
    return {
        "number": line.number,
        "entry": line.id,
        "concern": line.concern,
        "reference": line.reference or None,
        "typed": iso_utc(line.typed),
        "words": list(line.words),
        "why": line.why or None,
        "behind": line.behind,
        "recorded": False,
    }
