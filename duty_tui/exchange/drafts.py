"""One row of a table, read cell by cell: values where they can be read, a problem for each where they cannot."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from duty_tui.domain.concern import Answer
from duty_tui.domain.text import strip_controls
from duty_tui.exchange.headings import Column, Headings, words
from duty_tui.exchange.referrals import Problem, Unreadable
from duty_tui.exchange.table import Row
from duty_tui.exchange.values import read_choice, read_day, read_moment

#: A cell of one line longer than this has swallowed its neighbours: names of 300 characters exist, of 1,000 do not.
LONGEST_LINE = 1_000
#: Columns that hold prose, of any length a cell may have.
_PROSE = frozenset({"what", "note"})


@dataclass(slots=True)
class Draft:
    """What one row says, by field; empty cells are left out."""

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    answers: dict[str, Answer] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def row(self) -> str:
        """How messages call it."""
        return f"row {self.number}"

    def text(self, name: str) -> str:
        """The text of a field, empty where the row has none."""
        value = self.values.get(name, "")
        return value if isinstance(value, str) else ""


def read_row(row: Row, headings: Headings) -> Draft:
    """The row as read. What cannot be read is among its problems and not among its values."""
    draft = Draft(row.number)
    if any(cell.strip() for cell in row.cells[headings.width :]) or len(row.cells) < headings.width:
        what = f"The row has {len(row.cells)} cells, the headings are {headings.width}."
        draft.problems.append(Problem(draft.row, what, "A separator or a quotation mark is missing or too many."))
        return draft
    found = {column.field: (column, text) for column in headings.columns if (text := row.cells[column.place].strip())}
    for column, text in found.values():
        try:
            _read(column, text, found, draft)
        except Unreadable as reason:
            draft.problems.append(Problem(draft.row, reason.what, reason.do))
    if "received_time" in found and "received" not in found:
        draft.problems.append(Problem(draft.row, "A time of receipt stands without its day.", "Add the day."))
    return draft


def _read(column: Column, text: str, found: Mapping[str, tuple[Column, str]], draft: Draft) -> None:
    if column.question:
        draft.answers[column.field] = cast("Answer", read_choice(text, column.say, words().answers))
    elif column.field == "received":
        clock, at = found.get("received_time", (column, ""))
        draft.values["received"] = read_moment(text, column.say, at, clock.say)
    elif column.field == "sex":
        draft.values["sex"] = read_choice(text, column.say, words().sex)
    elif column.field != "received_time":
        read = _READERS.get(column.field, _line)
        draft.values[column.field] = read(text, column.say)


def _line(text: str, column: str) -> str:
    line = strip_controls(text).strip()
    if len(line) > LONGEST_LINE:
        raise Unreadable(
            f"{column} is longer than {LONGEST_LINE:,} characters.",
            do="Shorten it, or close a quotation mark.",
        )
    return line


def _prose(text: str, _column: str) -> str:
    return strip_controls(text, lines=True).strip()


_READERS: dict[str, Callable[[str, str], Any]] = {
    "born": read_day,
    "expected": read_day,
    "identified": read_moment,
    **dict.fromkeys(_PROSE, _prose),
}
