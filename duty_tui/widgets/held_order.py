"""Keeping lines where the hand is about to press: which lines moved, and the new lines in the old order."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TypeVar

T = TypeVar("T")


def moved(old: Mapping[str, int], new: Sequence[str]) -> int:
    """How many of the keys in both changed places: the fewest that would have to move to make one order the other.

    `old` is key → place. Keys that came or went do not count. 0 means that the survivors stand in the same order.
    """
    places = [old[key] for key in new if key in old]
    if all(first < second for first, second in pairwise(places)):
        return 0
    tails: list[int] = []  # tails[n] ends the lowest rising run of n + 1 places: those may stay where they are
    for place in places:
        at = bisect_left(tails, place)
        tails[at : at + 1] = [place]
    return len(places) - len(tails)


def in_old_order(old: Mapping[str, int], new: Sequence[tuple[str, T]]) -> list[T]:
    """The things of `new`, survivors in their old order, each newcomer after the one it follows in `new`."""
    followers: dict[str | None, list[T]] = {}
    survivors: dict[str, T] = {}
    leader: str | None = None
    for key, thing in new:
        if key in old:
            leader = key
            survivors[key] = thing
        else:
            followers.setdefault(leader, []).append(thing)
    ordered = list(followers.get(None, ()))
    for key in sorted(survivors, key=old.__getitem__):
        ordered += [survivors[key], *followers.get(key, ())]
    return ordered
