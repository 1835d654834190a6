"""The end of a call: what is still open is listed, and nothing of it stands in the way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from duty_tui.desk.calling import Call, owed_after
from duty_tui.domain.discussion_commands import AllAtDiscussion, AtDiscussion
from duty_tui.domain.discussion_event import DiscussionEvent
from duty_tui.domain.discussion_events import DiscussionEnded, HeldInquorate
from duty_tui.screens.both import STAYS, put_beside
from duty_tui.screens.concern_ask import Commit
from duty_tui.screens.desk_screen import DeskModal
from duty_tui.screens.latest import Latest
from duty_tui.widgets.choice import YES_NO, Choice, Option
from duty_tui.widgets.command_screen import Back
from duty_tui.widgets.entry_input import EntryInput
from duty_tui.widgets.footer import KeyHints
from duty_tui.widgets.safe import content, elide, lines
from duty_tui.widgets.statusline import StatusLine
from duty_tui.widgets.time_field import TimeField

_CELLS = 68
_ANYWAY: tuple[Option[bool], ...] = (
    Option("1", True, "it could not wait: why"),
    Option("2", False, "end it all the same"),
)
_NOW = "now"


class EndCall(DeskModal[bool]):
    """What is open, when it ended, whether a further one is needed; dismissed with True once that is on the disk."""

    CSS_PATH = "call_end.tcss"
    ACTS = (Commit, Back)
    HELP = "Digits answer, Tab goes on, Ctrl+S or F9 ends the discussion; Escape goes back to it."

    def __init__(self, call: Call) -> None:
        super().__init__()
        self._call = call
        self._busy = False
        self._foreseeing = Latest(self._foresee)

    def compose(self) -> ComposeResult:
        """What is open, then the questions."""
        view = self._call.view
        with Vertical(classes="dialogue"):
            title = f"END DISCUSSION {view.number}: {view.reference} {view.title}"
            yield Static(content((elide(title, _CELLS), "bold $key-fg")), classes="title")
            yield Static(lines(list(still_open(self._call))), id="open")
            if view.quorum.quorate is False:
                yield Choice(f"{view.quorum.words}. Held without a quorum because", _ANYWAY, id="anyway")
                yield EntryInput(placeholder="why it could not wait", compact=True, id="reason")
            yield Choice("Is a further discussion needed?", YES_NO, id="further")
            yield TimeField("Ended", self.clock, value=_NOW, id="ended")
            yield Static(id="owed")
            yield StatusLine()
            yield KeyHints()

    def on_mount(self) -> None:
        """Straight to the first question; what ending would set going is worked out meanwhile."""
        self.query(Choice).first().focus()
        self.foresee()

    @on(Choice.Changed)
    def _answered(self, event: Choice.Changed) -> None:
        """Go on to what the answer asks for."""
        if event.answered and event.choice.id == "anyway":
            target = "#reason" if event.value else "#further"
            self.query_one(target).focus()
        self.foresee()

    @on(TimeField.Changed)
    def foresee(self) -> None:
        """Say what would be owed once it has ended so."""
        self._foreseeing.ask(self)

    async def _foresee(self) -> None:
        now = self.now()
        at = self._ended or now
        events = self._events(at)
        owed = await self.session.ask(lambda desk: owed_after(desk, self._call.view.concern, events, now))
        shown = [content((elide(f"then owed: {words}", _CELLS), "bold $soon")) for words in owed[:3]]
        if len(owed) > len(shown):
            shown.append(content((f"and {len(owed) - len(shown)} more", "$faint")))
        self.query_one("#owed", Static).update(lines(shown))

    @property
    def _ended(self) -> datetime | None:
        """When it ended; None while that cannot be read."""
        field = self.query_one(TimeField)
        return self.now() if field.text.strip().casefold() in ("", _NOW) else field.reading.instant

    @property
    def _reason(self) -> str:
        """Why it was held without a quorum; empty when that is not said."""
        anyway = self.query("#anyway").results(Choice)
        held: list[Choice[Any]] = [choice for choice in anyway if choice.value]
        return self.query_one("#reason", EntryInput).value.strip() if held else ""

    def _events(self, at: datetime) -> list[DiscussionEvent]:
        number = self._call.view.number
        ended = DiscussionEnded(discussion=number, at=at, further=self.query_one("#further", Choice).value)
        held = [HeldInquorate(discussion=number, reason=self._reason)] if self._reason else []
        return [*held, ended]

    def commit(self) -> None:
        """End it, unless a reason was promised and is missing, or the time cannot be read."""
        at = self._ended
        anyway = list(self.query("#anyway").results(Choice))
        if at is None:
            self.refuse("The time it ended cannot be read.")
            self.query_one(TimeField).focus()
        elif anyway and anyway[0].value and not self._reason:
            self.refuse("Say why it could not wait, or choose 2.")
            self.query_one("#reason").focus()
        elif not self._busy:
            self._busy = True
            self.begin(self._commit(at))

    async def _commit(self, at: datetime) -> None:
        command = AllAtDiscussion(each=tuple(AtDiscussion(event=event) for event in self._events(at)))
        concern = self._call.concern
        try:
            left = await put_beside(
                self, concern.id, command, seen=concern.version, typed=bool(self._reason), kept=STAYS
            )
        finally:
            self._busy = False
        if not isinstance(left, str):
            self.leave_with(True)
        elif left == "drop":
            self.leave_with(None)


def still_open(call: Call) -> Iterator[Content]:
    """What is not answered, decided, specific; one line each, or that nothing is."""
    view = call.view
    waiting = [f"/{number} {point.text}" for number, point in enumerate(call.setting.points, 1) if not point.answer]
    lacking = [action.what for action in view.actions if action.lacks]
    found = False
    for head, items in (
        ("Without a decision", [child.name for child in view.undecided]),
        ("Not answered", waiting),
        ("Actions that lack something", lacking),
    ):
        if items:
            found = True
            words = f"{head} {len(items)}: {' · '.join(items)}"
            yield content((elide(words, _CELLS), "bold $bad"))
    if view.quorum.quorate is None:
        found = True
        yield content((elide(f"Here: {view.quorum.words}", _CELLS), "bold $soon"))
    if not found:
        yield content(("Everything is answered, and decided for every child.", "$good"))
