"""When the service next works: those who are on until then have to see to what falls due before."""

from __future__ import annotations

from datetime import UTC, datetime, time

from duty_tui.domain.times import LONDON, london
from duty_tui.rules.calendar import WorkingCalendar


def next_morning(calendar: WorkingCalendar, opens: time, at: datetime) -> datetime:
    """The first moment after the UTC instant `at` at which a working day begins; `opens` is London time."""
    here = london(at)
    today = here.date()
    if calendar.is_working(today) and here.time() < opens:
        return _at(datetime.combine(today, opens))
    return _at(datetime.combine(calendar.reach(today, 1), opens))


def _at(wall: datetime) -> datetime:
    return wall.replace(tzinfo=LONDON).astimezone(UTC)
