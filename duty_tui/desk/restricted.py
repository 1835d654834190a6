"""The one gate before a restricted concern: who is not named is refused, and a named person's look is recorded."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from duty_tui.desk.act import Act
from duty_tui.domain.concern import Concern
from duty_tui.domain.kinds import is_among
from duty_tui.domain.restriction import restricted_by
from duty_tui.domain.restriction_commands import ViewRecord
from duty_tui.domain.times import london_date
from duty_tui.errors import Refused, Unavailable
from duty_tui.store.journal import new_id

if TYPE_CHECKING:
    from duty_tui.desk.desk import Desk


class Sitting:
    """Which restricted concerns somebody has looked at since the desk was opened; a new London day counts anew."""

    def __init__(self) -> None:
        self._last: dict[str, date] = {}

    def look(self, desk: Desk, concern: Concern, how: str) -> Concern:
        """The concern for somebody who looks at it, the look recorded before anything of it is handed out.

        Raises Refused when it is restricted and the person is not named, or when the look cannot be recorded.
        """
        if concern.restricted_to is None:
            return concern
        admit(desk, concern)
        today = london_date(desk.clock())
        if self._last.get(concern.id) != today:
            concern = _noted(desk, concern, how)
            self._last[concern.id] = today
        return concern


def _noted(desk: Desk, concern: Concern, how: str) -> Concern:
    try:
        # At once, whatever of the person's waits to be sent: nothing of the concern is shown before it is recorded.
        return desk.record(Act(concern.id, ViewRecord(how=how), new_id())).concern
    except Unavailable as error:
        raise Refused(
            f"{_reference(desk, concern)} is restricted: it is shown only once it is recorded that you looked, and "
            "nothing can be recorded now.",
            do=error.do,
        ) from None


def admit(desk: Desk, concern: Concern) -> None:
    """Let a person pass who may see the concern. Raises Refused, which says whom to ask and nothing of the concern."""
    if concern.restricted_to is None or is_among(concern.restricted_to, desk.actor):
        return
    raise Refused(
        f"{_reference(desk, concern)} is restricted to named people, and you are not one of them.",
        do=f"If you need to see it, ask {by}, who restricted it."
        if (by := restricted_by(concern))
        else "Who is named was destroyed: nobody can be let in but by a backup of before.",
    )


def stay(desk: Desk, concern: Concern) -> None:
    """Keep a person from shutting themselves out of what they record on. Raises Refused."""
    if concern.restricted_to is not None and not is_among(concern.restricted_to, desk.actor):
        raise Refused(
            "You are not among those named, and would not see the concern yourself.",
            entry="Your entry is NOT recorded; your text is kept.",
            do="Add your own name, or have somebody restrict it who is named.",
        )


def _reference(desk: Desk, concern: Concern) -> str:
    row = desk.seen.row(concern.id)
    return f"C{row.number}" if row else "The concern"
