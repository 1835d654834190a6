"""What is understood stands under what is typed; a problem waits until the field is left."""

from __future__ import annotations

from datetime import UTC, datetime

from textual.app import ComposeResult
from textual.widgets import Input, Static

from duty_tui.domain.typed_time import Reading
from duty_tui.widgets.safe_app import SafeApp
from duty_tui.widgets.time_field import TimeField
from tests.pilot import widget_text

NOW = datetime(2026, 10, 24, 15, 30, tzinfo=UTC)


class Form(SafeApp[None]):
    def __init__(self, value: str = "") -> None:
        super().__init__()
        self.field = TimeField("Received [when]", lambda: NOW, value=value)
        self.said: list[Reading] = []

    def compose(self) -> ComposeResult:
        yield self.field
        yield Input(id="other")

    def on_mount(self) -> None:
        self.field.focus()

    def on_time_field_changed(self, event: TimeField.Changed) -> None:
        assert event.control is self.field
        self.said.append(event.reading)

    def line(self) -> str:
        return " ".join(" ".join(widget_text(self.field.query_one(".time--reading", Static))).split())


async def test_what_is_understood_is_read_back_in_full() -> None:
    app = Form()
    async with app.run_test() as pilot:
        assert widget_text(app.field.query_one(".time--label", Static)) == [" Received [when]"]
        await pilot.press(*"17", "colon", *"00")
        await pilot.pause()
        assert app.line() == "→ Sat 24 Oct 2026 17:00"
        assert app.field.reading.instant == datetime(2026, 10, 24, 16, 0, tzinfo=UTC)
        assert app.said[-1] == app.field.reading


async def test_a_problem_waits_until_the_field_is_left_or_submitted() -> None:
    app = Form()
    async with app.run_test() as pilot:
        await pilot.press(*"tomorrow")
        await pilot.press("space", *"soon")
        await pilot.pause()
        assert app.line() == ""
        await pilot.press("enter")
        await pilot.pause()
        assert app.line().startswith("✗ That cannot be read as a time.")
        await pilot.press("x")
        await pilot.pause()
        assert app.line() == ""
        app.query_one("#other", Input).focus()
        await pilot.pause()
        assert app.line().startswith("✗")
        assert app.field.reading.problem is not None


async def test_an_hour_that_comes_twice_is_asked_about_and_chosen() -> None:
    app = Form("tomorrow 01:30")
    async with app.run_test() as pilot:
        await pilot.pause()
        assert app.line().startswith("? 01:30 comes twice on Sun 25 Oct 2026")
        assert app.field.reading.instant is None
        await pilot.press("f5")
        await pilot.pause()
        assert app.line() == "→ Sun 25 Oct 2026 01:30, first (summer time)"
        assert app.field.reading.instant == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
        await pilot.press("f5")
        assert app.field.reading.instant == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
        await pilot.press("backspace")
        assert app.field.reading.instant is None


async def test_the_key_for_the_other_does_nothing_where_there_is_no_other() -> None:
    app = Form("17:00")
    async with app.run_test() as pilot:
        await pilot.pause()
        app.said.clear()
        await pilot.press("f5")
        assert app.said == []
        app.field.text = ""
        await pilot.pause()
        assert app.line() == ""
        assert app.field.reading == Reading()
        assert app.field.text == ""
