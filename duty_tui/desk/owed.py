"""What is owed on one concern, worked out from its record: nothing in it depends on the time of day."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from duty_tui.desk.named import names_of, whom
from duty_tui.desk.owed_rules import RuleWords, Says
from duty_tui.desk.projection import display_name
from duty_tui.desk.situation import situation_of
from duty_tui.domain.concern import Concern
from duty_tui.domain.discussion import Action
from duty_tui.rules.deadline import Deadline, State
from duty_tui.rules.evaluate import Rulebook

#: Why something was late and what kept the child safe, by the rule (or agreed action), the child and the discussion.
_Reasons = Mapping[tuple[str, int | None, int | None], tuple[str, str]]
_NO_REASON = ("", "")


class Owed(NamedTuple):
    """One thing owed, before anybody asks what time it is."""

    says: Says
    child: int | None
    whom: str
    discussion: int | None
    #: Counted from; None while nothing it counts from has happened. A miss foreseen lies ahead.
    start: datetime | None
    due: datetime | None
    met_at: datetime | None
    met_late: bool
    #: Questions that could rule it out, in two or three words each.
    unless: tuple[str, ...]
    provisional: bool
    first_due: datetime | None
    #: Why it was late, and what kept the child safe.
    reason: tuple[str, str]
    #: The last limit that certainly applies beside the one that governs, and how strong it is; None without one.
    last: tuple[datetime, str] | None = None


class OwedOn(NamedTuple):
    """Everything owed, met or waited for on one concern, in the order of the policies, actions last."""

    concern: str
    version: int
    title: str
    #: When the concern was closed; None while it is open.
    closed: datetime | None
    owed: tuple[Owed, ...]
    #: What was open when it was closed and did not end with it, a sentence each.
    left: tuple[str, ...]


def owed_on(concern: Concern, book: Rulebook, words: RuleWords) -> OwedOn:
    """What `concern` owes under the policies of `book`, of which `words` says what they say."""
    late: _Reasons = {one[:3]: (one.reason, one.safety) for one in concern.lateness}
    closed = None if concern.is_open else concern.closed_at
    return OwedOn(
        concern=concern.id,
        version=concern.version,
        title=display_name(concern),
        closed=closed,
        owed=(*_by_rules(concern, book, words, late), *_by_agreement(concern, late)),
        left=tuple(left_open(concern)),
    )


def _by_rules(concern: Concern, book: Rulebook, words: RuleWords, late: _Reasons) -> Iterator[Owed]:
    names, facts = names_of(concern), book.vocabulary.fact
    deadlines = book.deadlines(situation_of(concern, book))
    last = _lasts(deadlines)
    for deadline in governing(deadlines):
        said = words.of(deadline)
        yield Owed(
            says=said,
            child=deadline.child,
            whom=names.get(deadline.child, "") if deadline.child and len(names) > 1 else "",
            discussion=deadline.discussion,
            start=deadline.start,
            due=deadline.due,
            met_at=deadline.met_at,
            met_late=deadline.met_late,
            unless=tuple(facts[name].label for name in deadline.unless),
            provisional=deadline.provisional,
            first_due=deadline.first_due,
            reason=late.get((said.rule, deadline.child, deadline.discussion), _NO_REASON),
            last=_beyond(deadline, last.get(_key(deadline))),
        )


def _key(one: Deadline) -> tuple[int, int | None, int | None]:
    return id(one.obligation), one.child, one.discussion


def _lasts(deadlines: Sequence[Deadline]) -> dict[tuple[int, int | None, int | None], Deadline]:
    """Of each rule, child and discussion the last limit that certainly applies and is not met."""
    found: dict[tuple[int, int | None, int | None], Deadline] = {}
    for one in deadlines:
        if one.state is State.RUNNING and one.certain and one.due is not None:
            known = found.get(_key(one))
            if known is None or known.due is None or one.due > known.due:
                found[_key(one)] = one
    return found


def _beyond(governs: Deadline, last: Deadline | None) -> tuple[datetime, str] | None:
    if last is None or last.due is None or governs.due is None or last.due <= governs.due:
        return None
    return last.due, last.clock.strength


def _by_agreement(concern: Concern, late: _Reasons) -> Iterator[Owed]:
    """The actions agreed at its discussions, from when each was first recorded."""
    names = names_of(concern)
    agreed = {item.stamp.entry: item.stamp.at for item in concern.history}
    for discussion in concern.discussions:
        for action in discussion.actions:
            said, met_at = _action(action, discussion.number), _done(action)
            yield Owed(
                says=said,
                child=None,
                whom=whom(_waiting(action) or action.children, names),
                discussion=discussion.number,
                start=agreed[action.id],
                due=action.due,
                met_at=met_at,
                met_late=met_at is not None and action.due is not None and met_at > action.due,
                unless=(),
                provisional=False,
                first_due=None,
                reason=late.get((said.rule, None, discussion.number), _NO_REASON),
            )


def governing(deadlines: Sequence[Deadline]) -> list[Deadline]:
    """One deadline for each rule, child and discussion: the one that governs, else the first that waits to begin.

    None of a rule whose every clock is ruled out, nor of one that waits for nothing but the miss of what was done in
    time.
    """
    missable = {
        (id(one.pack), one.clock.id) for one in deadlines if one.state in (State.RUNNING, State.WAITING) or one.met_late
    }
    found: dict[tuple[int, int | None, int | None], Deadline] = {}
    for one in deadlines:
        key = (id(one.obligation), one.child, one.discussion)
        if one.governs or (one.state is State.WAITING and key not in found and _may_begin(one, missable)):
            found[key] = one
    return list(found.values())


def _may_begin(one: Deadline, missable: Container[tuple[int, str]]) -> bool:
    starts = one.clock.starts
    if len(starts.clocks) < len(starts.references):
        return True
    return any((id(one.pack), clock) in missable for clock in starts.clocks)


def _action(action: Action, discussion: int) -> Says:
    return Says(
        kind="action",
        rule=f"{discussion}/{action.id}",
        clock="",
        do=action.what,
        label="Action",
        owner=action.who or "nobody named",
        also=action.agency,
        strength="agreed",
        met_by=(),
        place="actions",
        form="",
        asks="",
        varied_by=(),
        cite=f"Agreed at discussion {discussion}",
        promptly="no time set",
        waits_for="",
    )


def _waiting(action: Action) -> Sequence[int]:
    return [child for child in action.children if child not in action.done]


def _done(action: Action) -> datetime | None:
    """When it was done for the last child; None while one waits."""
    return None if _waiting(action) else max(at for at, _ in action.done.values())


def open_ends(concern: Concern) -> Iterator[str]:
    """What would stay open if the concern were closed now, in a few words each."""
    if actions := _actions_waiting(concern):
        yield f"{actions} action{'s' if actions > 1 else ''} not done"
    for one in concern.escalations:
        if one.is_open:
            yield f"escalation {one.number} ({one.label}) without an outcome"


def _actions_waiting(concern: Concern) -> int:
    return sum(bool(_waiting(action)) for one in concern.discussions for action in one.actions)


def left_open(concern: Concern) -> Iterator[str]:
    """What was open when a concern was closed and did not end with it, a sentence each; nothing of an open one."""
    if concern.is_open:
        return
    if actions := _actions_waiting(concern):
        yield f"Closed with {actions} action{'s' if actions > 1 else ''} not done: still listed, and still to be done."
    for one in concern.escalations:
        if one.is_open:
            yield f"Closed with escalation {one.number} ({one.label}) without an outcome: it stays open."
