"""Kleene's strong logic of yes, no and not yet known, and conditions compiled to plain functions.

Unknown is the third value, never a no: `and` is no as soon as one part is no, `or` is yes as soon as one part is yes,
and whatever is still open is unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from duty_tui.rules.conditions import Condition, FactLookup, Kleene

#: What a condition comes to: yes, no, or the facts that keep it open (never an empty tuple).
Verdict = bool | tuple[str, ...]
#: Answers a condition from the facts.
Compiled = Callable[[FactLookup], Verdict]


def all_of(parts: Iterable[Kleene]) -> Kleene:
    """No when any part is no, else unknown when any is unknown, else yes (yes for no parts at all)."""
    answer: Kleene = True
    for part in parts:
        if part is False:
            return False
        if part is None:
            answer = None
    return answer


def any_of(parts: Iterable[Kleene]) -> Kleene:
    """Yes when any part is yes, else unknown when any is unknown, else no (no for no parts at all)."""
    answer: Kleene = False
    for part in parts:
        if part is True:
            return True
        if part is None:
            answer = None
    return answer


def always(_look: FactLookup) -> Verdict:
    """The condition of a rule that states none."""
    return True


def compile_condition(condition: Condition | None) -> Compiled:
    """A function from facts to yes, no, or the facts that keep it open; the absent condition is always yes.

    A fact in a part that is decided already cannot matter any more and is not among those that keep it open.
    """
    if condition is None:
        return always
    if condition.fact is not None:
        return _fact(condition.fact)
    if condition.not_ is not None:
        return _not(compile_condition(condition.not_))
    if condition.all is not None:
        return together(map(compile_condition, condition.all))
    return _any(tuple(map(compile_condition, condition.any or ())))


def together(conditions: Iterable[Compiled]) -> Compiled:
    """One condition that holds when all do; those that always hold cost nothing."""
    parts = tuple(part for part in conditions if part is not always)
    if not parts:
        return always
    if len(parts) == 1:
        return parts[0]

    def all_parts(look: FactLookup) -> Verdict:
        still_open: tuple[str, ...] = ()
        for part in parts:
            verdict = part(look)
            if verdict is False:
                return False
            if verdict is not True:
                still_open += verdict
        return still_open or True

    return all_parts


def known(verdict: Verdict) -> Kleene:
    """The verdict without the facts that keep it open."""
    return verdict if isinstance(verdict, bool) else None


def _fact(name: str) -> Compiled:
    still_open = (name,)

    def fact(look: FactLookup) -> Verdict:
        answer = look(name)
        return still_open if answer is None else answer

    return fact


def _not(inner: Compiled) -> Compiled:
    def opposite(look: FactLookup) -> Verdict:
        verdict = inner(look)
        return not verdict if isinstance(verdict, bool) else verdict

    return opposite


def _any(parts: tuple[Compiled, ...]) -> Compiled:
    def any_part(look: FactLookup) -> Verdict:
        still_open: tuple[str, ...] = ()
        for part in parts:
            verdict = part(look)
            if verdict is True:
                return True
            if verdict is not False:
                still_open += verdict
        return still_open or False

    return any_part
