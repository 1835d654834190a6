"""What the tests of the rules share: London times, calendars, packs written in the test that needs them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

from duty_tui.domain.times import LONDON
from duty_tui.rules.bank_holidays import Published, read_bank_holidays, read_published
from duty_tui.rules.calendar import WorkingCalendar, build_calendars
from duty_tui.rules.deadline import Deadline
from duty_tui.rules.evaluate import Rulebook
from duty_tui.rules.loader import Policy, builtin_folder, load_pack, load_policies, load_vocabulary
from duty_tui.rules.pack import Pack
from duty_tui.rules.situation import Happening, Known, Situation
from duty_tui.rules.try_examples import Workbench
from duty_tui.rules.vocabulary import Vocabulary

PACKS = Path(__file__).parent / "packs"


@cache
def vocabulary() -> Vocabulary:
    return load_vocabulary()


@cache
def published() -> Published:
    return read_published(builtin_folder() / "bank_holidays.toml")


@cache
def bank_holidays() -> Mapping[date, str]:
    return published().amend(read_bank_holidays())


@cache
def england() -> WorkingCalendar:
    return WorkingCalendar((1, 2, 3, 4, 5), bank_holidays(), {}, published().published_until)


@cache
def calendars() -> Mapping[str, WorkingCalendar]:
    return build_calendars(vocabulary().calendar, bank_holidays(), {}, published().published_until)


@cache
def workbench() -> Workbench:
    return Workbench(vocabulary(), bank_holidays(), published().published_until)


@cache
def made(name: str) -> Policy:
    """A policy of `tests/rules/packs`."""
    return load_pack(PACKS / name, vocabulary())


@cache
def book(*names: str) -> Rulebook:
    """Policies of the program, or of the tests, in force since ever."""
    own = [made(name) for name in names if (PACKS / name).is_dir()]
    others = load_policies([name for name in names if not (PACKS / name).is_dir()], vocabulary())
    return Rulebook.always((*own, *others), vocabulary(), calendars())


def written(text: str) -> Rulebook:
    """A rulebook of one policy written in the test, under a `[pack]` it does not care about."""
    head = 'schema = 1\n[pack]\nid = "written"\ntitle = "Written"\ndocument = "Written"\n'
    pack = Pack.model_validate(tomllib.loads(head + text))
    return Rulebook.always((Policy((pack,), PACKS),), vocabulary(), calendars())


def t(words: str) -> datetime:
    """A London wall time, `2026-11-20T18:00`, as a UTC instant."""
    return datetime.fromisoformat(words).replace(tzinfo=LONDON).astimezone(UTC)


def known(
    events: Mapping[str, str | Sequence[str]] | None = None,
    facts: Mapping[str, bool | None] | None = None,
    children: Sequence[int] = (1,),
) -> Situation:
    """A situation in a line; happenings of discussions are numbered as they stand."""
    happenings = {
        name: [
            Happening(t(at), discussion=number if vocabulary().event[name].scope == "discussion" else None)
            for number, at in enumerate([times] if isinstance(times, str) else times, 1)
        ]
        for name, times in (events or {}).items()
    }
    answers = {name: [Known(value)] for name, value in (facts or {}).items()}
    return Situation(happenings, answers, children)


def one(rulebook: Rulebook, situation: Situation, clock: str, child: int | None = None) -> Deadline:
    """The only deadline of a clock (for a child)."""
    found = [
        deadline
        for deadline in rulebook.deadlines(situation)
        if deadline.clock.id == clock and child in (None, deadline.child)
    ]
    assert len(found) == 1, [deadline.clock.id for deadline in rulebook.deadlines(situation)]
    return found[0]


def clock(name: str, within: str, starts: str = '{ earliest = ["referral_received"] }', more: str = "") -> str:
    """A clock of an obligation, in TOML."""
    return (
        f'[[obligation.clock]]\nid = "{name}"\nstrength = "must"\nstarts = {starts}\nwithin = {within}\n{more}\n'
        'cite = { paragraph = "1", words = "words" }\n'
    )


def obligation(*clocks: str, more: str = "", met_by: str = "matter_escalated") -> str:
    """An obligation called `it`, in TOML."""
    head = f'[[obligation]]\nid = "it"\ndo = "Do it"\nlabel = "it"\nmet_by = ["{met_by}"]\nowner = "sw_manager"\n'
    return f"{head}{more}\n{''.join(clocks)}"
