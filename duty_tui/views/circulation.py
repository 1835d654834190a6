"""Who must have the record of a discussion, who may not, and how it stands with each: ready to show."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, NamedTuple

from duty_tui.domain.circulation import Receiver

#: What they were to the discussion.
Part = Literal["invited", "attended", "contributed"]
#: "owed": nothing went; "drafted": an email waits to be sent; "old": has a version that has changed since; "barred":
#: may not have it; "may": may have it, and no policy says that they must.
State = Literal["owed", "drafted", "refused", "sent", "received", "old", "barred", "may"]


class Receiving(NamedTuple):
    """One person of a discussion, and whether the record is for them."""

    who: Receiver
    #: Job, else the part played in the policies' words.
    title: str
    #: What they were to the discussion, in a fixed order.
    parts: tuple[Part, ...]
    #: By an adopted policy they must have it.
    must: bool
    #: Why it may not go to them, as a sentence; empty where it may.
    barred: str = ""


class BoardLine(NamedTuple):
    """One person on the board."""

    receiving: Receiving
    #: Why they are on it: `invited, took part`.
    why: str
    state: State
    #: How it stands, in words.
    said: str
    #: The email address found for them; empty where none, or more than one, is known.
    address: str
    #: Its domain is none of those the service lists as secure.
    outside: bool
    #: Children whose records they have not had, and those of whom they have an earlier version.
    owed: tuple[int, ...]
    old: tuple[int, ...]
    #: Message-IDs of what went to them, the last one last.
    messages: tuple[str, ...]
    #: When they first had all of it; None while they have not.
    had: datetime | None = None

    @property
    def name(self) -> str:
        """Their name, or the part played where nobody was named."""
        return self.receiving.who.name


class Board(NamedTuple):
    """A discussion's records on their way."""

    concern: str
    reference: str
    #: The version of the concern it was read from.
    version: int
    title: str
    discussion: int
    #: The children whose records these are, and those of whom none is signed yet.
    children: tuple[int, ...]
    unsigned: tuple[int, ...]
    lines: tuple[BoardLine, ...]
    #: When the last who must have it had it; None while somebody has not.
    circulated: datetime | None
    restricted: bool = False

    @property
    def waiting(self) -> tuple[BoardLine, ...]:
        """Those who must have it and have not."""
        return tuple(line for line in self.lines if line.receiving.must and line.owed)

    @property
    def outdated(self) -> tuple[BoardLine, ...]:
        """Those who have a version that has changed since."""
        return tuple(line for line in self.lines if line.old and not line.receiving.barred)
