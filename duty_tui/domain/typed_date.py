"""Days as people type them: `3/4/2019`, `2019-04-03`, `3 apr 2019`; day first, always, and read back in full."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from duty_tui.domain.text import strip_controls
from duty_tui.domain.times import day_words

OLDEST_YEARS = 120  # nobody in a record was born earlier
_EARLIEST, _LATEST = 1900, 2199
_NAMES = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
          "december")  # fmt: skip
_MONTH = r"(?P<name>[a-z]+)"
_DAY = r"(?P<day>\d{1,2})"
_YEAR = r"(?P<year>\d{4}|\d{2})"
_FORMS = tuple(
    re.compile(form, re.ASCII)
    for form in (
        r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})",
        rf"{_DAY}([/.-])(?P<month>\d{{1,2}})\2{_YEAR}",
        rf"{_DAY}/(?P<month>\d{{1,2}})",
        rf"{_DAY}(?:st|nd|rd|th)?[ -]?{_MONTH}(?:[ -]?{_YEAR})?",
        rf"{_MONTH} {_DAY}(?:st|nd|rd|th)?(?: {_YEAR})?",
    )
)
_AGE = re.compile(
    r"(about|around|approx\w*|circa|c|~|aged?)?\.? ?\d{1,3} ?(y|yrs?|years?|m|mo|months?|w|weeks?)?( old)?"
)


@dataclass(frozen=True, slots=True)
class DateReading:
    """What a typed day was taken for: `day`, `text` to read it back, or `problem` in words; `day` is None with one."""

    day: date | None = None
    text: str = ""
    problem: str | None = None


class NotADay(ValueError):
    """The words look like a day but name none; the message says why, in words for whoever typed them."""


def tidy(text: str) -> str:
    """`text` as the readers here want it: small letters, single spaces, no commas."""
    return " ".join(strip_controls(text).casefold().replace(",", " ").split())


def find_day(words: str, *, today: date, ahead: bool, need_year: bool = False) -> date | None:
    """The day `words` (as `tidy` makes them) name; None when they are no day at all.

    Without a year, the year that brings it nearest to `today`, unless it is needed. Of two digits, the century that is
    not in the future or, where days `ahead` are expected, this one. Raises NotADay for 31 February and its like.
    """
    match = next((found for form in _FORMS if (found := form.fullmatch(words))), None)
    if match is None:
        return None
    parts = match.groupdict()
    month = _month(parts)
    if month is None:
        return None
    if not 1 <= month <= len(_NAMES):
        raise NotADay(f"There is no month {month}. The day comes first, then the month.")
    day = int(parts["day"])
    year = parts.get("year")
    if year is not None:
        return _day(day, month, _year(year, today, ahead=ahead))
    if need_year:
        raise NotADay("The year is missing.")
    return _nearest(day, month, today)


def read_date(text: str, *, today: date, future: bool = False) -> DateReading:
    """The day of birth somebody typed; with `future`, a day still to come is right (an unborn child's due day).

    Nothing is invented: an age is no date, a day without its year is none either. `today` is the London day.
    """
    words = tidy(text)
    if not words:
        return DateReading(problem="Nothing is written here.")
    try:
        day = find_day(words, today=today, ahead=future, need_year=True)
    except NotADay as wrong:
        return DateReading(problem=str(wrong))
    if day is None:
        if _AGE.fullmatch(words):
            return DateReading(
                problem="That is an age, not a date. Leave the date empty and write the age as it was said."
            )
        return DateReading(problem="That cannot be read as a date. Write it as 3/4/2019 or 3 Apr 2019.")
    if day > today and not future:
        return DateReading(problem=f"{day_words(day)} is still to come.")
    if day.year < today.year - OLDEST_YEARS:
        return DateReading(problem=f"{day_words(day)} is more than {OLDEST_YEARS} years ago.")
    return DateReading(day, day_words(day))


def _month(parts: dict[str, str | None]) -> int | None:
    """The month's number, by name or number; None when the word is no month."""
    number, name = parts.get("month"), parts.get("name")
    if number is not None:
        return int(number)
    if name == "sept":
        return 9
    return next((at for at, full in enumerate(_NAMES, 1) if name in (full, full[:3])), None)


def _year(written: str, today: date, *, ahead: bool) -> int:
    if len(written) == 4:  # noqa: PLR2004 (all four digits are there)
        return int(written)
    this_century = today.year - today.year % 100 + int(written)
    return this_century if ahead or this_century <= today.year else this_century - 100


def _day(day: int, month: int, year: int) -> date:
    if not _EARLIEST <= year <= _LATEST:
        raise NotADay(f"The year {year} cannot be right.")
    try:
        return date(year, month, day)
    except ValueError:
        raise NotADay(f"There is no {day} {_NAMES[month - 1].capitalize()} {year}.") from None


def _nearest(day: int, month: int, today: date) -> date:
    """The day of that name nearest to `today`."""
    near: list[date] = []
    for year in (today.year - 1, today.year, today.year + 1):
        try:
            near.append(date(year, month, day))
        except ValueError:
            continue
    if not near:
        raise NotADay(f"There is no {day} {_NAMES[month - 1].capitalize()} about now. Write the year too.")
    return min(near, key=lambda one: abs(one - today))
