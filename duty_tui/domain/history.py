"""From entries to a concern: the fold every screen, rule and document reads."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from duty_tui.domain import (
    circulation_events,
    decision_events,
    destruction,
    discussion_events,
    escalation_events,
    events,
    owed_events,
    paper_events,
    restriction,
)
from duty_tui.domain.concern import Concern
from duty_tui.domain.destruction import EntriesDestroyed
from duty_tui.domain.events import EntryWithdrawn, Event, Stamp
from duty_tui.domain.kinds import LIFTED, RESTRICTED

#: Every kind of entry this program can read.
KINDS: dict[str, type[Event]] = {
    **events.KINDS,
    **discussion_events.KINDS,
    **decision_events.KINDS,
    **escalation_events.KINDS,
    **owed_events.KINDS,
    **restriction.KINDS,
    **destruction.KINDS,
    **circulation_events.KINDS,
    **paper_events.KINDS,
}


class Recorded(NamedTuple):
    """One entry of a concern's stream: its stamp, and the event, or None where this program cannot read it.

    `destroyed` tells a body lawfully destroyed, by its kind, from one written by a newer version.
    """

    stamp: Stamp
    event: Event | None
    destroyed: str = ""


def read_event(kind: str, body: dict[str, Any]) -> Event | None:
    """The event a journal body holds; None for a kind this version does not know.

    Raises pydantic.ValidationError when a known kind's body is not of its shape: something else wrote the journal.
    """
    model = KINDS.get(kind)
    return None if model is None else model.model_validate(body)


def write_event(event: Event) -> dict[str, Any]:
    """An event as the plain body of a journal entry; what is unset is left out."""
    return event.model_dump(mode="json", exclude_defaults=True)


def withdrawn(history: Iterable[Recorded]) -> set[str]:
    """Ids of the entries that were withdrawn. Withdrawing a withdrawal restores the entry it had taken back."""
    gone: set[str] = set()
    events = [item for item in history if isinstance(item.event, EntryWithdrawn)]
    for item in reversed(events):
        if item.stamp.entry not in gone and isinstance(item.event, EntryWithdrawn):
            gone.add(item.event.entry)
    return gone


def fold_on(concern: Concern, history: Sequence[Recorded]) -> Concern:
    """What `concern` becomes by further entries: the same as folding all of them, at the cost of the new ones only."""
    if any(isinstance(event, (EntryWithdrawn, EntriesDestroyed)) for _, event, _ in history):
        return fold(concern.id, [*concern.history, *history])
    return _applied(concern, history, frozenset())


def fold(concern_id: str, history: Sequence[Recorded]) -> Concern:
    """What the entries add up to, in order; withdrawn ones do not count, and what was destroyed since is forgotten."""
    history = _as_kept(history)
    return _applied(Concern(concern_id), history, withdrawn(history))


def _as_kept(history: Sequence[Recorded]) -> Sequence[Recorded]:
    """The entries as the journal has them by now, also where they were read before some of them were destroyed."""
    gone = {version for _, event, _ in history if isinstance(event, EntriesDestroyed) for version in event.versions}
    if not gone:
        return history
    return [
        Recorded(one.stamp, None, one.event.kind) if one.event and one.stamp.version in gone else one for one in history
    ]


def _applied(concern: Concern, history: Sequence[Recorded], gone: Collection[str]) -> Concern:
    before = concern
    for stamp, event, destroyed in history:
        if event is None:
            unread, gone_too = concern.unread + (not destroyed), concern.destroyed + bool(destroyed)
            concern = replace(concern, destroyed=gone_too, unread=unread, restricted_to=_left(concern, destroyed))
        elif stamp.entry not in gone:
            concern = event.apply(concern, stamp)
    version = history[-1].stamp.version if history else before.version
    if concern.is_destroyed:  # there is nothing left to keep anybody from
        concern = replace(concern, restricted_to=None)
    return replace(concern, version=version, history=(*before.history, *history))


def _left(concern: Concern, destroyed: str) -> tuple[str, ...] | None:
    """Who may see it once an entry of this kind has lost its words: nobody where it said who may."""
    if destroyed == RESTRICTED:
        return ()
    return None if destroyed == LIFTED else concern.restricted_to
