"""The queue's rows as read from the record, and as arranged for showing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from duty_tui.desk import bands
from duty_tui.desk.saved_views import by_family
from duty_tui.desk.seen import Seen
from duty_tui.store.rows import ConcernRow
from duty_tui.views.queue import Band, QueueRow
from duty_tui.widgets.queue_line import GroupLine, Line

if TYPE_CHECKING:
    from duty_tui.store.store import Store


class Read(NamedTuple):
    """Every open concern's row, and how far the record had come when they were read."""

    rows: Sequence[ConcernRow]
    bands: Sequence[Band]
    seq: int


def read_rows(store: Store, actor: str) -> Read:
    """What the queue is drawn from, as `actor` may see it. Reads no policy. Raises Unavailable."""
    seq = store.head().seq
    return Read(Seen(store, actor).rows(), bands.decode(store.meta(bands.META)), seq)


def in_families(rows: Sequence[QueueRow]) -> list[Line]:
    """Each family's concerns together under its name, where its most urgent one stands.

    Families with a single concern have no heading of their own; after a family with several, a heading ends it.
    """
    of = {row.id: row for row in rows}
    ordered = [of[stored.id] for stored in by_family([row.stored for row in rows])]
    sizes: dict[str, int] = {}
    for row in ordered:
        sizes[row.stored.family_key] = sizes.get(row.stored.family_key, 0) + 1
    made: list[Line] = []
    under = ""
    for row in ordered:
        key = row.stored.family_key
        if sizes[key] > 1 and key != under:
            made.append(GroupLine(f"{row.stored.family} · {sizes[key]} concerns"))
            under = key
        elif sizes[key] == 1 and under:
            made.append(GroupLine(f"One concern each, from {row.stored.family}"))
            under = ""
        made.append(row)
    return made
