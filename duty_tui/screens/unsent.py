"""What was typed while the record was away and waits on this machine: to be looked at, sent, changed or taken back."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from duty_tui.desk import waiting
from duty_tui.desk.pending import Unsent
from duty_tui.desk.waiting import NEW, Meanwhile
from duty_tui.domain.times import moment_words
from duty_tui.errors import Unavailable
from duty_tui.screens.concern_ask import Ask, Way
from duty_tui.screens.concern_list import Draw, Item, ItemList
from duty_tui.screens.desk_screen import DeskScreen
from duty_tui.widgets.command import Command
from duty_tui.widgets.command_screen import Back, Help, Palette
from duty_tui.widgets.footer import KeyHints
from duty_tui.widgets.safe import content
from duty_tui.widgets.statusline import StatusLine
from duty_tui.widgets.title_bar import TitleBar
from duty_tui.widgets.wrapping import wrap

if TYPE_CHECKING:
    from duty_tui.desk.desk import Desk
    from duty_tui.desk.outgoing import Sent
    from duty_tui.desk.session import Changes

_MARGIN = 4


class _OnEntry(Command[Any, Any]):
    """An act on the entry under the cursor."""

    group = "This entry"

    def why_not(self, view: UnsentScreen) -> str | None:
        """One must be selected."""
        return None if view.chosen else "Nothing waits here."


class Look(_OnEntry):
    """Show it beside what others recorded meanwhile, and ask what to do with it."""

    id, keys, label, title, priority = "unsent.look", "enter", "look", "Look and decide", 2
    help = "Show the entry beside what others recorded meanwhile: send it anyway, change it, or take it back."

    def run(self, screen: UnsentScreen) -> None:
        """Ask."""
        screen.look_closer()


class SendNow(_OnEntry):
    """Try to send everything now."""

    id, keys, label, title, priority = "unsent.send", "s", "send", "Send now", 4
    help = "Try now to record everything that waits; without it this happens when the record is back."

    def run(self, screen: UnsentScreen) -> None:
        """Send."""
        screen.send()


class TakeBack(_OnEntry):
    """Take it back: it is never sent."""

    id, keys, label, title, priority = "unsent.drop", "x", "drop", "Take back", 6
    help = "Take the entry back, after asking: it is not sent, and its text is gone."

    def run(self, screen: UnsentScreen) -> None:
        """Ask."""
        screen.ask_to_take_back()


class UnsentScreen(DeskScreen[None]):
    """Opened with N from the queue."""

    DEFAULT_CSS = """
    UnsentScreen { layout: vertical; background: $background; }
    UnsentScreen #about { height: 1; padding: 0 1; background: $panel; }
    UnsentScreen ItemList { height: 1fr; }
    """
    HEADING = "WAITING"
    HELP = (
        "What you typed while the record was away. It waits on this machine, encrypted, and is sent in order when the "
        "record is back; of one concern nothing overtakes. Others see none of it until then."
    )
    ACTS: ClassVar[Any] = (Look, SendNow, TakeBack, Back, Help, Palette)

    def __init__(self) -> None:
        super().__init__()
        self._lines: Sequence[Unsent] = ()

    def compose(self) -> ComposeResult:
        """The bar, how many, the list, what came of the last act, the keys."""
        yield TitleBar()
        yield Static(id="about")
        yield ItemList(id="list", empty="Reading what waits …")
        yield StatusLine()
        yield KeyHints()

    def on_mount(self) -> None:
        """Read it."""
        self.query_one(ItemList).focus()
        self.reload()

    def on_changes(self, changes: Changes) -> None:
        """Something was recorded, here or elsewhere, or the record went or came back."""
        del changes
        self.reload()

    def on_waits(self) -> None:
        """Something more waits."""
        self.reload()

    def reload(self) -> None:
        """Read anew what waits."""
        self.begin(self._read(), alone="read")

    async def _read(self) -> None:
        found = await self.session.ask(waiting.unsent)
        self._lines = found.lines
        self.host.unsent = len(found.lines)
        items = self.query_one(ItemList)
        items.empty = (
            "What waits cannot be read." if found.trouble else "Nothing waits: all that you typed is recorded."
        )
        if found.trouble:
            self.refuse(found.trouble)
        items.show([Item(line.id, drawing(line, found.elsewhere)) for line in found.lines])
        self.query_one("#about", Static).update(content(_about(found.lines)))
        self.show_bar(self.now())
        self.refresh_commands()

    @property
    def chosen(self) -> Unsent | None:
        """The entry under the cursor."""
        key = self.query_one(ItemList).key
        return next((line for line in self._lines if line.id == key), None)

    def send(self) -> None:
        """Try to record everything."""
        self.begin(self._send(None), alone="send")

    async def _send(self, anyway: tuple[str, Meanwhile] | None) -> None:
        from duty_tui.desk.outgoing import send

        host = self.host

        def sending(desk: Desk) -> Sent:
            sent = waiting.send_anyway(desk, *anyway) if anyway else send(desk)
            host.were_sent(sent.recorded)
            return sent

        sent = await self.session.ask(sending)
        await self._read()
        if sent.recorded:
            self.recorded(f"{len(sent.recorded)} recorded")
        if sent.away:
            self.refuse(f"{sent.away} What is listed here is NOT RECORDED.")
        elif self._lines and not sent.recorded:
            self.refuse("Nothing more can be sent: Enter on an entry shows why, and asks.")

    def look_closer(self) -> None:
        """The entry beside what others recorded meanwhile, and the ways to go on."""
        if self.chosen is not None:
            self.begin(self._look_closer(self.chosen))

    async def _look_closer(self, line: Unsent) -> None:
        shown, others = None, ["The record is away: what others recorded meanwhile cannot be shown."]
        with suppress(Unavailable):
            shown = await self.session.ask(lambda desk: waiting.beside(desk, line.id))
            others = [*shown.lines]
        said = [f"Yours, typed {moment_words(line.typed)}:", *(f"  {part}" for part in _said(line)), ""]
        said += ["Recorded by others meanwhile:", *(f"  {other}" for other in others), ""] if others else []
        said += [line.why] if line.why else []
        ways = [Way("1", "send", "Send it anyway" if line.why and shown else "Send it now")]
        ways += [Way("2", "change", "Change it: its text is a draft of its form again")] if line.can_change else []
        ways += [Way("3", "drop", "Take it back: it is not sent")]
        self.app.push_screen(
            Ask(f"{line.reference or 'An entry'}, NOT RECORDED", said, ways), self._answering(line, shown)
        )

    def _answering(self, line: Unsent, shown: Meanwhile | None) -> Any:
        def answered(way: str | None) -> None:
            if way == "send":
                self.begin(self._send((line.id, shown) if shown else None), alone="send")
            elif way == "change":
                self.begin(self._change(line))
            elif way == "drop":
                self.begin(self._ask_to_take_back(line))

        return answered

    async def _change(self, line: Unsent) -> None:
        await self.session.ask(lambda desk: waiting.change(desk, line.id))
        await self._read()
        where = "n in the queue" if line.reference == NEW else f"its form on {line.reference or 'its concern'}"
        self.query_one(StatusLine).say(f"Its text is a draft again: {where} opens it.")

    def ask_to_take_back(self) -> None:
        """Ask, naming what it says."""
        if self.chosen is not None:
            self.begin(self._ask_to_take_back(self.chosen))

    async def _ask_to_take_back(self, line: Unsent) -> None:
        more = await self.session.ask(lambda desk: waiting.goes_with(desk, line.id))
        said = [*_said(line), "", "It is not sent, and cannot be brought back."]
        said += [f"{more} later on the same new concern go with it."] if more else []
        ways = [Way("1", "keep", "Keep it"), Way("ctrl+d", "drop", "Take it back for good")]

        def answered(way: str | None) -> None:
            if way == "drop":
                self.begin(self._take_back(line))

        self.app.push_screen(Ask("Take this entry back?", said, ways), answered)

    async def _take_back(self, line: Unsent) -> None:
        try:
            await self.session.ask(lambda desk: waiting.take_back(desk, line.id))
        finally:
            await self._read()
        self.query_one(StatusLine).say("Taken back; it was not recorded.")


def _about(lines: Sequence[Unsent]) -> str:
    if not lines:
        return ""
    asked = sum(bool(line.why) for line in lines)
    return f"{len(lines)} on this machine" + (f", {asked} for you to decide on" if asked else "")


def _said(line: Unsent) -> list[str]:
    return [part for words in line.words for part in words.splitlines()]


def drawing(line: Unsent, elsewhere: str = "") -> Draw:
    """One entry: which concern, when typed, what it says, and why it waits; `elsewhere` keeps all of them."""
    head = f"{line.reference or 'a concern'} · typed {moment_words(line.typed)}"
    behind = "waits behind an earlier one on this concern" if line.behind else ""
    state = line.why or elsewhere or behind or "waits to be sent"

    def draw(cells: int, selected: bool) -> list[Content]:
        room = max(8, cells - _MARGIN)
        drawn = [content("▸ " if selected else "  ", (head, "bold"))]
        margin = " " * _MARGIN
        shown = [part for words in _said(line) for part in wrap(words, room, 8)]
        drawn += [content(margin, part) for part in (shown if selected else shown[:1])]
        style = "bold $bad" if line.why else "$faint"
        drawn += [content(margin, (part, style)) for part in wrap(f"NOT RECORDED: {state}", room, 4 if selected else 1)]
        return drawn

    return draw
