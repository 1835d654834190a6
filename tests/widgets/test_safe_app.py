"""What every app of ours has: the net, the cursor that magnifiers follow, and nothing Textual adds by itself."""

from __future__ import annotations

import pytest
from textual.app import ComposeResult
from textual.drivers.headless_driver import HeadlessDriver
from textual.widgets import Input, Static

from duty_tui.widgets.safe import ControlNet
from duty_tui.widgets.safe_app import SafeApp
from tests.pilot import some_turns, until


class Plain(SafeApp[None]):
    def compose(self) -> ComposeResult:
        yield Static("x", markup=False)


async def test_the_terminals_own_cursor_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[str] = []
    monkeypatch.setattr(HeadlessDriver, "write", lambda _self, data: written.append(data))
    async with Plain().run_test():
        await some_turns()
    assert "\x1b[?25h" in "".join(written)


async def test_it_has_the_net_and_no_command_of_textuals() -> None:
    async with Plain().run_test() as pilot:
        assert isinstance(pilot.app.get_line_filters()[-1], ControlNet)
        assert not pilot.app.COMMANDS
        assert pilot.app.animation_level == "none"


class Fields(SafeApp[None]):
    def compose(self) -> ComposeResult:
        yield Input(id="one")
        yield Input(id="two")


async def test_what_follows_a_quick_tab_goes_to_the_next_field() -> None:
    app = Fields()
    async with app.run_test():
        for key in ("a", "tab", "b", "shift+tab", "c"):
            app.simulate_key(key)
        await until(lambda: app.query_one("#two", Input).value == "b")
        await until(lambda: app.query_one("#one", Input).value == "c")  # what a field is left with is selected there


def test_an_app_without_a_terminal_has_no_cursor_to_show() -> None:
    app = Plain()
    app.on_ready()
    assert app._driver is None
