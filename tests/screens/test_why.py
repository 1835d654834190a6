from __future__ import annotations

from datetime import timedelta

import pytest
from textual.widgets import Input

from duty_tui.desk.desk import Desk
from duty_tui.domain.commands import AnswerQuestions
from duty_tui.screens.concern_list import ItemList
from duty_tui.screens.why import WhyScreen
from duty_tui.widgets.statusline import StatusLine
from tests.builders import a_child, raise_concern
from tests.desk.conftest import NOW as AT
from tests.pilot import fast_pilot, some_turns, until
from tests.screens.at_a_desk import Bench, shown

__all__ = ["fast_pilot"]

ID = "a" * 32


def one(desk: Desk) -> None:
    desk.do(ID, raise_concern(a_child(name="Amara [/] Okafor"), received=AT - timedelta(minutes=5)))
    desk.do(ID, AnswerQuestions(answers={"reasonable_cause": "yes"}))


def why() -> WhyScreen:
    return WhyScreen(ID)


async def ready(bench: Bench) -> WhyScreen:
    found = bench.app.screen
    assert isinstance(found, WhyScreen)
    await until(lambda: found.why)
    await some_turns()
    return found


def said(bench: Bench) -> str:
    return bench.app.screen.query_one(StatusLine).words


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_rule_its_words_and_the_counting_are_read_with_the_arrows(size: tuple[int, int]) -> None:
    async with shown(why, before=one, size=size) as bench:
        await ready(bench)
        seen = bench.text
        for _ in range(12):
            await bench.press("pagedown")
            seen += bench.text
        for words in ("WHY C1", "Amara [/] Okafor", "RULE", "Action Note 003", "“held on", "COUNTED", "NOT KNOWN YET",
                      "OTHER CLOCKS OF THE SAME DUTY", "HOW THE TEXT IS READ", "1 Yes"):  # fmt: skip
            assert words in seen
        await bench.press("home", "down", "up", "pageup")
        assert "RULE" in bench.text


async def test_another_answer_says_if_and_records_nothing() -> None:
    async with shown(why, before=one) as bench:
        found = await ready(bench)
        await bench.press("1")
        assert "Go down to a question first." in said(bench)
        await bench.press("r")
        assert "Nothing is supposed" in said(bench)
        before = found.why
        found.query_one(ItemList).select("serious_risk_of_harm")
        await bench.press("2")
        await until(lambda: found.why is not before)
        await bench.read_out("IF serious risk: no — supposed, nothing is recorded")
        await bench.read_out("supposed; recorded: not asked")
        assert "IF C1" in bench.text
        assert "serious_risk_of_harm" not in bench.desk.concern(ID).answers
        await bench.press("r")
        await until(lambda: "IF " not in bench.text)
        assert "WHY C1" in bench.text


async def test_another_time_is_supposed_and_taken_back() -> None:
    async with shown(why, before=one) as bench:
        await ready(bench)
        await bench.press("t")
        await bench.type("rubbish\n")
        await bench.press("ctrl+s")
        assert "cannot be read" in said(bench)
        field = bench.app.screen.query_one("#received Input", Input)
        field.value = "18/11/2026 10:00"
        await some_turns()
        await bench.press("tab")
        await bench.type("tomorrow 10:00\n")
        await bench.read_out("IF received Wed 18 Nov 2026 10:00, it were Sat 21 Nov 2026 10:00 now")
        await bench.read_out("LATE, was due")
        await bench.press("t", "escape")
        assert "IF received" in bench.text
        await bench.press("t", "ctrl+s")
        await until(lambda: "IF received" not in bench.text)


async def test_the_reason_is_copied_as_text() -> None:
    async with shown(why, before=one) as bench:
        found = await ready(bench)
        await bench.press("y")
        assert bench.app.clipboard.startswith("C1  Amara [/] Okafor 7y\nHold the strategy discussion")
        assert "\nRULE\n  Hold" in bench.app.clipboard
        found.query_one(ItemList).select("serious_risk_of_harm")
        await bench.press("1")
        await bench.read_out("IF serious risk: yes")
        await bench.press("y")
        assert "IF serious risk: yes (supposed, not recorded)" in bench.app.clipboard


async def test_what_others_record_changes_the_reason() -> None:
    async with shown(why, before=one) as bench:
        found = await ready(bench)
        before = found.why
        bench.other().do(ID, AnswerQuestions(answers={"serious_risk_of_harm": "yes"}))
        await bench.told("f" * 32)
        await bench.told(ID)
        await until(lambda: found.why is not before)
        assert "unless ruled out" not in bench.text.split("PLACE")[0]


async def test_before_it_is_worked_out_keys_say_so() -> None:
    async with shown(lambda: WhyScreen("f" * 32)) as bench:
        await until(lambda: "no such concern" in said(bench))
        for key in ("t", "y", "r", "1"):
            await bench.press(key)
            assert "still being worked out" in said(bench)
