"""An entry with everything that was typed for it: where two people said different things, neither may be shortened."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from duty_tui.domain.events import Event
from duty_tui.domain.times import day_words, moment_words

#: What refers to other entries or to the policies' vocabulary: the event's own words say it for people.
_WITHOUT_WORDS = frozenset({
    "after", "entry", "person", "action", "decision", "discussion", "child", "children", "number", "escalation",
    "event", "box", "sets", "sets_alone", "unless_with", "item", "standing", "received_precision", "ladder", "rule",
    "clock", "facts", "makes", "version", "documents",
})  # fmt: skip


def in_full(event: Event) -> Iterator[str]:
    """The event in words, then each thing it holds that these words leave out: `check: the school says so`."""
    words = event.words()
    yield words
    for name, value in _leaves(event.model_dump(exclude_defaults=True)):
        if (said := _said(value)) and said not in words:
            yield f"{name.replace('_', ' ')}: {said}"


def _leaves(known: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """Everything with a name, also what is within a part of it."""
    for name, value in known.items():
        if isinstance(value, Mapping):
            yield from _leaves(value)
        elif name not in _WITHOUT_WORDS:
            yield name, value


def _said(value: object) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case datetime():
            return moment_words(value)
        case date():
            return day_words(value)
        case tuple() | list():
            return ", ".join(filter(None, map(_said, value)))
    return value if isinstance(value, str) else ""
