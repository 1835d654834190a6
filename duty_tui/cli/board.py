"""`duty-tui board`: the queue for a wall screen, read only, names as initials; as text where there is no terminal."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator

import click

from duty_tui.cli.columns import Column, table
from duty_tui.cli.output import can_draw, say
from duty_tui.cli.record import PRACTICE, is_practice, kept_rows, opening_of
from duty_tui.clock import system_clock
from duty_tui.desk import bands
from duty_tui.desk.board import Board
from duty_tui.desk.seen import Seen
from duty_tui.domain.times import moment_words
from duty_tui.opening import Opening
from duty_tui.views.queue import QueueView
from duty_tui.views.wall import wall_of
from duty_tui.widgets.time_left import time_left

_COLUMNS = (
    Column("NO"),
    Column("!"),
    Column("LEFT", right=True),
    Column("WHOSE"),
    Column("AGE"),
    Column("WHAT", 8),
    Column("STAGE"),
    Column("OWN"),
)


@click.command("board", epilog="Example: duty-tui board --once")
@click.option("--once", is_flag=True, help="Print it as text and end, as it does without a terminal.")
@click.pass_context
def command(ctx: click.Context, *, once: bool) -> None:
    """Show the queue on a wall: read only, always current, names as initials; q ends it."""
    how = opening_of(ctx)
    if not once and sys.stdin.isatty() and sys.stdout.isatty() and can_draw():
        from duty_tui.cli.open_app import open_app

        open_app(how, wall=True)
    else:
        _print(how)


def _print(how: Opening) -> None:
    at = system_clock()
    with kept_rows(how) as store:
        board = Board(bands.decode(store.meta(bands.META)))
        board.fill(Seen(store, "").rows(), at)  # a wall is nobody's: whoever walks past reads it
        practice = is_practice(store)
    say(*_text(board.view(at), practice=practice, cells=shutil.get_terminal_size((80, 24)).columns))


def _text(view: QueueView, *, practice: bool, cells: int) -> Iterator[str]:
    if practice:
        yield PRACTICE
    counts = view.counts
    yield f"{moment_words(view.as_of)}: {counts.open} open, {counts.overdue} overdue, {counts.unowned} unowned"
    if not view.rows:
        yield "No concern is open."
        return
    now = int(view.as_of.timestamp())
    lines = [
        (
            line.reference,
            line.symbol,
            time_left(line.due, now, line.received)[0] if line.symbol else "",
            *(line.whose, line.age, line.what, line.stage, line.owner),
        )
        for line in wall_of(view)
    ]
    yield from table(_COLUMNS, lines, cells)
