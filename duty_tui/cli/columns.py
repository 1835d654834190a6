"""Columns of text that fit a width: counted in terminal cells, cut where they must be."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from duty_tui.domain.text import clean

ELLIPSIS = "…"
_WIDE = frozenset("WF")
_MARKS = frozenset(("Mn", "Me", "Cf"))
GAP = " "


class Column(NamedTuple):
    """A column by its heading. `least` cells are always kept; with `least` None it is never cut."""

    title: str
    least: int | None = None
    right: bool = False


def width(text: str) -> int:
    """How many terminal cells `text` takes: two for a wide letter, none for a combining mark."""
    if text.isascii():
        return len(text)
    return sum(_cells(letter) for letter in text)


def _cells(letter: str) -> int:
    if unicodedata.category(letter) in _MARKS:
        return 0
    return 2 if unicodedata.east_asian_width(letter) in _WIDE else 1


def cut(text: str, cells: int) -> str:
    """`text` in at most `cells` cells; what was cut off is told by an ellipsis."""
    if width(text) <= cells:
        return text
    room, kept = cells - 1, 0
    for place, letter in enumerate(text):
        kept += _cells(letter)
        if kept > room:
            return text[:place].rstrip() + ELLIPSIS
    return text


def table(columns: Sequence[Column], rows: Sequence[Sequence[str]], cells: int) -> Iterator[str]:
    """A heading and a line for each row, none wider than `cells` as far as the columns that may be cut allow it."""
    shown = [[clean(cell) for cell in row] for row in rows]
    widths = [max([width(column.title), *(width(row[at]) for row in shown)]) for at, column in enumerate(columns)]
    over = sum(widths) + len(GAP) * (len(columns) - 1) - cells
    while over > 0:
        # The widest gives way first, so that no column is emptied for another's sake.
        able = [at for at, column in enumerate(columns) if column.least is not None and widths[at] > column.least]
        if not able:
            break
        widths[max(able, key=widths.__getitem__)] -= 1
        over -= 1
    for row in ([column.title for column in columns], *shown):
        cut_row = [cut(cell, cells) for cell, cells in zip(row, widths, strict=True)]
        padded = [
            " " * (cells - width(cell)) + cell if column.right else cell + " " * (cells - width(cell))
            for cell, cells, column in zip(cut_row, widths, columns, strict=True)
        ]
        yield GAP.join(padded).rstrip()
