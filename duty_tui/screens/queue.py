"""The queue: what a duty manager sees first and comes back to all day, the most urgent concern on top."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.events import Resize
from textual.timer import Timer
from textual.widgets import Input

from duty_tui.desk.board import Board
from duty_tui.desk.saved_views import VIEWS, belongs_to
from duty_tui.domain.times import london_date
from duty_tui.errors import DutyError
from duty_tui.screens import queue_acts
from duty_tui.screens.desk_screen import DeskScreen
from duty_tui.screens.moved_line import MovedLine
from duty_tui.screens.queue_asked import AskedCount
from duty_tui.screens.queue_filter import FilterLine
from duty_tui.screens.queue_peek import SHORT, TALL, Peek
from duty_tui.screens.queue_rows import Read, in_families, read_rows
from duty_tui.screens.queue_unsent import UnsentEntries
from duty_tui.screens.queue_words import plain_line
from duty_tui.screens.stale import StaleLine
from duty_tui.screens.unfinished import unfinished
from duty_tui.views.queue import QueueCounts, QueueRow, QueueView
from duty_tui.widgets.command import AnyCommand
from duty_tui.widgets.command_screen import Help, Palette
from duty_tui.widgets.footer import KeyHints
from duty_tui.widgets.queue_list import QueueList
from duty_tui.widgets.statusline import StatusLine
from duty_tui.widgets.title_bar import TitleBar

if TYPE_CHECKING:
    from duty_tui.desk.session import Changes
    from duty_tui.screens.intake_keeping import Taken
    from duty_tui.screens.views import ViewChosen

_TALL_FROM = 30
_IDLE = 0.25
#: What is counted aside waits until the first screen stands: counting opens the policies.
_SETTLED = 0.5
_LABELS = {view.name: view.label for view in VIEWS}


class QueueScreen(DeskScreen[None]):
    """The list, the pane under it, and the line to filter by. Holds which view is shown; the board holds the order."""

    ACTS: ClassVar[tuple[type[AnyCommand], ...]] = (*queue_acts.ACTS, Help, Palette)
    AUTO_FOCUS = "QueueList"
    HELP = (
        "Every open concern, the most urgent first: overdue, then by how soon the policies want it done. "
        "LATE is past its due; a hollow sign stands unless ruled out by an answer. W says why."
    )
    DEFAULT_CSS = """
    QueueScreen { layout: vertical; background: $background; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.board: Board | None = None
        self._view, self._grouped = "all", False
        self._shown: QueueView | None = None
        self._spoken_of: QueueRow | None = None
        self._day: date | None = None
        self._minute = -1
        self._resting: Timer | None = None
        self._asked_to_leave = False
        self._asked = AskedCount(self)
        self.unsent = UnsentEntries(self)

    def compose(self) -> ComposeResult:
        """From top to bottom."""
        yield TitleBar()
        yield StaleLine()
        yield MovedLine()
        yield QueueList(empty="Reading the queue …")
        yield FilterLine()
        yield StatusLine()
        yield Peek()
        yield KeyHints()

    # What stands where

    @property
    def list(self) -> QueueList:
        """The list of concerns."""
        return self.query_one(QueueList)

    @property
    def filter(self) -> FilterLine:
        """The line to filter by."""
        return self.query_one(FilterLine)

    @property
    def status(self) -> StatusLine:
        """What came of the last act."""
        return self.query_one(StatusLine)

    @property
    def pointed(self) -> QueueRow | None:
        """The row under the cursor, also of a concern this person may not see."""
        row = self.list.selected
        return row if isinstance(row, QueueRow) else None

    @property
    def selected(self) -> QueueRow | None:
        """The concern under the cursor; None where it may not be seen or is not recorded: no act falls on it."""
        row = self.pointed
        return None if row is None or row.hidden or row.unsent else row

    def discussion_at(self) -> tuple[str, int | None] | None:
        """The concern under the cursor, and whichever of its discussions is meant."""
        return (self.selected.id, None) if self.selected else None

    @property
    def heading(self) -> str:
        """The view, as the first line names it."""
        return _LABELS[self._view] + (" by family" if self._grouped else "")

    # Reading and showing

    def on_mount(self) -> None:
        """Read the rows; the screen stands already."""
        self.begin(self._read(first=True), alone="read")

    async def _read(self, *, first: bool = False) -> None:
        try:
            me = self.settings.name
            read = (
                await self.host.read_first(lambda store: read_rows(store, me))
                if first
                else await self.session.ask(lambda desk: read_rows(desk.store, desk.actor))
            )
        except DutyError as error:
            if first:
                self.host.end_with(error)
                return
            raise
        self._take(read)
        if first:
            self.call_after_refresh(self.host.begin_feed, read.seq)
            self.set_timer(_SETTLED, lambda: self.begin(self._tell_of_drafts()))
            self.set_timer(_SETTLED, self.unsent.look)
        await self.query_one(MovedLine).look()
        self.set_timer(_SETTLED, self._asked.look)

    async def _tell_of_drafts(self) -> None:
        if words := await unfinished(self.session, self.settings.name, self.board):
            self._news(words)

    def _take(self, read: Read) -> None:
        now = self.now()
        self.board = Board(read.bands)
        self.board.fill(read.rows, now)
        self.board.show_unsent((), self.unsent.shown)
        self.list.empty = "Nothing is waiting here."
        self.redraw(now)

    def redraw(self, now: datetime, *, by_hand: bool = False) -> None:
        """Bring everything up to date; `by_hand` after a choice of the person, which may take the cursor along."""
        if self.board is None:
            return
        self._day, self._minute = london_date(now), int(now.timestamp()) // 60
        view = self.board.view(now, belongs_to(self._view, self.settings.name, now), self.filter.words)
        self._shown = view
        rows = in_families([*view.rows]) if self._grouped else view.rows
        self.list.set_rows(rows, int(now.timestamp()))
        if by_hand:
            self.refresh_commands()
            self.list.apply_moves()
            if view.rows:
                self.list.scroll_home(animate=False)
                self.list.select((self.pointed or view.rows[0]).id)
        self.host.counts = view.counts._replace(asked=self._asked.count)
        self.filter.count(len(view.rows), len(self.board))
        self.show_bar(now)
        self._peek(now)

    def _peek(self, now: datetime) -> None:
        self.query_one(Peek).show(self.pointed, now)

    def tick(self, now: datetime) -> None:
        """Let a second pass: what has become late moves, what reads otherwise is painted."""
        if self.board is not None:
            moved = self.board.move_on(now)
            if moved or self._day != london_date(now) or self._minute != int(now.timestamp()) // 60:
                self.redraw(now)
            self.list.tick(int(now.timestamp()))
            self._peek(now)
            self._asked.tick(now)
            self.unsent.tick(now)
        self.show_bar(now)

    def count_anew(self) -> None:
        """Something waits for a judgement, or no longer."""
        if isinstance(self.host.counts, QueueCounts):
            self.host.counts = self.host.counts._replace(asked=self._asked.count)
            self.show_bar(self.now())

    @property
    def points_at(self) -> str:
        """The concern under the cursor, whose company the pane shows."""
        return self.pointed.id if self.pointed is not None else ""

    def show_company(self, words: str) -> None:
        """In the pane."""
        self.query_one(Peek).accompany(self.points_at, words)

    def on_changes(self, changes: Changes) -> None:
        """Rows recorded here or elsewhere take their places; the cursor stays on its concern."""
        self.unsent.on_changes(changes)
        if changes.trouble:
            return
        if changes.everything:
            self.begin(self._read(), alone="read")
            return
        if self.board is None or not changes.rows:
            return
        for row in changes.rows:
            self.board.put(row)
        self.redraw(self.now())
        self._asked.soon()
        others = [name for name in changes.actors if name != self.settings.name]
        if others and self.selected and self.selected.id in {row.id for row in changes.rows}:
            self._news(f"{', '.join(others)} recorded on {self.selected.reference}")
            self._look_closer()

    @on(QueueList.Highlighted)
    def speak_of(self, event: QueueList.Highlighted) -> None:
        """The cursor is elsewhere: the pane says so at once, and more once the hand rests."""
        self._spoken_of = event.row if isinstance(event.row, QueueRow) else None
        self._peek(self.now())
        self._look_closer()
        self.refresh_commands()

    def _look_closer(self) -> None:
        if self._resting is not None:
            self._resting.stop()
        self._resting = self.set_timer(_IDLE, self._rested) if self.query_one(Peek).is_tall else None

    def _rested(self) -> None:
        if self.selected is not None and not self.selected.stored.restricted:  # reading that would be a look at it
            self.begin(self._read_more(self.selected.id), alone="more")

    async def _read_more(self, concern: str) -> None:
        from duty_tui.desk.reading import concern_view

        now = self.now()
        self.query_one(Peek).add(await self.session.ask(lambda desk: concern_view(desk, concern, now)))

    @on(QueueList.CursorLost)
    def say_lost(self, event: QueueList.CursorLost) -> None:
        """The concern under the cursor has gone: nothing is selected, so that no key falls on its neighbour."""
        if self.list.selected is not None or self.board is None:
            return
        name = self._spoken_of.reference if self._spoken_of and self._spoken_of.id == event.id else "The concern"
        here = "closed" if self.board.row(event.id) is None else f"no longer in {_LABELS[self._view]}"
        self._news(f"{name} is {here}. Nothing is selected; ↓ selects again.")

    @on(QueueList.MovesPending)
    def say_waiting(self, event: QueueList.MovesPending) -> None:
        """Lines wait to change places until the hand has rested."""
        if event.count:
            self._news(f"{event.count} moved; shown in place as soon as your hand rests")

    def _news(self, words: str) -> None:
        """Say what came by itself, unless the answer to the person's own act still stands there unread."""
        if not self.status.words.startswith(("✓", "✗")):
            self.status.say(words)

    def on_resize(self, event: Resize) -> None:
        """A pane of eight lines where there is room for it."""
        self.query_one(Peek).styles.height = TALL if event.size.height >= _TALL_FROM else SHORT
        self.call_after_refresh(self._look_closer)

    # The filter

    def open_filter(self) -> None:
        """Let words be typed."""
        self.filter.open()

    @on(Input.Changed, "#words")
    def filter_now(self) -> None:
        """At every letter."""
        self.redraw(self.now(), by_hand=True)

    @on(Input.Submitted, "#words")
    def to_the_list(self) -> None:
        """The words stay; keys go to the list again."""
        if not self.filter.words:
            self.filter.clear()
        self.list.focus()

    @property
    def narrowed(self) -> bool:
        """Not every concern is shown as it comes: a filter stands open, or another view is chosen."""
        return self.filter.has_class("-open") or self._view != "all" or self._grouped

    def back(self) -> None:
        """The filter goes first; from the queue itself there is nowhere to go back to."""
        if self.filter.has_class("-open"):
            self.filter.clear()
            self.list.focus()
        elif self._view != "all" or self._grouped:
            self._view, self._grouped = "all", False
            self.redraw(self.now(), by_hand=True)
        else:
            self.status.say("This is the queue; q leaves the program.")

    # Acts

    @on(QueueList.Opened)
    def open_concern(self) -> None:
        """The concern's own screen."""
        from duty_tui.screens.concern import ConcernScreen

        if self.selected is not None:
            self.app.push_screen(ConcernScreen(self.selected.id))
        elif self.pointed is not None and self.pointed.unsent:
            self.unsent.open()
        elif self.pointed is not None:
            self.begin(self._say_hidden(self.pointed.id))

    def on_waits(self) -> None:
        """Something was kept on this machine."""
        self.unsent.look()

    async def action_act(self, act_id: str) -> None:
        """Do the command; where it needs a concern this person may not see, the desk says whom to ask."""
        if self.pointed is not None and self.pointed.hidden and self.why_not(act_id):
            self.begin(self._say_hidden(self.pointed.id))
        else:
            await super().action_act(act_id)

    async def _say_hidden(self, concern: str) -> None:
        await self.session.ask(lambda desk: desk.concern(concern))

    def open_why(self) -> None:
        """Why it stands where it stands."""
        from duty_tui.screens.why import WhyScreen

        if self.selected is not None:
            self.app.push_screen(WhyScreen(self.selected.id))

    def take_concern(self) -> None:
        """The form for a telephone concern."""
        from duty_tui.screens.intake import IntakeScreen

        self.app.push_screen(IntakeScreen(), self._taken)

    def _taken(self, taken: Taken | None) -> None:
        """A concern was recorded: the cursor goes to it, where this view shows it."""
        if taken is None or self.board is None:
            return
        self.board.put(taken.row)
        self.redraw(self.now())
        self.list.apply_moves()
        self.begin(self._taken_in(taken.row.id))
        shown = self.list.select(taken.row.id)
        self.status.recorded(taken.words if shown else f"{taken.words} (not in this view)")

    async def _taken_in(self, concern: str) -> None:
        self.host.to_restrict.append((await self.session.ask(lambda desk: desk.concern(concern)), 0))
        self.unsent.ask()

    def choose_view(self) -> None:
        """Ask which concerns to show."""
        from duty_tui.screens.views import ViewChosen, ViewsDialog

        self.app.push_screen(ViewsDialog(ViewChosen(self._view, self._grouped)), self._show_view)

    def _show_view(self, chosen: ViewChosen | None) -> None:
        if chosen is not None:
            self._view, self._grouped = chosen
            self.redraw(self.now(), by_hand=True)

    def copy_line(self) -> None:
        """One line without frames."""
        row = self.selected
        if row is not None:
            self.app.copy_to_clipboard(plain_line(row, self.now()))
            self.status.say(f"{row.reference} copied as a line; a terminal may refuse this.")

    def leave(self) -> None:
        """At once, unless something unfinished is kept: then the second time."""
        self.begin(self._leave(), alone="leave")

    async def _leave(self) -> None:
        words = "" if self._asked_to_leave else await unfinished(self.session, self.settings.name, self.board)
        if words:
            self._asked_to_leave = True
            self.status.say(f"{words}. q once more leaves.")
            return
        self.host.leave()
