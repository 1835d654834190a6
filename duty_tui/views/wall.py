"""The queue for a wall: anybody walking past may read it, so names are initials and nothing says what happened."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from duty_tui.views.queue import QueueRow, QueueView


class WallLine(NamedTuple):
    """One concern on the wall."""

    id: str
    reference: str
    #: Rank and shape.
    symbol: str
    rank: int
    #: Seconds since the epoch; what is left of the time is worded where it is shown.
    due: int | None
    received: int
    #: "O. +2": the family by its first letters.
    whose: str
    age: str
    #: What is due, in two or three words.
    what: str
    stage: str
    owner: str


def wall_of(view: QueueView) -> Iterator[WallLine]:
    """The rows of the queue in its order, as a wall may show them."""
    return (_line(row) for row in view.rows)


def _line(row: QueueRow) -> WallLine:
    if row.stored.restricted:
        return WallLine(row.id, row.reference, "", row.rank, None, row.received, "RESTRICTED", "", "", "", "")
    more = row.stored.children - 1
    whose = letters(row.stored.family) + (f" +{more}" if more > 0 else "")
    seen = (row.symbol, row.rank, row.due, row.received, whose, row.age, row.deadline, row.stage)
    return WallLine(row.id, row.reference, *seen, row.owner or "none")


def letters(name: str) -> str:
    """`Okafor` as `O.`, `Okafor, Amara` as `O.A.`: the first letter of each of at most three words."""
    return "".join(f"{word[0]}." for word in name.split()[:3] if word[0].isalnum()).upper()
