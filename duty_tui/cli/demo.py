"""`duty-tui demo`: today's practice desk."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from duty_tui.cli.output import can_draw
from duty_tui.cli.passphrase import Passphrase, somebody_there
from duty_tui.clock import system_clock
from duty_tui.opening import practice_opening


@click.command("demo", epilog="Example: duty-tui demo")
@click.pass_context
def command(ctx: click.Context) -> None:
    """Open today's practice desk, with invented children; without a terminal, print its queue.

    Everything can be tried there: tomorrow begins with a fresh one.
    """
    key_file, words = (Path(place) if place else None for place in ctx.obj[1:])
    how = practice_opening(key_file, system_clock(), Passphrase(words), alone=not somebody_there())
    if sys.stdin.isatty() and sys.stdout.isatty() and can_draw():
        from duty_tui.cli.open_app import open_app

        open_app(how)
    else:
        from duty_tui.cli.queue import print_queue

        print_queue(how)
