"""`NAME=VALUE` arguments: answers to the policies' questions, and when something happened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import cast

import click

from duty_tui.cli.output import near
from duty_tui.cli.times import MOMENT
from duty_tui.domain.concern import Answer
from duty_tui.errors import UsageError

_ANSWERS = ("yes", "no", "unknown")


def read_answers(written: Iterable[str], facts: Iterable[str]) -> dict[str, Answer]:
    """`NAME=yes|no|unknown` by name. Raises UsageError for a name that is no fact of the vocabulary, or said twice."""
    found: dict[str, Answer] = {}
    for name, value in _pairs(written, facts, "question", "NAME=yes, NAME=no or NAME=unknown"):
        if value not in _ANSWERS:
            raise UsageError(f"{name} is answered yes, no or unknown.")
        if name in found:
            raise UsageError(f"{name} is answered twice.")
        found[name] = cast("Answer", value)
    return found


def read_events(written: Iterable[str], events: Mapping[str, object]) -> list[tuple[str, datetime]]:
    """`NAME=TIME` in the order written. Raises UsageError for a name that is no event; click's own for a bad time."""
    return [(name, _when(name, value)) for name, value in _pairs(written, events, "event", "NAME=TIME")]


def _when(name: str, value: str) -> datetime:
    try:
        return MOMENT.convert(value, None, None)
    except click.BadParameter as wrong:
        raise click.BadParameter(wrong.message, param_hint=f"'--event {name}'") from None


def _pairs(written: Iterable[str], known: Iterable[str], what: str, how: str) -> Iterator[tuple[str, str]]:
    names = list(known)
    for pair in written:
        name, sign, value = (part.strip() for part in pair.partition("="))
        if not sign:
            raise UsageError(f"{pair} has no equals sign; write {how}.")
        if name not in names:
            hint = near(name, names)
            do = "" if hint else "`duty-tui policy show PACK` names what a policy asks and waits for."
            raise UsageError(f"There is no {what} called {name or 'nothing at all'}{hint or '.'}", do=do)
        yield name, value
