"""What happens to a record on its way: drafted, sent, refused, received. Signed or not, it can be said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Annotated, ClassVar, Literal

from pydantic import Field
from typing_extensions import override

from duty_tui.domain.circulation import Enclosed, Passing, Receiver, Route, What, had_at, passings_to
from duty_tui.domain.concern import Concern
from duty_tui.domain.discussion import Discussion
from duty_tui.domain.discussion_event import AHEAD, DiscussionEvent, Refusal, Said, child_words
from duty_tui.domain.email_address import is_address
from duty_tui.domain.events import Event, Stamp
from duty_tui.domain.model import Instant, Lines, Model
from duty_tui.domain.model import Line as Words
from duty_tui.domain.times import moment_words

_KNOWN: Refusal = ("That receipt is recorded already.", "Nothing needs doing.")


class Whom(Model):
    """A receiver, as recorded."""

    name: Said
    agency: Words = ""
    contact: Words = ""
    ids: tuple[str, ...] = ()

    @property
    def receiver(self) -> Receiver:
        """The same, for comparing."""
        return Receiver(self.name, self.agency, self.contact, self.ids)


class Attached(Model):
    """A document that went along, as recorded."""

    name: Said
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


class CirculationEvent(DiscussionEvent):
    """One step of the way of a discussion's records to one person."""

    what: ClassVar[What]

    to: Whom
    at: Instant

    @override
    def locked(self, discussion: Discussion) -> bool:
        return False

    def passing(self, stamp: Stamp) -> Passing:
        """The step as the discussion keeps it."""
        return Passing(stamp.entry, self.what, self.to.receiver, (), self.at, stamp.actor)

    @override
    def change(self, discussion: Discussion, stamp: Stamp) -> Discussion:
        return replace(discussion, circulation=(*discussion.circulation, self.passing(stamp)))

    @override
    def refusal(self, discussion: Discussion, at: datetime) -> Refusal | None:
        if discussion.started is None:
            return "That discussion has not begun, so it has no record.", "Choose one that was held."
        if self.at > at + AHEAD:
            return "That time is in the future.", "Record it once it has happened."
        if self.at < discussion.started:
            return "That is before the discussion began.", "Type the time at which it happened."
        return None

    @override
    def same(self, other: Event) -> bool:
        return (
            isinstance(other, CirculationEvent)
            and (self.kind, self.discussion) == (other.kind, other.discussion)
            and self.to.receiver.is_same(other.to.receiver)
        )

    def _past(self, discussion: Discussion) -> list[Passing]:
        return passings_to(discussion.circulation, self.to.receiver)


class AddressNoted(CirculationEvent):
    """Where somebody is written to: the address is their contact; also before the discussion, and once it is signed."""

    kind = "address-noted"
    what = "address"

    @override
    def refusal(self, discussion: Discussion, at: datetime) -> Refusal | None:
        if not is_address(self.to.contact):
            return "That is no email address a message can be sent to.", "Type one, such as name@example.gov.uk."
        return None

    @override
    def words(self) -> str:
        return f"Address of {self.to.name}: {self.to.contact}"


class _OfRecords(CirculationEvent):
    """A step of these children's records, made from `version` of the concern."""

    children: Annotated[tuple[int, ...], Field(min_length=1)]
    documents: tuple[Attached, ...] = ()
    message: Words = ""
    version: int
    corrected: bool = False

    @override
    def passing(self, stamp: Stamp) -> Passing:
        step = super().passing(stamp)
        return step._replace(
            children=self.children,
            enclosed=tuple(Enclosed(one.name, one.sha256) for one in self.documents),
            message=self.message,
            version=self.version,
            corrected=self.corrected,
        )

    @override
    def refusal(self, discussion: Discussion, at: datetime) -> Refusal | None:
        if wrong := super().refusal(discussion, at):
            return wrong
        if not set(self.children) <= set(discussion.children):
            return "That child has no record of this discussion.", "Choose a child of the discussion."
        if self.corrected and not any(had_at(self._past(discussion), child) for child in self.children):
            return "They never had the earlier version.", "Send it to them as it now is, not as a correction."
        return None

    @property
    def _which(self) -> str:
        return f"{'Corrected record' if self.corrected else 'Record'} of {child_words(self.children)}"


class RecordDrafted(_OfRecords):
    """An email to somebody was made, with the records attached; somebody still has to send it."""

    kind = "record-drafted"
    what = "drafted"

    @override
    def words(self) -> str:
        return f"{self._which}: email to {self.to.name} drafted"


class RecordSent(_OfRecords):
    """The records went to somebody; `how` says in words how they were handed over, where no email did it."""

    kind = "record-sent"
    what = "sent"

    route: Route
    how: Lines = ""

    @override
    def passing(self, stamp: Stamp) -> Passing:
        return super().passing(stamp)._replace(route=self.route, words=self.how)

    @override
    def refusal(self, discussion: Discussion, at: datetime) -> Refusal | None:
        if self.route == "by hand" and not self.how:
            return "It is not said how they got it.", "Say in a few words how it was handed over."
        return super().refusal(discussion, at)

    @override
    def why_fixed(self, concern: Concern) -> str | None:
        if self.route == "smtp":
            return "What was sent cannot be called back; send a corrected version instead."
        return None

    @override
    def words(self) -> str:
        ways = {"draft": "by email", "smtp": "by email through the service's relay", "by hand": "by hand"}
        how = f": {self.how}" if self.how else ""
        return f"{self._which} sent to {self.to.name} {ways[self.route]}, {moment_words(self.at)}{how}"


class SendRefused(CirculationEvent):
    """Sending it to somebody was tried, and did not work, or it came back."""

    kind = "send-refused"
    what = "refused"

    why: Said
    #: Message-ID of what was sent and came back; empty where it was not taken at all.
    message: Words = ""

    @override
    def passing(self, stamp: Stamp) -> Passing:
        return super().passing(stamp)._replace(words=self.why, message=self.message)

    @override
    def refusal(self, discussion: Discussion, at: datetime) -> Refusal | None:
        about = [one for one in self._past(discussion) if self.message and one.message == self.message]
        if about and about[-1].what == "refused":
            return _KNOWN
        return super().refusal(discussion, at)

    @override
    def words(self) -> str:
        return f"Record not taken for {self.to.name}: {self.why}"


class RecordReceived(CirculationEvent):
    """A receipt came, by email or as somebody said: delivered, read, or received by hand."""

    kind = "record-received"

    got: Literal["delivered", "read", "by hand"]
    message: Words = ""

    @override
    def passing(self, stamp: Stamp) -> Passing:
        to = self.to.receiver
        return Passing(stamp.entry, self.got, to, (), self.at, stamp.actor, message=self.message)

    @override
    def refusal(self, discussion: Discussion, at: datetime) -> Refusal | None:
        past = self._past(discussion)
        if not any(one.what in ("drafted", "sent") for one in past):
            return "Nothing was sent to them that they could have received.", "Record first that it was sent."
        if any(self.message and (one.what, one.message) == (self.got, self.message) for one in past):
            return _KNOWN
        return super().refusal(discussion, at)

    @override
    def same(self, other: Event) -> bool:
        return isinstance(other, RecordReceived) and self.got == other.got and super().same(other)

    @override
    def words(self) -> str:
        how = {"delivered": "delivered to", "read": "read by", "by hand": "received by hand by"}[self.got]
        return f"Record {how} {self.to.name}, {moment_words(self.at)}"


_ALL: Sequence[type[Event]] = (AddressNoted, RecordDrafted, RecordSent, SendRefused, RecordReceived)
KINDS: dict[str, type[Event]] = {event.kind: event for event in _ALL}
