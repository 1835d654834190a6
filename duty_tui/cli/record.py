"""Which record a command works on, and opening it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from duty_tui.cli.output import narrate
from duty_tui.cli.passphrase import Passphrase, somebody_there
from duty_tui.clock import system_clock
from duty_tui.opening import Opening, open_store, opening
from duty_tui.wiring import open_desk

if TYPE_CHECKING:
    from duty_tui.desk.desk import Desk
    from duty_tui.store.address import Address
    from duty_tui.store.store import Store

#: Said first, always, on a desk of invented children.
PRACTICE = "PRACTICE desk: the children are invented, and nothing here is a record."


def opening_of(ctx: click.Context, *, asks: bool = True) -> Opening:
    """The record named before the command, or the one that is meant without a name; `asks` as `opening` has it."""
    key_file, words = (Path(place) if place else None for place in ctx.obj[1:])
    named: str | None = ctx.obj[0]
    database = _record_named(named) if named else None
    return opening(database, key_file, system_clock(), Passphrase(words), alone=not somebody_there(), asks=asks)


def naming(how: Opening, named: str) -> Opening:
    """The same for the record `named`, a path or an address."""
    place = _record_named(named)
    if isinstance(place, Path):
        return replace(how, database=place, practice=False, server=None)
    return replace(how, database=Path(place.shown), practice=False, server=place)


def _record_named(named: str) -> Path | Address:
    from duty_tui.store.address import is_address, read_address

    return read_address(named) if is_address(named) else Path(named)


def is_practice(store: Store) -> bool:
    """Whether the children of this record are invented."""
    return store.meta("practice") == "yes"


def desk_of(ctx: click.Context) -> Desk:
    """The desk of the record that is meant, open until the command ends; said on standard error when it is practice."""
    desk = open_desk(opening_of(ctx))
    ctx.call_on_close(desk.store.close)
    if desk.outbox is not None:
        ctx.call_on_close(desk.outbox.close)
    if is_practice(desk.store):
        narrate(PRACTICE)
    return desk


def kept_rows(how: Opening) -> Store:
    """The store of a record, its rows current; for those who need nothing but the rows."""
    if how.practice and not how.database.exists():
        return open_desk(how).store
    from duty_tui.wiring import rows_are_current

    store = open_store(how)
    if not rows_are_current(store):
        if store.read_only:
            narrate(
                "The record can only be read from here, and the policies or the program have changed since its queue "
                "was last put in order: this is that earlier order."
            )
        else:
            from duty_tui.wiring import bare_desk

            bare_desk(store, "", system_clock).refresh_rows()
    return store
