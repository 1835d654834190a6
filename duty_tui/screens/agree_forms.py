"""The steps of a discussion's course, a form each: held or not, booked, begun, ended, moving the conference."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from duty_tui.desk.desk import Desk
from duty_tui.desk.series import if_booked
from duty_tui.domain.commands import Command
from duty_tui.domain.decision_events import ConferenceMoved
from duty_tui.domain.discussion import Format
from duty_tui.domain.discussion_acts import HoldNoDiscussion
from duty_tui.domain.discussion_commands import AtDiscussion
from duty_tui.domain.discussion_events import DiscussionAgreed, DiscussionBooked, DiscussionEnded, DiscussionStarted
from duty_tui.domain.times import moment_words
from duty_tui.screens.about_discussion import Read
from duty_tui.screens.action_form import typed_instant
from duty_tui.screens.choice_line import ChoiceLine
from duty_tui.screens.concern_field import Field, time_reader
from duty_tui.screens.discussion_form import DiscussionForm, NotYet
from duty_tui.widgets.choice import YES_NO, Choice, Option
from duty_tui.widgets.entry_input import NotesArea
from duty_tui.widgets.safe import content, lines
from duty_tui.widgets.ticks import Ticks, numbered
from duty_tui.widgets.wrapping import wrap

_FORMATS: tuple[Option[Format], ...] = (
    Option("1", "telephone", "Telephone"),
    Option("2", "face to face", "Face to face"),
    Option("3", "virtual", "Virtual"),
)


_LIVE_CELLS, _MOST_LIVE = 70, 7


class _CourseForm(DiscussionForm):
    ACT: ClassVar[str] = ""

    @property
    def title_words(self) -> str:
        """The act and the children it is about."""
        return f"{self.ACT} · {self.view_of.reference} {self.view_of.title}"

    @property
    def said(self) -> str:
        """The act."""
        return self.ACT.lower()

    def chosen(self, part: str) -> object:
        """What a choice stands for; None while nothing is chosen."""
        return self.query_one(f"#{part}", Choice).value

    def format(self) -> Format:
        """How it is held. Raises NotYet while nobody said."""
        found: Format | None = self.query_one("#format", Choice).value
        if found is None:
            raise NotYet("By telephone, face to face or virtual? Press a digit.", "format")
        return found


class HoldForm(_CourseForm):
    """It is decided to hold one: how, and why."""

    KIND: ClassVar[str] = "agree"
    ACT = "HOLD A DISCUSSION"
    HELP = "A manager decides that a strategy discussion is held: how, and for what reason."

    def parts(self) -> ComposeResult:
        """How and why."""
        yield ChoiceLine("format", "How", _FORMATS)
        yield Static(content(("Why it is held, and what it is to cover", "$head-fg")))
        yield NotesArea(id="reason", compact=True)

    def command(self) -> Command:
        """The decision."""
        form = self.format()
        if not self.text("reason"):
            raise NotYet("Say why it is held: the concerns, and what is to be covered.", "reason")
        reason = " ".join(self.text("reason").split())
        return AtDiscussion(event=DiscussionAgreed(discussion=self.view_of.number, format=form, reason=reason))


class NoneForm(_CourseForm):
    """It is decided to hold none; the reason is needed as much."""

    KIND: ClassVar[str] = "none"
    ACT = "NO DISCUSSION"
    HELP = "A manager decides that none is held. That answers the question of reasonable cause with no."

    def parts(self) -> ComposeResult:
        """What it means, and why."""
        yield Static(
            content("This answers “reasonable cause to suspect significant harm” with no; the clocks that need")
        )
        yield Static(content("it stop. Say why none is held, and what is done instead."))
        yield NotesArea(id="reason", compact=True)

    async def made(self) -> Command | None:
        """The decision and its reason, in the vocabulary's words."""
        if not self.text("reason"):
            raise NotYet("Deciding against a discussion needs its reason.", "reason")
        decided, reasoned = await self.session.ask(_labels)
        return HoldNoDiscussion(reason=self.text("reason"), decided=decided, reasoned=reasoned)


def _labels(desk: Desk) -> tuple[str, str]:
    events = desk.rulebook.vocabulary.event
    return events["discussion_decided_on"].label, events["decision_reason_recorded"].label


class BookForm(_CourseForm):
    """A time is set; at once stands beneath what it would miss and what would then be due."""

    KIND: ClassVar[str] = "book"
    ACT = "BOOK THE DISCUSSION"
    HELP = "Type a time: what it would miss and what would then be due stands beneath before anything is recorded."

    def parts(self) -> ComposeResult:
        """When, where, and what follows."""
        yield Field("at", "When", hint="17:00, +2h, tomorrow 10:00 …", read=time_reader(self.now))
        yield Field("place", "Where", hint="room, number to dial, link")
        yield Static(classes="live")

    @on(Input.Changed, "#at")
    def _another_time(self) -> None:
        self.begin(self._foresee(), alone="foresee")

    async def _foresee(self) -> None:
        try:
            at = typed_instant(self, "at")
        except NotYet:
            at = None
        if at is None:
            self.query_one(".live", Static).update(content())
            return
        when = at
        found = await self.session.ask(lambda desk: if_booked(desk, self.concern_id, when))
        self.query_one(".live", Static).update(lines(_foreseen(found)))

    def command(self) -> Command:
        """The time."""
        at = typed_instant(self, "at")
        if at is None:
            raise NotYet("Type when it is to be held.", "at")
        event = DiscussionBooked(discussion=self.view_of.number, at=at, place=self.text("place"))
        return AtDiscussion(event=event)


def _foreseen(found: Sequence[str]) -> list[Content]:
    """What a booking would lead to, the breaches first and marked by a word."""
    shown: list[Content] = []
    for line in found:
        late = line.startswith("LATE")
        shown += [content((part, "bold $bad" if late else "")) for part in wrap(line, _LIVE_CELLS, 2 if late else 1)]
    if len(shown) > _MOST_LIVE:
        shown[_MOST_LIVE - 1 :] = [content(("… and more; WHY shows the rest once it is booked", "$faint"))]
    return shown or [content(("Nothing is due by it, nor after it.", "$faint"))]


class StartForm(_CourseForm):
    """It begins now, or began at a time typed; who chairs, for which children, in which series."""

    KIND: ClassVar[str] = "start"
    ACT = "IT BEGAN"
    HELP = "Leave the time empty for now. After the event type when it began; everything else is recorded as usual."

    def __init__(self, read: Read) -> None:
        super().__init__(read)
        self._earlier = [one.number for one in read.concern.discussions if one.started and one.number != self.number]
        self._whom: Ticks[int] = Ticks(
            "About", numbered((one.number, one.name) for one in self.view_of.children), id="whom"
        )

    def parts(self) -> ComposeResult:
        """When, chair, how, whom, series."""
        yield Field("at", "When", hint="now, unless you say otherwise", read=time_reader(self.now))
        yield Field("chair", "Chair", self.settings.name)
        yield ChoiceLine("format", "How", _FORMATS)
        yield self._whom
        if self._earlier:
            last = self._earlier[-1]
            series = (Option("1", last, f"Follows discussion {last}"), Option("2", 0, "New series"))
            yield ChoiceLine("series", "Series", series)

    def open_form(self) -> None:
        """For all children, as agreed, by the person asking."""
        discussion = self.read.discussion if self.read else None
        known = discussion.children if discussion and discussion.children else None
        self._whom.tick(known or (option.value for option in self._whom.options))
        self.query_one("#format", Choice).answer((discussion.format if discussion else None) or "telephone")
        for series in self.query("#series").results(Choice):
            series.answer(self._earlier[-1])
        self.go_to("at")

    def command(self) -> Command:
        """The beginning."""
        at = typed_instant(self, "at") or self.now()
        if not self.text("chair"):
            raise NotYet("Say who chairs it.", "chair")
        if not self._whom.values:
            raise NotYet("Which children is it about? Press a digit, or 0 for all.", "whom")
        follows = self.chosen("series") if self._earlier else None
        event = DiscussionStarted(
            discussion=self.view_of.number,
            at=at,
            chair=self.text("chair"),
            format=self.format(),
            children=self._whom.values,
            follows=follows if isinstance(follows, int) and follows else None,
        )
        return AtDiscussion(event=event)


class EndForm(_CourseForm):
    """It ended; whether a further one is needed."""

    KIND: ClassVar[str] = "end"
    ACT = "IT ENDED"
    HELP = "Leave the time empty for now."

    def parts(self) -> ComposeResult:
        """When, and whether a further one is needed."""
        yield Field("at", "When", hint="now, unless you say otherwise", read=time_reader(self.now))
        yield ChoiceLine("further", "A further one", YES_NO)

    def command(self) -> Command:
        """The end."""
        at = typed_instant(self, "at") or self.now()
        further = self.chosen("further")
        event = DiscussionEnded(
            discussion=self.view_of.number, at=at, further=further if isinstance(further, bool) else None
        )
        return AtDiscussion(event=event)


class MovesForm(_CourseForm):
    """The chair marks the discussion as one of the same series, so that the conference counts from it."""

    KIND: ClassVar[str] = "moves"
    ACT = "MOVE THE CONFERENCE"
    HELP = "Only the chair may say so, with a reason; the date it had first stays visible beside the new one."

    def parts(self) -> ComposeResult:
        """The clocks as they are, and why."""
        began: datetime | None = self.view_of.started
        if began is not None:
            yield Static(content(f"The conference will count from {moment_words(began)}, discussion {self.number}."))
        yield Static(lines([content((line, "$faint")) for line in self.view_of.clocks[:4]]))
        yield Field("reason", "Why", hint="why it is the same series", limit=2000)

    def command(self) -> Command:
        """The mark and its reason."""
        if not self.text("reason"):
            raise NotYet("That needs the chair's reason.", "reason")
        return AtDiscussion(event=ConferenceMoved(discussion=self.view_of.number, reason=self.text("reason")))
