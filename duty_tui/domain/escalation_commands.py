"""What people do about an escalation. Each says which events it makes, or raises `Refused` with why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pydantic import Field
from typing_extensions import override

from duty_tui.domain.commands import Command, refuse
from duty_tui.domain.concern import Answer, Concern
from duty_tui.domain.discussion_event import AHEAD
from duty_tui.domain.escalation import Escalation
from duty_tui.domain.escalation_events import (
    EscalationAcknowledged,
    EscalationConcluded,
    EscalationStepEnded,
    EscalationSubmitted,
    EscalationUpdated,
    To,
)
from duty_tui.domain.events import Event, QuestionsAnswered
from duty_tui.domain.model import Instant, Line, Lines
from duty_tui.domain.times import moment_words


def _not_ahead(when: datetime, at: datetime) -> None:
    if when > at + AHEAD:
        raise refuse("That time is in the future.", "Record it once it has happened.")


class SubmitEscalation(Command):
    """Submit a form, or raise a disagreement. `judged` are questions of the policy answered by doing so, with `reason`.

    `makes` and `needed` (fields that may not be empty, with their questions) come from the policy; `to_named` says that
    it has to go to somebody by name.
    """

    ladder: Line
    form: Line = ""
    label: Line
    child: int | None = None
    discussion: int | None = None
    fields: dict[str, Lines] = Field(default_factory=dict)
    needed: dict[str, Line] = Field(default_factory=dict)
    facts: tuple[Line, ...] = ()
    recipients: tuple[To, ...] = ()
    to_named: bool = True
    who: Line = ""
    role: Line = ""
    makes: tuple[str, ...] = ()
    at: Instant
    judged: dict[str, Answer] = Field(default_factory=dict)
    reason: Lines = ""

    @override
    def events(self, concern: Concern, at: datetime) -> Sequence[Event]:
        _not_ahead(self.at, at)
        if self.child is not None and concern.child(self.child) is None:
            raise refuse(f"There is no child {self.child} on this concern.", "Choose a child from the list.")
        if self.to_named and not self.recipients and not self.who:
            raise refuse("It goes to nobody yet.", "Name at least one person it goes to.")
        if empty := [ask for name, ask in self.needed.items() if not self.fields.get(name)]:
            raise refuse("The form is not filled in.", f"Fill in what is still empty: {', '.join(empty)}.")
        if self.judged and not self.reason:
            raise refuse("The judgement has no reason yet.", "Say why it is so; it stays on the record.")
        number = max((one.number for one in concern.escalations), default=0) + 1
        submitted = EscalationSubmitted(
            escalation=number,
            ladder=self.ladder,
            form=self.form,
            label=self.label,
            child=self.child,
            discussion=self.discussion,
            fields=self.fields,
            facts=self.facts,
            recipients=self.recipients,
            who=self.who,
            role=self.role,
            makes=self.makes,
            at=self.at,
        )
        if not self.judged:
            return [submitted]
        about: dict[str, Any] = {"child": self.child, "discussion": self.discussion}
        return [QuestionsAnswered(answers=self.judged, reason=self.reason, since=self.at, **about), submitted]

    @override
    def doubts(self, concern: Concern, at: datetime) -> Sequence[str]:
        if concern.received and self.at < concern.received:
            return (f"That is before the concern {'was received' if concern.referred else 'came up'}.",)
        return ()


class AboutEscalation(Command):
    """Something done about the escalation with this number, which must still be open."""

    escalation: int
    at: Instant

    def found(self, concern: Concern, at: datetime) -> Escalation:
        """The escalation. Raises Refused when there is none, when it is concluded, or when the time is before it."""
        _not_ahead(self.at, at)
        escalation = concern.escalation(self.escalation)
        if escalation is None:
            raise refuse("There is no such escalation on this concern.", "Choose one from the list.")
        if escalation.concluded is not None:
            what = f"{escalation.concluded_by} has already concluded it, {moment_words(escalation.concluded)}."
            raise refuse(what, "Submit a new one if it has come up again.")
        if self.at < escalation.step.began:
            raise refuse("That is before it came to this step.", "Correct the time.")
        return escalation


class AcknowledgeEscalation(AboutEscalation):
    """Record that somebody it went to has it."""

    act = "acknowledge"

    by: Line

    @override
    def events(self, concern: Concern, at: datetime) -> Sequence[Event]:
        self.found(concern, at)
        if not self.by:
            raise refuse("Nobody is named.", "Say who acknowledged it.")
        return [EscalationAcknowledged(escalation=self.escalation, by=self.by, at=self.at)]


class UpdateEscalation(AboutEscalation):
    """Add what is known since."""

    text: Lines

    @override
    def events(self, concern: Concern, at: datetime) -> Sequence[Event]:
        self.found(concern, at)
        if not self.text:
            raise refuse("The update is empty.", "Type what is new, or go back.")
        return [EscalationUpdated(escalation=self.escalation, text=self.text, at=self.at)]


class TakeUp(AboutEscalation):
    """End the step it stands on without having settled it, and hand it to somebody more senior."""

    said: Lines
    who: Line
    role: Line = ""
    makes: tuple[str, ...] = ()

    @override
    def events(self, concern: Concern, at: datetime) -> Sequence[Event]:
        self.found(concern, at)
        if not self.said:
            raise refuse("It is not said why this step did not settle it.", "Say it in a few words.")
        if not self.who:
            raise refuse("Nobody is named for the next step.", "Name the person who takes it up.")
        return [
            EscalationStepEnded(
                escalation=self.escalation,
                said=self.said,
                who=self.who,
                role=self.role,
                makes=self.makes,
                at=self.at,
            )
        ]


class ConcludeEscalation(AboutEscalation):
    """Record how it ended."""

    outcome: Lines
    resolved: bool = True
    makes: tuple[str, ...] = ()

    @override
    def events(self, concern: Concern, at: datetime) -> Sequence[Event]:
        self.found(concern, at)
        if not self.outcome:
            raise refuse("The outcome is not filled in.", "Say how it ended; it stays on the record.")
        return [
            EscalationConcluded(
                escalation=self.escalation, outcome=self.outcome, resolved=self.resolved, makes=self.makes, at=self.at
            )
        ]

    @override
    def doubts(self, concern: Concern, at: datetime) -> Sequence[str]:
        found = concern.escalation(self.escalation)
        if found is None or not found.recipients or found.acknowledged:
            return ()
        return ("Nobody it went to has said yet that they have it.",)
