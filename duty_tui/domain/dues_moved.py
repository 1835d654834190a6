"""What a decision, an edited policy or other bank holidays moved: numbers and rules, never anybody's name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Literal

from typing_extensions import override

from duty_tui.domain.model import Instant, Line, Lines, Model
from duty_tui.domain.service_state import Service, ServiceEvent

#: How one thing stood when it was looked at: ahead or without a time, past and not done, done in time, done late.
State = Literal["owed", "late", "met", "met late"]
#: Longer lists are recorded in several entries, so that none is too large to read.
MOST = 500


class Standing(Model):
    """How one thing owed stands under one set of rules. `due` is UTC; None where there is no number."""

    label: Line
    due: Instant | None = None
    state: State = "owed"
    #: Names in the policy; empty where only the queue's rows were compared.
    pack: Line = ""
    rule: Line = ""
    clock: Line = ""
    #: It is what puts the concern where it stands in the queue; `band` is then its band of urgency, 1 the nearest.
    governs: bool = False
    band: int | None = None


class Move(Model):
    """One thing owed on one concern, before and after; None where it was not owed, or is not any more."""

    concern: Line
    #: The number people say: 7 for C7.
    number: int
    child: int | None = None
    discussion: int | None = None
    before: Standing | None = None
    after: Standing | None = None


class DuesMoved(ServiceEvent):
    """What was moved and why, recorded with what moved it. It moves nothing itself."""

    kind = "dues-moved"

    why: Lines
    moves: tuple[Move, ...]

    @override
    def apply(self, service: Service) -> Service:
        return service

    def body(self) -> dict[str, Any]:
        """As JSON values, without what is not known: there may be thousands of moves."""
        return self.model_dump(mode="json", exclude_defaults=True)


def told(why: str, moves: Iterable[Move]) -> Iterator[DuesMoved]:
    """The moves as entries of at most `MOST` each."""
    moves = list(moves)
    for begin in range(0, len(moves), MOST):
        yield DuesMoved(why=why, moves=tuple(moves[begin : begin + MOST]))
