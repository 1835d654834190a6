"""What a policy says of something owed, whatever the concern: what to do, who, how it is met, where it says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from duty_tui.desk.met_where import place_of
from duty_tui.rules.deadline import Deadline
from duty_tui.rules.evaluate import Rulebook
from duty_tui.rules.order import limit_of
from duty_tui.rules.pack import Clock, Escalation, Obligation
from duty_tui.rules.plans import clocks_of
from duty_tui.rules.quantities import NO_TIME_STATED
from duty_tui.rules.vocabulary import Vocabulary
from duty_tui.views.obligation import Kind, MeetBy, Place


class Says(NamedTuple):
    """One clock of one rule (or an agreed action) as a list shows it; see `ObligationLine`."""

    kind: Kind
    rule: str
    clock: str
    do: str
    label: str
    owner: str
    also: str
    strength: str
    met_by: tuple[MeetBy, ...]
    place: Place
    form: str
    asks: str
    varied_by: tuple[str, ...]
    cite: str
    #: How the document says when, where it states no number; empty where the due is a date.
    promptly: str
    #: What it waits for before it begins.
    waits_for: str


class RuleWords:
    """Says it for each clock of one rulebook once: a list across the desk asks a few dozen of them a thousand times."""

    def __init__(self, book: Rulebook) -> None:
        self._book = book
        self._said: dict[tuple[int, int], Says] = {}

    def of(self, deadline: Deadline) -> Says:
        """What the policy of a deadline says; the deadline must come from the same rulebook."""
        # The models of a pack live as long as the rulebook, so their identity is their name.
        key = (id(deadline.obligation), id(deadline.clock))
        said = self._said.get(key)
        if said is None:
            said = self._said[key] = _said(deadline, self._book.vocabulary)
        return said


def _said(deadline: Deadline, vocabulary: Vocabulary) -> Says:
    pack, rule, clock = deadline.pack, deadline.obligation, deadline.clock
    also = None if isinstance(rule, Escalation) else rule.also_named
    cite = clock.cite
    return Says(
        kind=_kind(deadline),
        rule=f"{pack.pack.id}/{rule.id}",
        clock=clock.id,
        do=rule.do,
        label=rule.label,
        owner=rule.owner_title or vocabulary.role[rule.owner].label,
        also=vocabulary.role[also].label if also else "",
        strength=clock.strength,
        met_by=tuple(_meet_by(event, vocabulary) for event in rule.met_by),
        place=place_of(rule),
        form=rule.form or "",
        asks=(rule.asks or "") if isinstance(rule, Escalation) else "",
        varied_by=clock.may_be_varied_by if isinstance(clock, Clock) else (),
        cite=f"{cite.document or pack.pack.document}, {cite.paragraph}: “{cite.words}”",
        promptly=_promptly(deadline),
        waits_for=_waits_for(deadline, vocabulary),
    )


def _kind(deadline: Deadline) -> Kind:
    if isinstance(deadline.obligation, Escalation) and deadline.obligation.prompt_only:
        return "prompt"
    return "offer" if deadline.clock.strength == "may" else "rule"


def _meet_by(event: str, vocabulary: Vocabulary) -> MeetBy:
    name = vocabulary.event[event]
    return MeetBy(event, name.label, name.planned, name.scope)


def _promptly(deadline: Deadline) -> str:
    limit = limit_of(deadline)
    if limit.date_in_record is not None:
        return "on the date in the record, which is not written yet"
    return limit.promptly or NO_TIME_STATED


def _waits_for(deadline: Deadline, vocabulary: Vocabulary) -> str:
    rules: Sequence[Obligation | Escalation] = (*deadline.pack.obligation, *deadline.pack.escalation)
    labels = {clock.id: rule.label for rule in rules for clock in clocks_of(rule)}
    return ", or ".join(
        dict.fromkeys(_reference(name, labels, vocabulary) for name in deadline.clock.starts.references)
    )


def _reference(reference: str, labels: Mapping[str, str], vocabulary: Vocabulary) -> str:
    """A moment a clock counts from, in a few words."""
    prefix, _, name = reference.partition(":")
    match prefix:
        case "fact":
            return f"“{vocabulary.fact[name].label}” answered yes"
        case "breach":
            return f"“{labels[name]}” passing its limit"
        case "late":
            return f"a date set after the limit of “{labels[name]}”"
        case _:
            return vocabulary.event[reference].label
