"""From a concern to the people met in it, whom the desk remembers for the next time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from duty_tui.domain.circulation_events import AddressNoted
from duty_tui.domain.concern import Concern
from duty_tui.domain.destruction import EntriesDestroyed
from duty_tui.domain.discussion import Discussion
from duty_tui.domain.discussion_events import PersonInvited, PersonRecorded
from duty_tui.domain.restriction import ConcernRestricted, RestrictionLifted
from duty_tui.domain.text import fold
from duty_tui.store.rows import Contact, searched

#: Events that name somebody to remember, or show again who was met.
NAMING = (PersonInvited, PersonRecorded, AddressNoted, RestrictionLifted)
#: Events after which nobody met in the concern may be offered to others, or what they were known by is gone.
HIDING = (ConcernRestricted, EntriesDestroyed)


def contacts_of(concern: Concern) -> list[Contact]:
    """Everybody named who was at one of the concern's discussions, missing from it, or asked to it.

    Of a restricted concern nobody is remembered: a name offered to a colleague would tell who is meant.
    """
    if concern.restricted_to is not None:
        return []
    return [one for discussion in concern.discussions for one in _met(discussion, _when(concern, discussion))]


def _met(discussion: Discussion, seen: int) -> Iterator[Contact]:
    for asked in discussion.invitations:
        if asked.name:
            yield _contact(asked.name, asked.agency, seen, role=asked.role, contact=asked.contact)
    for person in discussion.people:
        yield _contact(person.name, person.agency, seen, role=person.role, job=person.job)
    for step in discussion.circulation:
        if step.what == "address":
            noted = int(step.at.timestamp())
            yield _contact(step.to.name, step.to.agency, noted, role="", contact=step.to.contact)


def _contact(name: str, agency: str, seen: int, *, role: str, job: str = "", contact: str = "") -> Contact:
    found_by = searched(name, job, agency)
    return Contact(fold(name), fold(agency), name, job, agency, role, contact, found_by, seen)


def _when(concern: Concern, discussion: Discussion) -> int:
    moments: tuple[datetime | None, ...] = (discussion.started, discussion.booked_at, discussion.agreed_at)
    first = next((moment for moment in (*moments, concern.raised_at) if moment), None)
    return int(first.timestamp()) if first else 0
