"""The whole record read once, a part at a time: for figures and files that ask every concern, open and closed.

Nobody is asked for permission here: what is counted is counted for everybody, and what is shown of it is decided where
it is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Generic, NamedTuple, TypeVar

from duty_tui.desk.desk import Desk
from duty_tui.desk.histories import history_of
from duty_tui.desk.situation import situation_of
from duty_tui.domain.concern import Concern
from duty_tui.domain.history import fold
from duty_tui.rules.deadline import Deadline
from duty_tui.rules.evaluate import Rulebook
from duty_tui.rules.situation import Situation
from duty_tui.store.rows import ConcernRow

Kept = TypeVar("Kept")

#: How many concerns are read in one go: well under a tenth of a second, so that nobody who records is kept waiting.
_PART = 100


class Read(NamedTuple):
    """One concern as recorded, with its row and every deadline it has under the adopted policies."""

    row: ConcernRow
    concern: Concern
    situation: Situation
    deadlines: Sequence[Deadline]


class Past(Generic[Kept]):
    """What `keep` makes of every concern, brought up to date by reading only those somebody recorded on since."""

    def __init__(self, keep: Callable[[Read, Rulebook], Kept]) -> None:
        self._keep = keep
        #: The version read, and what was made of it; None until it has been read.
        self._known: dict[str, tuple[int, Kept] | None] = {}
        self._key: str | None = None
        self._waiting: list[ConcernRow] = []
        self._total = 0

    @property
    def kept(self) -> Iterator[Kept]:
        """What was made of the concerns, in the order they were raised."""
        return (found[1] for found in self._known.values() if found)

    def begin(self, desk: Desk) -> None:
        """Look which concerns have to be read: at first, and under other rules, all of them."""
        if desk.books.key != self._key:
            self._known, self._key = {}, desk.books.key
        rows = sorted((*desk.store.rows(), *desk.store.rows("closed")), key=lambda row: row.number)
        self._total = len(rows)
        # In the order of the rows, whichever of them are read anew.
        self._known = {row.id: self._known.get(row.id) for row in rows}
        self._waiting = [row for row in rows if (found := self._known[row.id]) is None or found[0] != row.version]
        self._waiting.reverse()

    def go_on(self, desk: Desk) -> tuple[int, int]:
        """Read the next part; how many of how many concerns are known now. Done when the two are the same."""
        for _ in range(min(_PART, len(self._waiting))):
            row = self._waiting.pop()
            self._known[row.id] = row.version, self._keep(read(desk, row), desk.rulebook)
        return self._total - len(self._waiting), self._total

    def read_all(self, desk: Desk, tell: Callable[[int, int], None] = lambda _done, _total: None) -> None:
        """Read whatever has to be read, telling how far it is."""
        self.begin(desk)
        done, total = 0, 1
        while done < total:
            done, total = self.go_on(desk)
            tell(done, total)


def read(desk: Desk, row: ConcernRow) -> Read:
    """One concern with its deadlines, whoever asks. Raises Tampered."""
    concern = fold(row.id, history_of(desk.store, row.id))
    situation = situation_of(concern, desk.rulebook)
    return Read(row, concern, situation, desk.rulebook.deadlines(situation))
