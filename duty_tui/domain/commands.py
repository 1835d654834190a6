"""What people ask the desk to do, in the imperative. Each says which events it makes, or raises `Refused` with why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import ClassVar

from pydantic import Field
from typing_extensions import override

from duty_tui.domain.concern import Answer, Concern, Precision
from duty_tui.domain.events import (
    ChildRecorded,
    ConcernClosed,
    ConcernRaised,
    ConcernReopened,
    DetailsCorrected,
    EntryWithdrawn,
    Event,
    MilestoneRecorded,
    NoteAdded,
    OwnerChanged,
    QuestionsAnswered,
)
from duty_tui.domain.history import withdrawn
from duty_tui.domain.model import Instant, Line, Lines, Model
from duty_tui.domain.people import Caller, Child
from duty_tui.domain.times import london_date
from duty_tui.errors import Refused

#: A time this far ahead of the desk's clock is a slip of the pen, not a clock running ahead.
_AHEAD = timedelta(minutes=5)
#: The policies' question that a concern without a referral answers.
_OPEN_CASE = "case_already_open"


def refuse(what: str, do: str) -> Refused:
    """The error that says no to an entry, with what to do instead."""
    return Refused(what, entry="Your entry is NOT recorded; your text is kept.", do=do)


def _refuse_stranger(concern: Concern, child: int | None) -> None:
    if child is not None and concern.child(child) is None:
        raise refuse(f"There is no child {child} on this concern.", "Choose a child from the list.")


class Command(Model):
    """One act on one concern."""

    #: What somebody must be allowed to do before anything else is asked: an act of data/service.toml. Empty where that
    #: follows from what it records, which is looked at in any case.
    act: ClassVar[str] = ""

    def events(self, concern: Concern, at: datetime) -> Sequence[Event]:
        """What happens when this is done to `concern` at the UTC instant `at`. Raises Refused."""
        raise AssertionError(type(self).__name__, concern, at)

    def doubts(self, concern: Concern, at: datetime) -> Sequence[str]:
        """What looks wrong about it, in words, to be asked about before it is done; empty when nothing does."""
        del concern, at
        return ()


class RaiseConcern(Command):
    """Put a new concern, for one child or several, into the queue, with the answers known so far."""

    act = "record"

    received: Instant
    received_precision: Precision = "minute"
    #: False when nothing was referred: it came up on a case that is open already, which is recorded with it.
    referred: bool = True
    identified: Instant | None = None
    #: A manager's reason why the concern counts as identified only after the referral was received.
    emerged_later: Lines = ""
    caller: Caller = Caller()
    source: Line = ""
    family: Line = ""
    children: tuple[Child, ...] = ()
    what: Lines = ""
    happened: Line = ""
    taken_by: Line = "telephone"
    reference: Line = ""
    answers: dict[str, Answer] = Field(default_factory=dict)
    owner: Line | None = None

    @override
    def events(self, concern: Concern, at: datetime) -> Sequence[Event]:
        if concern.version:
            raise refuse("This concern is already in the record.", "Open it instead of raising it again.")
        if not self.children:
            raise refuse("No child is named.", "Add at least one child; the name may be left open.")
        if len({child.number for child in self.children}) != len(self.children):
            raise refuse("Two children carry the same number.", "Number the children from 1.")
        raised = ConcernRaised(
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
            taken_by=self.taken_by,
            reference=self.reference,
        )
        events: list[Event] = [raised]
        if answers := self._answers:
            events.append(QuestionsAnswered(answers=answers))
        if self.emerged_later:
            events.append(QuestionsAnswered(answers={"concern_emerged_later": "yes"}, reason=self.emerged_later))
        if self.owner:
            events.append(OwnerChanged(owner=self.owner))
        return events

    @property
    def _answers(self) -> dict[str, Answer]:
        """The answers, with what it says of the case that nothing was referred."""
        return self.answers if self.referred else {**self.answers, _OPEN_CASE: "yes"}

    @override
    def doubts(self, concern: Concern, at: datetime) -> Sequence[str]:
        found = []
        if self.received > at + _AHEAD:
            found.append(f"The time {'of receipt' if self.referred else 'it came up'} is in the future.")
        if self.identified and self.identified > at + _AHEAD:
            found.append("The time of identification is in the future.")
        if self.identified and self.identified > self.received and not self.referred:
            found.append("It was identified after it came up on the open case: the time it came up counts.")
        elif self.identified and self.identified > self.received and not self.emerged_later:
            found.append("It was identified after the referral came in: the receipt counts unless a reason is given.")
        if not self.referred and self.answers.get(_OPEN_CASE, "yes") != "yes":
            found.append("It came up on an open case, so the case is recorded as open, whatever was answered.")
        if not self.what:
            found.append("What happened is not filled in.")
        return found


class AnswerQuestions(Command):
    """Record answers to the policy's questions; not known is an answer."""

    answers: dict[str, Answer]
    child: int | None = None
    discussion: int | None = None
    reason: Lines = ""
    since: Instant | None = None

    @override
    def events(self, concern: Concern, at: datetime) -> Sequence[Event]:
        if not self.answers:
            raise refuse("No question was answered.", "Answer one, or go back.")
        _refuse_stranger(concern, self.child)
        return [
            QuestionsAnswered(
                answers=self.answers, child=self.child, discussion=self.discussion, reason=self.reason, since=self.since
            )
        ]


class CorrectDetails(Command):
    """Put right what was recorded about the concern, with the reason.

    `of_caller` names the parts of the caller that are put right; the others stay as they are when it is recorded.
    """

    act = "record"

    reason: Lines
    received: Instant | None = None
    received_precision: Precision | None = None
    referred: bool | None = None
    identified: Instant | None = None
    caller: Caller | None = None
    of_caller: tuple[str, ...] = ()
    source: Line | None = None
    family: Line | None = None
    what: Lines | None = None
    happened: Line | None = None

    @override
    def events(self, concern: Concern, at: datetime) -> Sequence[Event]:
        if not self.reason:
            raise refuse("A correction needs its reason.", "Say in a few words why it is corrected.")
        said = self.model_dump(exclude={"of_caller"})
        if self.caller is not None and self.of_caller:
            said["caller"] = {**concern.caller.model_dump(), **self.caller.model_dump(include={*self.of_caller})}
        corrected = DetailsCorrected.model_validate(said)
        return [corrected, QuestionsAnswered(answers={_OPEN_CASE: "yes"})] if self.referred is False else [corrected]


class RecordChild(Command):
    """Add a child to the concern, or correct one; a number that is new adds.

    `adds` says that a new one is meant: it gets the next number when it is recorded, whoever else added one meanwhile.
    """

    act = "record"

    child: Child
    reason: Lines = ""
    adds: bool = False

    @override
    def events(self, concern: Concern, at: datetime) -> Sequence[Event]:
        if self.adds:
            number = max((child.number for child in concern.children), default=0) + 1
            return [ChildRecorded(child=self.child.model_copy(update={"number": number}), reason=self.reason)]
        if concern.child(self.child.number) and not self.reason:
            raise refuse("Changing a child's details needs a reason.", "Say in a few words why they are changed.")
        return [ChildRecorded(child=self.child, reason=self.reason)]

    @override
    def doubts(self, concern: Concern, at: datetime) -> Sequence[str]:
        return tuple(self.child.doubts(london_date(at)))


class ChangeOwner(Command):
    """Take the concern on, hand it over, or give it back to nobody."""

    act = "record"

    owner: Line | None
    note: Lines = ""

    @override
    def events(self, concern: Concern, at: datetime) -> Sequence[Event]:
        if (self.owner or None) == concern.owner:
            raise refuse("That is already its owner.", "Nothing needs doing.")
        return [OwnerChanged(owner=self.owner or None, note=self.note)]


class AddNote(Command):
    """Write something down on the concern."""

    act = "record"

    text: Lines

    @override
    def events(self, concern: Concern, at: datetime) -> Sequence[Event]:
        if not self.text:
            raise refuse("The note is empty.", "Type the note, or go back.")
        return [NoteAdded(text=self.text)]


class RecordMilestone(Command):
    """Record that an event of the policy vocabulary took place, when, and for whom."""

    event: str
    label: Line
    at: Instant
    child: int | None = None
    discussion: int | None = None
    note: Lines = ""
    details: dict[str, Lines] = Field(default_factory=dict)
    #: The vocabulary says it may lie ahead (a booked conference).
    planned: bool = False

    @override
    def events(self, concern: Concern, at: datetime) -> Sequence[Event]:
        if self.at > at + _AHEAD and not self.planned:
            raise refuse("That time is in the future.", "Record it once it has happened.")
        _refuse_stranger(concern, self.child)
        number = concern.next_discussion() if self.event == "discussion_held" else self.discussion
        return [
            MilestoneRecorded(
                event=self.event,
                label=self.label,
                at=self.at,
                child=self.child,
                discussion=number,
                note=self.note,
                details=self.details,
            )
        ]

    @override
    def doubts(self, concern: Concern, at: datetime) -> Sequence[str]:
        if concern.received and self.at < concern.received:
            return (f"That is before the concern {'was received' if concern.referred else 'came up'}.",)
        return ()


class CloseConcern(Command):
    """Take the concern out of the queue, with the reason; `since` when it was closed elsewhere before it came here."""

    act = "close"

    reason: Lines
    since: Instant | None = None

    @override
    def events(self, concern: Concern, at: datetime) -> Sequence[Event]:
        if not concern.is_open:
            raise refuse("The concern is already closed.", "Nothing needs doing.")
        if not self.reason:
            raise refuse("Closing needs its reason.", "Say why no more is needed here.")
        return [ConcernClosed(reason=self.reason, at=self.since)]


class ReopenConcern(Command):
    """Put a closed concern back into the queue, with the reason."""

    act = "close"

    reason: Lines

    @override
    def events(self, concern: Concern, at: datetime) -> Sequence[Event]:
        if concern.is_open:
            raise refuse("The concern is open.", "Nothing needs doing.")
        if not self.reason:
            raise refuse("Reopening needs its reason.", "Say why it comes back.")
        return [ConcernReopened(reason=self.reason)]


class Withdraw(Command):
    """Undo one entry by a correcting entry; the first entry of a concern cannot be undone."""

    entry: str
    reason: Lines = ""

    @override
    def events(self, concern: Concern, at: datetime) -> Sequence[Event]:
        found = next((item for item in concern.history if item.stamp.entry == self.entry), None)
        if found is None or found.event is None:
            raise refuse("That entry is not on this concern.", "Choose an entry from the timeline.")
        if fixed := found.event.why_fixed(concern):
            raise refuse(fixed, "Add what is right as a new entry.")
        if self.entry in withdrawn(concern.history):
            raise refuse("That entry was already undone.", "Nothing needs doing.")
        return [EntryWithdrawn(entry=self.entry, said=found.event.words()[:200], reason=self.reason)]
