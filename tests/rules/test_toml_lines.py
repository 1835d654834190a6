"""Every key of a TOML text is found on its line, however it is written."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duty_tui.rules.loader import builtin_folder
from duty_tui.rules.toml_lines import Path as KeyPath
from duty_tui.rules.toml_lines import TomlLines
from tests.rules.house import PACKS

ROOT = Path(__file__).parents[2]
FILES = [*builtin_folder().rglob("*.toml"), *PACKS.rglob("*.toml"), ROOT / "pyproject.toml"]

TEXT = '''# A comment = [ "with", { brackets = 1 } ]
title = "a # is no comment here" # but here
"quoted key" = 'C:\\path'
dotted . inside = 1

[table]
one = 1
  two = [ # a list
    1,
    { a = 1, b = { c = "}" } }, # ] }
    [ "x", 'y' ],
  ]
long = """
line
""\\"quotes"""
longer = \'\'\'
'' it's
\'\'\'
empty = []
none = {}
when = 2026-11-20T18:00:00

[[list]]
a = 1
[[list.deep]]
b = 1
[[list.deep]]
[list.deep.under]
c = 1
[[list]]
a = """""two""""" # quotes of its own, at the end: """"
[ spaced . "out" ]
d = 1'''

LINES: dict[KeyPath, int] = {
    ("title",): 2,
    ("quoted key",): 3,
    ("dotted", "inside"): 4,
    ("table",): 6,
    ("table", "one"): 7,
    ("table", "two"): 8,
    ("table", "two", 0): 9,
    ("table", "two", 1, "b", "c"): 10,
    ("table", "two", 2, 1): 11,
    ("table", "long"): 13,
    ("table", "longer"): 16,
    ("table", "empty"): 19,
    ("table", "none"): 20,
    ("table", "when"): 21,
    ("list", 0, "a"): 24,
    ("list", 0, "deep", 0): 25,
    ("list", 0, "deep", 0, "b"): 26,
    ("list", 0, "deep", 1): 27,
    ("list", 0, "deep", 1, "under"): 28,
    ("list", 0, "deep", 1, "under", "c"): 29,
    ("list", 1): 30,
    ("list", 1, "a"): 31,
    ("spaced", "out", "d"): 33,
}


def paths(value: Any, path: KeyPath = ()) -> Iterator[KeyPath]:
    yield path
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in inside:
        yield from paths(part, (*path, key))


@pytest.mark.parametrize(("path", "line"), LINES.items(), ids=str)
def test_each_way_of_writing(path: KeyPath, line: int) -> None:
    assert TomlLines(TEXT).lines[path] == line


@pytest.mark.parametrize(
    "text", [TEXT, *(path.read_text(encoding="utf-8") for path in FILES)], ids=range(len(FILES) + 1)
)
def test_exactly_the_paths_that_are_there(text: str) -> None:
    assert set(TomlLines(text).lines) == set(paths(tomllib.loads(text)))


def test_what_is_not_written_stands_where_it_would_stand() -> None:
    lines = TomlLines(TEXT)
    assert lines.line(("table", "two", 1, "missing", "deeper")) == 10
    assert lines.line(("nothing",)) == 1


def test_the_end_of_the_text_may_be_a_comment() -> None:
    assert TomlLines("a = 1\n# the end").lines == {(): 1, ("a",): 1}


scalars = st.one_of(st.integers(-5, 5), st.booleans(), st.text(st.sampled_from("ab #\\\"'[]{}=,.é"), max_size=6))
keys = st.text(st.sampled_from("ab-_ é.\"#'"), min_size=1, max_size=4)
values = st.recursive(
    scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(keys, inner, max_size=3)),
    max_leaves=8,
)


def toml(value: Any, broken: bool) -> str:
    """A value in TOML, its lists broken over lines."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{quoted(key)} = {toml(part, False)}" for key, part in value.items()) + "}"
    if isinstance(value, list):
        gap = " # ]\n" if broken else ""
        return "[" + gap + ("," + gap).join(toml(part, broken) for part in value) + gap + "]"
    return str(value).lower() if isinstance(value, bool) else quoted(value) if isinstance(value, str) else str(value)


def quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


@given(st.dictionaries(keys, values, max_size=4), st.booleans())
def test_any_table_at_all(table: dict[str, Any], broken: bool) -> None:
    text = "".join(f"{quoted(key)} = {toml(value, broken)}\n" for key, value in table.items())
    assert tomllib.loads(text) == table
    assert set(TomlLines(text).lines) == set(paths(table))
