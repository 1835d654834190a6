"""The views of the queue everybody has: which concerns belong to each."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from duty_tui.desk.board import Belongs
from duty_tui.domain.times import end_of_day, london_date
from duty_tui.store.rows import ConcernRow


class SavedView(NamedTuple):
    """A view by name, its label on the bar, and a sentence for the list of views."""

    name: str
    label: str
    about: str


VIEWS = (
    SavedView("all", "ALL", "Every open concern"),
    SavedView("mine", "MINE", "Concerns you own"),
    SavedView("unowned", "UNOWNED", "Concerns nobody owns"),
    SavedView("today", "DUE TODAY", "Overdue, or due before the end of today"),
    SavedView("overdue", "OVERDUE", "Past their due, not done"),
)


def belongs_to(name: str, actor: str, at: datetime) -> Belongs | None:
    """Which rows a view by this name shows to `actor` at the UTC instant `at`; None shows all. KeyError for no view."""
    now, tonight = int(at.timestamp()), int(end_of_day(london_date(at)).timestamp())

    def mine(row: ConcernRow) -> bool:
        return row.owner == actor

    def unowned(row: ConcernRow) -> bool:
        return not row.owner and not row.hidden

    def today(row: ConcernRow) -> bool:
        return row.due is not None and row.due <= tonight

    def overdue(row: ConcernRow) -> bool:
        return row.due is not None and row.due <= now

    return {"all": None, "mine": mine, "unowned": unowned, "today": today, "overdue": overdue}[name]


def by_family(rows: list[ConcernRow]) -> list[ConcernRow]:
    """The same rows with each family together, where its most urgent concern stands."""
    place: dict[str, int] = {}
    for row in rows:
        place.setdefault(row.family_key, len(place))
    return sorted(rows, key=lambda row: place[row.family_key])
