"""What puts a concern where it stands in the queue: its governing deadline, and the band that one belongs to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from duty_tui.rules.deadline import Deadline
from duty_tui.rules.limits import Limit
from duty_tui.rules.pack import Escalation
from duty_tui.rules.settle import before
from duty_tui.rules.vocabulary import Vocabulary


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


def place(deadlines: Iterable[Deadline], vocabulary: Vocabulary) -> Place:
    """What governs a concern: the earliest due still owed; with no number owed, the one that has waited longest.

    Of the same due the certain one. A prompt, and what a document only allows, puts no concern anywhere.
    """
    best: Deadline | None = None
    for deadline in deadlines:
        if deadline.governs and owed(deadline) and (best is None or before(deadline, best)):
            best = deadline
    if best is None:
        return Place(len(vocabulary.urgency), None, None, True, None)
    return Place(band(limit_of(best), vocabulary), best.due, best.start, best.certain, best)


def owed(deadline: Deadline) -> bool:
    """Whether a deadline is a duty still to be done, and the one that governs it."""
    return deadline.open and is_duty(deadline)


def is_duty(deadline: Deadline) -> bool:
    """Whether a deadline binds: not a prompt, and not what a document only allows."""
    return deadline.clock.strength != "may" and not (
        isinstance(deadline.obligation, Escalation) and deadline.obligation.prompt_only
    )


def limit_of(deadline: Deadline) -> Limit:
    """The limit of a deadline's clock."""
    return deadline.limit


def band(limit: Limit, vocabulary: Vocabulary) -> int:
    """The rank of the first band that takes the limit, from 1: its kind, with a number at least as large."""
    for rank, urgency in enumerate(vocabulary.urgency, 1):
        for longest in urgency.up_to:
            if longest.kind == limit.kind and (longest.number or 0) >= (limit.number or 0):
                return rank
    return len(vocabulary.urgency)
