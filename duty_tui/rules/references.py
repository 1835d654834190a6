"""Every place where a pack uses a name: of the vocabulary, or of another part of itself.

Read from the tables as they stand in the file, so that a wrong name is found beside any other mistake.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from duty_tui.rules.limits import OF_A_CLOCK
from duty_tui.rules.toml_lines import Path

#: What the value of each key names, whatever table it stands in.
_KIND_OF_KEY = {
    "met_by": "event",
    "on": "event",
    "begins": "event",
    "ends": "event",
    "date_in_record": "planned event",
    "earliest": "moment",
    "latest": "moment",
    "or_else": "moment",
    "sets": "answer",
    "sets_alone": "answer",
    "owner": "role",
    "also_named": "role",
    "role": "role",
    "to": "role",
    "may_be_varied_by": "role",
    "form": "form",
    "calendar": "calendar",
    "by": "time of day",
    "readings": "reading",
    "after": "escalation",
    "asks": "judgement",
    "unless_with": "box",
    "confirm_with": "box",
    "when": "condition",
    "ends_when": "condition",
}


class Use(NamedTuple):
    """A name, what kind of thing it must be, and where it stands."""

    kind: str
    name: str
    path: Path


def uses(table: Any, path: Path = ()) -> Iterator[Use]:
    """Every name used in a table of a pack and in what it holds; what has another shape is passed over."""
    if isinstance(table, list):
        for index, element in enumerate(table):
            yield from uses(element, (*path, index))
    if not isinstance(table, dict):
        return
    for key, value in table.items():
        kind = _KIND_OF_KEY.get(key)
        if kind == "condition":
            yield from _facts(value, (*path, key))
        elif kind is None:
            yield from uses(value, (*path, key))
        elif isinstance(value, str):
            yield _named(kind, value, (*path, key))
        elif isinstance(value, list):
            yield from (_named(kind, name, (*path, key, at)) for at, name in enumerate(value) if isinstance(name, str))


def _facts(condition: Any, path: Path) -> Iterator[Use]:
    """Every fact a condition asks about, with its place inside the condition."""
    if isinstance(condition, str):
        yield Use("fact", condition, path)
    elif isinstance(condition, dict):
        for key, part in condition.items():
            yield from _facts(part, (*path, key))
    elif isinstance(condition, list):
        for index, part in enumerate(condition):
            yield from _facts(part, (*path, index))


def _named(kind: str, name: str, path: Path) -> Use:
    """A moment is an event, `fact:NAME`, `breach:CLOCK` or `late:CLOCK`."""
    if kind != "moment":
        return Use(kind, name, path)
    prefix, _, rest = name.partition(":")
    named = "fact" if prefix == "fact" else "clock" if prefix in OF_A_CLOCK else None
    return Use(named, rest, path) if named else Use("event", name, path)


def ids(table: Any) -> Iterator[str]:
    """Every id given in a table of a pack and in what it holds."""
    if isinstance(table, dict):
        if isinstance(table.get("id"), str):
            yield table["id"]
        table = list(table.values())
    if isinstance(table, list):
        for part in table:
            yield from ids(part)
