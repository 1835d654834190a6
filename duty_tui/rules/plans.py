"""Which dates people set foresee what meets a clock: a discussion booked foresees one held."""

from __future__ import annotations

from collections.abc import Sequence

from duty_tui.rules.pack import Clock, Escalation, Obligation, Pack
from duty_tui.rules.vocabulary import Vocabulary


def clocks_of(rule: Obligation | Escalation) -> Sequence[Clock | Escalation]:
    """The clocks of a rule; an escalation is its own only clock."""
    return rule.clock if isinstance(rule, Obligation) else (rule,)


def plans_for(pack: Pack, clock: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The planned events that foresee what meets a clock of the pack; none for a clock it does not have."""
    rules: list[Obligation | Escalation] = [*pack.obligation, *pack.escalation]
    met_by = {name for rule in rules if clock in (one.id for one in clocks_of(rule)) for name in rule.met_by}
    return tuple(name for name, event in vocabulary.event.items() if event.plans in met_by)
