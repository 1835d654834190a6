"""The desk's own question among what is owed: the discussion is near, and not everybody who must be there said yes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from duty_tui.desk.asking import UNCONFIRMED, next_asked, prompts
from duty_tui.desk.case import Case
from duty_tui.desk.histories import history_of
from duty_tui.domain.concern import Concern
from duty_tui.domain.history import fold
from duty_tui.domain.times import moment_words
from duty_tui.views.escalation import PromptLine
from duty_tui.views.obligation import ObligationLine

if TYPE_CHECKING:
    from duty_tui.desk.desk import Desk
    from duty_tui.store.rows import ConcernRow

#: A row of a concern that has come so far may have a discussion booked.
_BOOKED = "BOOKED"


class Unconfirmed(NamedTuple):
    """What the desk asks by itself at a moment, and when it will next ask; None when it will not."""

    lines: tuple[ObligationLine, ...]
    until: datetime | None


def unconfirmed_on(desk: Desk, concern: Concern, at: datetime) -> Unconfirmed:
    """Of one concern."""
    case, within = Case(desk, concern, at), desk.books.service.office.unconfirmed_within
    asked = (one for one in prompts(case, within) if one.rule == UNCONFIRMED)
    return Unconfirmed(tuple(map(_line, asked)), next_asked(case, within))


def unconfirmed_across(desk: Desk, at: datetime) -> Unconfirmed:
    """Of every open concern the actor may see; only those that could be asked about are read."""
    within = desk.books.service.office.unconfirmed_within
    lines: list[ObligationLine] = []
    moments: list[datetime] = []
    for row, soon in _near(desk, at):
        if not soon and row.due is not None:
            moments.append(datetime.fromtimestamp(row.due, UTC) - within)
            continue
        found = unconfirmed_on(desk, _read(desk, row.id), at)
        lines += found.lines
        moments += [found.until] if found.until else []
    return Unconfirmed(tuple(lines), min(moments, default=None))


def _near(desk: Desk, at: datetime) -> Iterator[tuple[ConcernRow, bool]]:
    """Rows of which something may be asked, now or later; with whether that can be now."""
    last = (at + desk.books.service.office.unconfirmed_within).timestamp()
    for row in desk.rows():
        if not row.hidden and (row.due is not None or row.stage == _BOOKED):
            yield row, row.stage == _BOOKED or (row.due is not None and row.due <= last)


def _read(desk: Desk, concern: str) -> Concern:
    return fold(concern, history_of(desk.store, concern))


def _line(asked: PromptLine) -> ObligationLine:
    return ObligationLine(
        concern=asked.concern,
        reference=asked.reference,
        version=asked.version,
        title=asked.title,
        kind="prompt",
        rule=asked.rule,
        clock="",
        do=asked.do,
        label=asked.label,
        child=asked.child,
        whom="",
        discussion=asked.discussion,
        owner=asked.owner,
        also="",
        strength="should",
        standing="owed",
        start=asked.since,
        due=None,
        due_words=f"asked {moment_words(asked.since)}",
        latest="",
        late=False,
        met_at=None,
        late_reason="",
        late_safety="",
        unless=(),
        met_by=(),
        place="judge",
        form="",
        asks=asked.asks,
        provisional=False,
        varied_by=(),
        first_due=None,
        cite=asked.cite,
    )
