"""How old a child is, in the few cells a list has."""

from __future__ import annotations

from datetime import date

#: A child is a person under this age (Children Act 1989, section 105).
ADULT = 18
#: Ages are told in days below a week, in weeks below three months, in months below two years.
_WEEK_DAYS, _MONTHS_FROM, _YEARS_FROM = 7, 3, 24
#: Said instead of an age before birth.
UNBORN = "unb."


def age_in_years(born: date, on: date) -> int:
    """Whole years lived; a birthday on 29 February is kept on 1 March in other years."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


_UNITS = {"y": "year", "m": "month", "w": "week", "d": "day"}


def age_in_full(born: date | None, expected: date | None, on: date) -> str:
    """The same as `age_words` for a page: `4 years`, `11 months`, `1 week`, `not born yet`; empty when not known."""
    short = age_words(born, expected, on)
    if short == UNBORN:
        return "not born yet"
    if short == "?":
        return ""
    number, unit = short[:-1], _UNITS[short[-1]]
    return f"{number} {unit}" if number == "1" else f"{number} {unit}s"


def age_words(born: date | None, expected: date | None, on: date) -> str:
    """An age in at most four cells: `4y`, `11m`, `3w`, `5d`, `unb.` for the unborn, `?` when not known.

    Months are used under two years, weeks under three months, days in the first week.
    """
    if born is None:
        return UNBORN if expected else "?"
    days = (on - born).days
    if days < 0:
        return "?"
    months = (on.year - born.year) * 12 + on.month - born.month - (on.day < born.day)
    if days < _WEEK_DAYS:
        return f"{days}d"
    if months < _MONTHS_FROM:
        return f"{days // _WEEK_DAYS}w"
    if months < _YEARS_FROM:
        return f"{months}m"
    return f"{age_in_years(born, on)}y"
