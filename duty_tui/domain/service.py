"""The service itself, a stream too: its policies and closure days, which move what is due, and every other decision."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Annotated, Any

from pydantic import Field
from typing_extensions import override

from duty_tui.domain import service_people
from duty_tui.domain.adoption import Spell, adopted, left
from duty_tui.domain.model import Line, Lines
from duty_tui.domain.paper_events import SheetSignsNotShown
from duty_tui.domain.service_state import Service, ServiceEvent
from duty_tui.domain.streams import SERVICE as STREAM

__all__ = [
    "STREAM",
    "ClosureAdded",
    "ClosureRemoved",
    "PolicyAdopted",
    "PolicyLeft",
    "Service",
    "ServiceEvent",
    "fold_service",
]


class PolicyAdopted(ServiceEvent):
    """The service works by this policy pack from a London day on; None means from the document's own date.

    `only_new`: what began before that day stays under the policies it began under.
    """

    kind = "policy-adopted"
    moves_dues = True

    pack: Line
    from_day: date | None = None
    only_new: bool = False

    @override
    def apply(self, service: Service) -> Service:
        spell = Spell(self.from_day, None, earlier=not self.only_new)
        return _worked_to(service, self.pack, adopted(service.spells.get(self.pack, ()), spell))


class PolicyLeft(ServiceEvent):
    """The service no longer works by a policy pack from a London day on; clocks that began before keep it for life."""

    kind = "policy-left"
    moves_dues = True

    pack: Line
    from_day: date

    @override
    def apply(self, service: Service) -> Service:
        return _worked_to(service, self.pack, left(service.spells.get(self.pack, ()), self.from_day))


def _worked_to(service: Service, pack: str, spells: tuple[Spell, ...]) -> Service:
    """The service once it works to a pack in these spells; without any it never adopted it."""
    if spells:
        since = {**service.adopted, pack: spells[0].since}
        return replace(service, adopted=since, spells={**service.spells, pack: spells})
    others = {name: day for name, day in service.adopted.items() if name != pack}
    return replace(service, adopted=others, spells={name: service.spells[name] for name in others})


class ClosureAdded(ServiceEvent):
    """The service is closed on a day that would otherwise work; it is skipped when working days are counted."""

    kind = "closure-added"
    moves_dues = True

    day: date
    name: Annotated[Line, Field(min_length=1)]

    @override
    def apply(self, service: Service) -> Service:
        return replace(service, closures={**service.closures, self.day: self.name})


class ClosureRemoved(ServiceEvent):
    """A closure day was a mistake or was called off."""

    kind = "closure-removed"
    moves_dues = True

    day: date
    reason: Annotated[Lines, Field(min_length=1)]

    @override
    def apply(self, service: Service) -> Service:
        return replace(service, closures={day: name for day, name in service.closures.items() if day != self.day})


KINDS: dict[str, type[ServiceEvent]] = {
    event.kind: event for event in (PolicyAdopted, PolicyLeft, ClosureAdded, ClosureRemoved)
} | service_people.KINDS
KINDS[SheetSignsNotShown.kind] = SheetSignsNotShown


def fold_service(entries: Iterable[tuple[str, dict[str, Any]]], start: Service | None = None) -> Service:
    """What the service's entries (kind and body, in order) add up to; kinds of a newer version are passed over.

    `start` is what holds before the first of them.
    """
    service = start or Service()
    for kind, body in entries:
        if (model := KINDS.get(kind)) is not None:
            service = model.model_validate(body).apply(service)
        service = replace(service, version=service.version + 1)
    return service
