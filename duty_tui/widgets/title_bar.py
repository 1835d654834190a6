"""The first line of every screen: whose desk, what day and time it is in London, and what must not be overlooked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from textual.content import Content
from textual.widget import Widget

from duty_tui.domain.times import london
from duty_tui.widgets.safe import Part, clean, content, elide


class Counts(Protocol):
    """How much is waiting in the whole queue, whatever is filtered away."""

    @property
    def open(self) -> int:
        """Open concerns."""
        ...

    @property
    def overdue(self) -> int:
        """Past their due."""
        ...

    @property
    def within_hour(self) -> int:
        """Due in less than an hour."""
        ...

    @property
    def unowned(self) -> int:
        """Owned by nobody."""
        ...

    @property
    def asked(self) -> int:
        """Questions that wait for somebody's judgement."""
        ...


@dataclass(frozen=True, slots=True)
class Bar:
    """What the line says: `title` names the view or screen, `now` is the instant, UTC."""

    now: datetime
    title: str
    practice: bool
    counts: Counts | None = None
    #: Entries that wait on this machine to be recorded.
    unsent: int = 0


class TitleBar(Widget):
    """DUTY, PRACTICE on a practice desk, day and time, what is shown; at the right a chip for each kind of urgency.

    Where the line is too narrow the date goes first, then the number of open concerns, then the title is cut;
    PRACTICE, the time and the chips never go.
    """

    DEFAULT_CSS = """
    TitleBar { height: 1; background: $bar-bg; color: $bar-fg; text-style: bold; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (Textual's name)
        super().__init__(id=id)
        self._bar: Bar | None = None
        self._drawn: object = None

    def show(self, bar: Bar) -> None:
        """Say this from now on; paints only when it reads otherwise than before."""
        self._bar = bar
        drawn = self._said(bar)
        if drawn != self._drawn:
            self._drawn = drawn
            self.refresh()

    def _said(self, bar: Bar) -> tuple[str, ...]:
        return (*_left(bar, 0), *(words for words, _ in _chips(bar)))

    def render(self) -> Content:
        """The line, the chips against its right edge."""
        if self._bar is None:
            return content(" DUTY")
        return _line(self._bar, self.size.width)


def _left(bar: Bar, dropped: int) -> tuple[str, str, str, str]:
    """Name, moment, title and number of the left part, with `dropped` of its niceties left out."""
    local = london(bar.now)
    day = f"{local:%a} {local.day} {local:%b}" if dropped < 1 else f"{local:%a}"
    number = f"{bar.counts.open:,} open" if bar.counts and dropped < 2 else ""  # noqa: PLR2004 (the second to go)
    return ("DUTY", f"{day} {local:%H:%M}", clean(bar.title), number)


def _chips(bar: Bar) -> Iterator[tuple[str, str]]:
    """The words and style of each chip; what is none is not said."""
    if bar.unsent:
        yield f"NOT RECORDED {bar.unsent}", "$chip-style $late-fg on $late-bg"
    counts = bar.counts
    if counts is None:
        return
    if counts.overdue:
        yield f"OVERDUE {counts.overdue}", "$chip-style $late-fg on $late-bg"
    if counts.within_hour:
        yield f"< 1h {counts.within_hour}", "$chip-style $now-fg on $now-bg"
    if counts.asked:
        yield f"ASKED {counts.asked}", "bold"
    if counts.unowned:
        yield f"UNOWNED {counts.unowned}", "bold"


def _line(bar: Bar, cells: int) -> Content:
    said = list(_chips(bar))
    least = _cells(_parts(*_left(bar, 2)[:2], "", practice=bar.practice))
    # Beside NOT RECORDED there may be no room for all: the least urgent go.
    while bar.unsent and least + sum(len(words) + 3 for words, _ in said) >= cells and len(said) > 1:
        said.pop()
    right = content(*(part for words, style in said for part in ((f" {words} ", style), " ")))
    room = cells - right.cell_length - 1
    left = _fitting(bar, room)
    return content(*left, " " * max(1, cells - right.cell_length - _cells(left)), right)


def _fitting(bar: Bar, room: int) -> list[Part]:
    """The left part in at most `room` cells where that is possible."""
    parts: list[Part] = []
    for dropped in range(3):
        name, moment, title, number = _left(bar, dropped)
        parts = _parts(name, moment, "  ".join(filter(None, (title, number))), practice=bar.practice)
        if _cells(parts) <= room:
            return parts
    name, moment, title, _ = _left(bar, 2)
    rest = room - _cells(_parts(name, moment, "", practice=bar.practice)) - 2
    return _parts(name, moment, elide(title, max(0, rest)), practice=bar.practice)


def _parts(name: str, moment: str, rest: str, *, practice: bool) -> list[Part]:
    parts: list[Part] = [" ", name]
    if practice:
        parts += [" ", (" PRACTICE ", "bold reverse")]
    parts += [" " if practice else "  ", moment]
    if rest:
        parts += ["  ", rest]
    return parts


def _cells(parts: Sequence[Part]) -> int:
    return content(*parts).cell_length
