"""The tables and the guards of the journal, as migrations.

sqlite-utils' `Migrations` keep the list and its record in the file; `user_version` says how many have been applied, so
that opening a database that needs none costs one pragma and not the import of sqlite-utils. Never `transform()` the
journal here: it makes the table anew and would drop the guards.
"""

from __future__ import annotations

import os

from sqlite_utils import Database, Migrations

from duty_tui.store.guards import GUARDS
from duty_tui.store.journal import Entry
from duty_tui.store.presence import Presence
from duty_tui.store.rows import ActionRow, ConcernRow, Contact, Draft, Identity

migrations = Migrations("duty-tui")

WHOLE_NUMBERS = {
    *("seq", "version", "number", "rank", "due", "received", "children"),
    *("certain", "provisional", "restricted"),
}
#: Of actions and contacts.
_COUNTED = {"discussion", "due", "seen", "place"}
MAY_BE_UNKNOWN = {"salt", "body", "due", "owner", "youngest", "eldest"}


def _columns(names: tuple[str, ...]) -> dict[str, type]:
    return {name: int if name in WHOLE_NUMBERS else str for name in names}


@migrations(name="1 journal, rows, drafts")
def first(db: Database) -> None:
    """Everything the first release needs."""
    journal = db.table("journal")
    journal.create(_columns(Entry._fields), pk="seq", not_null=set(Entry._fields) - MAY_BE_UNKNOWN, strict=True)
    # One index for all three questions (which version, is this id in the stream, is it anywhere): every further one is
    # a page more to encrypt and write with each entry, a tenth of the time an append takes.
    journal.create_index(["stream", "version", "id"], unique=True)
    for guard in GUARDS.values():
        db.execute(guard)

    fields = ConcernRow._fields
    concern = db.table("concern")
    concern.create(_columns(fields), pk="number", not_null=set(fields) - MAY_BE_UNKNOWN, strict=True)
    concern.create_index(["id"], unique=True)
    concern.create_index(["status"])

    identity = db.table("identity")
    identity.create(
        _columns((*Identity._fields, "concern")),
        pk=(*Identity._fields, "concern"),
        foreign_keys=[("concern", "concern", "id")],
        strict=True,
    )
    identity.create_index(["concern"])

    db.table("draft").create(_columns(Draft._fields), pk="id", not_null=set(Draft._fields) - {"concern"}, strict=True)
    db.table("meta").create({"name": str, "value": str}, pk="name", not_null={"value"}, strict=True)
    db.table("meta").insert({"name": "database", "value": os.urandom(16).hex()})


@migrations(name="2 actions, contacts")
def second(db: Database) -> None:
    """What is to be done across concerns, and who was met."""
    fields = ActionRow._fields[:-2]
    action = db.table("owed_action")
    action.create(
        {"place": int, **{name: int if name in _COUNTED else str for name in fields}},
        pk=("concern", "place"),
        not_null={*fields, "place"} - {"due"},
        strict=True,
    )
    action.create_index(["due"])

    contact = db.table("contact")
    contact.create(
        {name: int if name in _COUNTED else str for name in Contact._fields},
        pk=("name_key", "agency_key"),
        not_null=set(Contact._fields),
        strict=True,
    )
    contact.create_index(["seen"])


@migrations(name="3 a text goes only with its destruction recorded")
def third(db: Database) -> None:
    """The guard of the journal's texts as it now is; a new file has it already."""
    db.execute("DROP TRIGGER journal_kept")
    db.execute(GUARDS["journal_kept"])


@migrations(name="4 who has what open")
def fourth(db: Database) -> None:
    """Terminals, a row for each that has a concern open."""
    fields = Presence._fields
    presence = db.table("presence")
    presence.create(dict.fromkeys(fields, str), pk="terminal", not_null=set(fields), strict=True)
    presence.create_index(["concern"])
