"""A document on the screen as it would go out: read through, then made as a PDF. `L` where there is one."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.widgets import Static

from duty_tui.documents.blocks import Document, clean_document
from duty_tui.errors import DutyError
from duty_tui.screens.concern_list import ItemList
from duty_tui.screens.desk_screen import DeskScreen
from duty_tui.screens.document_lines import document_items
from duty_tui.screens.document_steps import Once, Steps, put_together
from duty_tui.screens.printing import write_pdf
from duty_tui.widgets.command import Command
from duty_tui.widgets.command_screen import Back, Help, Palette
from duty_tui.widgets.footer import KeyHints
from duty_tui.widgets.safe import content, elide
from duty_tui.widgets.statusline import StatusLine
from duty_tui.widgets.title_bar import TitleBar


class _OnDocument(Command[Any, Any]):
    group: ClassVar[str] = "Document"

    def why_not(self, view: DocumentScreen) -> str | None:
        """Not before it has been put together."""
        return None if view.document else "The document is still being put together."


class PrintIt(_OnDocument):
    """As a PDF."""

    id, keys, label, title, priority = "document.print", "P", "PDF", "Make the PDF", 1
    help = "Write what is read here as a PDF into the folder for documents."

    def run(self, screen: DocumentScreen) -> None:
        """Make it of the very document that is read."""
        document = screen.document
        if document is not None:
            write_pdf(screen, Once(lambda _desk: document))


class NextHeading(_OnDocument):
    """On to the next part."""

    id, keys, label, title, priority = "document.next", "right", "next", "Next part", 2
    help = "Go on to the next large heading: the next child's record, the next part."
    by: ClassVar[int] = 1

    def run(self, screen: DocumentScreen) -> None:
        """Go there."""
        screen.to_heading(self.by)


class LastHeading(NextHeading):
    """Back to the part before."""

    id, keys, label, title, priority = "document.before", "left", "before", "Part before", 3
    help = "Go back to the large heading before."
    by = -1


class DocumentScreen(DeskScreen[None]):
    """What `steps` put together; nothing is written until P."""

    DEFAULT_CSS = """
    DocumentScreen { layout: vertical; background: $background; }
    DocumentScreen #about { height: 1; padding: 0 1; background: $panel; }
    DocumentScreen ItemList { height: 1fr; }
    """
    HEADING = "TO READ"
    HELP = "What would go out, word for word. Nothing is written yet: P makes the PDF of what stands here."
    ACTS: ClassVar[Any] = (PrintIt, NextHeading, LastHeading, Back, Help, Palette)

    def __init__(self, steps: Steps) -> None:
        super().__init__()
        self._steps = steps
        self.document: Document | None = None
        #: The keys of the lines at which a part begins.
        self._parts: Sequence[str] = ()

    def compose(self) -> ComposeResult:
        """The bar, what it is, the lines, what came of the last act, the keys."""
        yield TitleBar()
        yield Static(id="about")
        yield ItemList(id="list", empty="It is being put together …")
        yield StatusLine()
        yield KeyHints()

    def on_mount(self) -> None:
        """Put it together."""
        self.query_one(ItemList).focus()
        self.begin(self._read(), alone="read")

    async def _read(self) -> None:
        try:
            self.document = await put_together(self, self._steps)
        except DutyError:
            listed = self.query_one(ItemList)
            listed.empty = "There is nothing to read."
            listed.refresh()
            raise
        await self._draw(self.document)

    async def _draw(self, document: Document) -> None:
        cells = max(10, self.size.width - 2)
        items, self._parts = await asyncio.to_thread(document_items, clean_document(document), cells)
        self.query_one("#about", Static).update(
            content((elide(f"{document.title} · {document.reference}", cells), "bold"))
        )
        self.query_one(ItemList).show(items)
        for line in self.query(StatusLine):
            line.read()
        self.refresh_commands()

    def on_resize(self) -> None:
        """Break the lines anew."""
        if self.document is not None:
            self.begin(self._draw(self.document), alone="draw")

    def to_heading(self, by: int) -> None:
        """To the next large heading, or the one before."""
        listed = self.query_one(ItemList)
        here = int(listed.key or 0)
        ahead = [key for key in self._parts if int(key) > here]
        behind = [key for key in self._parts if int(key) < here]
        found = ahead[:1] if by > 0 else behind[-1:]
        if found:
            listed.select(listed.keys[-1])  # from below, so that the heading stands at the top
            listed.select(found[0])
        else:
            self.refuse("This is the last part." if by > 0 else "This is the first part.")
