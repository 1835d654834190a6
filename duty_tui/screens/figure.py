"""What one figure counts, case by case, with the way to the concern of each."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from duty_tui.screens.concern_list import Draw, Item, ItemList
from duty_tui.screens.desk_screen import DeskScreen
from duty_tui.views.statistics import Case, Figure
from duty_tui.widgets.command import Command
from duty_tui.widgets.command_screen import Back, Help, Palette
from duty_tui.widgets.footer import KeyHints
from duty_tui.widgets.safe import content, elide, fit
from duty_tui.widgets.statusline import StatusLine
from duty_tui.widgets.title_bar import TitleBar
from duty_tui.widgets.wrapping import wrap

#: A sign before each, so that it is told without colour.
_MARKS = {"met": "✓", "done": "✓", "missed": "✗", "not known": "?", "ended": "–"}
_STYLES = {"met": "$good", "done": "$good", "missed": "bold $bad"}
_REFERENCE = 7
#: The line for what is counted and not shown.
_OTHERS = "others"


class OpenCase(Command["FigureScreen", "FigureScreen"]):
    """Open the concern."""

    id, keys, label, title, priority = "case.open", "enter", "open", "Open its concern", 2
    group = "Statistics"
    help = "Open the concern of the selected case."

    def why_not(self, view: FigureScreen) -> str | None:
        """Only on a case."""
        return None if view.case else "There is nothing to open here."

    def run(self, screen: FigureScreen) -> None:
        """Its own screen."""
        screen.open_concern()


class FigureScreen(DeskScreen[None]):
    """The cases of one figure as they were when it was worked out."""

    DEFAULT_CSS = """
    FigureScreen { layout: vertical; background: $background; }
    FigureScreen #figure { height: 1; padding: 0 1; background: $panel; }
    FigureScreen ItemList { height: 1fr; }
    """
    HEADING = "STATISTICS"
    HELP = "Every case the figure counts: ✓ in time, ✗ late, ? not known, – closed before. Enter opens the concern."
    ACTS: ClassVar[Any] = (OpenCase, Back, Help, Palette)

    def __init__(self, figure: Figure, heading: str) -> None:
        super().__init__()
        self.shown = figure
        self._about = heading

    def compose(self) -> ComposeResult:
        """The bar, the figure, its cases, what came of the last key, the keys."""
        yield TitleBar()
        yield Static(id="figure")
        yield ItemList(id="cases", empty="Nothing is counted here.")
        yield StatusLine()
        yield KeyHints()

    def on_mount(self) -> None:
        """Show them."""
        cases = self.query_one(ItemList)
        cases.focus()
        items = [Item(str(place), _drawing(case)) for place, case in enumerate(self.shown.cases)]
        cases.show([*items, *([Item(_OTHERS, _others)] if self.shown.others else [])])
        self.on_resize()

    def on_resize(self) -> None:
        """Cut the figure's line to the width."""
        said = " ".join(filter(None, (self.shown.fraction, self.shown.beside)))
        words = elide(f"{self._about} · {self.shown.label}: {said}", max(10, self.size.width - 2))
        self.query_one("#figure", Static).update(content((words, "bold")))
        self.refresh_commands()

    @property
    def shows(self) -> set[str]:
        """The concerns of the cases: the figure is not read anew while it stands."""
        return {case.concern for case in self.shown.cases}

    @property
    def case(self) -> Case | None:
        """The case under the cursor."""
        key = self.query_one(ItemList).key
        return self.shown.cases[int(key)] if key not in (None, _OTHERS) else None

    def open_concern(self) -> None:
        """The concern's own screen."""
        from duty_tui.screens.concern import ConcernScreen

        if self.case is not None:
            self.app.push_screen(ConcernScreen(self.case.concern))


def _others(cells: int, selected: bool) -> list[Content]:
    words = "and others that may not be shown: restricted to named people"
    return [content("▸" if selected else " ", (elide(words, max(8, cells - 1)), "$faint"))]


def _drawing(case: Case) -> Draw:
    def draw(cells: int, selected: bool) -> list[Content]:
        mark, style = _MARKS.get(case.verdict, "·"), _STYLES.get(case.verdict, "")
        margin = " " * (_REFERENCE + 5)
        room = max(8, cells - len(margin))
        name = (elide(case.title, room), "bold" if selected else "")
        drawn = [content("▸" if selected else " ", (mark, style), " ", fit(case.reference, _REFERENCE), "  ", name)]
        words = wrap(case.words, room, 3 if selected else 1) if case.words else []
        return [*drawn, *(content(margin, line) for line in words)]

    return draw
