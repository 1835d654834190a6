"""`duty-tui`: the commands by name, and what is asked of all of them. A command is imported when it is called."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import click

from duty_tui import __version__
from duty_tui.errors import BadFile, DutyError

#: Command to the module that holds it, as `command`, and its line of help.
COMMANDS = {
    "queue": ("queue", "Print the queue, most urgent first."),
    "why": ("why", "Say why a concern stands where it stands."),
    "show": ("show", "Show what was recorded at the discussions of a concern."),
    "log": ("log", "Print every entry of a concern."),
    "obligations": ("obligations", "List what is owed, across concerns or on one."),
    "actions": ("actions", "List what is still to be done, across concerns."),
    "escalations": ("escalations", "List what went up and has no outcome yet."),
    "escalation": ("escalation", "Show one escalation and what became of it."),
    "breaches": ("breaches", "Print what was late or never done, child by child."),
    "stats": ("stats", "Print the figures of a period."),
    "circulate": ("circulate", "Get a discussion's record to all who must have it."),
    "invite": ("invite", "Write invitations to a booked discussion (.ics)."),
    "handover": ("handover", "Print the sheet for the next shift."),
    "board": ("board", "Show the queue on a wall, names as initials."),
    "export": ("export", "Make documents, or copy out what is recorded."),
    "outbox": ("outbox", "List, send or take back what waits to be recorded."),
    "restrict": ("restrict", "Let only named people see a concern, or lift that."),
    "import": ("importing", "Take in referrals from a file."),
    "init": ("init", "Make a new desk: an empty, encrypted record."),
    "demo": ("demo", "Open the practice desk, with invented children."),
    "key": ("key", "Show, change or recover what opens the record."),
    "verify": ("verify", "Check that the record is whole and unchanged."),
    "checkpoint": ("checkpoint", "Print a line that says where the record ends."),
    "backup": ("backup", "Copy the record, verified before it is called a copy."),
    "restore": ("restore", "Put a backup in the record's place."),
    "database": ("database", "Copy the record elsewhere; on a server, who may use it."),
    "destroy": ("destroy", "Take what was recorded out for good, under a rule."),
    "due": ("due", "Work out what falls due, without a record."),
    "workday": ("workday", "Add working days to a date."),
    "policy": ("policy", "List, show and check policies."),
    "moved": ("moved", "List the dues that were moved, and why."),
    "closure": ("closure", "List, add or remove days the service is closed."),
    "service": ("service", "Say who works here and may do what, office hours, who is on."),
}
#: How many of a file's problems are said; the rest are counted.
_MOST_PROBLEMS = 50


class Commands(click.Group):
    """Finds commands by name without importing the others, and ends every error in a sentence."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of a day's work."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command with this name, imported now; None when there is none."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"duty_tui.cli.{COMMANDS[cmd_name][0]}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The names with their lines of help, without importing any."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """Read the words before the command; what click says about wrong ones holds nothing a terminal would obey."""
        with _said_cleanly():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; whatever goes wrong in it is told in words, and its status is the error's."""
        from duty_tui.cli.output import speak_utf8

        speak_utf8()
        try:
            with _said_cleanly():
                return super().invoke(ctx)
        except DutyError as error:
            tell(error)
            ctx.exit(error.exit_code)
        except (BrokenPipeError, click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:  # noqa: BLE001 - told in words; where it happened is kept
            from duty_tui.clock import system_clock
            from duty_tui.incident import incident
            from duty_tui.places import places

            tell(incident(error, places().incidents, system_clock()))
            ctx.exit(1)


@contextmanager
def _said_cleanly() -> Iterator[None]:
    try:
        yield
    except click.ClickException as error:
        from duty_tui.domain.text import clean

        vars(error)["message"] = clean(error.message)  # click calls it final, and makes no other way to say it
        raise


def tell(error: DutyError) -> None:
    """Say on standard error what happened, what became of the entry, and what to do."""
    from duty_tui.cli.output import narrate

    problems = list(error.problems) if isinstance(error, BadFile) else []
    more = len(problems) - _MOST_PROBLEMS
    said = [*problems[:_MOST_PROBLEMS], f"… and {more} more"] if more > 0 else problems
    narrate(*filter(None, (f"duty-tui: {error.what}", *said, error.entry, error.do)))


@click.group(
    cls=Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Example: duty-tui --database desk.db queue",
)
@click.option(
    "--database",
    metavar="PATH",
    envvar="DUTY_TUI_DATABASE",
    help="The record to open: a file, or postgresql://NAME@SERVER/DATABASE?schema=AUTHORITY. [env: DUTY_TUI_DATABASE; "
    "else this person's own desk, else the practice desk]",
)
@click.option(
    "--key-file",
    metavar="PATH",
    envvar="DUTY_TUI_KEY_FILE",
    help="The key of the record. [env: DUTY_TUI_KEY_FILE; else desk.key in the configuration folder]",
)
@click.option(
    "--passphrase-file",
    metavar="PATH",
    envvar="DUTY_TUI_PASSPHRASE_FILE",
    help="A file whose first line is the key's passphrase. [env: DUTY_TUI_PASSPHRASE_FILE; or the words themselves in "
    "DUTY_TUI_PASSPHRASE; else asked for on the terminal]",
)
@click.version_option(__version__, prog_name="duty-tui", message="%(prog)s %(version)s")
@click.pass_context
def root(ctx: click.Context, database: str | None, key_file: str | None, passphrase_file: str | None) -> None:
    """The duty desk for strategy discussions.

    Without a command, opens the queue; without a terminal, prints it.
    """
    ctx.obj = (database, key_file, passphrase_file)
    if ctx.invoked_subcommand is None:
        from duty_tui.cli.output import can_draw
        from duty_tui.cli.record import opening_of

        if sys.stdin.isatty() and sys.stdout.isatty() and can_draw():
            from duty_tui.cli.open_app import open_app

            open_app(opening_of(ctx))
        else:
            from duty_tui.cli.queue import print_queue

            print_queue(opening_of(ctx))
