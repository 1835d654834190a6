"""The rules a desk works by: what the service adopted, read once, and the key that names what rows were made by."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path

from duty_tui.desk.rows_key import rows_key
from duty_tui.domain.service import STREAM, Service, fold_service
from duty_tui.rules.evaluate import Rulebook
from duty_tui.store.store import Store

#: Makes the rulebook a service adopted; reads the packs and the bank holidays.
RulebookMaker = Callable[[Service, Store], Rulebook]


class Books:
    """The service as recorded, the rulebook that follows from it, and the key that names both.

    The rulebook is read only when something asks for it: showing rows already kept under the right key needs none.
    """

    def __init__(self, store: Store, folder: Path, holidays_key: str, make: RulebookMaker) -> None:
        self._store = store
        self._folder = folder
        self._holidays_key = holidays_key
        self._make = make
        self._made: tuple[object, Rulebook] | None = None

    @cached_property
    def service(self) -> Service:
        """The service's own decisions, from its stream."""
        return fold_service((entry.kind, entry.data) for entry in self._store.stream(STREAM))

    @property
    def rulebook(self) -> Rulebook:
        """The rules the service adopted; read again only when what they follow from is another than before."""
        follows_from = (self.service.adopted, self.service.closures)
        if self._made is None or self._made[0] != follows_from:
            self._made = follows_from, self._make(self.service, self._store)
        return self._made[1]

    @cached_property
    def key(self) -> str:
        """Changes whenever the same concern could come out with another row: rules, calendar, closures, program."""
        return rows_key(self._store, self._folder, self._holidays_key)

    def forget(self) -> None:
        """Read everything again when next asked for: the service's stream has moved on."""
        for name in ("service", "key"):
            self.__dict__.pop(name, None)
