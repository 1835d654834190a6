"""The sheet for the next shift: read together on the telephone, line by line; Enter opens what a line is about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from duty_tui.desk.handover import handover_of
from duty_tui.domain.times import moment_words
from duty_tui.screens.concern_list import Draw, Item, ItemList, block
from duty_tui.screens.desk_screen import DeskScreen
from duty_tui.screens.document_acts import PrintHandover, ReadHandover
from duty_tui.screens.handover_acts import HandOver, OpenIt, WhoIsOn
from duty_tui.views.handover import HandoverView, Section, SheetLine
from duty_tui.widgets.command_screen import Back, Help, Palette
from duty_tui.widgets.footer import KeyHints
from duty_tui.widgets.safe import content, elide, lines
from duty_tui.widgets.statusline import StatusLine
from duty_tui.widgets.title_bar import TitleBar
from duty_tui.widgets.wrapping import wrap

if TYPE_CHECKING:
    from duty_tui.desk.session import Changes

_NUMBER_CELLS, _INDENT, _LEAST = 5, 8, 8


class HandoverScreen(DeskScreen[None]):
    """Opened with H from the queue."""

    DEFAULT_CSS = """
    HandoverScreen { layout: vertical; background: $background; }
    HandoverScreen #about { height: 2; padding: 0 1; background: $panel; }
    HandoverScreen ItemList { height: 1fr; }
    """
    HEADING = "HANDOVER"
    HELP = "What the next shift must know. It is the same as `duty-tui handover` prints."
    ACTS: ClassVar[Any] = (HandOver, OpenIt, WhoIsOn, PrintHandover, ReadHandover, Back, Help, Palette)

    def __init__(self) -> None:
        super().__init__()
        self.sheet: HandoverView | None = None

    def compose(self) -> ComposeResult:
        """The bar, since when and who is on, the sheet, what came of the last act, the keys."""
        yield TitleBar()
        yield Static(id="about")
        yield ItemList(id="list", empty="Putting the sheet together …")
        yield StatusLine()
        yield KeyHints()

    def on_mount(self) -> None:
        """Put the sheet together."""
        self.query_one(ItemList).focus()
        self.reload()

    def reload(self) -> None:
        """Put it together anew."""
        self.begin(self._reload(), alone="reload")

    async def _reload(self) -> None:
        now = self.now()
        view = await self.ask(lambda desk: handover_of(desk, now))
        if view is not None:
            self.sheet = view
            self._draw(view)

    def on_changes(self, changes: Changes) -> None:
        """Somebody recorded something, here or elsewhere."""
        if changes.rows or changes.everything:
            self.reload()

    def was_decided(self, said: str | None) -> None:
        """Something about the shift was recorded."""
        if said:
            self.recorded(said)
            self.reload()

    def _draw(self, view: HandoverView) -> None:
        on = ", ".join(view.on_duty) or "nobody said who is on (w)"
        about = [content((f"since {moment_words(view.since)}", "bold")), content("On: ", (elide(on, 74), "bold"))]
        if view.last:
            about.append(content((elide(f"Last handover: {view.last}", 78), "$faint")))
        if view.left_out:
            about.append(content((view.left_out, "$faint")))
        head = self.query_one("#about", Static)
        head.styles.height = len(about)
        head.update(lines(about))
        items: list[Item] = []
        for at, section in enumerate(view.sections):
            items.append(Item(f"{at}", _heading(section)))
            items += [Item(f"{at}/{place}", _drawing(line)) for place, line in enumerate(section.lines)]
        if view.checkpoint:
            items.append(Item("ends", block("RECORD ENDS", "\n".join(view.record_ends))))
        self.query_one(ItemList).show(items)
        self.refresh_commands()

    def on_item_list_moved(self, _event: ItemList.Moved) -> None:
        """A heading opens nothing, a line does."""
        self.refresh_commands()

    @property
    def chosen(self) -> SheetLine | None:
        """The line under the cursor; None on a heading."""
        at, _, place = (self.query_one(ItemList).key or "").partition("/")
        return self.sheet.sections[int(at)].lines[int(place)] if self.sheet and place else None

    def open_chosen(self) -> None:
        """What the line is about."""
        line = self.chosen
        if line is None:
            return
        if line.about == "owed":
            from duty_tui.screens.obligations import ObligationsScreen

            self.app.push_screen(ObligationsScreen(line.concern))
        elif line.about == "escalation":
            from duty_tui.screens.escalations import EscalationsScreen

            self.app.push_screen(EscalationsScreen(line.concern))
        else:
            from duty_tui.screens.concern import ConcernScreen

            self.app.push_screen(ConcernScreen(line.concern))


def _heading(section: Section) -> Draw:
    def draw(cells: int, selected: bool) -> Sequence[Content]:
        mark = "▸" if selected else " "
        words = f"{section.heading.upper()}: {len(section.lines)}" if section.lines else section.nothing
        style = "bold $key-fg" if section.lines else "$faint"
        return [content((mark, ""), (elide(words, cells - 1), style))]

    return draw


def _drawing(line: SheetLine) -> Draw:
    def draw(cells: int, selected: bool) -> Sequence[Content]:
        room = max(_LEAST, cells - _INDENT)
        mark = "▸ " if selected else "  "
        what = wrap(f"{line.title}: {line.what}", room, 3 if selected else 1)
        first = content(mark, (line.reference.ljust(_NUMBER_CELLS), "bold"), " ", (what[0], "bold" * selected))
        late = ("LATE ", "bold $bad") if line.late else ("", "")
        said = " · ".join(filter(None, (line.when, line.owner)))
        margin = " " * _INDENT
        return [
            first,
            *(content(margin, words) for words in what[1:]),
            content(margin, late, (elide(said, room - 5), "$faint")),
        ]

    return draw
