"""What an action still lacks to be specific, measurable, agreed, realistic and timed, in words; never a refusal.

What is not said at all is told as everywhere (rules/requirements.py); here stands what is said and is not enough.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime

from duty_tui.domain.discussion import Action
from duty_tui.domain.text import fold
from duty_tui.rules.requirements import action_lacks

_FEWEST_WORDS = 3
#: What belongs to each of the five, by the names of an action's fields.
_FIVE = {
    "specific": ("what",),
    "measurable": ("check",),
    "agreed": ("who", "agency"),
    "realistic": ("contingency",),
    "timed": ("due",),
}


def lacking(action: Action, present: Collection[str], at: datetime) -> Iterator[str]:
    """What it lacks, at the UTC instant `at`; `present` are the names of those who took part."""
    not_enough = dict(_not_enough(action, present, at))
    for which, fields in _FIVE.items():
        for words in (*action_lacks(action, fields), not_enough.get(which, "")):
            if words:
                yield f"{which}: {words}"


def _not_enough(action: Action, present: Collection[str], at: datetime) -> Iterator[tuple[str, str]]:
    if action.what and len(action.what.split()) < _FEWEST_WORDS:
        yield "specific", "what exactly is done"
    if action.who and fold(action.who) not in {fold(name) for name in present}:
        yield "agreed", "that person was not here"
    if action.due is not None and action.due <= at:
        yield "timed", "that time has passed"
