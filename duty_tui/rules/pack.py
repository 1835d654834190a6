"""A policy pack: one document's rules as data. One version of it; a folder may hold several, by date."""

from __future__ import annotations

from datetime import date
from typing import Literal, Self, cast

from pydantic import Field, PositiveInt, model_validator

from duty_tui.rules.clauses import (
    Agenda,
    Attend,
    AttendanceRule,
    Chair,
    Decision,
    DecisionBoxes,
    Duty,
    Outcome,
    RecordRequirement,
    Strength,
)
from duty_tui.rules.conditions import Condition
from duty_tui.rules.limits import Limit, Restart, Start
from duty_tui.rules.model import Citation, Id, Model, Reading
from duty_tui.rules.vocabulary import Per


class Header(Model):
    """What the document is, and from when it counts."""

    id: Id
    title: str
    #: How citations name the document.
    document: str
    #: In force from this London day; absent when the text carries no date, and then the service must give one.
    in_force_from: date | None = None
    issued_by: str = ""
    #: Other documents it relies on.
    relies_on: tuple[str, ...] = ()
    #: Working days are counted on this calendar unless a clock names another.
    calendar: str = "england"
    #: A record layer says what a record holds; it is adopted beside a numbered pack.
    layer: Literal["clocks", "record"] = "clocks"


class Clock(Model):
    """From when, within what, how strongly, and when it applies.

    `within` counts forward, `before` backward from a planned event.
    """

    id: Id
    strength: Strength
    starts: Start
    within: Limit | None = None
    #: Due this long before the (planned) start instead of after it.
    before: Limit | None = None
    when: Condition | None = None
    #: Falls away when this is certainly so.
    ends_when: Condition | None = None
    #: These clocks of the same obligation lose to this one when it certainly applies.
    replaces: tuple[str, ...] = ()
    restarts: Restart | None = None
    calendar: str | None = None
    #: Roles that may approve another due for one concern, with a reason.
    may_be_varied_by: tuple[str, ...] = ()
    readings: tuple[str, ...] = ()
    cite: Citation

    @model_validator(mode="after")
    def _one_limit(self) -> Self:
        if (self.within is None) == (self.before is None):
            raise ValueError('a clock has exactly one of "within" and "before"')
        if self.before is not None and self.before.kind in ("same_day", "promptly", "date_in_record"):
            raise ValueError(f'"before" needs a number of hours, days, weeks or months, not {self.before.kind}')
        return self

    @property
    def limit(self) -> Limit:
        """The limit, whichever way it counts."""
        return cast("Limit", self.within or self.before)


class Obligation(Model):
    """Something that must happen, who owes it, and its clocks; the earliest due among them governs."""

    id: Id
    #: What to do, in the imperative, as the screen says it.
    do: str
    #: Two or three words for lists.
    label: str
    #: Events that meet it.
    met_by: tuple[str, ...] = Field(min_length=1)
    #: Meeting it earlier on the London day of the start counts as well.
    earlier_same_day_counts: bool = False
    owner: str
    owner_title: str = ""
    #: A second role the same document names for it; shown, never chosen between silently.
    also_named: str | None = None
    form: str | None = None
    #: Of what circulates a record: those who must have it, by what they were to the discussion.
    receives: tuple[Literal["invited", "attended", "contributed"], ...] = ()
    per: Per = "concern"
    when: Condition | None = None
    ends_when: Condition | None = None
    clock: tuple[Clock, ...] = Field(min_length=1)


class Escalation(Model):
    """A step up: what starts it, what is to be done, by whom, to whom. Its start lists the moments that call for it."""

    id: Id
    do: str
    label: str
    strength: Strength
    met_by: tuple[str, ...] = Field(min_length=1)
    form: str | None = None
    owner: str
    owner_title: str = ""
    #: Roles it goes to; empty when the text does not say: then the service's settings name the recipient.
    to: tuple[str, ...] = ()
    #: Place on a ladder, and the step that must have failed before.
    step: PositiveInt = 1
    after: str | None = None
    per: Literal["concern", "child", "discussion"] = "concern"
    when: Condition | None = None
    starts: Start
    within: Limit
    #: A prompt to a named person instead of a duty (the miss of a shorter limit).
    prompt_only: bool = False
    #: The fact a prompt asks: a yes or a no, given once the prompt has begun, answers it.
    asks: str | None = None
    readings: tuple[str, ...] = ()
    cite: Citation

    @model_validator(mode="after")
    def _only_a_prompt_asks(self) -> Self:
        if self.asks and not self.prompt_only:
            raise ValueError('"asks" belongs to a question, not to a duty; write prompt_only = true beside it')
        return self


class Pack(Model):
    """One version of one policy."""

    schema_: Literal[1] = Field(alias="schema")
    pack: Header
    obligation: tuple[Obligation, ...] = ()
    escalation: tuple[Escalation, ...] = ()
    attend: tuple[Attend, ...] = ()
    attendance_rule: AttendanceRule | None = None
    chair: Chair | None = None
    agenda: Agenda | None = None
    outcome: tuple[Outcome, ...] = ()
    decision_boxes: DecisionBoxes | None = None
    decision: tuple[Decision, ...] = ()
    record: tuple[RecordRequirement, ...] = ()
    duty: tuple[Duty, ...] = ()
    reading: tuple[Reading, ...] = ()
