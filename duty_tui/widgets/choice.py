"""A question with a few answers, given by one digit."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Any, ClassVar, Generic, NamedTuple, TypeVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click, Focus, Key
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from duty_tui.widgets.safe import Part, clean, content, elide, width

ValueT = TypeVar("ValueT")

_CHOSEN, _OPEN = "●", "○"
_QUESTION_LINES = 2


class Option(NamedTuple, Generic[ValueT]):
    """An answer: the key that gives it, what it stands for, and its words."""

    key: str
    value: ValueT
    label: str


class _Answer(NamedTuple):
    line: int
    x: int
    words: str


#: The three answers to a question of fact; not known is an answer, and not the same as none given.
YES_NO: tuple[Option[bool | None], ...] = (
    Option("1", True, "Yes"),
    Option("2", False, "No"),
    Option("3", None, "Not known"),
)


class Choice(Widget, Generic[ValueT], can_focus=True):
    """A question over one row of answers: `1 Yes  2 No  3 Not known`; digits choose, arrows move, Backspace takes back.

    The chosen answer has a full circle and stands bold; before an answer is given all circles are empty. The question
    takes at most two lines; what does not fit ends in an ellipsis.
    """

    DEFAULT_CSS = """
    Choice { height: auto; width: 1fr; padding: 0 1; color: $foreground; }
    Choice:focus { background: $surface; border-left: thick $secondary; padding: 0 1 0 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "step(1)", "Next answer", show=False),
        Binding("left", "step(-1)", "Previous answer", show=False),
        Binding("backspace,delete", "clear", "No answer yet", show=False),
    ]

    at: reactive[int | None] = reactive(None, init=False)
    """Which answer is chosen, from 0; None while there is none."""

    class Changed(Message):
        """An answer was given or taken back: `value` what it stands for, `answered` whether there is one."""

        def __init__(self, choice: Choice[Any], value: Any, *, answered: bool) -> None:
            super().__init__()
            self.choice, self.value, self.answered = choice, value, answered

        @property
        def control(self) -> Choice[Any]:
            """The choice, for `@on` selectors."""
            return self.choice

    def __init__(self, question: str, options: Sequence[Option[ValueT]], *, id: str | None = None) -> None:  # noqa: A002 (Textual's name)
        super().__init__(id=id)
        self.question = clean(question)
        self.options = tuple(options)

    @property
    def answered(self) -> bool:
        """Whether an answer was given."""
        return self.at is not None

    @property
    def value(self) -> ValueT | None:
        """What the answer stands for; None also while there is none: ask `answered`."""
        return None if self.at is None else self.options[self.at].value

    def answer(self, value: ValueT) -> None:
        """Show the answer that stands for `value`, without a message; for what was recorded before."""
        places = [at for at, option in enumerate(self.options) if option.value is value or option.value == value]
        self.set_reactive(Choice.at, places[0] if places else None)
        self.refresh()

    def watch_at(self) -> None:
        """Say that the answer is another."""
        self.post_message(self.Changed(self, self.value, answered=self.answered))

    def on_focus(self, _event: Focus) -> None:
        """Screen readers follow the terminal's own cursor: it goes to the question."""
        self.app.cursor_position = self.content_region.offset

    def on_key(self, event: Key) -> None:
        """A digit gives its answer."""
        for at, option in enumerate(self.options):
            if event.character == option.key:
                event.stop()
                self.at = at

    def action_step(self, by: int) -> None:
        """The next answer, from none the first or the last; stops at the ends."""
        start = -1 if self.at is None and by > 0 else len(self.options) if self.at is None else self.at
        self.at = max(0, min(len(self.options) - 1, start + by))

    def action_clear(self) -> None:
        """Take the answer back."""
        self.at = None

    def on_click(self, event: Click) -> None:
        """A click on an answer gives it."""
        x, y = event.get_content_offset_capture(self)
        cells = self.content_size.width
        line = y - len(self._question_lines(cells))
        for at, answer in enumerate(self._answers(cells)):
            if answer.line == line and answer.x <= x < answer.x + width(answer.words):
                self.at = at

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 (Textual's signature)
        """The lines of the question, and one for the answers or, where they do not fit on one, one each."""
        return len(self._question_lines(width)) + self._answers(width)[-1].line + 1

    def render(self) -> Content:
        """The question over its answers."""
        cells = self.content_size.width
        parts: list[Part] = ["\n".join(self._question_lines(cells))]
        for at, answer in enumerate(self._answers(cells)):
            parts += ["  " if answer.x else "\n", (elide(answer.words, cells), "bold $key-fg" if at == self.at else "")]
        return content(*parts, keep_lines=True)

    def _answers(self, cells: int) -> list[_Answer]:
        """How each answer reads, and where it stands below the question."""
        words = [
            " ".join((_CHOSEN if at == self.at else _OPEN, option.key, clean(option.label)))
            for at, option in enumerate(self.options)
        ]
        if sum(map(width, words)) + 2 * (len(words) - 1) > cells:
            return [_Answer(line, 0, one) for line, one in enumerate(words)]
        lefts = accumulate((width(one) + 2 for one in words), initial=0)
        return [_Answer(0, left, one) for left, one in zip(lefts, words, strict=False)]

    def _question_lines(self, cells: int) -> list[str]:
        """The question in at most two lines of `cells`, broken between words."""
        lines: list[str] = []
        rest = self.question.split()
        while rest and len(lines) < _QUESTION_LINES:
            line = rest.pop(0)
            while rest and (len(lines) == _QUESTION_LINES - 1 or width(line + " " + rest[0]) <= cells):
                line += " " + rest.pop(0)
            lines.append(elide(line, max(1, cells)))
        return lines
