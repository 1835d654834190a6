"""`duty-tui destroy`: what was recorded on a concern, taken out of the record for good under a rule of retention."""

from __future__ import annotations

import re
import sys

import click

from duty_tui.cli.output import narrate, say
from duty_tui.cli.passphrase import somebody_there
from duty_tui.cli.record import desk_of, opening_of
from duty_tui.clock import system_clock
from duty_tui.errors import Refused, UsageError
from duty_tui.opening import look_back

_RANGE = re.compile(r"([0-9]{1,6})(?:-([0-9]{1,6}))?")


@click.command(
    "destroy", epilog="Example: duty-tui destroy C12 --authority 'Records board, 3 Nov' --rule 'R7: 25 years'"
)
@click.argument("concern")
@click.option("--authority", required=True, metavar="WORDS", help="On whose decision; kept in the record.")
@click.option("--rule", required=True, metavar="WORDS", help="Under which rule of retention; kept in the record.")
@click.option("--entries", metavar="NUMBERS", help="Only these, as `duty-tui log` numbers them: 3,5-7.")
@click.option("--confirm", metavar="CONCERN", help="The concern's number once more, where nobody can be asked.")
@click.pass_context
def command(
    ctx: click.Context, *, concern: str, authority: str, rule: str, entries: str | None, confirm: str | None
) -> None:
    """Destroy what was recorded on CONCERN (C12, or its id), which must be closed, or single entries of it.

    That an entry was made, when, by whom and of which kind remains, with who destroyed it, on what authority and under
    which rule; the record still verifies. Nothing brings the words back. Backups made before still have them.
    """
    from duty_tui.desk.reading import title_of
    from duty_tui.domain.destruction_commands import DestroyEntries

    versions = tuple(sorted(_numbers(entries))) if entries is not None else ()
    desk = desk_of(ctx)
    row = desk.find(concern)
    act = DestroyEntries(authority=authority, rule=rule, versions=versions)
    if reason := desk.may("destroy"):
        raise Refused(reason, entry="Nothing was destroyed.", do="Ask one of them to do it.")
    found = desk.concern(row.id)
    act.events(found, desk.clock())  # what cannot be done is said before anything is asked
    what = f"entries {', '.join(map(str, versions))} of C{row.number}" if versions else f"everything on C{row.number}"
    narrate(f"This destroys {what}, {title_of(found, system_clock())}. Nothing brings it back.")
    _agreed(f"C{row.number}", confirm)
    done = desk.do(row.id, act, seen_version=found.version)
    look_back(opening_of(ctx), desk.store)
    say(f"C{row.number}", *(event.words() for _, event, _ in done.concern.history[-1:] if event))
    narrate("Backups, files and copies made before still have it: destroy those as well.")


def _agreed(number: str, confirm: str | None) -> None:
    """Have the concern's number typed once more. Raises Refused."""
    phrase = f"destroy {number}"
    if confirm is None and somebody_there():
        click.echo(f"Type {phrase} to go on: ", nl=False, err=True)
        typed = sys.stdin.readline().strip()
        agreed = typed.casefold() == phrase.casefold()
    else:
        agreed = confirm is not None and confirm.strip().casefold() == number.casefold()
    if not agreed:
        raise Refused(
            "It was not confirmed.",
            entry="Nothing was destroyed.",
            do=f"Type the words that are asked for, or say --confirm {number}.",
        )


def _numbers(typed: str) -> set[int]:
    found: set[int] = set()
    for part in typed.split(","):
        both = _RANGE.fullmatch(part.strip())
        if both is None:
            raise UsageError("Entries are numbers and ranges with commas between: 3,5-7.")
        first = int(both[1])
        found.update(range(first, int(both[2] or first) + 1))
    if not found:
        raise UsageError("A range begins with the smaller number: 5-7.")
    return found
