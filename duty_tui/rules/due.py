"""From a limit and a start to the due instant."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from duty_tui.domain.times import LONDON, end_of_day, london_date
from duty_tui.rules.calendar import WorkingCalendar
from duty_tui.rules.limits import Limit
from duty_tui.rules.vocabulary import TimeOfDay


class Due(NamedTuple):
    """When something is due, None where the document gives no number; and whether holidays to come could move it."""

    at: datetime | None
    provisional: bool = False


#: From the start, and whether it is the moment another clock was missed, to the due.
DueOf = Callable[[datetime, bool], Due]
#: From the London day of the start to the London day of the due.
_DayOf = Callable[[date], date]

_NONE = Due(None)
_MOMENT = timedelta(microseconds=1)


def compile_limit(
    limit: Limit, calendar: WorkingCalendar, times_of_day: Mapping[str, TimeOfDay], *, backward: bool = False
) -> DueOf:
    """The due for any start: hours in elapsed time, days as London days, due at the end of the day or `by` its time.

    `backward` counts that long before the start. `promptly` and `date_in_record` have no due of their own. After a miss
    at the end of a day, that day is day 0: the silent text gets the earlier answer.
    """
    sign = -1 if backward else 1
    if limit.hours is not None:
        elapsed = timedelta(hours=sign * limit.hours)
        return lambda start, _missed: Due(start + elapsed)
    if limit.promptly is not None or limit.date_in_record is not None:
        return lambda _start, _missed: _NONE
    if limit.same_day is not None:
        return _same_day(_moment_of(limit, times_of_day))
    if limit.working_days is not None:
        return _in_working_days(sign * limit.working_days, calendar, _moment_of(limit, times_of_day))
    return _in_days(_days(limit, sign), _moment_of(limit, times_of_day))


def day_zero(start: datetime, *, missed: bool) -> date:
    """The London day a count of days begins with; for a miss the day that ended with it."""
    return london_date(start - _MOMENT if missed else start)


def _in_working_days(n: int, calendar: WorkingCalendar, moment: Callable[[date], datetime]) -> DueOf:
    # Concerns arrive on few different days: each day is counted once.
    counted: dict[date, Due] = {}

    def due(start: datetime, missed: bool) -> Due:
        day = london_date(start - _MOMENT if missed else start)
        found = counted.get(day)
        if found is None:
            end = calendar.reach(day, n)
            found = counted[day] = Due(moment(end), calendar.provisional(max(day, end)))
        return found

    return due


def _same_day(moment: Callable[[date], datetime]) -> DueOf:
    counted: dict[date, Due] = {}

    def due(start: datetime, _missed: bool) -> Due:
        day = london_date(start)
        found = counted.get(day)
        if found is None:
            found = counted[day] = Due(moment(day))
        return found

    return due


def _in_days(day_of: _DayOf, moment: Callable[[date], datetime]) -> DueOf:
    counted: dict[date, Due] = {}

    def due(start: datetime, missed: bool) -> Due:
        day = london_date(start - _MOMENT if missed else start)
        found = counted.get(day)
        if found is None:
            found = counted[day] = Due(moment(day_of(day)))
        return found

    return due


def _moment_of(limit: Limit, times_of_day: Mapping[str, TimeOfDay]) -> Callable[[date], datetime]:
    """The instant of a day at which the limit ends."""
    if limit.by is None:
        return end_of_day
    at = time.fromisoformat(times_of_day[limit.by].at)
    return lambda day: datetime.combine(day, at, LONDON).astimezone(UTC)


def _days(limit: Limit, sign: int) -> _DayOf:
    if limit.months is not None:
        months = sign * limit.months
        return lambda day: add_months(day, months)
    days = timedelta(days=sign * ((limit.calendar_days or 0) + 7 * (limit.weeks or 0)))
    return lambda day: day + days


def add_months(day: date, months: int) -> date:
    """The corresponding date so many months on (or back), clipped to the month's last day: the earlier answer."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
