"""From when a clock counts: the moments a start names, found for one child and one discussion."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from duty_tui.rules.conditions import FactLookup
from duty_tui.rules.deadline import Deadline, State
from duty_tui.rules.kleene import compile_condition
from duty_tui.rules.limits import Discussion, Start, is_event
from duty_tui.rules.situation import Happening
from duty_tui.rules.timeline import Timeline


class Scene(NamedTuple):
    """What a rule is asked about: a situation, one child and one discussion of it (or none), what was found so far."""

    timeline: Timeline
    child: int | None
    discussion: int | None
    #: The facts as they are for the child and the discussion.
    look: FactLookup
    #: Deadlines of the rules before it, by the id of their clock.
    found: Mapping[str, Sequence[Deadline]]

    def concerns(self, deadline: Deadline) -> bool:
        """Whether a deadline runs for this child and this discussion, or for all of them."""
        return (self.child is None or deadline.child is None or deadline.child == self.child) and (
            self.discussion is None or deadline.discussion is None or deadline.discussion == self.discussion
        )


class Begin(NamedTuple):
    """A moment a clock counts from."""

    at: datetime
    #: The reference it came from, as the pack writes it.
    reference: str
    #: What meets the rule counts from here on. For a breach, passed or foreseen, the start of the clock it is of: a
    #: form sent because the miss was foreseen is sent. For a moment within a discussion, its beginning.
    counts_from: datetime
    #: The deadline whose breach it is, passed or foreseen; as uncertain as that one.
    breached: Deadline | None = None
    #: It is the due that was missed, and so the end of the day before it.
    missed: bool = False


#: The moment one reference stands for: the first (or, asked so, the latest), at or after another moment where given.
_Moment = Callable[[Scene, bool, datetime | None], Begin | None]
#: The planned events that foresee what meets a clock.
PlansOf = Callable[[str], tuple[str, ...]]


class Starts:
    """A compiled `starts`."""

    __slots__ = (
        *("_breaches", "_discussion", "_events", "_except", "_except_when", "_latest", "_or_else", "_plain"),
        "_references",
    )

    def __init__(self, start: Start, plans: PlansOf) -> None:
        def compiled(references: Sequence[str]) -> tuple[_Moment, ...]:
            return tuple(_compile(reference, plans) for reference in references)

        self._references = compiled(start.earliest or start.latest or ())
        self._breaches = start.clocks
        self._discussion = start.discussion
        self._latest = start.latest is not None
        self._or_else = compiled((start.or_else,) if start.or_else else ())
        self._except_when = compile_condition(start.except_.when) if start.except_ else None
        self._except = compiled(start.except_.earliest if start.except_ else ())
        #: One list of references, as most starts are: nothing to look at where none of them has happened.
        self._plain = not (self._or_else or start.except_)
        #: The names, where it counts from the first of some events and from nothing else: as most starts do.
        self._events = (
            start.earliest
            if start.earliest and self._plain and self._discussion is None and all(map(is_event, start.earliest))
            else None
        )

    def find(self, scene: Scene, not_before: datetime | None = None) -> Begin | None:
        """The moment counted from; None while nothing named has happened (at or after `not_before`, where given).

        An exception acts only when it is certain and something it names has happened: else the usual start, which is
        the earlier answer. Of `latest` the latest that has happened: the clock does not wait for the others.
        """
        if self._events is not None and not_before is None:
            return _first(self._events, scene)
        if self._plain:
            begin = _choose(self._references, self._latest, scene, not_before)
        else:
            begin = self._find(scene, not_before)
        if begin is None:
            return None
        if self._breaches and not_before is None:
            begin = _foreseen(scene, begin, self._breaches)
        if self._discussion is not None:
            begin = _in_discussion(scene, begin, self._discussion)
        return begin

    def _find(self, scene: Scene, not_before: datetime | None) -> Begin | None:
        if self._except_when is not None and self._except_when(scene.look) is True:
            begin = _choose(self._except, False, scene, not_before)
            if begin is not None:
                return begin
        begin = _choose(self._references, self._latest, scene, not_before)
        return _choose(self._or_else, self._latest, scene, not_before) if begin is None and self._or_else else begin


def _first(events: Sequence[str], scene: Scene) -> Begin | None:
    """The first time any of some events happened; of two at once the one named first."""
    timeline, child, discussion = scene.timeline, scene.child, scene.discussion
    first: datetime | None = None
    named = ""
    for name in events:
        moments = timeline.moments(name, child, discussion)
        if moments and (first is None or moments[0] < first):
            first, named = moments[0], name
    return None if first is None else Begin(first, named, first)


def _choose(references: tuple[_Moment, ...], latest: bool, scene: Scene, not_before: datetime | None) -> Begin | None:
    best: Begin | None = None
    for reference in references:
        begin = reference(scene, latest, not_before)
        if begin is not None and (best is None or _goes_before(begin, best, latest)):
            best = begin
    return best


def _goes_before(begin: Begin, best: Begin, latest: bool) -> bool:
    """Whether a moment takes the place of another; of the same moment the certain one is counted from."""
    if begin.at != best.at:
        return begin.at > best.at if latest else begin.at < best.at
    return best.breached is not None and not best.breached.certain and (not begin.breached or begin.breached.certain)


def _foreseen(scene: Scene, begin: Begin, clocks: Sequence[str]) -> Begin:
    """The same moment; what meets the rule counts from the start of a clock whose miss it also begins with.

    So a form sent before somebody recorded why it would be needed is sent, as it is when the clock is then missed.
    """
    counts_from = begin.counts_from
    for clock in clocks:
        for one in scene.found.get(clock, ()):
            if one.start is not None and one.start < counts_from and scene.concerns(one):
                counts_from = one.start
    return begin if counts_from is begin.counts_from else begin._replace(counts_from=counts_from)


def _in_discussion(scene: Scene, begin: Begin, of: Discussion) -> Begin:
    """The discussion a moment fell in: its end once that is recorded, else its beginning.

    An end that says no discussion is that of the last one begun before it.
    """
    held = sorted((one.at, one.discussion or 0) for one in scene.timeline.happenings(of.begins, scene.child, None))
    before = [one for one in held if one[0] <= begin.at]
    if not before:
        return begin
    began, number = before[-1]
    begin = Begin(began, of.begins, began, begin.breached)
    if of.ends is None:
        return begin
    following = min((at for at, _ in held if at > began), default=None)
    ends = [
        end.at
        for end in scene.timeline.happenings(of.ends, scene.child, number or None)
        if end.at >= began and (end.discussion is not None or following is None or end.at < following)
    ]
    return begin._replace(at=min(ends), reference=of.ends) if ends else begin


def _compile(reference: str, plans: PlansOf) -> _Moment:
    prefix, _, name = reference.partition(":")
    if prefix == "fact":
        return _fact(name, reference)
    if prefix == "breach":
        return _breach(name, reference)
    if prefix == "late":
        return _late(name, reference, plans(name))
    return _event(reference)


def _event(name: str) -> _Moment:
    def moment(scene: Scene, latest: bool, not_before: datetime | None) -> Begin | None:
        moments = scene.timeline.moments(name, scene.child, scene.discussion)
        if not_before is not None:
            moments = [at for at in moments if at >= not_before]
        if not moments:
            return None
        at = moments[-1 if latest else 0]
        return Begin(at, name, at)

    return moment


def _fact(name: str, reference: str) -> _Moment:
    def moment(scene: Scene, _latest: bool, not_before: datetime | None) -> Begin | None:
        since = scene.timeline.since(name, scene.child, scene.discussion)
        if since is None or (not_before is not None and since < not_before):
            return None
        return Begin(since, reference, since)

    return moment


def _breach(clock: str, reference: str) -> _Moment:
    """The due of a clock not met, or met after it; it lies ahead until then. A replaced clock is not missed."""

    def moment(scene: Scene, latest: bool, not_before: datetime | None) -> Begin | None:
        missed = [
            Begin(due, reference, start, deadline, missed=True)
            for deadline in scene.found.get(clock, ())
            if (due := deadline.due) is not None
            and (start := deadline.start) is not None
            and scene.concerns(deadline)
            and (deadline.state is State.RUNNING or deadline.met_late)
            and (not_before is None or due >= not_before)
        ]
        if not missed:
            return None
        return max(missed, key=_at) if latest else min(missed, key=_at)

    return moment


def _late(clock: str, reference: str, plans: tuple[str, ...]) -> _Moment:
    """When the date that stands for what meets a clock was set, where it lies after that clock's due.

    Once it is met late, the date that stood then. A date nobody dated is of the clock's start, the earlier answer.
    """

    def moment(scene: Scene, latest: bool, not_before: datetime | None) -> Begin | None:
        if scene.timeline.lacks(plans):  # nearly every concern
            return None
        foreseen = [
            Begin(max(plan.set_at or start, start), reference, start, deadline)
            for deadline in scene.found.get(clock, ())
            if (start := deadline.start) is not None
            and scene.concerns(deadline)
            and (deadline.state is State.RUNNING or deadline.met_late)
            for plan in _standing(scene, deadline, plans)
            if deadline.too_late(plan.at)
        ]
        if not_before is not None:
            foreseen = [begin for begin in foreseen if begin.at >= not_before]
        if not foreseen:
            return None
        return max(foreseen, key=_at) if latest else min(foreseen, key=_at)

    return moment


def _standing(scene: Scene, deadline: Deadline, plans: tuple[str, ...]) -> Iterator[Happening]:
    """The dates that stand for what meets a deadline; once it is met, those that stood then."""
    child = scene.child if deadline.child is None else deadline.child
    discussion = scene.discussion if deadline.discussion is None else deadline.discussion
    for name in plans:
        yield from scene.timeline.plans(name, child, discussion, deadline.met_at)


def _at(begin: Begin) -> datetime:
    return begin.at
