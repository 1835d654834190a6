"""What two people said about the same thing, ready to stand side by side."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple


class Theirs(NamedTuple):
    """An entry somebody else recorded: who, when, and all they said, a line each."""

    actor: str
    at: datetime
    said: tuple[str, ...]


class Beside(NamedTuple):
    """Others' entries about a thing, and what somebody is about to record about it."""

    theirs: tuple[Theirs, ...]
    #: All that would be recorded, a line each.
    mine: tuple[str, ...]
    #: Why it cannot be recorded after theirs, as a sentence; empty where it can.
    cannot: str = ""
