"""One strategy discussion of a concern: who was there, what was said and decided for each child, who does what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, NamedTuple

from duty_tui.domain.circulation import Passing

#: How it is held.
Format = Literal["telephone", "face to face", "virtual"]
#: What a person was to the discussion. Only `present` counts as having attended; a report is a contribution.
Standing = Literal["present", "apologies", "absent", "report"]


class Person(NamedTuple):
    """Somebody at a discussion, or missing from it; `id` is the entry that first named them."""

    id: str
    name: str
    job: str
    agency: str
    #: The part they play, in the policy vocabulary; quorum counts by it.
    role: str
    standing: Standing
    #: Senior enough to decide for their agency; None when nobody asked.
    senior: bool | None = None
    reason: str = ""
    joined: datetime | None = None
    left: datetime | None = None


class Invitation(NamedTuple):
    """Somebody asked to come; `coming` is None until they answered."""

    id: str
    name: str
    role: str
    agency: str
    contact: str
    coming: bool | None = None


class Attempt(NamedTuple):
    """One try to reach somebody while ringing round."""

    id: str
    at: datetime
    whom: str
    contact: str
    answer: str


class Informed(NamedTuple):
    """Somebody in a part whom the policies want told was told, at the UTC instant `at`; `who` may be left open."""

    id: str
    role: str
    title: str
    who: str
    at: datetime
    note: str = ""


class Line(NamedTuple):
    """A note of the call, at the moment it was said."""

    id: str
    at: datetime
    by: str
    text: str


class Decision(NamedTuple):
    """One ticked decision for one child or several, with its reason."""

    id: str
    at: datetime
    children: tuple[int, ...]
    #: The box of the policy's list, its words, and the facts it set when it was ticked.
    box: str
    label: str
    sets: tuple[str, ...]
    reason: str
    #: Facts it sets for a child for whom none of the boxes in `unless_with` is ticked at the same discussion.
    sets_alone: tuple[str, ...] = ()
    unless_with: tuple[str, ...] = ()


class Dissent(NamedTuple):
    """Disagreement with a decision, or professional challenge, beside what it concerns."""

    id: str
    decision: str | None
    who: str
    agency: str
    text: str
    outcome: str


class Action(NamedTuple):
    """Who does what by when, for which children, and how its completion is checked."""

    id: str
    what: str
    who: str
    agency: str
    due: datetime | None
    children: tuple[int, ...]
    contingency: str = ""
    check: str = ""
    #: `medical` and `interview` carry fields of their own in `details`.
    form: Literal["action", "medical", "interview"] = "action"
    details: Mapping[str, str] = {}
    #: When it was done for each child, and how.
    done: Mapping[int, tuple[datetime, str]] = {}


class Answer(NamedTuple):
    """What was said to one point of the agenda, checklist or record, for one child or agency where it is asked so."""

    id: str
    at: datetime
    #: `pack/item`.
    item: str
    text: str
    child: int | None = None
    agency: str = ""
    #: The point in the words in which it was put; empty where they were not kept.
    asked: str = ""


class Sharing(NamedTuple):
    """What the family is told, when and how, or why it is withheld."""

    id: str
    children: tuple[int, ...]
    what: str
    when: str
    withheld: str


class Signature(NamedTuple):
    """The chair's signature under one child's record; `lacked` is what it still lacked by the policy when signed."""

    child: int
    by: str
    at: datetime
    lacked: tuple[str, ...] = ()


class Addition(NamedTuple):
    """Something added to a signed record, itself signed."""

    id: str
    child: int
    at: datetime
    by: str
    text: str


@dataclass(frozen=True, slots=True)
class Discussion:
    """A discussion as its entries add up. Nothing in it depends on the time of day."""

    number: int
    #: Whether it was decided to hold it, by whom, when and why.
    agreed_by: str = ""
    agreed_at: datetime | None = None
    reason: str = ""
    format: Format | None = None
    booked: datetime | None = None
    #: When that time was set.
    booked_at: datetime | None = None
    place: str = ""
    started: datetime | None = None
    ended: datetime | None = None
    chair: str = ""
    #: The discussion it follows in the same series; None for the first, or for a new series.
    follows: int | None = None
    #: The chair's reason why the conference counts from this one; empty when it does not.
    moves_conference: str = ""
    #: Why it was held although not quorate; empty when it was not so decided.
    emergency: str = ""
    #: Whether a further discussion is needed; None until somebody says.
    further: bool | None = None
    #: Children it is about; those dropped keep their reason.
    children: tuple[int, ...] = ()
    dropped: Mapping[int, str] = field(default_factory=dict)
    invitations: tuple[Invitation, ...] = ()
    attempts: tuple[Attempt, ...] = ()
    informed: tuple[Informed, ...] = ()
    people: tuple[Person, ...] = ()
    lines: tuple[Line, ...] = ()
    answers: tuple[Answer, ...] = ()
    decisions: tuple[Decision, ...] = ()
    dissent: tuple[Dissent, ...] = ()
    actions: tuple[Action, ...] = ()
    sharing: tuple[Sharing, ...] = ()
    signatures: Mapping[int, Signature] = field(default_factory=dict)
    additions: tuple[Addition, ...] = ()
    #: Where its records went, and what came back, in the order recorded.
    circulation: tuple[Passing, ...] = ()

    @property
    def present(self) -> tuple[Person, ...]:
        """Those who took part."""
        return tuple(person for person in self.people if person.standing == "present")

    def decided_for(self, child: int) -> tuple[Decision, ...]:
        """The decisions for one child, in the order made."""
        return tuple(decision for decision in self.decisions if child in decision.children)

    def settled_for(self, child: int) -> Iterator[tuple[str, Decision]]:
        """The facts that the decisions for one child make true, each with the decision that does."""
        decided = self.decided_for(child)
        boxes = {decision.box for decision in decided}
        for decision in decided:
            alone = () if boxes.intersection(decision.unless_with) else decision.sets_alone
            for name in (*decision.sets, *alone):
                yield name, decision

    @property
    def undecided(self) -> tuple[int, ...]:
        """Children still without a decision."""
        return tuple(child for child in self.children if not self.decided_for(child))

    def is_signed(self, child: int) -> bool:
        """Whether this child's record is signed, and so fixed."""
        return child in self.signatures
