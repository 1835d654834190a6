"""What every app of ours has: the net, the cursor that magnifiers follow, and nothing Textual adds by itself."""

from __future__ import annotations

import pytest
from textual.app import ComposeResult
from textual.drivers.headless_driver import HeadlessDriver
from textual.widgets import Static

from duty_tui.widgets.safe import ControlNet
from duty_tui.widgets.safe_app import SafeApp
from tests.pilot import some_turns


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


def test_an_app_without_a_terminal_has_no_cursor_to_show() -> None:
    app = Plain()
    app.on_ready()
    assert app._driver is None
