"""A form begun and never recorded was found: go on with it, start afresh, or let it go."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from duty_tui.desk.drafts import drop_draft
from duty_tui.screens.concern_ask import Ask, Way
from duty_tui.screens.concern_list import Item, ItemList
from duty_tui.screens.desk_screen import DeskModal
from duty_tui.screens.intake_draft import draft_words
from duty_tui.screens.intake_form import IntakeForm
from duty_tui.store.rows import Draft
from duty_tui.widgets.command import Command
from duty_tui.widgets.command_screen import Back
from duty_tui.widgets.footer import KeyHints
from duty_tui.widgets.safe import content
from duty_tui.widgets.statusline import StatusLine
from duty_tui.widgets.wrapping import wrap


class GoOn(Command[Any, Any]):
    """Go on with the draft."""

    id, keys, label, group, priority = "draft.go_on", "1,enter", "go on", "Draft", 1
    help = "Go on with the selected draft."

    def run(self, screen: Found) -> None:
        """Hand its form over."""
        screen.go_on()


class Afresh(Command[Any, Any]):
    """Begin an empty form."""

    id, keys, label, group, priority = "draft.afresh", "2", "afresh", "Draft", 2
    help = "Start an empty form; the drafts are kept."

    def run(self, screen: Found) -> None:
        """Close without a form chosen."""
        screen.dismiss("afresh")


class Discard(Command[Any, Any]):
    """Let the draft go for good."""

    id, keys, label, group, priority = "draft.discard", "3", "discard", "Draft", 3
    help = "Discard the selected draft for good; asks first."

    def run(self, screen: Found) -> None:
        """Ask first."""
        screen.discard()


class Found(DeskModal["IntakeForm | str"]):
    """Dismissed with the form to go on with, "afresh" for an empty one, or None to go back."""

    CSS_PATH = "intake_found.tcss"
    HELP = "What was typed is kept until it is recorded or discarded."
    ACTS: ClassVar[Any] = (GoOn, Afresh, Discard, Back)

    def __init__(self, drafts: Sequence[tuple[Draft, IntakeForm]]) -> None:
        super().__init__()
        self._drafts = {draft.id: (draft, form) for draft, form in drafts}

    def compose(self) -> ComposeResult:
        """The drafts, and the ways."""
        with Vertical(classes="dialogue"):
            yield Static(content(("A draft was found", "bold $key-fg")), classes="title")
            yield ItemList(id="drafts")
            yield Static(
                content(
                    ("1", "bold $key-fg"), " go on with it   ", ("2", "bold $key-fg"), " start afresh (it is kept)   ",
                    ("3", "bold $key-fg"), " discard it",
                )
            )  # fmt: skip
            yield StatusLine()
            yield KeyHints()

    def on_mount(self) -> None:
        """Show them, the latest first."""
        self._show()
        self.query_one(ItemList).focus()

    def _show(self) -> None:
        now = self.now()
        items = [Item(draft.id, _line(draft, now)) for draft, _ in self._drafts.values()]
        self.query_one(ItemList).show(items)

    @property
    def _selected(self) -> tuple[Draft, IntakeForm]:
        return self._drafts[self.query_one(ItemList).key or ""]

    def go_on(self) -> None:
        """The selected draft's form."""
        self.dismiss(self._selected[1])

    def discard(self) -> None:
        """Ask, naming how it begins, and drop it."""
        draft, _ = self._selected
        said = [draft_words(draft, self.now()), "It cannot be brought back."]
        ways = [Way("1", "keep", "Keep it"), Way("ctrl+d", "discard", "Discard it for good")]

        def answered(way: str | None) -> None:
            if way == "discard":
                self.begin(self._drop(draft.id))

        self.app.push_screen(Ask("Discard this draft?", said, ways), answered)

    async def _drop(self, draft: str) -> None:
        await self.session.ask(lambda desk: drop_draft(desk, draft))
        del self._drafts[draft]
        if self._drafts:
            self._show()
        else:
            self.dismiss("afresh")


def _line(draft: Draft, now: datetime) -> Any:
    def draw(cells: int, selected: bool) -> list[Content]:
        shown = wrap(draft_words(draft, now), cells - 2, 3 if selected else 1)
        return [
            content("▸ " if selected and not at else "  ", (line, "bold" if selected else ""))
            for at, line in enumerate(shown)
        ]

    return draw
