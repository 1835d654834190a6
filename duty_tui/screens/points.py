"""Agenda and checklist of the policies in force: each point answered where it stands, for each child or agency."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from duty_tui.domain.commands import AnswerQuestions, Command
from duty_tui.domain.concern import Answer
from duty_tui.domain.discussion_commands import AllAtDiscussion, AtDiscussion
from duty_tui.domain.discussion_events import PointAnswered
from duty_tui.screens.about_discussion import Read
from duty_tui.screens.choice_line import ChoiceLine
from duty_tui.screens.concern_field import Field
from duty_tui.screens.concern_list import Draw, Item
from duty_tui.screens.discussion_form import DiscussionForm, NotYet
from duty_tui.screens.discussion_screen import DiscussionList
from duty_tui.screens.places import go_to_place
from duty_tui.views.discussion import DiscussionView, PointLine
from duty_tui.widgets.choice import YES_NO, Choice
from duty_tui.widgets.command import Command as Act
from duty_tui.widgets.safe import content, elide, fit, lines
from duty_tui.widgets.wrapping import wrap

_ANSWERS: dict[bool | None, Answer] = {True: "yes", False: "no", None: "unknown"}
_KIND_CELLS = 8
_KINDS = {"agenda": "agenda", "decide": "decide", "record must": "MUST", "record should": "record"}


def key_of(point: PointLine) -> str:
    """What the cursor belongs to."""
    return f"{point.item}|{point.child or ''}|{point.agency}"


class AnswerPoint(Act[Any, Any]):
    """Answer it, or go where it is answered."""

    id, keys, label, title, priority = "point.answer", "enter,p", "answer", "Answer the point", 2
    group = "Points"
    help = "Answer the selected point in words, or go to where it is answered: attendance, decisions, actions."

    def why_not(self, view: PointsScreen) -> str | None:
        """One must be selected."""
        return view.why_not_now(begun=True) or (None if view.point else "No point is selected.")

    def run(self, screen: PointsScreen) -> None:
        """Open the line, or the other screen."""
        screen.answer()


class OnlyOpen(Act[Any, Any]):
    """Only the open ones, or all."""

    id, keys, label, title, priority = "point.open", "v", "views", "Open points only, or all", 4
    group = "Points"
    help = "Show only the points still open, or all of them with their answers."

    def run(self, screen: PointsScreen) -> None:
        """Change between the two."""
        screen.only_open = not screen.only_open
        screen.draw()


class PointsScreen(DiscussionList):
    """Every point, the open ones first; the cursor goes on to the next open one after an answer."""

    HEADING = "AGENDA"
    HELP = "Enter answers the selected point in words, or leads to where it is answered."
    NOTHING = "No point is open."
    ACTS: ClassVar[Any] = (AnswerPoint, OnlyOpen)

    def __init__(self, concern_id: str, number: int | None = None, at: str | None = None) -> None:
        super().__init__(concern_id, number, at)
        self.only_open = False

    def state_words(self, view: DiscussionView) -> str:
        """How many are open."""
        return f"{len(view.open_points)} of {len(view.points)} points open" + (" · open ones only" * self.only_open)

    def items(self, view: DiscussionView) -> Sequence[Item]:
        """The points in the order of the policies, under their headings."""
        shown = view.open_points if self.only_open else view.points
        found, group = [], None
        for point in shown:
            found.append(Item(key_of(point), _point(point, point.group if point.group != group else "")))
            group = point.group
        return found

    @property
    def point(self) -> PointLine | None:
        """The point under the cursor."""
        points = self.shown.points if self.shown else ()
        return next((one for one in points if key_of(one) == self.selected), None)

    def answer(self) -> None:
        """In words, or where it is answered."""
        point = self.point
        if point is None or self.read is None or self.shown is None:
            return
        if point.place != "points":
            go_to_place(self, point.place, self.concern_id, self.number, point.child)
            return
        following = self._after(point)

        def closed(recorded: bool | None) -> None:
            if recorded:
                self._at = following
                self.reload()

        self.app.push_screen(PointForm(self.read, point), closed)

    def _after(self, point: PointLine) -> str:
        """The next open point in the list."""
        points = list(self.shown.points) if self.shown else []
        at = points.index(point)
        rest = [one for one in [*points[at + 1 :], *points[:at]] if not one.answer and one.place == "points"]
        return key_of(rest[0]) if rest else key_of(point)


def _point(point: PointLine, heading: str) -> Draw:
    kind = _KINDS.get(point.kind, "record")
    about = f"{point.child_name}: " if point.child_name else f"{point.agency}: " if point.agency else ""

    def draw(cells: int, selected: bool) -> list[Content]:
        mark = "▸" if selected else " "
        sign, style = ("✓ ", "$good") if point.answer else ("○ ", "bold")
        room = max(8, cells - _KIND_CELLS - 5)
        asked = wrap(about + point.text, room, 3 if selected else 1)
        drawn = [content((elide(heading, cells), "bold $key-fg"))] if heading else []
        drawn.append(content(mark, (sign, style), (fit(kind, _KIND_CELLS), "$faint"), " ", (asked[0], style)))
        margin = " " * (_KIND_CELLS + 4)
        drawn += [content(margin, (line, style)) for line in asked[1:]]
        if point.answer and point.answer != "recorded":
            drawn += [content(margin, (line, "$faint")) for line in wrap(point.answer, room, 5 if selected else 1)]
        if selected and point.unless:
            drawn.append(content(margin, (elide(f"if {point.unless}", room), "$faint")))
        if selected and point.wants:
            wants = wrap("still wants: " + ", ".join(point.wants), room, 2)
            drawn += [content(margin, (line, "bold $soon")) for line in wants]
        return drawn

    return draw


class PointForm(DiscussionForm):
    """One line; Enter records it. A point that settles a question of the policy is answered by a digit as well."""

    KIND: ClassVar[str] = "point"
    HELP = "Type the answer; Enter records it and goes on to the next open point."

    def __init__(self, read: Read, point: PointLine) -> None:
        super().__init__(read, key_of(point))
        self._point = point
        self._settled_for: int | None = None

    @property
    def title_words(self) -> str:
        """Whom it is about."""
        return f"ANSWER · {self._point.child_name or self._point.agency or self.view_of.title}"

    def parts(self) -> ComposeResult:
        """The question, the digits where it settles a fact, the words."""
        yield Static(lines([content((line, "bold")) for line in wrap(self._point.text, 70, 3)]))
        if self._point.needs_reason:
            yield Static(content(("With the reason.", "$faint")))
        if self._point.sets:
            yield ChoiceLine("fact", "Answer", YES_NO)
        yield Field("words", "In words", hint="what was said; Enter records it", limit=5000)

    def open_form(self) -> None:
        """With the answer there is."""
        if self._point.answer and self._point.answer != "recorded":
            self.fill({"words": self._point.answer})
        self.focus_next()

    @on(Input.Submitted, "#words")
    def _submitted(self, event: Input.Submitted) -> None:
        event.prevent_default()
        event.stop()
        self.commit()

    @property
    def said(self) -> str:
        """In a word."""
        return "answer"

    async def made(self) -> Command | None:
        """The answer; a question about one discussion is answered for this one."""
        if self._point.sets:
            fact = await self.session.ask(lambda desk: desk.rulebook.vocabulary.fact[self._point.sets])
            self._settled_for = self.view_of.number if fact.scope == "discussion" else None
        return self.command()

    def command(self) -> Command:
        """The answer, and with it the question of the policy that it settles."""
        if self._point.sets and not self.query_one("#fact", Choice).answered:
            raise NotYet("Yes, no, or not known? Press a digit.", "fact")
        if not self.text("words"):
            raise NotYet("Type the answer.", "words")
        event = PointAnswered(
            discussion=self.view_of.number,
            item=self._point.item,
            text=self.text("words"),
            child=self._point.child,
            agency=self._point.agency,
        )
        if not self._point.sets:
            return AtDiscussion(event=event)
        answers = {self._point.sets: _ANSWERS[self.query_one("#fact", Choice).value]}
        settles = AnswerQuestions(
            answers=answers, child=self._point.child, discussion=self._settled_for, reason=self.text("words")
        )
        return AllAtDiscussion(each=(settles, AtDiscussion(event=event)))
