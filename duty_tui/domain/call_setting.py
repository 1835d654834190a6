"""Where a discussion stands, as far as a line typed in it may refer to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from duty_tui.domain.discussion import Decision, Person


class Named(NamedTuple):
    """A child of the concern: the number and name a line may use, and whether it is part of the discussion."""

    number: int
    name: str
    included: bool = True

    @property
    def first(self) -> str:
        """The first name: of `Okafor, Amara` and of `Amara Okafor` alike."""
        words = (self.name.rpartition(",")[2] or self.name).split()
        return words[0] if words else str(self.number)


class Tick(NamedTuple):
    """A decision of the policy's list."""

    box: str
    label: str
    sets: tuple[str, ...] = ()
    sets_alone: tuple[str, ...] = ()
    unless_with: tuple[str, ...] = ()


class Point(NamedTuple):
    """A point to be answered, its answer so far, and the child or agency it is asked about.

    `sets` is the question of the policy that a yes or no to it answers too; empty where there is none.
    """

    item: str
    text: str
    answer: str = ""
    child: int | None = None
    agency: str = ""
    sets: str = ""
    #: The question is one of the discussion, not of the concern.
    of_discussion: bool = False


class Part(NamedTuple):
    """A part somebody may play, and the words it is known by: of the agency, of a job, and titles before a name."""

    role: str
    label: str
    agency: str
    words: tuple[str, ...] = ()
    jobs: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Setting:
    """What a line is read against. `now` is a UTC instant."""

    now: datetime
    discussion: int = 1
    children: tuple[Named, ...] = ()
    boxes: tuple[Tick, ...] = ()
    points: tuple[Point, ...] = ()
    parts: tuple[Part, ...] = ()
    #: Roles the policies ask for, in their order: where a word fits several parts, the first of these is meant.
    asked: tuple[str, ...] = ()
    #: Roles that are never part of a discussion.
    never: tuple[str, ...] = ()
    people: tuple[Person, ...] = ()
    decisions: tuple[Decision, ...] = ()

    @property
    def included(self) -> tuple[int, ...]:
        """The numbers of the children the discussion is about."""
        return tuple(child.number for child in self.children if child.included)

    def name_of(self, child: int) -> str:
        """The first name of a child by its number."""
        return next((one.first for one in self.children if one.number == child), f"child {child}")

    def whom(self, children: tuple[int, ...]) -> str:
        """`Amara and Kofi`; every child is named, for a wrong one must be seen."""
        names = [self.name_of(child) for child in children]
        return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else "nobody"
