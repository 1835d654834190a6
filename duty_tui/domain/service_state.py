"""What the service decided about itself, so far, and what every such decision has in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import ClassVar, Literal, NamedTuple

from duty_tui.domain.adoption import Spell
from duty_tui.domain.escalation import Recipient
from duty_tui.domain.model import Model
from duty_tui.domain.text import fold


class Office(NamedTuple):
    """When the office is open (London wall time), and how long before a discussion a missing yes is asked about.

    What a service has that set nothing of its own stands in data/service.toml; here it is open all day.
    """

    opens: time = time(0)
    closes: time = time(0)
    unconfirmed_within: timedelta = timedelta(0)


class Letterhead(NamedTuple):
    """What stands at the head of a document: the service's name, a line in place of a logo, the protective marking."""

    name: str = ""
    logo_text: str = ""
    marking: str = ""


class Mail(NamedTuple):
    """How email leaves the service: what subjects begin with, which domains are secure, and the relay, if any.

    Without `relay`, a host, nothing is sent by the program. No password is kept.
    """

    sender: str = ""
    prefix: str = ""
    #: `nhs.net` stands for itself and for everything that ends in `.nhs.net`.
    secure: tuple[str, ...] = ()
    relay: str = ""
    port: int = 25
    tls: Literal["starttls", "tls", "none"] = "starttls"
    user: str = ""
    #: How long an invitation to a discussion says that it lasts.
    lasts: timedelta = timedelta(hours=1)


class Shift(NamedTuple):
    """Somebody is on duty since then and until then (UTC); `until` is None until they are relieved."""

    name: str
    since: datetime
    until: datetime | None = None

    def has(self, at: datetime) -> bool:
        """Whether they are on duty at the UTC instant `at`."""
        return self.since <= at and (self.until is None or at < self.until)


class Handover(NamedTuple):
    """One shift handed the desk to the next, at the UTC instant `at`.

    `head` is the number of the last entry the sheet was made from, so that the next one begins where it ended.
    """

    at: datetime
    to: tuple[str, ...]
    head: int
    by: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Service:
    """What the service decided about itself, so far."""

    version: int = 0
    #: Pack name to the London day from which it is adopted; None means the document's own date.
    adopted: Mapping[str, date | None] = field(default_factory=dict)
    #: Pack name to when the service works to it, the earliest first; every adopted pack has at least one.
    spells: Mapping[str, tuple[Spell, ...]] = field(default_factory=dict)
    #: Working days on which the service is closed, with the name of the closure.
    closures: Mapping[date, str] = field(default_factory=dict)
    #: The people listed, by name as it was typed, with the ids of their roles. Empty: nobody is listed.
    people: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    #: Role to the acts it may do, for those the service set; the program's defaults hold for every other.
    may: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    #: Form to those it goes to.
    recipients: Mapping[str, tuple[Recipient, ...]] = field(default_factory=dict)
    office: Office = field(default_factory=Office)
    letterhead: Letterhead = field(default_factory=Letterhead)
    mail: Mail = field(default_factory=Mail)
    #: Every shift, over or not, in the order in which they were said.
    on_duty: tuple[Shift, ...] = ()
    #: The earliest first.
    handovers: tuple[Handover, ...] = ()

    @property
    def rules(self) -> tuple[object, ...]:
        """All that what is due follows from; two services that agree in it work by the same rules."""
        return self.adopted, self.spells, self.closures

    def listed(self, name: str) -> str | None:
        """`name` as it stands in the list, whatever its case and accents here; None when it is not listed."""
        wanted = fold(name)
        return next((known for known in self.people if fold(known) == wanted), None)

    def on_at(self, at: datetime) -> tuple[str, ...]:
        """The names of those on duty at the UTC instant `at`."""
        return tuple(shift.name for shift in self.on_duty if shift.has(at))


class ServiceEvent(Model):
    """One decision of the service about itself."""

    kind: ClassVar[str]
    #: What somebody must be allowed to do to decide it: an act of data/service.toml.
    act: ClassVar[str] = "service"
    #: Whether it can move a concern's due, or otherwise change a row of the queue.
    moves_dues: ClassVar[bool] = False

    def apply(self, service: Service) -> Service:
        """The service after this event."""
        raise AssertionError(self.kind, service)
