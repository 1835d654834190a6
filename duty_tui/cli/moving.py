"""What a decision would move, shown before it is made; and, at a terminal, the question whether to make it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from duty_tui.cli.output import narrate, say, say_object
from duty_tui.domain.text import clean
from duty_tui.domain.times import iso_utc
from duty_tui.errors import Unavailable

if TYPE_CHECKING:
    from duty_tui.desk.desk import Desk
    from duty_tui.domain.dues_moved import Standing
    from duty_tui.domain.service import ServiceEvent
    from duty_tui.views.moved import MovedDue

#: Answers the question beforehand.
yes = click.option("--yes", is_flag=True, help="Do it without asking.")


def show(desk: Desk, events: Sequence[ServiceEvent], *, as_json: bool = False) -> list[MovedDue]:
    """Print what moves once the service decides `events`; nothing is recorded. JSON is printed by `ended`.

    Raises Refused for somebody who may not decide it, Unavailable where nothing could be recorded: nobody is asked for
    nothing.
    """
    from duty_tui.desk.moved import would_move
    from duty_tui.desk.permission import refuse_decision

    refuse_decision(desk, events)
    if desk.store.read_only:
        raise Unavailable("The record can only be read from here.", do="Ask for the right to write to its file.")
    found = would_move(desk, events, desk.clock())
    if not as_json:
        say(*(one.sentence for one in found))
    concerns = len({one.reference for one in found})
    narrate(f"{_many(len(found), 'due')} of {concerns} of {len(desk.rows())} open concerns would move.")
    return found


def agreed(question: str) -> bool | None:
    """What somebody at a terminal answers, no without a word; None where nobody is there to be asked."""
    if not sys.stdin.isatty():
        return None
    return click.confirm(clean(question), default=False, err=True)


def ended(found: Sequence[MovedDue], *, recorded: bool) -> None:
    """The whole answer as JSON."""
    say_object({"recorded": recorded, "moves": [moved_object(one) for one in found]})


def moved_object(one: MovedDue) -> dict[str, Any]:
    """One move as JSON; no names."""
    return {
        "concern": one.concern or None,
        "reference": one.reference,
        "child": one.child,
        "discussion": one.discussion,
        "label": one.label or None,
        "before": _standing(one.before),
        "after": _standing(one.after),
        "change": one.change,
        "why": one.why,
        "at": iso_utc(one.at),
        "by": one.by,
        "restricted": one.hidden,
    }


def _standing(standing: Standing | None) -> dict[str, Any] | None:
    if standing is None:
        return None
    return {
        "due": iso_utc(standing.due) if standing.due else None,
        "state": standing.state,
        "governs": standing.governs,
        "policy": standing.pack or None,
        "rule": standing.rule or None,
        "clock": standing.clock or None,
    }


def _many(number: int, what: str) -> str:
    return f"1 {what}" if number == 1 else f"{number} {what}s"
