"""`duty-tui`: the names of the commands, and what is asked of all of them. What a command needs is imported when it runs."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import click
from typing_extensions import override

from duty_tui import __version__
from duty_tui.errors import BadFile, DutyError

#: Command to the module that holds it (its function has the command's name) and its line of help.
COMMANDS = {
    "queue": ("queue", "Print the queue, most urgent first."),
    "why": ("why", "Say why a concern stands where it stands."),
    "import": ("importing", "Take in referrals from a file."),
    "init": ("init", "Make a new desk: an empty, encrypted record."),
    "demo": ("demo", "Open the practice desk, with invented children."),
    "verify": ("verify", "Check that the record is whole and unchanged."),
    "due": ("due", "Work out what falls due, without a record."),
    "workday": ("workday", "Add working days to a date."),
    "policy": ("policy", "List, show and check policies."),
    "closure": ("closure", "List, add or remove days the service is closed."),
}


class Commands(click.Group):
    """Finds commands by name without importing the others, and ends every error in a sentence."""

    @override
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    @override
    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _ = COMMANDS[cmd_name]
        command: click.Command = import_module(f"duty_tui.cli.{module}").command
        return command

    @override
    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])

    @override
    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except DutyError as error:
            tell(error)
            ctx.exit(error.exit_code)


def tell(error: DutyError) -> None:
    """Say on stderr what happened, what became of the entry, and what to do."""
    lines = [error.what, *(error.problems if isinstance(error, BadFile) else ()), error.entry, error.do]
    click.echo("duty-tui: " + "\n".join(filter(None, lines)), err=True)


@click.group(
    cls=Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--database",
    type=click.Path(path_type=Path, dir_okay=False),
    envvar="DUTY_TUI_DATABASE",
    help="The record to open. [env: DUTY_TUI_DATABASE; else this person's own desk, else the practice desk]",
)
@click.option(
    "--key-file",
    type=click.Path(path_type=Path, dir_okay=False),
    envvar="DUTY_TUI_KEY_FILE",
    help="The key of the record. [env: DUTY_TUI_KEY_FILE; else desk.key in the configuration folder]",
)
@click.version_option(__version__, prog_name="duty-tui", message="%(prog)s %(version)s")
@click.pass_context
def root(ctx: click.Context, database: Path | None, key_file: Path | None) -> None:
    """The duty desk for strategy discussions.

    Without a command, opens the queue; without a terminal, prints it.
    """
    ctx.obj = {"database": database, "key_file": key_file}
    if ctx.invoked_subcommand is None:
        if sys.stdin.isatty() and sys.stdout.isatty():
            from duty_tui.cli.open_app import open_app

            open_app(database, key_file)
        else:
            from duty_tui.cli.queue import print_queue

            print_queue(database, key_file)
