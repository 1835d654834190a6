"""What every document made at a desk has in common: its head, its seal, and how times and people are said on paper."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from duty_tui.desk.desk import Desk
from duty_tui.desk.permission import may
from duty_tui.documents.blocks import NOT_RECORDED, Document, Facts, Part, facts
from duty_tui.domain.ages import age_in_full
from duty_tui.domain.circulation_events import CirculationEvent
from duty_tui.domain.concern import Concern
from duty_tui.domain.paper_events import SignsNotShown
from duty_tui.domain.restriction import RecordViewed
from duty_tui.domain.times import london_date, moment_words
from duty_tui.errors import Refused

#: What somebody must be allowed to do to take a document away: an act of data/service.toml.
ACT = "export"
#: The marking of what was made on a desk of invented children.
PRACTICE = "PRACTICE: the children are invented, and this is no record"
FOOT = "Contains personal information about children. Keep it as your agency keeps such records."


_QUIET = (RecordViewed, SignsNotShown, CirculationEvent)


class Seal(NamedTuple):
    """Where what a document says stands in the journal: number and hash of the entry, when it was recorded (UTC)."""

    number: int
    hash: str
    at: datetime


def refuse_unless_allowed(desk: Desk) -> None:
    """Raises Refused, which says which roles may, when whoever works here may not take documents away."""
    if reason := may(desk, ACT):
        raise Refused(reason, entry="Nothing was made.", do="Ask one of them to do it.")


def concern_for_export(desk: Desk, concern_id: str) -> Concern:
    """The concern, for a document to be made of it. Raises Refused when it is not for this person, or nothing is."""
    refuse_unless_allowed(desk)
    return desk.concern(concern_id, how=ACT)


def seal_at(desk: Desk, concern: Concern, version: int) -> Seal:
    """The seal of the entry that brought the concern to `version`."""
    entry = desk.store.stream(concern.id, version - 1)[0]
    return Seal(entry.seq, entry.hash, entry.at)


def said_by(concern: Concern, version: int) -> int:
    """The last version up to `version` at which something of the concern was said.

    That somebody looked, and what became of a document, is in no document: the same one is made before and after.
    """
    past = reversed(concern.history[:version])
    return next(item.stamp.version for item in past if not isinstance(item.event, _QUIET))


def version_of(concern: Concern, entry: str) -> int:
    """The version an entry of the concern, by its id, brought it to."""
    return next(item.stamp.version for item in concern.history if item.stamp.entry == entry)


def seal_facts(seal: Seal, what: str) -> Facts:
    """The seal as a table; `what` names the entry it belongs to."""
    return facts("Journal", [(what, str(seal.number)), ("Its hash (SHA-256)", seal.hash)])


def reference_of(desk: Desk, concern: Concern) -> str:
    """`C12`."""
    row = desk.row(concern.id)
    return f"C{row.number}" if row else concern.id[:8]


def sentence_of(*parts: str) -> str:
    """The parts that say something, with commas: a person with their agency, a number with a name."""
    return ", ".join(filter(None, parts))


def children_words(concern: Concern, at: datetime) -> str:
    """The concern's children with their ages at a moment in words: a page has no columns to be brief for."""
    day = london_date(at)
    ages = ((child, age_in_full(child.born, child.expected, day)) for child in concern.children)
    return "; ".join(
        f"{child.name or child.case_number or child.called}, {age or 'age not recorded'}" for child, age in ages
    )


def when(instant: datetime | None) -> str:
    """A London moment, or that none is recorded."""
    return moment_words(instant) if instant else NOT_RECORDED


def sentence(*parts: str) -> str:
    """The parts that say something, one after the other."""
    return "; ".join(filter(None, parts))


def a_document(
    desk: Desk, title: str, reference: str, *, file: str, parts: Iterable[Part], made: datetime, about: str = ""
) -> Document:
    """A document under the service's head, about the concern `about`; a draft says so in its file's name too."""
    found = tuple(parts)
    draft = "-DRAFT" if any(part.draft for part in found) else ""
    head = desk.books.service.letterhead
    if desk.store.meta("practice") == "yes":
        head = head._replace(marking=PRACTICE)
    return Document(title, reference, file + draft, head, found, made, FOOT, about)
