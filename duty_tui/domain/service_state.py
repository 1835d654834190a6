"""What the service decided about itself, so far, and what every such decision has in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import ClassVar, NamedTuple

from duty_tui.domain.escalation import Recipient
from duty_tui.domain.model import Model
from duty_tui.domain.text import fold


class Office(NamedTuple):
    """When the office is open (London wall time), and how long before a discussion a missing yes is asked about.

    None where the service set nothing of its own: the program's defaults hold.
    """

    opens: time | None = None
    closes: time | None = None
    unconfirmed_within: timedelta | None = None


class Duty(NamedTuple):
    """Who is on duty, since when and until when (UTC); `until` is None until they are relieved."""

    names: tuple[str, ...]
    since: datetime
    until: datetime | None = None


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
    #: Working days on which the service is closed, with the name of the closure.
    closures: Mapping[date, str] = field(default_factory=dict)
    #: The people listed, by name as it was typed, with the ids of their roles. Empty: nobody is listed.
    people: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    #: Role to the acts it may do, for those the service set; the program's defaults hold for every other.
    may: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    #: Form to those it goes to.
    recipients: Mapping[str, tuple[Recipient, ...]] = field(default_factory=dict)
    office: Office = field(default_factory=Office)
    on_duty: Duty | None = None
    #: The earliest first.
    handovers: tuple[Handover, ...] = ()

    def listed(self, name: str) -> str | None:
        """`name` as it stands in the list, whatever its case and accents here; None when it is not listed."""
        wanted = fold(name)
        return next((known for known in self.people if fold(known) == wanted), None)


class ServiceEvent(Model):
    """One decision of the service about itself."""

    kind: ClassVar[str]
    #: Whether it can move a concern's due, or otherwise change a row of the queue.
    moves_dues: ClassVar[bool] = False

    def apply(self, service: Service) -> Service:
        """The service after this event."""
        raise AssertionError(self.kind, service)
