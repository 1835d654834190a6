"""The sheet one shift hands to the next: what is new, what falls due before morning, what is open and who is on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

#: What a line of the sheet is about, so that it can be opened where it belongs.
About = Literal["concern", "owed", "escalation"]


class SheetLine(NamedTuple):
    """One line: whose, what in a few words, and when or since when in words."""

    concern: str
    reference: str
    title: str
    what: str
    when: str
    #: Past its due; said as a word.
    late: bool = False
    owner: str = ""
    about: About = "concern"


class Section(NamedTuple):
    """A part of the sheet under its heading; an empty part says what it means that nothing stands in it."""

    heading: str
    lines: tuple[SheetLine, ...]
    nothing: str


@dataclass(frozen=True, slots=True)
class HandoverView:
    """Everything the next shift has to know, as of one moment."""

    since: datetime
    as_of: datetime
    #: The next working morning: what falls due before it concerns those who work until then.
    until: datetime
    #: "Ann Osei until Mon 23 Nov 2026 08:00"; empty when nobody said who is on.
    on_duty: tuple[str, ...]
    #: Who handed over last, to whom and when, in words; empty when nobody ever did.
    last: str
    sections: tuple[Section, ...]
    #: Whether an open concern is not for whoever reads the sheet.
    restricted: bool = False
    #: The line of `duty-tui checkpoint`: where the record ended when the sheet was made; empty where it has none.
    checkpoint: str = ""

    @property
    def record_ends(self) -> tuple[str, ...]:
        """The line in pieces that fit 80 columns; blanks and line breaks between them are one to whoever checks it."""
        *start, hashed, at, seal = self.checkpoint.split() or ("", "", "")
        return tuple(filter(None, (" ".join(start), hashed, " ".join(filter(None, (at, seal))))))

    @property
    def left_out(self) -> str:
        """What the sheet leaves out, in a sentence; empty where it leaves out nothing."""
        return "Restricted concerns are not on this sheet." if self.restricted else ""

    @property
    def headline(self) -> str:
        """How much of everything, in one line."""
        return ", ".join(f"{len(part.lines)} {part.heading.lower()}" for part in self.sections if part.lines)
