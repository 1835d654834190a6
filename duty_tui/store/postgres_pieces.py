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


#: Every trigger in the schema that is not PostgreSQL's own, with what it does and whether it does it.
TRIGGERS_THERE = """SELECT t.tgname, c.relname, p.proname, t.tgtype, t.tgenabled::text
  FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
  WHERE NOT t.tgisinternal
    AND c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema()) ORDER BY 1"""
FUNCTIONS_THERE = """SELECT p.proname, p.prosrc, p.prosecdef, replace(array_to_string(p.proconfig, ' '), '"', '')
  FROM pg_proc p WHERE p.pronamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema()) ORDER BY 1"""


def triggers_wanted(triggers: Triggers) -> list[tuple[str, str, str, int, str]]:
    """What `TRIGGERS_THERE` answers while nobody has changed anything."""
    return [(name, one.table, one.function, one.bits, "A") for name, one in sorted(triggers.items())]


def functions_wanted(functions: Functions, schema: str) -> list[tuple[str, str, bool, str]]:
    """What `FUNCTIONS_THERE` answers while nobody has changed anything."""
    bound = f"search_path={path_of(schema)}".replace('"', "")
    return [(name, one.text, "SECURITY DEFINER" in one.shape, bound) for name, one in sorted(functions.items())]
