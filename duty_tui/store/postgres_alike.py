"""Whether the views and policies that keep restricted concerns apart are still those this program makes.

The server is asked to make them once more, beside the record and for a moment, and how it writes the two is compared:
each version of PostgreSQL writes a definition in its own way.
"""

from __future__ import annotations

import psycopg

from duty_tui.store.postgres_veil import POLICIES, veil

_VIEWS = """SELECT c.relname, pg_get_viewdef(c.oid), coalesce(c.reloptions::text, '')
  FROM pg_class c WHERE c.relkind = 'v' AND c.relnamespace = {}"""
_POLICIES = """SELECT c.relname || ', ' || p.polname, pg_get_expr(p.polqual, c.oid), pg_get_expr(p.polwithcheck, c.oid),
    p.polpermissive, p.polcmd::text, p.polroles::text
  FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid WHERE c.relnamespace = {}"""
_THERE = "(SELECT oid FROM pg_namespace WHERE nspname = current_schema())"


def changed(connection: psycopg.Connection) -> list[str] | None:
    """The views, and the tables with their policies, that are not as this program makes them; sorted.

    None where nothing can be made for a moment: on a server that follows another, or by a login that may not.
    """
    try:
        with connection.transaction(force_rollback=True):
            there = _written(connection, _THERE)
            connection.execute(veil().partition("ALTER TABLE")[0].replace("CREATE VIEW", "CREATE TEMP VIEW"))
            for table, (seen, written) in POLICIES.items():
                connection.execute(f"CREATE TEMP TABLE {table} (LIKE {table})")
                policy = f"CREATE POLICY {table}_seen ON pg_temp.{table} USING ({seen}) WITH CHECK ({written})"
                connection.execute(policy)
            made = _written(connection, "pg_my_temp_schema()")
    except (psycopg.errors.ReadOnlySqlTransaction, psycopg.errors.InsufficientPrivilege):
        return None
    return sorted({name for name, *_ in there ^ made})


def _written(connection: psycopg.Connection, schema: str) -> set[tuple[str, ...]]:
    asked = (_VIEWS.format(schema), _POLICIES.format(schema))
    return {tuple(map(str, row)) for sql in asked for row in connection.execute(sql).fetchall()}
