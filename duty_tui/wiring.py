"""Puts the house together: from a file name to a desk. The only place that knows every room.

What needs the rules is imported when a desk is opened: showing rows that are kept under the right key needs none.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from duty_tui.clock import Clock, system_clock
from duty_tui.data_files import DATA
from duty_tui.domain.times import london_date
from duty_tui.errors import BadFile, DutyError, Refused, Unavailable
from duty_tui.opening import Opening, look_back, open_store, outbox_of, with_key
from duty_tui.places import places
from duty_tui.rules.installed import holidays_key

if TYPE_CHECKING:
    from duty_tui.desk.desk import Desk
    from duty_tui.domain.service import PolicyAdopted, Service
    from duty_tui.rules.calendar import WorkingCalendar
    from duty_tui.rules.evaluate import Rulebook
    from duty_tui.rules.vocabulary import CalendarName
    from duty_tui.store.outbox import Outbox
    from duty_tui.store.store import Store

POLICIES = DATA / "policies"
_BANK_HOLIDAYS = "bank_holidays"


def rows_are_current(store: Store) -> bool:
    """Whether the rows kept in the store are those that today's policies, calendar and program would make."""
    from duty_tui.desk.rows_key import rows_key

    return store.meta("projection_key") == rows_key(store, POLICIES, holidays_key(), own_policies(store))


def open_desk(how: Opening, *, clock: Clock = system_clock) -> Desk:
    """The desk of a record, its rows current. A practice desk is made and filled when there is none yet."""
    if how.practice and not how.database.exists():
        return make_practice_desk(how, clock)
    how = with_key(how)
    with ExitStack() as opened:
        store = open_store(how)
        opened.callback(store.close)
        look_back(how, store)
        outbox = outbox_of(how, store)
        opened.callback(outbox.close)
        desk = desk_of(store, how.settings.name, clock, outbox)
        opened.pop_all()  # it is open: whoever has it closes it
    return desk


def make_practice_desk(how: Opening, clock: Clock) -> Desk:
    """Make and fill the practice desk `how` names, and open it. Of two starts at once one makes it, both open it."""
    from duty_tui.practice import AT_WORK, fill

    now = clock().replace(second=0, microsecond=0)
    make_whole(how, lambda: now - AT_WORK, practice=True, fill=lambda desk: fill(desk, now))
    return desk_of(open_store(how), how.settings.name, clock)


def desk_of(store: Store, actor: str, clock: Clock, outbox: Outbox | None = None) -> Desk:
    """A desk on an open store."""
    desk = bare_desk(store, actor, clock, outbox)
    if not store.read_only:
        desk.refresh_rows()
    return desk


def bare_desk(store: Store, actor: str, clock: Clock, outbox: Outbox | None = None) -> Desk:
    """A desk on an open store whose rows nobody has looked at yet."""
    from duty_tui.desk.books import Books
    from duty_tui.desk.desk import Desk

    books = Books(store, POLICIES, holidays_key(), make_rulebook, own_policies(store))
    return Desk(store, books, clock, actor or store.login or "", outbox)


def init_desk(how: Opening, *, practice: bool = False, clock: Clock = system_clock) -> Desk:
    """A new, empty record with the default policies adopted. Raises Refused when there is one already."""
    if how.server:
        _make_on_server(how, clock)
    elif os.path.lexists(how.database) or not make_whole(how, clock, practice=practice):
        what = f"There is already a file at {how.database}."
        raise Refused(what, entry="Nothing was changed.", do="Name another file.")
    return open_desk(how, clock=clock)


def _make_on_server(how: Opening, clock: Clock) -> None:
    """The schema in one transaction, then what is adopted: a start that was cut off in between is gone on with."""
    with open_store(how, create=True) as store:
        desk = bare_desk(store, how.settings.name, clock)
        if not desk.books.service.version:  # what is decided follows this, and somebody else's decision refuses it
            desk.decide(default_adoptions(london_date(clock())))
            return
    what = f"There is already a record at {how.server and how.server.shown}."
    raise Refused(what, entry="Nothing was changed.", do="Name another schema with schema= in the address.")


def make_whole(
    how: Opening, clock: Clock, *, practice: bool = False, fill: Callable[[Desk], object] | None = None
) -> bool:
    """Make a record beside its place, and put it there once it is whole: a start cut short leaves no half desk behind.

    False, and nothing is changed, when somebody else put one there meanwhile. Raises Unavailable, Refused.
    """
    from duty_tui.store.place import hidden, refuse_left, settle, sweep

    fresh = hidden(how.database)
    try:
        with open_store(replace(how, database=fresh), create=True) as store:
            if practice:
                store.set_meta("practice", "yes")
            desk = bare_desk(store, how.settings.name, clock)
            desk.decide(default_adoptions(london_date(clock())))
            if fill:
                fill(desk)
            look_back(how, store)  # where this terminal can note nothing, the record could not be opened again
        refuse_left(how.database)
        how.database.hardlink_to(fresh)
        settle(how.database.parent)
    except FileExistsError:
        return False
    except DutyError as error:
        error.what = error.what.replace(str(fresh), str(how.database))
        raise
    except OSError as error:
        what = f"No database can be made at {how.database}: {error.strerror}."
        raise Unavailable(what, do="Choose another place.") from error
    finally:
        sweep(fresh, how.database)
    return True


def default_adoptions(today: date) -> list[PolicyAdopted]:
    """What a new desk adopts: documents with a date of their own from that date, the others from today."""
    import tomllib

    from duty_tui.domain.service import PolicyAdopted
    from duty_tui.rules.loader import load_policies, load_vocabulary

    names = tomllib.loads((DATA / "service.toml").read_text("utf-8"))["adopt"]
    policies = load_policies(names, load_vocabulary())
    return [PolicyAdopted(pack=policy.id, from_day=policy.newest.pack.in_force_from or today) for policy in policies]


def make_rulebook(service: Service, store: Store) -> Rulebook:
    """The rulebook of a service: the packs it adopted, counted on England's bank holidays less its closure days."""
    from duty_tui.rules.evaluate import Rulebook
    from duty_tui.rules.loader import load_policies, load_vocabulary

    vocabulary = load_vocabulary()
    policies = load_policies((policy_folder(name, own_policies(store)) for name in service.adopted), vocabulary)
    calendars = working_calendars(vocabulary.calendar, bank_holidays(store), service.closures)
    dated = {policy: day for policy, day in service.adopted.items() if day is not None}
    return Rulebook(policies, vocabulary, calendars, dated, service.spells)


def own_policies(store: Store) -> Path | None:
    """The folder of the service's own policies: `policies` beside the database; it need not exist.

    It lies with the record and not with a person's settings, so that every terminal works by the same rules. A record
    on a server has no place beside it: there it is the one in the configuration folder, to be the same everywhere.
    """
    place: Path | None = getattr(store, "path", None)
    if store.login is not None:
        return places().config / "policies"
    return place.with_name("policies") if place else None


def policy_folder(name: str, own: Path | None) -> Path:
    """Where an adopted policy is: among the program's, or in the folder of the service's own. Raises BadFile."""
    for folder in filter(None, (POLICIES, own)):
        if (folder / name / "pack.toml").is_file():
            return folder / name
    what = f'The policy "{name}", by which this desk works, is neither the program\'s nor in {own}.'
    raise BadFile(what, do="Put its folder back there; without it nobody can say what is due.")


def working_calendars(
    names: Mapping[str, CalendarName], holidays: Mapping[date, str], closures: Mapping[date, str]
) -> dict[str, WorkingCalendar]:
    """The calendars by name: `holidays` with the one-off days the library does not know yet, less `closures`."""
    from duty_tui.rules.bank_holidays import read_published
    from duty_tui.rules.calendar import build_calendars

    published = read_published(POLICIES / "bank_holidays.toml")
    return build_calendars(names, published.amend(holidays), closures, published.published_until)


def bank_holidays(store: Store) -> dict[date, str]:
    """England's bank holidays as kept in the store, read anew once the library that knows them is another version."""
    from duty_tui.rules.bank_holidays import decode, encode, read_bank_holidays

    key = holidays_key()
    version, _, text = (store.meta(_BANK_HOLIDAYS) or "").partition("\n")
    if version == key:
        return decode(text)
    found = read_bank_holidays()
    if not store.read_only:
        store.set_meta(_BANK_HOLIDAYS, f"{key}\n{encode(found)}")
    return found


def drop_textual_settings() -> None:
    """Forget the environment variables that make Textual log, record or drive the screen."""
    for name in [name for name in os.environ if name.startswith("TEXTUAL")]:
        del os.environ[name]
