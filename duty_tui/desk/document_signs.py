"""Characters that no font shows: said to whoever made the document, and kept in the history. Never no document."""

from __future__ import annotations

from duty_tui.desk.desk import Desk
from duty_tui.documents.blocks import Document
from duty_tui.documents.rendering import Rendered, code_points, unshown_words
from duty_tui.domain.paper_commands import NoteSignsNotShown
from duty_tui.domain.paper_events import SheetSignsNotShown
from duty_tui.domain.streams import SERVICE
from duty_tui.errors import DutyError


def signs_noted(desk: Desk, document: Document, made: Rendered) -> str:
    """What is to be said of a document that was made; empty where all its characters are shown.

    What is said is kept once: on the concern, else, of a sheet over the whole desk, in the service's own history. Where
    that cannot be, it says so; the document is made all the same.
    """
    if not made.unshown:
        return ""
    said = unshown_words(made.unshown)
    try:
        _keep(desk, document, made)
    except DutyError as error:
        return f"{said} That could not be kept in the history: {error.what}"
    return said


def _keep(desk: Desk, document: Document, made: Rendered) -> None:
    signs = tuple(sorted(code_points(made.unshown)))
    if document.about:
        desk.do(document.about, NoteSignsNotShown(document=made.name, signs=signs))
        return
    event = SheetSignsNotShown(document=made.name, signs=signs)
    known = (entry.data for entry in desk.store.stream(SERVICE) if entry.kind == event.kind)
    if event.model_dump(mode="json") not in known:
        desk.decide([event])
