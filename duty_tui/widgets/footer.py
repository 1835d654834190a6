"""One line of key hints that fits the width: the commands that matter most, and `?` always last."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from textual.content import Content
from textual.events import Resize
from textual.screen import Screen
from textual.widget import Widget

from duty_tui.widgets.command_screen import Commanded
from duty_tui.widgets.keys import key_words
from duty_tui.widgets.safe import Part, content, width

_GAP = 2


class Hint(NamedTuple):
    """One key and what it does; `priority` lowest stays longest, `refused` is drawn faint."""

    key: str
    label: str
    priority: int
    refused: bool = False

    @property
    def cells(self) -> int:
        """How many cells it takes."""
        return width(self.key) + 1 + width(self.label)


def choose(hints: Sequence[Hint], last: Hint | None, cells: int) -> list[Hint]:
    """The hints that fit in `cells`, in the order given, `last` kept whatever else goes.

    A hint that does not fit makes way for a shorter one of less weight rather than leave its room empty.
    """
    room = cells - 1 - (last.cells if last else 0)
    kept: set[int] = set()
    for at, hint in sorted(enumerate(hints), key=lambda one: one[1].priority):
        needs = hint.cells + (_GAP if kept or last else 0)
        if needs <= room:
            room -= needs
            kept.add(at)
    return [hint for at, hint in enumerate(hints) if at in kept] + ([last] if last else [])


def draw(hints: Sequence[Hint], cells: int) -> Content:
    """The line as drawn, never wider than `cells`; where not even one hint fits, its key alone."""
    parts: list[Part] = []
    for hint in hints:
        parts += [" " * (_GAP if parts else 1), (hint.key, "bold $key-fg")]
        parts += [" ", (hint.label, "$faint" if hint.refused else "")]
    line = content(*parts)
    if line.cell_length <= cells:
        return line
    return content((hints[-1].key, "bold $key-fg")) if hints and cells else content("")


class KeyHints(Widget):
    """The hints of the screen's commands, with the keys that act where the focus is now.

    While text has focus bare letters are text, so a command with a function key besides shows that one, and a command
    without one is not hinted at. A command that would be refused now stays, faint: pressing it says why.
    """

    DEFAULT_CSS = """
    KeyHints { height: 1; background: $head-bg; color: $head-fg; }
    """

    _line: Content = content("")

    def on_mount(self) -> None:
        """Follow the focus and the keymap."""
        self.screen.bindings_updated_signal.subscribe(self, self._bindings_updated)
        self.show_hints()

    def on_resize(self, _event: Resize) -> None:
        """Choose again for the new width."""
        self.show_hints()

    def _bindings_updated(self, _screen: Screen[object]) -> None:
        self.show_hints()

    def show_hints(self) -> None:
        """Ask the screen again; paints only when the line changes."""
        if not isinstance(self.screen, Commanded) or not self.is_attached:
            return
        line = draw(self._chosen(self.screen), self.size.width)
        if (line.plain, line.spans) != (self._line.plain, self._line.spans):  # Content compares its words only
            self._line = line
            self.refresh()

    def render(self) -> Content:
        """The line chosen last."""
        return self._line

    def _chosen(self, screen: Commanded) -> list[Hint]:
        active: dict[str, set[str]] = {}
        for pressed, bound in screen.active_bindings.items():
            if not _is_typed(screen.focused, pressed):
                active.setdefault(bound.binding.id or "", set()).add(pressed)
        hints: list[Hint] = []
        last: Hint | None = None
        for act in screen.acts():
            key = next((key for key in act.key_list(screen.keymap) if key in active.get(act.id, ())), None)
            if key is None or not act.hinted(screen.view):
                continue
            hint = Hint(key_words(key), act.label, act.priority, screen.why_not(act.id) is not None)
            if act.id == "help":
                last = hint
            else:
                hints.append(hint)
        return choose(hints, last, self.size.width)


def _is_typed(focused: Widget | None, key: str) -> bool:
    """Whether `key` is text where the focus is. Textual asks the same, but does not know "slash" for a character."""
    letter = key_words(key)
    return focused is not None and len(letter) == 1 and focused.check_consume_key(key, letter)
