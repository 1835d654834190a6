"""`duty-tui queue`: the queue as text, JSON or CSV. Reads the rows as they are kept; no policy, no screen."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

import click

from duty_tui.cli.columns import Column, table
from duty_tui.cli.csv_text import say_csv
from duty_tui.cli.output import as_json, narrate, near, say, say_objects
from duty_tui.cli.record import PRACTICE, is_practice, kept_rows, opening_of
from duty_tui.cli.times import as_of
from duty_tui.clock import system_clock
from duty_tui.desk import bands
from duty_tui.desk.board import Board
from duty_tui.desk.saved_views import VIEWS, belongs_to
from duty_tui.desk.seen import Seen
from duty_tui.domain.ages import UNBORN, age_words
from duty_tui.domain.times import due_words, iso_utc, london_date, moment_words
from duty_tui.errors import UsageError
from duty_tui.opening import Opening
from duty_tui.store.rows import ConcernRow
from duty_tui.views.queue import QueueRow, QueueView
from duty_tui.widgets.time_left import time_left

_COLUMNS = (
    Column("NO"),
    Column("!"),
    Column("LEFT", right=True),
    Column("WHAT", 8),
    Column("CHILD/FAMILY", 9),
    Column("AGE"),
    Column("CONCERN", 8),
    Column("SOURCE", 5),
    Column("STAGE"),
    Column("OWN"),
)


@click.command("queue", epilog="Example: duty-tui queue --view overdue --json")
@as_json
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV, safe to open in a spreadsheet.")
@as_of
@click.option("--view", default="all", metavar="NAME", help=f"One of {', '.join(view.name for view in VIEWS)}.")
@click.option("--find", default="", metavar="WORDS", help="Only concerns in which every word is found.")
@click.pass_context
def command(ctx: click.Context, *, as_json: bool, as_csv: bool, at: datetime | None, view: str, find: str) -> None:
    """Print the queue, most urgent first."""
    if as_json and as_csv:
        raise UsageError("--json and --csv exclude each other.")
    print_queue(opening_of(ctx), "json" if as_json else "csv" if as_csv else "text", at, view, find)


def print_queue(
    how: Opening, form: str = "text", at: datetime | None = None, view: str = "all", words: str = ""
) -> None:
    """Print the queue of a record as of `at` (now without), as `text`, `json` or `csv`. Raises DutyError."""
    at = at or system_clock()
    if view not in (names := [one.name for one in VIEWS]):
        raise UsageError(f"There is no view {view}{near(view, names) or '; there are ' + ', '.join(names)}.")
    belongs = belongs_to(view, how.settings.name if view == "mine" else "", at)
    with kept_rows(how) as store:
        board = Board(bands.decode(store.meta(bands.META)))
        board.fill(Seen(store, how.settings.name).rows(), at)
        practice = is_practice(store)
    found = board.view(at, belongs, words)
    if practice and form != "text":
        narrate(PRACTICE)
    if form == "text":
        say(*_text(found, practice=practice, cells=shutil.get_terminal_size((80, 24)).columns))
    elif form == "json":
        say_objects([_object(place, row, at) for place, row in enumerate(found.rows, 1)])
    else:
        _print_csv(found)


def _text(view: QueueView, *, practice: bool, cells: int) -> Iterator[str]:
    if practice:
        yield PRACTICE
    counts = view.counts
    yield (
        f"{moment_words(view.as_of)}: {counts.open} open, {counts.overdue} overdue, "
        f"{counts.within_hour} due within the hour, {counts.unowned} unowned"
    )
    if view.rows:
        now = int(view.as_of.timestamp())
        yield from table(_COLUMNS, [_cells(row, now) for row in view.rows], cells)
    else:
        yield "No concern is open." if not counts.open else "No open concern is in this view."


def _cells(row: QueueRow, now: int) -> tuple[str, ...]:
    if row.hidden:
        return (row.reference, "", "", "", row.stored.family, "", "", "", "", "")
    return (
        row.reference,
        row.symbol + row.mark,
        ("~" if row.provisional else "") + _left(row, now),
        row.deadline,
        row.name,
        row.age,
        row.concern,
        row.source,
        row.stage,
        row.owner or "none",
    )


def _left(row: QueueRow, now: int) -> str:
    return time_left(row.due, now, row.received)[0]


def _object(place: int, row: QueueRow, at: datetime) -> dict[str, Any]:
    """A row as docs/commands.md describes it; of a concern that may not be seen the number and the place."""
    stored, now = row.stored, int(at.timestamp())
    if row.hidden:
        return {**dict.fromkeys(_KEYS), "reference": row.reference, "place": place, "restricted": True}
    due = _instant(stored.due)
    return {
        "concern": stored.id,
        "reference": row.reference,
        "place": place,
        "urgency": {"rank": stored.rank, "label": row.band.label, "certain": bool(stored.certain)},
        "overdue": stored.due is not None and stored.due <= now,
        "due": iso_utc(due) if due else None,
        "due_text": due_words(due) if due else "",
        "time_left": _left(row, now),
        "deadline": stored.deadline,
        "next_step": stored.next_step,
        "family": stored.family,
        "children": stored.children,
        "ages": _ages(stored, london_date(at)),
        "source": stored.source,
        "headline": stored.concern,
        "stage": stored.stage,
        "owner": stored.owner,
        "received": iso_utc(datetime.fromtimestamp(stored.received, UTC)),
        "provisional": bool(stored.provisional),
        "restricted": bool(stored.restricted),
    }


#: The keys of a row.
_KEYS = (
    *("concern", "reference", "place", "urgency", "overdue", "due", "due_text", "time_left", "deadline", "next_step"),
    *("family", "children", "ages", "source", "headline", "stage", "owner", "received", "provisional", "restricted"),
)


def _instant(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


def _ages(row: ConcernRow, today: date) -> list[str]:
    """The youngest child's age and the eldest's, each once; empty when none is known."""
    known = dict.fromkeys(born for born in (row.youngest, row.eldest) if born)
    return [UNBORN if born == UNBORN else age_words(date.fromisoformat(born), None, today) for born in known]


def _print_csv(view: QueueView) -> None:
    objects = [_flat(_object(place, row, view.as_of)) for place, row in enumerate(view.rows, 1)]
    say_csv(CSV_COLUMNS, objects)


#: The columns of the CSV, in order; yes and no for what is true or false, empty for what is not known.
CSV_COLUMNS = (
    *("place", "reference", "rank", "urgency", "certain", "overdue", "due", "due_text", "time_left", "deadline"),
    *("next_step", "family", "children", "ages", "headline", "source", "stage", "owner", "received", "provisional"),
    *("concern", "restricted"),
)


def _flat(item: Mapping[str, Any]) -> dict[str, Any]:
    urgency = item["urgency"] or dict.fromkeys(("rank", "label", "certain"))
    return {
        **item,
        "rank": urgency["rank"],
        "urgency": urgency["label"],
        "certain": urgency["certain"],
        "ages": " ".join(item["ages"] or ()),
    }
