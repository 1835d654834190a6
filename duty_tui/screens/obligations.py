"""What is owed: on one concern, or on every open one; late first, then by when. Each is met from where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.widgets import Static

from duty_tui.desk.obligations import all_obligations, obligations_of
from duty_tui.screens.concern_list import Item, ItemList
from duty_tui.screens.desk_screen import DeskScreen
from duty_tui.screens.discussion_acts import WAYS_IN
from duty_tui.screens.obligation_acts import ON_LINES, VIEWS
from duty_tui.screens.obligation_lines import drawing, key_of
from duty_tui.views.obligation import ObligationLine, ObligationList
from duty_tui.widgets.command_screen import Back, Help, Palette
from duty_tui.widgets.footer import KeyHints
from duty_tui.widgets.safe import Part, content, elide, lines
from duty_tui.widgets.statusline import StatusLine
from duty_tui.widgets.title_bar import TitleBar

if TYPE_CHECKING:
    from duty_tui.desk.desk import Desk
    from duty_tui.desk.session import Changes

_CELLS = 76
_VIEWS = (("owed", "Owed"), ("late", "Late"), ("asked", "Asked"), ("all", "All"))


class OnLine:
    """The concern of a line, as the dialogues about it need it."""

    def __init__(self, screen: DeskScreen[None], line: ObligationLine) -> None:
        self._screen, self._line = screen, line
        self.concern_id, self.version = line.concern, line.version

    @property
    def about(self) -> str:
        """Number and name."""
        return f"{self._line.reference} {self._line.title}"

    async def was_recorded(self, what: str) -> None:
        """Say so; the list hears of it as of everything that is recorded."""
        self._screen.recorded(f"{self._line.reference} {what} · recorded")


class ObligationsScreen(DeskScreen[None]):
    """Opened with z on a concern, with Z from the queue for all of them."""

    DEFAULT_CSS = """
    ObligationsScreen { layout: vertical; background: $background; }
    ObligationsScreen #about { height: 1; padding: 0 1; background: $panel; }
    ObligationsScreen ItemList { height: 1fr; }
    """
    HEADING = "OWED"
    HELP = (
        "Everything the policies make somebody owe, late first, then by when. Enter does what the line asks for: "
        "it takes a time, or opens the screen or the form. What was late keeps its reason."
    )
    ACTS: ClassVar[Any] = (*ON_LINES, *VIEWS, *WAYS_IN, Back, Help, Palette)

    def __init__(self, concern: str | None = None) -> None:
        super().__init__()
        self.concern_id = concern
        self._view = "owed"
        self._found: ObligationList | None = None

    def compose(self) -> ComposeResult:
        """The bar, which are shown, the list, what came of the last act, the keys."""
        yield TitleBar()
        yield Static(id="about")
        yield ItemList(id="list", empty="Reading what is owed …")
        yield StatusLine()
        yield KeyHints()

    def on_mount(self) -> None:
        """Read them."""
        self.query_one(ItemList).focus()
        self.reload()

    @property
    def of_one(self) -> bool:
        """It shows one concern and not the whole desk."""
        return self.concern_id is not None

    def reload(self) -> None:
        """Read them anew."""
        self.begin(self._reload(), alone="reload")

    async def _reload(self) -> None:
        now, concern = self.now(), self.concern_id

        def read(desk: Desk) -> ObligationList:
            return all_obligations(desk, now) if concern is None else obligations_of(desk, concern, now)

        found = await self.ask(read)
        if found is not None:
            self._found = found
            self._draw()

    def on_changes(self, changes: Changes) -> None:
        """Somebody recorded something, here or elsewhere."""
        if changes.everything or any(self.concern_id in (None, row.id) for row in changes.rows):
            self.reload()

    def tick(self, now: datetime) -> None:
        """Something falls due, or is asked, by time alone."""
        super().tick(now)
        if self._found is not None and self._found.until is not None and now >= self._found.until:
            self._found = self._found._replace(until=None)
            self.reload()

    def show_view(self, view: str) -> None:
        """Show others."""
        self._view = view
        self._draw()

    def _lines(self, view: str) -> Sequence[ObligationLine]:
        found = self._found.lines if self._found else ()
        if view == "all":
            return found
        return [
            line
            for line in found
            if line.open and (view == "owed" or (line.late if view == "late" else line.kind == "prompt"))
        ]

    def _draw(self) -> None:
        shown = self._lines(self._view)
        parts: list[Part] = []
        for at, (name, label) in enumerate(_VIEWS, 1):
            if name != "all" or self.of_one:
                words = f" {at} {label} {len(self._lines(name))} "
                parts.append((words, "bold reverse" if name == self._view else ""))
        if self.of_one and self._found and self._found.lines:
            first = self._found.lines[0]
            parts += ["  ", (f"{first.reference} {first.title}", "bold")]
        left = self._found.left if self._found else ()
        about = [content(*parts), *(content((elide(words, _CELLS), "bold $soon")) for words in left)]
        head = self.query_one("#about", Static)
        head.styles.height = len(about)
        head.update(lines(about))
        items = self.query_one(ItemList)
        items.empty = "Nothing is owed here." if self._view in ("owed", "all") else "Nothing here."
        items.show([Item(key_of(line), drawing(line, whose=not self.of_one)) for line in shown])
        self.refresh_commands()

    @property
    def chosen(self) -> ObligationLine | None:
        """The line under the cursor."""
        key = self.query_one(ItemList).key
        return next((line for line in self._lines(self._view) if key_of(line) == key), None)

    def on_item_list_moved(self, _event: ItemList.Moved) -> None:
        """Another line: other commands may fit it."""
        self.refresh_commands()

    def discussion_at(self) -> tuple[str, int | None] | None:
        """The concern and discussion of the line under the cursor; of a list of one concern, always that."""
        line = self.chosen
        if line is not None:
            return line.concern, line.discussion
        return (self.concern_id, None) if self.concern_id else None

    # Acts

    def meet(self) -> None:
        """Do what the line asks for, wherever that is done."""
        if self.chosen is not None:
            from duty_tui.screens.obligation_places import open_place

            open_place(self, self.chosen)

    def explain(self) -> None:
        """Why the line is late."""
        from duty_tui.screens.obligation_late import LateDialog

        self._over_line(LateDialog)

    def vary(self) -> None:
        """Another time for the line, approved by somebody."""
        from duty_tui.screens.obligation_vary import VaryDialog

        self._over_line(VaryDialog)

    def _over_line(self, make: Any) -> None:
        if self.chosen is not None:
            self.open_dialogue(self.chosen, make)

    def open_dialogue(self, line: ObligationLine, make: Any) -> None:
        """A dialogue about a line; `make` makes it of what lies behind it and the line."""
        self.app.push_screen(make(OnLine(self, line), line))

    def open_concern(self) -> None:
        """Everything about its concern."""
        from duty_tui.screens.concern import ConcernScreen

        if self.chosen is not None:
            self.app.push_screen(ConcernScreen(self.chosen.concern))

    def open_why(self) -> None:
        """Why its concern stands where it stands."""
        from duty_tui.screens.why import WhyScreen

        if self.chosen is not None:
            self.app.push_screen(WhyScreen(self.chosen.concern))
