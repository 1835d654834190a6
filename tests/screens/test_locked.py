"""After some time without a key: the screens are covered, nothing of them is drawn or pressed, and nothing is lost."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from textual import events
from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input, Static

from duty_tui.app import DutyApp
from duty_tui.domain.commands import ChangeOwner
from duty_tui.domain.restriction_commands import RestrictConcern
from duty_tui.errors import Refused
from duty_tui.screens.locked import Lock, LockScreen
from duty_tui.screens.too_small import TooSmall
from tests.pilot import screen_text, some_turns, until
from tests.screens.conftest import Office, queue_of

WORDS = "correct horse battery"
LOCK = Lock(timedelta(minutes=5), lambda words: words == WORDS)


def app_of(pilot: Pilot[int]) -> DutyApp:
    assert isinstance(pilot.app, DutyApp)
    return pilot.app


def cover_of(pilot: Pilot[int]) -> bool:
    screen = pilot.app.screen
    return isinstance(screen, LockScreen) and isinstance(screen.focused, Input)


async def covered(pilot: Pilot[int], office: Office) -> None:
    """Nobody touches a key for five minutes."""
    office.hands.on(minutes=5)
    app_of(pilot)._tick()
    await until(lambda: cover_of(pilot))


@asynccontextmanager
async def at_a_locked_desk(office: Office) -> AsyncIterator[Pilot[int]]:
    async with office.at_work(lock=LOCK) as pilot:
        app_of(pilot)._tick()
        await covered(pilot, office)
        yield pilot


async def opened(pilot: Pilot[int], words: str = WORDS) -> None:
    await pilot.press(*("space" if letter == " " else letter for letter in words), "enter")
    await until(lambda: not app_of(pilot).covered and not isinstance(pilot.app.screen, LockScreen))


async def test_idle_screens_are_covered_and_come_back_as_they_were(office: Office) -> None:
    office.family("Okafor")
    async with office.at_work(lock=LOCK) as pilot:
        assert "Okafor" in screen_text(pilot.app)
        app_of(pilot)._tick()
        office.hands.on(minutes=4, seconds=59)
        app_of(pilot)._tick()
        await some_turns()
        assert not app_of(pilot).covered
        await pilot.press("down")
        office.hands.on(minutes=4, seconds=59)
        app_of(pilot)._tick()
        assert not app_of(pilot).covered, "a key begins the time anew"
        await covered(pilot, office)
        shown = screen_text(pilot.app)
        assert "duty-tui is locked." in shown
        assert "Okafor" not in shown
        await opened(pilot)
        assert "Okafor" in screen_text(pilot.app)
        office.hands.on(minutes=4)
        app_of(pilot)._tick()
        assert not app_of(pilot).covered


async def test_a_clock_set_back_does_not_keep_them_open(office: Office) -> None:
    async with office.at_work(lock=LOCK) as pilot:
        await pilot.press("down")
        office.hands.on(hours=-3)
        app_of(pilot)._tick()
        await some_turns()
        assert not app_of(pilot).covered
        await covered(pilot, office)


async def test_without_a_lock_nothing_is_ever_covered(office: Office) -> None:
    async with office.at_work() as pilot:
        office.hands.on(hours=9)
        app_of(pilot)._tick()
        await some_turns()
        assert len(pilot.app.screen_stack) == 1


async def test_a_wrong_passphrase_opens_nothing_and_is_not_shown(office: Office) -> None:
    async with at_a_locked_desk(office) as pilot:
        await pilot.press(*"wrong")
        assert "wrong" not in screen_text(pilot.app)
        await pilot.press("enter")
        await until(lambda: "That is not the passphrase" in screen_text(pilot.app))
        assert app_of(pilot).covered
        await pilot.press("enter", "escape", "q", "enter")
        assert app_of(pilot).covered
        await until(lambda: cover_of(pilot))
        await opened(pilot)


async def test_why_it_cannot_be_opened_is_said(office: Office) -> None:
    def gone(words: str) -> bool:
        raise Refused("The key has no passphrase any more.")

    async with office.at_work(lock=Lock(timedelta(minutes=5), gone)) as pilot:
        app_of(pilot)._tick()
        await covered(pilot, office)
        await pilot.press("x", "enter")
        await until(lambda: "no passphrase any more" in screen_text(pilot.app))
        assert app_of(pilot).covered


async def test_what_was_typed_is_still_there(office: Office) -> None:
    async with office.at_work(lock=LOCK) as pilot:
        app_of(pilot)._tick()
        await pilot.press("slash")
        await until(lambda: isinstance(pilot.app.focused, Input))
        await pilot.press(*"oka")
        field = pilot.app.focused
        await covered(pilot, office)
        await opened(pilot)
        await until(lambda: pilot.app.focused is field)
        assert isinstance(field, Input)
        assert field.value == "oka"


async def test_what_goes_on_beneath_is_read_and_not_shown(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    concern = office.family("Okafor")
    drawn: list[Screen[Any]] = []
    monkeypatch.setattr(App, "_display", lambda _app, screen, _renderable: drawn.append(screen))
    async with at_a_locked_desk(office) as pilot:
        drawn.clear()
        office.other.do(concern, ChangeOwner(owner="Bo Lind"))

        def owner() -> str | None:
            board = queue_of(pilot).board
            row = board.row(concern) if board else None
            return row.owner if row else None

        await until(lambda: owner() == "Bo Lind")
        queue_of(pilot).refresh()
        pilot.app.screen.refresh()
        await until(lambda: drawn)
        assert {type(screen) for screen in drawn} == {LockScreen}
        pilot.app.notify("Bo Lind took the Okafor concern", markup=False)
        assert not pilot.app._notifications


async def test_what_comes_to_lie_above_is_neither_drawn_nor_pressed(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Late(Screen[None]):
        pressed = False

        def compose(self) -> Any:
            yield Static("Okafor")

        def key_enter(self) -> None:
            self.pressed = True

    async with at_a_locked_desk(office) as pilot:
        late = Late()
        with monkeypatch.context() as meanwhile:
            meanwhile.setattr(DutyApp, "stay_covered", lambda _: None)
            await pilot.app.push_screen(late)
            assert pilot.app.screen is late
            await pilot.press("enter")
            await pilot.app.on_event(events.MouseDown(None, 1, 1, 0, 0, 1, False, False, False))
            await some_turns()
            assert not late.pressed
        app_of(pilot)._tick()
        await until(lambda: cover_of(pilot))
        await opened(pilot)
        await until(lambda: pilot.app.screen is late)
        await pilot.press("enter")
        await until(lambda: late.pressed)
        late.dismiss(None)
        await until(lambda: pilot.app.screen is queue_of(pilot))


async def test_a_screen_taken_from_beneath_leaves_it_covered(office: Office) -> None:
    concern = office.family("Okafor")
    async with office.at_work(lock=LOCK) as pilot:
        app_of(pilot)._tick()
        await pilot.press("enter")
        await until(lambda: len(pilot.app.screen_stack) == 2)
        await covered(pilot, office)
        office.other.do(concern, RestrictConcern(names=("Ben Adeyemi", "Jo Park"), reason="staff"))
        await until(lambda: len(pilot.app.screen_stack) == 2 and cover_of(pilot))
        assert "Okafor" not in screen_text(pilot.app)
        await opened(pilot)
        await until(lambda: pilot.app.screen is queue_of(pilot))


async def test_too_small_a_window_stays_said(office: Office) -> None:
    async with office.at_work(lock=LOCK) as pilot:
        app_of(pilot)._tick()
        await pilot.resize_terminal(40, 10)
        await until(lambda: isinstance(pilot.app.screen, TooSmall))
        office.hands.on(minutes=5)
        app_of(pilot)._tick()
        assert app_of(pilot).covered
        await pilot.resize_terminal(80, 24)
        await until(lambda: not isinstance(pilot.app.screen, TooSmall))
        app_of(pilot)._tick()
        await until(lambda: cover_of(pilot))


async def test_no_palette_and_no_way_but_to_leave(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    async with at_a_locked_desk(office) as pilot:
        await pilot.press("ctrl+p", "f1", "ctrl+c", "tab", "shift+tab")
        assert cover_of(pilot)
        await pilot.press("ctrl+q")
        await until(lambda: pilot.app.return_code == 0)


async def test_the_palette_is_there_while_open(office: Office) -> None:
    async with office.at_work(lock=LOCK) as pilot:
        await pilot.press("ctrl+p")
        await until(lambda: len(pilot.app.screen_stack) == 2)
