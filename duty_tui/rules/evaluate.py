"""What falls due when: the adopted policies, compiled once, asked about one concern at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Self

from duty_tui.domain.adoption import Spell
from duty_tui.domain.times import london_date, start_of_day
from duty_tui.rules.asleep import Answer, Sleepers
from duty_tui.rules.calendar import WorkingCalendar
from duty_tui.rules.clockwork import Rule
from duty_tui.rules.conditions import FactLookup, Kleene
from duty_tui.rules.deadline import Deadline
from duty_tui.rules.loader import Policy
from duty_tui.rules.pack import Escalation, Obligation, Pack
from duty_tui.rules.plans import clocks_of
from duty_tui.rules.situation import Situation
from duty_tui.rules.starts import Scene
from duty_tui.rules.timeline import Names, Timeline
from duty_tui.rules.vocabulary import Per, Vocabulary


class _Version:
    """One version of a policy, its rules in an order in which what a rule waits for comes before it."""

    def __init__(
        self, pack: Pack, since: date, vocabulary: Vocabulary, calendars: Mapping[str, WorkingCalendar]
    ) -> None:
        self.pack = pack
        self.since = since
        written: list[Obligation | Escalation] = [*pack.obligation, *pack.escalation]
        rules = {rule.id: Rule(pack, rule, vocabulary, calendars) for rule in written}
        waited_for = {source for rule in written for source in _sources(rule)}
        self.sleepers = Sleepers(
            [
                (place, rules[rule.id], not waited_for.isdisjoint(clock.id for clock in clocks_of(rule)))
                for place, rule in _in_order(written)
            ]
        )

    def evaluate(self, timeline: Timeline, situation: Situation) -> list[list[Answer]]:
        """For each rule as written, for each child and discussion: its deadlines and the moment they count from."""
        found: dict[str, list[Deadline]] = {}
        scenes: dict[Per, list[Scene]] = {}
        awake, asleep = self.sleepers.divide(timeline)
        answers = list(asleep)
        for place, rule, waited_for in awake:
            here = scenes.get(rule.per)
            if here is None:
                here = scenes[rule.per] = [
                    Scene(timeline, *whom, timeline.answers(*whom), found) for whom in timeline.whom(rule.per)
                ]
            answers[place] = [rule.deadlines(scene, situation.variations) for scene in here]
            if waited_for:
                for made, _ in answers[place]:
                    for deadline in made:
                        found.setdefault(deadline.clock.id, []).append(deadline)
        return answers


def _sources(rule: Obligation | Escalation) -> list[str]:
    """The clocks whose miss, passed or foreseen, starts a rule, and the step that comes before it."""
    after = [rule.after] if isinstance(rule, Escalation) and rule.after else []
    return [*(name for clock in clocks_of(rule) for name in clock.starts.clocks), *after]


def _in_order(written: Sequence[Obligation | Escalation]) -> list[tuple[int, Obligation | Escalation]]:
    """Rules with their place, each after those it waits for; a checked pack has no circle of them."""
    home = {clock.id: place for place, rule in enumerate(written) for clock in clocks_of(rule)}
    ordered: dict[int, Obligation | Escalation] = {}

    def put(place: int) -> None:
        for source in _sources(written[place]):
            if home[source] not in ordered:
                put(home[source])
        ordered.setdefault(place, written[place])

    for place in range(len(written)):
        put(place)
    return list(ordered.items())


class _Active:
    """One policy from the day the service works to it; `spells` say from when until when, always without any."""

    def __init__(self, versions: list[_Version], spells: Sequence[Spell]) -> None:
        self.versions = versions
        #: None where nothing is left out: as long as nobody leaves a policy or adopts one for what is new.
        self.spells = spells if any(not spell.earlier or spell.until for spell in spells) else None
        since = versions[0].since
        #: The moment from which the policy is worked to; None when it always was.
        self._since = start_of_day(since) if since > date.min else None

    @property
    def left(self) -> bool:
        """Whether there is a day from which nothing new is governed."""
        return self.spells is not None and self.spells[-1].until is not None

    def governs(self, began: date | None) -> bool:
        """Whether what began on a London day is governed; None is what has not begun."""
        if self.spells is None:
            return True
        return any(spell.governs(began) for spell in self.spells) if began else not self.left

    def deadlines(self, timeline: Timeline, situation: Situation) -> list[Deadline]:
        """The deadlines of the version in force when each rule began to count; that version governs it for life."""
        if len(self.versions) == 1:
            found: Iterable[Answer] = chain.from_iterable(self.versions[0].evaluate(timeline, situation))
        else:
            found = self._by_version(timeline, situation)
        answer: list[Deadline] = []
        for made, counts_from in found:
            if self.spells and not self.governs(counts_from and london_date(counts_from)):
                continue
            if counts_from is not None and self._since is not None and counts_from < self._since:
                for deadline in made:
                    deadline.before_adoption = True
            answer += made
        return answer

    def _by_version(self, timeline: Timeline, situation: Situation) -> list[Answer]:
        """Of each rule, child and discussion the answer of one version."""
        claims: dict[tuple[str, int | None, int | None], dict[int, Answer]] = {}
        for number, version in enumerate(self.versions):
            for rule in version.evaluate(timeline, situation):
                for answer in rule:
                    first = answer[0][0]
                    claims.setdefault((first.obligation.id, first.child, first.discussion), {})[number] = answer
        chosen = (self._choose(claim) for claim in claims.values())
        return [answer for answer in chosen if answer is not None]

    def _choose(self, claims: dict[int, Answer]) -> Answer | None:
        """That of the version in force when the rule began to count in it; while it has not begun, that of the newest.

        Where each version says that another was in force, the newest, so that no child is left without. None when the
        version in force does not have the rule.
        """
        begun = [
            (number, self._in_force(london_date(counts_from)), answer)
            for number, answer in reversed(claims.items())
            if (counts_from := answer[1]) is not None
        ]
        if not begun:
            return claims.get(len(self.versions) - 1)
        own = (answer for number, in_force, answer in begun if in_force == number)
        contested = (answer for _, in_force, answer in begun if in_force in claims)
        return next(own, None) or next(contested, None)

    def _in_force(self, day: date) -> int:
        return max((number for number, version in enumerate(self.versions) if version.since <= day), default=0)


class Rulebook:
    """The policies a service works to. Compile it once; asking it changes nothing and reads no clock.

    `calendars` has a calendar for every name of the vocabulary. `adoptions` gives the day from which the service works
    to a policy, by its id: it takes the place of the day the document states, and a policy that states none is not
    active without it. `spells` says, for a policy that was left or adopted only for what is new, what it governs.
    """

    def __init__(
        self,
        policies: Iterable[Policy],
        vocabulary: Vocabulary,
        calendars: Mapping[str, WorkingCalendar],
        adoptions: Mapping[str, date] | None = None,
        spells: Mapping[str, Sequence[Spell]] | None = None,
    ) -> None:
        self.policies = tuple(policies)
        self.vocabulary = vocabulary
        self.calendars = calendars
        self._names = Names(vocabulary)
        self._active = []
        for policy in self.policies:
            dated = _dated(policy, (adoptions or {}).get(policy.id))
            if dated:
                versions = [_Version(pack, since, vocabulary, calendars) for pack, since in dated]
                self._active.append(_Active(versions, (spells or {}).get(policy.id, ())))

    @classmethod
    def always(
        cls, policies: Iterable[Policy], vocabulary: Vocabulary, calendars: Mapping[str, WorkingCalendar]
    ) -> Self:
        """Every policy in force since ever, for questions that are about the policy and not about a service."""
        policies = tuple(policies)
        return cls(policies, vocabulary, calendars, {policy.id: date.min for policy in policies})

    @property
    def active(self) -> list[Pack]:
        """The newest version of every policy that is in force from some day on, and was not left."""
        return [active.versions[-1].pack for active in self._active if not active.left]

    def deadlines(self, situation: Situation) -> list[Deadline]:
        """Every deadline of the concern, in the order of the policies and of the rules in them."""
        timeline = Timeline(situation, self._names)
        return [deadline for active in self._active for deadline in active.deadlines(timeline, situation)]

    def answer(self, situation: Situation, fact: str, deadline: Deadline) -> Kleene:
        """What a fact is for the child and the discussion of a deadline."""
        return Timeline(situation, self._names).answers(deadline.child, deadline.discussion)(fact)

    def look(self, situation: Situation, child: int | None = None, discussion: int | None = None) -> FactLookup:
        """Looks facts up as they are for a child and a discussion; None stands for all of them."""
        return Timeline(situation, self._names).answers(child, discussion)

    def in_force(self, day: date) -> list[Pack]:
        """The version of every active policy that is in force on a London day; before its first one, that one."""
        return [
            max((one for one in active.versions if one.since <= day), key=lambda one: one.since, default=first).pack
            for active in self._active
            if active.governs(day)
            for first in active.versions[:1]
        ]

    def calendar(self, deadline: Deadline) -> WorkingCalendar:
        """The calendar a deadline's days are counted on."""
        own = None if isinstance(deadline.clock, Escalation) else deadline.clock.calendar
        return self.calendars[own or deadline.pack.pack.calendar]


def _dated(policy: Policy, adopted: date | None) -> list[tuple[Pack, date]]:
    """The versions that ever count, each with its first day, the earliest first; none for a policy not yet adopted."""
    dated = [(pack, pack.pack.in_force_from) for pack in policy.versions]
    if adopted is None:
        return [(pack, since) for pack, since in dated if since is not None]
    later = [(pack, since) for pack, since in dated if since is not None and since > adopted]
    earlier = [pack for pack, since in dated if since is None or since <= adopted]
    if earlier:
        return [(earlier[-1], adopted), *later]
    return [(later[0][0], adopted), *later[1:]]
