"""The next step in words, for a row and the pane under it."""

from __future__ import annotations

from collections.abc import Sequence

from duty_tui.domain.concern import Concern
from duty_tui.rules.deadline import Deadline
from duty_tui.rules.order import Place


def next_step(concern: Concern, found: Place, deadlines: Sequence[Deadline]) -> str:
    """What to do next: answer what could bring the time forward, else what the governing clock asks for.

    Nothing here depends on the time of day, so that a kept row never goes stale by waiting.
    """
    if not concern.is_open:
        return "Closed; nothing to do"
    deadline = found.deadline
    if deadline is None:
        waiting = next((item for item in deadlines if item.governs), None)
        return waiting.obligation.do if waiting else "Close it, or record what happened: no policy clock runs"
    if not deadline.certain and deadline.unless:
        count = len(deadline.unless)
        questions = "1 question decides" if count == 1 else f"{count} questions decide"
        return f"{deadline.obligation.do}; {questions} whether this time holds"
    about = f" (child {deadline.child})" if deadline.child and len(concern.children) > 1 else ""
    return f"{deadline.obligation.do}{about}"
