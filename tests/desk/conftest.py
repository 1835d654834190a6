"""A desk on a store in memory, with a clock the test sets, under the default policies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from duty_tui.desk.books import Books
from duty_tui.desk.desk import Desk
from duty_tui.domain.service import Service
from duty_tui.rules.evaluate import Rulebook
from duty_tui.store.memory import MemoryStore
from duty_tui.store.store import Store
from duty_tui.wiring import POLICIES, default_adoptions, make_rulebook

#: A Friday in winter, at five past six in the evening in London.
NOW = datetime(2026, 11, 20, 18, 5, tzinfo=UTC)


@dataclass
class Hands:
    """A clock somebody turns."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def on(self, **time: float) -> datetime:
        """Let time pass, in the words of timedelta."""
        self.now += timedelta(**time)
        return self.now


_MADE: list[tuple[Service, Rulebook]] = []
_FIRST = MemoryStore()


def rulebook_once(service: Service, store: Store) -> Rulebook:
    """The rulebook of a service, read from disk once for all tests."""
    for known, book in _MADE:
        if known.rules == service.rules:
            return book
    _MADE.append((service, make_rulebook(service, _FIRST)))
    return _MADE[-1][1]


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def store() -> Iterator[MemoryStore]:
    with MemoryStore() as store:
        yield store


def make_desk(store: Store, hands: Hands, actor: str = "Ann Osei") -> Desk:
    return Desk(store, Books(store, POLICIES, "holidays 1", rulebook_once), hands, actor)


@pytest.fixture
def desk(store: MemoryStore, hands: Hands) -> Desk:
    """An empty desk with the default policies adopted."""
    desk = make_desk(store, hands)
    desk.decide(default_adoptions(hands.now.date()))
    return desk
