"""Destroying a closed concern, or single entries of one, under a rule of retention."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from typing_extensions import override

from duty_tui.domain.commands import Command
from duty_tui.domain.concern import Concern
from duty_tui.domain.destruction import EntriesDestroyed
from duty_tui.domain.events import ConcernRaised, EntryWithdrawn, Event
from duty_tui.domain.history import Recorded
from duty_tui.domain.kinds import DESTROYED
from duty_tui.domain.model import Line
from duty_tui.domain.restriction import ConcernRestricted, RestrictionLifted
from duty_tui.errors import Refused

#: Without these nobody could say what the concern is, or who may see it: they go with the whole or not at all.
_KEPT = (ConcernRaised, ConcernRestricted, RestrictionLifted)


class DestroyEntries(Command):
    """Take what entries said out of the record for good: all of a closed concern, or those with these versions."""

    act = "destroy"

    authority: Line
    rule: Line
    #: Versions of entries; empty for all.
    versions: tuple[int, ...] = ()

    @override
    def events(self, concern: Concern, at: datetime) -> Sequence[Event]:
        if not self.authority or not self.rule:
            raise _refuse("Destroying needs an authority and a rule.", "Say on whose decision, and under which rule.")
        there = {one.stamp.version: one for one in concern.history if not one.destroyed and not _notes_it(one)}
        if not self.versions:
            if concern.is_open:
                raise _refuse("The concern is open.", "Close it first, with the reason; then it can be destroyed.")
            return [self._event(there, whole=True)]
        if strange := sorted(set(self.versions) - there.keys()):
            numbers = ", ".join(map(str, strange))
            raise _refuse(f"Not there, or gone already: {numbers}.", "`duty-tui log` has the numbers of the entries.")
        wanted = set(self.versions) | _quoting(
            there.values(), {there[version].stamp.entry for version in self.versions}
        )
        for version in sorted(wanted):
            event = there[version].event
            if isinstance(event, _KEPT):
                raise _refuse(
                    f"Entry {version} says what the concern is or who may see it.",
                    "It goes only with the whole concern: leave --entries out.",
                )
            if isinstance(event, EntryWithdrawn) and event.entry not in {there[one].stamp.entry for one in wanted}:
                raise _refuse(
                    f"Entry {version} withdraws another, which would count again without it.",
                    "Name the entry it withdraws as well.",
                )
        return [self._event(wanted, whole=False)]

    def _event(self, versions: Iterable[int], *, whole: bool) -> EntriesDestroyed:
        return EntriesDestroyed(versions=tuple(sorted(versions)), authority=self.authority, rule=self.rule, whole=whole)


def _notes_it(one: Recorded) -> bool:
    return one.event is not None and one.event.kind == DESTROYED


def _quoting(history: Iterable[Recorded], entries: set[str]) -> set[int]:
    """Versions of the withdrawals of these entries, and of those: each repeats the words of what it withdraws."""
    found: set[int] = set()
    for one in history:  # a withdrawal comes after what it withdraws
        if isinstance(one.event, EntryWithdrawn) and one.event.entry in entries:
            found.add(one.stamp.version)
            entries.add(one.stamp.entry)
    return found


def _refuse(what: str, do: str) -> Refused:
    return Refused(what, entry="Nothing was destroyed.", do=do)
