"""One class gives key, palette, footer and help; a key that cannot act says why; in text, letters are text."""

from __future__ import annotations

from typing import Any, ClassVar

import pytest
from textual.app import ComposeResult
from textual.command import CommandPalette
from textual.pilot import Pilot
from textual.widgets import Input, OptionList, Static

from duty_tui.errors import Refused
from duty_tui.widgets.command import AnyCommand, Command
from duty_tui.widgets.command_screen import Back, Commanded, CommandModal, CommandScreen, Help, HelpWanted, Palette
from duty_tui.widgets.footer import KeyHints
from duty_tui.widgets.key_page import help_rows, keys_page
from duty_tui.widgets.keys import key_words, why_not_key
from duty_tui.widgets.safe_app import SafeApp
from duty_tui.widgets.statusline import StatusLine
from tests.pilot import widget_text


class New(Command["Desk", "Desk"]):
    id, keys, label, group, priority = "concern.new", "n,f3", "new", "Concerns", 10
    help = "Take a concern over the telephone."
    title = "New concern"

    def run(self, screen: Desk) -> None:
        screen.done.append("new")


class Own(Command["Desk", "Desk"]):
    id, keys, label, group = "concern.own", "o", "own", "Concerns"
    help = "Take this concern on."

    def why_not(self, view: Desk) -> str | None:
        return view.refusal

    async def run(self, screen: Desk) -> None:
        screen.done.append("own")


class Break(Command["Desk", "Desk"]):
    id, keys, label, shown = "desk.break", "x", "break", False
    help = "Do what the desk refuses."

    def run(self, screen: Desk) -> None:
        raise Refused("The chair has not been named.", entry="Your entry is NOT recorded.")


class Desk(CommandScreen[None]):
    ACTS: ClassVar[tuple[type[AnyCommand], ...]] = (New, Own, Break, Back, Help, Palette)
    AUTO_FOCUS = ""

    def __init__(self) -> None:
        super().__init__()
        self.done: list[str] = []
        self.refusal: str | None = None

    def compose(self) -> ComposeResult:
        yield Input(id="text")
        yield StatusLine()
        yield KeyHints()


class Ask(CommandModal[bool]):
    ACTS = (Back,)

    def compose(self) -> ComposeResult:
        yield Static("Sure?")


class DeskApp(SafeApp[None]):
    def __init__(self) -> None:
        super().__init__()
        self.asked: list[Commanded] = []

    def get_default_screen(self) -> Desk:
        return Desk()

    def on_help_wanted(self, event: HelpWanted) -> None:
        self.asked.append(event.screen)


def desk(pilot: Pilot[None]) -> Desk:
    screen = pilot.app.screen_stack[0]
    assert isinstance(screen, Desk)
    return screen


async def test_a_letter_runs_its_command_and_so_does_its_second_key() -> None:
    async with DeskApp().run_test() as pilot:
        await pilot.press("n", "f3", "o")
        assert desk(pilot).done == ["new", "new", "own"]


async def test_in_text_a_letter_is_text_and_the_function_key_acts() -> None:
    async with DeskApp().run_test() as pilot:
        field = pilot.app.query_one(Input)
        field.focus()
        await pilot.press("n", "o", "question_mark", "f3")
        assert field.value == "no?"
        assert desk(pilot).done == ["new"]


async def test_a_refused_key_says_why_and_the_next_key_clears_it() -> None:
    async with DeskApp().run_test() as pilot:
        screen, line = desk(pilot), pilot.app.query_one(StatusLine)
        screen.refusal = "[Amara] is owned by CD; hand it over instead."
        await pilot.press("o")
        assert screen.done == []
        assert line.words == "✗ [Amara] is owned by CD; hand it over instead."
        assert widget_text(line) == [" ✗ [Amara] is owned by CD; hand it over instead."]
        await pilot.press("n")
        assert line.words == ""


async def test_an_error_of_the_desk_is_said_and_ends_nothing() -> None:
    async with DeskApp().run_test() as pilot:
        await pilot.press("x")
        assert pilot.app.query_one(StatusLine).words == "✗ The chair has not been named. Your entry is NOT recorded."


async def test_a_screen_without_a_status_line_says_it_as_a_toast() -> None:
    async with DeskApp().run_test(notifications=True) as pilot:
        await pilot.app.query_one(StatusLine).remove()
        desk(pilot).refusal = "No: [/]"
        await pilot.press("o")
        assert [note.message for note in pilot.app._notifications] == ["No: [/]"]


async def test_escape_goes_back_one_step_and_never_out() -> None:
    async with DeskApp().run_test() as pilot:
        await pilot.app.push_screen(Ask())
        assert len(pilot.app.screen_stack) == 2
        await pilot.press("escape", "escape", "escape")
        assert pilot.app.screen_stack == [desk(pilot)]
        assert pilot.app.is_running


async def test_the_persons_own_keys_are_honoured_by_id() -> None:
    async with DeskApp().run_test() as pilot:
        pilot.app.set_keymap({"concern.new": "b", "help": "f12"})
        await pilot.press("n", "b")
        assert desk(pilot).done == ["new"]
        rows = {row.id: row.keys for row in help_rows(desk(pilot))}
        assert rows["concern.new"] == "b"
        assert rows["help"] == "F12"
        await pilot.pause()
        assert widget_text(pilot.app.query_one(KeyHints))[0].startswith(" b new  o own")


async def test_help_is_asked_of_the_app() -> None:
    app = DeskApp()
    async with app.run_test() as pilot:
        await pilot.press("question_mark", "f1")
        assert app.asked == [desk(pilot), desk(pilot)]


async def test_the_palette_offers_the_commands_and_nothing_of_textuals(real_idle: None) -> None:
    async with DeskApp().run_test() as pilot:
        await pilot.press("colon")
        assert isinstance(pilot.app.screen, CommandPalette)
        await pilot.pause()
        offered = pilot.app.screen.query_one(OptionList)
        titles = [str(offered.get_option_at_index(at).prompt).splitlines()[0] for at in range(offered.option_count)]
        assert titles == ["New concern", "Own", "Break", "Back", "Help"]
        await pilot.press(*"telephone")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert desk(pilot).done == ["new"]


async def test_help_rows_give_the_reason_of_the_moment() -> None:
    async with DeskApp().run_test() as pilot:
        desk(pilot).refusal = "Not yours."
        rows = help_rows(desk(pilot))
        assert [row.group for row in rows] == ["Concerns"] * 2 + ["General"] + ["Everywhere"] * 3
        assert [row.reason for row in rows] == [None, "Not yours.", None, None, None, None]
        assert rows[0][:5] == (
            "concern.new",
            "Concerns",
            "n  F3",
            "New concern",
            "Take a concern over the telephone.",
        )


def test_the_page_of_keys_is_made_from_the_commands() -> None:
    page = keys_page([("The desk", Desk), ("A question", Ask)])
    assert "## The desk" in page
    assert "| n  F3 | New concern | Take a concern over the telephone. | `concern.new` |" in page
    assert page.count("| Esc | Back |") == 2
    assert page.endswith("|\n")


@pytest.mark.parametrize(
    "key",
    ["ctrl+h", "ctrl+i", "ctrl+m", "ctrl+j", "ctrl+b", "alt+1", "f6", "f7", "f11", "f13", "f24", "", "n,ctrl+h"],
)
def test_a_key_that_terminals_swallow_is_refused_where_the_class_is_defined(key: str) -> None:
    if key:
        body: dict[str, Any] = {"id": "a.b", "keys": key, "label": "x", "help": "Does."}
        with pytest.raises(ValueError, match="cannot be a command"):
            type("Wrong", (Command,), body)
    assert any(why_not_key(one) for one in key.split(","))


@pytest.mark.parametrize("key", ["n", "f3", "f10", "f12", "ctrl+s", "question_mark", "W", "alt+x"])
def test_other_keys_may_be_commands(key: str) -> None:
    assert why_not_key(key) is None


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"id": "New Concern"}, "is not of the form"),
        ({"label": "far too long"}, "1 to 8 cells"),
        ({"label": ""}, "1 to 8 cells"),
        ({"help": "no sentence"}, "must be a sentence"),
    ],
)
def test_a_half_described_command_is_refused(change: dict[str, str], words: str) -> None:
    body: dict[str, Any] = {"id": "a.b", "keys": "n", "label": "x", "help": "Does."} | change
    with pytest.raises(ValueError, match=words):
        type("Wrong", (Command,), body)


def test_a_command_without_keys_is_reached_by_the_palette_only() -> None:
    class Rare(Command[Any, Any]):
        id, label, help = "rare", "rare", "Seldom."

    assert Rare.bindings() == []
    assert Rare.title == "Rare"
    with pytest.raises(NotImplementedError):
        Rare().run(None)


def test_a_common_ground_for_commands_is_no_command() -> None:
    class Recording(Command[Any, Any]):
        group = "Record"

    class Note(Recording):
        id, keys, label, help = "note", "f9", "note", "Note something."

    class Long(Note):
        help = "Note something at length."

    assert (Note.group, Note.title, Long.title) == ("Record", "Note", "Note")


def test_two_commands_may_not_share_a_key_or_a_name() -> None:
    class Other(Command[Any, Any]):
        id, keys, label, help = "other", "n", "other", "Does."

    class Twin(Command[Any, Any]):
        id, label, help = "other", "twin", "Does."

    with pytest.raises(ValueError, match=r"concern\.new and other both have the key n"):
        type("Bad", (CommandScreen,), {"ACTS": (New, Other)})
    with pytest.raises(ValueError, match="two commands are called other"):
        type("Bad", (CommandScreen,), {"ACTS": (Other, Twin)})


def test_a_screen_may_replace_a_command_of_its_base() -> None:
    class OtherNew(New):
        label = "take"

    class Other(Desk):
        ACTS = (OtherNew,)

    assert [act.label for act in Other.acts()][:2] == ["take", "own"]
    assert len(Other.acts()) == len(Desk.acts())


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("n", "n"),
        ("f3", "F3"),
        ("ctrl+s", "^s"),
        ("question_mark", "?"),
        ("slash", "/"),
        ("colon", ":"),
        ("enter", "↵"),
        ("escape", "Esc"),
        ("shift+tab", "Shift+Tab"),
        ("W", "W"),
    ],
)
def test_keys_are_written_as_on_the_keyboard(key: str, words: str) -> None:
    assert key_words(key) == words
