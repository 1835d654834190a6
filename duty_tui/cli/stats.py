"""`duty-tui stats`: the figures of a period as text, JSON or CSV. Figures only: no child and no concern is named."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click

from duty_tui.cli.columns import cut, width
from duty_tui.cli.csv_text import say_csv
from duty_tui.cli.output import as_json, say, say_object
from duty_tui.cli.periods import from_and_to, period_of
from duty_tui.cli.progress import Progress
from duty_tui.cli.record import desk_of
from duty_tui.cli.times import as_of
from duty_tui.clock import system_clock
from duty_tui.domain.times import iso_utc, moment_words
from duty_tui.errors import UsageError

if TYPE_CHECKING:
    from duty_tui.views.statistics import Figure, Statistics

_LABEL, _BAR, _FRACTION, _PERCENT = 24, 10, 10, 5
#: Of a line of 80, what is left for what stands beside the numbers.
_NARROW = 80
CSV_COLUMNS = (
    *("from", "to", "group", "figure", "label", "good", "of", "missed", "percent", "open", "not_known"),
    *("closed_before", "words"),
)


@click.command("stats", epilog="Example: duty-tui stats --from 2026-09-01 --to 2026-12-01 --csv")
@from_and_to
@as_json
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV, safe to open in a spreadsheet.")
@as_of
@click.pass_context
def command(
    ctx: click.Context, *, begin: date | None, end: date | None, as_json: bool, as_csv: bool, at: datetime | None
) -> None:
    """Print figures of a period: held in time, seen in time, quorate, and what else docs/statistics.md defines."""
    if as_json and as_csv:
        raise UsageError("--json and --csv exclude each other.")
    at = at or system_clock()
    period = period_of(begin, end, at)
    from duty_tui.desk.statistics import Stories, statistics

    desk, stories = desk_of(ctx), Stories()
    with Progress("Reading") as progress:
        stories.read_all(desk, progress)
    found = statistics(desk, stories, period, at)
    if as_json:
        say_object(_object(found))
    elif as_csv:
        say_csv(CSV_COLUMNS, _rows(found))
    else:
        say(*_text(found, max(_NARROW, shutil.get_terminal_size((_NARROW, 24)).columns)))


def _text(found: Statistics, cells: int) -> Iterator[str]:
    yield f"{found.period.words}, as of {moment_words(found.as_of)}; {found.concerns} concerns in the record"
    yield from found.notes
    for group in found.groups:
        yield ""
        yield group.heading
        for figure in group.figures:
            yield from _line(figure, cells)
        if group.note:
            yield f"  {group.note}"


def _line(figure: Figure, cells: int) -> Iterator[str]:
    """One figure; what does not fit beside it stands under it."""
    label = cut(figure.label, _LABEL)
    label += " " * (_LABEL - width(label))
    if not figure.counts:
        yield f"  {label} {figure.words}"
        return
    percent = "" if figure.percent is None else f"{figure.percent} %"
    line = f"  {label} {figure.bar(_BAR)} {figure.fraction:>{_FRACTION}} {percent:>{_PERCENT}}"
    beside = figure.beside
    if beside and width(line) + 2 + width(beside) > cells:
        yield line.rstrip()
        yield " " * (_LABEL + 3) + beside
    else:
        yield f"{line}  {beside}".rstrip()


def _object(found: Statistics) -> dict[str, Any]:
    """As docs/commands.md describes it."""
    return {
        "from": found.period.begin.isoformat(),
        "to": found.period.end.isoformat(),
        "as_of": iso_utc(found.as_of),
        "concerns": found.concerns,
        "notes": list(found.notes),
        "groups": [
            {
                "group": group.key,
                "heading": group.heading,
                "note": group.note or None,
                "figures": [{"figure": figure.key, **_numbers(figure)} for figure in group.figures],
            }
            for group in found.groups
        ],
    }


def _numbers(figure: Figure) -> dict[str, Any]:
    counted = figure.counts
    return {
        "label": figure.label,
        "good": figure.good if counted else None,
        "of": figure.of if counted else None,
        "missed": figure.of - figure.good if counted else None,
        "percent": figure.percent,
        "open": figure.open if counted else None,
        "not_known": figure.unknown if counted else None,
        "closed_before": figure.ended if counted else None,
        "words": figure.words or None,
    }


def _rows(found: Statistics) -> Iterator[dict[str, Any]]:
    for group in found.groups:
        for figure in group.figures:
            yield {
                "from": found.period.begin,
                "to": found.period.end,
                "group": group.key,
                "figure": figure.key,
                **_numbers(figure),
            }
