"""The clauses of a pack that carry no clock: attendance, agenda, decisions, outcomes, record requirements, duties."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, PositiveInt

from duty_tui.rules.conditions import Condition
from duty_tui.rules.model import Citation, Id, Model
from duty_tui.rules.vocabulary import Scope

#: How strongly a document says it.
Strength = Literal["must", "should", "target", "prefer", "may"]


#: What of the record answers a point, so that nobody is asked what is written. `desk`: the way records are kept.
AnsweredBy = Literal[
    "attendance",
    "decisions",
    "reasons",
    "actions",
    "sharing",
    "challenge",
    "medical",
    "interview",
    "purpose",
    "child",
    "seniority",
    "signature",
    "desk",
]


#: What an action says of itself, as a point answered from the actions may ask for it.
ACTION_FIELDS = ("what", "who", "agency", "due", "check", "contingency")


class Attend(Model):
    """Who must be there, must be there in some cases, may be invited, is to be informed, is never invited."""

    need: Literal["minimum", "invite", "inform", "exclude"]
    role: str
    #: The document's own name for the role.
    title: str = ""
    #: Applies only when; unknown keeps it ("unless ruled out").
    when: Condition | None = None
    at_least: PositiveInt = 1
    readings: tuple[str, ...] = ()
    cite: Citation


class AttendanceRule(Model):
    """What counts as having attended."""

    #: Present and taking part only; a report from somebody absent is a contribution.
    present_only: bool
    #: Those attending must be able to decide for their agency.
    senior_enough: bool = False
    readings: tuple[str, ...] = ()
    cite: Citation


class Chair(Model):
    """Who chairs, and whether the chair signs the record."""

    role: str
    title: str = ""
    signs: bool = False
    cite: Citation
    also: Citation | None = None


class AgendaItem(Model):
    """One question or agenda point, in the desk's words."""

    id: Id
    text: str
    group: str = ""
    #: Asked once per child, once per agency, or once.
    per: Literal["child", "agency"] | None = None
    needs_reason: bool = False
    #: Answering it makes an action.
    makes: Literal["action"] | None = None
    #: The fact its answer sets.
    sets: str | None = None
    #: Answered from what is recorded rather than asked.
    answered_by: AnsweredBy | None = None


class Agenda(Model):
    """The agenda or checklist a document offers."""

    strength: Strength
    cite: Citation
    items: tuple[AgendaItem, ...] = Field(min_length=1)


class Choice(Model):
    """One way an outcome can go."""

    id: Id
    text: str
    when: Condition | None = None
    sets: tuple[str, ...] = ()


class Outcome(Model):
    """A possible outcome of the discussion and the decision facts it sets."""

    id: Id
    label: str
    sets: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    readings: tuple[str, ...] = ()
    cite: Citation


class Box(Model):
    """A decision that can be ticked; several may be unless `confirm_with` asks about the pair."""

    id: Id
    text: str
    sets: tuple[str, ...] = ()
    #: Sets these facts only when none of the boxes in `unless_with` is ticked as well.
    sets_alone: tuple[str, ...] = ()
    unless_with: tuple[str, ...] = ()
    confirm_with: tuple[str, ...] = ()


class DecisionBoxes(Model):
    """The pack's list of decisions, per child."""

    many: bool
    #: Every ticked decision carries its own reason.
    reason_each: bool = True
    boxes: tuple[Box, ...] = Field(min_length=1)
    readings: tuple[str, ...] = ()
    cite: Citation


class Decision(Model):
    """Something the discussion has to decide."""

    id: Id
    text: str
    when: Condition | None = None
    owner: str | None = None
    makes: Literal["action"] | None = None
    #: What of the record must be filled in.
    fields: tuple[str, ...] = ()
    #: Answered from what is recorded rather than asked.
    answered_by: AnsweredBy | None = None
    cite: Citation


class RecordRequirement(Model):
    """Something the record must hold."""

    id: Id
    strength: Strength
    text: str
    owner: str | None = None
    when: Condition | None = None
    per: Literal["child", "discussion", "contributor"] | None = None
    fields: tuple[str, ...] = ()
    #: Answered from what is recorded rather than asked.
    answered_by: AnsweredBy | None = None
    makes: Literal["action"] | None = None
    needs_reason: bool = False
    readings: tuple[str, ...] = ()
    cite: Citation


class Duty(Model):
    """A duty without a clock."""

    id: Id
    strength: Strength
    owner: str
    text: str
    when: Condition | None = None
    per: Scope = "concern"
    cite: Citation
