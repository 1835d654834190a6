"""Recording several milestones of one typing, with the question they answer: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from pydantic import Field
from typing_extensions import override

from duty_tui.domain.commands import AnswerQuestions, Command, RecordMilestone
from duty_tui.domain.concern import Concern
from duty_tui.domain.events import Event


class RecordOrder(Command):
    """Police protection or a court order for one child or several; `answers` are the questions it settles."""

    act = "record"

    milestones: Annotated[tuple[RecordMilestone, ...], Field(min_length=1)]
    answers: tuple[AnswerQuestions, ...] = ()

    @override
    def events(self, concern: Concern, at: datetime) -> Sequence[Event]:
        acts: tuple[Command, ...] = (*self.milestones, *self.answers)
        return [event for act in acts for event in act.events(concern, at)]
