"""A concern: what a stream of entries adds up to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Literal, NamedTuple

from duty_tui.domain.discussion import Discussion
from duty_tui.domain.escalation import Escalation
from duty_tui.domain.people import Caller, Child

if TYPE_CHECKING:
    from duty_tui.domain.history import Recorded

#: How exactly a time is known: a whole London day, or the minute.
Precision = Literal["minute", "day"]
#: The three answers to a policy's question. Unknown is an answer, and it is not no.
Answer = Literal["yes", "no", "unknown"]

_VALUES: Mapping[Answer, bool | None] = {"yes": True, "no": False, "unknown": None}


class Answered(NamedTuple):
    """The last answer to one question, for one child or for all, by whom and since when (UTC)."""

    value: bool | None
    since: datetime
    by: str
    child: int | None = None
    discussion: int | None = None
    reason: str = ""


class Milestone(NamedTuple):
    """An event of the policy vocabulary that took place at a UTC instant; `entry` is the id of the entry saying so."""

    event: str
    at: datetime
    entry: str
    child: int | None = None
    discussion: int | None = None
    note: str = ""
    #: When it was recorded; of a date set ahead, when it was set.
    recorded: datetime | None = None
    #: More that was said of it, by name: who saw the child, whether alone.
    details: Mapping[str, str] = {}


class Lateness(NamedTuple):
    """Why something owed was late: the rule as `pack/rule`, for which child and discussion, and who said so when."""

    rule: str
    child: int | None
    discussion: int | None
    reason: str
    #: What kept the child safe meanwhile.
    safety: str
    at: datetime
    by: str


class Varied(NamedTuple):
    """Another due for one clock of a policy, approved by somebody in a role; `at` is when that was recorded."""

    clock: str
    due: datetime
    role: str
    by: str
    reason: str
    child: int | None
    discussion: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Concern:
    """What is known of one concern after its entries so far. All instants are UTC."""

    id: str
    version: int = 0
    raised_at: datetime | None = None
    raised_by: str = ""
    #: When children's social care received it; `received_precision` "day" when only the day is known.
    received: datetime | None = None
    received_precision: Precision = "minute"
    #: False when nothing was referred: `received` then is when it came up on a case that was open already.
    referred: bool = True
    #: When the protection concern was identified, where that is known apart from the receipt.
    identified: datetime | None = None
    caller: Caller = field(default_factory=Caller)
    #: Where it came from, in the words of lists ("Police", "School").
    source: str = ""
    family: str = ""
    children: tuple[Child, ...] = ()
    #: What was said to have happened, and when, as told.
    what: str = ""
    happened: str = ""
    #: A reference in the system it was imported from.
    reference: str = ""
    owner: str | None = None
    answers: Mapping[str, tuple[Answered, ...]] = field(default_factory=dict)
    milestones: tuple[Milestone, ...] = ()
    #: Strategy discussions, agreed, booked or held, by number.
    discussions: tuple[Discussion, ...] = ()
    #: In the order they were submitted; concluded ones stay.
    escalations: tuple[Escalation, ...] = ()
    #: Why what was late was late: the last word on each thing owed.
    lateness: tuple[Lateness, ...] = ()
    #: Approved variations, in the order they were recorded.
    variations: tuple[Varied, ...] = ()
    #: Names of those who may see it; None when it is not restricted.
    restricted_to: tuple[str, ...] | None = None
    notes: int = 0
    closed: str | None = None
    closed_at: datetime | None = None
    #: Entries written by a newer version of the program, which this one cannot read.
    unread: int = 0
    #: Bodies destroyed under a retention rule.
    destroyed: int = 0
    #: The entries it was folded from, in order, withdrawn ones included.
    history: tuple[Recorded, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether the concern still stands in the queue."""
        return self.closed is None

    @property
    def is_destroyed(self) -> bool:
        """Whether all that was said of it is gone, under a rule of retention: who, when and what kind remain."""
        return self.destroyed > 0 and self.raised_at is None

    def child(self, number: int) -> Child | None:
        """The child with this number, or None."""
        return next((child for child in self.children if child.number == number), None)

    def discussion(self, number: int) -> Discussion | None:
        """The discussion with this number, or None."""
        return next((one for one in self.discussions if one.number == number), None)

    def escalation(self, number: int) -> Escalation | None:
        """The escalation with this number, or None."""
        return next((one for one in self.escalations if one.number == number), None)

    def next_discussion(self) -> int:
        """The number the next discussion gets: never that of one still standing, whichever was withdrawn."""
        held = (milestone.discussion or 0 for milestone in self.milestones if milestone.event == "discussion_held")
        return max((*held, *(one.number for one in self.discussions)), default=0) + 1


def value_of(answer: Answer) -> bool | None:
    """An answer as Kleene's logic reads it: True, False, or None for not known."""
    return _VALUES[answer]
