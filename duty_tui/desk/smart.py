"""What an action still lacks to be specific, measurable, agreed, realistic and timed, in words; never a refusal."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import NamedTuple

from duty_tui.domain.text import fold

_FEWEST_WORDS = 3


class Proposed(NamedTuple):
    """An action as far as it is typed; `due` a UTC instant."""

    what: str
    who: str = ""
    agency: str = ""
    due: datetime | None = None
    check: str = ""
    contingency: str = ""


def lacking(action: Proposed, present: Collection[str], at: datetime) -> Iterator[str]:
    """What it lacks, at the UTC instant `at`; `present` are the names of those who took part."""
    if len(action.what.split()) < _FEWEST_WORDS:
        yield "specific: what exactly is done"
    if not action.check:
        yield "measurable: how it is checked"
    if not action.who:
        yield "agreed: who does it"
    elif fold(action.who) not in {fold(name) for name in present}:
        yield "agreed: that person was not here"
    if not action.agency:
        yield "agreed: for which agency"
    if not action.contingency:
        yield "realistic: what if it fails"
    if action.due is None:
        yield "timed: by when"
    elif action.due <= at:
        yield "timed: that time has passed"
