"""`duty-tui backup`: a copy of the record that was opened, verified and compared before it is called one."""

from __future__ import annotations

from pathlib import Path

import click

from duty_tui.cli.output import narrate, say
from duty_tui.cli.record import PRACTICE, is_practice, opening_of
from duty_tui.opening import key_of, look_back, open_store


@click.command("backup", epilog="Example: duty-tui backup desk-2026-11-22.db")
@click.argument("file")
@click.pass_context
def command(ctx: click.Context, file: str) -> None:
    """Copy the record to FILE, which must not be there yet, under the same key; others may go on recording.

    The copy is opened, verified whole and compared with the record entry by entry before it gets its name.
    """
    from duty_tui.store.copies import back_up

    how = opening_of(ctx)
    how.file("Copy it with `duty-tui database copy`, or have the server backed up by whoever runs it.")
    with open_store(how) as store:
        look_back(how, store)
        if is_practice(store):
            narrate(PRACTICE)
    head = back_up(how.database, key_of(how), Path(file))
    say(f"backup {file}", f"entries {head.seq}", f"head {head.hash}")
    narrate("It opens with the same key. Keep the two apart, and try `duty-tui restore` once before you need it.")
