"""Questions of the policy as a list: each with its answer, the selected one in full with what an answer would do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, NamedTuple, Protocol

from textual.content import Content

from duty_tui.domain.concern import Answer
from duty_tui.screens.concern_list import Item
from duty_tui.widgets.command import Command
from duty_tui.widgets.safe import content, elide, fit
from duty_tui.widgets.wrapping import wrap

#: How an answer reads where it was given, by the answer as recorded.
SAID: dict[Answer, str] = {"yes": "yes", "no": "no", "unknown": "not known"}

_ANSWER_CELLS = 9
_KEYS: tuple[tuple[str, str], ...] = (("1 Yes", "yes"), ("2 No", "no"), ("3 Not known", "not known"))


class Asked(NamedTuple):
    """A question as the list shows it."""

    fact: str
    ask: str
    #: "yes", "no", "not known"; empty when nobody was asked yet.
    answer: str
    #: What an answer would do, in words; empty when it would change nothing.
    effect: str
    #: An answer could bring the time forward.
    sooner: bool = False
    #: Who said so, or what is supposed.
    by: str = ""


def question_items(questions: Sequence[Asked]) -> list[Item]:
    """The questions as items of a list; the cursor's keys are the facts."""
    return [Item(question.fact, _drawing(question)) for question in questions]


def _drawing(question: Asked) -> Any:
    def draw(cells: int, selected: bool) -> list[Content]:
        head = ("▸" if selected else " ") + ("!" if question.sooner and not question.answer else " ")
        answer = fit(question.answer or "–", _ANSWER_CELLS)
        room = cells - len(head) - _ANSWER_CELLS - 1
        bold = "bold" if selected else ""
        if not selected:
            return [content(head, (answer, "" if question.answer else "$faint"), " ", elide(question.ask, room))]
        asked = wrap(question.ask, room, 3)
        margin = " " * (cells - room)
        drawn = [content((head, "bold $key-fg"), (answer, bold), " ", (asked[0], bold))]
        drawn += [content(margin, (line, bold)) for line in asked[1:]]
        drawn.append(content(margin, *_answers(question.answer)))
        said = question.effect or "No answer to this changes the time now."
        drawn += [content(margin, (line, "$faint")) for line in wrap(said, room, 2)]
        if question.by:
            drawn.append(content(margin, (elide(question.by, room), "$faint")))
        return drawn

    return draw


def _answers(given: str) -> list[Any]:
    parts: list[Any] = []
    for words, answer in _KEYS:
        chosen = given == answer
        parts += ["  " if parts else "", (f"{'●' if chosen else '○'} {words}", "bold $key-fg" if chosen else "")]
    return parts


class Answering(Protocol):
    """A screen that takes answers to the selected question."""

    def why_no_answer(self) -> str | None:
        """Why no answer can be given now, or None."""
        ...

    def answer(self, answer: Answer | None) -> None:
        """Answer the selected question; None takes the answer back."""
        ...


class _Answers(Command[Any, Any]):
    group = "Questions"
    answer: ClassVar[Answer | None] = None

    def why_not(self, view: Answering) -> str | None:
        """As the screen says."""
        return view.why_no_answer()

    def run(self, screen: Answering) -> None:
        """Give the answer to the selected question."""
        screen.answer(self.answer)


class Yes(_Answers):
    """Answer yes."""

    id, keys, label, priority = "answer.yes", "1", "yes", 30
    help = "Answer the selected question with yes."
    answer = "yes"


class No(_Answers):
    """Answer no."""

    id, keys, label, priority = "answer.no", "2", "no", 31
    help = "Answer the selected question with no."
    answer = "no"


class NotKnown(_Answers):
    """Answer that it is not known."""

    id, keys, label, title, priority = "answer.unknown", "3", "?known", "Not known", 32
    help = "Answer the selected question with not known; that is an answer too, and never counts as no."
    answer = "unknown"


#: The three answers, for a screen's list of commands.
ANSWERS = (Yes, No, NotKnown)
