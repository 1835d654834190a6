"""Dues that were moved: whose, from when to when, and what moved them; the newest first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from duty_tui.desk.moved import moved
from duty_tui.desk.moved_news import looked, unseen
from duty_tui.domain.times import moment_words
from duty_tui.screens.concern_list import Draw, Item, ItemList
from duty_tui.screens.desk_screen import DeskScreen
from duty_tui.views.moved import MovedDue
from duty_tui.widgets.command import Command
from duty_tui.widgets.command_screen import Back, Help, Palette
from duty_tui.widgets.footer import KeyHints
from duty_tui.widgets.safe import content
from duty_tui.widgets.statusline import StatusLine
from duty_tui.widgets.title_bar import TitleBar
from duty_tui.widgets.wrapping import wrap

if TYPE_CHECKING:
    from duty_tui.desk.session import Changes
    from duty_tui.store.store import Store

#: More than anybody reads here; `duty-tui moved` prints all of them.
_MOST = 300
_MARGIN = 4


class _Read(NamedTuple):
    found: Sequence[MovedDue]
    #: How many of them are new to the person, and how far they have looked once they are shown.
    new: int
    version: int


class OpenConcern(Command[Any, Any]):
    """Open the concern."""

    id, keys, label, title, priority = "moved.open", "enter", "open", "Open concern", 2
    group = "This concern"
    help = "Open the concern whose due was moved."

    def why_not(self, view: MovedScreen) -> str | None:
        """One that may be seen must be selected."""
        if view.chosen is None:
            return "Nothing is selected."
        return "That concern is restricted to named people." if view.chosen.hidden else None

    def run(self, screen: MovedScreen) -> None:
        """Open it."""
        screen.open_chosen()


class MovedScreen(DeskScreen[None]):
    """Opened with M from the queue. What is shown here counts as looked at."""

    DEFAULT_CSS = """
    MovedScreen { layout: vertical; background: $background; }
    MovedScreen #about { height: 1; padding: 0 1; background: $panel; }
    MovedScreen ItemList { height: 1fr; }
    """
    HEADING = "MOVED"
    HELP = (
        "Dues that a policy, a closure day, a bank holiday or another version of the program moved, the newest first. "
        "LATE and late are said as of the moment it was decided."
    )
    ACTS: ClassVar[Any] = (OpenConcern, Back, Help, Palette)

    def __init__(self) -> None:
        super().__init__()
        self._found: Sequence[MovedDue] = ()

    def compose(self) -> ComposeResult:
        """The bar, how many, the list, what came of the last act, the keys."""
        yield TitleBar()
        yield Static(id="about")
        yield ItemList(id="list", empty="Reading what was moved …")
        yield StatusLine()
        yield KeyHints()

    def on_mount(self) -> None:
        """Read them."""
        self.query_one(ItemList).focus()
        self.begin(self._read(), alone="read")

    def on_changes(self, changes: Changes) -> None:
        """The rules moved on, here or elsewhere."""
        if changes.everything or changes.hidden:
            self.begin(self._read(), alone="read")

    async def _read(self) -> None:
        me = self.settings.name
        read = await self.session.look(lambda store: _read(store, me))
        self._found = read.found
        items = self.query_one(ItemList)
        items.empty = "Nothing was moved."
        items.show([Item(str(at), drawing(one)) for at, one in enumerate(read.found)])
        self.query_one("#about", Static).update(content(_about(read)))
        self.refresh_commands()
        await self.session.look(lambda store: looked(store, me, read.version))

    @property
    def chosen(self) -> MovedDue | None:
        """The one under the cursor."""
        key = self.query_one(ItemList).key
        return self._found[int(key)] if key is not None else None

    def open_chosen(self) -> None:
        """Its concern's own screen."""
        from duty_tui.screens.concern import ConcernScreen

        if self.chosen is not None:
            self.app.push_screen(ConcernScreen(self.chosen.concern))


def _read(store: Store, actor: str) -> _Read:
    news = unseen(store, actor)
    return _Read(moved(store, actor, most=_MOST), news.dues, news.version)


def _about(read: _Read) -> str:
    many = len(read.found)
    shown = f"the {many} newest; duty-tui moved prints all" if many == _MOST else f"{many} in all"
    return f"{read.new} new to you, {shown}" if many else ""


def drawing(one: MovedDue) -> Draw:
    """One move: whose and what, from when to when, and under it the reason."""
    head = " ".join(filter(None, (one.reference, one.name)))

    def draw(cells: int, selected: bool) -> list[Content]:
        room = max(8, cells - _MARGIN)
        what = wrap(f"{head}: {one.what}" if one.what else head, room, 2)
        drawn = [content("▸ " if selected else "  ", (what[0], "bold"))]
        margin = " " * _MARGIN
        drawn += [content(margin, (words, "bold")) for words in what[1:]]
        drawn += [content(margin, words) for words in wrap(one.change, room, 3)]
        why = f"{one.why} · {moment_words(one.at)}, {one.by}"
        drawn += [content(margin, (words, "$faint")) for words in wrap(why, room, 4 if selected else 1)]
        return drawn

    return draw
