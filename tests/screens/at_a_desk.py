"""A small app with a desk in memory, for the screens on which a concern is taken, read and acted on."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any, TypeVar

from textual.pilot import Pilot
from textual.screen import Screen

import duty_tui
from duty_tui.desk.desk import Desk
from duty_tui.desk.session import DeskSession
from duty_tui.screens.desk_screen import AtTheDesk, Host
from duty_tui.settings import Settings
from duty_tui.store.memory import MemoryStore
from duty_tui.wiring import default_adoptions
from tests.desk.conftest import Hands, make_desk
from tests.pilot import screen_text, some_turns, until

Answer = TypeVar("Answer")

ME = "Ann Osei"


class BenchApp(Host):
    """The app's own style sheet, and nothing else of it."""

    CSS_PATH = Path(duty_tui.__file__).with_name("app.tcss")


class Bench:
    """The app with a screen on it, the desk beneath, and the clock in the test's hands."""

    def __init__(self, app: Host, desk: Desk, hands: Hands, pilot: Pilot[int]) -> None:
        self.app, self.desk, self.hands, self.pilot = app, desk, hands, pilot
        #: What the first screen was dismissed with.
        self.results: list[Any] = []

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await some_turns()

    async def type(self, text: str) -> None:
        """Type as a hand does, letter by letter."""
        names = {" ": "space", "\n": "enter"}
        await self.pilot.press(*(names.get(letter, letter) for letter in text))
        await some_turns()

    async def read_out(self, words: str) -> None:
        """Wait until something stands on the screen."""
        await until(lambda: words in self.text)

    @property
    def text(self) -> str:
        return screen_text(self.app)

    def other(self, actor: str = "Bo Lind") -> Desk:
        """Somebody else's desk on the same record."""
        return make_desk(self.desk.store, self.hands, actor)

    async def told(self, concern: str) -> None:
        """What the change feed does after somebody recorded on `concern`."""
        from duty_tui.desk.session import Changes

        row = self.desk.store.row(concern)
        for screen in self.app.screen_stack:
            if isinstance(screen, AtTheDesk):
                screen.on_changes(Changes((row,) if row else ()))
        await some_turns()


@contextmanager
def a_desk(hands: Hands) -> Iterator[tuple[Desk, DeskSession]]:
    """An empty desk with the default policies, and a session on the same store."""
    store = MemoryStore()
    desk = make_desk(store, hands, ME)
    desk.decide(default_adoptions(hands.now.date()))
    session = DeskSession(lambda: make_desk(store, hands, ME))
    try:
        yield desk, session
    finally:
        session.close()


@asynccontextmanager
async def shown(
    make: Callable[[], Screen[Any]],
    *,
    before: Callable[[Desk], object] = lambda _desk: None,
    size: tuple[int, int] = (80, 24),
    hands: Hands | None = None,
) -> AsyncIterator[Bench]:
    """The screen on top of an empty one, after `before` was done on the desk."""
    hands = hands or Hands()
    with a_desk(hands) as (desk, session):
        before(desk)
        app = BenchApp(session, settings=Settings(name=ME), practice=True, clock=hands)
        async with app.run_test(size=size) as pilot:
            bench = Bench(app, desk, hands, pilot)
            made = make()
            app.push_screen(made, bench.results.append)
            await until(lambda: made.is_mounted and (made.focused is not None or not made.focus_chain))
            await some_turns()
            yield bench
