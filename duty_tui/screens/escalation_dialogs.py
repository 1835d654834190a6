"""The four things that are recorded about an open escalation: acknowledged, added to, taken up, concluded."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from duty_tui.desk.escalating import conclude, take_up
from duty_tui.domain.commands import Command
from duty_tui.domain.escalation_commands import AcknowledgeEscalation, UpdateEscalation
from duty_tui.domain.times import moment_words
from duty_tui.screens.choice_line import ChoiceLine
from duty_tui.screens.concern_ask import Ask, Commit, Way
from duty_tui.screens.concern_field import Field
from duty_tui.screens.concern_form import FormDialog
from duty_tui.screens.drafted import Drafted
from duty_tui.screens.obligation_form import day_alone
from duty_tui.views.escalation import EscalationLine
from duty_tui.widgets.choice import Choice, Option
from duty_tui.widgets.command_screen import Back
from duty_tui.widgets.footer import KeyHints
from duty_tui.widgets.safe import content, elide, lines
from duty_tui.widgets.statusline import StatusLine
from duty_tui.widgets.time_field import TimeField
from duty_tui.widgets.wrapping import wrap

if TYPE_CHECKING:
    from duty_tui.screens.escalations import EscalationsScreen

_CELLS = 70
_HOW = (Option("1", "yes", "Resolved"), Option("2", "no", "Ended without being resolved"))


class OnEscalation:
    """The concern of an escalation, as the dialogues need it."""

    def __init__(self, screen: EscalationsScreen, line: EscalationLine) -> None:
        self._screen, self._line = screen, line
        self.concern_id, self.version = line.concern, line.version

    @property
    def about(self) -> str:
        """Number and children."""
        return f"{self._line.reference} {self._line.title}"

    async def was_recorded(self, what: str) -> None:
        """Say so; the list hears of it as of everything that is recorded."""
        self._screen.recorded(f"{self._line.reference} {what} · recorded")


class AboutEscalationDialog(Drafted, FormDialog[bool]):
    """Dismissed with True once it is on the disk; until then everything typed stays."""

    CSS_PATH = "escalation_dialogs.tcss"
    ACTS: ClassVar[Any] = (Commit, Back)
    ACT: ClassVar[str] = ""
    FIRST: ClassVar[str] = ""

    def __init__(self, screen: EscalationsScreen, line: EscalationLine) -> None:
        super().__init__(OnEscalation(screen, line), f"{type(self).__name__}.{line.number}")
        self.line = line

    def compose(self) -> ComposeResult:
        """Whose and which, the parts, what came of the last key."""
        with Vertical(classes="dialogue"):
            yield Static(content((elide(f"{self.ACT} · {self.behind.about}", _CELLS), "bold $key-fg")), classes="title")
            said = f"{self.line.label}, submitted {moment_words(self.line.submitted)}. Next: {self.line.next}"
            yield Static(lines([content(part) for part in wrap(said, _CELLS, 3)]))
            yield from self.parts()
            yield TimeField("When (now, unless you say otherwise)", self.clock, id="when")
            yield StatusLine()
            yield KeyHints()

    def parts(self) -> ComposeResult:
        """What is asked beside the time."""
        raise NotImplementedError

    def command(self, at: datetime) -> Command | tuple[str, str]:
        """What is recorded, or the part that is missing and why it is wanted."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """To the first part."""
        self.query_one(f"#{self.FIRST}").focus()

    def text(self, name: str) -> str:
        """What stands in a line."""
        return self.query_one(f"#{name}", Input).value.strip()

    def commit(self) -> None:
        """Record it."""
        if self.done:
            return
        when = self.query_one(TimeField)
        if when.text.strip() and when.reading.instant is None:
            self.refuse(when.reading.problem or "The time cannot be read.")
            when.focus()
            return
        made = self.command(when.reading.instant or self.now())
        if isinstance(made, tuple):
            part, why = made
            self.refuse(why)
            self.query_one(f"#{part}").focus()
        else:
            self.begin(self._commit(made), alone="commit")

    async def _commit(self, command: Command) -> None:
        """Record it, after asking where it looks wrong."""
        found = await self.session.ask(lambda desk: desk.concern(self.behind.concern_id))
        doubts = [*day_alone(self.query(TimeField)), *command.doubts(found, self.now())]
        what = f"{self.line.label}, {self.ACT.lower()}"
        if doubts:
            ways = [Way("1", "record", "Record it all the same"), Way("2", "change", "Go back")]
            asked = Ask("Record this?", [self.behind.about, *doubts], ways)
            self.app.push_screen(asked, lambda way: self.begin(self.record(command, what)) if way == "record" else None)
        else:
            await self.record(command, what)


class AcknowledgeDialog(AboutEscalationDialog):
    """Who has it."""

    HELP = "Who said that they have it, and when."
    ACT, FIRST, LAST = "ACKNOWLEDGED", "by", "by"

    def parts(self) -> ComposeResult:
        """Who; the first it went to, unless another name is typed."""
        yield Field("by", "By whom", self.line.recipients[0].name if self.line.recipients else self.line.held_by)

    def command(self, at: datetime) -> Command | tuple[str, str]:
        """Who has it."""
        if not self.text("by"):
            return "by", "Say who acknowledged it."
        return AcknowledgeEscalation(escalation=self.line.number, at=at, by=self.text("by"))


class UpdateDialog(AboutEscalationDialog):
    """What is known since."""

    HELP = "What is known or was answered since it was submitted."
    ACT, FIRST, LAST = "UPDATE", "words", "words"

    def parts(self) -> ComposeResult:
        """What is new."""
        yield Field("words", "What is new", limit=2000)

    def command(self, at: datetime) -> Command | tuple[str, str]:
        """What is new."""
        if not self.text("words"):
            return "words", "Type what is new."
        return UpdateEscalation(escalation=self.line.number, at=at, text=self.text("words"))


class TakeUpDialog(AboutEscalationDialog):
    """To the next step of its ladder."""

    HELP = "Why this step did not settle it, and who holds the next one."
    ACT, FIRST, LAST = "TAKEN UP", "said", "role"

    def parts(self) -> ComposeResult:
        """Why, and to whom."""
        yield Static(lines([content((part, "bold")) for part in wrap(self.line.up, _CELLS, 2)]))
        yield Field("said", "Why not settled", limit=2000)
        yield Field("who", "Taken up by", hint="the person's name")
        yield Field("role", "Who is", hint="their role")

    def command(self, at: datetime) -> Command | tuple[str, str]:
        """The step's end, and the next one's beginning."""
        if not self.text("said"):
            return "said", "Say why this step did not settle it."
        if not self.text("who"):
            return "who", "Name the person who takes it up."
        return take_up(self.line, at, said=self.text("said"), who=self.text("who"), role=self.text("role"))


class ConcludeDialog(AboutEscalationDialog):
    """How it ended."""

    HELP = "How it ended. It stays on the record, with everything that was said on the way."
    ACT, FIRST, LAST = "CONCLUDED", "how", "outcome"

    def parts(self) -> ComposeResult:
        """Resolved or not, and in words."""
        yield ChoiceLine("how", "How", _HOW)
        yield Field("outcome", "Outcome", limit=2000)

    def command(self, at: datetime) -> Command | tuple[str, str]:
        """The outcome."""
        how = self.query_one("#how", Choice).value
        if how is None:
            return "how", "Say with 1 or 2 whether it is resolved."
        if not self.text("outcome"):
            return "outcome", "Say how it ended."
        return conclude(self.line, at, outcome=self.text("outcome"), resolved=how == "yes")
