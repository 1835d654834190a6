"""Adding a child to a concern, or correcting one: the same line as on the form, read live."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from duty_tui.domain.commands import RecordChild
from duty_tui.domain.concern import Concern
from duty_tui.domain.times import london_date
from duty_tui.screens.concern_ask import Ask, Commit, Way
from duty_tui.screens.concern_field import Field, Said
from duty_tui.screens.concern_form import FormDialog
from duty_tui.screens.drafted import Behind, Drafted
from duty_tui.screens.intake_children import line_of, read_child
from duty_tui.widgets.command_screen import Back
from duty_tui.widgets.footer import KeyHints
from duty_tui.widgets.safe import content, elide
from duty_tui.widgets.statusline import StatusLine

_HOW = "Name, date of birth or “unborn due” and the day, f or m; then  nhs: …  upn: …  case: …  school: …  note: …"


class ChildDialog(Drafted, FormDialog[bool]):
    """Dismissed with True once it is on the disk."""

    CSS_PATH = "concern_child.tcss"
    HELP = _HOW
    ACTS: ClassVar[Any] = (Commit, Back)
    LAST = "reason"

    def __init__(self, behind: Behind, recorded: Concern, number: int | None) -> None:
        super().__init__(behind, f"child {number or 'new'}")
        self._recorded = recorded
        self._child = recorded.child(number) if number is not None else None
        self._number = number or max((child.number for child in recorded.children), default=0) + 1

    def compose(self) -> ComposeResult:
        """One line, its reading, and the reason for a correction."""
        act = "CORRECT A CHILD" if self._child else "ADD A CHILD"
        with Vertical(classes="dialogue"):
            yield Static(content((elide(f"{act} · {self.behind.about}", 68), "bold $key-fg")), classes="title")
            yield Static(content((_HOW, "$faint")))
            yield Field("child", "Child", line_of(self._child) if self._child else "", read=self._said, limit=2000)
            yield Field("reason", "Why", hint="needed for a correction" if self._child else "may be left empty")
            yield StatusLine()
            yield KeyHints()

    def on_mount(self) -> None:
        """To the line."""
        self.query_one("#child").focus()

    def _read(self, text: str) -> Any:
        return read_child(text, self._number, london_date(self.now()))

    def _said(self, text: str) -> Said:
        if not text.strip():
            return Said()
        read = self._read(text)
        return Said(" — ".join((read.in_full, *read.doubts)), read.problem)

    def commit(self) -> None:
        """Record the child, after asking where something looks wrong."""
        line, reason = (self.query_one(f"#{name}", Input).value.strip() for name in ("child", "reason"))
        read = self._read(line)
        if not line or read.problem:
            self.query_one("#child").focus()
            self.refuse(read.problem or "Write the child's name; “?” when it is not known.")
            return
        if self._child and not reason:
            self.query_one("#reason").focus()
            self.refuse("Changing a child's details needs a reason.")
            return
        command = RecordChild(child=read.child, reason=reason, adds=self._child is None)
        doubts = command.doubts(self._recorded, self.now())
        if doubts:
            ways = [Way("1", "record", "Record it as it stands"), Way("2", "change", "Go back")]
            asked = Ask("Record this child?", [read.in_full, *doubts], ways)
            self.app.push_screen(asked, lambda way: self._commit(command) if way == "record" else None)
        else:
            self._commit(command)

    def _commit(self, command: RecordChild) -> None:
        if not self.done:
            self.begin(self.record(command, "child"))
