"""The rows kept beside the journal: the queue as it stands, who may be the same child, and what is unfinished."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from duty_tui.domain.text import fold

#: What is said of a concern to those who may not see it.
RESTRICTED = "RESTRICTED"
#: A band of urgency behind all others.
LAST = 99
#: The status of a row whose concern was destroyed under a rule of retention.
GONE = "destroyed"


class ConcernRow(NamedTuple):
    """One concern as the queue needs it: its place, and all a row shows. Written with the entries it follows from."""

    id: str
    """The name of the concern's stream."""
    version: int
    """The version of the stream this row was made from."""
    status: str
    """`open`, `closed` or `destroyed`."""
    rank: int
    """Urgency band, lower is sooner."""
    due: int | None
    """Seconds since the epoch; None when nothing with a number is due."""
    received: int
    """Seconds since the epoch."""
    certain: bool
    provisional: bool
    deadline: str
    """What is due, in words."""
    next_step: str
    owner: str | None
    family: str
    family_key: str
    children: int
    youngest: str | None
    """Date of birth, ISO."""
    eldest: str | None
    """Date of birth, ISO."""
    concern: str
    """The headline."""
    source: str
    stage: str
    search: str
    """Case-folded text a filter looks in."""
    restricted: bool
    """Only named people may see it."""
    number: int = 0
    """The order in which concerns were raised, from 1. The store gives it at the first writing and never changes it."""

    @property
    def hidden(self) -> bool:
        """Whether this row was emptied for somebody who may not see its concern: number and id are all it holds."""
        return self.restricted and not self.version

    def emptied(self) -> ConcernRow:
        """The row as those see it who may not see the concern; it stands behind every other."""
        return ConcernRow(
            *(self.id, 0, self.status, LAST, None, 0, True, False, "", "", None, RESTRICTED, f"\n{self.id}", 0),
            *(None, None, "", "", "", "", True, self.number),
        )


class Identity(NamedTuple):
    """Something two records of one child share: kind `upn`, `nhs` or `name+born`."""

    kind: str
    value: str


class Duplicate(NamedTuple):
    """Another concern that may be about the same child, and the kind of identity they share."""

    id: str
    number: int
    kind: str


class ActionRow(NamedTuple):
    """An action still to be done for some child, as lists across concerns need it. Written with its concern's row."""

    concern: str
    discussion: int
    id: str
    what: str
    who: str
    who_key: str
    """`who` without case and accents."""
    agency: str
    agency_key: str
    due: int | None
    """Seconds since the epoch; None when no time was set."""
    children: str
    """Numbers of the children it is for, with blanks between."""
    done: str
    """Numbers of those for whom it is done."""
    whom: str
    """The children by name."""
    form: str
    lacks: str
    """What it lacks, a line each."""
    number: int = 0
    """The concern's number; the store knows it."""
    restricted: bool = False
    """Whether only named people may see the concern; the store knows it."""


class Contact(NamedTuple):
    """Somebody seen at a discussion or asked to one, so that the name need not be typed again."""

    name_key: str
    """Without case and accents; with `agency_key` it says who it is."""
    agency_key: str
    name: str
    job: str
    agency: str
    role: str
    contact: str
    search: str
    """Name, job and agency without case and accents, a blank before each word."""
    seen: int
    """Seconds since the epoch; the later one is believed."""

    def renewed(self, by: Contact) -> Contact:
        """What is known after seeing the same person again; what the later sighting leaves open stays."""
        older, newer = (self, by) if by.seen >= self.seen else (by, self)
        job = newer.job or older.job
        return newer._replace(
            job=job,
            role=newer.role or older.role,
            contact=newer.contact or older.contact,
            search=searched(newer.name, job, newer.agency),
        )


def searched(*said: str) -> str:
    """What a contact is found by: the words of all that is said, without case and accents, a blank before each."""
    return "".join(f" {fold(words)}" for words in said if words)


class Projection(NamedTuple):
    """Everything that follows from one concern's entries and is kept beside them."""

    row: ConcernRow
    identities: Sequence[Identity] = ()
    actions: Sequence[ActionRow] = ()
    contacts: Sequence[Contact] = ()


class Draft(NamedTuple):
    """Something typed and not yet recorded. `updated` is aware UTC, to the millisecond."""

    id: str
    kind: str
    """Which form it belongs to."""
    concern: str | None
    """The stream it is about; None for one that does not exist yet."""
    actor: str
    machine: str
    updated: datetime
    body: dict[str, Any]
    """What was typed, as JSON values."""
