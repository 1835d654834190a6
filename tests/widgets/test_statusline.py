"""A confirmation goes by itself, a refusal waits to be read, and neither is only a colour."""

from __future__ import annotations

import pytest
from textual.app import ComposeResult

from duty_tui.widgets.safe_app import SafeApp
from duty_tui.widgets.statusline import StatusLine
from tests.pilot import some_turns, until, widget_text


class Lined(SafeApp[None]):
    def compose(self) -> ComposeResult:
        yield StatusLine()


async def test_a_confirmation_has_a_sign_and_goes_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    async with Lined().run_test() as pilot:
        line = pilot.app.query_one(StatusLine)
        line.recorded("recorded 14:02:11")
        assert line.words == "✓ recorded 14:02:11"
        monkeypatch.setattr(StatusLine, "SECONDS", 0.001)
        line.recorded("recorded 14:02:12")
        await until(lambda: line.words == "")
        await some_turns()
        assert widget_text(line) == [""]


async def test_a_refusal_stays_until_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(StatusLine, "SECONDS", 0.001)
    async with Lined().run_test() as pilot:
        line = pilot.app.query_one(StatusLine)
        line.say("2 moved")
        line.refused("NOT recorded: the disk is full.")
        assert line._timer is None
        await some_turns()
        assert line.words == "✗ NOT recorded: the disk is full."
        await pilot.press("x")
        assert line.words == ""


async def test_a_long_message_takes_three_lines_and_no_more() -> None:
    async with Lined().run_test(size=(20, 3)) as pilot:
        line = pilot.app.query_one(StatusLine)
        line.say("[/] " + "long " * 20)
        await until(lambda: line.size.height == 3)
        assert widget_text(line) == [" · [/] long long", " long long long", " long long long …"]


async def test_control_characters_do_not_reach_it() -> None:
    async with Lined().run_test() as pilot:
        line = pilot.app.query_one(StatusLine)
        line.say("a\x1bb\nc")
        assert line.words == "· a\ufffdb c"


async def test_who_is_there_stands_on_one_line_while_nothing_else_does() -> None:
    async with Lined().run_test(size=(60, 3)) as pilot:
        line = pilot.app.query_one(StatusLine)
        line.company("DS Patel has this open · " + "K. Osei is typing: decisions · " * 9)
        await some_turns()
        assert line.size.height == 1
        assert widget_text(line)[0].startswith(" ◦ DS Patel has this open")
        line.refused("No.")
        await some_turns()
        assert widget_text(line) == [" ✗ No."]
        line.read()
        line.company("")
        await some_turns()
        assert widget_text(line) == [""]
