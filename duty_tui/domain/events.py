"""What happened, in the past tense. Each event knows how it changes the concern, and how to say itself in a timeline.

An event is the body of one journal entry. Its `kind` is part of the record for good: a kind is never renamed or reused,
and a field is only ever added with a default.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Annotated, ClassVar, NamedTuple

from pydantic import Field
from typing_extensions import override

from duty_tui.domain.concern import Answer, Answered, Concern, Milestone, Precision, value_of
from duty_tui.domain.model import Instant, Line, Lines, Model
from duty_tui.domain.people import Caller, Child
from duty_tui.domain.text import fold
from duty_tui.domain.times import moment_words


class Stamp(NamedTuple):
    """When, by whom and as which entry an event was recorded."""

    entry: str
    version: int
    #: From when it counts: when it was recorded, or typed where the record was away then.
    at: datetime
    actor: str
    #: When it reached the record, where that was after it was typed.
    sent: datetime | None = None

    @property
    def recorded(self) -> datetime:
        """When it came into the record."""
        return self.sent or self.at


class Event(Model):
    """One thing that happened to a concern."""

    kind: ClassVar[str]

    #: The entry of somebody else about the same, where whoever recorded this one had read it and recorded theirs too.
    after: str = ""

    def apply(self, concern: Concern, stamp: Stamp) -> Concern:
        """The concern after this event."""
        raise AssertionError(self.kind, concern, stamp)

    def words(self) -> str:
        """The event as one line of a timeline, without time and actor."""
        raise AssertionError(self.kind)

    def why_fixed(self, concern: Concern) -> str | None:
        """Why its entry cannot be undone on `concern`, as a sentence; None when it can."""
        del concern
        return None

    def same(self, other: Event) -> bool:
        """Whether `other` is about the same thing, so that of two people at once the second should know first.

        What only adds, a note, a line of what was said, is about nothing but itself.
        """
        return self.kind == other.kind

    def about(self) -> str:
        """What it says, without anything somebody typed: for those who did the same at the same moment."""
        return self.kind.replace("-", " ")


class ConcernRaised(Event):
    """A concern was taken by telephone or imported: the first entry of its stream."""

    kind = "concern-raised"

    received: Instant
    received_precision: Precision = "minute"
    #: False when nothing was referred: it came up on a case that was open already, at `received`.
    referred: bool = True
    identified: Instant | None = None
    caller: Caller = Caller()
    source: Line = ""
    family: Line = ""
    children: Annotated[tuple[Child, ...], Field(min_length=1)]
    what: Lines = ""
    happened: Line = ""
    #: "telephone", or the import it came from.
    taken_by: Line = "telephone"
    reference: Line = ""

    @override
    def apply(self, concern: Concern, stamp: Stamp) -> Concern:
        return replace(
            concern,
            raised_at=stamp.at,
            raised_by=stamp.actor,
            received=self.received,
            received_precision=self.received_precision,
            referred=self.referred,
            identified=self.identified,
            caller=self.caller,
            source=self.source,
            family=self.family,
            children=self.children,
            what=self.what,
            happened=self.happened,
            reference=self.reference,
        )

    @override
    def why_fixed(self, concern: Concern) -> str | None:
        return "The first entry cannot be undone; close the concern instead, with the reason."

    @override
    def words(self) -> str:
        when = moment_words(self.received) if self.received_precision == "minute" else moment_words(self.received)[:-6]
        who = self.caller.name or self.caller.agency or self.source or "caller not named"
        if not self.referred:
            return f"Concern raised ({self.taken_by}), came up on an open case {when}, told by {who}"
        return f"Concern raised ({self.taken_by}), received {when}, from {who}"


class QuestionsAnswered(Event):
    """Questions of the policy were answered; an answer may be that it is not known."""

    kind = "questions-answered"

    answers: Annotated[dict[str, Answer], Field(min_length=1)]
    child: int | None = None
    discussion: int | None = None
    reason: Lines = ""
    #: Since when it is so, where that differs from the moment of recording.
    since: Instant | None = None

    @override
    def apply(self, concern: Concern, stamp: Stamp) -> Concern:
        answers = dict(concern.answers)
        for name, answer in self.answers.items():
            new = Answered(
                value_of(answer), self.since or stamp.at, stamp.actor, self.child, self.discussion, self.reason
            )
            others = (old for old in answers.get(name, ()) if old[3:5] != new[3:5])
            answers[name] = (*others, new)
        return replace(concern, answers=answers)

    @override
    def same(self, other: Event) -> bool:
        return (
            isinstance(other, QuestionsAnswered)
            and meet(self.child, other.child)
            and meet(self.discussion, other.discussion)
            and not self.answers.keys().isdisjoint(other.answers)
        )

    @override
    def words(self) -> str:
        said = ", ".join(f"{name.replace('_', ' ')}: {answer}" for name, answer in self.answers.items())
        about = f" (child {self.child})" if self.child else ""
        return f"Answered{about}: {said}" + (f". Reason: {self.reason}" if self.reason else "")


def meet(one: int | None, other: int | None) -> bool:
    """Whether two entries can be about one child, or one discussion: the same number, or one of them about all."""
    return one == other or one is None or other is None


#: What a correction calls a field whose name says too little.
_CALLED = {"referred": "how it came in"}


class DetailsCorrected(Event):
    """Something said about the concern was wrong or incomplete; what was said before stays in the history."""

    kind = "details-corrected"

    reason: Lines
    received: Instant | None = None
    received_precision: Precision | None = None
    referred: bool | None = None
    identified: Instant | None = None
    caller: Caller | None = None
    source: Line | None = None
    family: Line | None = None
    what: Lines | None = None
    happened: Line | None = None

    def _changes(self) -> dict[str, object]:
        names = type(self).model_fields.keys() - {"reason", "after"}
        return {name: value for name in sorted(names) if (value := getattr(self, name)) is not None}

    @override
    def apply(self, concern: Concern, stamp: Stamp) -> Concern:
        return replace(concern, **self._changes())  # type: ignore[arg-type]  # by name; the fields of both are the same

    @override
    def same(self, other: Event) -> bool:
        return isinstance(other, DetailsCorrected) and not self._changes().keys().isdisjoint(other._changes())

    @override
    def words(self) -> str:
        what = ", ".join(_CALLED.get(name, name.replace("_", " ")) for name in self._changes()) or "nothing"
        how = {True: ": it was referred", False: ": it came up on an open case", None: ""}[self.referred]
        return f"Corrected {what}{how}. Reason: {self.reason}"


class ChildRecorded(Event):
    """A child was added to the concern, or the details of one already on it were corrected."""

    kind = "child-recorded"

    child: Child
    reason: Lines = ""

    @override
    def apply(self, concern: Concern, stamp: Stamp) -> Concern:
        others = [child for child in concern.children if child.number != self.child.number]
        return replace(concern, children=tuple(sorted((*others, self.child), key=lambda child: child.number)))

    @override
    def same(self, other: Event) -> bool:
        # A child gets its number when it is recorded: two people who add the same child add two numbers.
        return isinstance(other, ChildRecorded) and (
            self.child.number == other.child.number or "" != fold(self.child.name) == fold(other.child.name)
        )

    @override
    def words(self) -> str:
        return f"Child {self.child.number} recorded: {self.child.called}" + (
            f". Reason: {self.reason}" if self.reason else ""
        )


class OwnerChanged(Event):
    """Somebody took the concern on, was handed it, or gave it back to nobody."""

    kind = "owner-changed"

    owner: Line | None
    note: Lines = ""

    @override
    def apply(self, concern: Concern, stamp: Stamp) -> Concern:
        return replace(concern, owner=self.owner or None)

    @override
    def words(self) -> str:
        said = f"Owner is now {self.owner}" if self.owner else "Owner is now nobody"
        return f"{said}. {self.note}" if self.note else said


class NoteAdded(Event):
    """Something to remember."""

    kind = "note-added"

    text: Annotated[Lines, Field(min_length=1)]

    @override
    def apply(self, concern: Concern, stamp: Stamp) -> Concern:
        return replace(concern, notes=concern.notes + 1)

    @override
    def same(self, other: Event) -> bool:
        return False

    @override
    def words(self) -> str:
        return self.text


#: The event that numbers its discussion when it is recorded.
_NUMBERED = "discussion_held"
#: The event of deciding whether a discussion is held.
DECIDED_ON = "discussion_decided_on"


class MilestoneRecorded(Event):
    """An event of the policy vocabulary took place (or is planned, where the vocabulary says it can be)."""

    kind = "milestone-recorded"

    event: str
    #: The vocabulary's words for it at the time.
    label: Line
    at: Instant
    child: int | None = None
    discussion: int | None = None
    note: Lines = ""
    #: More that was said of it, by name: who saw the child, whether alone and why not.
    details: dict[str, Lines] = Field(default_factory=dict)

    @override
    def apply(self, concern: Concern, stamp: Stamp) -> Concern:
        new = Milestone(
            self.event, self.at, stamp.entry, self.child, self.discussion, self.note, stamp.at, self.details
        )
        return replace(concern, milestones=(*concern.milestones, new))

    @override
    def same(self, other: Event) -> bool:
        # A discussion gets its number when it is recorded: two people's numbers differ though they mean the same one.
        return (
            isinstance(other, MilestoneRecorded)
            and self.event == other.event
            and meet(self.child, other.child)
            and (self.event == _NUMBERED or self.discussion == other.discussion)
        )

    @override
    def about(self) -> str:
        about = f" (child {self.child})" if self.child else ""
        return f"{self.label}{about}: {moment_words(self.at)}"

    @override
    def words(self) -> str:
        said = self.about()
        more = [f"{name.replace('_', ' ')}: {text}" for name, text in self.details.items() if text]
        return ". ".join((said, *more, *filter(None, [self.note])))


class ConcernClosed(Event):
    """The concern left the queue, and why."""

    kind = "concern-closed"

    reason: Annotated[Lines, Field(min_length=1)]
    at: Instant | None = None

    @override
    def apply(self, concern: Concern, stamp: Stamp) -> Concern:
        return replace(concern, closed=self.reason, closed_at=self.at or stamp.at)

    @override
    def words(self) -> str:
        return f"Closed. Reason: {self.reason}"


class ConcernReopened(Event):
    """The concern came back to the queue, and why."""

    kind = "concern-reopened"

    reason: Annotated[Lines, Field(min_length=1)]

    @override
    def apply(self, concern: Concern, stamp: Stamp) -> Concern:
        return replace(concern, closed=None, closed_at=None)

    @override
    def words(self) -> str:
        return f"Reopened. Reason: {self.reason}"


class EntryWithdrawn(Event):
    """An earlier entry was a mistake: it stays in the history and no longer counts."""

    kind = "entry-withdrawn"

    entry: str
    #: The withdrawn entry's own words, so that the timeline reads without looking it up.
    said: Line
    reason: Lines = ""

    @override
    def apply(self, concern: Concern, stamp: Stamp) -> Concern:
        return concern

    @override
    def same(self, other: Event) -> bool:
        # Also whatever puts right, or rests on, the entry that is withdrawn.
        about = (getattr(other, name, "") for name in ("entry", "person", "action", "decision"))
        return self.entry in about

    @override
    def words(self) -> str:
        return f"Withdrawn: {self.said.rstrip('.')}" + (f". Reason: {self.reason}" if self.reason else "")


#: Every kind of entry this program can read.
KINDS: dict[str, type[Event]] = {
    event.kind: event
    for event in (
        ConcernRaised,
        QuestionsAnswered,
        DetailsCorrected,
        ChildRecorded,
        OwnerChanged,
        NoteAdded,
        MilestoneRecorded,
        ConcernClosed,
        ConcernReopened,
        EntryWithdrawn,
    )
}
