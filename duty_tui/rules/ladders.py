"""The ladders of the adopted policies: what can be escalated, step by step, and what each step makes happen.

A prompt is no step: it asks a named person, and nothing goes up. Everything is read off `after`, `met_by` and `starts`,
so a policy nobody here has seen has its ladders without a line of code.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from duty_tui.rules.deadline import Deadline
from duty_tui.rules.limits import is_event
from duty_tui.rules.pack import Escalation, Pack


class Step(NamedTuple):
    """One step of a ladder, and the events of the vocabulary that begin and end it."""

    #: Id of the policy.
    pack: str
    rule: Escalation
    #: What recording it makes happen; nothing where the step only begins by itself.
    opens: tuple[str, ...]
    #: What ends this step without settling the matter: it goes on to the next, or begins again.
    up: tuple[str, ...]
    #: What settles the matter here.
    settles: tuple[str, ...]


class Ladder(NamedTuple):
    """An escalation in all its steps, the first first; most have only one."""

    #: The policy and the rule of the first step: `action-note-003/need-to-know`.
    id: str
    label: str
    #: The form of the vocabulary it is recorded on, of the first step that names one.
    form: str | None
    #: What it is once for: the concern, a child, a discussion.
    per: str
    steps: tuple[Step, ...]


def ladders(packs: Iterable[Pack]) -> list[Ladder]:
    """The ladders of the policies, in the order of the packs and of the rules in them.

    A rule without `after` is a first step; the rule whose `after` names it comes next.
    """
    return [_ladder(pack, first) for pack in packs for first in _firsts(pack)]


def called_for(ladder: Ladder, deadlines: Iterable[Deadline], at: datetime | None = None) -> list[Deadline]:
    """Which of a concern's deadlines call for the ladder: running and governing, of any of its steps.

    A miss that lies ahead has a deadline as well; with `at` (UTC) only those that have begun by then are named.
    """
    rules = {(step.pack, step.rule.id) for step in ladder.steps}
    return [
        deadline
        for deadline in deadlines
        if deadline.open
        and (deadline.pack.pack.id, deadline.obligation.id) in rules
        and (at is None or (deadline.start is not None and deadline.start <= at))
    ]


def _steps(pack: Pack) -> list[Escalation]:
    return [rule for rule in pack.escalation if not rule.prompt_only]


def _firsts(pack: Pack) -> list[Escalation]:
    """What follows a prompt follows no step, and so is one that nothing comes before."""
    steps = _steps(pack)
    ids = {rule.id for rule in steps}
    return [rule for rule in steps if rule.after not in ids]


def _climb(pack: Pack, rule: Escalation) -> Iterator[Escalation]:
    yield rule
    for following in _following(pack, rule):
        yield from _climb(pack, following)


def _following(pack: Pack, rule: Escalation) -> list[Escalation]:
    return [other for other in _steps(pack) if other.after == rule.id]


def _ladder(pack: Pack, first: Escalation) -> Ladder:
    rules = list(_climb(pack, first))
    form = next((rule.form for rule in rules if rule.form), None)
    steps = tuple(_step(pack, rule, alone=len(rules) == 1) for rule in rules)
    return Ladder(f"{pack.pack.id}/{first.id}", first.label, form, first.per, steps)


def _step(pack: Pack, rule: Escalation, *, alone: bool) -> Step:
    """A step that stands alone is met by being taken: to submit the form is what was owed.

    In a ladder something is raised first, and then settled or not.
    """
    starting = {name for other in (rule, *_following(pack, rule)) for name in other.starts.references}
    up = tuple(name for name in rule.met_by if name in starting)
    settles = tuple(name for name in rule.met_by if name not in up)
    raised = tuple(dict.fromkeys(name for name in rule.starts.references if is_event(name) and name not in up))
    return Step(pack.pack.id, rule, settles if alone else raised, up, settles)
