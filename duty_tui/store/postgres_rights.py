"""Who may do what in one authority's schema: a group that records, and the people in it.

Three kinds of role: the owner, who made the schema and whom no guard binds for long; the group, which may add the next
entry and write the rows that follow; and a login for each person, which is a member of the group and has no right of
its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import psycopg
from psycopg import sql

from duty_tui.errors import Refused
from duty_tui.store.address import Address
from duty_tui.store.journal import Entry
from duty_tui.store.postgres_line import connect
from duty_tui.store.postgres_schema import migrate, version_of
from duty_tui.store.postgres_told import telling

#: What the group may do with each table and view. Of the journal's texts it sees what the view `entry` shows.
_LINKS = ", ".join(name for name in Entry._fields if name not in ("salt", "body"))
RIGHTS = {
    "journal": f"SELECT ({_LINKS}), INSERT, UPDATE (salt, body)",
    "pen": "SELECT, UPDATE",
    "meta": "SELECT, INSERT, UPDATE",
    "migration": "SELECT",
    **dict.fromkeys(
        ("concern", "identity", "owed_action", "contact", "draft", "presence"), "SELECT, INSERT, UPDATE, DELETE"
    ),
    **dict.fromkeys(("hidden", "entry", "seen_concern", "made"), "SELECT"),
}


def group_of(address: Address) -> str:
    """The role whose members record in the schema."""
    return f"duty_tui_{address.schema}"


def granting(address: Address, logins: Sequence[str], leaving: Sequence[str]) -> Iterator[sql.Composed]:
    """The statements that let the group work and the `logins` be in it, and take those `leaving` out of it."""
    group, schema = sql.Identifier(group_of(address)), sql.Identifier(address.schema)
    yield _unless_there(group_of(address), "NOLOGIN")
    yield sql.SQL("REVOKE ALL ON SCHEMA {} FROM PUBLIC; GRANT USAGE ON SCHEMA {} TO {}").format(schema, schema, group)
    yield sql.SQL("REVOKE ALL ON ALL TABLES IN SCHEMA {} FROM PUBLIC, {}").format(schema, group)
    for table, rights in RIGHTS.items():
        yield sql.SQL("GRANT {} ON {} TO {}").format(sql.SQL(rights), sql.Identifier(address.schema, table), group)
    for name in logins:
        yield _unless_there(name, "LOGIN")
        yield sql.SQL("GRANT {} TO {}").format(group, sql.Identifier(name))
    for name in leaving:
        yield sql.SQL("REVOKE {} FROM {}").format(group, sql.Identifier(name))


def _unless_there(role: str, kind: str) -> sql.Composed:
    making = sql.SQL("CREATE ROLE {} {}").format(sql.Identifier(role), sql.SQL(kind))
    there = sql.SQL("SELECT FROM pg_roles WHERE rolname = {}").format(sql.Literal(role))
    block = sql.SQL("BEGIN IF NOT EXISTS ({}) THEN {}; END IF; END").format(there, making)
    return sql.SQL("DO {}").format(sql.Literal(block.as_string()))


def _inside(address: Address, names: Sequence[str]) -> sql.Composed:
    """Which of these are in the group; of a superuser, who is in every group anyway, whether they were let in."""
    asked = sql.SQL(
        "SELECT r.rolname FROM pg_roles r, pg_roles g WHERE g.rolname = {} AND r.rolname = ANY({}::text[])"
        " AND (EXISTS (SELECT FROM pg_auth_members WHERE roleid = g.oid AND member = r.oid)"
        " OR NOT r.rolsuper AND pg_has_role(r.oid, g.oid, 'MEMBER')) ORDER BY 1"
    )
    return asked.format(sql.Literal(group_of(address)), sql.Literal(list(names)))


def _still_in(names: Sequence[str]) -> str:
    return " ".join(f"{name} was let in by somebody else on the server and is still in." for name in names)


def _unless_out(address: Address, name: str) -> sql.Composed:
    failing = sql.SQL("RAISE EXCEPTION USING MESSAGE = {}").format(sql.Literal(_still_in([name])))
    block = sql.SQL("BEGIN IF EXISTS ({}) THEN {}; END IF; END").format(_inside(address, [name]), failing)
    return sql.SQL("DO {}").format(sql.Literal(block.as_string()))


def grant(address: Address, logins: Sequence[str], leaving: Sequence[str]) -> list[str]:
    """Do it, all or nothing; which of those `leaving` were not in.

    Since PostgreSQL 16 whoever takes somebody out takes back what they gave themselves, and the server only warns where
    somebody else let them in. Raises `Refused` there and for a role that may not give rights, `DutyError`.
    """
    with telling(address), connect(address, 5) as connection:
        version_of(connection, address)
        try:
            with connection.transaction():
                were = {name for (name,) in connection.execute(_inside(address, leaving)).fetchall()}
                for statement in granting(address, logins, leaving):
                    connection.execute(statement)
                still = [name for (name,) in connection.execute(_inside(address, leaving)).fetchall()]
                if still:
                    raise Refused(
                        _still_in(still),
                        entry="Nothing was changed.",
                        do="Have whoever runs the server take them out.",
                    )
        except psycopg.errors.InsufficientPrivilege:
            raise Refused(
                f"{address.shown}: {address.login} may not give people rights there.",
                entry="Nothing was changed.",
                do="Have whoever may run what `duty-tui database grants --print` prints.",
            ) from None
        except psycopg.errors.UndefinedObject:
            what = "One of those who are to leave has no login on the server."
            raise Refused(what, entry="Nothing was changed.", do="Check the names.") from None
    return [name for name in leaving if name not in were]


def said(address: Address, logins: Sequence[str], leaving: Sequence[str]) -> list[str]:
    """The same statements as text, for whoever runs the server to read and to run; they end by failing in that case."""
    ending = (_unless_out(address, name) for name in leaving)
    return [f"{statement.as_string()};" for statement in (*granting(address, logins, leaving), *ending)]


def bring_up(address: Address) -> list[str]:
    """Migrate a record that is there; the names of what was done. Raises DutyError."""
    with telling(address), connect(address, 5) as connection:
        return migrate(connection, address)
