"""Which bank holidays are at hand, said without importing the library that knows them."""

from __future__ import annotations

import sys
from pathlib import Path

#: Years the calendars know; a date outside them is refused, not guessed.
FIRST_YEAR, LAST_YEAR = 1990, 2060


def holidays_key() -> str:
    """What kept bank holidays are valid for: the library's version and the years, without importing the library."""
    return f"holidays {_version('holidays')} GB-ENG {FIRST_YEAR}-{LAST_YEAR}"


def _version(package: str) -> str:
    """The installed version, from the name of the folder that says so: asking the standard library costs 30 ms."""
    for folder in sys.path:
        for found in Path(folder).glob(f"{package}-*.dist-info"):
            return found.name.removesuffix(".dist-info").removeprefix(f"{package}-")
    from importlib.metadata import version

    return version(package)
