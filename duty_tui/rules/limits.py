"""Within what, and counted from when: the two halves of every clock, as a pack writes them."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Self

from pydantic import Field, model_validator

from duty_tui.rules.conditions import Condition
from duty_tui.rules.model import Model

#: The kinds of limit; a limit is exactly one of them.
KINDS = (
    "same_day",
    "hours",
    "working_days",
    "calendar_days",
    "weeks",
    "months",
    "promptly",
    "date_in_record",
)


#: A slip of the pen beyond this: the days of a hundred years.
_MOST = 36_525
Number = Annotated[int, Field(gt=0, le=_MOST)]


class Limit(Model):
    """How long: exactly one kind. Days end at the London midnight that ends them unless `by` names a moment of them."""

    #: The London calendar day of the start, whatever day it is.
    same_day: bool | None = None
    #: Elapsed hours, through nights, weekends and clock changes.
    hours: Number | None = None
    #: Working days of the clock's calendar; the day of the start is day 0.
    working_days: Number | None = None
    #: Calendar days, weeks or months, date to date; months are clipped to the month's last day.
    calendar_days: Number | None = None
    weeks: Number | None = None
    months: Number | None = None
    #: No number is stated: the document's own word ("promptly"). The age is shown; no due is made up.
    promptly: str | None = None
    #: Due when the record itself says: the name of an event whose (future) time people write down.
    date_in_record: str | None = None
    #: A named time of day (vocabulary `time_of_day`) instead of the end of the day.
    by: str | None = None

    @model_validator(mode="after")
    def _exactly_one(self) -> Self:
        given = [kind for kind in KINDS if getattr(self, kind) is not None]
        if len(given) != 1:
            raise ValueError(f"a limit is exactly one of {', '.join(KINDS)}; this one has {len(given)}")
        if self.same_day is False:
            raise ValueError("same_day is true or absent")
        if self.by and given[0] in ("hours", "promptly", "date_in_record"):
            raise ValueError(f'"by" names a time of day and goes with limits in days, not with {given[0]}')
        return self

    @cached_property
    def kind(self) -> str:
        """Which of `KINDS` this limit is."""
        return next(kind for kind in KINDS if getattr(self, kind) is not None)

    @cached_property
    def ends_with_a_day(self) -> bool:
        """Whether it runs to the midnight that ends a day, which is no part of that day."""
        return self.by is None and self.kind in ("same_day", "working_days", "calendar_days", "weeks", "months")

    @cached_property
    def number(self) -> int | None:
        """How many hours, days, weeks or months; None where the kind has no number."""
        value = getattr(self, self.kind)
        return value if isinstance(value, int) and not isinstance(value, bool) else None


class StartException(Model):
    """Another origin when a condition is certainly met, e.g. a manager recorded that the concern emerged later."""

    when: Condition
    earliest: tuple[str, ...] = Field(min_length=1)


class Discussion(Model):
    """What begins and what ends a discussion: with it a start is the discussion a moment fell in, not the moment."""

    begins: str
    #: Counted from here as soon as it is recorded for that discussion.
    ends: str | None = None


class Start(Model):
    """Counted from when: an event, `fact:NAME` (the moment a fact became yes), `breach:CLOCK` or `late:CLOCK`.

    `breach:CLOCK` is the moment a clock of this pack passes its due unmet; `late:CLOCK` the moment at which people set
    a date after its due for what meets it. Exactly one of `earliest` and `latest`.
    """

    earliest: tuple[str, ...] | None = Field(default=None, min_length=1)
    latest: tuple[str, ...] | None = Field(default=None, min_length=1)
    #: Used when none of the references above has happened (a concern that arose without a referral).
    or_else: str | None = None
    except_: StartException | None = Field(default=None, alias="except")
    #: Counted from the last discussion that had begun by the moment found above, where there is one.
    discussion: Discussion | None = None

    @model_validator(mode="after")
    def _one_direction(self) -> Self:
        if (self.earliest is None) == (self.latest is None):
            raise ValueError('a start has exactly one of "earliest" and "latest"')
        return self

    @property
    def references(self) -> tuple[str, ...]:
        """Every reference the start names, for checking."""
        own = self.earliest or self.latest or ()
        return (*own, *((self.or_else,) if self.or_else else ()), *(self.except_.earliest if self.except_ else ()))

    @property
    def clocks(self) -> tuple[str, ...]:
        """The clocks whose miss, passed or foreseen, it waits for."""
        return tuple(clock for name in self.references if (clock := clock_of(name)) is not None)


#: What stands before the name of a clock in a reference to its miss, passed or foreseen.
OF_A_CLOCK = ("breach", "late")


def clock_of(reference: str) -> str | None:
    """The clock whose miss a reference stands for; None for an event or a fact."""
    prefix, _, name = reference.partition(":")
    return name if prefix in OF_A_CLOCK else None


def is_event(reference: str) -> bool:
    """Whether a reference is an event of the vocabulary, and neither a fact nor the miss of a clock."""
    return reference.partition(":")[0] not in ("fact", *OF_A_CLOCK)


class Restart(Model):
    """A later event that moves the start, only when a condition about it certainly holds; the first due is kept."""

    on: str
    when: Condition
