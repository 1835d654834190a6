"""`duty-tui database`: what is done to a whole record by whoever looks after it."""

from __future__ import annotations

import click

from duty_tui.cli.database_copy import copy
from duty_tui.cli.database_server import check, create, grants, migrate


@click.group("database", epilog="Example: duty-tui database copy desk.db /media/stick/desk.db")
def command() -> None:
    """Look after the record as a whole: copies elsewhere; on a server its schema and who may use it."""


for one in (copy, create, migrate, grants, check):
    command.add_command(one)
