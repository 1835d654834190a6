"""WHY: the rule, its words, the counting day by day, what lost; and what another answer or another time would change.

Whoever doubts the order of the queue opens it. Nothing here is ever recorded.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.widgets import Static

from duty_tui.desk.why import why_view
from duty_tui.domain.concern import Answer
from duty_tui.screens.answer_list import ANSWERS, SAID, Asked, question_items
from duty_tui.screens.concern_list import Item, ItemList, block
from duty_tui.screens.desk_screen import DeskScreen
from duty_tui.screens.why_times import OtherTimes, Times
from duty_tui.views.why import WhyQuestion, WhyView
from duty_tui.widgets.command import Command
from duty_tui.widgets.command_screen import Back, Help, Palette
from duty_tui.widgets.footer import KeyHints
from duty_tui.widgets.safe import content, elide, lines
from duty_tui.widgets.statusline import StatusLine
from duty_tui.widgets.title_bar import TitleBar
from duty_tui.widgets.wrapping import wrap

if TYPE_CHECKING:
    from duty_tui.desk.session import Changes

_SECTION = "section:"
_HEADLINE_LINES = 3


class _Act(Command["WhyScreen", "WhyScreen"]):
    group = "Why"

    def why_not(self, view: WhyScreen) -> str | None:
        """Not before the reason has been worked out."""
        return "The reason is still being worked out." if view.why is None else None


class OtherTime(_Act):
    """Suppose another time."""

    id, keys, label, title, priority = "why.times", "t", "if time", "Suppose another time", 20
    help = "Suppose that it was received at another time, or that it is another time now; nothing is recorded."

    def run(self, screen: WhyScreen) -> None:
        """Ask for the times."""
        screen.ask_times()


class Reset(_Act):
    """Back to things as they are."""

    id, keys, label, title, priority = "why.reset", "r", "reset", "Back to things as they are", 21
    help = "Take back everything that was supposed."

    def why_not(self, view: WhyScreen) -> str | None:
        """Only when something is supposed."""
        return super().why_not(view) or (None if view.supposing else "Nothing is supposed; this is how it stands.")

    def run(self, screen: WhyScreen) -> None:
        """Forget what was supposed."""
        screen.reset()


class CopyText(_Act):
    """Copy it as text."""

    id, keys, label, title, priority = "why.copy", "y", "copy", "Copy as text", 22
    help = "Copy the whole reason as plain text, for an email or a note."

    def run(self, screen: WhyScreen) -> None:
        """Copy it."""
        screen.copy_text()


class WhyScreen(DeskScreen[None]):
    """The reason for one concern's place; with something supposed, the first line says IF."""

    CSS_PATH = "why.tcss"
    HEADING = "WHY"
    HELP = "Arrows scroll. On a question 1, 2 or 3 shows what that answer would change. Nothing here is recorded."
    ACTS: ClassVar[Any] = (OtherTime, Reset, CopyText, *ANSWERS, Back, Help, Palette)

    def __init__(self, concern_id: str) -> None:
        super().__init__()
        self.concern_id = concern_id
        self.why: WhyView | None = None
        self._answers: dict[str, Answer] = {}
        self._received: datetime | None = None
        self._at: datetime | None = None

    def compose(self) -> ComposeResult:
        """The bar, the reason in a sentence, the reason in full, the keys."""
        yield TitleBar()
        yield Static(id="headline")
        yield ItemList(id="reason", empty="The reason is being worked out …")
        yield StatusLine()
        yield KeyHints()

    def on_mount(self) -> None:
        """Work it out."""
        self.query_one(ItemList).focus()
        self.reload()

    @property
    def supposing(self) -> bool:
        """Whether anything is supposed."""
        return bool(self._answers or self._received or self._at)

    @property
    def heading(self) -> str:
        """WHY and the number; IF where something is supposed."""
        reference = self.why.reference if self.why else ""
        return f"{'IF' if self.supposing else 'WHY'} {reference}"

    def reload(self) -> None:
        """Work it out anew."""
        self.begin(self._reload(), alone="why")

    async def _reload(self) -> None:
        at, answers, received = self._at or self.now(), dict(self._answers), self._received
        why = await self.ask(lambda desk: why_view(desk, self.concern_id, at, answers, received))
        if why is not None:
            self.why = why
            self._draw()

    def on_changes(self, changes: Changes) -> None:
        """Somebody recorded something about this concern: the reason may be another."""
        if changes.everything or any(row.id == self.concern_id for row in changes.rows):
            self.reload()

    def on_resize(self) -> None:
        """Cut the lines to the new width."""
        self._draw()

    def _draw(self) -> None:
        why = self.why
        if why is None:
            return
        self.show_bar(self.now())
        cells = max(10, self.size.width - 2)
        title = content((elide(f"{why.reference}  {why.title}", cells), "bold"))
        said = [content((line, "bold")) for line in wrap(why.headline, cells, _HEADLINE_LINES)]
        supposed = self._supposed(why)
        if supposed:
            words = f"IF {supposed} — supposed, nothing is recorded"
            said = [*(content((line, "bold reverse")) for line in wrap(words, cells, 2)), *said]
        self.query_one("#headline", Static).update(lines([title, *said]))
        sections = [
            Item(f"{_SECTION}{section.heading}", block(section.heading, "\n".join(section.lines)))
            for section in why.sections
        ]
        questions = question_items([self._asked(question) for question in why.questions])
        self.query_one(ItemList).show([*sections, *questions])
        self.refresh_commands()

    def _supposed(self, why: WhyView) -> str:
        said = list(why.supposed)
        if self._at is not None:
            from duty_tui.domain.times import moment_words

            said.append(f"it were {moment_words(self._at)} now")
        return ", ".join(said)

    def _asked(self, question: WhyQuestion) -> Asked:
        given = self._answers.get(question.fact)
        recorded = "" if question.answer == "not asked" else question.answer
        answer = SAID[given] if given else recorded
        by = f"supposed; recorded: {question.answer}" if given else ""
        return Asked(question.fact, question.ask, answer, question.effect, bool(question.effect) and not answer, by)

    # What if

    def why_no_answer(self) -> str | None:
        """Only on a question."""
        key = self.query_one(ItemList).key
        if self.why is None or key is None:
            return "The reason is still being worked out."
        return "Go down to a question first." if key.startswith(_SECTION) else None

    def answer(self, answer: Answer | None) -> None:
        """Suppose an answer to the selected question."""
        fact = self.query_one(ItemList).key
        if fact is not None and answer is not None:
            self._answers[fact] = answer
            self.reload()

    def ask_times(self) -> None:
        """Ask for other times."""

        def answered(times: Times | None) -> None:
            if times is not None:
                self._received, self._at = times
                self.reload()

        self.app.push_screen(OtherTimes(), answered)

    def reset(self) -> None:
        """Back to things as they are."""
        self._answers.clear()
        self._received = self._at = None
        self.reload()

    def copy_text(self) -> None:
        """The reason as plain text."""
        if self.why is not None:
            self.app.copy_to_clipboard(as_text(self.why, self._supposed(self.why)))
            self.query_one(StatusLine).say(f"{self.why.reference}: the reason is copied; a terminal may refuse this.")


def as_text(why: WhyView, supposed: str = "") -> str:
    """The reason without frames, ready to paste."""
    shown = [f"{why.reference}  {why.title}"]
    if supposed:
        shown.append(f"IF {supposed} (supposed, not recorded)")
    shown.append(why.headline)
    for section in why.sections:
        shown += ["", section.heading, *(f"  {line}" for line in section.lines)]
    return "\n".join(shown) + "\n"
