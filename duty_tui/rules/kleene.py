"""Kleene's strong logic of yes, no and not yet known, and conditions compiled to plain functions.

Unknown is the third value, never a no: `and` is no as soon as one part is no, `or` is yes as soon as one part is yes,
and whatever is still open is unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from duty_tui.rules.conditions import Condition, FactLookup, Kleene

#: Answers a condition from the facts.
Compiled = Callable[[FactLookup], Kleene]


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


def opposite(part: Kleene) -> Kleene:
    """The opposite; the opposite of unknown is unknown."""
    return None if part is None else not part


def always(_look: FactLookup) -> Kleene:
    """The condition of a rule that states none."""
    return True


def compile_condition(condition: Condition | None) -> Compiled:
    """A function from facts to yes, no or unknown; the absent condition is always yes."""
    if condition is None:
        return always
    if condition.fact is not None:
        name = condition.fact
        return lambda look: look(name)
    if condition.not_ is not None:
        inner = compile_condition(condition.not_)
        return lambda look: opposite(inner(look))
    if condition.all is not None:
        parts = tuple(map(compile_condition, condition.all))
        return lambda look: all_of(part(look) for part in parts)
    parts = tuple(map(compile_condition, condition.any or ()))
    return lambda look: any_of(part(look) for part in parts)


def both(first: Compiled, second: Compiled) -> Compiled:
    """One condition that holds when both hold."""
    if first is always:
        return second
    if second is always:
        return first

    def together(look: FactLookup) -> Kleene:
        left = first(look)
        if left is False:
            return False
        right = second(look)
        return right if left is True or right is False else None

    return together


def undecided(condition: Condition | None, look: FactLookup) -> Iterator[str]:
    """The facts that keep a condition unknown, in the order written; none when it is certain.

    A fact in a part that is already decided cannot matter any more and is not named.
    """
    if condition is None or compile_condition(condition)(look) is not None:
        return
    if condition.fact is not None:
        yield condition.fact
    for part in (*(condition.all or ()), *(condition.any or ()), *((condition.not_,) if condition.not_ else ())):
        yield from undecided(part, look)
