"""What a line of the queue must know of itself, and which of it stands in which column at which width."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, Protocol, TypeAlias

from duty_tui.widgets.cells import fit
from duty_tui.widgets.time_left import CELLS as DUE_CELLS

NO_OWNER = "none"


class QueueLine(Protocol):
    """One concern as the queue shows it; anything with these attributes will do. Never changed once given."""

    @property
    def id(self) -> str:
        """The concern's id: what the cursor belongs to."""
        ...

    @property
    def rank(self) -> int:
        """1 most urgent; chooses the colour of the symbol, nothing else."""
        ...

    @property
    def symbol(self) -> str:
        """Rank as number and shape in two cells: "1▲", "1△" when not certain."""
        ...

    @property
    def due(self) -> int | None:
        """When the governing limit ends, seconds since 1970 UTC; None when nothing is due."""
        ...

    @property
    def received(self) -> int:
        """When the concern was received, seconds since 1970 UTC."""
        ...

    @property
    def name(self) -> str:
        """Child or family: "Okafor, Amara +2"."""
        ...

    @property
    def age(self) -> str:
        """The child's age, at most four cells: "11m", "15y"."""
        ...

    @property
    def concern(self) -> str:
        """What it is about."""
        ...

    @property
    def deadline(self) -> str:
        """Which limit governs."""
        ...

    @property
    def source(self) -> str:
        """Who referred."""
        ...

    @property
    def stage(self) -> str:
        """How far it has come, at most seven cells."""
        ...

    @property
    def owner(self) -> str | None:
        """Who has it; None is shown as a word."""
        ...

    @property
    def mark(self) -> str:
        """One cell for what needs a look: possible duplicate, draft; "" for nothing."""
        ...

    @property
    def provisional(self) -> bool:
        """Whether the due may still change (bank holidays not yet published)."""
        ...


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A heading between lines; the cursor passes over it."""

    title: str


Line: TypeAlias = QueueLine | GroupLine


class Column(NamedTuple):
    """A column: its name (an attribute of QueueLine), its title, where it begins and how many cells it has."""

    name: str
    title: str
    x: int
    cells: int


_NARROW = (("symbol", "", 3), ("due", "DUE", DUE_CELLS), ("name", "CHILD / FAMILY", 18), ("age", "AGE", 4),
           ("concern", "CONCERN", 0), ("stage", "STAGE", 7), ("owner", "OWNER", 5))  # fmt: skip
_MIDDLE = (("symbol", "", 3), ("due", "DUE", DUE_CELLS), ("name", "CHILD / FAMILY", 20), ("age", "AGE", 4),
           ("concern", "CONCERN", 0), ("source", "SOURCE", 14), ("stage", "STAGE", 7),
           ("owner", "OWNER", 5))  # fmt: skip
_WIDE = (("symbol", "", 3), ("due", "DUE", DUE_CELLS), ("deadline", "WHAT IS DUE", 16), ("name", "CHILD / FAMILY", 24),
         ("age", "AGE", 4), ("concern", "CONCERN", 0), ("source", "SOURCE", 14), ("stage", "STAGE", 7),
         ("owner", "OWNER", 8))  # fmt: skip
_MIDDLE_FROM, _WIDE_FROM = 96, 118
_LEAST_CONCERN = 8


@lru_cache(maxsize=8)
def columns(width: int, terminal: int) -> tuple[Column, ...]:
    """The columns of a queue `width` cells wide in a terminal of `terminal` cells; the concern takes what is left."""
    spec = _NARROW if terminal < _MIDDLE_FROM else _MIDDLE if terminal < _WIDE_FROM else _WIDE
    rest = width - 1 - sum(cells for _, _, cells in spec) - (len(spec) - 1)
    made: list[Column] = []
    x = 1  # the first cell is the cursor's
    for name, title, cells in spec:
        made.append(Column(name, title, x, cells or max(_LEAST_CONCERN, rest)))
        x += made[-1].cells + 1
    return tuple(made)


def cell_text(line: QueueLine, column: Column) -> str:
    """What stands in a column other than the due, in exactly its cells."""
    if column.name == "symbol":
        return fit(line.symbol, column.cells - 1) + fit(line.mark, 1, ellipsis="")
    if column.name == "owner":
        return fit(line.owner or NO_OWNER, column.cells)
    return fit(str(getattr(line, column.name)), column.cells)


def due_text(text: str, *, provisional: bool) -> str:
    """The time left against the right edge of its column, with a ~ before it when it may still change."""
    marked = "~" + text if provisional and len(text) < DUE_CELLS else text
    return marked.rjust(DUE_CELLS)
