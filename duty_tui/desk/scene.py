"""A discussion with everything that is asked about it: the concern, the policies in force, and what is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from duty_tui.desk.named import names_of
from duty_tui.desk.situation import situation_of
from duty_tui.domain.concern import Concern
from duty_tui.domain.discussion import Discussion
from duty_tui.domain.people import Child
from duty_tui.domain.times import london_date
from duty_tui.errors import Refused
from duty_tui.rules.conditions import FactLookup
from duty_tui.rules.deadline import Deadline
from duty_tui.rules.evaluate import Rulebook
from duty_tui.rules.pack import Pack
from duty_tui.rules.points import Point, points
from duty_tui.rules.situation import Situation


@dataclass
class Scene:
    """One discussion of a concern, seen at one moment; what follows from it is worked out when first asked for."""

    concern: Concern
    discussion: Discussion
    rulebook: Rulebook
    at: datetime

    @cached_property
    def situation(self) -> Situation:
        """The concern as the rules see it."""
        return situation_of(self.concern, self.rulebook)

    @cached_property
    def deadlines(self) -> Sequence[Deadline]:
        """Every deadline of the concern."""
        return self.rulebook.deadlines(self.situation)

    @cached_property
    def packs(self) -> Sequence[Pack]:
        """The policies in force on the day of the discussion; today's while it has not begun."""
        return self.rulebook.in_force(london_date(self.discussion.started or self.at))

    @cached_property
    def points(self) -> Sequence[Point]:
        """What those policies want discussed, decided and recorded."""
        return points(self.packs)

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """Questions in two or three words."""
        return {name: fact.label for name, fact in self.rulebook.vocabulary.fact.items()}

    @cached_property
    def children(self) -> Sequence[Child]:
        """The children the discussion is about; all of the concern's while it has not begun."""
        included = self.discussion.children if self.discussion.started else None
        return [child for child in self.concern.children if included is None or child.number in included]

    @cached_property
    def names(self) -> Mapping[int, str]:
        """The children's first names; the whole name where two share one or there is none."""
        return names_of(self.concern)

    def look(self, child: int | None = None) -> FactLookup:
        """Facts as they are for a child, or for any of them, at this discussion."""
        return self.rulebook.look(self.situation, child, self.discussion.number)


def scene_of(concern: Concern, number: int, rulebook: Rulebook, at: datetime) -> Scene:
    """The discussion with this number; the next one is empty still. Raises Refused for any other number."""
    found = concern.discussion(number)
    if found is None and not 1 <= number <= concern.next_discussion():
        raise Refused("There is no such discussion.", do="Choose one from the list.")
    return Scene(concern, found or Discussion(number), rulebook, at)
