"""The tables of one authority on a PostgreSQL server, as migrations; every table in the authority's own schema.

Text sorts and compares by its code points, as it does in SQLite and in Python. What the journal says is kept as it was
sealed: canonical JSON is plain ASCII, so that no character is beyond the server.
"""

from __future__ import annotations

from collections.abc import Sequence

import psycopg

from duty_tui.errors import WrongDatabase
from duty_tui.store import postgres_guards, postgres_veil
from duty_tui.store.address import Address
from duty_tui.store.journal import Entry
from duty_tui.store.postgres_pieces import statements
from duty_tui.store.postgres_veil import veil
from duty_tui.store.presence import Presence
from duty_tui.store.rows import ActionRow, ConcernRow, Contact, Draft, Identity

#: Whether the row that stands for the right to write may be held; `SELECT … FOR UPDATE` of it is the write lock.
_PEN = "CREATE TABLE pen(held boolean PRIMARY KEY DEFAULT true CHECK (held)); INSERT INTO pen DEFAULT VALUES;"

FUNCTIONS = postgres_guards.FUNCTIONS | postgres_veil.FUNCTIONS
TRIGGERS = postgres_guards.TRIGGERS | postgres_veil.TRIGGERS

_WHOLE_NUMBERS = {
    *("seq", "version", "number", "rank", "due", "received", "children"),
}
_COUNTED = {"discussion", "due", "seen", "place"}
_YES_OR_NO = {"certain", "provisional", "restricted"}
_MAY_BE_UNKNOWN = {"salt", "body", "due", "owner", "youngest", "eldest"}


def _columns(names: Sequence[str], numbers: set[str], unknown: set[str]) -> str:
    kinds = {
        name: "boolean" if name in _YES_OR_NO else "bigint" if name in numbers else 'text COLLATE "C"' for name in names
    }
    return ", ".join(f"{name} {kind}{'' if name in unknown else ' NOT NULL'}" for name, kind in kinds.items())


def _first(schema: str) -> str:
    """Everything the first release needs."""
    action = ActionRow._fields[:-2]
    return f"""{_PEN}
CREATE TABLE journal({_columns(Entry._fields, _WHOLE_NUMBERS, _MAY_BE_UNKNOWN)},
  PRIMARY KEY (seq), UNIQUE (stream, version), UNIQUE (id, stream));
CREATE INDEX ON journal(kind);
CREATE TABLE concern({_columns(ConcernRow._fields, _WHOLE_NUMBERS, _MAY_BE_UNKNOWN)},
  PRIMARY KEY (number), UNIQUE (id));
CREATE INDEX ON concern(status, number);
CREATE TABLE identity({_columns((*Identity._fields, "concern"), set(), set())},
  PRIMARY KEY (kind, value, concern), FOREIGN KEY (concern) REFERENCES concern(id));
CREATE INDEX ON identity(concern);
CREATE TABLE owed_action({_columns(("place", *action), _COUNTED, {"due"})}, PRIMARY KEY (concern, place));
CREATE INDEX ON owed_action(due);
CREATE TABLE contact({_columns(Contact._fields, _COUNTED, set())}, PRIMARY KEY (name_key, agency_key));
CREATE INDEX ON contact(seen);
CREATE TABLE draft({_columns(Draft._fields, set(), {"concern"})}, PRIMARY KEY (id));
CREATE UNLOGGED TABLE presence({_columns(Presence._fields, set(), set())}, PRIMARY KEY (terminal));
CREATE INDEX ON presence(concern);
CREATE TABLE meta({_columns(("name", "value"), set(), set())}, PRIMARY KEY (name));
INSERT INTO meta VALUES ('database', replace(gen_random_uuid()::text, '-', ''));
CREATE TABLE restriction(
  stream text COLLATE "C" PRIMARY KEY, version bigint NOT NULL, names text[] NOT NULL, made text);
{statements(FUNCTIONS, TRIGGERS, schema)}
{veil()}"""  # noqa: S608 - constants


#: Each with what makes it; never changed once released, only followed by another.
MIGRATIONS = (("1 journal, rows, drafts", _first),)
#: The version of a schema that has them all.
VERSION = len(MIGRATIONS)


#: What stands where a schema is to be made: whether a record, whether anything, whether it is the login's own.
_THERE = """SELECT EXISTS (SELECT FROM pg_class WHERE relnamespace = n.oid AND relname = 'migration'),
    EXISTS (SELECT FROM pg_depend WHERE refclassid = 'pg_namespace'::regclass AND refobjid = n.oid),
    r.rolname = session_user
  FROM pg_namespace n JOIN pg_roles r ON r.oid = n.nspowner WHERE n.nspname = %s"""


def make(connection: psycopg.Connection, address: Address) -> None:
    """Make the schema and its tables, all or nothing; of two who do so at once one makes them. Nothing when there.

    An empty schema of the login's own is taken: whoever runs the server may make schemas themselves. Raises
    `WrongDatabase` for any other that is no record.
    """
    schema = address.schema
    with connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(hashtextextended('duty-tui ' || %s, 0))", (schema,))
        there = connection.execute(_THERE, (schema,)).fetchone()
        if there is None:
            connection.execute(f'CREATE SCHEMA "{schema}"')
        elif not there[0]:
            _refuse_another(address, *there[1:])
        if there is None or not there[0]:
            connection.execute(
                "CREATE TABLE migration(number int PRIMARY KEY, name text NOT NULL, made timestamptz DEFAULT now())"
            )
        migrate(connection, address)


def _refuse_another(address: Address, anything: bool, own: bool) -> None:
    """Raise where what is there is no empty schema of the login's own."""
    nothing = "Nothing was changed."
    if anything:
        what = f"{address.shown}: there is a schema of that name already, and it holds something else."
        raise WrongDatabase(what, entry=nothing, do="Name another schema with schema= in the address.")
    if not own:
        raise WrongDatabase(
            f"{address.shown}: there is an empty schema of that name, and it belongs to somebody else on the server.",
            entry=nothing,
            do="Have whoever runs the server make it yours, or name another schema with schema= in the address.",
        )


def migrate(connection: psycopg.Connection, address: Address) -> list[str]:
    """Bring a schema that is there to this program's version, all or nothing, nobody writing; what was done, by name.

    Raises `WrongDatabase` when it is of a newer version or none of ours.
    """
    done = []
    with connection.transaction():
        if version_of(connection, address):
            connection.execute("SELECT FROM pen FOR UPDATE")
        version = version_of(connection, address)
        for number, (name, statements) in enumerate(MIGRATIONS[version:], version + 1):
            connection.execute(statements(address.schema))
            connection.execute("INSERT INTO migration(number, name) VALUES (%s, %s)", (number, name))
            done.append(name)
    return done


def version_of(connection: psycopg.Connection, address: Address) -> int:
    """How many migrations a schema has; raises `WrongDatabase` when it is not ours, or newer than this program."""
    found = connection.execute("SELECT to_regclass(quote_ident(current_schema()) || '.migration')").fetchone()
    if found in (None, (None,)):
        raise WrongDatabase(
            f"There is no record of duty-tui at {address.shown}.",
            do="Check the address; `duty-tui init` makes a new record there.",
        )
    [version] = connection.execute("SELECT count(*) FROM migration").fetchone() or [0]
    if version > VERSION:
        raise WrongDatabase(
            f"{address.shown} is of version {version}; this program knows versions up to {VERSION}.",
            do="Install the newer duty-tui. The record was not touched.",
        )
    return int(version)
