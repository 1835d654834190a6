"""What can be done here, from where the cursor is outward; searched as one types, and run with Enter."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from duty_tui.domain.text import fold
from duty_tui.screens.desk_screen import DeskScreen
from duty_tui.widgets.command import AnyCommand, Command
from duty_tui.widgets.command_screen import Back, Commanded
from duty_tui.widgets.entry_input import EntryInput
from duty_tui.widgets.footer import KeyHints
from duty_tui.widgets.key_page import HelpRow, help_rows
from duty_tui.widgets.keys import key_words
from duty_tui.widgets.safe import content, fit
from duty_tui.widgets.statusline import StatusLine
from duty_tui.widgets.title_bar import TitleBar

_KEYS, _TITLE = 14, 18
_SIDEWAYS = ("Scroll Left", "Scroll Right", "Page Left", "Page Right")
#: What a widget's own keys are called: by class name, nearest ancestor first.
_PLACES = {
    "QueueList": "In the list",
    "Input": "In a line of text",
    "TextArea": "In a text",
    "OptionList": "In the list",
}


class Run(Command["HelpScreen", "HelpScreen"]):
    """Run the command found."""

    id, keys, label, group, priority = "help.run", "enter", "run it", "Help", 10
    help = "Run the command the cursor is on."

    def run(self, screen: HelpScreen) -> None:
        """Close help and run it."""
        screen.run_found()


class Found(NamedTuple):
    """A command that can be run from here, or a key that only acts where the cursor was (`act` empty)."""

    row: HelpRow
    act: str


def here(screen: Commanded, focused: Widget | None) -> Iterator[Found]:
    """What `screen` can do, beginning with the keys of the widget that has the focus and going outward."""
    ids = {act.id for act in screen.acts()}
    node = focused
    while node is not None and not isinstance(node, Screen):
        place = next((_PLACES[kind.__name__] for kind in type(node).__mro__ if kind.__name__ in _PLACES), "Here")
        for words, keys in _own_keys(node, ids).items():
            yield Found(HelpRow("", place, "  ".join(keys[:3]), words, ""), "")
        node = node.parent if isinstance(node.parent, Widget) else None
    for row in help_rows(screen):
        yield Found(row, row.id)


def _own_keys(node: Widget, ids: set[str]) -> dict[str, list[str]]:
    """The described keys of one widget that are no commands of the screen, by what they do."""
    found: dict[str, list[str]] = {}
    for bindings in node._bindings.key_to_bindings.values():
        for binding in bindings:
            if binding.description and binding.id not in ids and not binding.description.startswith(_SIDEWAYS):
                found.setdefault(binding.description, []).append(key_words(binding.key))
    return found


class HelpScreen(DeskScreen[str]):
    """Explains `of`, the screen beneath. Answers the id of the command to run there, or None."""

    ACTS: ClassVar[tuple[type[AnyCommand], ...]] = (Run, Back)
    AUTO_FOCUS = "EntryInput"
    HEADING = "HELP"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "step(1)", "Next", show=False),
        Binding("up", "step(-1)", "Previous", show=False),
    ]
    DEFAULT_CSS = """
    HelpScreen > #about { height: auto; padding: 0 1; color: $faint; }
    HelpScreen > EntryInput { padding: 0 1; background: $surface; }
    HelpScreen > #in-full { height: 2; padding: 0 1; background: $surface; }
    HelpScreen > OptionList { height: 1fr; border: none; padding: 0; background: $background;
        scrollbar-size-vertical: 1; text-wrap: nowrap; text-overflow: ellipsis; }
    HelpScreen > OptionList > .option-list--option-highlighted { background: $row-bg; color: $row-fg;
        text-style: $row-style; }
    HelpScreen > OptionList:nocolor > .option-list--option-highlighted { text-style: bold reverse; }
    """

    def __init__(self, of: Commanded) -> None:
        super().__init__()
        self._of = of
        self._found = tuple(here(of, of.focused))

    def compose(self) -> ComposeResult:
        """What the screen is for, the field, and what is found."""
        yield TitleBar()
        yield Static(content(self._of.HELP or "What can be done here."), id="about")
        yield EntryInput(placeholder="Type to search; ↑ ↓ choose, Enter runs", max_length=80, compact=True)
        yield OptionList(markup=False)
        yield Static(content(""), id="in-full")
        yield StatusLine()
        yield KeyHints()

    def on_mount(self) -> None:
        """Everything, before anything is typed."""
        self.query_one(OptionList).can_focus = False
        self._show("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Only what holds every word typed."""
        self._show(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in the field runs what the cursor is on."""
        event.stop()
        self.run_found()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click runs it too."""
        event.stop()
        self.run_found()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """The whole of what the line had no room for."""
        found = next((found for found in self._found if found.act and found.act == event.option_id), None)
        row = found.row if found else None
        said = f"{row.help} {'Not now: ' + row.reason if row.reason else ''}" if row else ""
        self.query_one("#in-full", Static).update(content(said))

    def action_step(self, by: int) -> None:
        """The next or the previous thing found."""
        found = self.query_one(OptionList)
        found.action_cursor_down() if by > 0 else found.action_cursor_up()

    def run_found(self) -> None:
        """Close, answering what to run; say why not where there is nothing to run."""
        found = self.query_one(OptionList)
        option = found.highlighted_option
        if option is None or not option.id:
            self.refuse(
                "That key acts where the cursor was; go back and press it there." if option else "Nothing found."
            )
            return
        self.dismiss(option.id)

    def _show(self, typed: str) -> None:
        words = fold(typed).split()
        options: list[Option] = []
        group = ""
        for found in self._found:
            row = found.row
            text = fold(f"{row.title} {row.help} {row.group} {row.keys}")
            if not all(word in text for word in words):
                continue
            if row.group != group:
                group = row.group
                options.append(Option(content((" " + group, "bold $key-fg")), disabled=True))
            options.append(Option(_drawn(row), id=found.act or None))
        listed = self.query_one(OptionList)
        listed.clear_options()
        listed.add_options(options)
        runs = [at for at, option in enumerate(options) if option.id]
        listed.highlighted = runs[0] if runs and words else (1 if options else None)


def _drawn(row: HelpRow) -> Content:
    said = (f"not now: {row.reason}", "$faint") if row.reason else row.help
    return content("  ", (fit(row.keys, _KEYS), "bold"), fit(row.title, _TITLE), " ", said)
