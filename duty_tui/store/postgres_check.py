"""What `duty-tui database check` looks at: whether the record on a server is guarded, and who may do what with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import psycopg

from duty_tui.errors import DutyError
from duty_tui.store.address import Address
from duty_tui.store.postgres import PostgresStore
from duty_tui.store.postgres_alike import changed
from duty_tui.store.postgres_line import connect
from duty_tui.store.postgres_rights import RIGHTS, group_of
from duty_tui.store.postgres_told import telling

_SERVER = """SELECT current_setting('server_version'),
  coalesce((SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()), false),
  current_setting('full_page_writes'), current_setting('password_encryption')"""
_WHO = """SELECT r.rolname FROM pg_roles r, pg_class c
  WHERE c.oid = 'journal'::regclass AND NOT r.rolname ~ '^pg_' AND r.rolcanlogin AND {} ORDER BY 1"""
_OWNERS = _WHO.format("pg_has_role(r.oid, c.relowner, 'USAGE')")
_MEMBERS = _WHO.format(
    "NOT pg_has_role(r.oid, c.relowner, 'USAGE') AND has_schema_privilege(r.oid, c.relnamespace, 'USAGE')"
    " AND has_table_privilege(r.oid, c.oid, 'INSERT')"
)
#: Who was given which right on which table, or on which of its columns; those of its owner aside.
_GIVEN = """SELECT DISTINCT c.relname, a.attname, coalesce(r.rolname, 'everybody'), given.privilege_type
  FROM pg_class c
  JOIN LATERAL (SELECT NULL::name AS attname, c.relacl AS acl
    UNION ALL SELECT attname, attacl FROM pg_attribute WHERE attrelid = c.oid AND attacl IS NOT NULL) a ON true,
  aclexplode(a.acl) given LEFT JOIN pg_roles r ON r.oid = given.grantee
  WHERE c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema())
    AND given.grantee <> c.relowner AND (coalesce(r.rolname, '') = %s) = %s ORDER BY 1, 2, 3, 4"""
_MAKES = """SELECT coalesce(r.rolname, 'everybody') FROM pg_namespace n, aclexplode(n.nspacl) a
  LEFT JOIN pg_roles r ON r.oid = a.grantee
  WHERE n.nspname = current_schema() AND a.privilege_type = 'CREATE' AND a.grantee <> n.nspowner"""
_RIGHT = re.compile(r"(\w+)(?: \(([^)]*)\))?")


class Finding(NamedTuple):
    """One thing looked at: whether it is as it should be, and what was found, in words."""

    right: bool
    what: str


def check(address: Address) -> Iterator[Finding]:
    """Everything that can be seen from this login, one after another. Raises DutyError when nothing can be seen."""
    try:
        with PostgresStore(address) as store:
            yield Finding(
                True, "the guards of the journal are there, enabled and unchanged; what is restricted is kept apart"
            )
            end = store.head()
            yield Finding(True, f"entries {end.seq}, database {store.meta('database')}")
    except DutyError as error:
        yield Finding(False, error.what)
    with telling(address), connect(address, 5) as connection:
        [(version, tls, pages, passwords)] = connection.execute(_SERVER).fetchall()
        yield Finding(True, f"PostgreSQL {version}, logged in as {address.login}")
        yield Finding(
            tls or not address.strict, f"the way there is {'encrypted' if tls else 'not encrypted: this machine'}"
        )
        yield from _veil(connection)
        yield Finding(pages == "on", f"full_page_writes {pages}")
        yield Finding(passwords == "scram-sha-256", f"passwords are kept as {passwords}")
        owners, members = ([name for (name,) in connection.execute(asked).fetchall()] for asked in (_OWNERS, _MEMBERS))
        yield Finding(True, f"may do everything, past the guards too: {', '.join(owners)}")
        yield Finding(True, f"may record: {', '.join(members) or 'nobody else'}")
        group = group_of(address)
        yield from _given(connection, group)
        for (who,) in connection.execute(_MAKES).fetchall():
            yield Finding(False, f"{who} may make things in the schema {address.schema}")


def _given(connection: psycopg.Connection, group: str) -> Iterator[Finding]:
    """Rights somebody was given past the group, and those of the group it should not have."""
    for table, column, who, right in connection.execute(_GIVEN, (group, False)).fetchall():
        yield Finding(False, f"{who} has {_named(right, column)} on {table}, past the group {group}")
    for table, column, _, right in connection.execute(_GIVEN, (group, True)).fetchall():
        if not _meant(table, column, right):
            yield Finding(False, f"the group {group} has {_named(right, column)} on {table}")


def _named(right: str, column: str | None) -> str:
    return f"{right} ({column})" if column else right


def _meant(table: str, column: str | None, right: str) -> bool:
    """Whether RIGHTS gives it: on the whole table, or on that column."""
    given = dict(_RIGHT.findall(RIGHTS.get(table, "")))
    return right in given and (not given[right] or column in given[right].split(", "))


def _veil(connection: psycopg.Connection) -> Iterator[Finding]:
    others = changed(connection)
    if others is None:
        yield Finding(True, "from here it cannot be seen whether views and policies are as this program makes them")
    elif not others:
        yield Finding(True, "views and policies are as this program makes them")
    for name in others or ():
        yield Finding(False, f"{name} is not as this program makes it: it may show what is restricted")
