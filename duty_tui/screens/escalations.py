"""Every escalation, the oldest first: who holds it, since when, and what happens next. Opened with E from the queue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from duty_tui.desk.escalation_lines import escalation_list, escalations_of
from duty_tui.domain.times import moment_words
from duty_tui.screens.concern_list import Draw, Item, ItemList
from duty_tui.screens.desk_screen import DeskScreen
from duty_tui.screens.document_acts import PrintForm, ReadForm
from duty_tui.screens.escalation_acts import ACTS
from duty_tui.views.escalation import EscalationLine
from duty_tui.widgets.command_screen import Back, Help, Palette
from duty_tui.widgets.footer import KeyHints
from duty_tui.widgets.safe import content, elide, fit
from duty_tui.widgets.statusline import StatusLine
from duty_tui.widgets.title_bar import TitleBar
from duty_tui.widgets.wrapping import wrap

if TYPE_CHECKING:
    from duty_tui.desk.desk import Desk
    from duty_tui.desk.session import Changes

_AGE_CELLS, _INDENT, _LEAST = 9, 13, 8
#: So many facts of the record are shown on the list; the form has all of them.
_FACTS = 2


class EscalationsScreen(DeskScreen[None]):
    """All of the desk, or those of one concern; `number` is the one the cursor begins on."""

    DEFAULT_CSS = """
    EscalationsScreen { layout: vertical; background: $background; }
    EscalationsScreen #about { height: 1; padding: 0 1; background: $panel; }
    EscalationsScreen ItemList { height: 1fr; }
    """
    HEADING = "ESCALATIONS"
    HELP = "Everything escalated and not concluded, the oldest first. It stays here until its outcome is recorded."
    ACTS: ClassVar[Any] = (*ACTS, ReadForm, PrintForm, Back, Help, Palette)

    def __init__(self, concern: str | None = None, number: int | None = None) -> None:
        super().__init__()
        self.concern_id = concern
        self._begin_at = number
        self._open_only = concern is None
        self._found: Sequence[EscalationLine] = ()

    def compose(self) -> ComposeResult:
        """The bar, how many, the list, what came of the last act, the keys."""
        yield TitleBar()
        yield Static(id="about")
        yield ItemList(id="list", empty="Nothing is escalated.")
        yield StatusLine()
        yield KeyHints()

    def on_mount(self) -> None:
        """Read them."""
        self.query_one(ItemList).focus()
        self.reload()

    def reload(self) -> None:
        """Read them anew."""
        self.begin(self._reload(), alone="reload")

    async def _reload(self) -> None:
        now, concern, open_only = self.now(), self.concern_id, self._open_only

        def read(desk: Desk) -> Sequence[EscalationLine]:
            if concern is None:
                return escalation_list(desk, now, open_only=open_only)
            return [one for one in escalations_of(desk, concern, now) if one.concluded is None or not open_only]

        found = await self.ask(read)
        if found is not None:
            self._found = found
            self._draw()

    def on_changes(self, changes: Changes) -> None:
        """Somebody recorded something, here or elsewhere."""
        if changes.everything or any(self.concern_id in (None, row.id) for row in changes.rows):
            self.reload()

    def show_others(self) -> None:
        """Concluded ones too, or only the open ones."""
        self._open_only = not self._open_only
        self.reload()

    def _draw(self) -> None:
        still = sum(line.concluded is None for line in self._found)
        words = f"{still} open" + ("" if self._open_only else f", {len(self._found) - still} concluded")
        self.query_one("#about", Static).update(content((words, "bold")))
        items = [Item(_key(line), _drawing(line)) for line in self._found]
        first = next((_key(line) for line in self._found if line.number == self._begin_at), None)
        self._begin_at = None
        self.query_one(ItemList).show(items, at=first)
        self.refresh_commands()

    def on_item_list_moved(self, _event: ItemList.Moved) -> None:
        """Another one: other commands may fit it."""
        self.refresh_commands()

    @property
    def chosen(self) -> EscalationLine | None:
        """The one under the cursor."""
        key = self.query_one(ItemList).key
        return next((line for line in self._found if _key(line) == key), None)

    def open_dialogue(self, kind: str) -> None:
        """What is asked about the one under the cursor."""
        from duty_tui.screens import escalation_dialogs

        if self.chosen is not None:
            self.app.push_screen(getattr(escalation_dialogs, kind)(self, self.chosen))

    def open_concern(self) -> None:
        """Everything about its concern."""
        from duty_tui.screens.concern import ConcernScreen

        if self.chosen is not None:
            self.app.push_screen(ConcernScreen(self.chosen.concern))


def _key(line: EscalationLine) -> str:
    return f"{line.concern}/{line.number}"


def _drawing(line: EscalationLine) -> Draw:
    def draw(cells: int, selected: bool) -> list[Content]:
        room = max(_LEAST, cells - _INDENT)
        done = line.concluded is not None
        age, style = ("✓ ended", "$good") if done else (line.age, "bold $soon")
        whom = f" ({line.whom})" if line.whom else ""
        head = f"{line.reference} {line.title}{whom}: {line.label}"
        drawn = [
            content(
                "▸ " if selected else "  ",
                (fit(age, _AGE_CELLS), style),
                "  ",
                (elide(head, room), "bold" if selected else ""),
            )
        ]
        margin = " " * _INDENT
        state = line.outcome if done else f"{line.status}; {line.next}"
        drawn.append(content(margin, (elide(f"{line.held_by or 'nobody named'} · {state}", room), "$faint")))
        if selected:
            for words, kind in _opened(line):
                drawn += [content(margin, (part, kind)) for part in wrap(words, room, 2)]
        return drawn

    return draw


def _opened(line: EscalationLine) -> Iterator[tuple[str, str]]:
    """Everything that is known of it, each line with its style."""
    if line.concluded is None:
        yield f"next: {line.next}", "bold"
    yield f"submitted {moment_words(line.submitted)} by {line.submitted_by}", ""
    to = ", ".join(f"{one.name}, {one.role}" if one.role else one.name for one in line.recipients)
    if to:
        yield f"to {to}", ""
    for ask, words in line.fields:
        yield f"{ask}: {words}", ""
    for said in line.acknowledged:
        yield f"acknowledged: {said}", ""
    for said in line.updates:
        yield f"update: {said}", ""
    if len(line.steps) > 1 or line.up:
        for step in line.steps:
            yield f"step {step.number}, {step.label}: {step.who or 'nobody named'}, {step.standing}", ""
    for fact in line.facts[:_FACTS]:
        yield fact, "$faint"
    if len(line.facts) > _FACTS:
        words = f"{len(line.facts) - _FACTS} more facts: duty-tui escalation {line.reference} {line.number}"
        yield f"{words} prints all of it", "$faint"
