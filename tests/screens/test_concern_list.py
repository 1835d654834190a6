from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from hypothesis import given
from hypothesis import strategies as st
from textual.app import ComposeResult
from textual.content import Content
from textual.pilot import Pilot

from duty_tui.screens.answer_list import Asked, question_items
from duty_tui.screens.concern_list import Item, ItemList, block
from duty_tui.widgets.safe import clean, width
from duty_tui.widgets.safe_app import SafeApp
from duty_tui.widgets.wrapping import wrap
from tests.pilot import fast_pilot, screen_text, some_turns, until

__all__ = ["fast_pilot"]

LONG = " ".join(f"word{number}" for number in range(60))


class ListApp(SafeApp[None]):
    moved: int = 0

    def compose(self) -> ComposeResult:
        yield ItemList(empty="Nobody is here.")

    def on_item_list_moved(self, event: ItemList.Moved) -> None:
        self.moved += 1
        assert event.control is event.items


@asynccontextmanager
async def listing(*items: Item, size: tuple[int, int] = (40, 6)) -> AsyncIterator[tuple[Pilot[None], ItemList]]:
    app = ListApp()
    async with app.run_test(size=size) as pilot:
        found = app.query_one(ItemList)
        found.show(items)
        found.focus()
        await some_turns()
        yield pilot, found


def plain(*keys: str) -> list[Item]:
    return [Item(key, block(key, f"text of {key}")) for key in keys]


async def test_an_empty_list_says_so_and_keys_do_nothing() -> None:
    async with listing() as (pilot, found):
        await pilot.press("down", "up", "pagedown", "pageup", "home", "end")
        assert found.key is None
        assert "Nobody is here." in screen_text(pilot.app)


async def test_arrows_move_from_item_to_item_and_stop_at_the_ends() -> None:
    async with listing(*plain("a", "b", "c", "d", "e")) as (pilot, found):
        await pilot.press("up", "down", "down")
        assert found.key == "c"
        assert "▸c" in screen_text(pilot.app)
        await pilot.press("end", "down")
        assert found.key == "e"
        assert "text of e" in screen_text(pilot.app)
        await pilot.press("home")
        assert found.key == "a"
        assert screen_text(pilot.app).startswith(" ▸a")
        await pilot.press("pagedown")
        assert found.key != "a"
        await pilot.press("pageup", "pageup")
        assert found.key == "a"


async def test_a_key_draws_what_is_in_sight_however_long_the_list() -> None:
    drawn: list[str] = []

    def counted(key: str) -> Item:
        def draw(cells: int, selected: bool) -> Sequence[Content]:
            drawn.append(key)
            return block(key, f"text of {key}")(cells, selected)

        return Item(key, draw)

    async with listing(*(counted(f"item {number}") for number in range(1000))) as (pilot, found):
        await pilot.press("end", "home")
        drawn.clear()
        await pilot.press("down", "down", "pagedown", "end", "up")
        assert found.key == "item 998"
        assert "text of item 998" in screen_text(pilot.app)
        assert len(drawn) < 200
        await pilot.resize_terminal(60, 6)
        await some_turns()
        assert "text of item 998" in screen_text(pilot.app)


async def test_through_a_long_item_line_by_line() -> None:
    async with listing(Item("long", block("LONG", LONG)), *plain("b")) as (pilot, found):
        assert "word59" not in screen_text(pilot.app)
        await pilot.press("down")
        assert found.key == "long"
        await pilot.press("pagedown", "pagedown", "pagedown")
        assert "word59" in screen_text(pilot.app)
        await pilot.press("down", "down")
        assert found.key == "b"
        await pilot.press("up")
        assert found.key == "long"
        await pilot.press("pageup", "pageup", "up", "up", "up", "up", "up")
        assert "LONG" in screen_text(pilot.app)


async def test_a_page_on_leaves_no_line_out() -> None:
    asked = [Asked(f"q{number}", f"Question {number}?", "", "x " * 60) for number in range(20)]
    async with listing(Item("long", block("LONG", LONG)), *question_items(asked), size=(40, 7)) as (pilot, found):
        seen = screen_text(pilot.app)
        for _ in range(30):
            await pilot.press("pagedown")
            seen += screen_text(pilot.app)
        assert found.key == "q19"
        for number in range(60):
            assert f"word{number}" in seen
        for number in range(20):
            assert f"Question {number}?" in seen
        for _ in range(30):
            await pilot.press("pageup")
        assert found.key == "long"
        assert "LONG" in screen_text(pilot.app)


async def test_the_cursor_stays_on_its_item_when_others_come_and_go() -> None:
    async with listing(*plain("a", "b", "c")) as (pilot, found):
        await pilot.press("down")
        found.show(plain("x", "y", "a", "b"))
        assert found.key == "b"
        found.show(plain("x", "y"))
        assert found.key == "y"
        found.show(plain("x", "y", "z"), at="z")
        assert found.key == "z"
        found.select("x")
        assert found.key == "x"
        found.select("nowhere")
        assert found.key == "x"
        found.show([])
        assert not found.keys


async def test_a_click_selects_and_says_so() -> None:
    async with listing(*plain("a", "b", "c")) as (pilot, found):
        await pilot.click(ItemList, offset=(3, 3))
        assert found.key == "b"
        await pilot.click(ItemList, offset=(3, 5))
        assert found.key == "c"
        assert isinstance(pilot.app, ListApp)
        assert pilot.app.moved == 2


async def test_a_smaller_screen_keeps_the_selected_item_in_sight() -> None:
    async with listing(*plain("a", "b", "c", "d"), size=(40, 10)) as (pilot, found):
        await pilot.press("end")
        await pilot.resize_terminal(40, 3)
        await until(lambda: "text of d" in screen_text(pilot.app))
        assert found.key == "d"


async def test_a_question_shows_its_answer_and_opened_out_what_each_would_do() -> None:
    asked = [
        Asked("a", "Is it so?", "", "yes → soon; no → later", sooner=True),
        Asked("b", "And [/] this?", "not known", "", by="said by Bo"),
    ]
    async with listing(*question_items(asked), size=(60, 12)) as (pilot, _found):
        text = screen_text(pilot.app)
        assert "▸!–         Is it so?" in text
        assert "○ 1 Yes  ○ 2 No  ○ 3 Not known" in text
        assert "yes → soon; no → later" in text
        assert "not known And [/] this?" in text
        await pilot.press("down")
        text = screen_text(pilot.app)
        assert "● 3 Not known" in text
        assert "No answer to this changes the time now." in text
        assert "said by Bo" in text


@given(st.text(), st.integers(1, 30), st.integers(1, 5))
def test_wrapped_lines_fit_and_are_clean(text: str, cells: int, most: int) -> None:
    lines = wrap(text, cells, most)
    assert 1 <= len(lines) <= most
    for line in lines:
        assert width(line) <= max(cells, 2), "a wide letter takes two cells, whatever there is"
        assert clean(line) == line


def test_wrapping_loses_nothing_while_there_is_room() -> None:
    assert wrap("one two\nthree", 7) == ["one two", "three"]
    assert wrap("abcdefgh ij", 3) == ["abc", "def", "gh", "ij"]
    assert wrap("a b c d", 3, 1) == ["a…"]
    assert wrap("", 5) == [""]
