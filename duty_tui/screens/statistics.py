"""Statistics: the figures of a period, each with the concerns behind it; for whoever answers for the times kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from duty_tui.desk.desk import Desk
from duty_tui.desk.statistics import Stories, statistics
from duty_tui.domain.period import Period
from duty_tui.domain.times import london_date
from duty_tui.screens.concern_list import Draw, Item, ItemList
from duty_tui.screens.desk_screen import DeskScreen
from duty_tui.screens.read_past import read_past
from duty_tui.views.statistics import Figure, FigureGroup, Statistics
from duty_tui.widgets.command import Command
from duty_tui.widgets.command_screen import Back, Help, Palette
from duty_tui.widgets.footer import KeyHints
from duty_tui.widgets.safe import content, elide, fit
from duty_tui.widgets.statusline import StatusLine
from duty_tui.widgets.title_bar import TitleBar
from duty_tui.widgets.wrapping import wrap

if TYPE_CHECKING:
    from duty_tui.desk.session import Changes

_LABEL, _BAR, _FRACTION, _PERCENT, _BESIDE = 24, 10, 11, 6, 21


class _Act(Command["StatisticsScreen", "StatisticsScreen"]):
    group = "Statistics"

    def why_not(self, view: StatisticsScreen) -> str | None:
        """Not before everything has been read."""
        return "The record is still being read." if view.found is None else None


class Concerns(_Act):
    """The concerns behind a figure."""

    id, keys, label, title, priority = "figure.open", "enter", "concerns", "Concerns behind the figure", 2
    help = "List what the selected figure counts, with the concern of each."

    def why_not(self, view: StatisticsScreen) -> str | None:
        """There must be some."""
        figure = view.figure
        nothing = figure is None or not (figure.cases or figure.others)
        return super().why_not(view) or ("There is nothing behind this figure." if nothing else None)

    def run(self, screen: StatisticsScreen) -> None:
        """List them."""
        screen.open_figure()


class Earlier(_Act):
    """The period before."""

    id, keys, label, title, priority = "period.earlier", "left", "earlier", "The period before", 3
    help = "Show the figures of the period of the same length before this one."

    def run(self, screen: StatisticsScreen) -> None:
        """Go back."""
        screen.move(-1)


class Later(_Act):
    """The period after."""

    id, keys, label, title, priority = "period.later", "right", "later", "The period after", 4
    help = "Show the figures of the period of the same length after this one."

    def why_not(self, view: StatisticsScreen) -> str | None:
        """Not into weeks that have not begun."""
        later = view.period.moved(1).begin > london_date(view.now())
        return super().why_not(view) or ("That period has not begun." if later else None)

    def run(self, screen: StatisticsScreen) -> None:
        """Go on."""
        screen.move(1)


class BreachesOfIt(_Act):
    """The breach file."""

    id, keys, label, title, priority = "period.breaches", "b", "breaches", "Breach file of the period", 5
    help = "List what fell due in this period and was done late or not at all, child by child."

    def run(self, screen: StatisticsScreen) -> None:
        """Open it."""
        from duty_tui.screens.breaches import BreachesScreen

        screen.app.push_screen(BreachesScreen(screen.period))


class CopyFigures(_Act):
    """Copy them as text."""

    id, keys, label, title, priority = "figures.copy", "y", "copy", "Copy as text", 22
    help = "Copy all figures of the period as plain text; no child and no concern is named in it."

    def run(self, screen: StatisticsScreen) -> None:
        """Copy them."""
        screen.copy_text()


class StatisticsScreen(DeskScreen[None]):
    """Figures by section; the record is read a part at a time, so that whoever records is not kept waiting."""

    DEFAULT_CSS = """
    StatisticsScreen { layout: vertical; background: $background; }
    StatisticsScreen #period { height: 1; padding: 0 1; background: $panel; }
    StatisticsScreen ItemList { height: 1fr; }
    """
    HEADING = "STATISTICS"
    HELP = (
        "So many in time of so many that are settled; what is still open, or not known while a question is "
        "unanswered, stands beside. Enter lists the concerns behind a figure. docs/statistics.md defines each."
    )
    ACTS: ClassVar[Any] = (Concerns, Earlier, Later, BreachesOfIt, CopyFigures, Back, Help, Palette)

    def __init__(self) -> None:
        super().__init__()
        self.found: Statistics | None = None
        self._period: Period | None = None
        self._stories = Stories()

    def compose(self) -> ComposeResult:
        """The bar, the period, the figures, what came of the last key, the keys."""
        yield TitleBar()
        yield Static(id="period")
        yield ItemList(id="figures", empty="The record is being read …")
        yield StatusLine()
        yield KeyHints()

    def on_mount(self) -> None:
        """Read the record."""
        self.query_one(ItemList).focus()
        self.reload()

    @property
    def period(self) -> Period:
        """The period shown: the last twelve weeks unless another was chosen."""
        return self._period or Period.of_weeks(london_date(self.now()))

    @property
    def figure(self) -> Figure | None:
        """The figure under the cursor."""
        key = self.query_one(ItemList).key
        return self.found.figure(key) if self.found and key else None

    def reload(self) -> None:
        """Read what is new and work the figures out anew."""
        self.begin(self._reload(), alone="figures")

    async def _reload(self) -> None:
        await read_past(self, self._stories)
        period, now = self.period, self.now()

        def asked(desk: Desk) -> Statistics:
            return statistics(desk, self._stories, period, now)

        found = await self.ask(asked)
        if found is not None:
            self.found = found
            self._draw()

    def on_changes(self, changes: Changes) -> None:
        """Somebody recorded something: the figures may be others."""
        if changes.rows or changes.everything:
            self.reload()

    def move(self, times: int) -> None:
        """Another period of the same length."""
        moved = self.period.moved(times)
        self._period = None if moved == Period.of_weeks(london_date(self.now())) else moved
        self.reload()

    def open_figure(self) -> None:
        """The concerns behind the selected figure."""
        from duty_tui.screens.figure import FigureScreen

        if self.figure is not None:
            self.app.push_screen(FigureScreen(self.figure, self._heading_of(self.figure)))

    def _heading_of(self, figure: Figure) -> str:
        groups = self.found.groups if self.found else ()
        return next((group.heading for group in groups if figure in group.figures), "")

    def copy_text(self) -> None:
        """The figures as plain text."""
        if self.found is not None:
            self.app.copy_to_clipboard(as_text(self.found))
            self.query_one(StatusLine).say("The figures are copied; a terminal may refuse this.")

    def _draw(self) -> None:
        found = self.found
        if found is None:
            return
        words = f"{found.period.words} · {found.concerns} concerns in the record"
        self.query_one("#period", Static).update(content((elide(words, max(10, self.size.width - 2)), "bold")))
        items = [item for group in found.groups for item in _items(group)]
        self.query_one(ItemList).show([*items, *(Item(f"note/{note}", _note(note)) for note in found.notes)])
        self.refresh_commands()

    def on_resize(self) -> None:
        """Cut the lines to the new width."""
        self._draw()


def _items(group: FigureGroup) -> Iterator[Item]:
    """The figures of a group, the first of them under its heading; its note stands for itself."""
    for place, figure in enumerate(group.figures):
        yield Item(f"{group.key}/{figure.key}", drawing(figure, "" if place else group.heading))
    if group.note:
        yield Item(f"{group.key}/", _note(group.note, "" if group.figures else group.heading))


def drawing(figure: Figure, heading: str) -> Draw:
    """A figure in the list, under the heading of its group where it is the first."""

    def draw(cells: int, selected: bool) -> list[Content]:
        drawn = [content((heading, "bold $key-fg"))] if heading else []
        mark = "▸" if selected else " "
        label = (fit(figure.label, _LABEL), "bold" if selected else "")
        if not figure.counts:
            room = max(8, cells - _LABEL - 2)
            first, *further = wrap(figure.words, room, 3 if selected else 1)
            margin = " " * (_LABEL + 2)
            return [*drawn, content(mark, label, " ", first), *(content(margin, words) for words in further)]
        percent = "" if figure.percent is None else f"{figure.percent} %"
        wide = max(_FRACTION, len(figure.fraction) + 1)
        parts = (fit(figure.fraction, wide, right=True), fit(percent, _PERCENT, right=True))
        room = cells - _LABEL - _BAR - wide - _PERCENT - 4
        beside = figure.beside
        fits = len(beside) <= room
        line = content(mark, label, " ", figure.bar(_BAR), *parts, "  ", elide(beside, max(0, room)))
        if selected and not fits:
            return [
                *drawn,
                line,
                *(content(" " * (_LABEL + 2), words) for words in wrap(beside, cells - _LABEL - 2, 3)),
            ]
        return [*drawn, line]

    return draw


def _note(words: str, heading: str = "") -> Draw:
    def draw(cells: int, selected: bool) -> list[Content]:
        drawn = [content((heading, "bold $key-fg"))] if heading else []
        mark = "▸" if selected else " "
        return [*drawn, *(content(mark, (line, "$faint")) for line in wrap(words, max(8, cells - 2), 3))]

    return draw


def as_text(found: Statistics) -> str:
    """The figures without frames, ready to paste."""
    shown: list[str] = [found.period.words, *found.notes]
    for group in found.groups:
        shown += ["", group.heading, *(_plain(figure) for figure in group.figures)]
        shown += [f"  {group.note}"] if group.note else []
    return "\n".join(shown) + "\n"


def _plain(figure: Figure) -> str:
    percent = "" if figure.percent is None else f" ({figure.percent} %)"
    said: Sequence[str] = [f"{figure.fraction}{percent}", figure.beside] if figure.counts else [figure.words]
    return f"  {figure.label}: {', '.join(filter(None, said))}"
