"""What a pack of the right shape can still get wrong: names, ids, circles, scopes, numbers the words do not say."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, TypeVar

from duty_tui.rules.clauses import ACTION_FIELDS, Decision, RecordRequirement
from duty_tui.rules.complaints import did_you_mean
from duty_tui.rules.limits import Limit, clock_of
from duty_tui.rules.pack import Clock, Escalation, Obligation, Pack
from duty_tui.rules.plans import plans_for
from duty_tui.rules.quantities import disagreement, strength_doubt
from duty_tui.rules.references import ids, uses
from duty_tui.rules.toml_file import Problem
from duty_tui.rules.toml_lines import Path
from duty_tui.rules.vocabulary import Vocabulary

_Step = TypeVar("_Step")

_SAID = {
    "event": "an event of the vocabulary",
    "planned event": "an event of the vocabulary",
    "fact": "a fact of the vocabulary",
    "answer": "a fact of the vocabulary",
    "judgement": "a fact of the vocabulary",
    "role": "a role of the vocabulary",
    "form": "a form of the vocabulary",
    "calendar": "a calendar of the vocabulary",
    "time of day": "a time of day of the vocabulary",
    "reading": "a [[reading]] of this pack",
    "clock": "a clock of this pack",
    "escalation": "an [[escalation]] of this pack",
    "box": "a box of this pack",
}


def check_pack(pack: Pack, vocabulary: Vocabulary, spoiled: Collection[str] = ()) -> Iterator[Problem]:
    """Every problem of a pack of the right shape but its names; `spoiled` are ids set aside for another problem."""
    yield from _twice(pack)
    yield from _replacements(pack, spoiled)
    yield from _circles(pack)
    yield from _fields(pack)
    for path, rule, clock in rules(pack):
        yield from _words(path, clock)
        yield from _moments(path, rule, clock, pack, vocabulary)
    for index, obligation in enumerate(pack.obligation):
        yield from _scope(("obligation", index), obligation, vocabulary)
    for index, escalation in enumerate(pack.escalation):
        yield from _scope(("escalation", index), escalation, vocabulary)
        yield from _asked(("escalation", index), escalation, vocabulary)


def doubts(pack: Pack) -> Iterator[Problem]:
    """What may be meant, and a reader should look at once more."""
    for path, _, clock in rules(pack):
        if doubt := strength_doubt(clock.strength, clock.cite.words):
            yield Problem((*path, "strength"), doubt)
    for section in ("record", "duty"):
        for index, clause in enumerate(getattr(pack, section)):
            if doubt := strength_doubt(clause.strength, clause.cite.words):
                yield Problem((section, index, "strength"), doubt)


def rules(pack: Pack) -> Iterator[tuple[Path, Obligation | Escalation, Clock | Escalation]]:
    """Every clock with what it belongs to and its place; an escalation is its own clock."""
    for index, obligation in enumerate(pack.obligation):
        for number, clock in enumerate(obligation.clock):
            yield ("obligation", index, "clock", number), obligation, clock
    for index, escalation in enumerate(pack.escalation):
        yield ("escalation", index), escalation, escalation


def check_names(data: Mapping[str, Any], vocabulary: Vocabulary) -> Iterator[Problem]:
    """Every name that names nothing, in a pack's tables as they stand in the file, whatever their shape."""
    own = {
        section: set(ids(data.get(section))) for section in ("reading", "obligation", "escalation", "decision_boxes")
    }
    known: Mapping[str, Collection[str]] = {
        "event": vocabulary.event,
        "planned event": vocabulary.event,
        "fact": vocabulary.fact,
        "answer": vocabulary.fact,
        "judgement": vocabulary.fact,
        "role": vocabulary.role,
        "form": vocabulary.form,
        "calendar": vocabulary.calendar,
        "time of day": vocabulary.time_of_day,
        "reading": own["reading"],
        "clock": own["obligation"] | own["escalation"],
        "escalation": own["escalation"],
        "box": own["decision_boxes"],
    }
    for kind, name, path in uses(data):
        if name not in known[kind]:
            yield Problem(path, f'"{name}" is not {_SAID[kind]}{did_you_mean(name, known[kind])}')
        elif kind == "planned event" and not vocabulary.event[name].planned:
            yield Problem(path, f'"{name}" is not a date people set; the vocabulary does not call it planned')
        elif kind == "answer" and vocabulary.fact[name].kind == "derived":
            yield Problem(path, f'"{name}" is known to the desk by itself; no answer can set it')
        elif kind == "judgement" and vocabulary.fact[name].kind != "judgement":
            yield Problem(path, f'"{name}" is not a judgement in the vocabulary; a prompt asks a named person for one')


def _fields(pack: Pack) -> Iterator[Problem]:
    """What is answered from the actions can only ask for what an action has, or it would be lacking for ever."""
    asking: list[tuple[Path, Decision | RecordRequirement]] = [
        (("decision", index), decision) for index, decision in enumerate(pack.decision)
    ]
    asking += [(("record", index), requirement) for index, requirement in enumerate(pack.record)]
    for path, one in asking:
        for place, name in enumerate(one.fields if one.answered_by == "actions" else ()):
            if name not in ACTION_FIELDS:
                near = did_you_mean(name, ACTION_FIELDS)
                yield Problem((*path, "fields", place), f'"{name}" is not something an action has{near}')


def _twice(pack: Pack) -> Iterator[Problem]:
    clocks = [(path, clock.id) for path, _, clock in rules(pack)]
    duties: list[tuple[Path, str]] = [
        (("obligation", index), obligation.id) for index, obligation in enumerate(pack.obligation)
    ]
    duties += [(("escalation", index), escalation.id) for index, escalation in enumerate(pack.escalation)]
    lists = [clocks, duties]
    lists += [
        [((section, index), part.id) for index, part in enumerate(getattr(pack, section))]
        for section in ("duty", "outcome", "reading")
    ]
    lists += [
        [(("outcome", number, "choices", index), part.id) for index, part in enumerate(outcome.choices)]
        for number, outcome in enumerate(pack.outcome)
    ]
    # An answer names its point: agenda, decisions and record requirements share one list of names.
    points: list[tuple[Path, str]] = []
    if pack.agenda:
        points += [(("agenda", "items", index), item.id) for index, item in enumerate(pack.agenda.items)]
    for section in ("decision", "record"):
        points += [((section, index), part.id) for index, part in enumerate(getattr(pack, section))]
    lists.append(points)
    if pack.decision_boxes:
        boxes = enumerate(pack.decision_boxes.boxes)
        lists.append([(("decision_boxes", "boxes", index), box.id) for index, box in boxes])
    for named in lists:
        seen: set[str] = set()
        for path, name in named:
            if name in seen:
                yield Problem((*path, "id"), f'"{name}" is the id of another one as well; each id stands for one thing')
            seen.add(name)


def _replacements(pack: Pack, spoiled: Collection[str]) -> Iterator[Problem]:
    for index, obligation in enumerate(pack.obligation):
        replaced = {clock.id: clock.replaces for clock in obligation.clock}
        for number, clock in enumerate(obligation.clock):
            path: Path = ("obligation", index, "clock", number, "replaces")
            for place, name in enumerate(clock.replaces):
                if name not in replaced and name not in spoiled:
                    near = did_you_mean(name, replaced)
                    yield Problem((*path, place), f'"{name}" is not a clock of the same obligation{near}')
            if clock.id in _reached(clock.id, replaced):
                yield Problem(path, "these clocks replace one another in a circle, so none would be left")


def _circles(pack: Pack) -> Iterator[Problem]:
    """What starts with a miss, passed or foreseen, or after a step, must not come back to itself."""
    home = {clock.id: path[:2] for path, _, clock in rules(pack)}
    waits_for: dict[Path, tuple[Path, ...]] = {}
    for path, rule, clock in rules(pack):
        named = list(clock.starts.clocks)
        named += [rule.after] if isinstance(rule, Escalation) and rule.after else []
        waits_for[path[:2]] = (*waits_for.get(path[:2], ()), *(home[name] for name in named if name in home))
    for path, _, clock in rules(pack):
        if path[:2] in _reached(path[:2], waits_for):
            key = "after" if isinstance(clock, Escalation) and clock.after else "starts"
            yield Problem(
                (*path, key), "this waits for itself, directly or through others: a circle of breach, late and after"
            )


def _reached(start: _Step, steps: Mapping[_Step, tuple[_Step, ...]]) -> set[_Step]:
    reached: set[_Step] = set()
    ahead = list(steps.get(start, ()))
    while ahead:
        name = ahead.pop()
        if name not in reached:
            reached.add(name)
            ahead += steps.get(name, ())
    return reached


def _words(path: Path, clock: Clock | Escalation) -> Iterator[Problem]:
    limit, key = (
        (clock.limit, "within" if clock.within else "before") if isinstance(clock, Clock) else (clock.within, "within")
    )
    if wrong := disagreement(limit, clock.cite.words):
        yield Problem((*path, key), wrong)


def _moments(
    path: Path, rule: Obligation | Escalation, clock: Clock | Escalation, pack: Pack, vocabulary: Vocabulary
) -> Iterator[Problem]:
    here = (*path, "starts")
    unnumbered = {other.id for _, _, other in rules(pack) if _limit_of(other).promptly is not None}
    clocks = {other.id for _, _, other in rules(pack)}
    duties = {obligation.id for obligation in pack.obligation} - clocks
    for name in clock.starts.references:
        missed = clock_of(name)
        if missed in duties:
            yield Problem(here, f'"{name}" names an obligation; name the one of its clocks that is missed')
        if missed in unnumbered:
            yield Problem(here, f'"{name}": that clock states no number, so no moment passes when it is missed')
        if name.startswith("late:") and missed in clocks and not plans_for(pack, missed, vocabulary):
            yield Problem(
                here, f'"{name}": people set no date for what meets that clock, so none can lie after its due'
            )
        event = vocabulary.event.get(name)
        if isinstance(clock, Clock) and clock.before and event and not event.planned:
            yield Problem(
                here, f'"before" counts back from a date people set; "{name}" is not planned in the vocabulary'
            )
    if rule.per in ("discussion", "discussion_and_child") and not any(
        _belongs_to_a_discussion(name, vocabulary) for name in clock.starts.references
    ):
        yield Problem(here, f'per = "{rule.per}" needs a start that belongs to a discussion, such as "discussion_held"')


def _limit_of(clock: Clock | Escalation) -> Limit:
    return clock.limit if isinstance(clock, Clock) else clock.within


def _belongs_to_a_discussion(reference: str, vocabulary: Vocabulary) -> bool:
    """A miss belongs wherever the clock it names belongs."""
    if reference.startswith("fact:"):
        fact = vocabulary.fact.get(reference.removeprefix("fact:"))
        return fact is not None and fact.scope == "discussion"
    event = vocabulary.event.get(reference)
    return clock_of(reference) is not None or (event is not None and event.scope == "discussion")


def _asked(path: Path, rule: Escalation, vocabulary: Vocabulary) -> Iterator[Problem]:
    """A question about each child or discussion is one for each, or nobody could tell which answer was meant."""
    fact = vocabulary.fact.get(rule.asks or "")
    if fact is not None and fact.scope not in ("concern", rule.per):
        yield Problem(
            (*path, "asks"),
            f'"{rule.asks}" is asked about each {fact.scope}, but this once per {rule.per}; write per = "{fact.scope}"',
        )


def _scope(path: Path, rule: Obligation | Escalation, vocabulary: Vocabulary) -> Iterator[Problem]:
    if rule.per in ("child", "discussion_and_child"):
        return
    for index, name in enumerate(rule.met_by):
        if name in vocabulary.event and vocabulary.event[name].scope == "child":
            better = "child" if rule.per == "concern" else "discussion_and_child"
            yield Problem(
                (*path, "met_by", index),
                f'"{name}" happens to one child, but this is owed once per {rule.per}; write per = "{better}"',
            )
