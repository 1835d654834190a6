"""From when until when a service works to a policy, and which clocks that governs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple


class Spell(NamedTuple):
    """The service works to a policy from the London day `since` until the day before `until`.

    A clock that began within it is governed for life, also after the policy was left. `since` None is the document's
    own date. `earlier`: what began before the spell is governed too; so it is with what a desk is founded on, since
    nothing else could govern that.
    """

    since: date | None
    until: date | None = None
    earlier: bool = True

    def governs(self, day: date) -> bool:
        """Whether a clock that began on this London day is governed by the policy because of this spell."""
        if self.until is not None and day >= self.until:
            return False
        return self.earlier or self.since is None or day >= self.since


def adopted(spells: Sequence[Spell], new: Spell) -> tuple[Spell, ...]:
    """The spells once the policy is adopted anew. What was left is taken up again; nothing governed is let go.

    A new spell that governs what is earlier takes the place of all.
    """
    if new.earlier or not spells:
        return (new,)
    last = spells[-1]
    if last.until is not None and new.since is not None and new.since >= last.until:
        return (*spells, new)
    since = min(last.since or date.min, new.since or date.min)
    before = [spell for spell in spells[:-1] if (spell.since or date.min) < since]
    earlier = any(spell.earlier for spell in spells[len(before) :])
    return (*before, Spell(None if since == date.min else since, None, earlier))


def left(spells: Sequence[Spell], day: date) -> tuple[Spell, ...]:
    """The spells once the policy is no longer worked to from a London day on; none when it then never was."""
    kept = [spell for spell in spells if spell.since is None or spell.since < day]
    return tuple(spell._replace(until=min(spell.until or day, day)) for spell in kept)
