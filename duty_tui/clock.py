"""The one place where the time is read; everything below is given it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

#: Anything that answers what time it is, as an aware UTC datetime.
Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """The machine's time now, aware, in UTC."""
    return datetime.now(UTC)
