"""Which column of a table is what: headings by their usual names, the policies' questions, and what is left out."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping, Sequence
from difflib import get_close_matches
from functools import lru_cache
from typing import NamedTuple

from duty_tui.data_files import DATA
from duty_tui.domain.text import fold, strip_controls
from duty_tui.exchange.limits import bad_file

#: A heading longer than this is cut where it is said back.
_SHOWN = 40
#: So many unknown headings are said one by one; the rest are counted.
_MOST = 20


class Column(NamedTuple):
    """One column that is read: the field it fills, its place from 0, and how messages call it."""

    field: str
    place: int
    say: str
    #: One of the policies' questions.
    question: bool = False


class Headings(NamedTuple):
    """The first row of a table, understood."""

    columns: tuple[Column, ...]
    #: How many cells a row has.
    width: int
    #: Places without a heading, from 0.
    unnamed: tuple[int, ...]
    #: A sentence for each column that is not read, with the nearest heading that would be.
    warnings: tuple[str, ...]


class Words(NamedTuple):
    """`data/exchange/headers.toml`: headings by their folded form, and what cells may say by theirs."""

    #: Folded heading to field.
    fields: Mapping[str, str]
    #: Field to what messages call its column.
    say: Mapping[str, str]
    answers: dict[str, str]
    sex: dict[str, str]


def folded(heading: str) -> str:
    """A heading as it is compared: no capitals, accents, underscores or punctuation."""
    return " ".join(re.sub(r"[\W_]+", " ", fold(heading)).split())


@lru_cache(maxsize=1)
def words() -> Words:
    """The headings and cell words this program understands, from its own data."""
    data = tomllib.loads((DATA / "exchange" / "headers.toml").read_text("utf-8"))
    columns: dict[str, dict[str, list[str]]] = data["columns"]
    fields = {
        folded(heading): field
        for field, column in columns.items()
        for heading in (field, str(column["say"]), *column["also"])
    }
    answers, sex = (
        {word: meaning for meaning, meant in data[table].items() for word in meant} for table in ("answers", "sex")
    )
    return Words(fields, {field: str(column["say"]) for field, column in columns.items()}, answers, sex)


def recognised(row: Sequence[str], questions: Collection[str]) -> int:
    """How many cells of a first row are headings that are understood."""
    known = words().fields.keys() | {folded(question) for question in questions}
    return sum(folded(cell) in known for cell in row)


def read_headings(row: Sequence[str], questions: Collection[str]) -> Headings:
    """The columns of a table by its first row. Raises BadFile without a date of receipt, or when a column is double."""
    asked = {folded(question): question for question in questions}
    known = {**asked, **words().fields}
    columns: list[Column] = []
    strangers: list[int] = []
    for place, heading in enumerate(row):
        name = folded(heading)
        if name in words().fields:
            field = words().fields[name]
            columns.append(Column(field, place, words().say[field]))
        elif name in asked:
            columns.append(Column(asked[name], place, asked[name], question=True))
        elif name:
            strangers.append(place)
    _check(columns)
    unnamed = tuple(place for place, heading in enumerate(row) if not folded(heading))
    warnings = tuple(_left_out(place, row[place], tuple(known)) for place in strangers[:_MOST])
    if (more := len(strangers) - _MOST) > 0:
        warnings += (f"… and {more} more columns are not known and were not imported.",)
    return Headings(tuple(columns), len(row), unnamed, warnings)


def _check(columns: Sequence[Column]) -> None:
    """Headings are said back only by our own names until a date of receipt shows that this row holds headings."""
    first: dict[str, int] = {}
    for column in columns:
        if column.field in first:
            raise bad_file(
                f"Columns {first[column.field] + 1} and {column.place + 1} are both read as “{column.say}”.",
                "Rename or delete one of them.",
            )
        first[column.field] = column.place
    if not columns:
        raise bad_file(
            "No heading of the first row is known.",
            "The first row must name the columns; data/exchange/template.csv shows how.",
        )
    if "received" not in first:
        raise bad_file("No column says when a referral was received.", "Add one with the heading “received”.")


def _left_out(place: int, heading: str, known: tuple[str, ...]) -> str:
    shown = strip_controls(heading).strip()
    shown = shown if len(shown) <= _SHOWN else shown[:_SHOWN] + "…"
    near = get_close_matches(folded(heading)[:_SHOWN], known, n=1, cutoff=0.75)
    hint = f" Did you mean “{near[0]}”?" if near else ""
    return f"Column {place + 1} (“{shown}”) is not known and was not imported.{hint}"
