"""The course of a concern's discussions: whether one is held, when, in which series; also recorded after the event."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from duty_tui.domain.discussion import Discussion
from duty_tui.domain.discussion_commands import next_number
from duty_tui.domain.text import fold
from duty_tui.domain.times import moment_words
from duty_tui.screens.about_discussion import Read, read_discussion
from duty_tui.screens.agree_forms import BookForm, EndForm, HoldForm, MovesForm, NoneForm, StartForm
from duty_tui.screens.concern_list import Item, block
from duty_tui.screens.discussion_form import DiscussionForm
from duty_tui.screens.discussion_screen import DiscussionList, discussion_words
from duty_tui.views.discussion import DiscussionView
from duty_tui.widgets.command import Command

_ITEM = "discussion:"


class _Step(Command[Any, Any]):
    group = "The course of the discussion"
    form: ClassVar[type[HoldForm | NoneForm | BookForm | StartForm | EndForm | MovesForm]]

    def why_not(self, view: CourseScreen) -> str | None:
        """As the discussion under the cursor stands."""
        return view.why_not_now() or self.why(view.chosen)

    def why(self, discussion: Discussion) -> str | None:
        """Why not with this one, or None."""
        return "It has begun already; choose the next one in the list." if discussion.started else None

    def run(self, screen: CourseScreen) -> None:
        """Open its form."""
        screen.step(self.form)


class Hold(_Step):
    """Decide to hold one."""

    id, keys, label, title, priority = "course.hold", "1", "hold", "Decide to hold a discussion", 2
    help = "Record that a manager decided to hold a strategy discussion: how, and why."
    form = HoldForm


class HoldNone(_Step):
    """Decide to hold none."""

    id, keys, label, title, priority = "course.none", "2", "none", "Decide to hold none", 8
    help = "Record that a manager decided against a strategy discussion, and why."
    form = NoneForm


class Book(_Step):
    """Book a time."""

    id, keys, label, title, priority = "course.book", "3", "book", "Book a time", 3
    help = "Set a time for it; what it would miss and what would then be due is shown before it is recorded."
    form = BookForm


class Begin(_Step):
    """It begins, or began."""

    id, keys, label, title, priority = "course.begin", "4", "begin", "It begins, or began", 4
    help = "Begin it now, or record after the event when it began: chair, children, series."
    form = StartForm


class End(_Step):
    """It ended."""

    id, keys, label, title, priority = "course.end", "5", "end", "It ended", 5
    help = "Record when it ended, and whether a further one is needed."
    form = EndForm

    def why(self, discussion: Discussion) -> str | None:
        """Only one that is going on."""
        if discussion.started is None:
            return "It has not begun."
        return "It has ended already." if discussion.ended else None


class MoveConference(_Step):
    """The conference counts from it."""

    id, keys, label, title, priority = "course.moves", "6", "series", "Same series: move the conference", 12
    help = "The chair marks it as one of the same series, with a reason, so that the conference counts from it."
    form = MovesForm

    def why_not(self, view: CourseScreen) -> str | None:
        """Only the chair, of one that follows another."""
        return super().why_not(view) or view.why_not_chair()

    def why(self, discussion: Discussion) -> str | None:
        """Only one that has begun and follows another."""
        if discussion.started is None:
            return "It has not begun."
        if discussion.follows is None:
            return "It does not follow another discussion."
        return "The conference counts from it already." if discussion.moves_conference else None


class CourseScreen(DiscussionList):
    """Every discussion of the concern and the one that may be held next; the digits act on the one under the cursor."""

    HEADING = "DISCUSSIONS"
    HELP = (
        "1 hold, 2 none, 3 book, 4 begin, 5 end: each a short form. The letters open what belongs to the selected one."
    )
    ACTS: ClassVar[Any] = (Hold, Book, Begin, End, HoldNone, MoveConference)

    @property
    def chosen(self) -> Discussion:
        """The discussion under the cursor."""
        number = int(self.selected.removeprefix(_ITEM) or 0) or self.number or 1
        known = self.read.concern.discussion(number) if self.read else None
        return known or Discussion(number)

    def discussion_at(self) -> tuple[str, int | None] | None:
        """The one under the cursor."""
        return self.concern_id, self.chosen.number if self.read else self.number

    def state_words(self, view: DiscussionView) -> str:
        """By when the next is due."""
        return " · ".join(filter(None, (discussion_words(view), view.due_words)))

    def items(self, view: DiscussionView) -> Sequence[Item]:
        """One item a discussion, the next one last; drawn from the concern, which knows the others besides `view`."""
        if self.read is None or view is not self.read.view:
            return ()
        concern = self.read.concern
        known = {one.number: one for one in concern.discussions}
        coming = next_number(concern)
        known.setdefault(coming, Discussion(coming))
        return [Item(f"{_ITEM}{number}", block(*course_words(known[number]))) for number in sorted(known)]

    def why_not_chair(self) -> str | None:
        """Why this person may not say so, or None."""
        chair = self.chosen.chair
        return None if fold(chair) == fold(self.settings.name) else f"Only the chair may say so: {chair}."

    def step(self, form: Callable[[Read], DiscussionForm]) -> None:
        """Open a form about the discussion under the cursor."""
        number = self.chosen.number
        if self.read is not None and number == self.read.view.number:
            # At once, so that a key typed ahead reaches the form.
            self.app.push_screen(form(self.read))
            return

        async def work() -> None:
            read = await self.session.ask(read_discussion(self.concern_id, number, self.now()))
            self.app.push_screen(form(read))

        self.begin(work())


def course_words(discussion: Discussion) -> tuple[str, str]:
    """A discussion's heading, and its course, a line a step."""
    said = []
    if discussion.agreed_at:
        said.append(f"Agreed {moment_words(discussion.agreed_at)} by {discussion.agreed_by}: {discussion.reason}")
    if discussion.booked and not discussion.started:
        where = f", {discussion.place}" if discussion.place else ""
        said.append(f"Booked for {moment_words(discussion.booked)}{where}")
    if discussion.started:
        said.append(f"Began {moment_words(discussion.started)}, {discussion.format}, chair {discussion.chair}")
    if discussion.ended:
        more = {True: "; a further one is needed", False: "; no further one", None: ""}[discussion.further]
        said.append(f"Ended {moment_words(discussion.ended)}{more}")
    if discussion.follows:
        said.append(f"Follows discussion {discussion.follows}, same series")
    if discussion.moves_conference:
        said.append(f"The conference counts from it: {discussion.moves_conference}")
    if discussion.emergency:
        said.append(f"Held without a quorum: {discussion.emergency}")
    return f"DISCUSSION {discussion.number}", "\n".join(said) or "Not agreed yet: 1 holds one, 2 says why none is held."
