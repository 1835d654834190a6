"""A question the policies put to a named person: the facts, their judgement, and its reason, recorded either way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.widgets import Static

from duty_tui.desk.asking import prompts_of
from duty_tui.domain.commands import AnswerQuestions, Command
from duty_tui.screens.choice_line import ChoiceLine
from duty_tui.screens.concern_field import Field
from duty_tui.screens.obligation_form import OwedDialog
from duty_tui.views.escalation import PromptLine
from duty_tui.widgets.choice import Choice, Option
from duty_tui.widgets.safe import content, elide, lines
from duty_tui.widgets.wrapping import wrap

_ANSWERS = (Option("1", "yes", "Yes"), Option("2", "no", "No"), Option("3", "unknown", "Not known yet"))
_CELLS, _MOST = 70, 7


class JudgeDialog(OwedDialog):
    """The facts as they stand, one digit, and a reason."""

    HELP = "Your judgement, with its reason. It is recorded with your name, whichever way it goes."
    TITLE_WORDS: ClassVar[str] = "YOUR JUDGEMENT"
    LAST = "reason"

    def parts(self) -> ComposeResult:
        """The question, the facts, the answer, the reason."""
        yield Static(content("Reading the facts …"), id="facts")
        yield ChoiceLine("answer", "Answer", _ANSWERS)
        yield Field("reason", "Reason", limit=2000)

    def on_mount(self) -> None:
        """To the answer, while the facts are read."""
        self.query_one("#answer").focus()
        self.begin(self._read())

    async def _read(self) -> None:
        now = self.now()
        found = await self.session.ask(lambda desk: prompts_of(desk, self.line.concern, now))
        mine = [one for one in found if one.rule == self.line.rule] or found
        self.query_one("#facts", Static).update(lines([content(*part) for part in _said(mine)]))

    @property
    def what(self) -> str:
        """What was judged."""
        return f"{self.line.label}, judged"

    def command(self) -> Command | None:
        """The answer with its reason."""
        answer = self.query_one("#answer", Choice).value
        if answer is None:
            self.missing("answer", "Answer with 1, 2 or 3.")
            return None
        if not self.text("reason"):
            self.missing("reason", "Say in a few words why you judge so.")
            return None
        return AnswerQuestions(answers={self.line.asks: answer}, reason=self.text("reason"))


def _said(prompts: Sequence[PromptLine]) -> list[list[tuple[str, str]]]:
    """The facts, a line each, then the question; a line of parts each."""
    if not prompts:
        return [[("Nothing asks this any more; answering it changes nothing.", "")]]
    first = prompts[0]
    facts = [[(elide(fact, _CELLS), "")] for fact in first.facts[:_MOST]]
    return [*facts, *([(part, "bold")] for part in wrap(first.ask, _CELLS, 3))]
