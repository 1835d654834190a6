"""P on a screen: what it shows as a PDF in the folder of the settings, made beside the screen and never in its way."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from duty_tui.screens.desk_screen import AtTheDesk
from duty_tui.widgets.command import Command
from duty_tui.widgets.statusline import StatusLine

if TYPE_CHECKING:
    from duty_tui.desk.desk import Desk
    from duty_tui.documents.blocks import Document
    from duty_tui.documents.rendering import Rendered
    from duty_tui.screens.breaches import BreachesScreen
    from duty_tui.screens.concern import ConcernScreen
    from duty_tui.screens.handover import HandoverScreen
    from duty_tui.screens.sign import RecordsScreen

_KEY = "P"
#: The file each screen asked about last: P once more replaces it.
_ASKED: WeakKeyDictionary[AtTheDesk, Path] = WeakKeyDictionary()


class PrintRecord(Command[Any, Any]):
    """The record of the child under the cursor."""

    id, keys, label, title, priority = "record.print", _KEY, "PDF", "Print the record", 4
    group = "Records"
    help = "Write the record of the child under the cursor as a PDF into the folder for documents."

    def why_not(self, view: RecordsScreen) -> str | None:
        """Not before the discussion began, and only on a child."""
        if view.shown is None or view.shown.started is None:
            return "This discussion has not begun, so it has no record."
        return None if view.child else "Select a child; then its record is printed."

    def run(self, screen: RecordsScreen) -> None:
        """Make it."""
        from duty_tui.desk.document_record import record_document

        child, view, now = screen.child, screen.shown, screen.now()
        if child is not None and view is not None:
            number, concern = child.number, view.concern
            write_pdf(screen, lambda desk: record_document(desk, concern, view.number, number, now))


class PrintSet(Command[Any, Any]):
    """The records of the last discussion."""

    id, keys, label, title, priority = "concern.print", _KEY, "PDF", "Print the records", 48
    group = "This concern"
    help = "Write the records of all children of the last discussion as one PDF into the folder for documents."
    shown = False

    def run(self, screen: ConcernScreen) -> None:
        """Make it; where no discussion was held, the desk says so."""
        from duty_tui.desk.document_record import last_held, set_document

        about, now = screen.concern_id, screen.now()
        write_pdf(screen, lambda desk: set_document(desk, about, last_held(desk.concern(about)), now))


class PrintHandover(Command[Any, Any]):
    """The sheet."""

    id, keys, label, title, priority = "handover.print", _KEY, "PDF", "Print the sheet", 4
    group = "Handover"
    help = "Write the sheet as a PDF into the folder for documents."

    def why_not(self, view: HandoverScreen) -> str | None:
        """Not before it has been put together."""
        return None if view.sheet else "The sheet is still being put together."

    def run(self, screen: HandoverScreen) -> None:
        """Make it, as it is on the screen."""
        from duty_tui.desk.document_sheets import handover_document

        found = screen.sheet
        if found is not None:
            write_pdf(screen, lambda desk: handover_document(desk, found))


class PrintBreaches(Command[Any, Any]):
    """The breach file."""

    id, keys, label, title, priority = "breach.print", _KEY, "PDF", "Print the breach file", 4
    group = "Breach file"
    help = "Write every row of the period with everything known of it as a PDF into the folder for documents."

    def why_not(self, view: BreachesScreen) -> str | None:
        """Not before it has been read."""
        return None if view.file else "The record is still being read."

    def run(self, screen: BreachesScreen) -> None:
        """Make it, as it is on the screen."""
        from duty_tui.desk.document_sheets import breaches_document

        found = screen.file
        if found is not None:
            write_pdf(screen, lambda desk: breaches_document(desk, found))


def write_pdf(screen: AtTheDesk, make: Callable[[Desk], Document]) -> None:
    """Have the desk put a document together, and write it as a PDF; the status line says that, and where it went.

    A file that is there and says something else is asked about: the same key once more replaces it.
    """
    for line in screen.query(StatusLine):
        line.say("Making the PDF …")
    screen.begin(_write(screen, make), alone="print")


async def _write(screen: AtTheDesk, make: Callable[[Desk], Document]) -> None:
    from duty_tui.desk.document_signs import signs_noted

    document = await screen.session.ask(make)
    place, made = await asyncio.to_thread(_put, screen, document)
    signs = await screen.session.ask(lambda desk: signs_noted(desk, document, made)) if made.unshown else ""
    screen.recorded(f"{place.name} is in {place.parent} · {signs}".rstrip(" ·"))


def _put(screen: AtTheDesk, document: Document) -> tuple[Path, Rendered]:
    """Make and write the file, on a thread of its own. Raises NotWritten, Refused."""
    from duty_tui.documents.rendering import rendered

    made, folder = rendered(document, "pdf"), screen.settings.folder
    place = folder / made.name
    asked = _ASKED.pop(screen, None)
    if not _is_there(made, place):
        _save(screen, made, place, replace=asked == place)
    return place, made


def _is_there(made: Rendered, place: Path) -> bool:
    """Whether this very document is there already; it then needs no writing."""
    try:
        return place.read_bytes() == made.data
    except OSError:
        return False


def _save(screen: AtTheDesk, made: Rendered, place: Path, *, replace: bool) -> None:
    from duty_tui.documents.saving import NotWritten, save
    from duty_tui.errors import Refused

    try:
        save(made, place.parent, replace=replace)
    except NotWritten:
        if replace or not place.exists():
            raise
        _ASKED[screen] = place
        raise Refused(f"{place} is there already and is not the same.", do=f"{_KEY} once more replaces it.") from None
