"""The rules a desk works by: what the service adopted, read once, and the key that names what rows were made by."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import Path

from duty_tui.desk.rows_key import rows_key
from duty_tui.desk.service_defaults import service_defaults
from duty_tui.domain.service import STREAM, Service, ServiceEvent, fold_service
from duty_tui.domain.streams import DUES_MOVED
from duty_tui.rules.evaluate import Rulebook
from duty_tui.store.store import Store

#: Makes the rulebook a service adopted; reads the packs and the bank holidays.
RulebookMaker = Callable[[Service, Store], Rulebook]


class Books:
    """The service as recorded, the rulebook that follows from it, and the key that names both.

    The rulebook is read only when something asks for it: showing rows already kept under the right key needs none.
    """

    def __init__(
        self, store: Store, folder: Path, holidays_key: str, make: RulebookMaker, own: Path | None = None
    ) -> None:
        self._store = store
        self._folder = folder
        self._holidays_key = holidays_key
        self._make = make
        #: The folder of the service's own policies; need not exist.
        self.own = own
        #: The rules as they are, and those somebody thinks of deciding: the last two made.
        self._made: list[tuple[object, Rulebook]] = []

    @cached_property
    def service(self) -> Service:
        """The service's own decisions, from its stream, on top of what holds until it says otherwise."""
        entries = ((entry.kind, {} if entry.kind == DUES_MOVED else entry.data) for entry in self._store.stream(STREAM))
        defaults = service_defaults()
        return fold_service(entries, Service(office=defaults.hours, letterhead=defaults.head, mail=defaults.email))

    @property
    def rulebook(self) -> Rulebook:
        """The rules the service adopted; read again only when what they follow from is another than before."""
        return self._rules_of(self.service)

    def would_be(self, events: Iterable[ServiceEvent]) -> Rulebook:
        """The rules as they would be once the service decided this; nothing is recorded. Raises BadFile."""
        return self._rules_of(self.service_after(events))

    def service_after(self, events: Iterable[ServiceEvent]) -> Service:
        """The service once it decided this."""
        service = self.service
        for event in events:
            service = event.apply(service)
        return service

    def _rules_of(self, service: Service) -> Rulebook:
        for rules, made in self._made:
            if rules == service.rules:
                return made
        made = self._make(service, self._store)
        self._made = [(service.rules, made), *self._made[:1]]
        return made

    @cached_property
    def key(self) -> str:
        """Changes whenever the same concern could come out with another row: rules, calendar, closures, program."""
        return rows_key(self._store, self._folder, self._holidays_key, self.own)

    def forget(self) -> None:
        """Read everything again when next asked for: the service's stream has moved on."""
        for name in ("service", "key"):
            self.__dict__.pop(name, None)
