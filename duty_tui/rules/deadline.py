"""What the rules answer: one deadline for each clock and each child or discussion it runs for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import NamedTuple

from duty_tui.rules.limits import Limit
from duty_tui.rules.pack import Clock, Escalation, Obligation, Pack
from duty_tui.rules.situation import Variation


class State(Enum):
    """Where a clock stands. Time does not appear: overdue is a comparison made by whoever has a `now`."""

    #: Started, not met.
    RUNNING = "running"
    #: Nothing it counts from has happened.
    WAITING = "waiting"
    #: What it asks for happened, at `met_at`.
    MET = "met"
    #: Another clock replaced it; `lost_to` names it.
    REPLACED = "replaced"
    #: A condition is certainly not met, or an ending condition certainly is.
    RULED_OUT = "ruled_out"


class Skipped(NamedTuple):
    """A day that did not count, and why ("Saturday", "Christmas Day", "closure: staff day")."""

    date: date
    why: str


@dataclass(slots=True, eq=False)
class Deadline:
    """One clock, for one child or discussion where it runs for one.

    `due` is a UTC instant, None while waiting or when the document states no number. `certain` is False while a
    condition is not known: the clock then runs "unless ruled out by" `unless`. `governs` marks the earliest due among
    the clocks that remain of its obligation (for the same child and discussion); the others name it in `lost_to`.
    """

    pack: Pack
    obligation: Obligation | Escalation
    #: The clock; an escalation is its own clock.
    clock: Clock | Escalation
    child: int | None
    discussion: int | None
    state: State
    certain: bool
    #: Facts whose answer would rule the clock out or in.
    unless: tuple[str, ...]
    start: datetime | None
    #: The reference it started from: an event, `fact:NAME`, `breach:CLOCK` or `late:CLOCK`.
    start_from: str
    due: datetime | None
    governs: bool
    lost_to: str | None
    met_at: datetime | None
    #: Counted beyond the last published bank holidays.
    provisional: bool
    #: The due before a restart or a variation moved it, kept visible.
    first_due: datetime | None
    #: Started before the earliest adopted version of the pack; that version was applied.
    before_adoption: bool
    #: The approved variation, where one moved the due.
    varied: Variation | None

    def overdue(self, at: datetime) -> bool:
        """Whether the due passed unmet, or was met after it, as seen at `at`."""
        if self.due is None or self.state not in (State.RUNNING, State.MET):
            return False
        return self.met_late if self.met_at else at >= self.due

    @property
    def met_late(self) -> bool:
        """Whether it was met after its due."""
        return self.met_at is not None and self.too_late(self.met_at)

    def too_late(self, at: datetime) -> bool:
        """Whether a moment lies after the due; the midnight that ends the last day is of the next day."""
        if self.due is None or at < self.due:
            return False
        return at > self.due or (self.varied is None and self.limit.ends_with_a_day)

    @property
    def limit(self) -> Limit:
        """Within what, or how long before."""
        return self.clock.limit if isinstance(self.clock, Clock) else self.clock.within

    @property
    def open(self) -> bool:
        """Still owed: running and the one that governs."""
        return self.state is State.RUNNING and self.governs
