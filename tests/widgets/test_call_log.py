"""The log of a call: drawn once a line, the newest in sight, somebody reading further up left alone."""

from __future__ import annotations

from typing import Any

import pytest
from textual.app import ComposeResult

import duty_tui.widgets.call_log as module
from duty_tui.widgets.call_entry import CallEntry
from duty_tui.widgets.call_log import CallLog, LogRow
from duty_tui.widgets.safe_app import SafeApp
from duty_tui.widgets.wrapping import wrap
from tests.pilot import some_turns, until, widget_text


def row(number: int, text: str = "", **known: Any) -> LogRow:
    return LogRow(**{"key": f"k{number}", "time": "14:02", "word": "NOTE", "text": text or f"note {number}", **known})


class LogApp(SafeApp[None]):
    def __init__(self) -> None:
        super().__init__()
        self.log_shown = CallLog(empty="Nothing yet.")
        self.heard: list[str] = []
        self.entry = CallEntry(self.heard.append)
        self.clicked: list[str] = []
        self.deleted = 0

    def compose(self) -> ComposeResult:
        yield self.log_shown
        yield self.entry

    def on_call_log_clicked(self, event: CallLog.Clicked) -> None:
        self.clicked.append(event.key)

    def on_call_entry_deleted_nothing(self) -> None:
        self.deleted += 1


def lines(app: LogApp) -> list[str]:
    return [line.rstrip(" ▁▂▃▄▅▆▇█") for line in widget_text(app.log_shown)]


async def test_an_empty_log_says_so() -> None:
    app = LogApp()
    async with app.run_test(size=(60, 12)):
        assert lines(app)[:2] == [" Nothing yet.", ""]


async def test_lines_are_broken_between_words_under_their_text() -> None:
    app = LogApp()
    async with app.run_test(size=(60, 12)):
        app.log_shown.show([row(1, "one two three four five six seven eight nine ten eleven twelve"), row(2)])
        await some_turns()
        assert lines(app)[:3] == [
            " 14:02 NOTE      one two three four five six seven eight",
            "                 nine ten eleven twelve",
            " 14:02 NOTE      note 2",
        ]


async def test_only_what_is_new_is_broken_into_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    broken: list[str] = []
    app = LogApp()
    async with app.run_test(size=(60, 12)):
        app.log_shown.show([row(number) for number in range(30)])

        def counted(text: str, cells: int) -> list[str]:
            broken.append(text)
            return wrap(text, cells)

        monkeypatch.setattr(module, "wrap", counted)
        app.log_shown.show([row(number) for number in range(31)])
        assert broken == ["note 30"]
        app.log_shown.show([row(number) for number in range(31)])
        assert broken == ["note 30"]
        app.log_shown.show([*(row(number) for number in range(28)), row(28, "changed"), row(30)])
        assert broken == ["note 30", "changed", "note 30"]
        assert [one.text for one in app.log_shown.rows[-2:]] == ["changed", "note 30"]


async def test_the_end_stays_in_sight_unless_somebody_reads_further_up() -> None:
    app = LogApp()
    async with app.run_test(size=(60, 12)):
        app.log_shown.show([row(number) for number in range(30)])
        await some_turns()
        assert "note 29" in lines(app)[-1]
        app.log_shown.show([row(number) for number in range(31)])
        await some_turns()
        assert "note 30" in lines(app)[-1]
        app.log_shown.page(-1)
        await some_turns()
        top = lines(app)[0]
        app.log_shown.show([row(number) for number in range(32)])
        await some_turns()
        assert lines(app)[0] == top
        app.log_shown.page(2)
        await some_turns()
        assert "note 31" in lines(app)[-1]


async def test_a_marked_line_comes_into_sight_and_the_end_comes_back() -> None:
    app = LogApp()
    async with app.run_test(size=(60, 12)):
        app.log_shown.show([row(number) for number in range(30)])
        await some_turns()
        app.log_shown.select("k2")
        await some_turns()
        assert lines(app)[0].startswith("▌14:02 NOTE      note 2")
        app.log_shown.select("k2")
        app.log_shown.select("k20")
        await some_turns()
        assert any(line.startswith("▌14:02 NOTE      note 20") for line in lines(app))
        app.log_shown.select("gone")
        app.log_shown.select(None)
        await until(lambda: "note 29" in lines(app)[-1])


async def test_another_width_breaks_the_lines_anew() -> None:
    app = LogApp()
    async with app.run_test(size=(60, 12)) as pilot:
        app.log_shown.show([row(1, "one two three four five six seven eight nine ten")])
        await some_turns()
        assert lines(app)[1].strip() == "nine ten"
        await pilot.resize_terminal(100, 12)
        await until(lambda: lines(app)[0].endswith("nine ten"))
        assert lines(app)[1] == ""


async def test_a_click_says_which_line() -> None:
    app = LogApp()
    async with app.run_test(size=(60, 12)) as pilot:
        app.log_shown.show([row(1), row(2)])
        await some_turns()
        await pilot.click(CallLog, offset=(20, 1))
        await pilot.click(CallLog, offset=(20, 5))
        assert app.clicked == ["k2"]


async def test_every_tone_has_a_colour_in_every_theme() -> None:
    app: LogApp = LogApp()
    async with app.run_test(size=(60, 12)):
        app.log_shown.show([row(at, tone=tone) for at, tone in enumerate(("note", "join", "decide", "action", "loud"))])
        for theme in ("duty-light", "duty-contrast", "duty-dark"):
            app.theme = theme
            await some_turns()
            assert all("14:02 NOTE" in line for line in lines(app)[:5])


async def test_delete_in_an_empty_line_is_told() -> None:
    app = LogApp()
    async with app.run_test(size=(60, 12)) as pilot:
        app.entry.focus()
        await pilot.press("delete")
        assert app.deleted == 1
        app.entry.put("ab")
        await pilot.press("home", "delete", "ctrl+d")
        assert (app.deleted, app.entry.value) == (1, "")
        assert app.heard == ["ab", "b", ""]
