"""`duty-tui actions`: what is still to be done, across concerns. Reads rows as they are kept; no policy, no screen."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import click

from duty_tui.cli.columns import Column, table
from duty_tui.cli.output import as_json, narrate, say, say_objects
from duty_tui.cli.record import PRACTICE, is_practice, kept_rows, opening_of
from duty_tui.cli.times import as_of
from duty_tui.clock import system_clock
from duty_tui.domain.times import due_words, iso_utc
from duty_tui.views.discussion import ActionLine

_COLUMNS = (
    Column("NO"),
    Column("DUE", 12),
    Column("WHAT", 12),
    Column("FOR", 8),
    Column("WHO", 8),
    Column("AGENCY", 6),
)


@click.command("actions", epilog="Example: duty-tui actions --agency Police --overdue")
@click.option("--mine", is_flag=True, help="Only those of the name in your settings.")
@click.option("--agency", metavar="NAME", help="Only those of this agency; case and accents do not matter.")
@click.option("--overdue", is_flag=True, help="Only those whose time has passed.")
@as_json
@as_of
@click.pass_context
def command(
    ctx: click.Context, *, mine: bool, agency: str | None, overdue: bool, as_json: bool, at: datetime | None
) -> None:
    """List the actions agreed at discussions and not done for every child, the earliest due first."""
    from duty_tui.desk.actions import actions_in
    from duty_tui.desk.seen import Seen

    how, at = opening_of(ctx), at or system_clock()
    me = how.settings.name
    with kept_rows(how) as store:
        found = actions_in(Seen(store, me), at=at, who=me if mine else None, agency=agency, overdue=overdue)
        practice = is_practice(store)
    if practice:
        (narrate if as_json else say)(PRACTICE)
    if as_json:
        say_objects([_object(one) for one in found])
    else:
        say(*_text(found))


def _text(found: list[ActionLine]) -> Iterator[str]:
    if not found:
        yield "No action is open."
        return
    yield from table(_COLUMNS, [_cells(one) for one in found], shutil.get_terminal_size((80, 24)).columns)


def _cells(one: ActionLine) -> tuple[str, ...]:
    due = due_words(one.due) if one.due else "no time set"
    late = f"LATE {due}" if one.overdue else due
    return one.reference, late, one.what, one.whom, one.who or "nobody named", one.agency


def _object(one: ActionLine) -> dict[str, Any]:
    return {
        "concern": one.concern,
        "reference": one.reference,
        "discussion": one.discussion,
        "action": one.id,
        "form": one.form,
        "what": one.what,
        "who": one.who or None,
        "agency": one.agency or None,
        "due": iso_utc(one.due) if one.due else None,
        "overdue": one.overdue,
        "children": list(one.children),
        "done_for": list(one.done),
        "for": one.whom,
        "lacks": list(one.lacks),
    }
