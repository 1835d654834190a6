"""What goes to each receiver of a record: their documents, made one at a time, and the letter they come with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from hashlib import sha256
from typing import NamedTuple

from duty_tui.desk.desk import Desk
from duty_tui.desk.document_actions import action_notes
from duty_tui.desk.document_record import record_document
from duty_tui.desk.document_signs import signs_noted
from duty_tui.documents.blocks import Document
from duty_tui.documents.mail import Enclosure, Letter, enclosure
from duty_tui.documents.rendering import Form, rendered
from duty_tui.domain.text import fold
from duty_tui.errors import Refused
from duty_tui.views.circulation import Board, BoardLine

NOTHING = "Nothing was sent, and nothing recorded."


class Parcel(NamedTuple):
    """What goes to one person: the records of these children, as documents, and whether they are corrections.

    With them goes the note of what their agency agreed to do, where it did.
    """

    line: BoardLine
    children: tuple[int, ...]
    enclosures: tuple[Enclosure, ...]
    #: The version of the concern they were made from.
    version: int
    corrected: bool
    #: Message-ID; the same for the same documents to the same person, so that what is sent twice is seen to be.
    message: str


class Packing:
    """The records these people have not had, or all of them once more; as corrections those that changed.

    Each document is made once, a `go_on` each, so that nobody who records is kept waiting. Raises Refused where the
    record may not go to somebody.
    """

    def __init__(
        self, board: Board, lines: Sequence[BoardLine], at: datetime, *, form: Form = "pdf", corrected: bool = False
    ) -> None:
        barred = [line.receiving.barred for line in lines if line.receiving.barred]
        if barred:
            raise Refused("The record may not go to somebody on the board.", entry=NOTHING, do=barred[0])
        self._board, self._lines, self._at, self._form, self._corrected = board, lines, at, form, corrected
        self._notes: dict[str, Document] = {}
        #: Children's numbers and agencies, in the order in which their documents are made.
        self._to_make: list[int | str] = []
        self._made: dict[int | str, Enclosure] = {}
        #: Sentences about characters that no font shows.
        self.said: list[str] = []

    def begin(self, desk: Desk) -> None:
        """Find out what there is to make."""
        notes = action_notes(desk, self._board.concern, self._board.discussion)
        self._notes = {fold(note.agency): note.document for note in notes if note.agency}
        children = dict.fromkeys(child for line in self._lines for child in self._children(line))
        agencies = dict.fromkeys(filter(self._notes.__contains__, map(_agency, self._lines)))
        self._to_make = [*children, *agencies]

    def go_on(self, desk: Desk) -> tuple[int, int]:
        """Make the next document; how many of how many there are. Raises Refused as `record_document` does."""
        if len(self._made) < len(self._to_make):
            which = self._to_make[len(self._made)]
            document = self._notes[which] if isinstance(which, str) else self._record(desk, which)
            made = rendered(document, self._form)
            self._made[which] = enclosure(made.name, made.data)
            if said := signs_noted(desk, document, made):
                self.said.append(f"{made.name}: {said}")
        return len(self._made), len(self._to_make)

    @property
    def parcels(self) -> list[Parcel]:
        """One for each person, once everything is made."""
        return [self._parcel(line) for line in self._lines]

    def _record(self, desk: Desk, child: int) -> Document:
        return record_document(desk, self._board.concern, self._board.discussion, child, self._at)

    def _children(self, line: BoardLine) -> tuple[int, ...]:
        return line.old if self._corrected else line.owed or self._board.children

    def _parcel(self, line: BoardLine) -> Parcel:
        children = self._children(line)
        wanted: tuple[int | str, ...] = (*children, *({_agency(line)} & self._notes.keys()))
        enclosed = tuple(self._made[one] for one in wanted)
        message = _message_id(self._board, line, enclosed)
        return Parcel(line, children, enclosed, self._board.version, self._corrected, message)


def parcels(
    desk: Desk,
    board: Board,
    lines: Sequence[BoardLine],
    at: datetime,
    *,
    form: Form = "pdf",
    corrected: bool = False,
    tell: Callable[[int, int], None] = lambda _done, _total: None,
) -> list[Parcel]:
    """What goes to each, made in one go, telling how far it is. Raises Refused as `Packing` does."""
    packing = Packing(board, lines, at, form=form, corrected=corrected)
    return packed(desk, packing, tell)


def packed(desk: Desk, packing: Packing, tell: Callable[[int, int], None]) -> list[Parcel]:
    """The same, of a packing whose sentences are wanted afterwards."""
    packing.begin(desk)
    done, total = 0, 1
    while done < total:
        done, total = packing.go_on(desk)
        tell(done, total)
    return packing.parcels


def _agency(line: BoardLine) -> str:
    return fold(line.receiving.who.agency)


def _message_id(board: Board, line: BoardLine, enclosed: Sequence[Enclosure]) -> str:
    who = line.receiving.who
    parts = [board.concern, str(board.discussion), who.name, who.agency, *(one.sha256 for one in enclosed)]
    return f"<{sha256(chr(0).join(parts).encode()).hexdigest()[:40]}@duty-tui.invalid>"


def letter(desk: Desk, board: Board, parcel: Parcel) -> Letter:
    """The email for one person. No child's name stands in its subject, its text or the names of its files."""
    service = desk.books.service
    what = "Corrected record" if parcel.corrected else "Record"
    subject = f"{what} of strategy discussion {board.reference}, discussion {board.discussion}"
    instead = ["It takes the place of the one you have; please destroy that."] if parcel.corrected else []
    note = len(parcel.enclosures) > len(parcel.children)
    agreed = ["What your agency agreed to do is attached as a note of its own."] if note else []
    drafts = ["It is not signed yet."] if set(parcel.children) & set(board.unsigned) else []
    text = [
        f"{what} of strategy discussion {board.reference}, discussion {board.discussion}, is attached.",
        *instead,
        *drafts,
        *agreed,
        "It is for you and your agency's file alone. Please say if it reached you by mistake.",
        "",
        service.letterhead.name,
        service.letterhead.marking,
    ]
    return Letter(
        address=parcel.line.address,
        name=parcel.line.name,
        subject=f"{service.mail.prefix} {subject}".strip(),
        text="\n".join(text) + "\n",
        enclosures=parcel.enclosures,
        message=parcel.message,
        sender=service.mail.sender,
    )
