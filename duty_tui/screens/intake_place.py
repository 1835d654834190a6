"""Where the concern on the form would stand if it were recorded now; nothing of it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content
from textual.widgets import Static

from duty_tui.desk import bands
from duty_tui.desk.intake import as_queue_row, foresee
from duty_tui.domain.commands import RaiseConcern
from duty_tui.domain.times import due_words
from duty_tui.rules.questions import Question
from duty_tui.widgets.safe import Part, content, elide, lines

if TYPE_CHECKING:
    from duty_tui.desk.desk import Desk


class Place(NamedTuple):
    """The place in words, and what was found out on the way."""

    symbol: str
    due: str
    step: str
    certain: bool
    #: Id and reference of each possible duplicate; the id is empty where it may not be opened.
    duplicates: Sequence[tuple[str, str]]
    doubts: Sequence[str]
    questions: Sequence[Question]


def place_of(desk: Desk, command: RaiseConcern, at: datetime) -> Place:
    """Foresee the command, in words. Raises Refused for what could not be recorded."""
    found = foresee(desk, command, at)
    row = as_queue_row(found.row, bands.decode(desk.store.meta(bands.META)), at)
    due = datetime.fromtimestamp(found.row.due, UTC) if found.row.due is not None else None
    if due is None:
        words = found.row.deadline or "nothing owed"
    else:
        words = f"LATE, was due {due_words(due)}" if due <= at else f"due {due_words(due)}"
    return Place(
        row.symbol,
        words,
        found.row.next_step,
        found.row.certain,
        tuple(dict.fromkeys((other.id, other.reference) for other in found.duplicates)),
        found.doubts,
        found.questions,
    )


class PlacePanel(Static):
    """Four lines under the form: symbol and due, next step, children as read, possible duplicates and doubts."""

    def show(self, place: Place | None, children: Sequence[str]) -> None:
        """Show this place, and the children as read so far."""
        cells = max(10, self.content_size.width)
        self.update(lines(_lines(place, children, cells)))


def _lines(place: Place | None, children: Sequence[str], cells: int) -> list[Content]:
    named = elide(" · ".join(children) or "No child named yet", cells)
    if place is None:
        return [
            content(("Where it would stand is being worked out …", "$faint")),
            content(""),
            content(named),
            content(""),
        ]
    unless = "" if place.certain else ", unless ruled out"
    said = f"{place.symbol} {place.due}{unless}"
    late = place.due.startswith("LATE")
    first: list[Part] = [("WOULD STAND  ", "$faint"), (elide(said, cells - 13), "bold $bad" if late else "bold")]
    others = ", ".join(reference for _, reference in place.duplicates)
    doubts = [*([f"Possible duplicate: {others}"] if others else []), *place.doubts]
    warned = content(("! " + elide("  ".join(doubts), cells - 2), "bold $soon")) if doubts else content("")
    return [content(*first), content(elide("Next: " + place.step, cells)), content(named), warned]
