"""While a concern is being taken: what is still to be asked, where it would stand, and who may already be known."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from duty_tui.desk import projection
from duty_tui.desk.desk import Desk
from duty_tui.desk.entries import foreseen, to_record
from duty_tui.desk.seen import Shared
from duty_tui.desk.situation import situation_of
from duty_tui.domain.commands import RaiseConcern
from duty_tui.domain.concern import Concern
from duty_tui.domain.history import fold
from duty_tui.domain.times import london_date
from duty_tui.rules.questions import Question, open_questions
from duty_tui.store.rows import ConcernRow
from duty_tui.views.queue import Band, QueueRow

_UNRECORDED = "0" * 32


class Foreseen(NamedTuple):
    """A concern as it would stand if it were recorded now; nothing of it is recorded."""

    row: ConcernRow
    #: Questions not yet answered, those first whose answer could bring the time forward.
    questions: Sequence[Question]
    #: Other concerns that may be about one of the children.
    duplicates: Sequence[Shared]
    #: What looks wrong about it, in words.
    doubts: Sequence[str]


def foresee(desk: Desk, command: RaiseConcern, at: datetime) -> Foreseen:
    """What recording `command` at `at` would lead to. Raises Refused for what could not be recorded."""
    concern = Concern(_UNRECORDED)
    events = command.events(concern, at)
    entries = to_record(concern.id, 0, events, _UNRECORDED)
    after = fold(concern.id, foreseen(events, entries, at, desk.actor))
    doubts = [*command.doubts(concern, at)]
    for child in after.children:
        doubts += child.doubts(london_date(at))
    return Foreseen(
        projection.row_of(after, desk.rulebook),
        open_questions(desk.rulebook, situation_of(after, desk.rulebook)),
        desk.seen.duplicates_of(concern.id, projection.identities_of(after)),
        doubts,
    )


def as_queue_row(row: ConcernRow, bands: Sequence[Band], at: datetime) -> QueueRow:
    """A foreseen row as the queue would draw it."""
    return QueueRow(row, bands, london_date(at))
