"""Who works here and may do what, to whom forms go, when the office is open, who is on duty. None of it moves a due."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta
from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import override

from duty_tui.domain.escalation import Recipient
from duty_tui.domain.escalation_events import To
from duty_tui.domain.model import Instant, Line, Lines
from duty_tui.domain.service_state import Handover, Letterhead, Mail, Office, Service, ServiceEvent, Shift
from duty_tui.domain.streams import LISTED

#: A word that must be there.
_Word = Annotated[Line, Field(min_length=1)]


class PersonListed(ServiceEvent):
    """Somebody works here, in these roles; listing them again says their roles anew."""

    kind = LISTED

    name: _Word
    roles: Annotated[tuple[_Word, ...], Field(min_length=1)]

    @override
    def apply(self, service: Service) -> Service:
        name = service.listed(self.name) or self.name
        return replace(service, people={**service.people, name: self.roles})


class PersonRemoved(ServiceEvent):
    """Somebody works here no longer; what they recorded stays under their name."""

    kind = "person-removed"

    name: _Word

    @override
    def apply(self, service: Service) -> Service:
        name = service.listed(self.name)
        return replace(service, people={known: roles for known, roles in service.people.items() if known != name})


class RoleMay(ServiceEvent):
    """The acts a role may do here, all of them; in place of the program's default."""

    kind = "role-may"

    role: _Word
    acts: tuple[_Word, ...]

    @override
    def apply(self, service: Service) -> Service:
        return replace(service, may={**service.may, self.role: self.acts})


class RecipientsSet(ServiceEvent):
    """Those a form goes to, all of them; nobody takes the form off the list."""

    kind = "recipients-set"

    form: _Word
    recipients: tuple[To, ...]

    @override
    def apply(self, service: Service) -> Service:
        others = {form: people for form, people in service.recipients.items() if form != self.form}
        here = tuple(Recipient(one.name, one.role, one.contact) for one in self.recipients)
        return replace(service, recipients={**others, self.form: here} if here else others)


class OfficeSet(ServiceEvent):
    """When the office opens and closes, and how long before a discussion a missing yes is asked about.

    What is None stays as it was.
    """

    kind = "office-set"

    opens: time | None = None
    closes: time | None = None
    unconfirmed_within: timedelta | None = None

    @override
    def apply(self, service: Service) -> Service:
        set_now = {name: value for name in Office._fields if (value := getattr(self, name)) is not None}
        return replace(service, office=service.office._replace(**set_now))


class LetterheadSet(ServiceEvent):
    """What stands at the head of every document; what is None stays as it was."""

    kind = "letterhead-set"

    name: _Word | None = None
    logo_text: Line | None = None
    marking: _Word | None = None

    @override
    def apply(self, service: Service) -> Service:
        set_now = {name: value for name in Letterhead._fields if (value := getattr(self, name)) is not None}
        return replace(service, letterhead=service.letterhead._replace(**set_now))


class MailSet(ServiceEvent):
    """How email leaves the service; what is None stays as it was, and an empty relay sends nothing."""

    kind = "mail-set"

    sender: Line | None = None
    prefix: Line | None = None
    secure: tuple[_Word, ...] | None = None
    relay: Line | None = None
    port: Annotated[int, Field(ge=1, le=65535)] | None = None
    tls: Literal["starttls", "tls", "none"] | None = None
    user: Line | None = None
    lasts: timedelta | None = None

    @override
    def apply(self, service: Service) -> Service:
        set_now = {name: value for name in Mail._fields if (value := getattr(self, name)) is not None}
        return replace(service, mail=service.mail._replace(**set_now))


class OnDuty(ServiceEvent):
    """Who is on duty from `since` on, until `until` or until relieved; whoever was on before is relieved by them."""

    kind = "on-duty"
    act = "hand_over"

    names: Annotated[tuple[_Word, ...], Field(min_length=1)]
    since: Instant
    until: Instant | None = None

    @override
    def apply(self, service: Service) -> Service:
        relieved = (self._relieves(shift) for shift in service.on_duty if shift.since < self.since)
        return replace(
            service, on_duty=(*relieved, *(Shift(name, self.since, self.until) for name in dict.fromkeys(self.names)))
        )

    def _relieves(self, shift: Shift) -> Shift:
        return shift._replace(until=min(shift.until or self.since, self.since))


class HandedOver(ServiceEvent):
    """A shift handed the desk to the next with a sheet made from the entries up to number `head`."""

    kind = "handed-over"
    act = "hand_over"

    at: Instant
    to: Annotated[tuple[_Word, ...], Field(min_length=1)]
    head: Annotated[int, Field(ge=0)]
    by: Line = ""
    note: Lines = ""

    @override
    def apply(self, service: Service) -> Service:
        done = Handover(self.at, self.to, self.head, self.by, self.note)
        return replace(service, handovers=(*service.handovers, done))


KINDS: dict[str, type[ServiceEvent]] = {
    event.kind: event
    for event in (
        PersonListed,
        PersonRemoved,
        RoleMay,
        RecipientsSet,
        OfficeSet,
        LetterheadSet,
        MailSet,
        OnDuty,
        HandedOver,
    )
}
