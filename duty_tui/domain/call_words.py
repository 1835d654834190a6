"""The words of a typed line that name a child, a person or a time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from duty_tui.domain.call_setting import Named, Setting
from duty_tui.domain.text import fold
from duty_tui.domain.times import due_words, end_of_day, london, london_date
from duty_tui.domain.typed_time import Reading, read_time

#: Names that are ordinary words too: taken for a name only where they are written with a capital.
_ORDINARY = frozenset(
    word
    for line in (
        "will may hope grace mark bill rose june april august summer sky star joy faith dawn art rob sue pat jack",
        "rich frank drew chase dean grant wade reed miles penny ruby pearl ivy holly heather lily olive iris robin",
        "jay wren angel blue royal prince noble king duke earl christian sunny storm rain river brook ray max ace",
        "harmony honor case cash don gene guy harry jimmy josh lane major precious princess teddy tommy win young",
    )
    for word in line.split()
)
_JOINS = frozenset({"and", "&", "+", ","})
_BEFORE_A_TIME = frozenset({"by", "due", "before", "at", "on", "until", "till", "for"})
_TIME_WORDS = 6


class Taken(NamedTuple):
    """Children found at the beginning of the words: their numbers, and how many words named them."""

    children: tuple[int, ...] = ()
    words: int = 0
    #: Why a name was not taken, in words.
    problem: str = ""


class Due(NamedTuple):
    """A time found at the end of the words: the instant, how many words said it, what is wrong with it."""

    at: datetime | None = None
    words: int = 0
    doubt: str = ""


def bare(word: str) -> str:
    """A word for comparing: without case, accents and the punctuation around it."""
    return _bare(word.strip(".,;:!?()"))


@lru_cache(maxsize=2048)
def _bare(word: str) -> str:
    return fold(word)


def take_children(words: Sequence[str], setting: Setting) -> Taken:
    """The children named one after the other at the beginning: by first name, full name, number, or `all`.

    A bare number is a child only where there is more than one, and never the number of a child that is not there.
    """
    found: dict[int, None] = {}
    at = used = 0
    while at < len(words):
        step = _one_child(words[at:], setting)
        if step.problem:
            return Taken(tuple(found), used, step.problem)
        if step.words:
            found.update(dict.fromkeys(step.children))
            at += step.words
            used = at
        elif (bare(words[at]) == "for") if not found else (words[at].casefold() in _JOINS):
            at += 1
        else:
            break
        if used and words[used - 1].endswith(":"):
            break
    return Taken(tuple(sorted(found)), used)


def _one_child(words: Sequence[str], setting: Setting) -> Taken:
    word = bare(words[0])
    if word == "all" or (word == "both" and len(setting.included) == 2):  # noqa: PLR2004 (both are two)
        return Taken(setting.included, 1)
    if word == "child" and len(words) > 1 and bare(words[1]).isdecimal():
        known = _numbered(bare(words[1]), setting)
        return Taken((known,), 2) if known else Taken()
    if word.isdecimal():
        known = _numbered(word, setting)
        return Taken((known,), 1) if known and len(setting.children) > 1 else Taken()
    if "," in words[0].strip(",") and len(words[0]) < 100:  # noqa: PLR2004 (`amara,kofi`)
        return _joined_by_commas(words[0], setting)
    return _by_name(words, setting)


def _joined_by_commas(word: str, setting: Setting) -> Taken:
    parts = [_by_name([part], setting).children for part in word.split(",") if part]
    return Taken(tuple(child for part in parts for child in part), 1) if all(parts) else Taken()


def _numbered(word: str, setting: Setting) -> int | None:
    return next((child.number for child in setting.children if str(child.number) == word), None)


def _by_name(words: Sequence[str], setting: Setting) -> Taken:
    alike = [child for child in setting.children if _is_first_name(words[0], child)]
    if not alike:
        return Taken()
    for child in alike:
        full = [bare(part) for part in child.name.replace(",", " ").split()]
        shown = sorted(full, key=lambda part: part != bare(child.first))
        if len(full) > 1 and [bare(word) for word in words[: len(full)]] in (full, shown):
            return Taken((child.number,), len(full))
    if len(alike) > 1:
        numbers = " or ".join(str(child.number) for child in alike)
        return Taken(problem=f"{len(alike)} children are called {alike[0].first}: write the number {numbers}")
    return Taken((alike[0].number,), 1)


def _is_first_name(word: str, child: Named) -> bool:
    said = bare(word)
    if not child.name or said != bare(child.first):
        return False
    return said not in _ORDINARY or word[:1].isupper()


def children_mentioned(words: Sequence[str], setting: Setting) -> tuple[int, ...]:
    """The children spoken of anywhere in the words, by name or as `child 2`; `Kofi's` counts."""
    found: set[int] = set()
    for at, word in enumerate(words):
        plain = word.strip(".,;:!?()")
        for ending in ("'s", "’s", "'", "’"):
            plain = plain.removesuffix(ending)
        found.update(child.number for child in setting.children if plain and _is_first_name(plain, child))
        if bare(word) == "child" and at + 1 < len(words) and (known := _numbered(bare(words[at + 1]), setting)):
            found.add(known)
    return tuple(sorted(found & set(setting.included)))


def take_due(words: Sequence[str], now: datetime) -> Due:
    """The time the words end in, as people say one: `today 17:00`, `by tomorrow 10am`, `within 2h`, `Friday noon`.

    A day alone means the end of that day. The longest ending that reads as a time is taken.
    """
    for many in range(min(_TIME_WORDS, len(words)), 0, -1):
        ending = list(words[-many:])
        reading = _read(ending, now)
        if reading.instant is not None:
            return _due(reading, many, now)
        problem = reading.problem or ""
        if reading.instants or problem.startswith("Which "):
            return Due(doubt=problem)
    return Due()


def _due(reading: Reading, many: int, now: datetime) -> Due:
    instant = reading.instants[0]
    at = end_of_day(london_date(instant)) if reading.precision == "day" else instant
    return Due(at, many, "that is past" if at < now - timedelta(minutes=1) else "")


def _read(ending: list[str], now: datetime) -> Reading:
    first = bare(ending[0])
    said = ending
    if first == "within":
        said = ["in", *ending[1:]]
    elif first in _BEFORE_A_TIME:
        said = ending[1:]
    if not said or sum(map(len, said)) > 40:  # noqa: PLR2004 (no time is that long)
        return Reading(problem="")
    prompted = said is not ending
    text = " ".join(said).rstrip(".,;")
    if not prompted and not _like_a_time(said):
        return Reading(problem="")
    reading = read_time(text, now=now)
    if reading.instants or not (reading.problem or "").startswith("Which "):
        return reading
    today = bare(f"{london(now):%a}")
    return reading if bare(said[0])[:3] == today else read_time("next " + text, now=now)


def _like_a_time(said: Sequence[str]) -> bool:
    """Whether the words may be meant for a time without a `by` before them: a number alone may not."""
    first, last = said[0], said[-1].rstrip(".,;")
    if not any(letter in ":./+" or letter.isalpha() for letter in "".join(said)):
        return False
    return first[:1].isalnum() or first[:1] in "+-" if last else False


def due_said(due: datetime | None) -> str:
    """`due Fri 20 Nov 2026 17:00`, or that no time is set."""
    return f"due {due_words(due)}" if due else "no time yet"
