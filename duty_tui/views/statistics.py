"""Figures of a period, ready to show: so many of so many, what is still open, and the concerns behind each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Literal, NamedTuple

from duty_tui.domain.period import Period

#: How one case came out. `missed`: done late, or not done and past its due; `ended`: closed before it fell due.
#: `done` and `waiting`: where no number is stated.
Verdict = Literal["met", "missed", "open", "not known", "ended", "done", "waiting"]

_FULL, _EMPTY = "█", "░"
_HUNDRED = 100


class Case(NamedTuple):
    """One thing a figure counts; of a concern that is not for this person how it came out, and all else is empty."""

    concern: str
    reference: str
    title: str
    verdict: Verdict
    #: "held Fri 20 Nov 2026 18:40, 3 hours before its limit".
    words: str


class Figure(NamedTuple):
    """`good` of `of` that are settled; `open` are not settled, `unknown` of those hang on an unanswered question."""

    key: str
    label: str
    good: int
    of: int
    open: int = 0
    unknown: int = 0
    #: Closed before they fell due; neither good nor bad, and in none of the other numbers.
    ended: int = 0
    #: What else there is to say: a median, a longest gap. A figure of words alone has no numbers.
    words: str = ""
    #: Those of them that this person may see; `others` where it counts more than these.
    cases: tuple[Case, ...] = ()
    counts: bool = True
    others: bool = False

    @property
    def fraction(self) -> str:
        """`9 of 12`; `none` where there is nothing to count."""
        return "" if not self.counts else f"{self.good} of {self.of}" if self.of else "none"

    @property
    def percent(self) -> int | None:
        """Whole per cent; a part is never 0 nor 100. None of nothing."""
        return _share(self.good, self.of, _HUNDRED) if self.counts and self.of else None

    @property
    def beside(self) -> str:
        """What is in neither number: `2 open (1 not known), 1 closed before`; and the words."""
        return ", ".join(self._beside())

    def _beside(self) -> Iterator[str]:
        if self.open:
            unknown = f" ({self.unknown} not known)" if self.unknown < self.open else " (not known)"
            yield f"{self.open} open{unknown if self.unknown else ''}"
        if self.ended:
            yield f"{self.ended} closed before"
        if self.words:
            yield self.words

    def bar(self, cells: int) -> str:
        """The share as a bar; empty where there is nothing to count. A part never looks like all or nothing."""
        if not self.counts or not self.of:
            return " " * cells
        full = _share(self.good, self.of, cells)
        return _FULL * full + _EMPTY * (cells - full)


def _share(part: int, of: int, whole: int) -> int:
    """`part` of `of` in parts of `whole`, rounded; only none is 0, only all is `whole`."""
    rounded = round(whole * part / of)
    return min(max(rounded, 1), whole - 1) if 0 < part < of else rounded


class FigureGroup(NamedTuple):
    """Figures that belong together, and what is counted there, in a sentence."""

    key: str
    heading: str
    figures: tuple[Figure, ...]
    #: What is said instead of figures, or besides them.
    note: str = ""


class Statistics(NamedTuple):
    """The figures of a period as they stand at an instant."""

    period: Period
    as_of: datetime
    groups: tuple[FigureGroup, ...]
    #: How many concerns the record holds in all.
    concerns: int
    #: What the figures may lack: entries that cannot be read.
    notes: tuple[str, ...] = ()

    def figure(self, key: str) -> Figure | None:
        """The figure with this key, `group/figure`; None when there is none."""
        found = (figure for group in self.groups for figure in group.figures if f"{group.key}/{figure.key}" == key)
        return next(found, None)
