"""`duty-tui database create|migrate|grants|check`: the record on a PostgreSQL server, for whoever owns it there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from duty_tui.cli.output import as_json, narrate, say, say_object
from duty_tui.cli.record import opening_of
from duty_tui.errors import DutyError, UsageError
from duty_tui.wiring import init_desk

if TYPE_CHECKING:
    from duty_tui.store.address import Address


def _server(ctx: click.Context) -> Address:
    how = opening_of(ctx)
    if how.server is None:
        raise UsageError(
            "This is about a record on a PostgreSQL server.",
            do="Name it: --database postgresql://NAME@SERVER/DATABASE?schema=AUTHORITY.",
        )
    return how.server


@click.command(epilog="Example: duty-tui database create")
@click.pass_context
def create(ctx: click.Context) -> None:
    """Make the schema of an authority, with the default policies adopted; whoever does owns it."""
    server = _server(ctx)
    init_desk(opening_of(ctx)).store.close()
    say(f"database {server.shown}")
    narrate("You own it: the server lets you do everything with it. Work under another login.")
    narrate("`duty-tui database grants --login NAME` lets people in.")


@click.command(epilog="Example: duty-tui database migrate")
@click.pass_context
def migrate(ctx: click.Context) -> None:
    """Bring the schema to this program's version, nobody writing meanwhile; all or nothing."""
    from duty_tui.store.postgres_rights import bring_up

    done = bring_up(_server(ctx))
    say(*(f"migrated {name}" for name in done))
    narrate(
        "Run `duty-tui database grants` again: what is new has no rights yet."
        if done
        else "It was of this version already."
    )


@click.command(epilog="Example: duty-tui database grants --login ann")
@click.option("--login", "logins", multiple=True, metavar="NAME", help="Let NAME record; makes the login if need be.")
@click.option("--leave", "leaving", multiple=True, metavar="NAME", help="Let NAME record no longer.")
@click.option("--print", "only_print", is_flag=True, help="Print the statements instead, for whoever runs the server.")
@click.pass_context
def grants(ctx: click.Context, logins: Sequence[str], leaving: Sequence[str], only_print: bool) -> None:
    """Give the group of this record its rights, and let people in or out.

    A person's login is the name their entries carry, so call it as they are called. A login made here has no password
    yet: whoever runs the server sets one, or says how else it is known.
    """
    from duty_tui.store import postgres_rights as rights

    server = _server(ctx)
    if only_print:
        say(*rights.said(server, logins, leaving))
        return
    strangers = rights.grant(server, logins, leaving)
    gone = [f"not in {name}" if name in strangers else f"out {name}" for name in leaving]
    say(f"group {rights.group_of(server)}", *(f"in {name}" for name in logins), *gone)


@click.command(epilog="Example: duty-tui database check")
@as_json
@click.pass_context
def check(ctx: click.Context, *, as_json: bool) -> None:
    """Say how the record is guarded on its server, and who may do what; ends with 1 when something is wrong."""
    from duty_tui.store.postgres_check import check as look

    found = list(look(_server(ctx)))
    wrong = sum(not one.right for one in found)
    if as_json:
        say_object({"right": not wrong, "found": [one._asdict() for one in found]})
    else:
        say(*(f"{'ok   ' if one.right else 'WRONG'} {one.what}" for one in found))
    if wrong:
        raise DutyError(
            f"{wrong} of {len(found)} are not as they should be.", do="Have whoever owns the record mend it."
        )
