"""The order of the queue: which deadline puts a concern where it stands, and how two concerns compare.

Overdue first, by how long they have been due. Then by band of urgency: a concern under a same-day limit comes before one
under a limit of working days even when the latter's due is nearer, because the tighter limit was written for the graver
circumstance; once a due has passed, bands no longer count. Within a band by due, those without a number last; then by
receipt, then by number, so that no two concerns share a place. Source: the order adopted with the readings.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple, Protocol

from duty_tui.rules.deadline import Deadline
from duty_tui.rules.limits import Limit
from duty_tui.rules.pack import Clock
from duty_tui.rules.vocabulary import Vocabulary

#: Compares two concerns; smaller comes first.
Key = tuple[int, int, int, int, int]

_NEVER = 1 << 62


class Place(NamedTuple):
    """Why a concern stands where it stands."""

    #: Band of urgency, 1 the nearest.
    rank: int
    #: UTC; None when nothing with a number is owed.
    due: datetime | None
    #: When the governing clock began.
    since: datetime | None
    #: False while the governing clock runs "unless ruled out".
    certain: bool
    #: The governing deadline; None when nothing is owed.
    deadline: Deadline | None


class Placed(Protocol):
    """What the order needs to know of a concern; instants in seconds since the epoch."""

    @property
    def rank(self) -> int: ...
    @property
    def due(self) -> int | None: ...
    @property
    def received(self) -> int: ...
    @property
    def number(self) -> int: ...


def place(deadlines: Iterable[Deadline], vocabulary: Vocabulary) -> Place:
    """What governs a concern: the earliest due still owed; with no number owed, the one that has waited longest.

    Of the same due the certain one. A prompt, and what a document only allows, puts no concern anywhere.
    """
    best: Deadline | None = None
    for deadline in deadlines:
        if owed(deadline) and (best is None or _before(deadline, best)):
            best = deadline
    if best is None:
        return Place(len(vocabulary.urgency), None, None, True, None)
    return Place(band(limit_of(best), vocabulary), best.due, best.start, best.certain, best)


def owed(deadline: Deadline) -> bool:
    """Whether a deadline is a duty still to be done, not a prompt and not a mere permission."""
    return deadline.open and deadline.clock.strength != "may" and not getattr(deadline.obligation, "prompt_only", False)


def limit_of(deadline: Deadline) -> Limit:
    """The limit of a deadline's clock."""
    return deadline.clock.limit if isinstance(deadline.clock, Clock) else deadline.clock.within


def band(limit: Limit, vocabulary: Vocabulary) -> int:
    """The rank of the first band that takes the limit, from 1: its kind, with a number at least as large."""
    for rank, urgency in enumerate(vocabulary.urgency, 1):
        for longest in urgency.up_to:
            if longest.kind == limit.kind and (longest.number or 0) >= (limit.number or 0):
                return rank
    return len(vocabulary.urgency)


def row_key(row: Placed, at: int) -> Key:
    """The place of a row in the queue as seen at `at` (seconds since the epoch)."""
    if row.due is not None and row.due <= at:
        return (0, 0, row.due, row.received, row.number)
    return (1, row.rank, _NEVER if row.due is None else row.due, row.received, row.number)


def _before(one: Deadline, other: Deadline) -> bool:
    if one.due is None or other.due is None:
        if one.due is None and other.due is None:
            return one.start is not None and other.start is not None and one.start < other.start
        return other.due is None
    return one.due < other.due or (one.due == other.due and one.certain and not other.certain)
