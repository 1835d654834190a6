"""A list about one discussion: attendance, decisions, actions, points, children, records."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from duty_tui.domain.times import london
from duty_tui.screens.about_discussion import AboutDiscussion
from duty_tui.screens.concern_list import ItemList
from duty_tui.screens.desk_screen import DeskModal, DeskScreen
from duty_tui.screens.discussion_acts import WAYS_IN
from duty_tui.views.discussion import DiscussionView
from duty_tui.widgets.command_screen import Back, Help, Palette
from duty_tui.widgets.footer import KeyHints
from duty_tui.widgets.safe import content, elide, lines
from duty_tui.widgets.statusline import StatusLine
from duty_tui.widgets.title_bar import TitleBar


class DiscussionList(AboutDiscussion, DeskScreen[None]):
    """Two lines about the discussion, and a list of what the screen is for; usable during the call and after it."""

    DEFAULT_CSS = """
    DiscussionList { layout: vertical; background: $background; }
    DiscussionList #about { height: 2; padding: 0 1; background: $panel; }
    DiscussionList ItemList { height: 1fr; }
    """
    ACTS: ClassVar[Any] = (*WAYS_IN, Back, Help, Palette)
    gives_way: ClassVar[bool] = True
    """Another list of the same discussion takes its place, so that Escape leads back to where they were opened."""
    NOTHING: ClassVar[str] = "Nothing is recorded here yet."

    def __init__(self, concern_id: str, number: int | None = None, at: str | None = None) -> None:
        super().__init__()
        self.about(concern_id, number)
        self._at = at

    def compose(self) -> ComposeResult:
        """The bar, what it is about, the list, what came of the last act, the keys."""
        yield TitleBar()
        yield Static(id="about")
        yield ItemList(id="list", empty=self.NOTHING)
        yield StatusLine()
        yield KeyHints()

    def on_mount(self) -> None:
        """Read the discussion."""
        self.list.focus()
        self.reload()

    def discussion_at(self) -> tuple[str, int | None] | None:
        """This one."""
        return self.concern_id, self.number

    @property
    def list(self) -> ItemList:
        """What is there."""
        return self.query_one(ItemList)

    @property
    def heading(self) -> str:
        """What it is, and the concern's number."""
        if self.shown is None:
            return self.HEADING
        return f"{self.HEADING} {self.shown.reference}" + (" RESTRICTED" if self.shown.restricted else "")

    @property
    def selected(self) -> str:
        """The key of the item under the cursor; empty in an empty list."""
        return self.list.key or ""

    def on_resize(self) -> None:
        """Cut the lines to the new width."""
        self.draw()

    def draw(self) -> None:
        """Show what was read."""
        view = self.shown
        if view is None:
            return
        self.show_bar(self.now())
        cells = max(10, self.size.width - 2)
        head = elide(f"{view.reference}  {view.title}", cells)
        state = elide(self.state_words(view), cells)
        self.query_one("#about", Static).update(lines([content((head, "bold")), content(state)]))
        self.list.show(self.items(view), at=self._at)
        self._at = None
        self.refresh_commands()

    def state_words(self, view: DiscussionView) -> str:
        """The second line about it."""
        return discussion_words(view)

    def items(self, view: DiscussionView) -> Sequence[Any]:
        """What the list holds."""
        raise NotImplementedError(view)


def discussion_words(view: DiscussionView) -> str:
    """`Discussion 2 · ended · telephone · began 14:02 · chair Ann Osei`."""
    began = f"began {london(view.started):%a %d %b %H:%M}" if view.started else ""
    chair = f"chair {view.chair}" if view.chair else ""
    return " · ".join(filter(None, (f"Discussion {view.number}", view.stage, view.format, began, chair)))


class DiscussionModal(AboutDiscussion, DeskModal[bool]):
    """A dialogue about one discussion; what stands in it comes from its `parts`."""

    CSS_PATH = "discussion.tcss"

    def __init__(self, concern_id: str, number: int | None = None) -> None:
        super().__init__()
        self.about(concern_id, number)

    @property
    def title_words(self) -> str:
        """What the dialogue is for, and whom it is about."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """Title, parts, what came of it, the keys."""
        with Vertical(classes="dialogue"):
            yield Static(content((elide(self.title_words, 72), "bold $key-fg")), classes="title")
            yield from self.parts()
            yield StatusLine()
            yield KeyHints()

    def parts(self) -> ComposeResult:
        """The fields."""
        yield from ()
