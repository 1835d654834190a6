"""What one cell of a table says: a day, a time, an answer. Anything that could be read in two ways is not guessed at.

Days are written year first (ISO 8601) or, as in Britain, day first. Times are London's unless they carry an offset; an
hour that the change of clocks skips or repeats is asked about, since a limit of hours would start an hour wrong.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from typing import NamedTuple

from duty_tui.domain.concern import Precision
from duty_tui.domain.times import LONDON, start_of_day
from duty_tui.exchange.referrals import Unreadable

_DAY = r"(?:(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})|(?P<d2>\d{1,2})[/.-](?P<m2>\d{1,2})[/.-](?P<y2>\d{4}))"
_TIME = r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d{1,9})?)?"
_DATE = re.compile(_DAY, re.ASCII)
_CLOCK = re.compile(_TIME, re.ASCII)
_MOMENT = re.compile(rf"{_DAY}(?:(?:[T ]|,? +){_TIME} ?(?P<offset>Z|[+-]\d{{2}}:?\d{{2}})?)?", re.ASCII)
_SHORT_YEAR = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2}\b.*", re.ASCII | re.DOTALL)
_SERIAL = re.compile(r"\d{5}(\.\d+)?", re.ASCII)
_FIRST_YEAR, _LAST_YEAR, _MONTHS = 1900, 2199, 12

_HOW = "Write it like 2026-11-20 or 20/11/2026."
_HOW_LONG = "Write it like 2026-11-20 18:00 or 20/11/2026 18:00."


class Moment(NamedTuple):
    """An instant in UTC and how exactly it is known; of a day alone, its London midnight."""

    at: datetime
    precision: Precision


def read_day(text: str, column: str) -> date:
    """The day a cell names; a midnight that a spreadsheet put behind it is dropped. Raises Unreadable."""
    text = re.sub(r"[T ]00:00(:00)?$", "", text)
    match = _DATE.fullmatch(text)
    if not match:
        raise _not_a_date(text, column, _HOW)
    return _day_of(match, column)


def read_moment(text: str, column: str, clock: str = "", clock_column: str = "") -> Moment:
    """The moment a cell names, with the time from a second cell where there is one. Raises Unreadable."""
    match = _MOMENT.fullmatch(text)
    if not match:
        raise _not_a_date(text, column, _HOW_LONG)
    day = _day_of(match, column)
    if not clock:
        if match["hour"] is None:
            return Moment(start_of_day(day), "day")
        return Moment(_instant(day, _time_of(match, column), match["offset"], column), "minute")
    other = _CLOCK.fullmatch(clock)
    if not other:
        raise Unreadable(f"{clock_column} is not a time.", do="Write it like 18:00.")
    at = _time_of(other, clock_column)
    if match["hour"] is not None and _time_of(match, column) not in (at, time(0)):
        raise Unreadable(f"{column} and {clock_column} give two different times.", do="Leave the right one.")
    return Moment(_instant(day, at, match["offset"], clock_column), "minute")


def read_choice(text: str, column: str, meanings: dict[str, str]) -> str:
    """What a cell means by a closed list of words, as in `data/exchange/headers.toml`. Raises Unreadable."""
    word = " ".join(text.casefold().replace("'", "").replace("’", "").split())
    if word not in meanings:
        allowed = ", ".join(dict.fromkeys(meaning for meaning in meanings.values() if meaning))
        raise Unreadable(f"{column} is none of the answers it can have.", do=f"Write {allowed}, or leave it empty.")
    return meanings[word]


def _day_of(match: re.Match[str], column: str) -> date:
    year, month, day = (int(match[name] or match[f"{name}2"]) for name in "ymd")
    if match["d2"] and day <= _MONTHS < month:
        raise Unreadable(
            f"{column} seems to have the month first, as in America.",
            do="Write the day first or the year first, in every row: others may be wrong without showing it.",
        )
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise Unreadable(f"{column} has a year that cannot be.", do=_HOW)
    try:
        return date(year, month, day)
    except ValueError:
        raise Unreadable(f"{column} names a day that does not exist.", do=_HOW) from None


def _time_of(match: re.Match[str], column: str) -> time:
    try:
        return time(int(match["hour"]), int(match["minute"]), int(match["second"] or 0))
    except ValueError:
        raise Unreadable(
            f"{column} names a time that does not exist.", do="Write it between 00:00 and 23:59."
        ) from None


def _instant(day: date, at: time, offset: str | None, column: str) -> datetime:
    """The UTC instant of a wall clock's reading. Raises Unreadable where London's clocks skip or repeat it."""
    local = datetime.combine(day, at)
    if offset:
        try:
            return datetime.fromisoformat(f"{local.isoformat()}{offset}").astimezone(UTC)
        except ValueError:
            raise Unreadable(f"{column} has an offset that does not exist.", do="Write it like +01:00.") from None
    early, late = (local.replace(tzinfo=LONDON, fold=fold) for fold in (0, 1))
    if early.utcoffset() == late.utcoffset():
        return early.astimezone(UTC)
    exists = early.astimezone(UTC).astimezone(LONDON).replace(tzinfo=None) == local
    what = "happened twice that night" if exists else "did not happen that night"
    raise Unreadable(
        f"{column} names a time that {what}: the clocks changed.",
        do="Write it with its offset: 2026-10-25 01:30+01:00 is before the change, +00:00 after it.",
    )


def _not_a_date(text: str, column: str, how: str) -> Unreadable:
    if _SHORT_YEAR.fullmatch(text):
        return Unreadable(f"{column} has a year of two digits.", do="Write the year with four digits.")
    if _SERIAL.fullmatch(text):
        return Unreadable(f"{column} is a spreadsheet's day number.", do="Format the column as a date and save again.")
    return Unreadable(f"{column} is not a date.", do=how)
