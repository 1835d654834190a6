"""Times as people type them: `17:00`, `+2h`, `tomorrow 10`, `20/11 14:30`, `yesterday 9pm`; read back in full.

What is typed is London time. An hour the clocks skip is refused, an hour they repeat is asked about; hours counted from
now (`+2h`) are counted in UTC and are neither.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from duty_tui.domain.times import LONDON, day_words, london, moment_words, start_of_day
from duty_tui.domain.typed_date import NotADay, find_day, tidy

_YEARS_AROUND = 20  # farther from now, a year was mistyped
_EARLY_HOURS = range(1, 8)  # "tomorrow 5" is as likely the afternoon

_ISO = re.compile(r"((?:19|20|21)\d\d-\d\d-\d\d)[t ](\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(z|[+-]\d\d:?\d\d)?", re.ASCII)
_CLOCK = r"(?:(?P<name>noon|midnight)|(?P<hour>\d{1,2})(?:[:.]?(?P<minute>\d\d))? ?(?P<half>am|pm)?)"
_FORMS = tuple(
    re.compile(form, re.ASCII)
    for form in (rf"(?P<day>){_CLOCK}", rf"(?P<day>.+?) (?:at )?{_CLOCK}", rf"{_CLOCK} (?:on )?(?P<day>.+)")
)
_SPAN = r"(?:(?P<w>\d{1,3})w)? ?(?:(?P<d>\d{1,4})d)? ?(?:(?P<h>\d{1,4})h)? ?(?:(?P<m>\d{1,4})m(?:ins?)?)?"
_RELATIVE = re.compile(rf"(?P<sign>[+-]|in ) ?{_SPAN}|{_SPAN.replace('?P<', '?P<ago_')}(?P<ago> ago)", re.ASCII)
_WEEKDAY = re.compile(r"(?:(last|next) )?((?:mon|tues?|wed(?:s|nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?)")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_ZONE = re.compile(r"(.+?) ?\b(bst|gmt)")
_DAYS = {"today": 0, "tomorrow": 1, "yesterday": -1}
_ENDING = time.max  # stands for 24:00, the midnight that ends a day
_HELP = "That cannot be read as a time. Write it as 17:00, +2h, tomorrow 10:00 or 20/11 14:30."


@dataclass(frozen=True, slots=True)
class Reading:
    """What a typed time was taken for.

    `instants` are UTC: one; or two with their `labels` and a problem, when the clock showed that time twice; or none,
    with a problem. With precision "day" the instant is the London midnight the day begins with. `text` reads it back.
    """

    instants: tuple[datetime, ...] = ()
    text: str = ""
    precision: Literal["minute", "day"] = "minute"
    problem: str | None = None
    labels: tuple[str, ...] = ()

    @property
    def instant(self) -> datetime | None:
        """The one instant meant, or None while that is not clear."""
        return self.instants[0] if len(self.instants) == 1 else None


class NotATime(ValueError):
    """The words look like a time but name none; the message says why, in words for whoever typed them."""


def read_time(text: str, *, now: datetime) -> Reading:
    """What `text` means at `now` (aware, UTC). Never raises: what cannot be read comes back as a problem in words."""
    words = tidy(text)
    if not words:
        return Reading(problem="Nothing is written here.")
    try:
        reading = _read(words, now)
    except (NotATime, NotADay) as wrong:
        return Reading(problem=str(wrong))
    if any(abs(instant - now) > timedelta(days=366 * _YEARS_AROUND) for instant in reading.instants):
        return Reading(problem=f"{reading.text} is more than {_YEARS_AROUND} years away. Look at the year.")
    return reading


def _read(words: str, now: datetime) -> Reading:
    today = london(now).date()
    if words == "now":
        return _at(now.replace(second=0, microsecond=0))
    if match := _RELATIVE.fullmatch(words):
        return _relative(match, now)
    if match := _ISO.fullmatch(words):
        return _iso(match)
    zone = None
    if match := _ZONE.fullmatch(words):
        words, zone = match.groups()
    day = _day(words, today)
    if day is not None:
        return Reading((start_of_day(day),), day_words(day), "day")
    for form in _FORMS:
        match = form.fullmatch(words)
        found = match and (_day(match["day"], today) if match["day"] else today)
        if match and found:
            return _on(found, _time(match), zone)
    raise NotATime(_HELP)


def _at(instant: datetime) -> Reading:
    """One instant, read back; with the name of the time where the clock shows it twice."""
    text = moment_words(instant)
    local = london(instant)
    if local.utcoffset() != local.replace(fold=1 - local.fold).utcoffset():
        text += f" {local.tzname()}"
    return Reading((instant,), text)


def _on(day: date, clock: time, zone: str | None) -> Reading:
    """What a London clock showing `clock` on `day` means: once, twice or never."""
    if clock is _ENDING:
        day, clock = day + timedelta(days=1), time()
    both = [datetime.combine(day, clock, LONDON).replace(fold=fold).astimezone(UTC) for fold in (0, 1)]
    shown = f"{clock:%H:%M}"
    if london(both[0]).time() != clock:
        raise NotATime(f"{shown} does not exist on {day_words(day)}: the clocks go forward over it.")
    meant = [instant for instant in both if zone in (None, (london(instant).tzname() or "").casefold())]
    if not meant:
        raise NotATime(f"{shown} on {day_words(day)} is not {(zone or '').upper()}. Leave that out.")
    if both[0] == both[1] or len(meant) == 1:
        return _at(meant[0])
    labels = ("first (summer time)", "second (winter time)")
    problem = f"{shown} comes twice on {day_words(day)}, for the clocks go back. Which one?"
    return Reading(tuple(meant), f"{day_words(day)} {shown}", problem=problem, labels=labels)


def _relative(match: re.Match[str], now: datetime) -> Reading:
    """So much from now or ago: hours and minutes in UTC, days and weeks on the London calendar."""
    ago = "ago_" if match["ago"] else ""
    weeks, days, hours, minutes = (match[ago + unit] for unit in "wdhm")
    if not any((weeks, days, hours, minutes)):
        raise NotATime(_HELP)
    sign = -1 if ago or match["sign"] == "-" else 1
    start = now.replace(second=0, microsecond=0)
    elapsed = sign * timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
    calendar = sign * timedelta(days=int(days or 0) + 7 * int(weeks or 0))
    if not calendar:
        return _at(start + elapsed)
    local = london(start)
    reading = _on(local.date() + calendar, local.time(), None)
    if not elapsed or len(reading.instants) != 1:
        return reading
    return _at(reading.instants[0] + elapsed)


def _iso(match: re.Match[str]) -> Reading:
    day, clock, offset = match.groups()
    try:
        moment = datetime.fromisoformat(f"{day}T{clock}{(offset or '').upper()}")
    except ValueError:
        raise NotATime(f"There is no {day} {clock}.") from None
    if moment.tzinfo is None:
        return _on(moment.date(), moment.time(), None)
    return _at(moment.astimezone(UTC))


def _day(words: str, today: date) -> date | None:
    """The day `words` name, from `today`; None when they are no day."""
    if words in _DAYS:
        return today + timedelta(days=_DAYS[words])
    match = _WEEKDAY.fullmatch(words)
    if match is None:
        return find_day(words, today=today, ahead=True)
    which, name = match.groups()
    ahead = (_WEEKDAYS.index(name[:3]) - today.weekday() - 1) % 7 + 1
    if which is None:
        short = name[:3].capitalize()
        raise NotATime(f"Which {short}? Write last {short}, next {short} or the date.")
    return today + timedelta(days=ahead if which == "next" else ahead - 7 if ahead < 7 else -7)  # noqa: PLR2004 (a week)


def _time(match: re.Match[str]) -> time:
    """The time of day found; a bare hour is one only beside a day, and where half the day is not in doubt."""
    if match["name"] == "noon":
        return time(12)
    if match["name"] == "midnight":
        raise NotATime("Midnight begins a day and ends one. Write 00:00 or 24:00.")
    hour, minute, half = int(match["hour"]), int(match["minute"] or 0), match["half"]
    if match["minute"] is None and half is None:
        if hour in _EARLY_HOURS:
            raise NotATime(f"{hour} in the morning or the afternoon? Write {hour}am or {hour}pm.")
        if not match["day"]:
            raise NotATime(f"If that is an hour, write {hour}:00.")
    if half:
        if not 1 <= hour <= 12:  # noqa: PLR2004 (hours on a clock face)
            raise NotATime(f"There is no {hour}{half}.")
        hour = hour % 12 + (12 if half == "pm" else 0)
    if (hour, minute) == (24, 0):
        return _ENDING
    if hour > 23 or minute > 59:  # noqa: PLR2004 (the last hour and the last minute)
        raise NotATime(f"There is no {hour}:{minute:02d}.")
    return time(hour, minute)
