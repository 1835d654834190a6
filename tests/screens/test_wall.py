"""The board for a wall: nobody stands before it to read a refusal, so it says by itself when it is not up to date."""

from __future__ import annotations

from typing import Any

import pytest

from duty_tui.desk.desk import Desk
from duty_tui.desk.session import Changes
from duty_tui.domain.commands import AddNote, ChangeOwner
from duty_tui.domain.restriction_commands import LiftRestriction, RestrictConcern
from duty_tui.errors import Unavailable
from duty_tui.screens.desk_screen import Host
from duty_tui.screens.stale import StaleLine
from duty_tui.screens.wall import WallScreen
from tests.builders import a_child, raise_concern
from tests.desk.conftest import NOW
from tests.pilot import fast_pilot, until
from tests.screens.at_a_desk import ME, Bench, shown
from tests.screens.test_handover import LATE, NEW, two

__all__ = ["fast_pilot"]

AWAY = "The record is out of reach."


def wall(bench: Bench) -> WallScreen:
    screen = bench.app.screen
    assert isinstance(screen, WallScreen)
    return screen


async def away(*_: Any) -> Any:
    raise Unavailable(AWAY)


async def test_q_leaves_and_no_other_letter_does_anything() -> None:
    async with shown(WallScreen, before=two) as bench:
        await bench.read_out("C2")
        seen = bench.text
        for key in ("n", "enter", "e", "z", "o", "down", "slash"):
            await bench.press(key)
            assert isinstance(bench.app.screen, WallScreen)
        assert bench.text == seen
        await bench.press("q")
        await until(lambda: bench.app.return_code == 0)


async def test_an_empty_board_says_that_nothing_is_waiting() -> None:
    async with shown(WallScreen) as bench:
        await bench.read_out("Nothing is waiting.")


async def test_a_record_that_cannot_be_read_at_all_ends_it_with_its_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Host, "read_first", away)
    async with shown(WallScreen) as bench:
        await until(lambda: bench.app.return_code == Unavailable(AWAY).exit_code)


async def test_while_nothing_can_be_read_it_says_since_when_and_keeps_its_rows() -> None:
    async with shown(WallScreen, before=two) as bench:
        await bench.read_out("C2")
        wall(bench).on_changes(Changes(trouble=AWAY))
        await bench.read_out(f"as of 18:05, not updating: {AWAY}")
        assert "C1" in bench.text
        bench.other().do(NEW, ChangeOwner(owner="Di Marsh"))
        await bench.told(NEW)
        await until(lambda: not wall(bench).query_one(StaleLine).display)
        await bench.read_out(" DM")


async def test_rules_that_could_not_be_read_anew_are_said_until_they_were(monkeypatch: pytest.MonkeyPatch) -> None:
    async with shown(WallScreen, before=two) as bench:
        await bench.read_out("C2")
        with monkeypatch.context() as patch:
            patch.setattr(Host, "read_first", away)
            wall(bench).on_changes(Changes(everything=True))
            await bench.read_out(f"as of 18:05, not updating: {AWAY}")
            bench.other().do(NEW, AddNote(text="x"))
            await bench.told(NEW)
            await bench.read_out("not updating")
        before = wall(bench).board
        bench.other().do(NEW, ChangeOwner(owner="Di Marsh"))
        await bench.told(NEW)
        await until(lambda: wall(bench).board is not before)
        await bench.read_out(" DM")
        assert not wall(bench).query_one(StaleLine).display


async def test_a_board_not_read_yet_waits_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    async with shown(WallScreen, before=two, size=(80, 24)) as bench:
        await bench.read_out("C2")
        screen = wall(bench)
        screen.board = None
        screen.tick(bench.hands.now)
        screen.on_resize()
        screen.on_changes(Changes())
        await until(lambda: screen.board is not None)


async def test_in_a_smaller_terminal_fewer_rows_are_shown_and_the_rest_counted() -> None:
    def many(desk: Desk) -> None:
        two(desk)
        for number in range(3, 16):
            desk.do(f"{number:032x}", raise_concern(a_child(1, name="Tom Byrne"), received=NOW))

    async with shown(WallScreen, before=many, size=(80, 30)) as bench:
        await bench.read_out("C15")
        await bench.pilot.resize_terminal(80, 12)
        await bench.read_out("all less urgent")
        assert "C1 " in bench.text, "the late one stays"


async def test_what_is_restricted_leaves_the_wall_at_once_and_comes_back_when_it_is_not() -> None:
    async with shown(WallScreen, before=two) as bench:
        await bench.read_out("A.O.")
        bench.other(ME).do(LATE, RestrictConcern(names=(ME, "Jo Park"), reason="A colleague is named"))
        wall(bench).on_changes(Changes(everything=True))
        await until(lambda: "A.O." not in bench.text)
        await bench.read_out("RESTRICTED")
        bench.other(ME).do(LATE, LiftRestriction(reason="Unfounded"))
        wall(bench).on_changes(Changes(everything=True))
        await bench.read_out("A.O.")
