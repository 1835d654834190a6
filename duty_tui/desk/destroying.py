"""Concerns that were destroyed under a rule of retention: nothing of them can be shown or recorded on any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from duty_tui.domain.concern import Concern
from duty_tui.domain.destruction import EntriesDestroyed
from duty_tui.domain.times import moment_words
from duty_tui.errors import Refused

if TYPE_CHECKING:
    from duty_tui.desk.desk import Desk

#: What may still be looked at: the list of entries, each without its words; and what is left of lists of all concerns.
_LOOKS = ("log", "escalations")


def refuse_destroyed(desk: Desk, concern: Concern, how: str = "") -> None:
    """Raise Refused for a concern that was destroyed whole, with who did it, when, and under which rule."""
    if not concern.is_destroyed or how in _LOOKS:
        return
    notes = [(one.stamp, one.event) for one in concern.history if isinstance(one.event, EntriesDestroyed)]
    row = desk.store.row(concern.id)
    if not notes or row is None:
        return
    stamp, event = notes[-1]
    raise Refused(
        f"C{row.number} was destroyed by {stamp.actor} on {moment_words(stamp.at)}: {event.authority}, {event.rule}.",
        do="What was recorded on it is gone; `duty-tui log` still lists when, by whom and which kind.",
    )
