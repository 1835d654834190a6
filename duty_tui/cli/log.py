"""`duty-tui log`: every entry of a concern, with its number, when, by whom, and whether it still counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from duty_tui.cli.output import as_json, say, say_objects
from duty_tui.cli.record import desk_of
from duty_tui.domain.times import iso_utc, london, moment_words

if TYPE_CHECKING:
    from duty_tui.views.concern import TimelineLine


@click.command("log", epilog="Example: duty-tui log C12")
@click.argument("concern")
@as_json
@click.pass_context
def command(ctx: click.Context, *, concern: str, as_json: bool) -> None:
    """Print every entry of CONCERN (C12, or its id), those withdrawn included."""
    from duty_tui.desk.reading import timeline

    desk = desk_of(ctx)
    lines = list(timeline(desk.concern(desk.find(concern).id, how="log")))
    if as_json:
        say_objects([_object(line) for line in lines])
    else:
        say(*(_text(line) for line in lines))


def _text(line: TimelineLine) -> str:
    kind = (line.kind or "not readable") + (" [withdrawn]" if line.withdrawn else "")
    when = f"{moment_words(line.at)}  {iso_utc(line.at)}"
    return "  ".join((f"{line.version:>4}", when, line.actor, kind, " / ".join(line.words.splitlines())))


def _object(line: TimelineLine) -> dict[str, Any]:
    return {
        "number": line.version,
        "entry": line.entry,
        "at": iso_utc(line.at),
        "london": london(line.at).isoformat(timespec="seconds"),
        "typed": iso_utc(line.typed) if line.typed else None,
        "actor": line.actor,
        "kind": line.kind or None,
        "words": line.words,
        "withdrawn": line.withdrawn,
    }
