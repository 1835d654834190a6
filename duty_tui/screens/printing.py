"""P on a screen: what it shows as a PDF in the folder of the settings, made beside the screen and never in its way."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from duty_tui.screens.desk_screen import AtTheDesk
from duty_tui.screens.document_steps import Steps, put_together
from duty_tui.widgets.statusline import StatusLine

if TYPE_CHECKING:
    from duty_tui.documents.blocks import Document
    from duty_tui.documents.rendering import Rendered

_KEY = "P"
#: The file each screen asked about last: P once more replaces it.
_ASKED: WeakKeyDictionary[AtTheDesk, Path] = WeakKeyDictionary()


def write_pdf(screen: AtTheDesk, steps: Steps) -> None:
    """Have the desk put a document together, and write it as a PDF; the status line says how far, and where it went.

    A file that is there and says something else is asked about: the same key once more replaces it.
    """
    for line in screen.query(StatusLine):
        line.say("Making the PDF …")
    screen.begin(_write(screen, steps), alone="print")


async def _write(screen: AtTheDesk, steps: Steps) -> None:
    from duty_tui.desk.document_signs import signs_noted

    document = await put_together(screen, steps)
    for line in screen.query(StatusLine):
        line.say("Making the PDF …")
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
