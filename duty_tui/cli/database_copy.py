"""`duty-tui database copy`: a record carried elsewhere, or a copy brought up to it."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import click

from duty_tui.cli.output import narrate, say
from duty_tui.cli.progress import Progress
from duty_tui.cli.record import PRACTICE, is_practice, naming, opening_of
from duty_tui.clock import system_clock
from duty_tui.errors import BadFile, Refused
from duty_tui.opening import Opening, key_of, look_back, open_on_server, open_store
from duty_tui.store.store import Store
from duty_tui.wiring import bare_desk, own_policies

_NOTHING = "Nothing was copied."


@click.command("copy", epilog="Example: duty-tui database copy desk.db /media/stick/desk.db")
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
@click.option(
    "--whole/--quick", default=True, help="Verify and compare all of both (the default), or only what is new."
)
@click.pass_context
def copy(ctx: click.Context, source: str, target: str, *, whole: bool) -> None:
    """Bring to the record TO every entry of the record FROM that it lacks, chain and all.

    Each is a file or an address (postgresql://…). TO is made where there is none; a second copy brings only what is new
    since the first, and one that was cut short goes on where it ended. Refused where TO holds another record, or
    entries that FROM does not have. Of one on a server whoever owns it there copies it.
    """
    from duty_tui.store.copying import copy as carried

    how, to = (naming(opening_of(ctx), named) for named in (source, target))
    if how.database == to.database or (to.server is None and _is_one_file(how.database, to.database)):
        raise Refused("FROM and TO are the same record.", entry=_NOTHING, do="Name another place to copy to.")
    with ExitStack() as stack:
        here = stack.enter_context(open_store(how))
        _refuse_half(here)
        look_back(how, here)
        there = stack.enter_context(_open_target(to))
        _refuse_half(there)
        if is_practice(here):
            narrate(PRACTICE)
        with Progress("Copying") as told:
            made = carried(here, there, told, whole=whole)
        rows = _make_rows(there)
    say(
        f"copy {to.server.shown if to.server else to.database}",
        f"entries {made.head.seq}",
        f"head {made.head.hash}",
        f"brought {made.brought}",
    )
    say(f"drafts {made.drafts}")
    narrate(*rows)


def _refuse_half(store: Store) -> None:
    if not store.owned:
        raise Refused(
            f"On the server {store.login} is not shown everything: a copy would lack drafts and what is restricted.",
            entry=_NOTHING,
            do="Have whoever owns the record there copy it.",
        )


def _is_one_file(one: Path, other: Path) -> bool:
    return one.exists() and other.exists() and one.samefile(other)


def _open_target(to: Opening) -> Store:
    """The store to copy to: it may be one whose first copy was cut short, so it is opened past that question."""
    if to.server:
        return open_on_server(to.server, create=True)
    from duty_tui.store.keyfile import make_key
    from duty_tui.store.place import refuse_left
    from duty_tui.store.sqlite import SqliteStore

    refuse_left(to.database)
    if to.database.exists() or to.key_file.exists():
        return SqliteStore(to.database, key_of(to), create=True)
    narrate(f"The key of the copy is made at {to.key_file}: without it nobody can read the copy. Keep the two apart.")
    return SqliteStore(to.database, make_key(to.key_file), create=True)


def _make_rows(there: Store) -> list[str]:
    """Make the rows of a copy; what stands in the way of that is no fault of the copy, and is returned to be said."""
    desk = bare_desk(there, "", system_clock)
    if there.meta("projection_key") == desk.books.key:
        return []
    try:
        with Progress("Making its queue") as told:
            desk.make_rows(told=told)
    except BadFile as error:
        place = own_policies(there) or "they"
        return [error.what, f"The copy is whole. Its queue is made when it is next opened, with {place} there."]
    return []
