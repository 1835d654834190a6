"""One obligation or escalation, compiled: its deadlines for one child and one discussion of a situation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from duty_tui.domain.times import london_date
from duty_tui.rules.calendar import WorkingCalendar
from duty_tui.rules.conditions import Kleene
from duty_tui.rules.deadline import Deadline, State
from duty_tui.rules.due import DueOf, compile_limit
from duty_tui.rules.kleene import Compiled, compile_condition
from duty_tui.rules.limits import Restart, is_event
from duty_tui.rules.openness import Conditions, Openings, Openness, is_forward
from duty_tui.rules.pack import Clock, Escalation, Obligation, Pack
from duty_tui.rules.plans import plans_for
from duty_tui.rules.settle import counts, settle, vary
from duty_tui.rules.situation import Variation
from duty_tui.rules.starts import Begin, Scene, Starts
from duty_tui.rules.vocabulary import Vocabulary


class _Wheel:
    """One clock of a rule, compiled."""

    __slots__ = ("backward", "clock", "date_in_record", "due", "moves", "restarts", "starts")

    def __init__(self, clock: Clock | Escalation, due: DueOf, starts: Starts, backward: bool) -> None:
        self.clock = clock
        self.due = due
        self.starts = starts
        self.backward = backward
        self.restarts = _restarts(clock.restarts) if isinstance(clock, Clock) else None
        self.date_in_record = (clock.limit if isinstance(clock, Clock) else clock.within).date_in_record
        #: The due is not simply counted from the start.
        self.moves = self.restarts is not None or self.date_in_record is not None


class _Restarts(NamedTuple):
    on: str
    when: Compiled

    def moved(self, scene: Scene, start: datetime, until: datetime | None) -> datetime | None:
        """The last later event, while nothing is met, about which the condition certainly holds; None without one."""
        moments = [
            happening.at
            for happening in scene.timeline.happenings(self.on, scene.child, None)
            if happening.at > start
            and (until is None or happening.at <= until)
            and self.when(scene.timeline.answers(scene.child, happening.discussion)) is True
        ]
        return max(moments, default=None)


def _restarts(restart: Restart | None) -> _Restarts | None:
    return _Restarts(restart.on, compile_condition(restart.when)) if restart else None


class _Timing(NamedTuple):
    start: datetime | None
    reference: str
    due: datetime | None
    provisional: bool
    first_due: datetime | None


_NOT_BEGUN = _Timing(None, "", None, False, None)


class _Meeting(NamedTuple):
    """An event that meets a rule."""

    name: str
    #: It is also what the rule counts from: only a later one meets it, whichever discussion that belongs to.
    next_one: bool
    #: A date people set meets the rule when it is set, not when it comes.
    planned: bool


class Rule:
    """An obligation or an escalation, compiled against the calendars; an escalation is its own only clock."""

    def __init__(
        self,
        pack: Pack,
        rule: Obligation | Escalation,
        vocabulary: Vocabulary,
        calendars: Mapping[str, WorkingCalendar],
    ) -> None:
        self.pack = pack
        self.rule = rule
        self.per = rule.per
        self.after = rule.after if isinstance(rule, Escalation) else None
        #: The fact whose answer meets it as well; only of a prompt.
        self.asks = rule.asks if isinstance(rule, Escalation) else None
        self.same_day_counts = isinstance(rule, Obligation) and rule.earlier_same_day_counts
        clocks: Sequence[Clock | Escalation] = rule.clock if isinstance(rule, Obligation) else (rule,)
        # Clocks of one rule mostly count from the same moment: it is looked for once.
        starts = {
            clock.starts: Starts(clock.starts, lambda name: plans_for(pack, name, vocabulary)) for clock in clocks
        }
        self.wheels = []
        for clock in clocks:
            backward = not is_forward(clock)
            due = _due_of(pack, clock, vocabulary, calendars, backward=backward)
            self.wheels.append(_Wheel(clock, due, starts[clock.starts], backward))
        self.starts = tuple(starts.values())
        references = {reference for clock in clocks for reference in clock.starts.references}
        #: What any of its clocks counts from, where these are events alone; else None.
        self.events = tuple(references) if all(map(is_event, references)) else None
        #: Events until one of which nothing of it begins; None where something else may begin it.
        self.woken_by = self.events if self.after is None else None
        self.conditions = Conditions(rule, clocks)
        #: Of a rule none of whose clocks has begun, the deadlines for one child, discussion and set of answers.
        self._idle: dict[tuple[int | None, int | None, tuple[Kleene, ...]], tuple[tuple[Deadline, ...], None]] = {}
        #: The facts it asks about.
        self.facts = self.conditions.facts
        self._openings = self.conditions.known
        self.met_by = [_Meeting(name, name in references, vocabulary.event[name].planned) for name in rule.met_by]

    def deadlines(self, scene: Scene, variations: Sequence[Variation]) -> tuple[Sequence[Deadline], datetime | None]:
        """One deadline for each clock, in the order of the pack, and the earliest moment any of them counts from.

        Deadlines of a rule that has not begun are the same for every concern with the same answers: never change one.
        """
        answers = tuple(map(scene.look, self.facts)) if self.facts else ()
        step = self._step_before(scene) if self.after else None
        begins = self._begins(scene, step)
        if begins is None:
            return self._waiting(scene, answers, step)
        openings = self._openings.get(answers) or self.conditions.openings(answers, scene.look)
        counts_from, forward = self._counted_from(begins, openings)
        met_at = None if counts_from is None else self._met(scene, forward)
        if self.asks is not None and counts_from is not None and scene.timeline.knows(self.asks):
            met_at = _first(met_at, self._answered(scene, self.asks, begins))
        opened = openings.unmet if met_at is None else openings.met
        if step is not None or self.events is None:
            opened = tuple(_as_open_as(one, step, begin) for one, begin in zip(opened, begins, strict=True))
        if len(begins) == 1:  # most rules have one clock, and none beside it that could govern
            only = self._deadline(scene, self.wheels[0], begins[0], opened[0], met_at)
            only.governs = counts(only)
            made = [only]
        else:
            made = [
                self._deadline(scene, wheel, begin, openness, met_at)
                for wheel, begin, openness in zip(self.wheels, begins, opened, strict=True)
            ]
        if variations:
            vary(made, variations)
        if len(made) > 1:
            settle(made)
        return made, counts_from

    def _counted_from(
        self, begins: Sequence[Begin | None], openings: Openings
    ) -> tuple[datetime | None, datetime | None]:
        """The earliest moment that any clock that may apply counts from, and any of those that count forward."""
        if len(self.starts) == 1 and begins[0] is not None:
            at = begins[0].counts_from
            return at if openings.applies else None, at if openings.forward else None
        counting = [
            (begin.counts_from, wheel.backward)
            for wheel, begin, verdict in zip(self.wheels, begins, openings.when, strict=True)
            if begin is not None and verdict is not False
        ]
        forward = (at for at, backward in counting if not backward)
        return min((at for at, _ in counting), default=None), min(forward, default=None)

    def _begins(self, scene: Scene, step: Deadline | None) -> list[Begin | None] | None:
        """From when each clock counts; None while none of them has begun: most rules of most concerns."""
        if self.events is not None and scene.timeline.recorded.isdisjoint(self.events):
            return None
        if self.after is not None and step is None:
            return None
        not_before = step.start if step else None
        if len(self.starts) == 1:
            begin = self.starts[0].find(scene, not_before)
            return None if begin is None else [begin] * len(self.wheels)
        found = {starts: starts.find(scene, not_before) for starts in self.starts}
        return [found[wheel.starts] for wheel in self.wheels] if any(found.values()) else None

    def _step_before(self, scene: Scene) -> Deadline | None:
        """The step that must have begun before this one can; None while it has not."""
        steps = scene.found.get(self.after or "", ())
        begun = (step for step in steps if step.start and step.state is not State.RULED_OUT and scene.concerns(step))
        return next(begun, None)

    def _met(self, scene: Scene, start: datetime | None) -> datetime | None:
        """The first event that meets the rule at or after `start`; the first at all where only backward clocks count.

        Source: reading 16 of the adopted readings for what counts earlier on the same day.
        """
        met: datetime | None = None
        if scene.timeline.recorded.isdisjoint(self.rule.met_by):  # most rules of most concerns
            return None
        for name, next_one, planned in self.met_by:
            discussion = None if next_one else scene.discussion
            if planned:
                happenings = scene.timeline.happenings(name, scene.child, discussion)
                moments = sorted(happening.set_at or start or happening.at for happening in happenings)
            else:
                moments = scene.timeline.moments(name, scene.child, discussion)
            for at in moments:
                if start is None or at > start or (not next_one and self._early_enough(at, start)):
                    met = at if met is None or at < met else met
                    break
        return met

    def _answered(self, scene: Scene, fact: str, begins: Sequence[Begin | None]) -> datetime | None:
        """When what a prompt asks was answered since it began: an earlier answer was given to something else."""
        begun = min(begin.at for begin in begins if begin is not None)
        return scene.timeline.answered(fact, scene.child, scene.discussion, begun)

    def _early_enough(self, at: datetime, start: datetime) -> bool:
        return at == start or (self.same_day_counts and london_date(at) == london_date(start))

    def _deadline(
        self, scene: Scene, wheel: _Wheel, begin: Begin | None, openness: Openness, met_at: datetime | None
    ) -> Deadline:
        ruled_out, unless = openness
        start, reference, due, provisional, first_due = _NOT_BEGUN
        if begin is not None:
            start, reference = begin.at, begin.reference
            due, provisional = wheel.due(start, begin.missed)
            if wheel.moves:
                start, reference, due, provisional, first_due = self._moved(scene, wheel, begin, met_at)
        if ruled_out:
            state, met_at = State.RULED_OUT, None
        elif met_at is not None:
            state = State.MET
        else:
            state = State.WAITING if begin is None else State.RUNNING
        return Deadline(
            self.pack,
            self.rule,
            wheel.clock,
            scene.child,
            scene.discussion,
            state,
            not unless,
            unless,
            start,
            reference,
            due,
            False,
            None,
            met_at,
            provisional,
            first_due,
            False,
            None,
        )

    def _waiting(
        self, scene: Scene, answers: tuple[Kleene, ...], step: Deadline | None
    ) -> tuple[tuple[Deadline, ...], None]:
        """The deadlines of a rule none of whose clocks has begun."""
        key = (scene.child, scene.discussion, answers)
        known = self._idle.get(key) if step is None else None
        if known is None:
            opened = self.conditions.openings(answers, scene.look).unmet
            made = (
                self._deadline(scene, wheel, None, _as_open_as(openness, step, None), None)
                for wheel, openness in zip(self.wheels, opened, strict=True)
            )
            known = (tuple(made), None)
            if step is None:
                self._idle[key] = known
        return known

    def _moved(self, scene: Scene, wheel: _Wheel, begin: Begin, met_at: datetime | None) -> _Timing:
        """Start and due of a clock whose due stands in the record, or whose start a later event may move."""
        due, provisional = wheel.due(begin.at, begin.missed)
        if wheel.date_in_record is not None:
            due = min(scene.timeline.moments(wheel.date_in_record, scene.child, scene.discussion), default=None)
        moved = wheel.restarts.moved(scene, begin.at, met_at) if wheel.restarts else None
        if moved is None or wheel.restarts is None:
            return _Timing(begin.at, begin.reference, due, provisional, None)
        return _Timing(moved, wheel.restarts.on, *wheel.due(moved, False), first_due=due)


def _as_open_as(openness: Openness, step: Deadline | None, begin: Begin | None) -> Openness:
    """No more certain than the step before it, and than the miss it counts from."""
    breached = begin.breached if begin else None
    if (step is None and breached is None) or openness.ruled_out:
        return openness
    unless = (*openness.unless, *(step.unless if step else ()), *(breached.unless if breached else ()))
    return Openness(False, tuple(dict.fromkeys(unless)))


def _first(one: datetime | None, other: datetime | None) -> datetime | None:
    return min((at for at in (one, other) if at is not None), default=None)


def _due_of(
    pack: Pack,
    clock: Clock | Escalation,
    vocabulary: Vocabulary,
    calendars: Mapping[str, WorkingCalendar],
    *,
    backward: bool,
) -> DueOf:
    own = clock.calendar if isinstance(clock, Clock) else None
    limit = clock.limit if isinstance(clock, Clock) else clock.within
    return compile_limit(limit, calendars[own or pack.pack.calendar], vocabulary.time_of_day, backward=backward)
