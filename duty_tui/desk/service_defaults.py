"""What holds until the service says otherwise, from data/service.toml: acts and who may do them, office hours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import time, timedelta
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field, ValidationError

from duty_tui.data_files import DATA
from duty_tui.domain.service_state import Letterhead, Mail, Office
from duty_tui.errors import BadFile
from duty_tui.rules.complaints import did_you_mean, shape_problems
from duty_tui.rules.model import Model
from duty_tui.rules.toml_file import Problem, read_toml
from duty_tui.rules.toml_lines import Path as KeyPath

#: The role of somebody who is not listed, once anybody is.
READ_ONLY = "read_only"
#: The act of an entry whose kind no table names.
RECORD = "record"
#: The act without which nobody could change who may do what.
SERVICE_ACT = "service"
#: The act of naming who may see a concern, and of lifting that.
RESTRICT = "restrict"
_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")
_SPAN = re.compile(r"(?:(\d{1,3})h)? ?(?:(\d{1,3})m)?")


def clock_time(text: object) -> time:
    """`09:00` as a time of day. Raises ValueError for anything else."""
    found = _CLOCK.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        raise ValueError('a time of day in quotes was expected, like "09:00"')
    return time(int(found[1]), int(found[2]))


def span(text: object) -> timedelta:
    """`2h`, `90m`, `1h 30m`. Raises ValueError for anything else, and for no time at all."""
    found = _SPAN.fullmatch(text) if isinstance(text, str) else None
    length = timedelta(hours=int(found[1] or 0), minutes=int(found[2] or 0)) if found else timedelta()
    if not length:
        raise ValueError('a length of time was expected, like "2h", "90m" or "1h 30m"')
    return length


class Act(Model):
    """Something that not everybody may do; the label begins the sentence that says who may."""

    label: Annotated[str, Field(min_length=1)]


class Role(Model):
    """What somebody is here, and the acts they may do."""

    label: Annotated[str, Field(min_length=1)]
    may: tuple[str, ...]


class Hours(Model):
    """When the office is open, London wall time."""

    opens: Annotated[time, BeforeValidator(clock_time)]
    closes: Annotated[time, BeforeValidator(clock_time)]


class Prompt(Model):
    """When the desk asks by itself."""

    unconfirmed_within: Annotated[timedelta, BeforeValidator(span)]


class Head(Model):
    """What stands at the head of documents; the logo's line may be empty."""

    name: Annotated[str, Field(min_length=1)]
    logo_text: str
    marking: Annotated[str, Field(min_length=1)]


class Email(Model):
    """How email leaves a service that set nothing of its own: no relay, so that nothing is sent."""

    prefix: str
    secure: tuple[Annotated[str, Field(min_length=1)], ...]
    invitation_lasts: Annotated[timedelta, BeforeValidator(span)]


class Takes(Model):
    """What it takes to record something: an act by the kind of the entry, another by a word of the policies in it."""

    entry: dict[str, str]
    word: dict[str, str]


class Defaults(Model):
    """All of data/service.toml."""

    adopt: tuple[str, ...]
    office: Hours
    prompt: Prompt
    letterhead: Head
    mail: Email
    act: dict[str, Act]
    takes: Takes
    #: In the order in which they are named to people.
    role: dict[str, Role]

    @property
    def hours(self) -> Office:
        """The office as a service starts with it."""
        return Office(self.office.opens, self.office.closes, self.prompt.unconfirmed_within)

    @property
    def head(self) -> Letterhead:
        """The head of documents of a service that set none of its own."""
        return Letterhead(self.letterhead.name, self.letterhead.logo_text, self.letterhead.marking)

    @property
    def email(self) -> Mail:
        """Email as a service starts with it."""
        return Mail(prefix=self.mail.prefix, secure=self.mail.secure, lasts=self.mail.invitation_lasts)


def read_defaults(path: Path) -> Defaults:
    """The defaults in a file. Raises BadFile with every problem, each with its line."""
    file = read_toml(path)
    try:
        defaults = Defaults.model_validate(file.data)
        problems = list(_problems(defaults))
    except ValidationError as wrong:
        problems = shape_problems(wrong, Defaults)
    if problems:
        what = f"{path} is not what the program needs."
        raise BadFile(what, problems=file.sentences(problems), do="Put the file back as it came, or mend it.")
    return defaults


@cache
def service_defaults() -> Defaults:
    """The program's own defaults, read when first asked for. Raises BadFile."""
    return read_defaults(DATA / "service.toml")


def _problems(defaults: Defaults) -> Iterator[Problem]:
    acts = defaults.act
    for path, act in _named(defaults):
        if act not in acts:
            yield Problem(path, f'"{act}" is not an act{did_you_mean(act, acts)}')
    if RECORD not in acts:
        yield Problem(("act",), f'the act "{RECORD}" of every entry that names no other is missing')
    if not any(SERVICE_ACT in role.may for role in defaults.role.values()):
        yield Problem(("role",), f'no role may "{SERVICE_ACT}", and nobody could ever change that')
    if READ_ONLY not in defaults.role:
        yield Problem(("role",), f'the role "{READ_ONLY}" of those who are not listed is missing')
    if defaults.office.opens >= defaults.office.closes:
        yield Problem(("office", "closes"), "the office closes before it opens")


def _named(defaults: Defaults) -> Iterator[tuple[KeyPath, str]]:
    """Every act the file names anywhere, with its place; an entry that takes nothing names none."""
    for name, role in defaults.role.items():
        yield from ((("role", name, "may", place), act) for place, act in enumerate(role.may))
    for table, takes in (("entry", defaults.takes.entry), ("word", defaults.takes.word)):
        yield from ((("takes", table, name), act) for name, act in takes.items() if act)
