"""Numbers, school and a remark for one child of the form; they are put at the end of the child's line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from duty_tui.domain.identifiers import nhs_number_doubt, upn_doubt
from duty_tui.domain.times import london_date
from duty_tui.screens.concern_field import Field, Said
from duty_tui.screens.concern_form import FormDialog
from duty_tui.screens.intake_children import details_of, read_child, with_details
from duty_tui.widgets.command import Command
from duty_tui.widgets.command_screen import Back
from duty_tui.widgets.footer import KeyHints
from duty_tui.widgets.safe import content
from duty_tui.widgets.statusline import StatusLine


class Take(Command[Any, Any]):
    """Put what was typed on the child's line."""

    id, keys, label, group, priority = "child.take", "ctrl+s,f9", "take", "Child", 1
    help = "Close; what was typed stands at the end of the child's line. Enter in the last field does it too."

    def run(self, screen: ChildDetails) -> None:
        """Close with the new line."""
        screen.take()


class ChildDetails(FormDialog[None]):
    """Puts what is typed on the child's line at once, so that the form's draft has it. Check digits warn, no more."""

    CSS_PATH = "intake_child.tcss"
    HELP = "All of these may be left empty."
    ACTS: ClassVar[Any] = (Take, Back)
    LAST = "note"

    def __init__(self, line: str, put: Callable[[str], None]) -> None:
        super().__init__()
        self._line, self._put = line, put
        self._shown = line

    def compose(self) -> ComposeResult:
        """The child as read, and five fields."""
        details = details_of(self._line)
        named = read_child(self._line, 1, london_date(self.now())).in_full
        with Vertical(classes="dialogue"):
            yield Static(content((named, "bold")), classes="title")
            yield Field("nhs", "NHS number", details.get("nhs", ""), read=_nhs, limit=40)
            yield Field("upn", "UPN", details.get("upn", ""), read=_upn, limit=40)
            yield Field("case", "Case number", details.get("case", ""), limit=80)
            yield Field("school", "School", details.get("school", ""), limit=200)
            yield Field("note", "Remark", details.get("note", ""), limit=500)
            yield StatusLine()
            yield KeyHints()

    def entered_last(self) -> None:
        """Enter in the last line takes it all: nothing is recorded by it."""
        self.take()

    def on_input_changed(self, _event: Input.Changed) -> None:
        """The line as it is now."""
        if self.is_mounted:
            self._put_on_line()

    def _put_on_line(self) -> None:
        line = with_details(self._line, {field.field: field.input.value for field in self.query(Field)})
        if line != self._shown:
            self._shown = line
            self._put(line)

    def take(self) -> None:
        """Close; everything stands on the line."""
        self._put_on_line()
        self.dismiss(None)


def _nhs(text: str) -> Said:
    return Said(problem=nhs_number_doubt(text) or "")


def _upn(text: str) -> Said:
    return Said(problem=upn_doubt(text) or "")
