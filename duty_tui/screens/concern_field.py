"""One labelled line to type into, with what it is read as, or why it cannot be read, beneath it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.events import DescendantBlur
from textual.widgets import Input, Static

from duty_tui.domain.typed_time import read_time
from duty_tui.widgets.entry_input import EntryInput
from duty_tui.widgets.safe import content


class Said(NamedTuple):
    """What a typed line was read as, or what is wrong with it; both empty where there is nothing to say."""

    text: str = ""
    problem: str = ""


#: Reads a typed line.
Reader = Callable[[str], Said]


class Field(Vertical):
    """A label and a line to type into; the reading stands beneath as soon as there is one, a problem once it is left.

    The input's id is the field's name.
    """

    DEFAULT_CSS = """
    Field { height: auto; }
    Field > Horizontal { height: 1; }
    Field .label { width: 15; color: $head-fg; }
    Field EntryInput { width: 1fr; height: 1; border: none; padding: 0 1; background: $surface; }
    Field EntryInput:focus { background: $row-bg; color: $row-fg; }
    Field .said { height: auto; margin-left: 15; padding: 0 1; display: none; }
    """

    def __init__(
        self, name: str, label: str, value: str = "", *, hint: str = "", read: Reader | None = None, limit: int = 500
    ) -> None:
        super().__init__(classes="field")
        self.field = name
        self._label = label
        self._read = read
        self.input = EntryInput(value, id=name, placeholder=hint, max_length=limit, compact=True)

    def compose(self) -> ComposeResult:
        """Label and line, and what is read beneath."""
        with Horizontal():
            yield Static(content(self._label), classes="label")
            yield self.input
        yield Static(classes="said")

    def rename(self, label: str) -> None:
        """Call the line something else."""
        self.query_one(".label", Static).update(content(label))

    def on_mount(self) -> None:
        """Read what the field opens with."""
        self.judge()

    @on(Input.Changed)
    def _typed(self) -> None:
        self._show(self._reading(), strict=False)

    def on_descendant_blur(self, _event: DescendantBlur) -> None:
        """Left: say what cannot be read."""
        self.judge()

    def judge(self) -> Said:
        """Read the line and show what is wrong with it, too."""
        said = self._reading()
        self._show(said, strict=True)
        return said

    def _reading(self) -> Said:
        return self._read(self.input.value) if self._read else Said()

    def _show(self, said: Said, *, strict: bool) -> None:
        problem = said.problem if strict else ""
        for line in self.query(".said").results(Static):  # none while the field is being put up, or taken down
            line.update(content(("✗ " + problem, "bold $bad")) if problem else content((said.text, "$faint")))
            line.display = bool(problem or said.text)


def time_reader(now: Callable[[], datetime], *, empty: str = "") -> Reader:
    """Reads a time as typed at `now`; an empty line means `empty`, which may be nothing."""

    def read(text: str) -> Said:
        if not text.strip():
            return Said(empty)
        found = read_time(text, now=now())
        if found.problem:
            more = " Write bst or gmt after it." if found.labels else ""
            return Said(problem=found.problem + more)
        return Said(found.text + (", time not known" if found.precision == "day" else ""))

    return read
