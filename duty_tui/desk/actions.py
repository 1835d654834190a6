"""Actions of every concern in one list: mine, an agency's, those overdue. Read from rows, whatever their number."""

from __future__ import annotations

from datetime import UTC, datetime

from duty_tui.desk.desk import Desk
from duty_tui.desk.seen import Seen
from duty_tui.domain.text import fold
from duty_tui.store.rows import ActionRow
from duty_tui.views.discussion import ActionLine


def action_list(
    desk: Desk,
    *,
    at: datetime,
    who: str | None = None,
    agency: str | None = None,
    overdue: bool = False,
    limit: int | None = None,
) -> list[ActionLine]:
    """Actions not done for every child, the earliest due first, those without a time last.

    Names are compared without case and accents. `overdue` leaves those due by `at`.
    """
    return actions_in(desk.seen, at=at, who=who, agency=agency, overdue=overdue, limit=limit)


def actions_in(
    seen: Seen,
    *,
    at: datetime,
    who: str | None = None,
    agency: str | None = None,
    overdue: bool = False,
    limit: int | None = None,
) -> list[ActionLine]:
    """The same from rows alone, without the rules."""
    found = seen.actions(
        who=None if who is None else fold(who),
        agency=None if agency is None else fold(agency),
        due_by=int(at.timestamp()) if overdue else None,
        limit=limit,
    )
    return [_line(row, at) for row in found]


def _line(row: ActionRow, at: datetime) -> ActionLine:
    due = None if row.due is None else datetime.fromtimestamp(row.due, UTC)
    children, done = (tuple(map(int, numbers.split())) for numbers in (row.children, row.done))
    return ActionLine(
        *(row.concern, f"C{row.number}", row.discussion, row.id, row.what, row.who, row.agency, due),
        *(row.whom, children, done, due is not None and due <= at, row.form),
        tuple(filter(None, row.lacks.split("\n"))),
    )
