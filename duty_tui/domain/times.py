"""Instants are UTC; days are London days. These are the only conversions between the two."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def london(instant: datetime) -> datetime:
    """The same instant as the clock on a London wall shows it."""
    return instant.astimezone(LONDON)


@lru_cache(maxsize=4096)  # the clocks of a concern ask it of the same few moments
def london_date(instant: datetime) -> date:
    """The London calendar day an instant falls on."""
    return instant.astimezone(LONDON).date()


@lru_cache(maxsize=4096)
def start_of_day(day: date) -> datetime:
    """London midnight at which `day` begins, as a UTC instant."""
    return datetime.combine(day, time(), LONDON).astimezone(UTC)


def end_of_day(day: date) -> datetime:
    """The London midnight that ends `day`, as a UTC instant; a limit 'by the end of the day' is due then."""
    return start_of_day(day + timedelta(days=1))


def iso_utc(instant: datetime) -> str:
    """ISO 8601 in UTC with a trailing Z, to the second, as stored and printed for machines."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def day_words(day: date) -> str:
    """A day as people say it: `Fri 20 Nov 2026`."""
    return f"{day:%a} {day.day} {day:%b %Y}"


def moment_words(instant: datetime) -> str:
    """A London moment in full: `Fri 20 Nov 2026 18:00`."""
    local = instant.astimezone(LONDON)
    return f"{day_words(local.date())} {local:%H:%M}"


def due_words(due: datetime) -> str:
    """`end of Fri 20 Nov 2026` for the midnight that ends a day, else `Sat 21 Nov 2026 18:00`."""
    local = due.astimezone(LONDON)
    return f"end of {day_words(local.date() - timedelta(days=1))}" if local.time() == time() else moment_words(due)
