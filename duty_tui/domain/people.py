"""The people of a concern: the children it is about, and who reported it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal

from duty_tui.domain.ages import ADULT, age_in_years
from duty_tui.domain.identifiers import nhs_number_doubt, upn_doubt
from duty_tui.domain.model import Line, Model

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
