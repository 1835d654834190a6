"""`duty-tui init`: a new desk."""

from __future__ import annotations

from dataclasses import replace

import click

from duty_tui.cli.output import narrate, say
from duty_tui.cli.record import opening_of
from duty_tui.domain.times import day_words
from duty_tui.wiring import init_desk


@click.command("init", epilog="Example: duty-tui init")
@click.argument("path", required=False)
@click.pass_context
def command(ctx: click.Context, path: str | None) -> None:
    """Make a new desk: an empty, encrypted record at PATH, else at --database, else where yours is looked for.

    Its key goes into the configuration folder, apart from it. Never touches a file that is there.
    """
    how = opening_of(ctx)
    if path:
        ctx.obj = (path, *ctx.obj[1:])
        how = opening_of(ctx)
    place = how.places.desk if how.practice else how.database
    with init_desk(replace(how, database=place, practice=False)).store as store:
        from duty_tui.domain.service import STREAM, fold_service

        adopted = fold_service((entry.kind, entry.data) for entry in store.stream(STREAM)).adopted
    say(*([f"database {how.server.shown}"] if how.server else [f"database {place}", f"key {how.key_file}"]))
    say(*(f"policy {name} from {day}" for name, day in adopted.items()))
    narrate(*(f"Works by {name} from {day_words(day)}." for name, day in adopted.items() if day))
    narrate(
        "Whoever runs the server backs it up; `duty-tui database grants` lets others in."
        if how.server
        else "Back up both files, and keep the copies apart: the record cannot be read without its key.",
        "duty-tui closure add DATE NAME adds a day on which the service is closed.",
    )
