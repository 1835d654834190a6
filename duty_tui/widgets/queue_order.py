"""The lines of the queue in their order, the cursor that belongs to one of them, and the moves that wait."""

from __future__ import annotations

from collections.abc import Sequence

from duty_tui.widgets.held_order import in_old_order, moved
from duty_tui.widgets.queue_line import GroupLine, Line, QueueLine


def key_of(row: Line) -> str:
    """What a line is known by; a heading's title cannot be mistaken for an id."""
    return "\n" + row.title if isinstance(row, GroupLine) else row.id


class QueueOrder:
    """Lines, cursor and waiting moves. Knows no screen and no time."""

    def __init__(self) -> None:
        self.rows: list[Line] = []
        self.place = 0
        """Where the cursor is, or was when its concern left."""
        self.selected_id: str | None = None
        self._places: dict[str, int] = {}
        self._waiting: list[Line] | None = None
        self._begun = False

    @property
    def selected(self) -> QueueLine | None:
        """The line under the cursor, or None."""
        return None if self.selected_id is None else self.concern_at(self._places[self.selected_id])

    @property
    def waiting(self) -> bool:
        """Whether lines wait to change places."""
        return self._waiting is not None

    def concern_at(self, place: int) -> QueueLine | None:
        """The concern at `place`; None at a heading, and above or below the list."""
        row = self.rows[place] if 0 <= place < len(self.rows) else None
        return None if isinstance(row, GroupLine) else row

    def place_of(self, id: str) -> int | None:  # noqa: A002 (a concern's id)
        """Where the concern with this id stands."""
        return self._places.get(id)

    def set_rows(self, rows: Sequence[Line], *, held: bool) -> tuple[int, str | None]:
        """Take `rows`; while `held`, nothing that stays changes places.

        Answers how many lines wait to move, and the id of the selected concern if it has left.
        """
        keyed = [(key_of(row), row) for row in rows]
        count = moved(self._places, [key for key, _ in keyed]) if held else 0
        self._waiting = list(rows) if count else None
        return count, self._take(in_old_order(self._places, keyed) if count else list(rows))

    def apply(self) -> str | None:
        """Let what waits move; answers as the second part of `set_rows`."""
        rows, self._waiting = self._waiting, None
        return None if rows is None else self._take(rows)

    def target(self, by: int) -> int | None:
        """The place so many lines below the cursor, passing over headings; from nowhere, where it was lost."""
        step = 1 if by > 0 else -1
        wanted = self.place if self.selected_id is None else self.place + by
        wanted = max(0, min(len(self.rows) - 1, wanted))
        ways = (range(wanted, len(self.rows)), range(wanted, -1, -1))
        return next((place for way in ways[::step] for place in way if self.concern_at(place) is not None), None)

    def choose(self, place: int) -> None:
        """Put the cursor on the line at `place`."""
        self.place, self.selected_id = place, key_of(self.rows[place])

    def _take(self, rows: list[Line]) -> str | None:
        self.rows = rows
        self._places = {key_of(row): place for place, row in enumerate(rows)}
        lost = None
        if self.selected_id is None:
            first = None if self._begun else self.target(-1)
            if first is not None:
                self.choose(first)
        elif self.selected_id in self._places:
            self.place = self._places[self.selected_id]
        else:
            lost, self.selected_id = self.selected_id, None
        self._begun = self._begun or self.selected_id is not None
        return lost
