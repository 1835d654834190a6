"""Before a call: whether a discussion is held, how and why; then it starts at once, or is booked, or none is held."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from duty_tui.desk.calling import Standing
from duty_tui.desk.desk import Desk
from duty_tui.domain.commands import Command as Act
from duty_tui.domain.discussion import Discussion, Format
from duty_tui.domain.discussion_commands import AllAtDiscussion, AtDiscussion
from duty_tui.domain.discussion_event import DiscussionEvent
from duty_tui.domain.discussion_events import DiscussionAgreed, DiscussionStarted, PersonRecorded
from duty_tui.domain.times import moment_words
from duty_tui.screens.both import STAYS, put_beside
from duty_tui.screens.desk_screen import DeskModal
from duty_tui.widgets.choice import Choice, Option
from duty_tui.widgets.command import Command
from duty_tui.widgets.command_screen import Back
from duty_tui.widgets.entry_input import EntryInput
from duty_tui.widgets.footer import KeyHints
from duty_tui.widgets.safe import content, elide
from duty_tui.widgets.statusline import StatusLine

if TYPE_CHECKING:
    from duty_tui.screens.agree_forms import BookForm

#: What follows on it: the call by its number, or the form in which a time is booked.
Next: TypeAlias = "int | BookForm"

_CELLS = 68
_FORMATS: tuple[Option[Format], ...] = (
    Option("1", "telephone", "telephone"),
    Option("2", "face to face", "face to face"),
    Option("3", "virtual", "virtual"),
)
_SERIES: tuple[Option[bool], ...] = (Option("1", True, "same series"), Option("2", False, "a new series"))


class Start(Command["StartCall", "StartCall"]):
    """Start it now."""

    id, keys, label, title, group, priority = (
        "start.now",
        "ctrl+s,f9",
        "start",
        "Start the discussion now",
        "Dialogue",
        1,
    )
    help = "Record that a discussion is held, how and why, and start it now; the chair is present."

    def run(self, screen: StartCall) -> None:
        """Record it, then open the call."""
        screen.start()


class Book(Command["StartCall", "StartCall"]):
    """Book a time instead."""

    id, keys, label, title, group, priority = "start.book", "f4", "book", "Book a time", "Dialogue", 3
    help = "Record that a discussion is held, how and why, then book a time for it."

    def run(self, screen: StartCall) -> None:
        """Record the decision, then ask for the time."""
        screen.book()


class HoldNone(Command["StartCall", "StartCall"]):
    """Hold none."""

    id, keys, label, title, group, priority = "start.none", "f8", "no call", "Hold no discussion", "Dialogue", 4
    help = "Record that no discussion is held; it needs its reason as much."

    def why_not(self, view: StartCall) -> str | None:
        """It was agreed already."""
        return view.why_not_none

    def run(self, screen: StartCall) -> None:
        """Ask for the reason, and record it."""
        screen.hold_none()


class StartCall(DeskModal[Next]):
    """Dismissed with the number of the discussion that has begun, or with the form in which its time is booked."""

    CSS_PATH = "call_end.tcss"
    ACTS: ClassVar[Any] = (Start, Book, HoldNone, Back)
    HELP = "Digits choose, Tab goes on; Ctrl+S starts the discussion now."

    def __init__(self, standing: Standing) -> None:
        super().__init__()
        self._standing = standing
        self.concern_id = standing.concern.id
        self.discussion = standing.concern.discussion(standing.next) or Discussion(standing.next)
        self._busy = self._decided = False

    @property
    def names(self) -> str:
        """The children, for the title."""
        return ", ".join(child.called for child in self._standing.concern.children)

    def compose(self) -> ComposeResult:
        """Who it is about, how, why, who chairs."""
        one, earlier = self.discussion, self._standing.ended
        with Vertical(classes="dialogue"):
            head = f"STRATEGY DISCUSSION {one.number}: {self.names}"
            yield Static(content((elide(head, _CELLS), "bold $key-fg")), classes="title")
            if one.agreed_at:
                booked = f"; booked for {moment_words(one.booked)}" if one.booked else ""
                said = f"Agreed by {one.agreed_by}, {moment_words(one.agreed_at)}{booked}. {one.reason}"
                yield Static(content((elide(said, 2 * _CELLS), "$faint")))
            yield Choice("How is it held?", _FORMATS, id="format")
            if not one.agreed_at:
                yield Static(content("Why a discussion is held (or why none)"), classes="label")
                yield EntryInput(compact=True, id="reason", max_length=2_000)
            yield Static(content("Chair"), classes="label")
            yield EntryInput(self.settings.name, compact=True, id="chair", max_length=200)
            if earlier:
                yield Choice(f"Discussion {earlier} came before: is this one of", _SERIES, id="series")
            yield StatusLine()
            yield KeyHints()

    def on_mount(self) -> None:
        """As agreed; else straight to how."""
        choice = self.query_one("#format", Choice)
        if self.discussion.format:
            choice.answer(self.discussion.format)
        choice.focus()

    @on(Choice.Changed, "#format")
    def _chosen(self, event: Choice.Changed) -> None:
        """How is said: now why."""
        for field in self.query("#reason") if event.answered else ():
            field.focus()

    @property
    def why_not_none(self) -> str | None:
        """Why it cannot be said that none is held."""
        return (
            "It was agreed already that one is held; undo that in the timeline first."
            if self.discussion.agreed_at
            else None
        )

    def _text(self, field: str) -> str:
        return next((entry.value.strip() for entry in self.query(field).results(EntryInput)), "")

    def _agreed(self) -> list[DiscussionEvent] | None:
        """The decision to hold one, where it is not recorded yet; None, and said why, while something is missing."""
        kind: Format | None = self.query_one("#format", Choice).value
        if kind is None:
            self._say("Say how it is held: 1, 2 or 3.", "#format")
            return None
        if self.discussion.agreed_at:
            return []
        reason = self._text("#reason")
        if not reason:
            self._say("Holding one needs its reason.", "#reason")
            return None
        return [DiscussionAgreed(discussion=self.discussion.number, format=kind, reason=reason)]

    def _say(self, why: str, part: str) -> None:
        self.query_one(part).focus()
        self.refuse(why)

    def start(self) -> None:
        """Record the decision, then the beginning and the chair's presence; then open the call."""
        agreed = self._agreed()
        chair = self._text("#chair")
        if agreed is None:
            return
        if not chair:
            self._say("A discussion has a chair.", "#chair")
            return
        series = next(iter(self.query("#series").results(Choice)), None)
        if series is not None and not series.answered:
            self._say("Say whether it belongs to the same series.", "#series")
            return
        follows = self._standing.ended if series is not None and series.value else None
        if not self._busy:
            self._busy = True
            self.begin(self._start(agreed, chair, follows))

    async def _start(self, agreed: list[DiscussionEvent], chair: str, follows: int | None) -> None:
        concern, number = self._standing.concern, self.discussion.number
        part = self._standing.chair
        kind: Format = self.query_one("#format", Choice).value or "telephone"

        def began(desk: Desk) -> Act:
            started = DiscussionStarted(
                discussion=number,
                at=_to_the_millisecond(desk.clock()),
                chair=chair,
                format=kind,
                children=tuple(child.number for child in concern.children),
                follows=follows,
            )
            there = PersonRecorded(
                discussion=number, name=chair, job="chair", agency=part.agency, role=part.role, standing="present"
            )
            return _all([started, there])

        # The decision is an act of its own, so that it stands before the beginning in time as well.
        if await self._decide(agreed) and await self._put(began):
            self.leave_with(number)

    async def _decide(self, agreed: list[DiscussionEvent]) -> bool:
        """Record that one is held, once; whether that is on the disk."""
        if agreed and not self._decided:
            self._decided = await self._put(_all(agreed))
            return self._decided
        return True

    async def _put(self, act: Act | Callable[[Desk], Act]) -> bool:
        """Record an act; whether it is on the disk. Where another was faster both are shown."""
        concern = self._standing.concern
        typed = bool(self._text("#reason"))
        try:
            left = await put_beside(self, concern.id, act, seen=concern.version, typed=typed, kept=STAYS)
        finally:
            self._busy = False
        if left == "drop":
            self.leave_with(None)
        return not isinstance(left, str)

    def book(self) -> None:
        """Record the decision, and go on to the time."""
        agreed = self._agreed()
        if agreed is not None and not self._busy:
            self._busy = True
            self.begin(self._book(agreed))

    async def _book(self, agreed: list[DiscussionEvent]) -> None:
        from duty_tui.screens.about_discussion import read_discussion
        from duty_tui.screens.agree_forms import BookForm

        concern, number, now = self._standing.concern.id, self.discussion.number, self.now()
        if not await self._decide(agreed):
            return
        try:
            read = await self.session.ask(read_discussion(concern, number, now))
        finally:
            self._busy = False
        self.leave_with(BookForm(read))

    def hold_none(self) -> None:
        """Record that none is held."""
        reason = self._text("#reason")
        if not reason:
            self._say("Deciding against a discussion needs its reason.", "#reason")
        elif not self._busy:
            self._busy = True
            self.begin(self._hold_none(reason))

    async def _hold_none(self, reason: str) -> None:
        from duty_tui.domain.discussion_acts import HoldNoDiscussion

        def none_held(desk: Desk) -> Act:
            names = desk.rulebook.vocabulary.event
            decided, reasoned = (names[name].label for name in ("discussion_decided_on", "decision_reason_recorded"))
            return HoldNoDiscussion(reason=reason, decided=decided, reasoned=reasoned)

        if await self._put(none_held):
            self.leave_with(None)


def _to_the_millisecond(at: datetime) -> datetime:
    """As exactly as entries are stamped: what happens at one moment keeps its order."""
    return at.replace(microsecond=at.microsecond // 1000 * 1000)


def _all(events: list[DiscussionEvent]) -> AllAtDiscussion:
    """Several entries as one act."""
    return AllAtDiscussion(each=tuple(AtDiscussion(event=event) for event in events))
