"""Whether a limit is what the cited words say: the number and the unit must stand there, in digits or in words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from duty_tui.rules.limits import Limit

_WORDS = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
nineteen
"""
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_NUMBERS = {word: number for number, word in enumerate(_WORDS.split())}
_NUMBERS |= {
    f"{ten}-{unit}" if value else ten: 20 + 10 * place + value
    for place, ten in enumerate(_TENS.split())
    for value, unit in enumerate(_WORDS.split()[:10])
}
_NUMBERS |= {"a": 1, "an": 1, "single": 1}

#: What each unit may be called, and the kind of limit it is.
_KINDS = {
    "hour": "hours", "hr": "hours",
    "working day": "working_days", "business day": "working_days", "work day": "working_days",
    "day": "calendar_days", "calendar day": "calendar_days",
    "week": "weeks", "calendar week": "weeks",
    "month": "months", "calendar month": "months",
}  # fmt: skip

_QUANTITY = re.compile(
    r"\b(?P<number>\d+|[a-z]+(?:-[a-z]+)?)(?:\s+|-)?(?:clock\s+|elapsed\s+|consecutive\s+)?"
    r"(?P<unit>(?:working|business|work|calendar)[\s-]+(?:day|week|month)|hour|hr|day|week|month)s?\b"
)
_SAME_DAY = re.compile(r"\bsame[\s-]+(?:calendar[\s-]+)?day\b|\bon the day\b|\bthat day\b")

#: How a pack says that a document gives a duty and no time at all.
NO_TIME_STATED = "no time stated"


def quantities(words: str) -> Iterator[tuple[int | None, str]]:
    """Every limit the words state, as number and kind: `(3, "working_days")`, `(None, "same_day")`."""
    plain = re.sub(r"[*_\u2018\u2019'\"]", "", words.casefold()).replace("\u2011", "-").replace("\u2013", "-")
    if _SAME_DAY.search(plain):
        yield None, "same_day"
    if re.search(r"\bfortnight\b", plain):
        yield 2, "weeks"
    for found in _QUANTITY.finditer(plain):
        written = found["number"]
        number = int(written) if written.isdigit() else _NUMBERS.get(written)
        if number is not None:
            yield number, _KINDS[re.sub(r"[\s-]+", " ", found["unit"])]


def disagreement(limit: Limit, words: str) -> str | None:
    """Why the limit is not what the words say; None when it is, or when the record itself is to hold the date."""
    if limit.kind == "date_in_record":
        return None
    if limit.promptly is not None:
        return _phrase_missing(limit.promptly, words)
    stated = set(quantities(words))
    if (limit.number, limit.kind) in stated:
        return None
    ours = said(limit.number, limit.kind)
    if not stated:
        return f'the limit is {ours}, but the cited words "{words}" hold no number and unit; cite the words that say it'
    return f"the limit is {ours}, but the cited words say {' and '.join(said(*one) for one in sorted(stated, key=str))}"


def _phrase_missing(phrase: str, words: str) -> str | None:
    if phrase == NO_TIME_STATED or phrase.casefold() in words.casefold():
        return None
    return (
        f'"{phrase}" does not stand in the cited words "{words}"; '
        f'use the document\'s own word, or promptly = "{NO_TIME_STATED}"'
    )


def said(number: int | None, kind: str) -> str:
    """A limit in words: `3 working days`, `24 hours`, `the same day`."""
    if number is None:
        return {"same_day": "the same day", "date_in_record": "the date in the record"}[kind]
    unit = kind.replace("_", " ")
    return f"{number} {unit if number != 1 else unit.removesuffix('s')}"


_MODALS = {
    "must": ("must",),
    "will": ("must", "should"),
    "should": ("should", "target"),
    "may": ("may", "prefer"),
    "could": ("may", "prefer"),
    "can": ("may", "prefer"),
}


def strength_doubt(strength: str, words: str) -> str | None:
    """A doubt, not an error: the cited words hold one of must, will, should, may, and the strength is another."""
    found = [modal for modal in _MODALS if re.search(rf"\b{modal}\b", words.casefold())]
    if len(found) != 1 or strength in _MODALS[found[0]]:
        return None
    return f'the strength is "{strength}", but the cited words say "{found[0]}"; is that meant?'
