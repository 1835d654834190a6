"""Children as somebody types them on the telephone, a line each: `Amara Okafor 3/4/2022 f`, `unborn due 12/1/2027`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Literal, NamedTuple

from duty_tui.domain.ages import age_words
from duty_tui.domain.people import Child
from duty_tui.domain.times import day_words
from duty_tui.domain.typed_date import read_date

Sex = Literal["female", "male", "other", ""]

#: Details that may follow at the end of a line, each after its word and a colon.
DETAILS: Mapping[str, str] = {
    "nhs": "nhs_number",
    "upn": "upn",
    "case": "case_number",
    "school": "school",
    "note": "note",
}

_DETAIL = re.compile(rf"(?:^|\s)({'|'.join(DETAILS)})\s*:", re.IGNORECASE)
_SEXES: Mapping[str, Sex] = {
    "f": "female", "girl": "female", "female": "female", "m": "male", "boy": "male", "male": "male", "other": "other",
}  # fmt: skip
_SEX_WORDS: Mapping[Sex, str] = {"female": "girl", "male": "boy", "other": "sex: other", "": ""}
_EXPECTED = {"unborn", "due", "edd", "expected"}
_BEFORE_BIRTH = {"born", "dob", "b."}
_AGE = re.compile(r"~?\d{1,2}\s?(?:y|yrs?|years?|m|mths?|months?|w|wks?|weeks?)(?:\s?old)?", re.IGNORECASE)
_LIKE_A_DATE = re.compile(r"\d{1,4}(?:[/.-]\d{1,4}){1,2}")
_MONTH_AND_YEAR = 3  # words a written date may take


class ReadChild(NamedTuple):
    """What one line was taken for; `problem` says what of it could not be read, and then nothing may be recorded."""

    child: Child
    #: The reading in a few words: "Amara Okafor, 4y, girl".
    said: str
    #: The same with everything, days in full.
    in_full: str
    problem: str
    doubts: tuple[str, ...]


def read_children(text: str, today: date) -> list[ReadChild | None]:
    """What each line of `text` says; None for an empty line. Children are numbered from 1. `today` is a London day."""
    found: list[ReadChild | None] = []
    number = 0
    for line in text.split("\n"):
        number += bool(line.strip())
        found.append(read_child(line, number, today) if line.strip() else None)
    return found


def read_child(line: str, number: int, today: date) -> ReadChild:
    """What one line says about a child. What is not written is left empty: nothing is guessed."""
    head, details = _apart(line)
    words = head.replace(",", " ").split()
    expected = any(word.casefold() in _EXPECTED for word in words)
    words = [word for word in words if word.casefold() not in _EXPECTED | _BEFORE_BIRTH]
    sex = _take_sex(words)
    words = [word for word in words if word != "?"]
    age = _take_age(words)
    day, problem = _take_day(words, today, expected=expected)
    if expected and day is None and not problem:
        details["note"] = "; ".join(filter(None, ("unborn, due date not known", details.get("note", ""))))
    if age:
        details["note"] = "; ".join(filter(None, (f"said to be {age}", details.get("note", ""))))
    child = Child(
        number=number,
        name=_capitals(" ".join(words)),
        born=None if expected else day,
        expected=day if expected else None,
        sex=sex,
        **{DETAILS[name]: value for name, value in details.items()},
    )
    return ReadChild(
        child,
        ", ".join(_few(child, age, today, expected=expected)),
        ", ".join(_all(child, today, expected=expected)),
        problem,
        tuple(child.doubts(today)),
    )


def surname(text: str, today: date) -> str:
    """The last word of the first child's name, to be offered for siblings; empty while that is one word or none."""
    first = next((read for read in read_children(text, today) if read), None)
    words = first.child.name.split() if first else []
    return words[-1] if len(words) > 1 else ""


def shared_surname(children: Sequence[Child]) -> str:
    """The surname all of several children carry, as the name of the family; empty when they differ."""
    names = {words[-1] if len(words := child.name.split()) > 1 else "" for child in children}
    return names.pop() if len(children) > 1 and len(names) == 1 else ""


def offered(text: str, row: int, today: date) -> str:
    """What may be added at the end of line `row`: the first child's surname, where only a first name stands there."""
    lines = text.split("\n")
    if row == 0 or not lines[row].strip():
        return ""
    family = surname("\n".join(lines[:row]), today)
    words = lines[row].split()
    if len(words) != 1 or not words[0].isalpha() or words[0].casefold() in _EXPECTED | _SEXES.keys():
        return ""
    return family if lines[row].endswith(" ") else f" {family}" if family else ""


def details_of(line: str) -> dict[str, str]:
    """The details at the end of a line, by their words."""
    return _apart(line)[1]


def with_details(line: str, details: Mapping[str, str]) -> str:
    """The line with these details instead of those it has; empty ones are left out."""
    head = _apart(line)[0].strip()
    tail = [f"{name}: {' '.join(details[name].split())}" for name in DETAILS if details.get(name, "").strip()]
    return "  ".join((head, *tail))


def line_of(child: Child) -> str:
    """A recorded child as the line that reads back to it."""
    words = [child.name or "?"]
    if child.born:
        words.append(f"{child.born:%d/%m/%Y}")
    if child.expected:
        words += ["unborn due", f"{child.expected:%d/%m/%Y}"]
    words += [child.sex] if child.sex else []
    return with_details(" ".join(words), {name: str(getattr(child, field)) for name, field in DETAILS.items()})


def _apart(line: str) -> tuple[str, dict[str, str]]:
    """The line before its details, and the details."""
    pieces = _DETAIL.split(line)
    names, values = pieces[1::2], pieces[2::2]
    return pieces[0], {
        name.casefold(): value.strip() for name, value in zip(names, values, strict=True) if value.strip()
    }


def _take_sex(words: list[str]) -> Sex:
    """The last word that names a sex, taken out; the first word of a line is a name."""
    for at in range(len(words) - 1, 0, -1):
        if words[at].casefold() in _SEXES:
            return _SEXES[words.pop(at).casefold()]
    return ""


def _take_age(words: list[str]) -> str:
    for at, word in enumerate(words):
        if _AGE.fullmatch(word):
            return words.pop(at)
    return ""


def _take_day(words: list[str], today: date, *, expected: bool) -> tuple[date | None, str]:
    """The date among the words, taken out; or why what looks like one is none."""
    for length in range(_MONTH_AND_YEAR, 0, -1):
        for at in range(len(words) - length + 1):
            read = read_date(" ".join(words[at : at + length]), today=today, future=expected)
            if read.day is not None:
                del words[at : at + length]
                return read.day, ""
    for at, word in enumerate(words):
        if _LIKE_A_DATE.fullmatch(word):
            problem = read_date(word, today=today, future=expected).problem or ""
            del words[at]
            if problem.endswith("is still to come."):
                problem += " For an unborn child write “unborn due” before it."
            return None, problem
    return None, ""


def _capitals(name: str) -> str:
    """A name typed all in small letters with capitals, and a first name before an offered surname; else as typed."""
    small = r"(?:^|[\s-])\w" if name == name.lower() else r"^\w"
    return re.sub(small, lambda found: found.group().upper(), name)


def _few(child: Child, age: str, today: date, *, expected: bool) -> Iterator[str]:
    yield child.called
    if expected:
        yield f"unborn, due {child.expected.day} {child.expected:%b %Y}" if child.expected else "unborn"
    elif child.born:
        yield age_words(child.born, None, today)
    else:
        yield f"said {age}" if age else "no date"
    if child.sex:
        yield _SEX_WORDS[child.sex]


def _all(child: Child, today: date, *, expected: bool) -> Iterator[str]:
    yield child.called
    if expected:
        yield f"unborn, due {day_words(child.expected)}" if child.expected else "unborn"
    elif child.born:
        yield f"{age_words(child.born, None, today)}, born {day_words(child.born)}"
    else:
        yield "date of birth not given"
    if child.sex:
        yield _SEX_WORDS[child.sex]
    for words, value in (("NHS", child.nhs_number), ("UPN", child.upn), ("case", child.case_number)):
        if value:
            yield f"{words} {value}"
    yield from filter(None, (child.school, child.note))
