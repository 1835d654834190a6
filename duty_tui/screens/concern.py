"""One concern: what is next, the policy's questions, its clocks, the children, and everything that was recorded.

Opened from the queue by whoever works on it. Digits only ever answer a question; Tab shows the next part.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.css.query import QueryType
from textual.widget import Widget
from textual.widgets import Static
from typing_extensions import override

from duty_tui.desk.desk import Desk
from duty_tui.desk.reading import concern_view
from duty_tui.domain.commands import AddNote, Command, ReopenConcern
from duty_tui.screens.answer_list import ANSWERS
from duty_tui.screens.both import put_beside
from duty_tui.screens.concern_acts import ACTS
from duty_tui.screens.concern_answering import Answering
from duty_tui.screens.concern_list import ItemList
from duty_tui.screens.concern_parts import (
    CHILDREN,
    DUPLICATE,
    NOW,
    PARTS,
    TIMELINE,
    due_in_words,
    items_of,
    words_on,
)
from duty_tui.screens.dialogue_draft import unfinished
from duty_tui.screens.intake_steps import Steps
from duty_tui.screens.owner import OwnerDialog
from duty_tui.screens.restrict import ask_to_restrict, open_restriction
from duty_tui.screens.unfinished import draft_line
from duty_tui.screens.write import UndoDialog, Write
from duty_tui.store.rows import ConcernRow, Draft
from duty_tui.views.concern import ConcernView, TimelineLine
from duty_tui.widgets.command_screen import Back, Help, Palette
from duty_tui.widgets.footer import KeyHints
from duty_tui.widgets.safe import content, elide, lines
from duty_tui.widgets.statusline import StatusLine
from duty_tui.widgets.title_bar import TitleBar

if TYPE_CHECKING:
    from duty_tui.desk.session import Changes

_REFRESH = 30  # seconds after which "late" and ages are worked out anew


class ConcernScreen(Answering):
    """Everything about one concern, kept up to date; the cursor of each part stays on its item."""

    CSS_PATH = "concern.tcss"
    HEADING = "CONCERN"
    HELP = "Tab and the arrows left and right show the parts; digits answer the selected question; Escape goes back."
    ACTS: ClassVar[Any] = (*ACTS, *ANSWERS, Back, Help, Palette)

    def __init__(self, concern_id: str, part: int = NOW) -> None:
        super().__init__()
        self.concern_id = concern_id
        self.concern: ConcernView | None = None
        self.part = part
        self._cursors: dict[int, str] = {}
        self._row: ConcernRow | None = None
        self._drafts: Sequence[Draft] = ()
        self._recording = asyncio.Lock()

    def compose(self) -> ComposeResult:
        """The bar, two lines about the concern, the parts, the list, what came of the last act, the keys."""
        yield TitleBar()
        yield Static(id="about")
        yield Steps(PARTS)
        yield ItemList(id="part")
        yield StatusLine()
        yield KeyHints()

    def on_mount(self) -> None:
        """Read the concern."""
        self.list.focus()
        self.reload()

    @property
    def heading(self) -> str:
        """The concern's number."""
        if self.concern is None:
            return self.HEADING
        return f"CONCERN {self.concern.reference}" + (" RESTRICTED" if self.concern.restricted else "")

    @override
    def focus_next(self, selector: str | type[QueryType] = "*") -> Widget | None:
        """Tab shows the next part; there is one list, and it has the focus."""
        self.show_part(self.part + 1)
        return self.focused

    @override
    def focus_previous(self, selector: str | type[QueryType] = "*") -> Widget | None:
        """Shift+Tab shows the part before."""
        self.show_part(self.part - 1)
        return self.focused

    # Reading it, and reading it again

    def reload(self) -> None:
        """Read the concern anew."""
        self.begin(self._reload(), alone="reload")

    async def _reload(self) -> None:
        now = self.now()
        about = self.concern_id
        read = await self.ask(
            lambda desk: (concern_view(desk, about, now), desk.row(about), unfinished(desk, about), _each(desk))
        )
        if read is not None:
            self.concern, self._row, self._drafts, self.of_each_child = read
            self._draw()

    def on_changes(self, changes: Changes) -> None:
        """Somebody recorded something; when it is about this concern it is read anew."""
        if changes.everything or any(row.id == self.concern_id for row in changes.rows):
            self.reload()

    def tick(self, now: Any) -> None:
        """Time passes: what is late now was not before."""
        super().tick(now)
        if self.concern is not None and (now - self.concern.as_of).total_seconds() >= _REFRESH:
            self.reload()

    def on_resize(self) -> None:
        """Cut the lines to the new width."""
        self._draw()

    def _draw(self) -> None:
        view = self.concern
        if view is None:
            return
        self.show_bar(self.now())
        cells = max(10, self.size.width - 2)
        state = " · ".join((view.stage, f"owner {view.owner or 'none'}", self.due))
        title = elide(f"{view.reference}  {view.title}", cells)
        self.query_one("#about", Static).update(lines([content((title, "bold")), content(elide(state, cells))]))
        self.query_one(Steps).show(self.part, words_on(view))
        items = items_of(view, self.part, [draft_line(draft, self.now()) for draft in self._drafts])
        at = self._cursors.get(self.part)
        if at is None and items:
            at = items[-1 if self.part == TIMELINE else 0].key
        self.list.show(items, at=at)
        if self.list.key is not None:
            self._cursors[self.part] = self.list.key
        self.refresh_commands()

    @property
    def due(self) -> str:
        """When what governs the concern is due, in words."""
        return due_in_words(self._row, self.now())

    def show_part(self, part: int) -> None:
        """Show another part; each remembers where its cursor was."""
        self.part = part % len(PARTS)
        self._draw()

    def on_item_list_moved(self, event: ItemList.Moved) -> None:
        """Remember where the cursor is in this part."""
        if event.items.key is not None:
            self._cursors[self.part] = event.items.key

    def discussion_at(self) -> tuple[str, int | None] | None:
        """This concern, and whichever of its discussions is meant."""
        return (self.concern_id, None) if self.concern else None

    # Recording

    @property
    def version(self) -> int:
        """The version of the concern that is shown."""
        return self.concern.version if self.concern else 0

    async def record(self, command: Command, what: str) -> None:
        """Record a command as seen now; where another was faster both are shown. Raises DutyError."""
        async with self._recording:
            seen = self.version
            done = await put_beside(self, self.concern_id, command, seen=seen)
            if isinstance(done, str):
                await self._reload()
                return
            await self.was_recorded(what)
        await ask_to_restrict(self, done.concern, seen)

    async def was_recorded(self, what: str) -> None:
        """Say so, and read the concern anew."""
        self.recorded(f"{what} {self.reference} · recorded")
        await self._reload()

    @property
    def reference(self) -> str:
        """The concern's number as people say it."""
        return self.concern.reference if self.concern else ""

    @property
    def names(self) -> str:
        """The children's names, for every dialogue before an act."""
        return ", ".join(child.name for child in self.concern.children) if self.concern else ""

    @property
    def about(self) -> str:
        """Number and children, as the head of a dialogue."""
        return f"{self.reference}: {self.names}"

    # Acts

    def choose_owner(self) -> None:
        """Ask who owns it."""
        view = self.concern
        if view is None:
            return
        others = {entry.actor for entry in view.timeline}
        self.app.push_screen(OwnerDialog(self, view.owner, self.settings.name, others), self._left)

    def add_note(self) -> None:
        """Write a note."""
        note = Write(
            self, "note", "NOTE", lambda text: AddNote(text=text), "note", needed="Type the note, or press Escape."
        )
        self.app.push_screen(note, self._left)

    def record_milestone(self) -> None:
        """Choose what happened, when and to whom."""
        from duty_tui.screens.milestone import MilestoneDialog

        if self.concern is not None:
            self.app.push_screen(MilestoneDialog(self, self.concern), self._left)

    def close_concern(self) -> None:
        """Ask for the reason, and close."""
        from duty_tui.screens.close import CloseDialog

        self.app.push_screen(CloseDialog(self), self._left)

    def reopen_concern(self) -> None:
        """Ask for the reason, and reopen."""
        dialogue = Write(
            self,
            "reopen",
            "REOPEN THIS CONCERN",
            lambda text: ReopenConcern(reason=text),
            "reopened",
            said=("Say why it comes back; Ctrl+S puts it into the queue again.",),
            needed="Reopening needs its reason.",
        )
        self.app.push_screen(dialogue, self._left)

    def correct(self) -> None:
        """Put right what was taken down."""
        from duty_tui.screens.concern_correct import CorrectDialog

        self.begin(self._correct(CorrectDialog))

    async def _correct(self, dialogue: Any) -> None:
        recorded = await self.session.ask(lambda desk: desk.concern(self.concern_id))
        self.app.push_screen(dialogue(self, recorded), self._left)

    def edit_child(self, number: int | None) -> None:
        """Add a child, or correct one."""
        from duty_tui.screens.concern_child import ChildDialog

        self.begin(self._edit_child(ChildDialog, number))

    async def _edit_child(self, dialogue: Any, number: int | None) -> None:
        recorded = await self.session.ask(lambda desk: desk.concern(self.concern_id))
        self.app.push_screen(dialogue(self, recorded, number), self._left)

    def restrict(self) -> None:
        """Ask who alone may see it."""
        self.begin(open_restriction(self, self.concern_id))

    @property
    def duplicate(self) -> str | None:
        """The possible duplicate the cursor is on; empty where it may not be opened."""
        key = self.list.key if self.part == NOW else None
        return key.removeprefix(DUPLICATE) if key and key.startswith(DUPLICATE) else None

    def open_selected(self) -> None:
        """The selected child, or the possible duplicate."""
        if self.duplicate:
            self.app.push_screen(ConcernScreen(self.duplicate))
        elif self.part == CHILDREN and self.list.key:
            self.edit_child(int(self.list.key))

    def open_why(self) -> None:
        """Why it stands where it stands."""
        from duty_tui.screens.why import WhyScreen

        self.app.push_screen(WhyScreen(self.concern_id))

    def undo(self) -> None:
        """Ask about the selected entry, or one's own last one."""
        entry = self._to_undo()
        if entry is None:
            self.refuse("You have recorded nothing here that can be undone; Timeline shows what others did.")
        elif entry.fixed is not None:
            self.refuse(entry.fixed)
        else:
            self.app.push_screen(UndoDialog(self, entry.entry, entry.words), self._left)

    def _left(self, recorded: bool | None) -> None:
        """A dialogue was left without a record: what was typed in it may be a draft now."""
        if not recorded:
            self.reload()

    def _to_undo(self) -> TimelineLine | None:
        view = self.concern
        if view is None:
            return None
        if self.part == TIMELINE:
            return next((entry for entry in view.timeline if entry.entry == self.list.key), None)
        mine = [one for one in view.timeline if one.actor == self.settings.name and one.fixed is None]
        return mine[-1] if mine else None

    def copy_line(self) -> None:
        """One line without frames."""
        view = self.concern
        if view is None:
            return
        line = " · ".join((view.reference, view.title, self.due, view.stage, f"owner {view.owner or 'none'}"))
        self.app.copy_to_clipboard(line)
        self.query_one(StatusLine).say(f"{view.reference} copied as a line; a terminal may refuse this.")


def _each(desk: Desk) -> frozenset[str]:
    """The questions asked of each child."""
    return frozenset(name for name, fact in desk.rulebook.vocabulary.fact.items() if fact.scope == "child")
