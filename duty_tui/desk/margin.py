"""How long lies between a due and what happened, as people who count by it say it."""

from __future__ import annotations

from datetime import datetime, timedelta

from duty_tui.domain.period import day_of_due
from duty_tui.domain.times import london_date
from duty_tui.rules.calendar import WorkingCalendar
from duty_tui.rules.words import wait_words

#: Below this a margin is told in hours, whatever the limit is counted in.
_IN_HOURS = timedelta(hours=48)


def margin_words(due: datetime, at: datetime, calendar: WorkingCalendar | None) -> str:
    """How far `at` lies from a due, before or after: `5 hours`, `3 working days`, `4 days`.

    `calendar` is the one the limit counts working days on; None for a limit in anything else, which is told in days.
    """
    apart = abs(at - due)
    if calendar is not None and apart >= _IN_HOURS and (days := _working_days(calendar, due, at)):
        return f"{days} working day{'s' if days > 1 else ''}"
    return wait_words(apart)


def _working_days(calendar: WorkingCalendar, due: datetime, at: datetime) -> int:
    """Working days after the earlier of the two days, up to the later one."""
    begin, end = sorted((day_of_due(due), london_date(at)))
    return sum(calendar.is_working(begin + timedelta(days=day)) for day in range(1, (end - begin).days + 1))
