"""Putting right what was taken down: when it came, who called, what happened; always with the reason."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from duty_tui.domain.commands import CorrectDetails
from duty_tui.domain.concern import Concern
from duty_tui.domain.typed_time import read_time
from duty_tui.screens.choice_line import CAME_IN, ChoiceLine
from duty_tui.screens.concern_ask import Commit
from duty_tui.screens.concern_field import Field, time_reader
from duty_tui.screens.concern_form import FormDialog
from duty_tui.screens.dialogue_draft import written
from duty_tui.screens.drafted import Behind, Drafted
from duty_tui.widgets.choice import Choice
from duty_tui.widgets.command_screen import Back
from duty_tui.widgets.entry_input import NotesArea
from duty_tui.widgets.footer import KeyHints
from duty_tui.widgets.safe import content, elide
from duty_tui.widgets.statusline import StatusLine

_CALLER = ("name", "role", "agency", "telephone")
_TIMES = ("received", "identified")


class CorrectDialog(Drafted, FormDialog[bool]):
    """Opens with what is recorded; what is changed is recorded, the rest is left alone."""

    CSS_PATH = "concern_correct.tcss"
    HELP = "Change what is wrong, say why, and press Ctrl+S. What was said before stays in the timeline."
    ACTS: ClassVar[Any] = (Commit, Back)
    LAST = "reason"

    def __init__(self, behind: Behind, recorded: Concern) -> None:
        super().__init__(behind, "fix")
        self._recorded = recorded
        caller = recorded.caller
        self._before = {
            "received": written(recorded.received),
            "identified": written(recorded.identified),
            **{name: str(getattr(caller, name)) for name in _CALLER},
            "happened": recorded.happened,
            "what": recorded.what,
        }

    def compose(self) -> ComposeResult:
        """How it came in, seven lines, the account, and the reason."""
        came = "Received" if self._recorded.referred else "Came up"
        labels = {"received": came, "identified": "Identified", "name": "Caller", "role": "Role",
                  "agency": "Agency", "telephone": "Telephone", "happened": "When it was"}  # fmt: skip
        with Vertical(classes="dialogue"):
            yield Static(content((elide(f"FIX · {self.behind.about}", 68), "bold $key-fg")), classes="title")
            came_in = ChoiceLine("referred", "Came in as", CAME_IN)
            came_in.choice.answer(self._recorded.referred)
            yield came_in
            for name, label in labels.items():
                reader = time_reader(self.now) if name in _TIMES else None
                yield Field(name, label, self._before[name], read=reader)
            yield Static(content("What happened"))
            yield NotesArea(self._before["what"], id="what", compact=True)
            yield Field("reason", "Why corrected", hint="needed")
            yield StatusLine()
            yield KeyHints()

    def on_mount(self) -> None:
        """To the first line."""
        self.query_one("#received").focus()

    def _typed(self) -> dict[str, str]:
        typed = {field.field: field.input.value.strip() for field in self.query(Field)}
        typed["what"] = self.query_one(NotesArea).text.strip()
        return typed

    def commit(self) -> None:
        """Record what was changed."""
        typed = self._typed()
        changed = {
            name: text for name, text in typed.items() if name != "reason" and text != self._before[name].strip()
        }
        emptied = [name for name in _TIMES if name in changed and not changed[name]]
        wrong = [name for name in _TIMES if changed.get(name) and self._instant(changed[name]) is None]
        if wrong or emptied:
            self.query_one(f"#{(wrong or emptied)[0]}").focus()
            self.refuse("That time cannot be read." if wrong else "A time can be corrected here, not taken away.")
        elif not changed and self._referred is None:
            self.refuse("Nothing is changed yet.")
        elif not typed["reason"]:
            self.query_one("#reason").focus()
            self.refuse("A correction needs its reason: say in a few words why.")
        elif not self.done:
            self.begin(self.record(self._command(changed, typed["reason"]), "corrected"))

    @property
    def _referred(self) -> bool | None:
        """Whether it was referred, where that is said otherwise than before; taken back it stays as it was."""
        said = self.query_one("#referred", Choice).value
        return None if said == self._recorded.referred else said

    def _instant(self, text: str) -> Any:
        return read_time(text, now=self.now()).instant

    def _command(self, changed: dict[str, str], reason: str) -> CorrectDetails:
        given: dict[str, Any] = {name: self._instant(changed[name]) for name in _TIMES if name in changed}
        given |= {name: changed[name] for name in ("happened", "what") if name in changed}
        if "received" in changed:
            given["received_precision"] = read_time(changed["received"], now=self.now()).precision
        caller = {name: changed[name] for name in _CALLER if name in changed}
        if caller:
            given["caller"] = self._recorded.caller.model_copy(update=caller)
            given["of_caller"] = tuple(caller)
        return CorrectDetails(reason=reason, referred=self._referred, **given)

    def to_keep(self, fields: dict[str, str], now: datetime) -> dict[str, str]:
        """As typed; a time counted from now as the moment it was taken for, which stays what it is."""
        kept = super().to_keep(fields, now)
        for name in _TIMES:
            reading = read_time(kept.get(name, ""), now=now)
            if reading.instant and reading.precision == "minute":
                kept[name] = written(reading.instant)
        return kept
