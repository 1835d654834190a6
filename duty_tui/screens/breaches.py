"""The breach file on the screen: what was late or never done, child by child; the selected one in full."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from duty_tui.desk.breach_words import actual_words, breach_lines, headline
from duty_tui.desk.breaches import Breaches, breach_file
from duty_tui.desk.desk import Desk
from duty_tui.domain.period import Period
from duty_tui.domain.times import london_date
from duty_tui.screens.concern_list import Draw, Item, ItemList
from duty_tui.screens.desk_screen import DeskScreen
from duty_tui.screens.document_acts import PrintBreaches
from duty_tui.screens.read_past import read_past
from duty_tui.views.breach import Breach, BreachFile
from duty_tui.widgets.command import Command
from duty_tui.widgets.command_screen import Back, Help, Palette
from duty_tui.widgets.footer import KeyHints
from duty_tui.widgets.safe import content, elide, lines
from duty_tui.widgets.statusline import StatusLine
from duty_tui.widgets.title_bar import TitleBar
from duty_tui.widgets.wrapping import wrap

if TYPE_CHECKING:
    from duty_tui.desk.session import Changes


class _Act(Command["BreachesScreen", "BreachesScreen"]):
    group = "Breach file"

    def why_not(self, view: BreachesScreen) -> str | None:
        """Only on a row."""
        if view.file is None:
            return "The record is still being read."
        return None if view.row else "Nothing is selected."


class OpenBreach(_Act):
    """Open the concern."""

    id, keys, label, title, priority = "breach.open", "enter", "open", "Open its concern", 2
    help = "Open the concern of the selected row."

    def run(self, screen: BreachesScreen) -> None:
        """Its own screen."""
        screen.open_concern()


class CopyBreach(_Act):
    """Copy the row."""

    id, keys, label, title, priority = "breach.copy", "y", "copy", "Copy as text", 22
    help = "Copy the selected row with everything known of it as plain text."

    def run(self, screen: BreachesScreen) -> None:
        """Copy it."""
        screen.copy_text()


class BreachesScreen(DeskScreen[None]):
    """Rows in the order they fell due; opened from the statistics, for the same period, and from the palette."""

    DEFAULT_CSS = """
    BreachesScreen { layout: vertical; background: $background; }
    BreachesScreen #period { height: 1; padding: 0 1; background: $panel; }
    BreachesScreen ItemList { height: 1fr; }
    """
    HEADING = "BREACHES"
    HELP = (
        "What fell due in the period and was done late or not at all, a row for each child, open and closed concerns."
    )
    ACTS: ClassVar[Any] = (OpenBreach, CopyBreach, PrintBreaches, Back, Help, Palette)

    def __init__(self, period: Period | None = None) -> None:
        super().__init__()
        self.file: BreachFile | None = None
        self._period = period
        self._breaches = Breaches()

    def compose(self) -> ComposeResult:
        """The bar, the period, the rows, what came of the last key, the keys."""
        yield TitleBar()
        yield Static(id="period")
        yield ItemList(id="rows", empty="The record is being read …")
        yield StatusLine()
        yield KeyHints()

    def on_mount(self) -> None:
        """Read the record."""
        self.query_one(ItemList).focus()
        self.reload()

    @property
    def row(self) -> Breach | None:
        """The row under the cursor."""
        key = self.query_one(ItemList).key
        return next((row for row in self.file.rows if row.key == key), None) if self.file else None

    def reload(self) -> None:
        """Read what is new."""
        self.begin(self._reload(), alone="breaches")

    async def _reload(self) -> None:
        await read_past(self, self._breaches)
        now = self.now()
        period = self._period or Period.of_weeks(london_date(now))

        def asked(desk: Desk) -> BreachFile:
            return breach_file(desk, self._breaches, period, now)

        found = await self.ask(asked)
        if found is not None:
            self.file = found
            self._draw(found)

    def on_changes(self, changes: Changes) -> None:
        """Somebody recorded something: a row may be there, or another."""
        if changes.rows or changes.everything:
            self.reload()

    def _draw(self, file: BreachFile) -> None:
        words, room = f"{file.period.words} · {len(file.rows)} late or not done", max(10, self.size.width - 2)
        head = [content((elide(words, room), "bold"))]
        if file.left_out:
            head.append(content((elide(file.left_out, room), "$faint")))
        period = self.query_one("#period", Static)
        period.styles.height = len(head)
        period.update(lines(head))
        rows = self.query_one(ItemList)
        rows.empty = "Nothing that fell due in this period was late."
        rows.show([Item(row.key, _drawing(row)) for row in file.rows])
        self.refresh_commands()

    def open_concern(self) -> None:
        """The concern's own screen."""
        from duty_tui.screens.concern import ConcernScreen

        if self.row is not None:
            self.app.push_screen(ConcernScreen(self.row.concern))

    def copy_text(self) -> None:
        """The selected row as plain text."""
        if self.row is not None:
            self.app.copy_to_clipboard("\n".join(breach_lines(self.row)) + "\n")
            self.query_one(StatusLine).say("The row is copied; a terminal may refuse this.")


def _drawing(row: Breach) -> Draw:
    def draw(cells: int, selected: bool) -> list[Content]:
        room = max(8, cells - 4)
        mark = "▸ " if selected else "  "
        if selected:
            first, *further = breach_lines(row)
            drawn = [content(mark, (line, "bold")) for line in wrap(first, room, 2)]
            return [*drawn, *(content("    ", words) for line in further for words in wrap(line, room, 4))]
        return [
            content(mark, elide(headline(row), room)),
            content("    ", (elide(actual_words(row), room), "$bad" if row.actual is None else "")),
        ]

    return draw
