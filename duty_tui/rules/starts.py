"""From when a clock counts: the moments a start names, found for one child and one discussion."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from duty_tui.rules.conditions import FactLookup
from duty_tui.rules.deadline import Deadline, State
from duty_tui.rules.kleene import compile_condition
from duty_tui.rules.limits import Start
from duty_tui.rules.timeline import Timeline

#: Deadlines already found, by the id of their clock.
Found = Mapping[str, Sequence[Deadline]]


class Begin(NamedTuple):
    """A moment a clock counts from."""

    at: datetime
    #: The reference it came from, as the pack writes it.
    reference: str
    #: What meets the rule counts from here on. For a breach the start of the clock that is missed: a form sent because
    #: the miss was foreseen is sent.
    counts_from: datetime
    #: The deadline whose breach it is; as uncertain as that one.
    breached: Deadline | None = None


#: Every moment a reference stands for, for a child and a discussion.
_Moments = Callable[[Timeline, Found, int | None, int | None], Iterator[Begin]]


class Starts:
    """A compiled `starts`."""

    __slots__ = ("_except", "_except_when", "_latest", "_or_else", "_references")

    def __init__(self, start: Start) -> None:
        self._references = tuple(map(_compile, start.earliest or start.latest or ()))
        self._latest = start.latest is not None
        self._or_else = _compile(start.or_else) if start.or_else else None
        self._except_when = compile_condition(start.except_.when) if start.except_ else None
        self._except = tuple(map(_compile, start.except_.earliest)) if start.except_ else ()

    def find(
        self,
        timeline: Timeline,
        found: Found,
        look: FactLookup,
        whom: tuple[int | None, int | None],
        not_before: datetime | None = None,
    ) -> Begin | None:
        """The moment counted from; None while nothing named has happened (at or after `not_before`, where given).

        An exception acts only when it is certain and something it names has happened: else the usual start, which is
        the earlier answer. Of `latest` the latest that has happened: the clock does not wait for the others.
        """
        child, discussion = whom
        if self._except_when is not None and self._except_when(look) is True:
            begin = self._choose(self._except, False, timeline, found, child, discussion, not_before)
            if begin is not None:
                return begin
        begin = self._choose(self._references, self._latest, timeline, found, child, discussion, not_before)
        if begin is None and self._or_else is not None:
            begin = self._choose((self._or_else,), self._latest, timeline, found, child, discussion, not_before)
        return begin

    @staticmethod
    def _choose(
        references: tuple[_Moments, ...],
        latest: bool,
        timeline: Timeline,
        found: Found,
        child: int | None,
        discussion: int | None,
        not_before: datetime | None,
    ) -> Begin | None:
        best: Begin | None = None
        for reference in references:
            for begin in reference(timeline, found, child, discussion):
                if (not_before is None or begin.at >= not_before) and (
                    best is None or (begin.at > best.at if latest else begin.at < best.at)
                ):
                    best = begin
        return best


def _compile(reference: str) -> _Moments:
    prefix, _, name = reference.partition(":")
    if prefix == "fact":
        return _fact(name, reference)
    if prefix == "breach":
        return _breach(name, reference)
    return _event(reference)


def _event(name: str) -> _Moments:
    def moments(timeline: Timeline, _found: Found, child: int | None, discussion: int | None) -> Iterator[Begin]:
        for at in timeline.moments(name, child, discussion):
            yield Begin(at, name, at)

    return moments


def _fact(name: str, reference: str) -> _Moments:
    def moments(timeline: Timeline, _found: Found, child: int | None, discussion: int | None) -> Iterator[Begin]:
        if (since := timeline.since(name, child, discussion)) is not None:
            yield Begin(since, reference, since)

    return moments


def _breach(clock: str, reference: str) -> _Moments:
    """The due of a clock that is not met, or was met after it; it lies ahead until then. A replaced clock is not missed."""

    def moments(_timeline: Timeline, found: Found, child: int | None, discussion: int | None) -> Iterator[Begin]:
        for deadline in found.get(clock, ()):
            if deadline.due is None or deadline.start is None or not concerns(deadline, child, discussion):
                continue
            if deadline.state is State.RUNNING or (deadline.met_at is not None and deadline.met_at > deadline.due):
                yield Begin(deadline.due, reference, deadline.start, deadline)

    return moments


def concerns(deadline: Deadline, child: int | None, discussion: int | None) -> bool:
    """Whether a deadline runs for the child and the discussion, or for all of them."""
    return (child is None or deadline.child is None or deadline.child == child) and (
        discussion is None or deadline.discussion is None or deadline.discussion == discussion
    )
