"""The queue in memory, always in its true order: what a screen reads at every key.

Order: overdue first, by due; then the bands of urgency; within each by due, then by receipt (rules/order.py says why).
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from duty_tui.domain.text import fold
from duty_tui.domain.times import london_date
from duty_tui.rules.row_order import Key, row_key
from duty_tui.store.rows import ConcernRow
from duty_tui.views.queue import Band, QueueCounts, QueueRow, QueueView

if TYPE_CHECKING:
    from duty_tui.desk.pending import Pending

_HOUR = 3600

#: Says whether a row belongs to a view.
Belongs = Callable[[ConcernRow], bool]


class Board:
    """Every open concern's row in order. One change costs a search and a shift, not a sort."""

    def __init__(self, bands: Sequence[Band]) -> None:
        self.bands = bands
        self._rows: dict[str, ConcernRow] = {}
        self._keys: dict[str, Key] = {}
        self._order: list[tuple[Key, str]] = []
        self._at = 0
        self._next = 0
        #: Concerns on which something waits to be recorded.
        self.unsent: Collection[str] = ()

    def __len__(self) -> int:
        return len(self._rows)

    def fill(self, rows: Iterable[ConcernRow], at: datetime) -> None:
        """Begin anew with these rows, in order as of `at`."""
        self._rows = {row.id: row for row in rows}
        self._sort(int(at.timestamp()))

    def _sort(self, at: int) -> None:
        self._at = at
        self._keys = {row.id: row_key(row, at) for row in self._rows.values()}
        self._order = sorted((key, concern) for concern, key in self._keys.items())
        self._next = min((row.due for row in self._rows.values() if row.due is not None and row.due > at), default=0)

    def put(self, row: ConcernRow) -> None:
        """Put a row in its place, or take it out once its concern is closed."""
        self.drop(row.id)
        if row.status != "open":
            return
        key = row_key(row, self._at)
        self._rows[row.id], self._keys[row.id] = row, key
        insort(self._order, (key, row.id))
        if row.due is not None and row.due > self._at and (not self._next or row.due < self._next):
            self._next = row.due

    def drop(self, concern: str) -> None:
        """Take a concern out; nothing happens when it is not there."""
        if self._rows.pop(concern, None) is not None:
            key = self._keys.pop(concern)
            del self._order[bisect_left(self._order, (key, concern))]

    def move_on(self, at: datetime) -> bool:
        """Let time pass: whether a concern has become overdue since, and so changed its place."""
        now = int(at.timestamp())
        if self._next and now >= self._next:
            self._sort(now)
            return True
        self._at = max(self._at, now)
        return False

    def row(self, concern: str) -> ConcernRow | None:
        """The row of one concern, or None when it is not on the board."""
        return self._rows.get(concern)

    def view(self, at: datetime, belongs: Belongs | None = None, words: str = "") -> QueueView:
        """The rows of a view that hold every one of `words` (folded: no case, no accents), and what the bar counts.

        The counts are of the whole board, whatever is filtered away: nothing urgent may hide behind a filter. Of a
        concern that may not be seen only that it is open is counted.
        """
        wanted = fold(words).split()
        today = london_date(at)
        rows = []
        for _, concern in self._order:
            row = self._rows[concern]
            if (belongs is None or belongs(row)) and all(_found(word, row) for word in wanted):
                rows.append(QueueRow(row, self.bands, today, self._mark(row)))
        return QueueView(rows, self._counts(int(at.timestamp())), at)

    def show_unsent(self, before: Collection[str], found: Pending) -> None:
        """Mark the concerns on which something waits; show those not recorded yet, and those of `before` no longer."""
        for concern in before:
            if (row := self._rows.get(concern)) and not row.number:
                self.drop(concern)
        for row in found.rows:
            if row.id not in self._rows:
                self.put(row._replace(concern=f"NOT RECORDED {row.concern}", stage="UNSENT"))
        self.unsent = {line.concern for line in found.lines}

    def _mark(self, row: ConcernRow) -> str:
        if row.id in self.unsent:
            return "!"
        return "R" if row.restricted and not row.hidden else ""

    def _counts(self, now: int) -> QueueCounts:
        overdue = hour = unowned = 0
        for row in self._rows.values():
            if row.due is not None and row.due <= now:
                overdue += 1
            elif row.due is not None and row.due - now < _HOUR:
                hour += 1
            unowned += not row.owner and not row.hidden
        return QueueCounts(len(self._rows), overdue, hour, unowned)


def _found(word: str, row: ConcernRow) -> bool:
    return word in row.search or word == f"c{row.number}"
