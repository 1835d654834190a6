"""A concern's entries as the domain reads them, also where the database keeps their words from whoever is logged in."""

from __future__ import annotations

from duty_tui.desk.entries import recorded
from duty_tui.domain.events import Stamp
from duty_tui.domain.history import Recorded
from duty_tui.domain.kinds import RESTRICTED
from duty_tui.domain.restriction import ConcernRestricted
from duty_tui.store.journal import Entry
from duty_tui.store.store import Store


def history_of(store: Store, stream: str, after: int = 0) -> list[Recorded]:
    """Every entry of a stream after version `after`. Raises Tampered when one is not of the shape its kind says.

    Of a concern that is kept from this login all that is known is that it is restricted, by whom, and to somebody else.
    """
    entries = store.stream(stream, after)
    if any(entry.body is None for entry in entries) and stream in store.hidden():
        return list(map(_kept_back, entries))
    return list(map(recorded, entries))


def _kept_back(entry: Entry) -> Recorded:
    stamp = Stamp(entry.id, entry.version, entry.at, entry.actor)
    to_others = ConcernRestricted.model_construct(names=(), reason="") if entry.kind == RESTRICTED else None
    return Recorded(stamp, to_others)
