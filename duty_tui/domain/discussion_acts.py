"""The decision to hold no discussion: recorded with its reason, and what it answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from typing_extensions import override

from duty_tui.domain.commands import Command, refuse
from duty_tui.domain.concern import Concern
from duty_tui.domain.events import DECIDED_ON, Event, MilestoneRecorded, QuestionsAnswered
from duty_tui.domain.model import Line, Lines


class HoldNoDiscussion(Command):
    """A manager decided that no strategy discussion is held: there is no reasonable cause, and why.

    `decided` and `reasoned` are the policy vocabulary's words for the two events that are recorded with it.
    """

    act = "agree"

    reason: Lines
    decided: Line
    reasoned: Line

    @override
    def events(self, concern: Concern, at: datetime) -> Sequence[Event]:
        if not self.reason:
            raise refuse("Deciding against a discussion needs its reason.", "Say in a few words why none is held.")
        return [
            MilestoneRecorded(event=DECIDED_ON, label=self.decided, at=at, note=f"None is held. {self.reason}"),
            MilestoneRecorded(event="decision_reason_recorded", label=self.reasoned, at=at),
            QuestionsAnswered(answers={"reasonable_cause": "no"}, reason=self.reason),
        ]
