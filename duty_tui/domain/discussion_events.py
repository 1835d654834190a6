"""The course of a discussion: agreed, booked, who was asked and who came, what was said, its beginning and end."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Annotated

from pydantic import Field
from typing_extensions import override

from duty_tui.domain.discussion import (
    Answer,
    Attempt,
    Discussion,
    Format,
    Informed,
    Invitation,
    Line,
    Person,
    Standing,
)
from duty_tui.domain.discussion_event import AHEAD, DiscussionEvent, Refusal, Said, one_thing, put
from duty_tui.domain.events import DECIDED_ON, Event, MilestoneRecorded, Stamp
from duty_tui.domain.model import Instant, Lines
from duty_tui.domain.model import Line as Words
from duty_tui.domain.text import fold
from duty_tui.domain.times import moment_words


class DiscussionAgreed(DiscussionEvent):
    """A manager decided that a strategy discussion is held: how, and why."""

    kind = "discussion-agreed"

    format: Format
    reason: Said

    @override
    def change(self, discussion: Discussion, stamp: Stamp) -> Discussion:
        return replace(discussion, agreed_by=stamp.actor, agreed_at=stamp.at, format=self.format, reason=self.reason)

    @override
    def refusal(self, discussion: Discussion, at: datetime) -> Refusal | None:
        if discussion.started:
            return "This discussion has begun already.", "A further one is agreed as the next discussion."
        return None

    @override
    def same(self, other: Event) -> bool:
        # That none is held is recorded as a milestone: of two who decide at once the second must know of the first.
        return super().same(other) or (isinstance(other, MilestoneRecorded) and other.event == DECIDED_ON)

    @override
    def words(self) -> str:
        return f"Discussion {self.discussion} to be held ({self.format}). Reason: {self.reason}"


class DiscussionBooked(DiscussionEvent):
    """A time was set for it."""

    kind = "discussion-booked"

    at: Instant
    place: Words = ""

    @override
    def change(self, discussion: Discussion, stamp: Stamp) -> Discussion:
        return replace(discussion, booked=self.at, booked_at=stamp.at, place=self.place)

    @override
    def refusal(self, discussion: Discussion, at: datetime) -> Refusal | None:
        if discussion.started:
            return "This discussion has begun already.", "A further one is agreed as the next discussion."
        return None

    @override
    def words(self) -> str:
        where = f", {self.place}" if self.place else ""
        return f"Discussion {self.discussion} booked for {moment_words(self.at)}{where}"


class PersonInvited(DiscussionEvent):
    """Somebody was asked to come, or answered; `person` names an earlier invitation that this one puts right."""

    kind = "person-invited"

    person: str = ""
    name: Words = ""
    role: Words
    agency: Words = ""
    contact: Words = ""
    coming: bool | None = None

    @override
    def change(self, discussion: Discussion, stamp: Stamp) -> Discussion:
        new = Invitation(self.person or stamp.entry, self.name, self.role, self.agency, self.contact, self.coming)
        return replace(discussion, invitations=put(discussion.invitations, new))

    @override
    def matches(self, other: DiscussionEvent) -> bool:
        return isinstance(other, PersonInvited) and one_thing(
            self.person, other.person, (fold(self.name), self.role), (fold(other.name), other.role)
        )

    @override
    def words(self) -> str:
        answer = {True: "is coming", False: "is not coming", None: "invited"}[self.coming]
        return f"{self.name or self.role}, {self.agency or 'agency not named'}: {answer}"


class AttemptLogged(DiscussionEvent):
    """Somebody was rung, and what they said."""

    kind = "attempt-logged"

    whom: Said
    contact: Words = ""
    answer: Words = ""

    @override
    def change(self, discussion: Discussion, stamp: Stamp) -> Discussion:
        new = Attempt(stamp.entry, stamp.at, self.whom, self.contact, self.answer)
        return replace(discussion, attempts=(*discussion.attempts, new))

    @override
    def matches(self, other: DiscussionEvent) -> bool:
        return False

    @override
    def words(self) -> str:
        number = f" on {self.contact}" if self.contact else ""
        return f"Rang {self.whom}{number}: {self.answer or 'no answer'}"


class RoleInformed(DiscussionEvent):
    """Somebody in a part whom the policies want told was told of it, when; `title` is what the part is called."""

    kind = "role-informed"

    role: Words
    title: Said
    at: Instant
    who: Words = ""
    note: Lines = ""

    @override
    def change(self, discussion: Discussion, stamp: Stamp) -> Discussion:
        new = Informed(stamp.entry, self.role, self.title, self.who, self.at, self.note)
        return replace(discussion, informed=(*discussion.informed, new))

    @override
    def touches(self) -> tuple[int, ...] | None:
        return ()

    @override
    def refusal(self, discussion: Discussion, at: datetime) -> Refusal | None:
        if self.at > at + AHEAD:
            return "That time is in the future.", "Record it once they were told."
        return None

    @override
    def matches(self, other: DiscussionEvent) -> bool:
        return isinstance(other, RoleInformed) and self.role == other.role

    @override
    def words(self) -> str:
        whom = f"{self.title} ({self.who})" if self.who else self.title
        return f"{whom} told, {moment_words(self.at)}" + (f". {self.note}" if self.note else "")


class DiscussionStarted(DiscussionEvent):
    """The discussion began: who chairs, for which children, and which one it follows in the same series."""

    kind = "discussion-started"
    ground = True

    at: Instant
    chair: Said
    format: Format
    children: Annotated[tuple[int, ...], Field(min_length=1)]
    follows: int | None = None

    @override
    def change(self, discussion: Discussion, stamp: Stamp) -> Discussion:
        return replace(
            discussion,
            started=self.at,
            chair=self.chair,
            format=self.format,
            children=self.children,
            follows=self.follows,
        )

    @override
    def refusal(self, discussion: Discussion, at: datetime) -> Refusal | None:
        if discussion.started:
            return "This discussion has begun already.", "Open it and go on."
        if self.at > at + AHEAD:
            return "That time is in the future.", "Book the discussion, and start it when it begins."
        return None

    @override
    def words(self) -> str:
        series = f", follows discussion {self.follows}" if self.follows else ""
        return f"Discussion {self.discussion} began {moment_words(self.at)}, chair {self.chair}{series}"


class DiscussionEnded(DiscussionEvent):
    """The discussion ended."""

    kind = "discussion-ended"
    ground = True

    at: Instant
    #: Whether a further one is needed.
    further: bool | None = None

    @override
    def change(self, discussion: Discussion, stamp: Stamp) -> Discussion:
        return replace(discussion, ended=self.at, further=self.further)

    @override
    def refusal(self, discussion: Discussion, at: datetime) -> Refusal | None:
        if discussion.started is None:
            return "This discussion has not begun.", "Start it first."
        if discussion.ended:
            return "This discussion has ended already.", "Nothing needs doing."
        if self.at < discussion.started:
            return "That is before it began.", "Type the time it ended."
        if self.at > at + AHEAD:
            return "That time is in the future.", "End it when it ends."
        return None

    @override
    def words(self) -> str:
        more = {True: "; a further one is needed", False: "; no further one is needed", None: ""}[self.further]
        return f"Discussion {self.discussion} ended {moment_words(self.at)}{more}"


class HeldInquorate(DiscussionEvent):
    """It was held although somebody required was missing, because it could not wait, and why."""

    kind = "held-inquorate"

    reason: Said

    @override
    def change(self, discussion: Discussion, stamp: Stamp) -> Discussion:
        return replace(discussion, emergency=self.reason)

    @override
    def refusal(self, discussion: Discussion, at: datetime) -> Refusal | None:
        if discussion.started is None:
            return "This discussion has not begun.", "Start it first."
        return None

    @override
    def words(self) -> str:
        return f"Held without a quorum. Reason: {self.reason}"


class PersonRecorded(DiscussionEvent):
    """Who somebody was, and whether they took part; `person` names an earlier entry that this one brings up to date."""

    kind = "person-recorded"

    person: str = ""
    name: Said
    job: Words = ""
    agency: Words = ""
    role: Words
    standing: Standing
    senior: bool | None = None
    reason: Words = ""
    joined: Instant | None = None
    left: Instant | None = None

    @override
    def change(self, discussion: Discussion, stamp: Stamp) -> Discussion:
        joined = self.joined or (stamp.at if self.standing == "present" and not self.person else None)
        new = Person(
            self.person or stamp.entry,
            *(self.name, self.job, self.agency, self.role, self.standing, self.senior, self.reason),
            *(joined, self.left),
        )
        return replace(discussion, people=put(discussion.people, new))

    @override
    def matches(self, other: DiscussionEvent) -> bool:
        return isinstance(other, PersonRecorded) and one_thing(
            self.person, other.person, fold(self.name), fold(other.name)
        )

    @override
    def words(self) -> str:
        standing = {"present": "took part", "apologies": "sent apologies", "absent": "did not attend"}
        who = ", ".join(filter(None, (self.name, self.job, self.agency)))
        said = f"{who}: {standing.get(self.standing, 'sent a report, not present')}"
        left = f", left {moment_words(self.left)}" if self.left else ""
        return f"{said}{left}" + (f". Reason: {self.reason}" if self.reason else "")


class LineNoted(DiscussionEvent):
    """Something said in the discussion; `at` is when it was said, where a later entry puts an earlier one right."""

    kind = "line-noted"

    text: Annotated[Lines, Field(min_length=1)]
    at: Instant | None = None

    @override
    def change(self, discussion: Discussion, stamp: Stamp) -> Discussion:
        new = Line(stamp.entry, self.at or stamp.at, stamp.actor, self.text)
        lines = (*discussion.lines, new)
        in_order = not discussion.lines or new.at >= discussion.lines[-1].at
        return replace(discussion, lines=lines if in_order else tuple(sorted(lines, key=lambda line: line.at)))

    @override
    def matches(self, other: DiscussionEvent) -> bool:
        return False

    @override
    def words(self) -> str:
        return self.text


class PointAnswered(DiscussionEvent):
    """A point of the agenda, checklist or record was answered, for one child or agency where it is asked so."""

    kind = "point-answered"

    #: `pack/item`.
    item: Said
    text: Annotated[Lines, Field(min_length=1)]
    child: int | None = None
    agency: Words = ""
    #: The point in the words in which it was put, so that the record can be read when the policy's words have changed.
    asked: Words = ""

    @override
    def change(self, discussion: Discussion, stamp: Stamp) -> Discussion:
        about = (self.item, self.child, self.agency)
        others = (answer for answer in discussion.answers if (answer.item, answer.child, answer.agency) != about)
        new = Answer(stamp.entry, stamp.at, self.item, self.text, self.child, self.agency, self.asked)
        return replace(discussion, answers=(*others, new))

    @override
    def touches(self) -> tuple[int, ...] | None:
        return (self.child,) if self.child else None

    @override
    def matches(self, other: DiscussionEvent) -> bool:
        return isinstance(other, PointAnswered) and (
            (self.item, self.child, self.agency) == (other.item, other.child, other.agency)
        )

    @override
    def words(self) -> str:
        return f"{self.asked or self.item.rpartition('/')[2].replace('-', ' ')}: {self.text}"


KINDS: dict[str, type[Event]] = {
    event.kind: event
    for event in (
        DiscussionAgreed,
        DiscussionBooked,
        PersonInvited,
        AttemptLogged,
        RoleInformed,
        DiscussionStarted,
        DiscussionEnded,
        HeldInquorate,
        PersonRecorded,
        LineNoted,
        PointAnswered,
    )
}
