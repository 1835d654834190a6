"""The people of a concern: the children it is about, and who reported it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal

from duty_tui.domain.identifiers import nhs_number_doubt, upn_doubt
from duty_tui.domain.model import Line, Model

#: A child is a person under this age (Children Act 1989, section 105).
ADULT = 18
#: Ages are told in days below a week, in weeks below three months, in months below two years.
_WEEK_DAYS, _MONTHS_FROM, _YEARS_FROM = 7, 3, 24

#: Said where a child's name is not known.
NAMELESS = "Name not known"


class Child(Model):
    """One child of a concern, born or unborn. What is not known is empty, never guessed."""

    #: Counted from 1 in the order they were named; the number other records refer to.
    number: int
    name: Line = ""
    born: date | None = None
    #: Expected date of birth of an unborn child.
    expected: date | None = None
    sex: Literal["female", "male", "other", ""] = ""
    nhs_number: Line = ""
    upn: Line = ""
    #: The authority's own case number, where the child is already known.
    case_number: Line = ""
    school: Line = ""
    note: Line = ""

    @property
    def called(self) -> str:
        """The name to show; says so where there is none."""
        return self.name or NAMELESS

    def doubts(self, today: date) -> Iterator[str]:
        """What looks wrong about the child's details, in words: shown, never a refusal. `today` is a London day."""
        if doubt := nhs_number_doubt(self.nhs_number):
            yield doubt
        if doubt := upn_doubt(self.upn):
            yield doubt
        if self.born and self.born > today:
            yield "The date of birth is in the future."
        if self.born and self.expected:
            yield "Both a date of birth and an expected date are given."
        if self.born and age_in_years(self.born, today) >= ADULT:
            yield "By the date of birth this person is 18 or over."


class Caller(Model):
    """Who reported the concern, as far as known."""

    name: Line = ""
    #: What they are to the child, or their job.
    role: Line = ""
    agency: Line = ""
    telephone: Line = ""
    #: They asked not to be named to the family.
    anonymous: bool = False


def age_in_years(born: date, on: date) -> int:
    """Whole years lived; a birthday on 29 February is kept on 1 March in other years."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def age_words(born: date | None, expected: date | None, on: date) -> str:
    """An age in at most four cells: `4y`, `11m`, `3w`, `5d`, `unb.` for the unborn, `?` when not known.

    Months are used under two years, weeks under three months, days in the first week.
    """
    if born is None:
        return "unb." if expected else "?"
    days = (on - born).days
    if days < 0:
        return "?"
    months = (on.year - born.year) * 12 + on.month - born.month - (on.day < born.day)
    if days < _WEEK_DAYS:
        return f"{days}d"
    if months < _MONTHS_FROM:
        return f"{days // _WEEK_DAYS}w"
    if months < _YEARS_FROM:
        return f"{months}m"
    return f"{age_in_years(born, on)}y"
