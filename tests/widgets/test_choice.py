"""An answer by one digit; not known is an answer, none given is not."""

from __future__ import annotations

from typing import Any

import pytest
from textual.app import ComposeResult

from duty_tui.widgets.choice import YES_NO, Choice, Option
from duty_tui.widgets.safe_app import SafeApp
from tests.pilot import some_turns, widget_text

QUESTION = "Is there reasonable cause to suspect [significant] harm?"


class Form(SafeApp[None]):
    def __init__(self, *choices: Choice[Any]) -> None:
        super().__init__()
        self.choices = choices
        self.said: list[tuple[Any, bool]] = []

    def compose(self) -> ComposeResult:
        yield from self.choices

    def on_choice_changed(self, event: Choice.Changed) -> None:
        assert event.control in self.choices
        self.said.append((event.value, event.answered))


def yes_no(question: str = QUESTION) -> Choice[bool | None]:
    return Choice(question, YES_NO)


async def test_it_reads_and_its_answer_has_a_sign() -> None:
    asked = yes_no()
    async with Form(asked).run_test() as pilot:
        asked.focus()
        await some_turns()
        lines = [line.lstrip("▎▌█▐ ") for line in widget_text(asked)]
        assert lines == [QUESTION, "○ 1 Yes  ○ 2 No  ○ 3 Not known"]
        await pilot.press("2")
        assert widget_text(asked)[1].endswith("○ 1 Yes  ● 2 No  ○ 3 Not known")


async def test_digits_choose_and_what_they_stand_for_is_said_once() -> None:
    asked = yes_no()
    app = Form(asked)
    async with app.run_test() as pilot:
        asked.focus()
        await pilot.press("1", "1", "3", "4", "x", "2")
        assert app.said == [(True, True), (None, True), (False, True)]
        assert (asked.value, asked.answered) == (False, True)
        await pilot.press("backspace")
        assert app.said[-1] == (None, False)
        assert not asked.answered


@pytest.mark.parametrize(
    ("keys", "value"),
    [
        (["right"], True),
        (["right", "right"], False),
        (["right", "right", "right", "right"], None),
        (["left"], None),
        (["left", "left", "left", "left"], True),
    ],
)
async def test_arrows_move_from_answer_to_answer(keys: list[str], value: bool | None) -> None:
    asked = yes_no()
    async with Form(asked).run_test() as pilot:
        asked.focus()
        await pilot.press(*keys)
        assert asked.answered
        assert asked.value is value


async def test_an_answer_recorded_before_is_shown_without_a_word() -> None:
    asked = yes_no()
    app = Form(asked)
    async with app.run_test():
        asked.answer(None)
        await some_turns()
        assert asked.answered
        assert "● 3 Not known" in widget_text(asked)[1]
        assert app.said == []


async def test_a_click_on_an_answer_gives_it() -> None:
    asked = yes_no()
    app = Form(asked)
    async with app.run_test() as pilot:
        await some_turns()
        await pilot.click(Choice, offset=(5, 0))
        await pilot.click(Choice, offset=(9, 1))  # between two answers
        assert app.said == []
        await pilot.click(Choice, offset=(12, 1))
        assert app.said == [(False, True)]


async def test_a_long_question_takes_two_lines_and_no_more() -> None:
    asked = yes_no("word " * 60 + "[/]")
    async with Form(asked).run_test(size=(80, 10)):
        await some_turns()
        lines = widget_text(asked)
        assert len(lines) == 3
        assert lines[1].endswith("…")
        assert all(len(line) <= 80 for line in lines)


async def test_many_answers_stand_one_below_the_other_where_the_line_is_short() -> None:
    options = [Option(str(at), at, "Answer number " + str(at)) for at in range(1, 7)]
    asked: Choice[int] = Choice("Which?", options)
    app = Form(asked)
    async with app.run_test(size=(60, 12)) as pilot:
        asked.focus()
        await pilot.press("6")
        lines = widget_text(asked)
        assert len(lines) == 7
        assert "● 6 Answer number 6" in lines[6]
        assert asked.value == 6
        await pilot.click(Choice, offset=(4, 2))
        assert asked.value == 2


async def test_the_terminals_cursor_goes_to_the_question() -> None:
    first, second = yes_no(), yes_no("And the other?")
    async with Form(first, second).run_test() as pilot:
        await pilot.press("tab", "tab")
        second.focus()
        await some_turns()
        assert pilot.app.cursor_position == second.content_region.offset
