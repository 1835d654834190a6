"""Escalations, ready to show: what may be escalated, the form filled from the record, and all that are open."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, NamedTuple

from duty_tui.domain.escalation import Recipient


class EscalationOffer(NamedTuple):
    """One ladder that may be climbed on a concern; those the record calls for come first."""

    #: `pack/first step`.
    ladder: str
    label: str
    do: str
    form: str
    #: Why it is called for now, a sentence each; empty when it may be raised and nothing asks for it.
    because: tuple[str, ...]
    #: The number of an open escalation of the same ladder, child and discussion; None when there is none.
    already: int | None
    child: int | None
    discussion: int | None
    cite: str


class FormField(NamedTuple):
    """One thing to type: its question, whether it may not be empty, and what the desk suggests."""

    id: str
    ask: str
    needed: bool
    suggested: str


class EscalationForm(NamedTuple):
    """A form to be submitted, filled from the record as far as the record goes."""

    concern: str
    reference: str
    version: int
    title: str
    ladder: str
    form: str
    label: str
    child: int | None
    discussion: int | None
    #: What the record says, a line each: child, concern, clock and what is booked.
    facts: tuple[str, ...]
    fields: tuple[FormField, ...]
    #: People it goes to by the service's settings, already chosen; and others who could be.
    recipients: tuple[Recipient, ...]
    others: tuple[Recipient, ...]
    #: Whether somebody must be named; who holds the first step is asked instead where `asks_who`.
    to_named: bool
    asks_who: str
    #: Events of the vocabulary that submitting makes, and questions it answers by being submitted.
    makes: tuple[str, ...]
    judged: tuple[str, ...]
    cite: str


class StepLine(NamedTuple):
    """One step of an escalation, in words."""

    number: int
    #: What the step is, in the policy's words.
    label: str
    who: str
    began: datetime
    #: "for 3 days", "taken up Fri 20 Nov 2026 14:02: …", "resolved …: …", "ended …: …" where it was not resolved.
    standing: str


class EscalationLine(NamedTuple):
    """One escalation, open or concluded."""

    concern: str
    reference: str
    title: str
    number: int
    ladder: str
    form: str
    label: str
    whom: str
    discussion: int | None
    status: Literal["submitted", "acknowledged", "concluded"]
    submitted: datetime
    submitted_by: str
    recipients: tuple[Recipient, ...]
    held_by: str
    #: "3 days", since it was submitted; of a concluded one until it was.
    age: str
    #: What happens next, in words: "acknowledgement by …", "settle it, or take it to more senior staff".
    next: str
    #: The further step of its ladder, in the imperative, empty where there is none; whom it goes to; what that makes.
    up: str
    up_to: str
    up_makes: tuple[str, ...]
    #: What concluding it makes happen.
    settles: tuple[str, ...]
    #: Questions of the form and what was typed.
    fields: tuple[tuple[str, str], ...]
    facts: tuple[str, ...]
    acknowledged: tuple[str, ...]
    updates: tuple[str, ...]
    steps: tuple[StepLine, ...]
    outcome: str
    resolved: bool | None
    concluded: datetime | None
    #: The version of the concern it was read from.
    version: int


class PromptLine(NamedTuple):
    """A question the desk puts to a named person, with the facts; nothing is owed until they say so."""

    concern: str
    reference: str
    title: str
    #: `pack/rule`, or `desk/unconfirmed` for what the desk asks by itself.
    rule: str
    do: str
    label: str
    #: The fact it asks, and the question; the fact is empty where the policy names none, and `ask` is then what to do.
    asks: str
    ask: str
    #: What the record says, a line each.
    facts: tuple[str, ...]
    #: Who is asked, by the document's own title.
    owner: str
    #: Since when it is asked (UTC).
    since: datetime
    child: int | None
    discussion: int | None
    #: Ladders that a yes calls for.
    ladders: tuple[str, ...]
    cite: str
    #: The version of the concern it was read from.
    version: int
