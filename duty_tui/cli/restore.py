"""`duty-tui restore`: a backup put in the record's place, verified first."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import click

from duty_tui.cli.output import narrate, say
from duty_tui.cli.record import opening_of
from duty_tui.cli.verify import lost
from duty_tui.clock import system_clock
from duty_tui.errors import Refused
from duty_tui.opening import key_of, open_store


@click.command("restore", epilog="Example: duty-tui restore desk-2026-11-22.db")
@click.argument("file")
@click.option("--replace", "instead", is_flag=True, help="Where there is a record, keep it beside and put FILE there.")
@click.pass_context
def command(ctx: click.Context, file: str, instead: bool) -> None:
    """Put the backup FILE at --database, else where your desk is looked for. FILE itself stays as it is.

    It is copied beside and verified whole first. A record that is there is never lost: with --replace it is kept under
    another name. This terminal then takes the restored end for what it has seen; others run `duty-tui verify
    --restored` once they were told.
    """
    from duty_tui.store.copies import restore
    from duty_tui.store.witness import Witness

    how = opening_of(ctx)
    how.file("Copy one into it with `duty-tui database copy`, or have whoever runs the server restore it.")
    if how.practice:
        how = replace(how, database=how.places.desk, practice=False)
    place, aside = how.database, None
    if instead:
        aside = place.with_name(f"{place.stem}.before-{system_clock():%Y%m%d-%H%M%S}{place.suffix}")
    elif os.path.lexists(place):
        what = f"There is a record at {place}."
        raise Refused(what, entry="Nothing was changed.", do="Add --replace: it is then kept beside.")
    head = restore(Path(file), key_of(how), place, aside)
    say(f"database {place}", f"entries {head.seq}", f"head {head.hash}")
    if aside and aside.exists():
        narrate(f"The record that was there is kept as {aside}.")
    with open_store(how) as store:
        before, end = Witness(how.places.witness).begin_anew(store)
    narrate(*lost(before, end), "On every other terminal that had it open, run `duty-tui verify --restored`.")
