"""Screens in their app, at a desk in memory with invented families, driven by the fast pilot."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from duty_tui.app import DutyApp
from duty_tui.desk.desk import Desk
from duty_tui.desk.session import DeskSession
from duty_tui.domain.commands import ChangeOwner, RaiseConcern
from duty_tui.screens.locked import Lock
from duty_tui.screens.queue import QueueScreen
from duty_tui.settings import Settings
from duty_tui.store.journal import new_id
from duty_tui.store.outbox import Outbox
from duty_tui.store.sqlite import SqliteStore
from duty_tui.widgets.queue_line import GroupLine
from duty_tui.wiring import default_adoptions
from tests.builders import a_child, raise_concern
from tests.desk.conftest import Hands, hands, make_desk
from tests.pilot import fast_pilot, real_idle, until

__all__ = ["fast_pilot", "hands", "real_idle"]

KEY = b"k" * 32
ME = "Ann Osei"


class Office:
    """A record on disk, the desk of somebody else (`other`) at it, and the app of the one who is tested."""

    def __init__(self, folder: Path, hands: Hands) -> None:
        self.path = folder / "desk.db"
        self.folder = folder
        self.hands = hands
        self.store = SqliteStore(self.path, KEY, create=True)
        self.other = make_desk(self.store, hands, "Ben Adeyemi")
        self.other.decide(default_adoptions(hands.now.date()))

    def desk(self) -> Desk:
        """A desk of the one who is tested, with an outbox; the app opens it on its own thread."""
        desk = make_desk(SqliteStore(self.path, KEY), self.hands, ME)
        desk.outbox = Outbox(self.folder / "mine.outbox", KEY)
        return desk

    def goes_away(self) -> None:
        """Nobody reaches the record any more."""
        self.path.rename(self.path.with_suffix(".aside"))

    def comes_back(self) -> None:
        """The record is where it was."""
        self.path.with_suffix(".aside").rename(self.path)

    def family(self, name: str, owner: str | None = None, **known: object) -> str:
        """A concern about one child of a family, recorded by the other; its id."""
        command = raise_concern(a_child(name=f"{name}, Amara"), family=name, received=self.hands.now, **known)
        return self.record(command, owner)

    def record(self, command: RaiseConcern, owner: str | None = None) -> str:
        concern = new_id()
        self.other.do(concern, command)
        if owner:
            self.other.do(concern, ChangeOwner(owner=owner))
        return concern

    @asynccontextmanager
    async def starting(
        self,
        *,
        size: tuple[int, int] = (80, 24),
        practice: bool = False,
        settings: Settings | None = None,
        lock: Lock | None = None,
    ) -> AsyncIterator[Pilot[int]]:
        """The app from its first moment, before anything was read."""
        session = DeskSession(self.desk)
        app = DutyApp(
            session,
            settings=settings or Settings(name=ME),
            practice=practice,
            clock=self.hands,
            incidents=self.folder / "incidents",
            lock=lock,
        )
        try:
            async with app.run_test(size=size) as pilot:
                yield pilot
        finally:
            session.close()

    @asynccontextmanager
    async def at_work(
        self,
        *,
        size: tuple[int, int] = (80, 24),
        practice: bool = False,
        settings: Settings | None = None,
        lock: Lock | None = None,
    ) -> AsyncIterator[Pilot[int]]:
        """The app with its first rows on the screen."""
        async with self.starting(size=size, practice=practice, settings=settings, lock=lock) as pilot:
            await until(lambda: queue_of(pilot).board is not None)
            await pilot.pause()
            yield pilot


@pytest.fixture
def office(tmp_path: Path, hands: Hands) -> Iterator[Office]:
    office = Office(tmp_path, hands)
    yield office
    office.store.close()


def queue_of(pilot: Pilot[int]) -> QueueScreen:
    """The queue, whatever lies above it."""
    screen = pilot.app.screen_stack[0]
    assert isinstance(screen, QueueScreen)
    return screen


def said(pilot: Pilot[int]) -> str:
    """What stands on the queue's status line."""
    return queue_of(pilot).status.words


def names(pilot: Pilot[int]) -> list[str]:
    """The names in the list, from top to bottom."""
    return [row.title if isinstance(row, GroupLine) else row.name for row in queue_of(pilot).list.rows]
