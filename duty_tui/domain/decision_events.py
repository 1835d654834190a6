"""What a discussion leads to: decisions, dissent, actions, what the family is told, and each child's signed record."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import override

from duty_tui.domain.concern import Concern
from duty_tui.domain.discussion import (
    Action,
    Addition,
    Decision,
    Discussion,
    Dissent,
    Sharing,
    Signature,
)
from duty_tui.domain.discussion_event import AHEAD, DiscussionEvent, Refusal, Said, child_words, one_thing, put
from duty_tui.domain.events import Event, Stamp
from duty_tui.domain.model import Instant, Lines
from duty_tui.domain.model import Line as Words
from duty_tui.domain.text import fold
from duty_tui.domain.times import moment_words


class DecisionMade(DiscussionEvent):
    """A decision of the policy's list was taken for one child or several, with its reason."""

    kind = "decision-made"

    children: Annotated[tuple[int, ...], Field(min_length=1)]
    box: Said
    label: Said
    sets: tuple[str, ...] = ()
    #: Facts set only where none of the boxes in `unless_with` is ticked for the child at the same discussion.
    sets_alone: tuple[str, ...] = ()
    unless_with: tuple[str, ...] = ()
    reason: Annotated[Lines, Field(min_length=1)]
    #: When it was taken, where a later entry puts an earlier one right: clocks that count from it stay where they were.
    at: Instant | None = None
    #: The decision it puts right, by the entry that first made it.
    decision: str = ""

    @override
    def change(self, discussion: Discussion, stamp: Stamp) -> Discussion:
        said = (self.box, self.label, self.sets, self.reason, self.sets_alone, self.unless_with)
        new = Decision(self.decision or stamp.entry, self.at or stamp.at, self.children, *said)
        return replace(discussion, decisions=put(discussion.decisions, new))

    @override
    def touches(self) -> tuple[int, ...] | None:
        return self.children

    @override
    def words(self) -> str:
        return f"Decided for {child_words(self.children)}: {self.label}. Reason: {self.reason}"


class DissentRecorded(DiscussionEvent):
    """Somebody disagreed or challenged, with what, and what came of it."""

    kind = "dissent-recorded"

    decision: str | None = None
    who: Said
    agency: Words = ""
    text: Annotated[Lines, Field(min_length=1)]
    outcome: Lines = ""

    @override
    def change(self, discussion: Discussion, stamp: Stamp) -> Discussion:
        new = Dissent(stamp.entry, self.decision, self.who, self.agency, self.text, self.outcome)
        return replace(discussion, dissent=(*discussion.dissent, new))

    @override
    def matches(self, other: DiscussionEvent) -> bool:
        return isinstance(other, DissentRecorded) and (
            (self.decision, fold(self.who)) == (other.decision, fold(other.who))
        )

    @override
    def words(self) -> str:
        outcome = f". Outcome: {self.outcome}" if self.outcome else ""
        return f"Challenge by {self.who}: {self.text}{outcome}"


class ActionAgreed(DiscussionEvent):
    """Who does what by when, for which children; `action` names an earlier one that this puts right."""

    kind = "action-agreed"

    action: str = ""
    what: Said
    who: Words = ""
    agency: Words = ""
    due: Instant | None = None
    children: Annotated[tuple[int, ...], Field(min_length=1)]
    contingency: Lines = ""
    check: Lines = ""
    form: Literal["action", "medical", "interview"] = "action"
    details: dict[str, str] = Field(default_factory=dict)

    @override
    def change(self, discussion: Discussion, stamp: Stamp) -> Discussion:
        name = self.action or stamp.entry
        before = next((action for action in discussion.actions if action.id == name), None)
        new = Action(
            name,
            *(self.what, self.who, self.agency, self.due, self.children, self.contingency, self.check),
            *(self.form, self.details, before.done if before else {}),
        )
        return replace(discussion, actions=put(discussion.actions, new))

    @override
    def touches(self) -> tuple[int, ...] | None:
        return self.children

    @override
    def refusal(self, discussion: Discussion, at: datetime) -> Refusal | None:
        if not self.action:
            return None
        before = next((action for action in discussion.actions if action.id == self.action), None)
        if before is None:
            return "There is no such action.", "Choose one from the list."
        if left_out := sorted(set(before.children) - set(self.children)):
            return f"The action is also for {child_words(left_out)}.", "Undo it and write it anew if it is not."
        return None

    @override
    def matches(self, other: DiscussionEvent) -> bool:
        return isinstance(other, ActionAgreed) and one_thing(
            self.action, other.action, fold(self.what), fold(other.what)
        )

    @override
    def words(self) -> str:
        due = f", by {moment_words(self.due)}" if self.due else ", no time set"
        return f"Action for {child_words(self.children)}: {self.who or 'nobody named'}: {self.what}{due}"


class ActionDone(DiscussionEvent):
    """An action was completed for one child, when and how."""

    kind = "action-done"

    action: str
    child: int
    at: Instant
    how: Lines = ""

    @override
    def change(self, discussion: Discussion, stamp: Stamp) -> Discussion:
        actions = tuple(
            action._replace(done={**action.done, self.child: (self.at, self.how)})
            if action.id == self.action
            else action
            for action in discussion.actions
        )
        return replace(discussion, actions=actions)

    @override
    def touches(self) -> tuple[int, ...] | None:
        return ()

    @override
    def refusal(self, discussion: Discussion, at: datetime) -> Refusal | None:
        action = next((one for one in discussion.actions if one.id == self.action), None)
        if action is None or self.child not in action.children:
            return "There is no such action for this child.", "Choose one from the list."
        if self.child in action.done:
            return "It is recorded as done for this child already.", "Nothing needs doing."
        if self.at > at + AHEAD:
            return "That time is in the future.", "Record it once it is done."
        return None

    @override
    def matches(self, other: DiscussionEvent) -> bool:
        return isinstance(other, ActionDone) and (self.action, self.child) == (other.action, other.child)

    @override
    def words(self) -> str:
        how = f": {self.how}" if self.how else ""
        return f"Action done for child {self.child}, {moment_words(self.at)}{how}"


class SharingDecided(DiscussionEvent):
    """What the family is told and when, or why it is withheld."""

    kind = "sharing-decided"

    children: Annotated[tuple[int, ...], Field(min_length=1)]
    what: Lines = ""
    when: Words = ""
    withheld: Lines = ""

    @override
    def change(self, discussion: Discussion, stamp: Stamp) -> Discussion:
        new = Sharing(stamp.entry, self.children, self.what, self.when, self.withheld)
        return replace(discussion, sharing=(*discussion.sharing, new))

    @override
    def touches(self) -> tuple[int, ...] | None:
        return self.children

    @override
    def refusal(self, discussion: Discussion, at: datetime) -> Refusal | None:
        if not self.what and not self.withheld:
            return "Nothing is said about what the family is told.", "Say what is shared, or why it is withheld."
        return None

    @override
    def words(self) -> str:
        told = f"Family told: {self.what}" + (f" ({self.when})" if self.when else "") if self.what else ""
        withheld = f"Withheld from the family. Reason: {self.withheld}" if self.withheld else ""
        return ". ".join(filter(None, (told, withheld)))


class ChildPlaced(DiscussionEvent):
    """A child was added to the discussion late, or dropped from it, with the reason."""

    kind = "child-placed"

    child: int
    included: bool
    reason: Said

    @override
    def change(self, discussion: Discussion, stamp: Stamp) -> Discussion:
        children = tuple(child for child in discussion.children if child != self.child)
        dropped = {child: why for child, why in discussion.dropped.items() if child != self.child}
        if self.included:
            return replace(discussion, children=tuple(sorted((*children, self.child))), dropped=dropped)
        return replace(discussion, children=children, dropped={**dropped, self.child: self.reason})

    @override
    def touches(self) -> tuple[int, ...] | None:
        return (self.child,)

    @override
    def refusal(self, discussion: Discussion, at: datetime) -> Refusal | None:
        if self.included == (self.child in discussion.children):
            said = "is part of" if self.included else "is not part of"
            return f"Child {self.child} {said} this discussion already.", "Nothing needs doing."
        if not self.included and len(discussion.children) == 1:
            return "That is the only child of this discussion.", "A discussion is about at least one child."
        return None

    @override
    def words(self) -> str:
        done = "added to" if self.included else "dropped from"
        return f"Child {self.child} {done} discussion {self.discussion}. Reason: {self.reason}"


class ConferenceMoved(DiscussionEvent):
    """The chair marked the discussion as one of the same series, so that the conference counts from it, and why."""

    kind = "conference-moved"

    reason: Said

    @override
    def change(self, discussion: Discussion, stamp: Stamp) -> Discussion:
        return replace(discussion, moves_conference=self.reason)

    @override
    def refusal(self, discussion: Discussion, at: datetime) -> Refusal | None:
        if discussion.started is None:
            return "This discussion has not begun.", "Start it first."
        return None

    @override
    def words(self) -> str:
        return f"Conference counts from discussion {self.discussion}, same series. Reason: {self.reason}"


class RecordSigned(DiscussionEvent):
    """The chair signed one child's record; from then on it is only added to."""

    kind = "record-signed"

    child: int
    #: The child as named to the signer.
    named: Words = ""
    lacked: tuple[str, ...] = ()

    @override
    def change(self, discussion: Discussion, stamp: Stamp) -> Discussion:
        signature = Signature(self.child, stamp.actor, stamp.at, self.lacked)
        return replace(discussion, signatures={**discussion.signatures, self.child: signature})

    @override
    def touches(self) -> tuple[int, ...] | None:
        return (self.child,)

    @override
    def refusal(self, discussion: Discussion, at: datetime) -> Refusal | None:
        if discussion.ended is None:
            return "The discussion has not ended.", "End it, then sign."
        if self.child not in discussion.children:
            return "That child is not part of this discussion.", "Choose a child from the list."
        if discussion.is_signed(self.child):
            return "This record is signed already.", "Add to it instead."
        return None

    @override
    def words(self) -> str:
        lacked = f"; it lacked {len(self.lacked)} points" if self.lacked else ""
        return f"Record of discussion {self.discussion} signed for child {self.child}{lacked}"


class RecordAddedTo(DiscussionEvent):
    """Something was added to a signed record, and signed by who added it."""

    kind = "record-added-to"

    child: int
    text: Annotated[Lines, Field(min_length=1)]

    @override
    def change(self, discussion: Discussion, stamp: Stamp) -> Discussion:
        new = Addition(stamp.entry, self.child, stamp.at, stamp.actor, self.text)
        return replace(discussion, additions=(*discussion.additions, new))

    @override
    def touches(self) -> tuple[int, ...] | None:
        return ()

    @override
    def refusal(self, discussion: Discussion, at: datetime) -> Refusal | None:
        if not discussion.is_signed(self.child):
            return "This record is not signed yet.", "Write it into the record itself."
        return None

    @override
    def matches(self, other: DiscussionEvent) -> bool:
        return False

    @override
    def words(self) -> str:
        return f"Added to the signed record of child {self.child}: {self.text}"

    @override
    def why_fixed(self, concern: Concern) -> str | None:
        return "An addition to a signed record is signed itself and cannot be undone."


KINDS: dict[str, type[Event]] = {
    event.kind: event
    for event in (
        DecisionMade,
        DissentRecorded,
        ActionAgreed,
        ActionDone,
        SharingDecided,
        ChildPlaced,
        ConferenceMoved,
        RecordSigned,
        RecordAddedTo,
    )
}
