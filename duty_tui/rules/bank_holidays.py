"""England's bank holidays as plain data: read once from the `holidays` library, kept under its version."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from duty_tui.errors import BadFile
from duty_tui.rules.complaints import shape_problems
from duty_tui.rules.installed import FIRST_YEAR, LAST_YEAR
from duty_tui.rules.model import Model
from duty_tui.rules.toml_file import read_toml


class OneOff(Model):
    """A day proclaimed (or taken away) that the library does not know yet."""

    date: date
    #: What people call it.
    name: str
    #: False when a day the library calls a bank holiday is worked after all.
    holiday: bool = True


class Published(Model):
    """`data/policies/bank_holidays.toml`: how far holidays are published, and one-off days."""

    #: 31 December of the last year for which GOV.UK lists every bank holiday; later dues are provisional.
    published_until: date
    #: Where that was read.
    source: str
    one_off: tuple[OneOff, ...] = ()

    def amend(self, bank_holidays: Mapping[date, str]) -> dict[date, str]:
        """The library's days with the one-offs added or taken away."""
        amended = {**bank_holidays, **{day.date: day.name for day in self.one_off if day.holiday}}
        for day in self.one_off:
            if not day.holiday:
                amended.pop(day.date, None)
        return amended


def read_published(path: Path) -> Published:
    """`bank_holidays.toml`. Raises BadFile when it cannot be read or does not fit."""
    file = read_toml(path)
    try:
        return Published.model_validate(file.data)
    except ValidationError as wrong:
        raise BadFile(
            f"{path} does not fit, so working days cannot be counted.",
            problems=file.sentences(shape_problems(wrong, Published)),
            do="Put back the file that came with the program.",
        ) from wrong


def read_bank_holidays() -> dict[date, str]:
    """Every bank holiday of England from `FIRST_YEAR` to `LAST_YEAR`, by day, with substitute days.

    Importing the library takes longer than all else a command does; keep the answer (`encode`).
    """
    import holidays

    found = holidays.country_holidays("GB", subdiv="ENG", years=range(FIRST_YEAR, LAST_YEAR + 1))
    return {day: _plain(found[day]) for day in sorted(found)}


def _plain(name: str) -> str:
    # The library says "observed"; the government says "substitute day".
    return name.replace("(observed)", "(substitute day)")


def encode(bank_holidays: Mapping[date, str]) -> str:
    """Bank holidays as compact JSON: each name once, then its ISO dates."""
    by_name: dict[str, list[str]] = {}
    for day in sorted(bank_holidays):
        by_name.setdefault(bank_holidays[day], []).append(day.isoformat())
    return json.dumps(by_name, separators=(",", ":"), ensure_ascii=False)


def decode(text: str) -> dict[date, str]:
    """What `encode` wrote. Raises ValueError when it is anything else."""
    kept = json.loads(text)
    if not isinstance(kept, dict):
        raise ValueError("not kept bank holidays: an object was expected")
    try:
        return dict(sorted((date.fromisoformat(day), name) for name, days in kept.items() for day in days))
    except TypeError as wrong:
        raise ValueError("not kept bank holidays: each name needs a list of ISO dates") from wrong
