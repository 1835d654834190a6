"""A table of referrals (CSV), row by row into referrals."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from duty_tui.exchange.drafts import Draft, read_row
from duty_tui.exchange.headings import Headings, read_headings
from duty_tui.exchange.limits import bad_file
from duty_tui.exchange.referrals import (
    MAX_REFERRALS,
    Problem,
    Progress,
    Referral,
    ReferralFile,
    counted,
    once_each,
    repeated,
)
from duty_tui.exchange.siblings import combine, group
from duty_tui.exchange.table import Row, decode, rows

KIND = "table"
#: How many rows are read between two words about the progress.
_STEP = 256


def read_table(
    data: bytes, name: str, *, questions: Collection[str] = (), progress: Progress | None = None
) -> ReferralFile:
    """A table's referrals; `questions` are the policies' facts, each of which may be a column.

    Raises BadFile for what is no table, has no known headings, no rows, or unmatched quotation marks.
    """
    text, warnings = decode(data)
    total = text.count("\n") + 1
    found = rows(text, questions)
    first = next(found, None)
    if first is None:
        raise bad_file("The table is empty.", "Check that it is the right file.")
    headings = read_headings(first.cells, questions)
    drafts: list[Draft] = []
    unnamed: dict[int, int] = {}
    for row in found:
        drafts.append(read_row(row, headings))
        _note_unnamed(row, headings, unnamed)
        if len(drafts) > MAX_REFERRALS:
            raise bad_file(f"The table has more than {MAX_REFERRALS:,} rows.", "Split it and import each part.")
        if progress and len(drafts) % _STEP == 0:
            progress(min(row.number, total), total)
    if not drafts:
        raise bad_file("The table has headings and no rows.", "Check that it is the right file.")
    if progress:
        progress(total, total)
    referrals, problems, said = _referrals(drafts)
    return ReferralFile(name, KIND, referrals, problems, (*warnings, *headings.warnings, *_nameless(unnamed), *said))


def _referrals(drafts: Sequence[Draft]) -> tuple[tuple[Referral, ...], tuple[Problem, ...], tuple[str, ...]]:
    """The referrals, the problems in the order of their rows, and the warnings counted."""
    read: list[Referral] = []
    problems: list[Problem] = []
    for rows_of_one in group(drafts):
        referral, wrong = combine(rows_of_one)
        problems += wrong
        if referral:
            read.append(referral)
    referrals, twice, repeats = once_each(read)
    ordered = sorted((*problems, *twice), key=lambda problem: int(problem.row.split()[-1]))
    return tuple(referrals), tuple(ordered), (*counted(referrals), *repeated(repeats))


def _note_unnamed(row: Row, headings: Headings, unnamed: dict[int, int]) -> None:
    """Remember the first row that has something in a column without a heading."""
    for place in headings.unnamed:
        if place < len(row.cells) and row.cells[place].strip():
            unnamed.setdefault(place, row.number)


def _nameless(unnamed: dict[int, int]) -> tuple[str, ...]:
    return tuple(
        f"Column {place + 1} has no heading and was not imported (row {row} has something in it)."
        for place, row in unnamed.items()
    )
