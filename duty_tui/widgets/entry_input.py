"""Fields to type into, mended: undo, a backspace by the word, clean pastes that are kept whole or refused aloud."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar

from textual.binding import Binding, BindingType
from textual.document._document import EditResult
from textual.document._edit import Edit
from textual.events import Paste
from textual.geometry import Size
from textual.reactive import reactive
from textual.widgets import Input, TextArea

from duty_tui.domain.text import strip_controls
from duty_tui.widgets.edit_history import EditHistory
from duty_tui.widgets.statusline import Refusal


def _too_long(limit: int) -> Refusal:
    return Refusal(f"No more than {limit:,} characters fit here. Nothing was changed.")


class EntryInput(Input):
    """One line of text.

    Textual's Input (8.2.8) has no undo, deletes to the right on Ctrl+Backspace, takes only the first line of a paste,
    and rings a bell when something is too long; here a paste is one line whole, and a refusal is said in words.
    Whatever is typed, pasted or set loses its control characters. The cursor does not blink.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+z", "undo", "Undo", show=False),
        Binding("ctrl+y,ctrl+shift+z", "redo", "Redo", show=False),
        Binding("ctrl+backspace,alt+backspace", "delete_left_word", "Delete the word before", show=False),
        Binding("ctrl+delete", "delete_right_word", "Delete the word after", show=False),
    ]

    #: Textual's Input lays the whole screen out anew at every key, since its text has another width then; what is seen
    #: of it has not, and beside a long list or log that is the dearest part of a key.
    virtual_size = reactive(Size(0, 0), layout=False)

    def __init__(self, value: str = "", **kwargs: Any) -> None:
        self._history = EditHistory()
        self._stepping = True  # the value a field opens with is not an edit
        kwargs.setdefault("select_on_focus", False)  # or the first key in a field come back to would replace it all
        super().__init__(strip_controls(value), **kwargs)
        self._stepping = False
        self.set_reactive(Input.cursor_blink, False)

    def validate_value(self, value: str) -> str:
        """The door: nothing a terminal would obey or hide gets into the field."""
        return strip_controls(value)

    def watch_value(self, old: str, new: str) -> None:
        """Remember `old` for undo."""
        if not self._stepping:
            self._history.record(old, new)

    def action_undo(self) -> None:
        """Take the last edit back."""
        self._step_to(self._history.undo(self.value, self.cursor_position))

    def action_redo(self) -> None:
        """Do again what was taken back."""
        self._step_to(self._history.redo(self.value, self.cursor_position))

    def _step_to(self, state: tuple[str, int] | None) -> None:
        if state is None:
            return
        self._stepping = True
        self.value, self.cursor_position = state
        self._stepping = False

    def on_paste(self, event: Paste) -> None:
        """The whole paste on one line, or nothing of it."""
        event.stop()
        event.prevent_default()
        self.replace(strip_controls(event.text.rstrip("\r\n")), *self.selection)

    def action_paste(self) -> None:
        """What was cut or copied here; as a paste."""
        self.replace(strip_controls(self.app.clipboard), *self.selection)

    def restricted(self) -> None:
        """Something did not fit: say so."""
        self.post_message(_too_long(self.max_length) if self.max_length else Refusal("That cannot stand here."))


class NotesArea(TextArea):
    """Several lines of text; Tab goes to the next field.

    `max_length` in characters: what would go beyond it is refused aloud, nothing is cut. Whatever is typed, pasted or
    loaded loses its control characters, line breaks apart. The cursor does not blink.
    """

    def __init__(self, text: str = "", *, max_length: int = 100_000, **kwargs: Any) -> None:
        self.max_length = max_length
        super().__init__(strip_controls(text, lines=True), tab_behavior="focus", **kwargs)
        self.set_reactive(TextArea.cursor_blink, False)

    def edit(self, edit: Edit) -> EditResult:
        """Every change by hand or paste comes through here, and is cleaned or refused whole."""
        text = strip_controls(edit.text, lines=True)
        gone = len(self.get_text_range(edit.top, edit.bottom))
        if len(text) > gone and len(self.text) - gone + len(text) > self.max_length:
            self.post_message(_too_long(self.max_length))
            return EditResult(self.cursor_location, "")
        return super().edit(replace(edit, text=text))

    def load_text(self, text: str) -> None:
        """Show `text` instead, cleaned; what was there cannot be undone to."""
        super().load_text(strip_controls(text, lines=True))
