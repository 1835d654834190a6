"""Where the record of a discussion went: to whom, by which way, which version of it, and what came back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Literal, NamedTuple

from duty_tui.domain.text import fold

#: "draft": as an email somebody sent from their own program; "smtp": through the service's relay.
Route = Literal["draft", "smtp", "by hand"]
#: A draft was made and is not sent by that; "delivered", "read" and "by hand" are what came back of one that was sent.
#: "address": where somebody is written to from here on; it is their `contact`.
What = Literal["address", "drafted", "sent", "refused", "delivered", "read", "by hand"]
#: What shows that somebody has it, also where nobody noted that it was sent.
RECEIPTS = frozenset({"delivered", "read", "by hand"})


class Receiver(NamedTuple):
    """Somebody a record goes to; `ids` are the entries that named them at the discussion, asked or there."""

    name: str
    agency: str = ""
    contact: str = ""
    ids: tuple[str, ...] = ()

    def is_same(self, other: Receiver) -> bool:
        """Whether both are one person: named by the same entry, or by the same name and agency."""
        if set(self.ids) & set(other.ids):
            return True
        return (fold(self.name), fold(self.agency)) == (fold(other.name), fold(other.agency))


class Enclosed(NamedTuple):
    """A document that went along: the name of its file, and the SHA-256 of its bytes (64 hex digits)."""

    name: str
    sha256: str


class Passing(NamedTuple):
    """One step of the way of a record to one person; `id` is its entry."""

    id: str
    what: What
    to: Receiver
    #: Whose records; empty of what came back, which is about all that went.
    children: tuple[int, ...]
    #: When it happened (UTC), and who recorded it.
    at: datetime
    by: str
    route: Route | None = None
    #: How it was handed over, or why it was refused.
    words: str = ""
    enclosed: tuple[Enclosed, ...] = ()
    #: Message-ID, by which a receipt is known.
    message: str = ""
    #: The version of the concern from which what went was made.
    version: int = 0
    corrected: bool = False


def passings_to(passings: Iterable[Passing], who: Receiver) -> list[Passing]:
    """The steps of what went to one person, in the order recorded."""
    return [one for one in passings if one.what != "address" and one.to.is_same(who)]


def noted_address(passings: Iterable[Passing], who: Receiver) -> str:
    """The address last noted of one person; empty where none was."""
    return next((one.to.contact for one in reversed([*passings]) if one.what == "address" and one.to.is_same(who)), "")


def arrived(passings: Iterable[Passing]) -> list[Passing]:
    """The same without what was sent and came back."""
    found: list[Passing] = []
    for one in passings:
        if one.what == "refused" and one.message:
            found = [other for other in found if other.what == "refused" or other.message != one.message]
        found.append(one)
    return found


def had_at(passings: Iterable[Passing], child: int) -> datetime | None:
    """When somebody, whose steps these are, first had the record of a child; None while they have not.

    A receipt for what was drafted shows that it was sent, by then at the latest; what came back was never had.
    """
    on_its_way = False
    moments: list[datetime] = []
    for one in arrived(passings):
        if child in one.children:
            on_its_way = True
            moments += [one.at] if one.what == "sent" else []
        elif one.what in RECEIPTS and on_its_way:
            moments.append(one.at)
    return min(moments, default=None)


def had_version(passings: Iterable[Passing], child: int) -> int | None:
    """The version of a child's record that somebody had last; None while they have none."""
    found: list[int] = []
    drafted: list[int] = []
    for one in arrived(passings):
        if one.what == "drafted" and child in one.children:
            drafted = [one.version]
        elif one.what == "sent" and child in one.children:
            found, drafted = [*found, one.version], []
        elif one.what in RECEIPTS:
            found, drafted = [*found, *drafted], []
    return max(found, default=None)
