"""A stretch of London days, its weeks, and the stretches before and after it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple, Self

from duty_tui.domain.times import day_words, london_date

_DAY, _WEEK = timedelta(days=1), timedelta(weeks=1)
_INSTANT = timedelta(microseconds=1)
#: How many weeks are looked at when nobody says.
WEEKS = 12


class Period(NamedTuple):
    """The London days from `begin` on and before `end`."""

    begin: date
    end: date

    @classmethod
    def of_weeks(cls, today: date, weeks: int = WEEKS) -> Self:
        """The week of `today`, Monday to Sunday, and the weeks before it: so many in all."""
        end = monday(today) + _WEEK
        return cls(end - weeks * _WEEK, end)

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.begin <= day < self.end

    @property
    def weeks(self) -> Iterator[Period]:
        """Its weeks, Monday to Sunday; the first and the last as far as they belong to it."""
        begin = self.begin
        while begin < self.end:
            end = min(monday(begin) + _WEEK, self.end)
            yield Period(begin, end)
            begin = end

    def moved(self, times: int) -> Period:
        """The period of the same length so many times later, or earlier where `times` is negative."""
        length = (self.end - self.begin) * times
        return Period(self.begin + length, self.end + length)

    @property
    def words(self) -> str:
        """`Mon 7 Sep to Sun 29 Nov 2026`, with its last day."""
        last = self.end - _DAY
        first = day_words(self.begin)
        return f"{first if self.begin.year != last.year else first[:-5]} to {day_words(last)}"


def monday(day: date) -> date:
    """The Monday of the week of a day."""
    return day - _DAY * day.weekday()


def day_of_due(due: datetime) -> date:
    """The London day something is due on: the midnight that ends a day is of that day."""
    return london_date(due - _INSTANT)
