"""What happens to an escalation: submitted, acknowledged, added to, taken up a step, concluded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import override

from duty_tui.domain.concern import Concern
from duty_tui.domain.escalation import Acknowledged, Escalation, Recipient, Step, Update
from duty_tui.domain.events import Event, Stamp
from duty_tui.domain.model import Instant, Line, Lines, Model
from duty_tui.domain.text import fold
from duty_tui.domain.times import moment_words


class To(Model):
    """One recipient, as recorded."""

    name: Annotated[Line, Field(min_length=1)]
    role: Line = ""
    contact: Line = ""


class EscalationEvent(Event):
    """One thing that happened to the escalation with this number."""

    escalation: int

    def change(self, escalation: Escalation, stamp: Stamp) -> Escalation:
        """The escalation after this event."""
        raise AssertionError(self.kind, escalation, stamp)

    @override
    def same(self, other: Event) -> bool:
        return isinstance(other, EscalationEvent) and (self.kind, self.escalation) == (other.kind, other.escalation)

    @override
    def apply(self, concern: Concern, stamp: Stamp) -> Concern:
        return replace(
            concern,
            escalations=tuple(
                self.change(one, stamp) if one.number == self.escalation else one for one in concern.escalations
            ),
        )


class EscalationSubmitted(EscalationEvent):
    """A form was submitted, or a disagreement raised, with what it took from the record at that moment."""

    kind = "escalation-submitted"

    ladder: Line
    form: Line = ""
    label: Line
    child: int | None = None
    discussion: int | None = None
    fields: dict[str, Lines] = Field(default_factory=dict)
    facts: tuple[Line, ...] = ()
    recipients: tuple[To, ...] = ()
    #: Who holds the first step of a ladder, and as what; empty when it lies with the recipients.
    who: Line = ""
    role: Line = ""
    #: Events of the vocabulary this makes happen.
    makes: tuple[str, ...] = ()
    at: Instant

    @override
    def apply(self, concern: Concern, stamp: Stamp) -> Concern:
        new = Escalation(
            number=self.escalation,
            entry=stamp.entry,
            ladder=self.ladder,
            form=self.form,
            label=self.label,
            child=self.child,
            discussion=self.discussion,
            submitted=self.at,
            submitted_by=stamp.actor,
            fields=self.fields,
            facts=self.facts,
            recipients=tuple(Recipient(one.name, one.role, one.contact) for one in self.recipients),
            steps=(Step(1, self.who, self.role, self.at),),
            made=tuple((name, self.at) for name in self.makes),
        )
        return replace(concern, escalations=(*concern.escalations, new))

    @override
    def same(self, other: Event) -> bool:
        # It gets its number when it is recorded: two people's numbers differ though they mean the same one.
        return isinstance(other, EscalationSubmitted) and (self.ladder, self.child, self.discussion) == (
            other.ladder,
            other.child,
            other.discussion,
        )

    @override
    def about(self) -> str:
        return f"{self.label} submitted {moment_words(self.at)}"

    @override
    def why_fixed(self, concern: Concern) -> str | None:
        return "An escalation does not go away: conclude it instead, and say that it was a mistake."

    @override
    def words(self) -> str:
        to = ", ".join(one.name for one in self.recipients) or self.who
        return self.about() + (f" to {to}" if to else "")


class EscalationAcknowledged(EscalationEvent):
    """Somebody it went to said that they have it."""

    kind = "escalation-acknowledged"

    by: Annotated[Line, Field(min_length=1)]
    at: Instant

    @override
    def change(self, escalation: Escalation, stamp: Stamp) -> Escalation:
        new = Acknowledged(self.by, self.at, stamp.actor)
        return replace(escalation, acknowledged=(*escalation.acknowledged, new))

    @override
    def same(self, other: Event) -> bool:
        return super().same(other) and isinstance(other, EscalationAcknowledged) and fold(self.by) == fold(other.by)

    @override
    def words(self) -> str:
        return f"Escalation {self.escalation} acknowledged by {self.by}, {moment_words(self.at)}"


class EscalationUpdated(EscalationEvent):
    """Something more is known, or was answered."""

    kind = "escalation-updated"

    text: Annotated[Lines, Field(min_length=1)]
    at: Instant

    @override
    def change(self, escalation: Escalation, stamp: Stamp) -> Escalation:
        return replace(escalation, updates=(*escalation.updates, Update(self.at, stamp.actor, self.text)))

    @override
    def same(self, other: Event) -> bool:
        return False

    @override
    def words(self) -> str:
        return f"Escalation {self.escalation}, update: {self.text}"


class EscalationStepEnded(EscalationEvent):
    """A step ended without settling it, and the next one began with somebody more senior."""

    kind = "escalation-step-ended"

    said: Annotated[Lines, Field(min_length=1)]
    who: Annotated[Line, Field(min_length=1)]
    role: Line = ""
    makes: tuple[str, ...] = ()
    at: Instant

    @override
    def change(self, escalation: Escalation, stamp: Stamp) -> Escalation:
        ended = escalation.step._replace(outcome="up", said=self.said, ended=self.at)
        return replace(
            escalation,
            steps=(*escalation.steps[:-1], ended, Step(ended.number + 1, self.who, self.role, self.at)),
            made=(*escalation.made, *((name, self.at) for name in self.makes)),
        )

    @override
    def same(self, other: Event) -> bool:
        return _ends_the_step(self, other)

    @override
    def about(self) -> str:
        return f"Escalation {self.escalation} taken up"

    @override
    def words(self) -> str:
        return f"Escalation {self.escalation} taken up to {self.who}: {self.said}"


class EscalationConcluded(EscalationEvent):
    """It has its outcome, resolved or not."""

    kind = "escalation-concluded"

    outcome: Annotated[Lines, Field(min_length=1)]
    resolved: bool = True
    makes: tuple[str, ...] = ()
    at: Instant

    @override
    def change(self, escalation: Escalation, stamp: Stamp) -> Escalation:
        how: Literal["", "resolved"] = "resolved" if self.resolved else ""
        ended = escalation.step._replace(outcome=how, said=self.outcome, ended=self.at)
        return replace(
            escalation,
            steps=(*escalation.steps[:-1], ended),
            made=(*escalation.made, *((name, self.at) for name in self.makes)),
            outcome=self.outcome,
            resolved=self.resolved,
            concluded=self.at,
            concluded_by=stamp.actor,
        )

    @override
    def same(self, other: Event) -> bool:
        return _ends_the_step(self, other)

    @override
    def about(self) -> str:
        return f"Escalation {self.escalation} concluded"

    @override
    def words(self) -> str:
        how = "resolved" if self.resolved else "concluded, not resolved"
        return f"Escalation {self.escalation} {how}: {self.outcome}"


def _ends_the_step(one: EscalationEvent, other: Event) -> bool:
    """Whether both end the step an escalation stands on, whichever way."""
    return isinstance(other, EscalationStepEnded | EscalationConcluded) and one.escalation == other.escalation


_ALL: Sequence[type[Event]] = (
    EscalationSubmitted,
    EscalationAcknowledged,
    EscalationUpdated,
    EscalationStepEnded,
    EscalationConcluded,
)
KINDS: dict[str, type[Event]] = {event.kind: event for event in _ALL}
