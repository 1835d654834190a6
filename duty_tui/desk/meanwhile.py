"""Two people about the same thing: the second is told before anything is recorded, and both stand side by side.

Entries about different things never stand in each other's way: which are about the same, the entries know themselves.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from duty_tui.domain.commands import Command
from duty_tui.domain.concern import Concern
from duty_tui.domain.events import EntryWithdrawn, Event, QuestionsAnswered
from duty_tui.domain.history import fold, withdrawn
from duty_tui.domain.in_full import in_full
from duty_tui.domain.times import moment_words
from duty_tui.errors import Conflict, Refused
from duty_tui.views.beside import Beside, Theirs

if TYPE_CHECKING:
    from duty_tui.desk.desk import Desk


def refuse_same(concern: Concern, events: Sequence[Event], seen: int | None, own: Collection[str]) -> None:
    """Raises Conflict when somebody recorded about the same as `events` after version `seen`, and did not undo it.

    What was recorded from this very desk, the entries `own`, is no news to who sits at it; `seen` None asks nothing.
    """
    if seen is None or seen >= concern.version:
        return
    gone = withdrawn(concern.history)
    since = [one for one in concern.history[seen:] if one.stamp.entry not in gone and one.stamp.entry not in own]
    # An answer that came of submitting a form tells the second person less than that the form has gone.
    ranked = sorted(events, key=lambda event: isinstance(event, QuestionsAnswered))
    found = [
        (one.stamp, one.event) for mine in ranked for one in since if one.event and about_the_same(mine, one.event)
    ]
    if found:
        stamp, first = found[0]
        raise Conflict(
            concern.id,
            seen,
            concern.version,
            by=stamp.actor,
            what=f"{first.about()}, recorded {moment_words(stamp.recorded)}",
            entries=tuple(stamp.entry for stamp, _ in sorted(found, key=lambda one: one[0].version)),
        )


def about_the_same(one: Event, other: Event) -> bool:
    """Whether either of two entries says that the other is about the same thing."""
    return one.same(other) or other.same(one)


def as_seen(command: Command, concern: Concern, seen: int, at: datetime) -> Sequence[Event]:
    """What `command` would have made happen on the concern as it stood at version `seen`; nothing if it was refused."""
    try:
        return command.events(fold(concern.id, concern.history[:seen]), at)
    except Refused:
        return ()


def knowing(events: Sequence[Event], concern: Concern, after: Sequence[str]) -> Iterator[Event]:
    """The events, each saying the last of the entries `after` that is about the same: whoever records had read it."""
    read = [one for one in concern.history if one.stamp.entry in after]
    for mine in events:
        known = (one.stamp.entry for one in reversed(read) if one.event and about_the_same(mine, one.event))
        entry = next(known, "")
        yield mine.model_copy(update={"after": entry}) if entry else mine


def beside(desk: Desk, concern_id: str, command: Command, conflict: Conflict) -> Beside:
    """Others' entries that stand in the way of `command`, in full, and in full what it would record."""
    concern, at, cannot = desk.concern(concern_id), desk.clock(), ""
    try:
        mine = command.events(concern, at)
    except Refused as refused:
        mine, cannot = as_seen(command, concern, conflict.expected, at), refused.what
    shown = [event for event in mine if not isinstance(event, EntryWithdrawn)] or mine
    theirs = [one for one in concern.history if one.stamp.entry in conflict.entries]
    return Beside(
        tuple(Theirs(one.stamp.actor, one.stamp.recorded, tuple(in_full(one.event))) for one in theirs if one.event),
        tuple(line for event in shown for line in in_full(event)),
        cannot,
    )
