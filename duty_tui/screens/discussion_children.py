"""Which children the discussion is about: one dropped with a reason, one added late, others at risk asked about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from duty_tui.domain.commands import Command, RecordChild
from duty_tui.domain.concern import Concern
from duty_tui.domain.decision_events import ChildPlaced
from duty_tui.domain.discussion_commands import AllAtDiscussion, AtDiscussion
from duty_tui.domain.discussion_events import LineNoted, PointAnswered
from duty_tui.domain.times import london_date
from duty_tui.screens.concern_field import Field
from duty_tui.screens.concern_field import Said as Reading
from duty_tui.screens.concern_list import Draw, Item, block
from duty_tui.screens.discussion_form import DiscussionForm, NotYet
from duty_tui.screens.discussion_screen import DiscussionList
from duty_tui.screens.intake_children import read_child
from duty_tui.screens.text_form import Asked, TextForm
from duty_tui.views.discussion import ChildTab, DiscussionView
from duty_tui.widgets.command import Command as Act
from duty_tui.widgets.safe import content, elide
from duty_tui.widgets.wrapping import wrap

_CHILD, _OTHERS = "child:", "others:"


class Others(NamedTuple):
    """A question about other children at risk: under which name its answer is kept, and its words."""

    item: str
    ask: str


#: Asked at every discussion; answered in words, and raised as concerns of their own where there are any.
OTHERS = (
    Others("desk/other-children-household", "Are other children of the household at risk?"),
    Others("desk/other-children-contact", "Are other children at risk who meet whoever is said to have harmed?"),
)


class _Act(Act[Any, Any]):
    group = "Children"

    def why_not(self, view: ChildrenScreen) -> str | None:
        """Not before the discussion began."""
        return view.why_not_now(begun=True)


class Drop(_Act):
    """Drop the child from the discussion."""

    id, keys, label, title, priority = "children.drop", "x,delete", "drop", "Drop the child", 4
    help = "Take the selected child out of the discussion, with the reason; the concern keeps the child."

    def why_not(self, view: ChildrenScreen) -> str | None:
        """Only one that is part of it."""
        child = view.child
        return super().why_not(view) or (None if child and child.included else "Select a child that is part of it.")

    def run(self, screen: ChildrenScreen) -> None:
        """Ask for the reason."""
        screen.place(included=False)


class Include(_Act):
    """Take the child in, or answer the question."""

    id, keys, label, title, priority = "children.include", "enter", "take in", "Take the child in, or answer", 3
    help = "Take the selected child into the discussion, with the reason; on a question about others, answer it."

    def run(self, screen: ChildrenScreen) -> None:
        """Ask for the reason, or for the answer."""
        screen.enter()


class AddLate(_Act):
    """Add a child nobody named before."""

    id, keys, label, title, priority = "children.add", "p,plus", "child", "Add a child late", 2
    help = "Add a brother or sister found out about now to the concern and to this discussion."

    def run(self, screen: ChildrenScreen) -> None:
        """Open the two lines."""
        if screen.read is not None:
            screen.app.push_screen(LateChildForm(screen.read))


class RaiseOther(_Act):
    """Raise another child's concern."""

    id, keys, label, title, priority = "children.raise", "n", "new", "Raise a concern of its own", 5
    help = "Raise a concern of its own for other children at risk; caller and circumstances are filled in."

    def run(self, screen: ChildrenScreen) -> None:
        """Open the form for a concern."""
        screen.raise_other()


class ChildrenScreen(DiscussionList):
    """The children of the concern with their part in the discussion, and two questions about others."""

    HEADING = "CHILDREN"
    HELP = "Each child has a record of its own. x drops one with a reason, p adds one late, n raises others' concerns."
    ACTS: ClassVar[Any] = (AddLate, Include, Drop, RaiseOther)

    def items(self, view: DiscussionView) -> Sequence[Item]:
        """The children, then the questions."""
        found = [Item(f"{_CHILD}{child.number}", _child(child)) for child in view.children]
        answers = {one.item: one.text for one in self.read.discussion.answers} if self.read else {}
        for other in OTHERS:
            said = answers.get(other.item, "NOT ASKED YET: Enter answers, n raises their concern.")
            found.append(Item(_OTHERS + other.item, block(other.ask, said)))
        return found

    @property
    def child(self) -> ChildTab | None:
        """The child under the cursor."""
        children = self.shown.children if self.shown else ()
        return next((one for one in children if f"{_CHILD}{one.number}" == self.selected), None)

    def enter(self) -> None:
        """Take the child in, or answer the question."""
        other = next((one for one in OTHERS if _OTHERS + one.item == self.selected), None)
        if other is not None:
            self._answer(other)
        elif self.child is not None and not self.child.included:
            self.place(included=True)
        else:
            self.refuse("The child is part of the discussion; x drops it.")

    def place(self, *, included: bool) -> None:
        """Ask why the selected child is taken in or dropped."""
        child, read = self.child, self.read
        if child is None or read is None:
            return

        def placed(text: str) -> AtDiscussion:
            reason = " ".join(text.split())
            event = ChildPlaced(discussion=read.view.number, child=child.number, included=included, reason=reason)
            return AtDiscussion(event=event)

        act = "TAKE INTO THE DISCUSSION" if included else "DROP FROM THE DISCUSSION"
        said = [f"{child.name}, {child.age}", "Say why; Ctrl+S records it."]
        what = f"{child.name} {'taken in' if included else 'dropped'}"
        asked = Asked(act, said, placed, what, "That needs its reason.")
        self.app.push_screen(TextForm(read, f"placed {child.number}", asked))

    def _answer(self, other: Others) -> None:
        read = self.read
        if read is None:
            return

        def answered(text: str) -> AtDiscussion:
            return AtDiscussion(event=PointAnswered(discussion=read.view.number, item=other.item, text=text))

        said = [other.ask, "Say who they are and what is done, or that there are none. Ctrl+S records it."]
        asked = Asked("OTHER CHILDREN", said, answered, "answer", "Type the answer, or press Escape.")
        self.app.push_screen(TextForm(read, other.item, asked))

    def raise_other(self) -> None:
        """The form for a concern, filled in from this one; once recorded it stands in the call's notes."""
        from duty_tui.screens.intake import IntakeScreen
        from duty_tui.screens.intake_form import IntakeForm
        from duty_tui.screens.intake_keeping import Taken

        read = self.read
        if read is None:
            return
        form = IntakeForm(opened=self.now())
        for name, words in prefilled(read.concern, read.view).items():
            form.put(name, words, self.now())

        def taken(done: Taken | None) -> None:
            if done is not None:
                reference = f"C{done.row.number}"
                words = f"Raised as {reference} for other children at risk: {', '.join(done.children)}"
                self.put_event(LineNoted(discussion=read.view.number, text=words), reference)

        self.app.push_screen(IntakeScreen(form), taken)


def prefilled(concern: Concern, view: DiscussionView) -> dict[str, str]:
    """What another child's concern begins with: who told of this one, and that it came up here."""
    caller = concern.caller
    return {
        "name": caller.name,
        "role": caller.role,
        "agency": caller.agency,
        "telephone": caller.telephone,
        "what": f"Came up at strategy discussion {view.number} about {view.reference}"
        + (f" ({concern.family})." if concern.family else "."),
    }


def _child(child: ChildTab) -> Draw:
    part = "part of it" if child.included else "NOT PART OF IT"
    signed = f" · signed {child.signed}" if child.signed else ""

    def draw(cells: int, selected: bool) -> list[Content]:
        mark = "▸ " if selected else "  "
        head = f"{mark}{child.number}  {child.name}, {child.age} · {part}{signed}"
        drawn = [content((elide(head, cells), "bold" if selected else "" if child.included else "$faint"))]
        if child.dropped:
            drawn += [content("     ", (line, "$faint")) for line in wrap("Why: " + child.dropped, cells - 5, 2)]
        return drawn

    return draw


class LateChildForm(DiscussionForm):
    """A line for the child, as on the form for a concern, and why it is added now."""

    KIND: ClassVar[str] = "late"
    HELP = "Name, date of birth and sex on one line, as on the form for a concern."
    _next = 0
    """The number the child gets, once that was asked for."""

    @property
    def title_words(self) -> str:
        """At which concern."""
        return f"ADD A CHILD · {self.view_of.reference} {self.view_of.title}"

    def parts(self) -> ComposeResult:
        """The child and the reason."""
        yield Static(content(("The child is added to the concern and to this discussion.", "$faint")))
        yield Field("child", "Child", hint="Ben Okoye 3/4/2022 m", read=self._read)
        yield Field("reason", "Why now", limit=2000)

    def _read(self, line: str) -> Reading:
        if not line.strip():
            return Reading()
        read = read_child(line, self._number, london_date(self.now()))
        return Reading(problem=read.problem) if read.problem else Reading(read.in_full)

    @property
    def _number(self) -> int:
        return self._next or next_child(self.read.concern if self.read else None)

    @property
    def said(self) -> str:
        """In a word."""
        return "child added"

    async def made(self) -> Command | None:
        """The child, under the next number by now: somebody may have added another meanwhile."""
        self._next = next_child(await self.session.ask(lambda desk: desk.concern(self.concern_id)))
        return self.command()

    def command(self) -> Command:
        """The child on the concern and its place in the discussion, both or neither."""
        read = read_child(self.text("child"), self._number, london_date(self.now()))
        if not self.text("child") or read.problem:
            raise NotYet(read.problem or "Write the child's name; “?” when it is not known.", "child")
        if not self.text("reason"):
            raise NotYet("Say why the child is added now.", "reason")
        placed = ChildPlaced(
            discussion=self.view_of.number, child=read.child.number, included=True, reason=self.text("reason")
        )
        return AllAtDiscussion(each=(RecordChild(child=read.child), AtDiscussion(event=placed)))


def next_child(concern: Concern | None) -> int:
    """The number of a child that is added now."""
    return max((child.number for child in concern.children), default=0) + 1 if concern else 1
