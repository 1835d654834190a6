"""`duty-tui database`: what is done to a whole record by whoever looks after it."""

from __future__ import annotations

import click

from duty_tui.cli.database_copy import copy


@click.group("database", epilog="Example: duty-tui database copy desk.db /media/stick/desk.db")
def command() -> None:
    """Look after the record as a whole: copies elsewhere."""


command.add_command(copy)
