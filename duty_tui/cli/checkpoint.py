"""`duty-tui checkpoint`: a signed line that says where the record ends, for the handover sheet; or checking one."""

from __future__ import annotations

import click

from duty_tui.cli.output import as_json, narrate, say, say_object
from duty_tui.cli.record import PRACTICE, is_practice, opening_of
from duty_tui.clock import system_clock
from duty_tui.errors import Refused
from duty_tui.opening import Opening, key_of, look_back, open_store


@click.command("checkpoint", epilog="Example: duty-tui checkpoint")
@click.option("--check", "line", metavar="LINE", help="A line printed before: does the record still hold it?")
@as_json
@click.pass_context
def command(ctx: click.Context, line: str | None, as_json: bool) -> None:
    """Print one line: which record, how many entries, the hash of the last, when, and a seal under the record's key.

    Kept on paper or in a letter, it shows later whether the record still holds what it held. With --check the chain is
    verified from there to the end; ends with 1 when the line is not of this record or the record lost it.
    """
    how = opening_of(ctx)
    if line is not None:
        _check(how, line, as_json=as_json)
        return
    from duty_tui.store.checkpoint import end_of

    with open_store(how) as store:
        look_back(how, store)
        made = end_of(store, system_clock())
        if is_practice(store):
            narrate(PRACTICE)
    if made is None:
        raise Refused("This record has no key to seal a line under.", do="duty-tui verify says whether it is whole.")
    if as_json:
        database, head, at, _ = made
        say_object({"line": made.line(), "database": database, "entries": head.seq, "head": head.hash, "at": at})
    else:
        say(made.line())


def _check(how: Opening, line: str, *, as_json: bool) -> None:
    from duty_tui.store.checkpoint import read_checkpoint

    read = read_checkpoint(line)
    key = key_of(how)
    with open_store(how) as store:
        if store.meta("database") != read.database:
            raise Refused("That line is of another record.", do="Name the record it belongs to with --database.")
        end = store.verify(read.head, whole=False) if read.head.seq else store.verify(whole=False)
    sealed = read.is_by(key)
    if as_json:
        say_object({"entries": read.head.seq, "at": read.at, "holds": True, "sealed": sealed, "entries_now": end.seq})
    else:
        say(
            f"The record still holds entry {read.head.seq}, as it was on {read.at}, and {end.seq - read.head.seq} more."
        )
    if not sealed:
        raise Refused(
            "The seal of the line is not one of the key in use: something of the line was changed, or it was made "
            "before the key was rotated.",
            do="The entry it names is in the record; who made the line, and when, it does not prove.",
        )
