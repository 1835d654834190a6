"""`duty-tui import`: referrals from a census file or a table, all of them or none."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from duty_tui.cli.output import as_json, narrate, say, say_object
from duty_tui.cli.progress import Progress
from duty_tui.cli.record import desk_of, opening_of
from duty_tui.errors import Refused
from duty_tui.opening import look_back

if TYPE_CHECKING:
    from duty_tui.desk.importing import ImportReport

#: How many possible duplicates are said; JSON holds them all.
_MOST = 20


@click.command("import", epilog="Example: duty-tui import referrals.csv --dry-run")
@click.argument("source", metavar="FILE|-")
@click.option("--dry-run", is_flag=True, help="Read everything and say what would be done; record nothing.")
@as_json
@click.pass_context
def command(ctx: click.Context, source: str, dry_run: bool, as_json: bool) -> None:
    """Take in the referrals of FILE: Children in Need census XML, or CSV; - is standard input.

    All of them or, when one cannot be read, none. What is in the record already is not added again.
    """
    from duty_tui.desk.importing import import_referrals
    from duty_tui.exchange.reading import open_referrals

    if opening_of(ctx).practice:
        raise Refused(
            "There is no desk of your own yet, and referrals do not belong on the practice desk.",
            entry="Nothing was imported.",
            do="Make one with `duty-tui init`, or name one with --database.",
        )
    desk = desk_of(ctx)
    opened: Path | BinaryIO = sys.stdin.buffer if source == "-" else Path(source)
    with Progress("Reading") as told:
        file = open_referrals(opened, questions=desk.rulebook.vocabulary.fact, progress=told)
    with Progress("Taking in") as told:
        report = import_referrals(desk, file, dry_run=dry_run, progress=told)
    look_back(opening_of(ctx), desk.store)
    narrate(*_narration(report))
    if as_json:
        say_object(_object(report))
    else:
        say(*(f"{name} {value}" for name, value in _counts(report).items()))


def _counts(report: ImportReport) -> dict[str, int]:
    return {
        "referrals": len(report.file.referrals),
        "children": report.file.children,
        "added": report.added,
        "open": report.open,
        "already": report.already,
        "duplicates": len(report.duplicates),
    }


def _narration(report: ImportReport) -> Iterator[str]:
    would = "would be " if report.dry_run else ""
    yield f"{report.file.name}: {report.file.kind}, {_referrals(len(report.file.referrals))}."
    yield from report.file.warnings
    yield (
        f"{report.added} {would}added, {report.open} of them open; {report.already} were in the record already."
        + (" Dry run: nothing was recorded." if report.dry_run else "")
    )
    if report.duplicates:
        yield "Possibly the same child as in another concern; nothing was merged:"
        yield from (f"  {one.row}: {one.other} ({one.shares})" for one in report.duplicates[:_MOST])
        if (more := len(report.duplicates) - _MOST) > 0:
            yield f"  … and {more} more (--json has them all)"


def _referrals(number: int) -> str:
    return f"{number} referral" if number == 1 else f"{number} referrals"


def _object(report: ImportReport) -> dict[str, Any]:
    return {
        "file": report.file.name,
        "kind": report.file.kind,
        "dry_run": report.dry_run,
        **_counts(report),
        "possible_duplicates": [one._asdict() for one in report.duplicates],
        "warnings": list(report.file.warnings),
    }
