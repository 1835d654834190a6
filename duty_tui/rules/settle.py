"""Among the clocks of one obligation: which were replaced or varied, which governs, and what the others lost to."""

from __future__ import annotations

from collections.abc import Sequence

from duty_tui.rules.deadline import Deadline, State
from duty_tui.rules.pack import Clock
from duty_tui.rules.situation import Variation


def settle(made: Sequence[Deadline]) -> None:
    """Mark which of the clocks of one obligation, child and discussion were replaced, and which of the rest governs.

    Of several: one alone governs when it `counts`. Only a clock that certainly applies and has begun replaces another.
    Of the same due the certain clock governs, then the one written first; a clock with a due before one without; among
    those without, the one begun first.
    """
    _replace(made)
    counting = list(filter(counts, made))
    if not counting:
        return
    best = counting[0]
    for deadline in counting:
        if before(deadline, best):
            best = deadline
    for deadline in counting:
        if deadline is best:
            deadline.governs = True
        else:
            deadline.lost_to = best.clock.id


def counts(deadline: Deadline) -> bool:
    """Whether a clock has begun and may apply: one of these governs."""
    return (deadline.state is State.RUNNING or deadline.state is State.MET) and deadline.start is not None


def _replace(made: Sequence[Deadline]) -> None:
    replaced = {
        name: deadline.clock.id
        for deadline in made
        if isinstance(deadline.clock, Clock) and deadline.clock.replaces and deadline.certain and counts(deadline)
        for name in deadline.clock.replaces
    }
    for deadline in made if replaced else ():
        if deadline.clock.id in replaced and deadline.state is not State.RULED_OUT:
            deadline.state, deadline.lost_to, deadline.met_at = State.REPLACED, replaced[deadline.clock.id], None


def before(one: Deadline, other: Deadline) -> bool:
    """Whether one deadline governs over another: the earlier due; of the same due, the certain one over an open one.

    A due comes before none; of two without, the one begun first.
    """
    if one.due is not None and other.due is not None:
        return one.due < other.due or (one.due == other.due and one.certain and not other.certain)
    if one.due is not None or other.due is not None:
        return other.due is None
    return one.start is not None and other.start is not None and one.start < other.start


def vary(made: Sequence[Deadline], variations: Sequence[Variation]) -> None:
    """Let approved variations move dues: the last that fits a clock, by a role it names; others are as if not there."""
    for deadline in made:
        roles = deadline.clock.may_be_varied_by if isinstance(deadline.clock, Clock) else ()
        fitting = [
            variation
            for variation in variations
            if variation.clock == deadline.clock.id
            and variation.by_role in roles
            and variation.child in (None, deadline.child)
            and variation.discussion in (None, deadline.discussion)
        ]
        if fitting and deadline.start is not None:
            deadline.first_due = deadline.first_due or deadline.due
            deadline.due, deadline.varied, deadline.provisional = fitting[-1].due, fitting[-1], False
