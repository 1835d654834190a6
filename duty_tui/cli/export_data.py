"""`duty-tui export data`: everything recorded about a concern, or about all, as JSON or CSV; for subject access."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import click

from duty_tui.cli.csv_text import say_csv
from duty_tui.cli.output import say_object, say_objects
from duty_tui.cli.record import desk_of
from duty_tui.domain.times import iso_utc, london
from duty_tui.errors import UsageError

if TYPE_CHECKING:
    from duty_tui.desk.desk import Desk
    from duty_tui.desk.document_data import Kept

#: The columns of the CSV, in order: an entry a line.
CSV_COLUMNS = (
    *("reference", "concern", "restricted", "number", "journal", "at", "london", "actor", "kind", "words", "withdrawn"),
    *("data", "hash", "entry"),
)


@click.command("data", epilog="Example: duty-tui export data C12 --json > C12.json")
@click.argument("concern", required=False)
@click.option("--all", "everything", is_flag=True, help="Every concern, open and closed, that you may see.")
@click.option("--json", "as_json", is_flag=True, help="As JSON; so also without any of these.")
@click.option("--csv", "as_csv", is_flag=True, help="As CSV, an entry a line, safe to open in a spreadsheet.")
@click.pass_context
def data(ctx: click.Context, concern: str | None, *, everything: bool, as_json: bool, as_csv: bool) -> None:
    """Print everything recorded about CONCERN, withdrawn entries included, with the hashes that seal it."""
    if (concern is None) != everything:
        raise UsageError("Name a concern, or say --all.")
    if as_json and as_csv:
        raise UsageError("--json and --csv exclude each other.")
    desk = desk_of(ctx)
    found = _found(desk, concern)
    if as_csv:
        say_csv(CSV_COLUMNS, _lines(found))
    elif everything:
        say_objects([_object(one) for one in found])
    else:
        say_object(_object(found[0]))


def _found(desk: Desk, concern: str | None) -> list[Kept]:
    from duty_tui.desk.document_data import kept_of, kept_of_all

    return list(kept_of_all(desk)) if concern is None else [kept_of(desk, desk.find(concern).id)]


def _object(kept: Kept) -> dict[str, Any]:
    """A concern as docs/commands.md describes it."""
    return {
        "reference": kept.reference,
        "concern": kept.concern or None,
        "restricted": kept.hidden,
        "state": kept.state,
        "entries": list(_entries(kept)),
    }


def _entries(kept: Kept) -> Iterator[dict[str, Any]]:
    for one in kept.entries:
        yield {
            "number": one.version,
            "journal": one.journal,
            "at": iso_utc(one.at),
            "london": london(one.at).isoformat(timespec="seconds"),
            "actor": one.actor,
            "kind": one.kind,
            "words": one.words,
            "withdrawn": one.withdrawn,
            "data": one.data,
            "hash": one.hash,
            "entry": one.entry,
        }


def _lines(found: Iterable[Kept]) -> Iterator[dict[str, Any]]:
    for kept in found:
        of = {"reference": kept.reference, "concern": kept.concern, "restricted": kept.hidden}
        if kept.hidden:
            yield dict.fromkeys(CSV_COLUMNS) | of
        for one in _entries(kept):
            yield one | of | {"data": json.dumps(one["data"], sort_keys=True, ensure_ascii=False)}
