"""The rows kept beside the journal: the queue as it stands, who may be the same child, and what is unfinished."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple


class ConcernRow(NamedTuple):
    """One concern as the queue needs it: its place, and all a row shows. Written with the entries it follows from."""

    id: str
    """The name of the concern's stream."""
    version: int
    """The version of the stream this row was made from."""
    status: str
    """`open` or `closed`."""
    rank: int
    """Urgency band, lower is sooner."""
    due: int | None
    """Seconds since the epoch; None when nothing with a number is due."""
    received: int
    """Seconds since the epoch."""
    certain: bool
    provisional: bool
    deadline: str
    """What is due, in words."""
    next_step: str
    owner: str | None
    family: str
    family_key: str
    children: int
    youngest: str | None
    """Date of birth, ISO."""
    eldest: str | None
    """Date of birth, ISO."""
    concern: str
    """The headline."""
    source: str
    stage: str
    search: str
    """Case-folded text a filter looks in."""
    restricted: bool
    number: int = 0
    """The order in which concerns were raised, from 1. The store gives it at the first writing and never changes it."""


class Identity(NamedTuple):
    """Something two records of one child share: kind `upn`, `nhs` or `name+born`."""

    kind: str
    value: str


class Duplicate(NamedTuple):
    """Another concern that may be about the same child, and the kind of identity they share."""

    id: str
    number: int
    kind: str


class Draft(NamedTuple):
    """Something typed and not yet recorded. `updated` is aware UTC, to the millisecond."""

    id: str
    kind: str
    """Which form it belongs to."""
    concern: str | None
    """The stream it is about; None for one that does not exist yet."""
    actor: str
    machine: str
    updated: datetime
    body: dict[str, Any]
    """What was typed, as JSON values."""
