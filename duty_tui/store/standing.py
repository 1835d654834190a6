"""How it stands with a journal when something is to be recorded, and what an earlier attempt recorded already."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from duty_tui.errors import Refused
from duty_tui.store import journal
from duty_tui.store.journal import Entry, Head, NewEntry


class Standing(NamedTuple):
    """How it stands with the streams that entries are for, under the write lock."""

    head: Head
    """The end of the journal."""
    versions: dict[str, int]
    """The version of each stream."""
    recorded: list[Entry | None]
    """For each entry the one with its id in its stream, where an earlier attempt recorded it."""


def the_same(recorded: Sequence[Entry | None], entries: Sequence[NewEntry]) -> list[Entry]:
    """What an earlier attempt recorded. Raises `Refused` unless it recorded all of these, word for word."""
    same = [
        entry
        for entry, new in zip(recorded, entries, strict=True)
        if entry and entry.kind == new.kind and entry.body in (None, journal.canonical(new.body))
    ]
    if len(same) < len(entries):
        raise Refused(
            "This entry carries the mark of another one that is already recorded.",
            entry="It is NOT recorded; your text is kept.",
            do="Close the form, look at what is recorded, and enter what is missing.",
        )
    return same
