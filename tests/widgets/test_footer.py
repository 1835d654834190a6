"""The hints never overflow, help is always the last of them, and what matters most stays longest."""

from __future__ import annotations

from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import ComposeResult
from textual.widgets import Input

from duty_tui.widgets.command import AnyCommand, Command
from duty_tui.widgets.command_screen import CommandScreen, Help
from duty_tui.widgets.footer import Hint, KeyHints, choose, draw
from duty_tui.widgets.safe_app import SafeApp
from tests.pilot import some_turns, widget_text

HELP = Hint("?", "help", 0)
hints = st.lists(
    st.builds(Hint, st.sampled_from(["n", "F3", "^s", "Esc"]), st.text("abc", max_size=8), st.integers(0, 99))
)


@given(hints, st.integers(0, 200))
def test_the_line_never_overflows_and_help_is_last(given_hints: list[Hint], cells: int) -> None:
    chosen = choose(given_hints, HELP, cells)
    assert chosen[-1] == HELP
    line = draw(chosen, cells)
    assert line.cell_length <= max(cells, 0)
    if cells >= HELP.cells + 1:
        assert line.plain.endswith("? help")
    elif cells:
        assert line.plain == "?"


@given(hints, st.integers(0, 200))
def test_nothing_that_fits_is_left_out(given_hints: list[Hint], cells: int) -> None:
    chosen = choose(given_hints, HELP, cells)
    left = list(given_hints)
    for hint in chosen[:-1]:
        left.remove(hint)
    used = draw(chosen, 10_000).cell_length
    assert all(used + 2 + hint.cells > cells for hint in left)


def test_the_lowest_number_stays_longest_and_order_is_kept() -> None:
    given_hints = [Hint("n", "new", 9), Hint("c", "call", 1), Hint("d", "decide", 5)]
    assert [hint.key for hint in choose(given_hints, HELP, 80)] == ["n", "c", "d", "?"]
    assert [hint.key for hint in choose(given_hints, HELP, 25)] == ["c", "d", "?"]
    assert [hint.key for hint in choose(given_hints, None, 7)] == ["c"]
    assert draw([], 10).plain == ""


def command(key: str, label: str, **more: Any) -> type[AnyCommand]:
    body = {"id": "desk." + label, "keys": key, "label": label, "help": "Does.", **more}
    return type(label.capitalize(), (Command,), body)


class Busy(CommandScreen[None]):
    ACTS: ClassVar[tuple[type[AnyCommand], ...]] = (
        command("n", "new"),
        command("c", "call"),
        command("w", "who"),
        command("d", "decide", keys="d,f3"),
        command("a", "action", keys="a,f4"),
        command("e", "escalate", why_not=lambda _self, view: view.refusal),
        command("o", "owner"),
        command("z", "remind"),
        command("slash", "filter"),
        command("v", "views", priority=1),
        command("x", "secret", shown=False),
        Help,
    )
    AUTO_FOCUS = ""
    refusal: str | None = None

    def compose(self) -> ComposeResult:
        yield Input()
        yield KeyHints()


class BusyApp(SafeApp[None]):
    def get_default_screen(self) -> Busy:
        return Busy()


@pytest.mark.parametrize("width", [20, 40, 60, 72, 80, 96, 118, 200])
async def test_on_a_screen_of_any_width_the_hints_fit(width: int) -> None:
    async with BusyApp().run_test(size=(width, 10)) as pilot:
        await some_turns()
        [line] = widget_text(pilot.app.query_one(KeyHints))
        assert line.endswith("? help")
        assert len(line) <= width
        assert "secret" not in line
        if width == 80:
            assert line == " n new  c call  w who  d decide  a action  e escalate  o owner  v views  ? help"


async def test_in_text_only_the_keys_that_act_there_are_shown() -> None:
    async with BusyApp().run_test() as pilot:
        pilot.app.query_one(Input).focus()
        await some_turns()
        await pilot.pause()
        assert widget_text(pilot.app.query_one(KeyHints)) == [" F3 decide  F4 action  F1 help"]


async def test_a_command_that_would_be_refused_stays_but_faint() -> None:
    async with BusyApp().run_test() as pilot:
        bar, screen = pilot.app.query_one(KeyHints), pilot.app.screen
        assert isinstance(screen, Busy)
        before = bar.render()
        screen.refusal = "Not yours."
        screen.refresh_commands()
        await pilot.pause()
        await some_turns()
        after = bar.render()
        assert after.plain == before.plain
        assert len([span for span in after.spans if span.style == "$faint"]) == 1


async def test_on_a_screen_without_commands_the_line_is_empty() -> None:
    class Bare(SafeApp[None]):
        def compose(self) -> ComposeResult:
            yield KeyHints()

    async with Bare().run_test() as pilot:
        assert widget_text(pilot.app.query_one(KeyHints)) == [""]
