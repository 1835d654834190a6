"""CSV as commands print it: RFC 4180, UTF-8, and nothing in it that a spreadsheet would take for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from duty_tui.cli.output import put
from duty_tui.domain.text import clean_lines

#: A spreadsheet takes a cell that begins with one of these for a formula, whatever blanks stand before it; in some
#: languages the wide ones too.
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def say_csv(columns: Sequence[str], objects: Iterable[Mapping[str, Any]]) -> None:
    """A heading and a line for each object, to standard output. Raises NotPrinted."""
    put(csv_text(columns, objects))


def csv_text(columns: Sequence[str], objects: Iterable[Mapping[str, Any]]) -> str:
    """The same as text; yes and no for what is true or false, an empty cell for what is not known.

    Without a byte order mark: it would stand before the first heading for every program but a spreadsheet.
    """
    text = io.StringIO(newline="")
    out = csv.writer(text)
    out.writerow(columns)
    out.writerows([_harmless(item[name]) for name in columns] for item in objects)
    return text.getvalue()


def _harmless(value: object) -> str:
    """A cell that a spreadsheet shows as text whatever it begins with."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = "" if value is None else str(value)
    shown = clean_lines(text)
    return "'" + shown if shown.lstrip().startswith(_FORMULA) else shown
