"""A field for a time as people type it, with what was understood read back under it."""

from __future__ import annotations

from typing import ClassVar, Self

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from duty_tui.clock import Clock
from duty_tui.domain.typed_time import Reading, read_time
from duty_tui.widgets.entry_input import EntryInput
from duty_tui.widgets.safe import content


class TimeField(Vertical):
    """A label, a field and a line under it: `→ Fri 20 Nov 2026 18:00`, or why it cannot be read, in words.

    While it is typed the line shows what is understood; what cannot be read is called a problem only when the field is
    left or submitted. Where the clocks repeat an hour the line asks which of the two is meant, and F5 changes between
    them. `clock` says what "now" and "today" are, at each keypress and when the field is left.
    """

    DEFAULT_CSS = """
    TimeField { height: auto; }
    TimeField > .time--label { height: 1; padding: 0 1; color: $faint; }
    TimeField > EntryInput.-textual-compact { padding: 0 1; background: $panel; }
    TimeField > .time--reading { height: auto; min-height: 1; max-height: 2; padding: 0 1; color: $foreground; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("f5", "other", "The other of the two", show=False)]

    class Changed(Message):
        """What the field says is understood otherwise than before."""

        def __init__(self, field: TimeField, reading: Reading) -> None:
            super().__init__()
            self.field, self.reading = field, reading

        @property
        def control(self) -> TimeField:
            """The field, for `@on` selectors."""
            return self.field

    class Typed(Message):
        """The text is another, whether it is understood or not."""

        def __init__(self, field: TimeField) -> None:
            super().__init__()
            self.field = field

        @property
        def control(self) -> TimeField:
            """The field, for `@on` selectors."""
            return self.field

    def __init__(self, label: str, clock: Clock, *, value: str = "", id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.label = label
        self.clock = clock
        self._first = value
        self._chosen: int | None = None
        self.reading = Reading()
        """What is understood: with a repeated hour, one instant once it was chosen."""

    def compose(self) -> ComposeResult:
        """The three lines."""
        yield Static(content(self.label), classes="time--label")
        yield EntryInput(self._first, compact=True, max_length=60)
        yield Static(content(), classes="time--reading")

    @property
    def text(self) -> str:
        """What was typed."""
        return self.query_one(EntryInput).value

    @text.setter
    def text(self, words: str) -> None:
        """Put `words` there as if they had been typed."""
        self.query_one(EntryInput).value = words

    def focus(self, scroll_visible: bool = True) -> Self:
        """Type here."""
        self.query_one(EntryInput).focus(scroll_visible)
        return self

    def action_other(self) -> None:
        """The other of the two instants, where the clock shows a time twice."""
        if self._both().instants[1:]:
            self._chosen = 1 if self._chosen == 0 else 0
            self._understand(patient=False)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._chosen = None
        self._understand(patient=True)
        self.post_message(self.Typed(self))

    @on(Input.Blurred)
    def _left(self, event: Input.Blurred) -> None:
        event.stop()
        self._understand(patient=False)

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self._understand(patient=False)

    def _both(self) -> Reading:
        return read_time(self.text, now=self.clock()) if self.text.strip() else Reading()

    def _understand(self, *, patient: bool) -> None:
        """Read the field again; while `patient`, what cannot be read yet is not called wrong."""
        reading = self._both()
        if self._chosen is not None and reading.instants[1:]:
            words = f"{reading.text}, {reading.labels[self._chosen]}"
            reading = Reading((reading.instants[self._chosen],), words)
        self.query_one(".time--reading", Static).update(_shown(reading, patient=patient))
        if reading != self.reading:
            self.reading = reading
            self.post_message(self.Changed(self, reading))


def _shown(reading: Reading, *, patient: bool) -> Content:
    if reading.instants[1:]:
        return content("? ", (reading.problem or "", "bold"), "  F5: ", " or ".join(reading.labels))
    if reading.problem is not None:
        return content(("" if patient else "✗ " + reading.problem, "bold $bad"))
    return content("→ ", (reading.text, "bold")) if reading.text else content()
