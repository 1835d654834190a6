"""From what somebody names to an open record: which one, with which key, for whom, and what waits for it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from duty_tui.domain.times import london_date
from duty_tui.errors import DutyError, Refused, Unavailable
from duty_tui.places import Places, places

if TYPE_CHECKING:
    from duty_tui.settings import Settings
    from duty_tui.store.address import Address
    from duty_tui.store.keyfile import Unlock
    from duty_tui.store.outbox import Outbox
    from duty_tui.store.postgres import PostgresStore
    from duty_tui.store.store import Store


@dataclass(frozen=True)
class Opening:
    """Which record to open, with which key, and for whom."""

    database: Path
    key_file: Path
    practice: bool
    places: Places
    #: Gets the passphrase where the key file asks for one; without it nobody can be asked.
    unlock: Unlock | None = field(default=None, repr=False)
    #: Whether nobody is there to answer what a system keyring may ask.
    alone: bool = True
    #: The data key where it is known already: nobody is asked twice.
    key: bytes | None = field(default=None, repr=False)
    #: Where the record is, when it is on a PostgreSQL server; `database` then only shows that, and no file is meant.
    server: Address | None = None

    @cached_property
    def settings(self) -> Settings:
        """What this person set; read when first asked for. Raises BadFile.

        On a server everybody has the name they log in with, whatever they set.
        """
        from duty_tui.settings import read_settings

        settings = read_settings(self.places.settings_file)
        return replace(settings, name=self.server.login) if self.server else settings

    def file(self, instead: str) -> Path:
        """The file that is the record. Raises Refused where it is on a server; `instead` says what to do there."""
        if self.server:
            raise Refused(
                f"{self.server.shown} is on a PostgreSQL server and has no file.",
                entry="Nothing was changed.",
                do=instead,
            )
        return self.database


def opening(
    database: Path | Address | None,
    key_file: Path | None,
    now: datetime,
    unlock: Unlock | None = None,
    *,
    alone: bool = True,
    asks: bool = True,
) -> Opening:
    """The record somebody means: the one named, else their own desk when there is one, else today's practice desk.

    Where something was typed for their own desk while it was away, they mean that one, though it is not there now. The
    key says whether it was; unless `asks`, for what mends the key itself, anything that waits here counts.
    """
    where = places()
    key_file = key_file or where.key_file
    if database and not isinstance(database, Path):
        return Opening(Path(database.shown), key_file, False, where, unlock, alone, server=database)
    own = Opening(database or where.desk, key_file, False, where, unlock, alone)
    if database or own.database.exists() or _is_missed(own, asks=asks):
        return own
    return practice_opening(key_file, now, unlock, alone=alone)


def practice_opening(
    key_file: Path | None, now: datetime, unlock: Unlock | None = None, *, alone: bool = True
) -> Opening:
    """Today's practice desk, whether or not there is a desk of one's own."""
    where = places()
    return Opening(where.practice(london_date(now)), key_file or where.key_file, True, where, unlock, alone)


def _is_missed(own: Opening, *, asks: bool) -> bool:
    """Whether something was ever typed for a desk while it was away: so there was one, wherever it is now."""
    if not own.places.outbox.is_dir() or not own.key_file.exists():
        return False
    from duty_tui.store.outbox import any_outbox

    if not any_outbox(own.places.outbox):
        return False
    if not asks:
        return True
    outbox = outbox_left(own)
    if outbox is not None:
        outbox.close()
    return outbox is not None


def key_of(how: Opening) -> bytes:
    """The data key of a record; asks for the passphrase where one is needed and can be had. Raises DutyError.

    One on a server has none: there it is this machine's own, for what waits here, made when first needed.
    """
    if how.server and not how.key_file.exists():
        from duty_tui.store.keyfile import make_key

        return how.key or make_key(how.key_file)
    return how.key or _key_in(how.key_file, how)


def _key_in(file: Path, how: Opening) -> bytes:
    from duty_tui.store.keyfile import nobody_to_ask, read_key
    from duty_tui.store.system_keyring import ALONE, PATIENCE

    return read_key(file, how.unlock or nobody_to_ask, ALONE if how.alone else PATIENCE)


def next_key(key_file: Path) -> Path:
    """Where the new key lies while a record is put under it; a cut between the two leaves it there."""
    return key_file.with_name(f"{key_file.name}.next")


def take_next_key(key_file: Path) -> Path:
    """Give the new key the name of the key file; where the one before is kept now, beside it.

    Backups made before open with that one alone, and so does what a program keeps here that was open meanwhile.
    """
    from duty_tui.clock import system_clock
    from duty_tui.store.keyfile import name_before, replace_key

    kept = name_before(key_file, system_clock())
    replace_key(kept, key_file.read_text(encoding="ascii"))  # a copy: at every moment there is a key file
    next_key(key_file).replace(key_file)
    return kept


def open_store(how: Opening, *, create: bool = False) -> Store:
    """The store of a record. Raises DutyError for every reason it cannot be opened."""
    if how.server:
        store = _whole(open_on_server(how.server, create=create), how)
        store.sealing_key = partial(key_of, how)  # asked for only when something is sealed
        return store
    from duty_tui.errors import WrongDatabase
    from duty_tui.store.keyfile import make_key
    from duty_tui.store.sqlite import SqliteStore

    key = make_key(how.key_file) if create and not how.key_file.exists() else key_of(how)
    try:
        return _whole(SqliteStore(how.database, key, create=create), how)
    except WrongDatabase:
        fresh = next_key(how.key_file)
        if create or not fresh.exists():
            raise
        # The record was put under a new key, and that was cut short before the key had its name.
        store = _whole(SqliteStore(how.database, _key_in(fresh, how)), how)
        with suppress(DutyError):  # no room for the one before: it opens all the same, and the next start tries again
            take_next_key(how.key_file)
        return store


def _whole(store: Store, how: Opening) -> Store:
    """The store, unless it is a copy whose making was cut short."""
    from duty_tui.store.copying import COPYING

    if not store.meta(COPYING):
        return store
    store.close()
    raise Unavailable(
        f"{how.server.shown if how.server else how.database} is a copy that is not whole yet.",
        do="Wait until `duty-tui database copy` is done; if it was cut short, run it again: it goes on where it ended.",
    )


def open_on_server(server: Address, *, create: bool) -> PostgresStore:
    """The store of a record on a server, also where it is a copy that is not whole yet. Raises DutyError."""
    try:
        from duty_tui.store.postgres import PostgresStore
    except ImportError:
        raise Refused(
            "This duty-tui was installed without what speaks to a PostgreSQL server.",
            do="Install duty-tui[postgres], or name a file.",
        ) from None
    store = PostgresStore(server, create=create)
    if store.login != server.login:
        what = f"The server knows you as {store.login}, and the address names {server.login}."
        store.close()
        raise Refused(what, do="Write the name that logs in into the address.")
    return store


def damaged_pages(how: Opening) -> list[str]:
    """Which pages of a record are not as they were sealed, also where it cannot be opened; a server's are its own."""
    if how.server:
        return []
    from duty_tui.store import cipher

    return cipher.damaged_pages(how.database, key_of(how))


def with_key(how: Opening) -> Opening:
    """The same with its key known: nobody is asked for the passphrase twice, nor is it stretched twice."""
    return how if how.server else replace(how, key=key_of(how))


def outbox_of(how: Opening, store: Store) -> Outbox:
    """Where what is typed while `store` is away waits; a file only once something does."""
    from duty_tui.store.outbox import Outbox, outbox_file

    key = _key_of_outbox(how)
    file = outbox_file(how.places.outbox, store.meta("database") or "", key)
    return Outbox(file, key, _home(how), None if how.server else how.key_file)


def outbox_left(how: Opening) -> Outbox | None:
    """The outbox of a record that cannot be opened now, where something was put into it; None when there is none."""
    from duty_tui.store.outbox import Outbox, is_same_place, outboxes_under

    key = _key_of_outbox(how)
    for file in outboxes_under(how.places.outbox, key):
        outbox = Outbox(file, key)
        if is_same_place(outbox.home, _home(how)):
            return outbox
        outbox.close()
    return None


def _home(how: Opening) -> str:
    """Where a record is, as its outbox remembers it."""
    return how.server.shown if how.server else str(how.database.absolute())


def _key_of_outbox(how: Opening) -> bytes:
    """Made from the record's data key; a record on a server has none on this machine, so its outbox has its own."""
    from duty_tui.store.keyfile import make_key, read_key
    from duty_tui.store.outbox import outbox_key

    if not how.server:
        return outbox_key(key_of(how))
    file = how.places.outbox_key_file
    return read_key(file) if file.exists() else make_key(file)


def look_back(how: Opening, store: Store) -> None:
    """Check that what this terminal last saw of the record is still there, and note how far it has come.

    Raises Tampered when the record was cut short, rewritten or replaced by an older copy since.
    """
    from duty_tui.store.witness import Witness

    Witness(how.places.witness).check(store)
