"""Why a concern stands where it stands, ready to read on a screen or a page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple


class WhySection(NamedTuple):
    """A heading and its lines, in plain words."""

    heading: str
    lines: tuple[str, ...]


class WhyQuestion(NamedTuple):
    """A question that can be answered otherwise to see what would be."""

    fact: str
    ask: str
    #: As recorded: "yes", "no", "not known", "not asked".
    answer: str
    #: What an answer would change, in words.
    effect: str


@dataclass(frozen=True, slots=True)
class WhyView:
    """The whole reason. With `supposed` answers or another time it tells what would be; nothing is recorded."""

    concern: str
    reference: str
    title: str
    #: In one sentence: the place, the due, and which rule governs.
    headline: str
    #: Rule, citation, start, days skipped, rules that lost, readings assumed, in this order.
    sections: tuple[WhySection, ...]
    questions: tuple[WhyQuestion, ...]
    #: What was supposed, in words; empty for things as they are.
    supposed: tuple[str, ...]
    due: datetime | None
    as_of: datetime
