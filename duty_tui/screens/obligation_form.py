"""The ground of the dialogues about one thing owed: their head, when it was, and what is asked before recording."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from duty_tui.domain.commands import Command
from duty_tui.domain.times import moment_words
from duty_tui.errors import DutyError
from duty_tui.screens.concern_ask import Ask, Commit, Way
from duty_tui.screens.concern_form import FormDialog
from duty_tui.screens.dialogue_draft import written
from duty_tui.screens.drafted import Behind, Drafted
from duty_tui.views.obligation import ObligationLine
from duty_tui.widgets.command_screen import Back
from duty_tui.widgets.footer import KeyHints
from duty_tui.widgets.safe import content, elide, lines
from duty_tui.widgets.statusline import StatusLine
from duty_tui.widgets.time_field import TimeField
from duty_tui.widgets.wrapping import wrap

_CELLS = 70


def day_alone(fields: Iterable[TimeField]) -> Iterator[str]:
    """That only a day was typed, and what it is taken for: the first minute of it may flatter, or blame."""
    for field in fields:
        found = field.reading
        if found.instant is not None and found.precision == "day" and field.text.strip():
            yield f"No time of day is given: it is taken for {moment_words(found.instant)}."


class OwedDialog(Drafted, FormDialog[bool]):
    """Dismissed with True once it is on the disk; until then everything typed stays.

    A dialogue says what it asks in `parts`, what looks wrong in `doubts`, and what it records in `command`.
    """

    CSS_PATH = "obligation_form.tcss"
    ACTS: ClassVar[Any] = (Commit, Back)
    TITLE_WORDS: ClassVar[str] = "DONE"
    FIRST: ClassVar[str] = ""
    """The id of the part that has the focus when it opens."""

    def __init__(self, behind: Behind, line: ObligationLine) -> None:
        which = (type(self).__name__, line.rule, str(line.child or ""), str(line.discussion or ""))
        super().__init__(behind, ".".join(filter(None, which)))
        self.line = line
        self._checking = False
        self._begun: datetime | None = None

    def compose(self) -> ComposeResult:
        """Whose and what, the parts, what came of the last key."""
        whom = f" ({self.line.whom})" if self.line.whom else ""
        with Vertical(classes="dialogue"):
            title = elide(f"{self.TITLE_WORDS} · {self.behind.about}", _CELLS)
            yield Static(content((title, "bold $key-fg")), classes="title")
            said = wrap(f"{self.line.do}{whom}: {self.line.due_words}", _CELLS, 3)
            yield Static(lines([content(words) for words in said]))
            yield from self.parts()
            yield StatusLine()
            yield KeyHints()

    def parts(self) -> ComposeResult:
        """What is asked."""
        raise NotImplementedError

    def doubts(self) -> Sequence[str]:
        """What looks wrong, a sentence each: of a time, that it has no time of day."""
        return [*day_alone(self.query(TimeField))]

    def command(self) -> Command | None:
        """What is recorded; None after saying what is missing."""
        raise NotImplementedError

    @property
    def what(self) -> str:
        """What was recorded, for the line that says so."""
        return self.line.label

    def on_mount(self) -> None:
        """To the first part."""
        if self.FIRST:
            self.query_one(f"#{self.FIRST}").focus()

    def text(self, name: str) -> str:
        """What stands in a line."""
        return self.query_one(f"#{name}", Input).value.strip()

    def when(self) -> datetime | None:
        """The moment typed, or now where nothing is; None, after saying why, for what cannot be read."""
        field = self.query_one(TimeField)
        if not field.text.strip():
            return self.now()
        if field.reading.instant is None:
            self.refuse(field.reading.problem or "The time cannot be read.")
            field.focus()
        return field.reading.instant

    def missing(self, name: str, why: str) -> None:
        """Say what is missing, and go there."""
        self.refuse(why)
        self.query_one(f"#{name}").focus()

    def commit(self) -> None:
        """Record it, after asking where it looks wrong."""
        if self._checking or self.done:
            return
        command = self.command()
        if command is None:
            return
        self._checking = True
        self.begin(self._commit(command))

    async def _commit(self, command: Command) -> None:
        try:
            found = await self.session.ask(lambda desk: desk.concern(self.behind.concern_id))
            doubts = [*self.doubts(), *command.doubts(found, self.now())]
            if doubts:
                ways = [Way("1", "record", "Record it all the same"), Way("2", "change", "Go back")]
                self.app.push_screen(Ask("Record this?", [self.behind.about, *doubts], ways), self._asked(command))
            else:
                await self.record(command, self.what)
        except DutyError as error:
            self.refuse(str(error))
        finally:
            self._checking = False

    def _asked(self, command: Command) -> Any:
        return lambda way: self.begin(self.record(command, self.what)) if way == "record" else None

    def to_keep(self, fields: dict[str, str], now: datetime) -> dict[str, str]:
        """With the moment it was taken to have happened, which is not a later one when the draft is found again."""
        kept = super().to_keep(fields, now)
        for when in self.query(TimeField):
            if kept and not when.text.strip():
                self._begun = self._begun or now
                kept[when.id or "when"] = written(self._begun)
            elif kept and when.reading.precision == "minute":
                kept[when.id or "when"] = written(when.reading.instant) or when.text
        return kept
