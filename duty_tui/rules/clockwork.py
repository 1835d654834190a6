"""One obligation or escalation, compiled: its deadlines for one child and one discussion of a situation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from duty_tui.domain.times import london_date
from duty_tui.rules.calendar import WorkingCalendar
from duty_tui.rules.deadline import Deadline, State
from duty_tui.rules.due import DueOf, compile_limit
from duty_tui.rules.kleene import Compiled, Verdict, compile_condition, together
from duty_tui.rules.limits import Restart
from duty_tui.rules.pack import Clock, Escalation, Obligation, Pack
from duty_tui.rules.plans import plans_for
from duty_tui.rules.settle import settle, vary
from duty_tui.rules.situation import Variation
from duty_tui.rules.starts import Begin, Scene, Starts
from duty_tui.rules.timeline import Timeline, Whom
from duty_tui.rules.vocabulary import Vocabulary


class _Wheel:
    """One clock of a rule, compiled."""

    __slots__ = ("backward", "clock", "date_in_record", "due", "ends", "lasts", "moves", "restarts", "starts", "when")

    def __init__(
        self, rule: Obligation | Escalation, clock: Clock | Escalation, due: DueOf, starts: Starts, backward: bool
    ) -> None:
        self.clock = clock
        self.due = due
        self.starts = starts
        self.backward = backward
        self.ends: list[Compiled] = []
        self.restarts: _Restarts | None = None
        self.date_in_record = (clock.limit if isinstance(clock, Clock) else clock.within).date_in_record
        if isinstance(rule, Obligation) and isinstance(clock, Clock):
            self.when = together((compile_condition(rule.when), compile_condition(clock.when)))
            self.ends = [compile_condition(end) for end in (rule.ends_when, clock.ends_when) if end]
            self.restarts = _restarts(clock.restarts)
        else:
            self.when = compile_condition(rule.when)
        #: Nothing makes it fall away once it applies.
        self.lasts = not self.ends
        #: The due is not simply counted from the start.
        self.moves = self.restarts is not None or self.date_in_record is not None


#: A clock, whether it applies, and from when it counts: what its deadline is made from. A bare tuple: one is made for
#: every clock of every concern.
_Draft = tuple[_Wheel, Verdict, Begin | None]


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


#: Applies, and no answer could rule it out.
_SURE: tuple[bool, tuple[str, ...]] = (False, ())
#: What is owed once for the whole concern.
_WHOLE: tuple[Whom, ...] = ((None, None),)
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
            backward = isinstance(clock, Clock) and clock.before is not None
            due = _due_of(pack, clock, vocabulary, calendars, backward=backward)
            self.wheels.append(_Wheel(rule, clock, due, starts[clock.starts], backward))
        self.starts = tuple(starts.values())
        counted_from = {reference for clock in clocks for reference in clock.starts.references}
        self.met_by = [_Meeting(name, name in counted_from, vocabulary.event[name].planned) for name in rule.met_by]

    def whom(self, timeline: Timeline) -> Iterable[Whom]:
        """The children and discussions of a situation the rule runs for, each on its own."""
        match self.per:
            case "concern":
                return _WHOLE
            case "child":
                return [(child, None) for child in timeline.children]
            case "discussion":
                return [(None, discussion) for discussion in timeline.discussions]
            case _:
                return [(child, discussion) for discussion in timeline.discussions for child in timeline.children]

    def deadlines(self, scene: Scene, variations: Sequence[Variation]) -> tuple[list[Deadline], datetime | None]:
        """One deadline for each clock, in the order of the pack, and the earliest moment any of them counts from."""
        look = scene.look
        step = self._step_before(scene) if self.after else None
        begins: dict[Starts, Begin | None] = {}
        for starts in self.starts:
            if self.after is None:
                begins[starts] = starts.find(scene)
            else:
                begins[starts] = starts.find(scene, step.start) if step else None
        if not any(begins.values()):
            return [self._waiting(scene, wheel, step) for wheel in self.wheels], None
        drafts: list[_Draft] = [(wheel, wheel.when(look), begins[wheel.starts]) for wheel in self.wheels]
        counts_from = forward = None
        for wheel, verdict, begin in drafts:
            if begin is not None and verdict is not False:
                if counts_from is None or begin.counts_from < counts_from:
                    counts_from = begin.counts_from
                if not wheel.backward and (forward is None or begin.counts_from < forward):
                    forward = begin.counts_from
        met_at = None if counts_from is None else self._met(scene, forward)
        if self.asks is not None and counts_from is not None and scene.timeline.knows(self.asks):
            met_at = _first(met_at, self._answered(scene, self.asks, drafts))
        made = [self._deadline(scene, draft, step, met_at) for draft in drafts]
        if variations:
            vary(made, variations)
        settle(made)
        return made, counts_from

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
        if scene.timeline.lacks(self.rule.met_by):  # most rules of most concerns
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

    def _answered(self, scene: Scene, fact: str, drafts: Sequence[_Draft]) -> datetime | None:
        """When what a prompt asks was answered since it began: an earlier answer was given to something else."""
        begun = min(begin.at for _, _, begin in drafts if begin is not None)
        return scene.timeline.answered(fact, scene.child, scene.discussion, begun)

    def _early_enough(self, at: datetime, start: datetime) -> bool:
        return at == start or (self.same_day_counts and london_date(at) == london_date(start))

    def _deadline(self, scene: Scene, draft: _Draft, step: Deadline | None, met_at: datetime | None) -> Deadline:
        wheel, verdict, begin = draft
        if verdict is True and wheel.lasts and step is None:
            ruled_out, unless = _SURE
        else:
            ruled_out, unless = _open(wheel, scene, verdict, step, met=met_at is not None)
        if begin is not None and begin.breached is not None and not ruled_out:
            unless = tuple(dict.fromkeys(unless + begin.breached.unless))
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

    def _waiting(self, scene: Scene, wheel: _Wheel, step: Deadline | None) -> Deadline:
        """The deadline of a clock of a rule none of whose clocks has begun: most rules of most concerns."""
        verdict = wheel.when(scene.look)
        if verdict is True and wheel.lasts and step is None:
            ruled_out, unless = _SURE
        else:
            ruled_out, unless = _open(wheel, scene, verdict, step, met=False)
        return Deadline(
            self.pack,
            self.rule,
            wheel.clock,
            scene.child,
            scene.discussion,
            State.RULED_OUT if ruled_out else State.WAITING,
            not unless,
            unless,
            None,
            "",
            None,
            False,
            None,
            None,
            False,
            None,
            False,
            None,
        )

    def _moved(self, scene: Scene, wheel: _Wheel, begin: Begin, met_at: datetime | None) -> _Timing:
        """Start and due of a clock whose due stands in the record, or whose start a later event may move."""
        due, provisional = wheel.due(begin.at, begin.missed)
        if wheel.date_in_record is not None:
            due = min(scene.timeline.moments(wheel.date_in_record, scene.child, scene.discussion), default=None)
        moved = wheel.restarts.moved(scene, begin.at, met_at) if wheel.restarts else None
        if moved is None or wheel.restarts is None:
            return _Timing(begin.at, begin.reference, due, provisional, None)
        return _Timing(moved, wheel.restarts.on, *wheel.due(moved, False), first_due=due)


def _first(one: datetime | None, other: datetime | None) -> datetime | None:
    return min((at for at in (one, other) if at is not None), default=None)


def _open(
    wheel: _Wheel, scene: Scene, verdict: Verdict, step: Deadline | None, *, met: bool
) -> tuple[bool, tuple[str, ...]]:
    """Whether a clock is certainly ruled out, and else the facts that keep that open. What was done stays done."""
    ruled_out = verdict is False
    unless = () if verdict is True or verdict is False else verdict
    for end in wheel.ends:
        ended = end(scene.look)
        if ended is True:
            ruled_out = ruled_out or not met
        elif ended is not False:
            unless += ended
    if ruled_out:
        return True, ()
    if step is not None:
        unless += step.unless
    return False, tuple(dict.fromkeys(unless)) if len(unless) > 1 else unless


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
