"""Who else is at a concern, ready to show."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple


class Companion(NamedTuple):
    """Somebody else who has a concern open, or types about it."""

    who: str
    machine: str
    #: On which screen, in a word; empty for somebody who only types.
    part: str
    #: What they are typing, in a few words; empty while they type nothing.
    typing: str
    #: When they were last heard of.
    seen: datetime


def in_words(company: Iterable[Companion]) -> str:
    """`DS Patel has this open · K. Osei is typing: decisions`; empty where nobody else is."""
    return " · ".join(
        f"{one.who} is typing: {one.typing}" if one.typing else f"{one.who} has this open" for one in company
    )
