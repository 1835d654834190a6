"""One obligation or escalation, compiled: its deadlines for one child and one discussion of a situation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from duty_tui.domain.times import london_date
from duty_tui.rules.calendar import WorkingCalendar
from duty_tui.rules.deadline import Deadline, State
from duty_tui.rules.due import DueOf, compile_limit
from duty_tui.rules.kleene import Compiled, compile_condition, together
from duty_tui.rules.limits import Restart
from duty_tui.rules.pack import Clock, Escalation, Obligation, Pack
from duty_tui.rules.situation import Variation
from duty_tui.rules.starts import Begin, Found, Starts, concerns
from duty_tui.rules.timeline import Timeline
from duty_tui.rules.vocabulary import Vocabulary


class _Wheel:
    """One clock of a rule, compiled."""

    __slots__ = (
        "backward",
        "clock",
        "date_in_record",
        "due",
        "ends",
        "replaces",
        "restarts",
        "starts",
        "varied_by",
        "when",
    )

    def __init__(self, rule: Obligation | Escalation, clock: Clock | Escalation, due: DueOf) -> None:
        self.clock = clock
        self.due = due
        self.starts = Starts(clock.starts)
        own = clock.when if isinstance(clock, Clock) else None
        self.when = together((compile_condition(rule.when), compile_condition(own)))
        ends = [rule.ends_when] if isinstance(rule, Obligation) else []
        ends += [clock.ends_when] if isinstance(clock, Clock) else []
        self.ends: tuple[Compiled, ...] = tuple(compile_condition(end) for end in ends if end is not None)
        if isinstance(clock, Clock):
            self.backward = clock.before is not None
            self.replaces = frozenset(clock.replaces)
            self.restarts = _restarts(clock.restarts)
            self.varied_by = frozenset(clock.may_be_varied_by)
            self.date_in_record = clock.limit.date_in_record
        else:
            self.backward = False
            self.replaces = self.varied_by = frozenset()
            self.restarts = None
            self.date_in_record = clock.within.date_in_record


class _Restarts(NamedTuple):
    on: str
    when: Compiled

    def moved(self, timeline: Timeline, child: int | None, start: datetime, until: datetime | None) -> datetime | None:
        """The last later event, while nothing is met, about which the condition certainly holds; None without one."""
        moments = [
            happening.at
            for happening in timeline.happenings(self.on, child, None)
            if happening.at > start
            and (until is None or happening.at <= until)
            and self.when(timeline.answers(child, happening.discussion)) is True
        ]
        return max(moments, default=None)


def _restarts(restart: Restart | None) -> _Restarts | None:
    return _Restarts(restart.on, compile_condition(restart.when)) if restart else None


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
        self.after = rule.after if isinstance(rule, Escalation) else None
        self.same_day_counts = isinstance(rule, Obligation) and rule.earlier_same_day_counts
        clocks: Sequence[Clock | Escalation] = rule.clock if isinstance(rule, Obligation) else (rule,)
        self.wheels = [_Wheel(rule, clock, _due_of(pack, clock, vocabulary, calendars)) for clock in clocks]
        counted_from = {reference for clock in clocks for reference in clock.starts.references}
        self.met_by = [
            _Meeting(name, name in counted_from, name in vocabulary.event and vocabulary.event[name].planned)
            for name in rule.met_by
        ]

    def whom(self, timeline: Timeline) -> list[tuple[int | None, int | None]]:
        """The children and discussions of a situation the rule runs for, each on its own."""
        match self.rule.per:
            case "child":
                return [(child, None) for child in timeline.children]
            case "discussion":
                return [(None, discussion) for discussion in timeline.discussions]
            case "discussion_and_child":
                return [(child, discussion) for discussion in timeline.discussions for child in timeline.children]
            case _:
                return [(None, None)]

    def deadlines(
        self,
        timeline: Timeline,
        found: Found,
        whom: tuple[int | None, int | None],
        variations: Sequence[Variation],
    ) -> tuple[list[Deadline], datetime | None]:
        """One deadline for each clock, in the order of the pack, and the earliest moment any of them counts from."""
        look = timeline.answers(*whom)
        before = self._step_before(found, whom) if self.after else None
        waits = self.after is not None and before is None
        drafts = []
        counts_from: datetime | None = None
        forward: datetime | None = None
        for wheel in self.wheels:
            verdict = wheel.when(look)
            not_before = before.start if before else None
            begin = None if waits else wheel.starts.find(timeline, found, look, whom, not_before)
            if begin is not None and verdict is not False:
                if counts_from is None or begin.counts_from < counts_from:
                    counts_from = begin.counts_from
                if not wheel.backward and (forward is None or begin.counts_from < forward):
                    forward = begin.counts_from
            drafts.append((wheel, verdict, begin))
        met_at = self._met(timeline, whom, forward) if counts_from is not None else None
        made = [self._deadline(timeline, whom, before, met_at, *draft) for draft in drafts]
        if variations:
            for deadline, wheel in zip(made, self.wheels, strict=True):
                _vary(deadline, wheel, variations)
        self._settle(made)
        return made, counts_from

    def _step_before(self, found: Found, whom: tuple[int | None, int | None]) -> Deadline | None:
        """The step that must have been begun before this one can; None while it has not."""
        steps = [
            step
            for step in found.get(self.after or "", ())
            if step.start is not None and step.state is not State.RULED_OUT and concerns(step, *whom)
        ]
        return min(steps, key=lambda step: step.start or datetime.max, default=None)

    def _met(self, timeline: Timeline, whom: tuple[int | None, int | None], start: datetime | None) -> datetime | None:
        """The first event that meets the rule at or after `start`; with no start ahead of it (a clock that counts
        backward), the first at all. Source: reading 16 for the same day."""
        child, discussion = whom
        met: datetime | None = None
        for name, next_one, planned in self.met_by:
            if planned:
                set_at = [h.set_at or start or h.at for h in timeline.happenings(name, child, discussion)]
                moments = sorted(set_at)
            else:
                moments = timeline.moments(name, child, None if next_one else discussion)
            for at in moments:
                if met is not None and at >= met:
                    break
                if start is None or at > start or (not next_one and self._early_enough(at, start)):
                    met = at
                    break
        return met

    def _early_enough(self, at: datetime, start: datetime) -> bool:
        return at == start or (self.same_day_counts and london_date(at) == london_date(start))

    def _deadline(
        self,
        timeline: Timeline,
        whom: tuple[int | None, int | None],
        before: Deadline | None,
        met_at: datetime | None,
        wheel: _Wheel,
        verdict: bool | tuple[str, ...],
        begin: Begin | None,
    ) -> Deadline:
        ruled_out = verdict is False
        unless: tuple[str, ...] = verdict if isinstance(verdict, tuple) else ()
        certain = verdict is True
        if wheel.ends:
            look = timeline.answers(*whom)
            for end in wheel.ends:
                ended = end(look)
                if ended is True:
                    ruled_out = ruled_out or met_at is None
                elif ended is not False:
                    unless += ended
                    certain = False
        for source in (before, begin.breached if begin else None):
            if source is not None and not source.certain:
                certain = False
                unless += source.unless
        start, reference, due, provisional, first_due = None, "", None, False, None
        if begin is not None:
            start, reference = begin.at, begin.reference
            due, provisional = wheel.due(start)
            if wheel.date_in_record is not None:
                due = min(timeline.moments(wheel.date_in_record, *whom), default=None)
            if wheel.restarts is not None:
                moved = wheel.restarts.moved(timeline, whom[0], start, met_at)
                if moved is not None:
                    first_due = due
                    start, reference = moved, wheel.restarts.on
                    due, provisional = wheel.due(start)
        if ruled_out:
            state = State.RULED_OUT
        elif met_at is not None:
            state = State.MET
        else:
            state = State.RUNNING if start is not None else State.WAITING
        return Deadline(
            self.pack,
            self.rule,
            wheel.clock,
            whom[0],
            whom[1],
            state,
            certain,
            tuple(dict.fromkeys(unless)) if len(unless) > 1 else unless,
            start,
            reference,
            due,
            False,
            None,
            None if ruled_out else met_at,
            provisional,
            first_due,
            False,
            None,
        )

    def _settle(self, made: list[Deadline]) -> None:
        """Which clocks were replaced, which of the rest governs, and what the others lost to.

        Only a clock that certainly applies and has begun replaces another. Of the same due the certain clock governs,
        then the one written first; a clock with a due before one without; among those without, the one begun first.
        """
        if len(made) == 1:
            only = made[0]
            only.governs = only.state is State.RUNNING or only.state is State.MET
            return
        live = (State.RUNNING, State.MET)
        replaced: dict[str, str] = {}
        for deadline, wheel in zip(made, self.wheels, strict=True):
            if wheel.replaces and deadline.certain and deadline.start is not None and deadline.state in live:
                replaced.update(dict.fromkeys(wheel.replaces, deadline.clock.id))
        best: Deadline | None = None
        remaining = []
        for deadline in made:
            if deadline.clock.id in replaced and deadline.state in (*live, State.WAITING):
                deadline.state, deadline.lost_to, deadline.met_at = State.REPLACED, replaced[deadline.clock.id], None
            elif deadline.state in live and deadline.start is not None:
                remaining.append(deadline)
                if best is None or _governs_over(deadline, best):
                    best = deadline
        for deadline in remaining:
            deadline.governs = deadline is best
            deadline.lost_to = None if deadline is best or best is None else best.clock.id


def _governs_over(one: Deadline, other: Deadline) -> bool:
    if one.due is None or other.due is None:
        if one.due is None and other.due is None:
            return one.start is not None and other.start is not None and one.start < other.start
        return other.due is None
    return one.due < other.due or (one.due == other.due and one.certain and not other.certain)


def _vary(deadline: Deadline, wheel: _Wheel, variations: Sequence[Variation]) -> None:
    """The last variation approved by a role the clock names moves the due; any other is as if it were not there."""
    for variation in variations:
        if (
            variation.clock == wheel.clock.id
            and variation.by_role in wheel.varied_by
            and deadline.start is not None
            and variation.child in (None, deadline.child)
            and variation.discussion in (None, deadline.discussion)
        ):
            deadline.first_due = deadline.first_due if deadline.varied or deadline.first_due else deadline.due
            deadline.due, deadline.varied, deadline.provisional = variation.due, variation.reason, False


def _due_of(
    pack: Pack, clock: Clock | Escalation, vocabulary: Vocabulary, calendars: Mapping[str, WorkingCalendar]
) -> DueOf:
    own = clock.calendar if isinstance(clock, Clock) else None
    limit = clock.limit if isinstance(clock, Clock) else clock.within
    backward = isinstance(clock, Clock) and clock.before is not None
    return compile_limit(limit, calendars[own or pack.pack.calendar], vocabulary.time_of_day, backward=backward)
