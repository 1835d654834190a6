"""The closed list of names a pack may use: events, facts, roles, forms, calendars, times of day, bands of urgency."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from duty_tui.rules.limits import Limit
from duty_tui.rules.model import Id, Model

#: What a name is about: the whole concern, one child of it, or one discussion.
Scope = Literal["concern", "child", "discussion"]
#: What a rule runs for, each on its own.
Per = Literal["concern", "child", "discussion", "discussion_and_child"]


class EventName(Model):
    """Something that happens at an instant."""

    label: str
    scope: Scope = "concern"
    #: May happen more than once.
    repeats: bool = False
    #: May lie in the future: a date people set (a booked conference, a plan promised for Friday).
    planned: bool = False
    #: The event this date foresees: what is booked is held. Only of a planned event.
    plans: str | None = None
    #: Happens when the last of those who must have a discussion's record has it.
    circulated: bool = False


class FactName(Model):
    """A question with three answers: yes, no, not yet known."""

    ask: str
    #: Observed (anyone can see it), judgement (a named person's), decision (of the discussion), derived (desk knows).
    kind: Literal["observed", "judgement", "decision", "derived"]
    scope: Scope = "concern"
    #: Two or three words for lists.
    label: str
    #: Answered yes, the concern may be one that only named people should see: who answers is asked about that.
    suggests_restriction: bool = False


class RoleName(Model):
    """A part somebody plays; a pack gives it its own local title."""

    label: str
    agency: str
    #: What people say for it when they are in a hurry: words for the agency, for a job, and titles before a name.
    words: tuple[str, ...] = ()
    jobs: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    #: Roles this one stands for as well: a social worker is somebody of children's social care.
    counts_as: tuple[str, ...] = ()
    #: One of the partners that belong in every strategy discussion: nobody of its agency there is an absence.
    statutory: bool = False
    #: The event that has happened once everybody with it who is to be informed has been told.
    informed: str | None = None
    #: The record never goes to them; what they are told is a decision of the discussion.
    never_receives: bool = False


class FormField(Model):
    """One thing a form asks."""

    id: Id
    ask: str
    #: It may not stay empty.
    needed: bool = False
    #: The event whose last note in the record is put there to begin with.
    suggest: str | None = None


class FormName(Model):
    """A form the desk can fill in, and what it asks, in order."""

    label: str
    fields: tuple[FormField, ...] = ()


class CalendarName(Model):
    """Which days work: a set of weekdays less published holidays; the service's closure days are taken off as well."""

    label: str
    holidays: Literal["england", "none"] = "england"
    #: ISO weekdays that can be working days (1 Monday … 7 Sunday).
    weekdays: tuple[Annotated[int, Field(ge=1, le=7)], ...] = (1, 2, 3, 4, 5)
    #: The service's own closure days apply.
    closures: bool = True


class TimeOfDay(Model):
    """A named moment of the day, London time."""

    label: str
    at: Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]


class Urgency(Model):
    """A band of the queue, nearest first: which limits belong to it, and how it is shown without colour."""

    label: str
    #: Shown when the governing clock is certain, and when it runs "unless ruled out".
    symbol: Annotated[str, Field(min_length=1, max_length=1)]
    open_symbol: Annotated[str, Field(min_length=1, max_length=1)]
    #: A limit belongs here when it is of one of these kinds and no longer; empty for the band that takes the rest.
    up_to: tuple[Limit, ...] = ()


class Vocabulary(Model):
    """`data/policies/vocabulary.toml`: no pack may use another name."""

    schema_: Literal[1] = Field(alias="schema")
    event: Mapping[str, EventName]
    fact: Mapping[str, FactName]
    role: Mapping[str, RoleName]
    form: Mapping[str, FormName]
    calendar: Mapping[str, CalendarName]
    time_of_day: Mapping[str, TimeOfDay]
    urgency: tuple[Urgency, ...] = Field(min_length=1)
