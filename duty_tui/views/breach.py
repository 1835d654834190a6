"""The breach file: what was owed and was late or never done, a row for each child, ready to show."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from duty_tui.domain.period import Period


class Missed(NamedTuple):
    """Another limit of the same rule that was missed as well."""

    clock: str
    strength: str
    due: datetime
    late: str


class Told(NamedTuple):
    """Somebody who was told: on what form, who in which role, when it was submitted, when and by whom acknowledged."""

    label: str
    who: str
    role: str
    submitted: datetime
    acknowledged: datetime | None
    acknowledged_by: str


class Breach(NamedTuple):
    """One thing owed for one child that was late."""

    concern: str
    reference: str
    #: The concern's family, and the child; a rule for the whole concern is about each of its children.
    title: str
    #: `pack/rule` and the clock that governs: the limit that was missed first.
    rule: str
    clock: str
    label: str
    do: str
    strength: str
    cite: str
    due: datetime
    child: int | None = None
    name: str = ""
    discussion: int | None = None
    #: Counted from.
    start: datetime | None = None
    #: When it was done; None when it was not. `closed` when the concern was closed without it.
    actual: datetime | None = None
    closed: datetime | None = None
    #: "3 hours", "2 working days": how late it was done, or how long it has been waiting.
    late: str = ""
    #: Limits of the same rule that were missed besides.
    missed: tuple[Missed, ...] = ()
    #: Questions that could still rule it out, in words.
    unless: tuple[str, ...] = ()
    #: The due before it was varied or moved; the reason for a variation, and who approved it.
    first_due: datetime | None = None
    varied: str = ""
    reason: str = ""
    safety: str = ""
    told: tuple[Told, ...] = ()
    #: Who owes it by the document, and who has the concern.
    owner: str = ""
    held_by: str = ""

    @property
    def key(self) -> str:
        """What a cursor belongs to."""
        return f"{self.reference}/{self.rule}/{self.discussion or ''}/{self.child or ''}"


class BreachFile(NamedTuple):
    """The rows whose due lies in the period, in the order in which they fell due."""

    period: Period
    as_of: datetime
    rows: tuple[Breach, ...]
    #: How many concerns of the record this person may not see. All of them, so that it does not tell what was late.
    restricted: int = 0

    @property
    def left_out(self) -> str:
        """`2 restricted concerns not shown, late or not`; empty where none is left out."""
        concerns = "concern" if self.restricted == 1 else "concerns"
        return f"{self.restricted} restricted {concerns} not shown, late or not" if self.restricted else ""
