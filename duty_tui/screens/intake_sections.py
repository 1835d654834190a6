"""The four sections of the form in which a concern is taken; each shows what is typed and how it is read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static, TextArea

from duty_tui.domain.times import london_date, moment_words
from duty_tui.rules.questions import Question
from duty_tui.screens.answer_list import SAID, Asked, question_items
from duty_tui.screens.choice_line import CAME_IN, ChoiceLine
from duty_tui.screens.concern_field import Field, time_reader
from duty_tui.screens.concern_list import ItemList
from duty_tui.screens.intake_children import ReadChild, offered, read_children
from duty_tui.screens.intake_form import IntakeForm
from duty_tui.widgets.choice import Choice, Option
from duty_tui.widgets.entry_input import NotesArea
from duty_tui.widgets.safe import content, elide, lines

_ANONYMOUS: tuple[Option[bool], ...] = (Option("1", True, "Yes"), Option("2", False, "No"))


class Section(Vertical):
    """One part of the form."""

    def __init__(self, form: IntakeForm, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.form = form
        self.now = now

    def enter(self) -> Widget:
        """The widget the section is entered at."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Typing goes on where a draft's text ends."""
        for area in self.query(NotesArea):
            area.move_cursor(area.document.end)


class CallerSection(Section):
    """Who is calling, and when it came."""

    def compose(self) -> ComposeResult:
        """Eight fields; a ninth once it was identified only after receipt."""
        form = self.form
        yield Field("name", "Caller", form.name, hint="name")
        yield Field("role", "Role", form.role, hint="what they are to the child, or their job")
        yield Field("agency", "Agency", form.agency, hint="School, Police, Hospital …")
        yield Field("telephone", "Telephone", form.telephone, hint="to call back on")
        anonymous = Choice("Did the caller ask not to be named to the family?", _ANONYMOUS, id="anonymous")
        if form.anonymous is not None:
            anonymous.answer(form.anonymous)
        yield anonymous
        came_in = ChoiceLine("referred", "Came in as", CAME_IN)
        came_in.choice.answer(form.referred)
        yield came_in
        opened = f"{moment_words(form.opened)}, when this form was opened"
        yield Field(
            "received", self._received, form.received, hint="now, unless you say 13:40, -20m …",
            read=time_reader(self.now, empty=opened), limit=60,
        )  # fmt: skip
        yield Field(
            "identified", "Identified", form.identified, hint="only if it differs from received",
            read=time_reader(self.now), limit=60,
        )  # fmt: skip
        yield Field("emerged", "Why only then", form.emerged, hint="a manager's reason; without one the receipt counts")

    @property
    def _received(self) -> str:
        """What the time it came in is called."""
        return "Received" if self.form.referred else "Came up"

    def came_in(self) -> None:
        """A referral was received; on an open case it came up."""
        self.query_one("#referred", Choice).answer(self.form.referred)
        next(field for field in self.query(Field) if field.field == "received").rename(self._received)
        self.ask_why()

    def on_mount(self) -> None:
        """Ask for a reason only where one is needed."""
        self.ask_why()

    def ask_why(self) -> None:
        """Show the field for the reason when it was identified after a referral was received."""
        self.query_one("#emerged").parent.parent.display = self.form.late_identified  # type: ignore[union-attr]

    def enter(self) -> Widget:
        """The caller's name."""
        return self.query_one("#name")


class ChildrenArea(NotesArea):
    """One child a line; the first child's surname is offered on a sibling's line, and taken with →."""

    def __init__(self, text: str, now: Callable[[], datetime]) -> None:
        self._now = now
        super().__init__(text, id="children", max_length=20_000, soft_wrap=False, compact=True)

    def update_suggestion(self) -> None:
        """Offer the surname at the end of a line that holds one first name."""
        row, column = self.cursor_location
        at_end = column == len(self.document.get_line(row))
        self.suggestion = offered(self.text, row, london_date(self._now())) if at_end else ""

    def on_focus(self) -> None:
        """Offer it in a draft that was found, too."""
        self.update_suggestion()

    @property
    def row(self) -> int:
        """The line the cursor is on."""
        return self.cursor_location[0]

    def set_line(self, row: int, text: str) -> None:
        """Put `text` in place of one line."""
        self.replace(text, (row, 0), (row, len(self.document.get_line(row))))


class Readings(Static):
    """Beside each line of children, what it is read as."""

    def show(self, read: Sequence[ReadChild | None], top: int) -> None:
        """Show the readings from line `top` on."""
        shown = [_reading(child, max(4, self.content_size.width)) for child in read[top:]]
        self.update(lines(shown))


def _reading(child: ReadChild | None, cells: int) -> Content:
    if child is None:
        return content("")
    if child.problem:
        return content((elide("✗ " + child.problem, cells), "bold $bad"))
    mark = "! " if child.doubts else "→ "
    return content((elide(mark + child.said, cells), "$foreground"))


class ChildrenSection(Section):
    """Who the children are, a line each."""

    HOW = (
        "One child a line: Amara Okafor 3/4/2022 f · unborn due 12/1/2027 · ? 4y."
        "  Enter: next child.  →: take the surname offered.  F2: numbers, school."
    )

    def compose(self) -> ComposeResult:
        """The lines, their readings, and the whole of the one the cursor is on."""
        yield Static(content((self.HOW, "$faint")), classes="how")
        with Horizontal():
            yield ChildrenArea(self.form.children, self.now)
            yield Readings()
        yield Static(classes="whole")

    def on_mount(self) -> None:
        """Read what is there."""
        self.call_after_refresh(self.read)

    @on(TextArea.SelectionChanged)
    @on(TextArea.Changed)
    def read(self) -> None:
        """Show the readings of the lines as they now are."""
        area = self.query_one(ChildrenArea)
        read = read_children(area.text, london_date(self.form.opened))
        self.query_one(Readings).show(read, int(area.scroll_y))
        child = read[area.row] if area.row < len(read) else None
        whole = self.query_one(".whole", Static)
        if child is None:
            whole.update(content(""))
            return
        problems = [*([child.problem] if child.problem else []), *child.doubts]
        parts = [content((child.in_full, "bold")), *(content(("✗ " + why, "bold $bad")) for why in problems)]
        whole.update(lines(parts))

    def on_resize(self) -> None:
        """Cut the readings to the new width."""
        self.read()

    def enter(self) -> Widget:
        """The lines."""
        return self.query_one(ChildrenArea)


class StorySection(Section):
    """What happened, and when."""

    def compose(self) -> ComposeResult:
        """The account, then when it was, as told."""
        yield Static(content(("What happened, in the caller's words", "$faint")), classes="how")
        yield NotesArea(self.form.what, id="what", compact=True)
        yield Field("happened", "When it was", self.form.happened, hint="as told: this morning before school")

    def enter(self) -> Widget:
        """The account."""
        return self.query_one("#what")


class QuestionsSection(Section):
    """The policy's own questions; the order stands while somebody answers."""

    EMPTY: ClassVar[str] = "No policy asks anything about this concern now."

    def __init__(self, form: IntakeForm, now: Callable[[], datetime]) -> None:
        super().__init__(form, now)
        self._known: dict[str, Question] = {}
        self._open: set[str] = set()

    class Answered(Message):
        """An answer was given or taken back."""

    def compose(self) -> ComposeResult:
        """The list."""
        yield ItemList(id="questions", empty=self.EMPTY)

    def show(self, questions: Sequence[Question]) -> None:
        """Show what is open now; what was asked before keeps its place, what is new comes after it."""
        self._open = {question.fact for question in questions}
        self._known.update({question.fact: question for question in questions})
        self._draw()

    def soonest_first(self) -> None:
        """Put those first whose answer could bring the time forward; for when the section is entered."""
        order = sorted(
            self._known.values(),
            key=lambda question: (
                question.fact in self.form.answers,
                question.fact not in self._open,
                not question.sooner,
            ),
        )
        self._known = {question.fact: question for question in order}
        self._draw()

    def _draw(self) -> None:
        items = question_items([self._asked(question) for question in self._known.values()])
        for listed in self.query(ItemList):  # none yet while the form is being laid out
            listed.show(items)

    def _asked(self, question: Question) -> Asked:
        answer = self.form.answers.get(question.fact)
        matters = question.fact in self._open
        effect = question.effect if matters else ""
        return Asked(question.fact, question.ask, SAID[answer] if answer else "", effect, matters and question.sooner)

    @property
    def unanswered(self) -> int:
        """How many questions that matter have no answer yet."""
        return len(self._open - self.form.answers.keys())

    @property
    def fact(self) -> str | None:
        """The question the cursor is on."""
        return self.query_one(ItemList).key

    def answered(self) -> None:
        """Draw anew, and go to the next question that has no answer."""
        self._draw()
        items = self.query_one(ItemList)
        keys = items.keys
        at = keys.index(items.key) if items.key else 0
        following = [key for key in [*keys[at + 1 :], *keys[:at]] if key not in self.form.answers]
        if following:
            items.select(following[0])

    def enter(self) -> Widget:
        """The list."""
        return self.query_one(ItemList)


SECTION_TYPES: tuple[type[Section], ...] = (CallerSection, ChildrenSection, StorySection, QuestionsSection)
