"""The rules of a version that nothing has woken yet, answered together: what they count from has not happened.

Most rules of most concerns sleep, and a queue of thousands of concerns has few different ways of it: who sleeps, and
what that comes to, is worked out once for each.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from duty_tui.rules.clockwork import Rule
from duty_tui.rules.deadline import Deadline
from duty_tui.rules.starts import Scene
from duty_tui.rules.timeline import Timeline

#: The deadlines of one rule for one child and one discussion, and the earliest moment they count from.
Answer = tuple[Sequence[Deadline], datetime | None]
#: A rule with its place in the pack, and whether another rule waits for it.
Placed = tuple[int, Rule, bool]

#: More different ways than this are not remembered: children, discussions and answers of a busy desk stay far below.
_MOST = 5000


class Divided(NamedTuple):
    """Who is awake, and by the place of each rule the answers of those who sleep; nothing at the others' places."""

    awake: Sequence[Placed]
    answers: Sequence[list[Answer]]


class Sleepers:
    """The rules of one version that count from events alone, and so sleep until one of these is recorded."""

    def __init__(self, rules: Sequence[Placed]) -> None:
        self._rules = rules
        self._everybody = Divided(rules, [[] for _ in rules])
        sleepers = [(rule.woken_by, rule.facts) for _, rule, _ in rules if rule.woken_by is not None]
        self._events = frozenset(name for events, _ in sleepers for name in events)
        self._facts = tuple(dict.fromkeys(name for _, facts in sleepers for name in facts))
        self._known: dict[object, Divided] = {}

    def divide(self, timeline: Timeline) -> Divided:
        """Who is awake in a situation, and the answers of those who sleep.

        Deadlines of those are the same for every concern like it: never change one. Where an answer they
        ask about differs from child to child, everybody counts as awake.
        """
        answers = timeline.alike(self._facts)
        if answers is None:
            return self._everybody
        happened = self._events.intersection(timeline.recorded)
        key = (answers, happened, timeline.children, timeline.discussions)
        known = self._known.get(key)
        if known is None:
            if len(self._known) >= _MOST:
                self._known.clear()
            known = self._known[key] = self._fallen_asleep(timeline)
        return known

    def _fallen_asleep(self, timeline: Timeline) -> Divided:
        awake, answers = [], list[list[Answer]]([] for _ in self._rules)
        for placed in self._rules:
            place, rule, _ = placed
            if rule.woken_by is None or not timeline.lacks(rule.woken_by):
                awake.append(placed)
                continue
            # Nothing that was found before matters to who sleeps, nor they to whoever waits for them: no start, no due.
            scenes = (Scene(timeline, *whom, timeline.answers(*whom), {}) for whom in timeline.whom(rule.per))
            answers[place] = [rule.deadlines(scene, ()) for scene in scenes]
        return Divided(awake, answers)
