"""One row of the queue and what the bar above it counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from duty_tui.domain.ages import UNBORN, age_words
from duty_tui.store.rows import ConcernRow


class Band(NamedTuple):
    """How a band of urgency is shown: its words, and a symbol when certain and when only 'unless ruled out'."""

    label: str
    symbol: str
    open_symbol: str


def initials(name: str) -> str:
    """`Ann Osei` as `AO`; one word keeps its first two letters; at most three letters."""
    words = name.split()
    return "".join(word[0] for word in words[:3]).upper() if len(words) > 1 else name[:2].upper()


class QueueRow:
    """A concern's row, worked out where it is asked for: of thousands of rows only the visible ones are ever drawn."""

    __slots__ = ("_bands", "_today", "mark", "stored")

    def __init__(self, stored: ConcernRow, bands: Sequence[Band], today: date, mark: str = "") -> None:
        self.stored = stored
        self._bands = bands
        self._today = today
        #: One character beside the urgency: R for a restricted concern this person may see, ! where something of this
        #: person's on it is not recorded yet.
        self.mark = mark

    @property
    def id(self) -> str:
        """The concern's id: what the cursor belongs to."""
        return self.stored.id

    @property
    def reference(self) -> str:
        """The number people say on the telephone; a concern that is not recorded yet has none."""
        return f"C{self.stored.number}" if self.stored.number else "new"

    @property
    def unsent(self) -> bool:
        """Whether the concern itself is not recorded yet: it waits on this machine."""
        return not self.stored.number

    @property
    def hidden(self) -> bool:
        """Whether the person looking may not see the concern: its number and the word RESTRICTED are all there is."""
        return self.stored.hidden

    @property
    def rank(self) -> int:
        """Urgency band, 1 soonest."""
        return self.stored.rank

    @property
    def band(self) -> Band:
        """The band's words and symbols."""
        return self._bands[min(self.stored.rank, len(self._bands)) - 1]

    @property
    def symbol(self) -> str:
        """Rank and shape: hollow while the deadline runs only 'unless ruled out'."""
        if self.hidden:
            return ""
        band = self.band
        return f"{self.stored.rank}{band.symbol if self.stored.certain else band.open_symbol}"

    @property
    def due(self) -> int | None:
        """Seconds since the epoch."""
        return self.stored.due

    @property
    def received(self) -> int:
        """Seconds since the epoch."""
        return self.stored.received

    @property
    def name(self) -> str:
        """The family or child, and how many siblings: `Okafor, Amara +2`."""
        if self.hidden:
            return f"{self.reference} {self.stored.family}"
        more = self.stored.children - 1
        return f"{self.stored.family} +{more}" if more > 0 else self.stored.family

    @property
    def age(self) -> str:
        """The age, or the youngest's where there are several: `2y`."""
        born = self.stored.youngest
        if self.hidden:
            return ""
        if born == UNBORN:
            return UNBORN
        return age_words(date.fromisoformat(born) if born else None, None, self._today)

    @property
    def concern(self) -> str:
        """The headline."""
        return self.stored.concern

    @property
    def deadline(self) -> str:
        """What is due."""
        return self.stored.deadline

    @property
    def source(self) -> str:
        """Who reported it."""
        return self.stored.source

    @property
    def stage(self) -> str:
        """How far it has come."""
        return self.stored.stage

    @property
    def owner(self) -> str | None:
        """The owner's initials; None when nobody owns it, a blank where that is not for this person to know."""
        if self.hidden:
            return " "
        return initials(self.stored.owner) if self.stored.owner else None

    @property
    def provisional(self) -> bool:
        """Counted beyond the last published bank holidays."""
        return self.stored.provisional


class QueueCounts(NamedTuple):
    """What the bar above the queue says."""

    open: int
    overdue: int
    within_hour: int
    unowned: int
    #: Questions that wait for somebody's judgement; counted aside from the rows.
    asked: int = 0


class QueueView(NamedTuple):
    """The queue as it stands at one moment, in its true order."""

    rows: Sequence[QueueRow]
    counts: QueueCounts
    as_of: datetime
