"""What is known about one concern, in the only shape the rules read: dated events and three-valued facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple


class Happening(NamedTuple):
    """An event of the vocabulary that took place (or is planned) at a UTC instant, for one child, discussion or all."""

    at: datetime
    #: Number of the child it concerns; None when it concerns every child.
    child: int | None = None
    #: Number of the discussion it belongs to, counted from 1 in order; None when it belongs to none or all.
    discussion: int | None = None
    #: For a planned event: when the date was set, if that is known; `at` is the date itself.
    set_at: datetime | None = None


class Known(NamedTuple):
    """The answer to a fact's question: yes, no, or not known (None), and since when (UTC), about whom.

    The scope the vocabulary gives the fact decides which of `child` and `discussion` is looked at; an answer without
    the number holds for every child or discussion that has none of its own. A yes without `since` has been so from the
    first thing that happened.
    """

    value: bool | None
    since: datetime | None = None
    child: int | None = None
    discussion: int | None = None


class Variation(NamedTuple):
    """Another due for one clock, approved by a role the clock names, with its reason."""

    clock: str
    due: datetime
    by_role: str
    reason: str
    child: int | None = None
    discussion: int | None = None
    #: The name of whoever approved it; empty where only the role is known.
    by: str = ""


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything the rules may know about one concern. A fact that is absent is not known, never no.

    Happenings and answers stand in the order they were recorded: of two answers to the same question the later one
    stands, and of two dates set for the same planned event the later one does.
    """

    events: Mapping[str, Sequence[Happening]] = field(default_factory=dict)
    facts: Mapping[str, Sequence[Known]] = field(default_factory=dict)
    #: Numbers of the children the concern is about.
    children: Sequence[int] = (1,)
    variations: Sequence[Variation] = ()
