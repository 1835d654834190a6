"""What is known about a concern, seen from one child or one discussion of it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import datetime

from duty_tui.rules.conditions import FactLookup, Kleene
from duty_tui.rules.kleene import any_of
from duty_tui.rules.situation import Happening, Known, Situation
from duty_tui.rules.vocabulary import Per, Scope, Vocabulary

#: A child and a discussion, either of them None where the rule runs for none.
Whom = tuple[int | None, int | None]

#: What is owed once for the whole concern.
_WHOLE: tuple[Whom, ...] = ((None, None),)
_NEVER: list[datetime] = []


class Names:
    """What the vocabulary says of each name, laid out for quick questions."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.fact_scopes: Mapping[str, Scope] = {name: fact.scope for name, fact in vocabulary.fact.items()}
        self.planned: Container[str] = frozenset(name for name, event in vocabulary.event.items() if event.planned)
        #: Events each of which belongs to a discussion that took place.
        self.of_discussions = frozenset(
            name for name, event in vocabulary.event.items() if event.scope == "discussion" and not event.planned
        )


class Timeline:
    """One situation, with answers to the questions every clock asks of it kept for the next clock."""

    __slots__ = (
        "_answers",
        "_happenings",
        "_moments",
        "_names",
        "_own",
        "_plain",
        "_situation",
        "children",
        "discussions",
        "recorded",
    )

    def __init__(self, situation: Situation, names: Names) -> None:
        self._situation = situation
        self._names = names
        #: Names of the events that happened or are planned.
        self.recorded = situation.events.keys()
        self._moments: dict[tuple[str, int | None, int | None], list[datetime]] = {}
        self.children: tuple[int | None, ...] = tuple(situation.children) or (None,)
        found = {
            happening.discussion
            for name, happenings in situation.events.items()
            if name in names.of_discussions
            for happening in happenings
        }
        #: Numbers of the discussions that took place; None alone while there was none, so that what waits is shown.
        self.discussions: tuple[int | None, ...] = tuple(sorted(found - {None}, key=lambda n: n or 0)) or (None,)
        self._plain: dict[str, Kleene] = {}
        self._own: list[str] = []
        self._answers: dict[Whom, FactLookup] = {}
        for name, known in situation.facts.items():
            if len(known) == 1 and known[0].child is None and known[0].discussion is None:
                self._plain[name] = known[0].value
            elif known:
                self._own.append(name)

    def whom(self, per: Per) -> Iterable[Whom]:
        """The children and discussions a rule runs for, each on its own."""
        match per:
            case "concern":
                return _WHOLE
            case "child":
                return [(child, None) for child in self.children]
            case "discussion":
                return [(None, discussion) for discussion in self.discussions]
            case _:
                return [(child, discussion) for discussion in self.discussions for child in self.children]

    def happenings(self, name: str, child: int | None, discussion: int | None) -> list[Happening]:
        """The happenings of an event that concern the child and belong to the discussion, in the order recorded.

        Of a planned event only the date that stands. One without a number concerns every child, belongs to every
        discussion; asked for no child or discussion in particular, all of them count.
        """
        found = [
            happening
            for happening in self._situation.events.get(name, ())
            if (child is None or happening.child is None or happening.child == child)
            and (discussion is None or happening.discussion is None or happening.discussion == discussion)
        ]
        if len(found) > 1 and name in self._names.planned:
            return list({(happening.child, happening.discussion): happening for happening in found}.values())
        return found

    def lacks(self, names: tuple[str, ...]) -> bool:
        """Whether none of the events was recorded."""
        return self.recorded.isdisjoint(names)

    def plans(self, name: str, child: int | None, discussion: int | None, until: datetime | None) -> list[Happening]:
        """The dates of a planned event that stand, or that stood at `until`; one not dated stood from the first on."""
        if until is None:
            return self.happenings(name, child, discussion)
        found = [
            plan
            for plan in self._situation.events.get(name, ())
            if (child is None or plan.child is None or plan.child == child)
            and (discussion is None or plan.discussion is None or plan.discussion == discussion)
            and (plan.set_at is None or plan.set_at <= until)
        ]
        return list({(plan.child, plan.discussion): plan for plan in found}.values())

    def moments(self, name: str, child: int | None, discussion: int | None) -> list[datetime]:
        """When an event happened for the child and the discussion, in order of time."""
        if name not in self.recorded:
            return _NEVER
        key = (name, child, discussion)
        moments = self._moments.get(key)
        if moments is None:
            moments = [happening.at for happening in self.happenings(name, child, discussion)]
            moments.sort()
            self._moments[key] = moments
        return moments

    def answers(self, child: int | None, discussion: int | None) -> FactLookup:
        """Looks facts up as they are for the child and the discussion.

        The child's own answer, else the one for the whole concern. Asked for no child in particular, a question about
        each child is answered yes when it is yes for any, and no only when it is no for all; the same with discussions.
        """
        if not self._own:
            return self._plain.get
        look = self._answers.get((child, discussion))
        if look is None:
            own = {name: self._answer(name, child, discussion) for name in self._own}
            look = self._answers[child, discussion] = {**self._plain, **own}.get
        return look

    def alike(self, facts: Sequence[str]) -> tuple[Kleene, ...] | None:
        """The answers to these facts where each is the same for all children and discussions; else None."""
        if self._own and not set(facts).isdisjoint(self._own):
            return None
        return tuple(map(self._plain.get, facts))

    def _answer(self, name: str, child: int | None, discussion: int | None) -> Kleene:
        standing = self._standing(name)
        wide = standing.get(None)
        numbers = self._numbers(name, child, discussion)
        answers = [own.value if (own := standing.get(number, wide)) else None for number in numbers]
        return any_of(answers)

    def since(self, name: str, child: int | None, discussion: int | None) -> datetime | None:
        """When a fact became yes for the child and the discussion (for any, asked for none); None unless it is yes."""
        if not self._situation.facts.get(name):
            return None
        standing = self._standing(name)
        wide = standing.get(None)
        answers = [standing.get(number, wide) for number in self._numbers(name, child, discussion)]
        moments = [answer.since or self._first() for answer in answers if answer is not None and answer.value]
        return min((moment for moment in moments if moment is not None), default=None)

    def knows(self, fact: str) -> bool:
        """Whether anything was ever answered to a question."""
        return fact in self._situation.facts

    def answered(self, name: str, child: int | None, discussion: int | None, since: datetime) -> datetime | None:
        """When a question was first answered yes or no, at or after a moment; None once that was taken back.

        The child's own answers, else those for the whole concern. One nobody dated is of the first thing that happened.
        """
        scope = self._names.fact_scopes.get(name, "concern")
        number = child if scope == "child" else discussion if scope == "discussion" else None
        place = 2 if scope == "child" else 3
        known = self._situation.facts[name]
        if scope != "concern":
            known = [one for one in known if one[place] == number] or [one for one in known if one[place] is None]
        first: datetime | None = None
        for answer in reversed(known):
            if answer.value is None:
                break
            at = answer.since or self._first()
            if at is not None and at >= since and (first is None or at < first):
                first = at
        return first

    def _standing(self, name: str) -> dict[int | None, Known]:
        """The answer that stands for each child or discussion, by the number the fact's scope looks at."""
        known = self._situation.facts[name]
        match self._names.fact_scopes.get(name, "concern"):
            case "child":
                return {answer.child: answer for answer in known}
            case "discussion":
                return {answer.discussion: answer for answer in known}
            case _:
                return {None: known[-1]}

    def _numbers(self, name: str, child: int | None, discussion: int | None) -> tuple[int | None, ...]:
        match self._names.fact_scopes.get(name, "concern"):
            case "child":
                return self.children if child is None else (child,)
            case "discussion":
                return self.discussions if discussion is None else (discussion,)
            case _:
                return (None,)

    def _first(self) -> datetime | None:
        """The first thing that happened: the earlier answer for a fact nobody dated."""
        return min(
            (
                happening.at
                for name, happenings in self._situation.events.items()
                if name not in self._names.planned
                for happening in happenings
            ),
            default=None,
        )
