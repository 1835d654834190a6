"""`duty-tui moved`: which dues were moved, from when to when and why. Reads no policy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import click

from duty_tui.cli.moving import moved_object
from duty_tui.cli.output import as_json, narrate, say, say_objects
from duty_tui.cli.record import PRACTICE, is_practice, kept_rows, opening_of
from duty_tui.cli.times import MOMENT
from duty_tui.domain.times import moment_words

if TYPE_CHECKING:
    from duty_tui.views.moved import MovedDue


@click.command("moved", epilog="Example: duty-tui moved --since 2026-11-20T18:00")
@click.option("--since", metavar="TIME", type=MOMENT, help="Only what was moved at or after TIME.")
@as_json
@click.pass_context
def command(ctx: click.Context, *, since: datetime | None, as_json: bool) -> None:
    """List the dues that a policy, a closure day, a bank holiday or the program moved, the newest first."""
    from duty_tui.desk.moved import moved

    how = opening_of(ctx)
    with kept_rows(how) as store:
        found = moved(store, how.settings.name, since=since)
        practice = is_practice(store)
    if practice:
        (narrate if as_json else say)(PRACTICE)
    if as_json:
        say_objects([moved_object(one) for one in found])
    else:
        say(*_text(found))


def _text(found: Sequence[MovedDue]) -> Iterator[str]:
    """Each reason with its time and the dues it moved under it."""
    if not found:
        yield "Nothing was moved."
    heading = ""
    for one in found:
        of_this = f"{moment_words(one.at)}, {one.by}: {one.why}"
        if of_this != heading:
            heading = of_this
            yield heading
        yield f"  {one.sentence}"
