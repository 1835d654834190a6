"""Everything a concern's own screen shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple


class TimelineLine(NamedTuple):
    """One entry of the history: when it was recorded, who, what; withdrawn entries stay, marked."""

    entry: str
    version: int
    at: datetime
    actor: str
    kind: str
    words: str
    withdrawn: bool
    #: Why it cannot be undone, or None when it can.
    fixed: str | None
    #: When it was typed and since when it counts, where the record was away then.
    typed: datetime | None = None


class ClockLine(NamedTuple):
    """One clock of the concern, in words."""

    pack: str
    clock: str
    #: What must happen, and for whom.
    do: str
    label: str
    about: str
    #: "due end of Mon 23 Nov", "met 14:02", "waiting for …", "ruled out: …".
    standing: str
    due: datetime | None
    overdue: bool
    governs: bool
    certain: bool


class FactLine(NamedTuple):
    """One question of the adopted policies and its answer."""

    name: str
    ask: str
    answer: str
    by: str
    #: What an answer would change, in words; empty when nothing.
    matters: str


class ChildLine(NamedTuple):
    """One child, in words, with what looks wrong about the details."""

    number: int
    name: str
    age: str
    details: str
    doubts: tuple[str, ...]


class DuplicateLine(NamedTuple):
    """Another concern that may be about the same child."""

    concern: str
    reference: str
    #: What they share: "same UPN".
    shares: str


@dataclass(frozen=True, slots=True)
class ConcernView:
    """A concern, ready to read."""

    id: str
    reference: str
    version: int
    title: str
    #: When it was received, in words; without a referral when it came up on the open case.
    received: str
    referred: bool
    identified: str
    caller: str
    source: str
    what: str
    happened: str
    owner: str | None
    stage: str
    closed: str | None
    next_step: str
    facts: tuple[FactLine, ...]
    children: tuple[ChildLine, ...]
    clocks: tuple[ClockLine, ...]
    timeline: tuple[TimelineLine, ...]
    duplicates: tuple[DuplicateLine, ...]
    #: Said above everything else: written by a newer version, entries destroyed.
    warnings: tuple[str, ...]
    as_of: datetime
    #: Who alone may see it; None when everybody may.
    restricted: tuple[str, ...] | None = None
