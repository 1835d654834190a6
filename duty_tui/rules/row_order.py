"""How two rows of the queue compare. Apart from the rest of the order, because sorting kept rows needs no policy.

Overdue first, by how long they have been due. Then by band of urgency: a concern under a same-day limit comes before
one under a limit of working days even when the latter's due is nearer, because the tighter limit was written for the
graver circumstance; once a due has passed, bands no longer count. Within a band by due, those without a number last;
then by receipt, then by number, so that no two concerns share a place. Source: the order adopted with the readings.
"""

from __future__ import annotations

from typing import Protocol

#: Compares two concerns; smaller comes first.
Key = tuple[int, int, int, int, int]

_NEVER = 1 << 62


class Placed(Protocol):
    """What the order needs to know of a concern; instants in seconds since the epoch."""

    @property
    def rank(self) -> int:
        """Band of urgency, 1 the nearest."""
        ...

    @property
    def due(self) -> int | None:
        """None when nothing with a number is due."""
        ...

    @property
    def received(self) -> int:
        """When the concern came in."""
        ...

    @property
    def number(self) -> int:
        """The order in which concerns were raised."""
        ...


def row_key(row: Placed, at: int) -> Key:
    """The place of a row in the queue as seen at `at` (seconds since the epoch)."""
    if row.due is not None and row.due <= at:
        return (0, 0, row.due, row.received, row.number)
    return (1, row.rank, _NEVER if row.due is None else row.due, row.received, row.number)
