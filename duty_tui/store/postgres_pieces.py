"""The pieces the server's own checks are made of: functions and triggers, making them, looking that they are there.

The functions name no schema: each is bound to its own when it is made, so that nobody's search path leads them astray,
and their text is the same for every authority. The triggers are `ENABLE ALWAYS`: they fire also for whoever sets
`session_replication_role`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Function(NamedTuple):
    """A function of the schema: its parameters and what it gives, in which language, its text."""

    shape: str
    language: str
    text: str


class Trigger(NamedTuple):
    """A trigger: on which table, when, which function; `bits` are PostgreSQL's own for the same (pg_trigger.tgtype)."""

    table: str
    when: str
    function: str
    bits: int
    only: str = ""
    """`WHEN (…)`, where it does not fire for every row."""


Functions = Mapping[str, Function]
Triggers = Mapping[str, Trigger]


def path_of(schema: str) -> str:
    """The search path a function is bound to: PostgreSQL's own names first, nobody's temporary tables before ours."""
    return f'pg_catalog, "{schema}", pg_temp'


def statements(functions: Functions, triggers: Triggers, schema: str) -> str:
    """What makes them, where names mean those of `schema`."""
    made = [
        f"CREATE OR REPLACE FUNCTION {name}{one.shape} LANGUAGE {one.language} SET search_path = {path_of(schema)}"
        f" AS $guard${one.text}$guard$;"
        for name, one in functions.items()
    ]
    for name, one in triggers.items():
        each = "STATEMENT" if one.when.endswith("TRUNCATE") else "ROW"
        made.append(
            f"CREATE OR REPLACE TRIGGER {name} {one.when} ON {one.table} FOR EACH {each} {one.only}"
            f" EXECUTE FUNCTION {one.function}();"
            f"ALTER TABLE {one.table} ENABLE ALWAYS TRIGGER {name};"
        )
    return "\n".join(made)


#: What stands in the schema itself, found by the one index that keeps it: a server for a whole region has thousands of
#: tables and functions, and whoever opens a record should not have all of them looked through.
OF_SCHEMA = """SELECT objid FROM pg_depend WHERE refclassid = 'pg_namespace'::regclass
  AND refobjid = (SELECT oid FROM pg_namespace WHERE nspname = current_schema()) AND classid = '{}'::regclass"""
#: Every trigger in the schema that is not PostgreSQL's own, with what it does, whether it does it, and whether at every
#: row and column and by a function of the schema. A rule other than those that make a view one is there as well, as a
#: trigger nobody wants: it comes before all of them, and makes of what is said something else or nothing.
TRIGGERS_THERE = f"""SELECT t.tgname, c.relname, p.proname, t.tgtype, t.tgenabled::text,
    t.tgqual IS NULL, t.tgattr::text, p.pronamespace = c.relnamespace
  FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
  WHERE t.tgrelid = ANY(ARRAY({OF_SCHEMA.format("pg_class")})) AND NOT t.tgisinternal
  UNION ALL SELECT r.rulename, r.ev_class::regclass::text, NULL, 0, r.ev_enabled::text, NULL, NULL, NULL
  FROM pg_rewrite r WHERE r.ev_class = ANY(ARRAY({OF_SCHEMA.format("pg_class")})) AND r.rulename <> '_RETURN'
  ORDER BY 1"""  # noqa: S608 - constants
FUNCTIONS_THERE = f"""SELECT p.proname, p.prosrc, p.prosecdef, replace(array_to_string(p.proconfig, ' '), '"', '')
  FROM pg_proc p WHERE p.oid = ANY(ARRAY({OF_SCHEMA.format("pg_proc")})) ORDER BY 1"""  # noqa: S608 - constants


def triggers_wanted(triggers: Triggers) -> list[tuple[str, str, str, int, str, bool, str, bool]]:
    """What `TRIGGERS_THERE` answers while nobody has changed anything."""
    return [
        (name, one.table, one.function, one.bits, "A", not one.only, "", True) for name, one in sorted(triggers.items())
    ]


def functions_wanted(functions: Functions, schema: str) -> list[tuple[str, str, bool, str]]:
    """What `FUNCTIONS_THERE` answers while nobody has changed anything."""
    bound = f"search_path={path_of(schema)}".replace('"', "")
    return [(name, one.text, "SECURITY DEFINER" in one.shape, bound) for name, one in sorted(functions.items())]
