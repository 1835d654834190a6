"""What was recorded lately, by kind and concern: read backwards from the end of the journal, no further than asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from duty_tui.store.journal import Entry
from duty_tui.store.store import BATCH, Store


def entries_since(store: Store, since: datetime) -> list[Entry]:
    """Every entry recorded at or after the UTC instant `since`, in the order of the journal.

    A computer's clock may have been put back: the journal is read back until a whole batch is older.
    """
    batches = list(_backwards(store, since))
    return [entry for batch in reversed(batches) for entry in batch if entry.at >= since]


def _backwards(store: Store, since: datetime) -> Iterator[list[Entry]]:
    end = store.head().seq
    while end > 0:
        begin = max(0, end - BATCH)
        batch = store.since(begin, end - begin)
        if all(entry.at < since for entry in batch):
            return
        yield batch
        end = begin
