"""The form's draft kept while somebody types, and what comes of the form."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from duty_tui.desk.drafts import drop_draft, is_recorded
from duty_tui.domain.times import london
from duty_tui.screens.desk_screen import DeskScreen
from duty_tui.screens.intake_draft import keeping
from duty_tui.screens.intake_form import IntakeForm
from duty_tui.screens.keeping import Keeping
from duty_tui.store.rows import ConcernRow

if TYPE_CHECKING:
    from duty_tui.desk.desk import Desk


class Taken(NamedTuple):
    """A concern was recorded from the form: its row for the queue, when, and of which children."""

    row: ConcernRow
    at: datetime
    children: tuple[str, ...]

    @property
    def words(self) -> str:
        """`recorded 14:02:11 as C17: Amara Okafor, Kofi Okafor`."""
        return f"recorded {london(self.at):%H:%M:%S} as C{self.row.number}: {', '.join(self.children)}"


class DraftedScreen(Keeping, DeskScreen[Taken]):
    """A screen with a form that is a draft until it is recorded."""

    FRAME: ClassVar[str] = "#form"

    def __init__(self, form: IntakeForm) -> None:
        super().__init__()
        self.form = form

    def keeping(self, now: datetime) -> Callable[[Desk], object]:
        """Keeps the form; not one that was recorded, or waits, before it could be kept."""
        keep, mark, name = keeping(self.form, now), self.on_its_way, self.form.draft

        def unless_recorded(desk: Desk) -> object:
            return drop_draft(desk, name) if mark and is_recorded(desk, mark) else keep(desk)

        return unless_recorded
