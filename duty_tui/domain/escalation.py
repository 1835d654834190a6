"""An escalation: a form sent to named people, or a disagreement taken up step by step, until it has an outcome.

It never goes away by itself: it stays open until somebody records how it ended.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

#: How far it has come. A draft is not yet in the record and has no state here.
Status = Literal["submitted", "acknowledged", "concluded"]


class Recipient(NamedTuple):
    """Somebody it went to: the name, the role they hold, and how they are reached."""

    name: str
    role: str = ""
    contact: str = ""


class Acknowledged(NamedTuple):
    """Somebody said that they have it: who, when (UTC), and who recorded that."""

    by: str
    at: datetime
    recorded_by: str


class Update(NamedTuple):
    """What was added after it was submitted, when (UTC) and by whom."""

    at: datetime
    by: str
    text: str


class Step(NamedTuple):
    """One step of its ladder: who held it since when, and how it ended; `outcome` is empty while it lasts."""

    number: int
    who: str
    role: str
    began: datetime
    outcome: Literal["", "resolved", "up"] = ""
    said: str = ""
    ended: datetime | None = None


@dataclass(frozen=True, slots=True)
class Escalation:
    """One escalation of a concern after its entries so far. All instants are UTC."""

    #: Counted from 1 within the concern.
    number: int
    #: The entry that submitted it.
    entry: str
    #: The ladder of the policy it climbs, as `pack/first step`.
    ladder: str
    #: The form of the vocabulary it was submitted on; may be empty.
    form: str
    label: str
    child: int | None
    discussion: int | None
    submitted: datetime
    submitted_by: str
    #: What was typed, by the id of the form's field.
    fields: Mapping[str, str]
    #: What the form took from the record, line by line, as it read at that moment.
    facts: tuple[str, ...]
    recipients: tuple[Recipient, ...]
    steps: tuple[Step, ...]
    #: Events of the policies' vocabulary it made, and when.
    made: tuple[tuple[str, datetime], ...]
    acknowledged: tuple[Acknowledged, ...] = ()
    updates: tuple[Update, ...] = ()
    #: How it ended, in words; empty while it is open.
    outcome: str = ""
    resolved: bool | None = None
    concluded: datetime | None = None
    concluded_by: str = ""

    @property
    def status(self) -> Status:
        """How far it has come."""
        if self.concluded is not None:
            return "concluded"
        return "acknowledged" if self.acknowledged else "submitted"

    @property
    def is_open(self) -> bool:
        """Whether it still waits for its outcome."""
        return self.concluded is None

    @property
    def step(self) -> Step:
        """The step it stands on, or ended on."""
        return self.steps[-1]

    @property
    def held_by(self) -> str:
        """Whom it waits for: those it went to, or who holds the step it has come to."""
        return self.step.who or ", ".join(one.name for one in self.recipients)
