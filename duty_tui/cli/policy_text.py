"""A policy as a page of text: who must do what, within what, and where the document says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from duty_tui.domain.times import day_words
from duty_tui.rules.clauses import Agenda
from duty_tui.rules.conditions import Condition
from duty_tui.rules.limits import Start
from duty_tui.rules.loader import Policy
from duty_tui.rules.model import Citation
from duty_tui.rules.pack import Escalation, Obligation, Pack
from duty_tui.rules.vocabulary import Vocabulary
from duty_tui.rules.words import limit_words

_PER = {
    "child": "for each child",
    "discussion": "for each discussion",
    "discussion_and_child": "for each child at each discussion",
}
_NEED = {
    "minimum": "must attend",
    "invite": "may be invited",
    "inform": "is to be told",
    "exclude": "is not invited",
}


def policy_lines(policy: Policy, vocabulary: Vocabulary) -> Iterator[str]:
    """The newest version of the policy, section by section."""
    page = _Page(policy.newest, vocabulary)
    yield from page.head(len(policy.versions))
    for heading, lines in page.sections():
        if found := list(lines):
            yield from ("", heading, *(f"  {line}" for line in found))


class _Page:
    def __init__(self, pack: Pack, vocabulary: Vocabulary) -> None:
        self.pack = pack
        self.words = vocabulary

    def head(self, versions: int) -> Iterator[str]:
        pack = self.pack.pack
        yield f"{pack.id}: {pack.title}"
        yield f"{pack.document}{f', {pack.issued_by}' if pack.issued_by else ''}"
        if pack.in_force_from:
            yield f"In force from {day_words(pack.in_force_from)}"
        else:
            yield "States no date: it counts from the day the service adopts it"
        if pack.relies_on:
            yield f"Relies on {', '.join(pack.relies_on)}"
        yield f"Working days: {self.words.calendar[pack.calendar].label}"
        if versions > 1:
            yield f"{versions} versions; this is the newest"

    def sections(self) -> Iterator[tuple[str, Iterable[str]]]:
        pack = self.pack
        for obligation in pack.obligation:
            yield obligation.do.upper(), self.obligation(obligation)
        yield "ESCALATION", self.escalations()
        yield "WHO ATTENDS", self.attendance()
        yield "AGENDA", self.agenda(pack.agenda) if pack.agenda else ()
        yield "TO BE DECIDED", self.decisions()
        yield "OUTCOMES", self.outcomes()
        yield "THE RECORD HOLDS", self.record()
        yield "DUTIES WITHOUT A TIME", self.duties()
        yield "HOW THE TEXT IS READ", self.readings()

    def obligation(self, rule: Obligation) -> Iterator[str]:
        also = f" (also named: {self.role(rule.also_named)})" if rule.also_named else ""
        per = f", {_PER[rule.per]}" if rule.per in _PER else ""
        yield f"{self.owner(rule)}{also}{per}{self.when(rule.when)}{self.until(rule.ends_when)}"
        for clock in rule.clock:
            within = limit_words(clock.limit, self.words, backward=clock.before is not None)
            yield f"{clock.strength}: {within}{self.when(clock.when)}, from {self.start(clock.starts)}"
            yield from self.exception(clock.starts)
            if clock.may_be_varied_by:
                yield f"    another time may be approved by {', '.join(map(self.role, clock.may_be_varied_by))}"
            yield f"    {self.cite(clock.cite)} [{clock.id}]"

    def escalations(self) -> Iterator[str]:
        for step in self.pack.escalation:
            to = f", to {', '.join(map(self.role, step.to))}" if step.to else ""
            kind = "asked" if step.prompt_only else step.strength
            yield f"{kind}: {step.do}; {self.owner(step)}{to}{self.when(step.when)}"
            yield f"    {limit_words(step.within, self.words)}, from {self.start(step.starts)}"
            yield from self.exception(step.starts)
            if step.asks:
                yield f"    answered by yes or no to “{self.words.fact[step.asks].ask}”"
            yield f"    {self.cite(step.cite)} [{step.id}]"

    def attendance(self) -> Iterator[str]:
        for line in self.pack.attend:
            number = f", at least {line.at_least}" if line.at_least > 1 else ""
            yield f"{line.title or self.role(line.role)} {_NEED[line.need]}{number}{self.when(line.when)}"
        if rule := self.pack.attendance_rule:
            yield "Attended means present and taking part" if rule.present_only else "A report counts as attending"
        if chair := self.pack.chair:
            yield f"Chair: {chair.title or self.role(chair.role)}{', who signs the record' if chair.signs else ''}"

    def agenda(self, agenda: Agenda) -> Iterator[str]:
        yield f"{agenda.strength}; {self.cite(agenda.cite)}"
        for group, items in groupby(agenda.items, key=lambda item: item.group):
            if group:
                yield group
            yield from (f"- {item.text}" for item in items)

    def decisions(self) -> Iterator[str]:
        for decision in self.pack.decision:
            yield f"- {decision.text}{self.when(decision.when)}"
        if boxes := self.pack.decision_boxes:
            reason = ", each with its reason" if boxes.reason_each else ""
            yield f"Ticked for each child{reason}:"
            yield from (f"- {box.text}" for box in boxes.boxes)

    def outcomes(self) -> Iterator[str]:
        for outcome in self.pack.outcome:
            yield f"- {outcome.label}"
            yield from (f"    {choice.text}{self.when(choice.when)}" for choice in outcome.choices)

    def record(self) -> Iterator[str]:
        for item in self.pack.record:
            yield f"- {item.text} ({item.strength}){self.when(item.when)}"

    def duties(self) -> Iterator[str]:
        for duty in self.pack.duty:
            yield f"- {self.role(duty.owner)} {duty.strength}: {duty.text}{self.when(duty.when)}"

    def readings(self) -> Iterator[str]:
        for reading in self.pack.reading:
            yield f"{reading.question} {reading.adopted} ({reading.reason})"

    def owner(self, rule: Obligation | Escalation) -> str:
        return rule.owner_title or self.role(rule.owner)

    def role(self, name: str) -> str:
        return self.words.role[name].label

    def cite(self, cite: Citation) -> str:
        return f"{cite.document or self.pack.pack.document}, {cite.paragraph}: “{cite.words}”"

    def when(self, condition: Condition | None) -> str:
        return f", if {self.condition(condition)}" if condition else ""

    def until(self, condition: Condition | None) -> str:
        return f", until {self.condition(condition)}" if condition else ""

    def condition(self, condition: Condition) -> str:
        if condition.fact is not None:
            return self.words.fact[condition.fact].label
        if condition.not_ is not None:
            return f"not {self.condition(condition.not_)}"
        parts = [self.condition(part) for part in condition.all or condition.any or ()]
        said = (" and " if condition.all else " or ").join(parts)
        return f"({said})" if len(parts) > 1 else said

    def start(self, start: Start) -> str:
        names = [self.moment(name) for name in start.earliest or start.latest or ()]
        which = "" if len(names) == 1 else "the earliest of " if start.earliest else "the latest of "
        else_ = f", or else {self.moment(start.or_else)}" if start.or_else else ""
        return f"{which}{'; '.join(names)}{else_}"

    def exception(self, start: Start) -> Iterator[str]:
        """What changes the moment counted from, a line each."""
        if held := start.discussion:
            end = f", or its end ({self.moment(held.ends)}) once that is recorded" if held.ends else ""
            yield f"    that is, of the discussion it fell in: {self.moment(held.begins)}{end}"
        if start.except_:
            names = "; ".join(map(self.moment, start.except_.earliest))
            yield f"    but from {names}{self.when(start.except_.when)}"

    def moment(self, name: str) -> str:
        prefix, _, rest = name.partition(":")
        if prefix == "fact":
            return f"“{self.words.fact[rest].label}” answered yes"
        if prefix == "breach":
            return f"{rest} passed unmet"
        if prefix == "late":
            return f"a date set that lies after {rest} is due"
        return self.words.event[name].label
