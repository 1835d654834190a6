"""Two people at two terminals on one file decide about one child: both see each other, neither loses a word."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from textual.pilot import Pilot

from duty_tui.app import DutyApp
from duty_tui.desk.desk import Desk
from duty_tui.desk.session import DeskSession
from duty_tui.domain.discussion import Discussion
from duty_tui.screens.both import Both
from duty_tui.screens.decision_form import DecisionForm
from duty_tui.screens.decisions import DecisionsScreen
from duty_tui.settings import Settings
from duty_tui.store.sqlite import SqliteStore
from duty_tui.wiring import default_adoptions
from tests.desk.conftest import make_desk
from tests.pilot import fast_pilot, screen_text, some_turns, until
from tests.screens.discussion_bench import CONCERN, quorate

__all__ = ["fast_pilot"]

KEY = b"k" * 32
ANN, BO = "Ann Osei", "Bo Lind"


def clock() -> datetime:
    """Both terminals stand on one machine: its clock goes on."""
    return datetime.now(UTC)


class Terminal:
    """One person's program, as they see it."""

    def __init__(self, pilot: Pilot[int]) -> None:
        self.pilot = pilot

    @property
    def text(self) -> str:
        return screen_text(self.pilot.app)

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await some_turns()

    async def writes(self, words: str) -> None:
        await self.press(*({" ": "space", ".": "full_stop"}.get(letter, letter) for letter in words))

    async def reads(self, words: str) -> None:
        await until(lambda: words in self.text)

    async def at(self, kind: type) -> None:
        await until(lambda: isinstance(self.pilot.app.screen, kind) and self.pilot.app.screen.focused)
        await some_turns()


@asynccontextmanager
async def at_a_terminal(file: Path, name: str) -> AsyncIterator[Terminal]:
    """The program of one person on the file, open at the decisions."""
    session = DeskSession(lambda: make_desk(SqliteStore(file, KEY), clock, name))  # type: ignore[arg-type]
    app = DutyApp(session, settings=Settings(name=name), practice=False, clock=clock)
    try:
        async with app.run_test(size=(80, 24)) as pilot:
            await until(lambda: "Okoye" in screen_text(app))
            app.push_screen(DecisionsScreen(CONCERN, 1))
            await until(lambda: isinstance(app.screen, DecisionsScreen) and app.screen.read is not None)
            yield Terminal(pilot)
    finally:
        session.close()


async def decides(who: Terminal, reason: str) -> None:
    """The first child, the first decision of the list, and why; not recorded yet."""
    await who.press("enter")
    await who.at(DecisionForm)
    await until(lambda: who.pilot.app.screen._ready)  # type: ignore[attr-defined]
    await who.press("1", "tab")
    await who.writes(reason)


async def test_both_decide_and_neither_loses_a_word(tmp_path: Path) -> None:
    file = tmp_path / "desk.db"
    with SqliteStore(file, KEY, create=True) as store:
        desk = make_desk(store, clock, ANN)  # type: ignore[arg-type]
        desk.decide(default_adoptions(clock().date()))
        quorate(desk)
        async with at_a_terminal(file, ANN) as ann, at_a_terminal(file, BO) as bo:
            await ann.reads("Bo Lind has this open")
            await bo.reads("Ann Osei has this open")
            await decides(bo, "A bruise")
            await ann.reads("Bo Lind is typing: decisions")
            await decides(ann, "A fresh bruise")
            await ann.press("ctrl+s")
            await ann.at(DecisionsScreen)
            await bo.press("ctrl+s")
            await bo.at(Both)
            await bo.reads("Ann Osei recorded about the same before you")
            assert "Reason: A fresh bruise" in " ".join(bo.text.split())
            assert "Reason: A bruise" in " ".join(bo.text.split())
            await bo.press("2")
            await bo.at(DecisionsScreen)
            assert said(desk).decisions[-1].reason == "A bruise"
            assert [one.reason for one in said(desk).decisions] == ["A fresh bruise", "A bruise"]
            await ann.reads("A bruise")
        assert desk.store.drafts() == []
        store.verify()


def said(desk: Desk) -> Discussion:
    found = desk.concern(CONCERN).discussion(1)
    assert found is not None
    return found
