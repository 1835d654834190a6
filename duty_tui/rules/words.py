"""Dues, limits and waits as people say them. London times; nothing here decides anything."""

from __future__ import annotations

from datetime import datetime, timedelta

from duty_tui.domain.times import due_words
from duty_tui.rules.deadline import Deadline
from duty_tui.rules.limits import Limit
from duty_tui.rules.order import limit_of
from duty_tui.rules.quantities import NO_TIME_STATED, said
from duty_tui.rules.vocabulary import Vocabulary

__all__ = ["due_text", "due_words", "limit_words", "wait_words"]

_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
#: Below this many days a wait is told in hours, which is how people think of it.
_DAYS_TOLD_IN_HOURS = 2


def due_text(deadline: Deadline, at: datetime) -> str:
    """When a deadline is due, in words; for one without a number how long it has waited at `at`."""
    if deadline.start is None:
        return "not begun"
    if deadline.due is not None:
        return due_words(deadline.due)
    limit = limit_of(deadline)
    if limit.date_in_record is not None:
        return "on the date in the record, which is not written yet"
    phrase = limit.promptly or NO_TIME_STATED
    stated = phrase if phrase == NO_TIME_STATED else f"{phrase} — {NO_TIME_STATED}"
    until = deadline.met_at or at
    if deadline.start > until:
        return f"{stated}; from {due_words(deadline.start)} if that passes unmet"
    return f"{stated}; {wait_words(until - deadline.start)}{'' if deadline.met_at else ' so far'}"


def wait_words(wait: timedelta) -> str:
    """`42 min`, `5 hours`, `3 days`."""
    days, hours, minutes = wait // _DAY, wait // _HOUR, wait // _MINUTE
    if days >= _DAYS_TOLD_IN_HOURS:
        return f"{days} days"
    if hours:
        return f"{hours} hour{'s' if hours > 1 else ''}"
    return f"{minutes} min"


def limit_words(limit: Limit, vocabulary: Vocabulary, *, backward: bool = False) -> str:
    """`3 working days`, `the same day`, `2 working days before, by noon`; the document's phrase without a number."""
    if limit.promptly is not None:
        return limit.promptly
    words = said(limit.number, limit.kind) + (" before" if backward else "")
    return f"{words}, by {vocabulary.time_of_day[limit.by].label}" if limit.by else words
