"""Which days work, and counting them: a sorted array of working days and a binary search."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping
from datetime import date, timedelta
from functools import lru_cache
from itertools import chain

from duty_tui.errors import DutyError
from duty_tui.rules.deadline import Skipped
from duty_tui.rules.installed import FIRST_YEAR, LAST_YEAR
from duty_tui.rules.vocabulary import CalendarName

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_FIRST, _LAST = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)


class BeyondCalendar(DutyError):
    """A count starts or ends outside the years the bank holidays are known for."""

    def __init__(self) -> None:
        super().__init__(
            f"Working days are known from {FIRST_YEAR} to {LAST_YEAR} only, and this count leaves those years.",
            do="Check the year of the date.",
        )


@lru_cache(maxsize=8)  # the same for every rulebook made of them, and there are few at once
def _working_days(weekdays: frozenset[int], off: frozenset[date]) -> tuple[tuple[int, ...], tuple[date, ...]]:
    """The known days on `weekdays` less those `off`: their ordinals, which are searched, and the days they stand for.

    Both, because looking a day up is cheaper than making it.
    """
    week = [_FIRST + timedelta(days=passed) for passed in range(7)]
    beyond = _LAST.toordinal() + 1
    working = (range(day.toordinal(), beyond, 7) for day in week if day.isoweekday() in weekdays)
    ordinals = sorted({*chain.from_iterable(working)} - {day.toordinal() for day in off})
    return tuple(ordinals), tuple(map(date.fromordinal, ordinals))


class WorkingCalendar:
    """The working days of one calendar.

    `weekdays` are ISO numbers (1 Monday … 7 Sunday); `holidays` and `closures` name the days taken off them;
    `published_until` is the last day whose holidays are published, None for a calendar without holidays.
    """

    def __init__(
        self,
        weekdays: Collection[int],
        holidays: Mapping[date, str],
        closures: Mapping[date, str],
        published_until: date | None,
    ) -> None:
        self._weekdays = frozenset(weekdays)
        self._holidays = holidays
        self._closures = closures
        self.published_until = published_until
        self._ordinals, self._days = _working_days(self._weekdays, frozenset((*holidays, *closures)))

    def add(self, start: date, n: int) -> date:
        """The `n`th working day after `start` (before it when `n` is negative).

        The start is day 0 whatever day it is: Friday + 1 and Saturday + 1 are both Monday; Monday - 1 and Sunday - 1
        are both Friday. With `n` 0: `start` itself when it works, else the next working day.
        Raises BeyondCalendar outside the known years. Source: reading 2 of the adopted readings.
        """
        if n > 0:
            index = bisect_right(self._ordinals, start.toordinal())
            if index or start >= _FIRST:
                try:
                    return self._days[index + n - 1]
                except IndexError:
                    raise BeyondCalendar from None
            raise BeyondCalendar
        index = bisect_left(self._ordinals, start.toordinal()) + n
        if not _FIRST <= start <= _LAST or not 0 <= index < len(self._days):
            raise BeyondCalendar
        return self._days[index]

    def reach(self, start: date, n: int) -> date:
        """The same as `add`, and outside the known years too: there only weekends and closures are taken off.

        No deadline may be missing because somebody typed a wrong year; such a day is `provisional`.
        """
        try:
            return self.add(start, n)
        except BeyondCalendar:
            day, step, left = start, timedelta(days=1 if n > 0 else -1), abs(n)
            while left:
                day += step
                left -= self.is_working(day)
            return day

    def is_working(self, day: date) -> bool:
        """Whether `day` counts."""
        return self.why_not(day) is None

    def why_not(self, day: date) -> str | None:
        """Why `day` does not count ("Saturday", "Good Friday", "closure: staff day"); None when it does."""
        if day.isoweekday() not in self._weekdays:
            return _WEEKDAYS[day.weekday()]
        if day in self._holidays:
            return self._holidays[day]
        return f"closure: {self._closures[day]}" if day in self._closures else None

    def skipped(self, start: date, end: date) -> list[Skipped]:
        """Every day that did not count strictly after `start` up to and with `end`, in the order counted.

        Backwards when `end` is before `start`.
        """
        step = timedelta(days=1 if end >= start else -1)
        days = (start + step * passed for passed in range(1, abs((end - start).days) + 1))
        return [Skipped(day, why) for day in days if (why := self.why_not(day)) is not None]

    def provisional(self, day: date) -> bool:
        """Whether `day` lies where not every holiday is published: one still to be announced could move it."""
        return self.published_until is not None and not _FIRST <= day <= self.published_until


def build_calendars(
    names: Mapping[str, CalendarName],
    bank_holidays: Mapping[date, str],
    closures: Mapping[date, str],
    published_until: date,
) -> dict[str, WorkingCalendar]:
    """One calendar for each name of the vocabulary, from England's bank holidays and the service's own closure days."""
    return {
        name: WorkingCalendar(
            entry.weekdays,
            bank_holidays if entry.holidays == "england" else {},
            closures if entry.closures else {},
            published_until if entry.holidays == "england" else None,
        )
        for name, entry in names.items()
    }
