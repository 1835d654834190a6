"""Between the journal's entries and the domain's events."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from duty_tui.domain.events import Event, Stamp
from duty_tui.domain.history import Recorded, read_event, write_event
from duty_tui.errors import Tampered
from duty_tui.store.journal import Entry, NewEntry, read_stamp
from duty_tui.store.journal import stamp as stamp_text

#: Beside the fields of an event: when it was typed, where the record was away then. No event has a field of this name.
TYPED = "typed_at"


def recorded(entry: Entry) -> Recorded:
    """A journal entry as the domain reads it. Raises Tampered when its body is not of the shape its kind says."""
    stamp = Stamp(entry.id, entry.version, entry.at, entry.actor)
    if entry.body is None:
        return Recorded(stamp, None, entry.kind)
    body = entry.data
    try:
        if TYPED in body:
            stamp = stamp._replace(at=read_stamp(str(body.pop(TYPED))), sent=entry.at)
        return Recorded(stamp, read_event(entry.kind, body))
    except ValueError:  # pydantic's own is one, too
        raise Tampered(f"Entry {entry.seq} is not of the shape its kind says.", seq=entry.seq) from None


def to_record(
    stream: str, version: int, events: Sequence[Event], mark: str, typed: datetime | None = None
) -> list[NewEntry]:
    """Events as entries to be recorded after `version`; their ids follow from `mark`, so that a retry is the same.

    `typed` is when they were typed, where that was while the record was away: it is kept with what they say.
    """
    more = {TYPED: stamp_text(typed)} if typed else {}
    return [
        NewEntry(stream, version + place, event.kind, write_event(event) | more, entry_id(mark, place))
        for place, event in enumerate(events)
    ]


def entry_id(mark: str, place: int) -> str:
    """The id of the `place`-th entry of an act: the act's own mark first, then what follows from it (32 hex digits)."""
    return mark if place == 0 else sha256(f"{mark}/{place}".encode()).hexdigest()[:32]


def foreseen(
    events: Sequence[Event], entries: Sequence[NewEntry], at: datetime, actor: str, sent: datetime | None = None
) -> list[Recorded]:
    """The entries as they will read once recorded, so that what follows from them is recorded with them."""
    return [
        Recorded(Stamp(entry.id, entry.expected + 1, at, actor, sent), event)
        for event, entry in zip(events, entries, strict=True)
    ]
