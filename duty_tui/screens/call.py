"""The call: what is said in a strategy discussion, typed on one line and recorded at Enter, with the time.

Used by the chair or whoever takes the note, one hand on the telephone. The entry always has the focus; function keys
and prefixes make a decision, an action, a person of it. Beside it, or in four lines above it, stands what is missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.css.query import QueryType
from textual.widget import Widget
from textual.widgets import Input, Static
from typing_extensions import override

from duty_tui.desk.calling import Call, read_call
from duty_tui.desk.desk import Desk
from duty_tui.desk.waiting import unsent
from duty_tui.domain.call_again import put_right
from duty_tui.domain.call_line import CallLine, bare_word, read_line, word_of
from duty_tui.domain.call_setting import Setting
from duty_tui.domain.text import strip_controls
from duty_tui.screens.call_acts import ACTS
from duty_tui.screens.call_keeping import Found, found
from duty_tui.screens.call_panel import panel_lines, strip_lines
from duty_tui.screens.call_picking import Picking
from duty_tui.screens.call_reading import read_back
from duty_tui.screens.call_rows import log_rows, unsent_rows
from duty_tui.screens.discussion_acts import Actions, Children, Decisions, Opens, Points, Sign, Who
from duty_tui.screens.escalate import begin_escalating
from duty_tui.screens.escalation_acts import Escalate
from duty_tui.screens.latest import Latest
from duty_tui.widgets.call_log import LogRow
from duty_tui.widgets.command_screen import Back, Help, Palette
from duty_tui.widgets.footer import KeyHints
from duty_tui.widgets.safe import lines
from duty_tui.widgets.title_bar import TitleBar

if TYPE_CHECKING:
    from duty_tui.desk.session import Changes

#: What has a screen of its own, by the kind of line.
IN_FULL: Mapping[str, type[Opens | Escalate]] = {
    "PERSON": Who,
    "DECIDE": Decisions,
    "ACTION": Actions,
    "ANSWER": Points,
    "CHILD": Children,
    "ESCALATE": Escalate,
}
_REFRESH = 30  # seconds after which what depends on the time is worked out anew
_PANEL_SHARE = 2 / 5


class CallScreen(Picking):
    """One discussion while it goes on; the record of it once it has ended."""

    CSS_PATH = "call.tcss"
    HEADING = "CALL"
    HELP = "Enter keeps a note; a stroke and a letter at the beginning of the line make something else of it."
    ACTS: ClassVar[Any] = (*ACTS, Back, Help, Palette)
    AUTO_FOCUS = "CallEntry"

    def __init__(self, concern_id: str, number: int) -> None:
        super().__init__(concern_id, number)
        self._reading = Latest(self._reload)
        self.HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]
        self._news = ""
        self._unread = False
        self._unsent: list[LogRow] = []

    def compose(self) -> ComposeResult:
        """The bar, log and panel, four lines for narrow terminals, the line typed into and its reading, the keys."""
        yield TitleBar()
        with Horizontal(id="above"):
            yield self.log_shown
            with VerticalScroll(id="panel", can_focus=False):
                yield Static(id="everything")
        yield Static(id="strip")
        with Vertical(id="line"):
            yield self.entry
            yield Static(id="reading")
        yield KeyHints()

    def on_mount(self) -> None:
        """Read the discussion, and the line that was being typed in it."""
        self.say_on_border("")
        self.app.app_suspend_signal.subscribe(self, lambda _app: self.keep_draft())
        self.begin(self._first_read(), name="first")

    async def _first_read(self) -> None:
        now = self.now()

        def both(desk: Desk) -> tuple[Call, Found]:
            return read_call(desk, self.concern_id, self.number, now), found(desk, self.concern_id, self.number)

        read = await self.ask(both)
        if read is not None:
            call, draft = read
            self._take(call)
            if draft.elsewhere:
                self._news = f"! another window of yours has a line here: {draft.elsewhere}"
                self.understand()
            if draft.line is not None:
                self.take_back(draft.line)
        self.on_waits()

    # What is shown

    @property
    def heading(self) -> str:
        """The concern, its children, and for how long it has gone on."""
        if self.call is None:
            return self.HEADING
        view = self.call.view
        began, ended = view.started, view.ended
        lasted = f" {int(((ended or self.now()) - began).total_seconds()) // 60} min" if began else ""
        names = ", ".join(child.first for child in self.call.setting.children if child.included)
        restricted = " RESTRICTED" if view.restricted else ""
        return f"{'RECORD' if ended else self.HEADING} {view.reference}{restricted}{lasted} · {names}"

    def reload(self) -> None:
        """Read it anew; what is being typed and the cursor in it stay as they are."""
        self._reading.ask(self)

    async def _reload(self) -> None:
        now = self.now()
        call = await self.ask(lambda desk: read_call(desk, self.concern_id, self.number, now))
        if call is not None:
            self._take(call)

    def _take(self, call: Call) -> None:
        """Show the discussion as it was read. Numbers of points the person is answering stay what they were."""
        before = self.setting
        setting = call.setting
        if before is not None and word_of(self.entry.value) == "ANSWER":
            setting = replace(setting, points=before.points)
        if self.call is not None:
            begun = [clock for clock in call.view.clocks if clock not in self.call.view.clocks]
            self._news = f"! now runs: {' · '.join(begun)}" if begun else self._news
        self.call, self.setting = call, setting
        self.log_shown.empty = "Nothing is recorded yet: type what is said, Enter keeps it."
        self.log_shown.show([*log_rows(call), *self._unsent])
        self._draw()
        self.understand()
        self.refresh_commands()

    def _draw(self) -> None:
        """Bring bar, panel or strip up to date; asked for after a refresh, they may be gone by then."""
        if self.call is None or not self.query("#strip"):
            return
        self.show_bar(self.now())
        wide = self.has_class("-wide")
        if wide or self.has_class("-panel"):
            cells = int(self.size.width * _PANEL_SHARE) - 4 if wide else self.size.width - 3
            self.query_one("#everything", Static).update(lines(panel_lines(self.call, cells)))
        if not wide:
            strip = self.query_one("#strip", Static)
            strip.update(lines(strip_lines(self.call, self.size.width - 2)), layout=False)

    def on_resize(self) -> None:
        """Cut what is shown to the new width; told so while it is being put up or taken down, there is nothing yet."""
        if self.query("#reading"):
            self.call_after_refresh(self._draw)
            self.understand()

    def on_changes(self, changes: Changes) -> None:
        """Somebody recorded something; when it is about this concern, it is read anew."""
        if changes.trouble:
            self.refuse(changes.trouble)
        if self._unsent:
            self.on_waits()
        mine = [row for row in changes.rows if row.id == self.concern_id]
        if changes.everything or any(self.call is None or row.version != self.call.view.version for row in mine):
            self.reload()

    def on_waits(self) -> None:
        """A line waits on this machine: it stands in the log, and says that it is not recorded."""
        self.begin(self._read_unsent(), alone="unsent")

    async def _read_unsent(self) -> None:
        found = await self.session.ask(unsent)
        self.host.unsent = len(found.lines)
        self._unsent = unsent_rows(line for line in found.lines if line.concern == self.concern_id)
        if self.call is not None:
            self.log_shown.show([*log_rows(self.call), *self._unsent])
            self.show_bar(self.now())

    def tick(self, now: datetime) -> None:
        """Time passes: the minutes of the call, and what is late now."""
        super().tick(now)
        if self.call is not None and (now - self.call.view.as_of).total_seconds() >= _REFRESH:
            self.reload()

    def on_screen_resume(self) -> None:
        """Back from a dialogue: type on."""
        self.entry.focus()

    @override
    def focus_next(self, selector: str | type[QueryType] = "*") -> Widget | None:
        """Tab: the line keeps the keys, and what stands above it changes."""
        self.show_other()
        return self.focused

    @override
    def focus_previous(self, selector: str | type[QueryType] = "*") -> Widget | None:
        """Shift+Tab does the same."""
        return self.focus_next()

    def show_other(self) -> None:
        """The log, or everything that is recorded; in a wide terminal both stand there."""
        if self.has_class("-wide"):
            self.panel_scrolls = not self.panel_scrolls
            what = "the list" if self.panel_scrolls else "the log"
            self.say_on_border(f"PgUp and PgDn scroll {what}")
            return
        self.toggle_class("-panel")
        self._draw()

    def page(self, by: int) -> None:
        """A page up or down of what is scrolled."""
        if self.has_class("-panel") or (self.has_class("-wide") and self.panel_scrolls):
            panel = self.query_one("#panel", VerticalScroll)
            panel.scroll_relative(y=by * max(1, panel.size.height - 1), animate=False)
        else:
            self.log_shown.page(by)

    # The line

    def read(self, text: str) -> CallLine:
        """How `text` is understood here and now."""
        setting = self.setting or Setting(self.now(), self.number)
        setting = replace(setting, now=self.now())
        return put_right(text, self.before, setting) if self.before else read_line(text, setting)

    def understand(self, said: str = "") -> None:
        """Read the line again and say how it is understood, or say a refusal."""
        self._unread = False
        text = self.entry.value
        self.line = self.read(text) if text else CallLine("NOTE")
        opens = self.in_full
        in_full = f"Enter opens it in full: {opens.title}" if opens else ""
        cells = max(20, self.size.width - 4)
        shown = read_back(self.line, cells, said=said, instead=self.picked_words, news=self._news, opens=in_full)
        self.query_one("#reading", Static).update(shown, layout=False)
        self.title_line(self.line.word if text else "NOTE")

    def typed_anew(self, text: str) -> None:
        """The letter is drawn first, then what is read from it; it is kept soon."""
        if text and self.log_shown.selected is not None and self.before is None:
            self.leave_picking()
        self._news = "" if text else self._news
        self.save_soon()
        if not self._unread:
            self._unread = True
            self.call_after_refresh(self._read_typed)

    def _read_typed(self) -> None:
        if self._unread:  # nothing was said meanwhile that is to be read first
            self.understand()

    def refuse(self, reason: str) -> None:
        """Say why something was not done, under the line, until the next key."""
        if self.is_mounted:
            self.understand(said=strip_controls(reason))

    def recorded(self, what: str = "recorded") -> None:
        """Say on the border that something is on the disk, and when."""
        self.say_recorded(what)

    def begin_with(self, prefix: str) -> None:
        """Let the line begin with a prefix, in place of the one it had."""
        text = self.entry.value.lstrip()
        if word_of(text) != "NOTE" or text.startswith("/"):
            text = text.partition(" ")[2]
        self.entry.put(prefix + text.lstrip())

    @property
    def in_full(self) -> type[Opens | Escalate] | None:
        """The screen of its own for the line, where it holds nothing but a prefix."""
        return IN_FULL.get(bare_word(self.entry.value)) if self.before is None else None

    def open_in_full(self) -> bool:
        """Open that screen above the call: Escape comes back to the line as it is. False where there is none."""
        opens = self.in_full
        if opens is Escalate:
            begin_escalating(self, self.concern_id)
        elif opens is not None and issubclass(opens, Opens):
            self.app.push_screen(opens().screen(self.concern_id, self.number))
        return opens is not None

    @property
    def open_points(self) -> list[int]:
        """The numbers of the points that are not answered."""
        points = self.setting.points if self.setting else ()
        return [number for number, point in enumerate(points, 1) if not point.answer]

    def answer_next(self) -> None:
        """Begin the answer to the next open point, after the one the line is about."""
        head = self.entry.value.split(maxsplit=1)[:1]
        current = int(head[0][1:]) if head and head[0][1:].isdecimal() and head[0][1:].isascii() else 0
        waiting = self.open_points
        if waiting:
            following = next((number for number in waiting if number > current), waiting[0])
            self.begin_with(f"/{following} ")

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.submit()

    def submit(self) -> None:
        """Record the line; where there is none, open the marked line to be put right."""
        if not self.entry.value.strip():
            self.correct_picked()
            return
        if self.open_in_full():
            return
        self.understand()
        if self.line.stranger:
            self.begin(self.add_stranger(self.line.stranger))
        elif self.line.event is None:
            self.refuse(f"Not recorded yet: {self.line.lacks}.")
        else:
            self.send()

    def end_call(self) -> None:
        """Say what is open, and end; of one that has ended, open the records to be signed."""
        if self.call is None:
            self.refuse("The discussion is still being read.")
        elif self.call.view.ended:
            self.app.push_screen(Sign().screen(self.concern_id, self.number))
        else:
            from duty_tui.screens.call_end import EndCall

            self.app.push_screen(EndCall(self.call), self._ended)

    def _ended(self, ended: bool | None) -> None:
        if ended:
            self.say_recorded("ended, recorded")
            self.reload()
