"""One thing owed, judged: in time, late, still open, or not to be known while a question is unanswered.

What somebody calls a discussion held, a child seen, a record circulated or a conference is known by the events of the
vocabulary that meet a rule, never by the name of a rule: whatever policy a service adopts, its own limits count.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import reduce
from typing import NamedTuple, cast

from duty_tui.rules.calendar import WorkingCalendar
from duty_tui.rules.deadline import Deadline, State
from duty_tui.rules.evaluate import Rulebook
from duty_tui.rules.order import band, is_duty, limit_of
from duty_tui.rules.pack import Escalation, Obligation
from duty_tui.rules.plans import clocks_of
from duty_tui.rules.settle import before
from duty_tui.views.statistics import Verdict

HELD, SEEN, CIRCULATED, CONFERENCE, TOLD = (
    "discussion_held",
    "child_seen",
    "record_circulated",
    "icpc_held",
    "need_to_know_submitted",
)
#: What the next discussion of a series is filed under: it is met by the same event as the first, or by the end of it.
NEXT, _CLOSED = "next", "series_closed"


class Duty(NamedTuple):
    """What was owed for one child or discussion by every rule that asks for it, and what came of it. UTC instants."""

    child: int | None
    discussion: int | None
    start: datetime
    #: By the limit that governs, the earliest; None where no number is stated.
    due: datetime | None
    met_at: datetime | None
    #: Met after that due.
    late: bool
    #: Band of urgency of that limit.
    rank: int
    #: The calendar its working days are counted on; None for a limit in anything else.
    calendar: WorkingCalendar | None
    #: What the limit would be if every open question about it were answered no: the earliest that certainly applies.
    sure_due: datetime | None
    sure_late: bool
    #: The last limit that applies, and whether it was met after that: missing it there is no later one to keep.
    last_due: datetime | None
    last_late: bool


def family_of(rule: Obligation | Escalation) -> str | None:
    """What a rule is about: the event that meets it, NEXT for a discussion after a discussion; None for all others."""
    if isinstance(rule, Escalation) and rule.prompt_only:
        return None
    if TOLD in rule.met_by:
        return TOLD
    if isinstance(rule, Escalation):
        return None
    if HELD in rule.met_by:
        counted_from = {name for clock in clocks_of(rule) for name in clock.starts.references}
        if HELD in counted_from:
            return NEXT if _CLOSED in rule.met_by else None
        return HELD if set(rule.met_by) == {HELD} and rule.per == "concern" else None
    return next((name for name in (SEEN, CIRCULATED, CONFERENCE) if name in rule.met_by), None)


class Families:
    """What each rule of a rulebook is about; looked at once for each rule."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[Obligation | Escalation, str | None]] = {}

    def of(self, deadline: Deadline) -> str | None:
        """What the rule of a deadline is about; None for what is only allowed, and for everything not counted."""
        rule = deadline.obligation
        # The rule is kept beside its name, so that the name is not given to another one.
        if id(rule) not in self._known:
            self._known[id(rule)] = rule, family_of(rule)
        return self._known[id(rule)][1] if is_duty(deadline) else None


def duties(deadlines: Sequence[Deadline], book: Rulebook, families: Families) -> Mapping[str, Sequence[Duty]]:
    """What was owed under each family, once for each child and discussion, in the order of the policies."""
    found: dict[tuple[str, int | None, int | None], list[Deadline]] = {}
    for deadline in deadlines:
        family = families.of(deadline)
        if family and deadline.start and deadline.state in (State.RUNNING, State.MET):
            found.setdefault((family, deadline.child, deadline.discussion), []).append(deadline)
    made: dict[str, list[Duty]] = {}
    for (family, _, _), group in found.items():
        one = _told(group, deadlines, book) if family == TOLD else judged(group, book)
        made.setdefault(family, []).append(one)
    return made


def judged(group: Sequence[Deadline], book: Rulebook) -> Duty:
    """The duty that some running or met deadlines for one child and discussion make together."""
    governing = _earliest(group)
    numbered = [one for one in group if one.due is not None]
    certain = [one for one in numbered if one.certain]
    sure = _earliest(certain) if certain else None
    last = max(certain or numbered, key=lambda one: cast("datetime", one.due), default=governing)
    return Duty(
        *(governing.child, governing.discussion, cast("datetime", governing.start), governing.due),
        *(governing.met_at, governing.met_late, band(limit_of(governing), book.vocabulary)),
        book.calendar(governing) if limit_of(governing).working_days else None,
        *(sure.due if sure else None, bool(sure and sure.met_late)),
        *(last.due, last.met_late),
    )


def _earliest(group: Iterable[Deadline]) -> Deadline:
    return reduce(lambda one, other: other if before(other, one) else one, group)


def _told(group: Sequence[Deadline], deadlines: Sequence[Deadline], book: Rulebook) -> Duty:
    """Who is told of a limit that will not be kept is told before it passes or after: its due is the limit's own."""
    call = _earliest(group)
    wanted = set(call.clock.starts.clocks)
    limits = [
        one
        for one in deadlines
        if one.clock.id in wanted and one.pack is call.pack and one.due and one.state in (State.RUNNING, State.MET)
    ]
    if not limits:
        return judged(group, book)
    limit = _earliest(limits)
    late = call.met_at is not None and limit.too_late(call.met_at)
    return Duty(
        *(call.child, call.discussion, cast("datetime", call.start), limit.due, call.met_at, late),
        *(band(limit_of(limit), book.vocabulary), book.calendar(limit) if limit_of(limit).working_days else None),
        *(limit.due if call.certain else None, late, limit.due, late),
    )


def verdict(duty: Duty, at: datetime, closed_at: datetime | None) -> Verdict | None:
    """How a duty stands at `at`; None while nobody owes it yet.

    A question that is not answered never makes a limit longer, and never makes anybody late: what is late by a limit
    that an answer could still rule out, and not by one that certainly applies, is not known.
    """
    if duty.start > at and not (duty.met_at and duty.met_at <= at):
        return None
    if duty.due is None:
        return "done" if duty.met_at else "ended" if closed_at else "waiting"
    by_due = _by(duty.due, duty.met_at, duty.late, at, closed_at)
    if by_due != "missed" or duty.due == duty.sure_due:
        return by_due
    if duty.sure_due is None:
        return "not known"
    return "missed" if _by(duty.sure_due, duty.met_at, duty.sure_late, at, closed_at) == "missed" else "not known"


def by_the_last(duty: Duty, at: datetime, closed_at: datetime | None) -> Verdict | None:
    """The same by the last limit that applies, for those that have several."""
    first = verdict(duty, at, closed_at)
    if duty.last_due is None or first in (None, "met", "ended"):
        return first
    by_last = _by(duty.last_due, duty.met_at, duty.last_late, at, closed_at)
    return "not known" if by_last == "missed" and duty.sure_due is None else by_last


def _by(due: datetime, met_at: datetime | None, late: bool, at: datetime, closed_at: datetime | None) -> Verdict:
    if met_at is not None and met_at <= at:
        return "missed" if late else "met"
    if closed_at is not None and closed_at < due:
        return "ended"
    return "missed" if at >= due else "open"
