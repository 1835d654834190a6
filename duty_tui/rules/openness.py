"""Whether the clocks of a rule apply: what their conditions come to, worked out once for each set of answers.

A queue of thousands of concerns has few different sets of answers to the questions of one rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from duty_tui.rules.conditions import Condition, FactLookup, Kleene
from duty_tui.rules.kleene import Compiled, Verdict, compile_condition, together
from duty_tui.rules.pack import Clock, Escalation, Obligation


class Openness(NamedTuple):
    """Whether a clock is certainly ruled out, and else the facts that keep that open."""

    ruled_out: bool
    unless: tuple[str, ...]


class Openings(NamedTuple):
    """What a set of answers makes of the clocks of a rule, in their order."""

    when: tuple[Verdict, ...]
    #: Whether any of them may apply, and any of those that count forward.
    applies: bool
    forward: bool
    #: While nothing has met the rule.
    unmet: tuple[Openness, ...]
    #: Once something has: what was done stays done, whatever would have ended the clock.
    met: tuple[Openness, ...]


class Conditions:
    """The conditions of the clocks of a rule, compiled: when each applies, and what ends it."""

    def __init__(self, rule: Obligation | Escalation, clocks: Sequence[Clock | Escalation]) -> None:
        own = [_of(rule, clock) for clock in clocks]
        #: Every fact they ask about, once each: clocks with the same answers to these are open alike.
        self.facts = tuple(
            dict.fromkeys(name for part in own for whole in (*part[0], *part[1]) for name in whole.facts())
        )
        self._compiled: list[tuple[Compiled, tuple[Compiled, ...]]] = [
            (together(map(compile_condition, when)), tuple(map(compile_condition, ends))) for when, ends in own
        ]
        self._forward = [is_forward(clock) for clock in clocks]
        #: By the answers to `facts`, in that order; what is not there yet, `openings` works out.
        self.known: dict[tuple[Kleene, ...], Openings] = {}

    def openings(self, answers: tuple[Kleene, ...], look: FactLookup) -> Openings:
        """What the answers to `facts`, in that order, make of each clock; `look` gives the same answers by name."""
        found = self.known.get(answers)
        if found is None:
            when = tuple(when(look) for when, _ in self._compiled)
            found = self.known[answers] = Openings(
                when,
                any(verdict is not False for verdict in when),
                any(verdict is not False and ahead for verdict, ahead in zip(when, self._forward, strict=True)),
                tuple(_open(when, ends, look, met=False) for when, ends in self._compiled),
                tuple(_open(when, ends, look, met=True) for when, ends in self._compiled),
            )
        return found


def is_forward(clock: Clock | Escalation) -> bool:
    """Whether a clock counts on from its start, and not back from it."""
    return not (isinstance(clock, Clock) and clock.before is not None)


def _of(rule: Obligation | Escalation, clock: Clock | Escalation) -> tuple[list[Condition], list[Condition]]:
    """When a clock applies, all of these together; and what ends it, each by itself."""
    if isinstance(rule, Obligation) and isinstance(clock, Clock):
        return list(_given(rule.when, clock.when)), list(_given(rule.ends_when, clock.ends_when))
    return list(_given(rule.when)), []


def _given(*conditions: Condition | None) -> Iterator[Condition]:
    return (condition for condition in conditions if condition is not None)


def _open(when: Compiled, ends: Sequence[Compiled], look: FactLookup, *, met: bool) -> Openness:
    verdict = when(look)
    ruled_out = verdict is False
    unless = () if isinstance(verdict, bool) else verdict
    for end in ends:
        ended = end(look)
        if ended is True:
            ruled_out = ruled_out or not met
        elif ended is not False:
            unless += ended
    return Openness(True, ()) if ruled_out else Openness(False, tuple(dict.fromkeys(unless)))
