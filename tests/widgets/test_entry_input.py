"""Typing can be undone, a paste is whole or refused aloud, and nothing unseen gets in."""

from __future__ import annotations

import pytest
from textual.app import ComposeResult
from textual.events import Paste
from textual.geometry import Region
from textual.pilot import Pilot

from duty_tui.widgets.command_screen import CommandScreen
from duty_tui.widgets.entry_input import EntryInput, NotesArea
from duty_tui.widgets.guarded import PasteDropped
from duty_tui.widgets.safe_app import SafeApp
from duty_tui.widgets.statusline import StatusLine
from tests.pilot import screen_text, some_turns, until


class Form(CommandScreen[None]):
    def compose(self) -> ComposeResult:
        yield EntryInput(max_length=40, id="short")
        yield EntryInput("as \x1bit was", id="long")
        yield NotesArea("first\r\nsecond\u200b", max_length=60)
        yield StatusLine()


class FormApp(SafeApp[None]):
    def get_default_screen(self) -> Form:
        return Form()


def field(pilot: Pilot[None], which: str = "#short") -> EntryInput:
    return pilot.app.query_one(which, EntryInput)


def area(pilot: Pilot[None]) -> NotesArea:
    return pilot.app.query_one(NotesArea)


def said(pilot: Pilot[None]) -> str:
    return pilot.app.query_one(StatusLine).words


async def focus(pilot: Pilot[None], widget: EntryInput | NotesArea) -> None:
    widget.focus()
    await until(lambda: pilot.app.focused is widget)


async def paste(pilot: Pilot[None], text: str) -> None:
    pilot.app.post_message(Paste(text))
    await some_turns()


async def test_typing_is_undone_by_the_word_and_done_again() -> None:
    async with FormApp().run_test() as pilot:
        await pilot.press(*"two", "space", *"words")
        assert field(pilot).value == "two words"
        for value in ("two", "", ""):
            await pilot.press("ctrl+z")
            assert field(pilot).value == value
        await pilot.press("ctrl+y", "ctrl+y", "ctrl+y")
        assert field(pilot).value == "two words"
        assert field(pilot).cursor_position == len("two words")


async def test_what_was_taken_back_is_forgotten_once_something_else_is_typed() -> None:
    async with FormApp().run_test() as pilot:
        await pilot.press(*"one", "ctrl+z", *"two", "ctrl+y")
        assert field(pilot).value == "two"


async def test_deleting_and_replacing_are_undone_too() -> None:
    async with FormApp().run_test() as pilot:
        await pilot.press(*"abc", "left", "backspace")
        assert field(pilot).value == "ac"
        await pilot.press("ctrl+z")
        assert field(pilot).value == "abc"
        await pilot.press("ctrl+shift+a", "x", "ctrl+z")
        assert field(pilot).value == "abc"


async def test_the_value_a_field_opens_with_is_not_undone() -> None:
    async with FormApp().run_test() as pilot:
        await focus(pilot, field(pilot, "#long"))
        await pilot.press("ctrl+z")
        assert field(pilot, "#long").value == "as it was"


@pytest.mark.parametrize(
    ("keys", "value"),
    [
        (["ctrl+backspace"], "one two "),
        (["alt+backspace"], "one two "),
        (["home", "ctrl+delete"], "two three"),
    ],
)
async def test_a_word_is_deleted_on_the_side_the_key_says(keys: list[str], value: str) -> None:
    async with FormApp().run_test() as pilot:
        field(pilot).value = "one two three"
        await pilot.press("end", *keys)
        assert field(pilot).value == value


async def test_a_paste_is_one_line_whole_and_clean() -> None:
    async with FormApp().run_test() as pilot:
        await paste(pilot, "O'Neill\x1b[31m\r\n[Jay]\u202e To\u0301ms\n")
        assert field(pilot).value == "O'Neill[31m [Jay] Tóms"
        await pilot.press("ctrl+z")
        assert field(pilot).value == ""


async def test_a_paste_that_does_not_fit_is_refused_aloud_and_changes_nothing() -> None:
    async with FormApp().run_test() as pilot:
        await pilot.press(*"kept")
        await paste(pilot, "x" * 50_000)
        assert field(pilot).value == "kept"
        assert said(pilot) == "✗ No more than 40 characters fit here. Nothing was changed."
        await focus(pilot, field(pilot, "#long"))
        await pilot.press("end")
        await paste(pilot, "y" * 50_000)
        assert field(pilot, "#long").value == "as it was" + "y" * 50_000


async def test_typing_beyond_the_end_is_refused_aloud() -> None:
    async with FormApp().run_test() as pilot:
        field(pilot).value = "x" * 40
        await pilot.press("end", "y")
        assert field(pilot).value == "x" * 40
        assert "No more than 40" in said(pilot)


async def test_what_may_not_stand_there_is_refused_in_words() -> None:
    async with FormApp().run_test() as pilot:
        field(pilot, "#long").restrict = "[a-z ]*"
        await focus(pilot, field(pilot, "#long"))
        await pilot.press("end", "9")
        assert said(pilot) == "✗ That cannot stand here."


async def test_coming_back_to_a_field_replaces_nothing() -> None:
    async with FormApp().run_test() as pilot:
        await pilot.press(*"kept", "tab", "shift+tab", "x")
        assert field(pilot).value == "keptx"


async def test_cut_and_paste_within_the_program() -> None:
    async with FormApp().run_test() as pilot:
        await pilot.press(*"abc", "ctrl+shift+a", "ctrl+x")
        assert field(pilot).value == ""
        await pilot.press("ctrl+v", "ctrl+v")
        assert field(pilot).value == "abcabc"


async def test_no_cursor_blinks_and_the_terminals_own_is_where_text_goes() -> None:
    async with FormApp().run_test() as pilot:
        assert not field(pilot).cursor_blink
        assert not area(pilot).cursor_blink
        await pilot.press(*"abc")
        assert pilot.app.cursor_position == field(pilot).cursor_screen_offset


async def test_notes_are_several_clean_lines() -> None:
    async with FormApp().run_test() as pilot:
        notes = area(pilot)
        assert notes.text == "first\nsecond"
        await focus(pilot, notes)
        notes.move_cursor(notes.document.end)
        await pilot.press("enter", "x")
        await paste(pilot, "y\x1b\r\nz\u2028\ttail")
        assert notes.text == "first\nsecond\nxy\nz\n tail"
        await pilot.press("ctrl+z")
        assert notes.text == "first\nsecond\nx"
        notes.load_text("new\x07")
        assert notes.text == "new"


async def test_notes_that_do_not_fit_are_refused_whole_and_less_is_always_allowed() -> None:
    async with FormApp().run_test() as pilot:
        notes = area(pilot)
        await focus(pilot, notes)
        await paste(pilot, "x" * 100)
        assert notes.text == "first\nsecond"
        assert said(pilot) == "✗ No more than 60 characters fit here. Nothing was changed."
        notes.load_text("x" * 60)
        notes.move_cursor(notes.document.end)
        await pilot.press("y")
        assert notes.text == "x" * 60
        await pilot.press("backspace", "y")
        assert notes.text == "x" * 59 + "y"


async def test_tab_leaves_the_notes() -> None:
    async with FormApp().run_test() as pilot:
        await focus(pilot, area(pilot))
        await pilot.press("shift+tab")
        assert pilot.app.focused is field(pilot, "#long")
        await pilot.press("tab", "tab")
        assert pilot.app.focused is field(pilot)
        assert area(pilot).text == "first\nsecond"


async def test_a_paste_that_came_as_keys_is_told() -> None:
    async with FormApp().run_test() as pilot:
        pilot.app.screen.post_message(PasteDropped(7))
        await some_turns()
        assert said(pilot) == "✗ 7 keys came faster than a hand types and were not taken for commands."


async def test_a_key_is_drawn_without_laying_the_screen_out_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    async with FormApp().run_test(size=(30, 10)) as pilot:
        await focus(pilot, field(pilot, "#long"))
        entry, laid_out = field(pilot, "#long"), list[object]()
        refresh = entry.refresh

        def counted(*regions: Region, **how: bool) -> EntryInput:
            laid_out.extend([how] if how.get("layout") else [])
            return refresh(*regions, **how)

        monkeypatch.setattr(entry, "refresh", counted)
        await pilot.press("_")
        laid_out.clear()  # what the focus set off may have come only now
        await pilot.press(*"and_now_more_than_fits_here")
        assert entry.value.endswith("more_than_fits_here")
        assert laid_out == []


async def test_the_end_of_a_text_longer_than_its_field_is_in_sight() -> None:
    async with FormApp().run_test(size=(30, 10)) as pilot:
        await focus(pilot, field(pilot, "#long"))
        await pilot.press(*"and_now_more_than_fits_here")
        await until(lambda: "fits_here" in screen_text(pilot.app))
        assert "as it was" not in screen_text(pilot.app)
        await pilot.press("home")
        await until(lambda: "as" in screen_text(pilot.app))
        await pilot.press("end", *["backspace"] * 27)
        await until(lambda: "it was" in screen_text(pilot.app))
