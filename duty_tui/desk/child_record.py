"""One child's record of a discussion. A signed one is made from the entries up to its signature: nothing moves it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from duty_tui.domain.concern import Concern
from duty_tui.domain.decision_events import RecordSigned
from duty_tui.domain.discussion import Discussion
from duty_tui.domain.history import fold, withdrawn
from duty_tui.errors import Refused
from duty_tui.views.record import ChildRecord


def record_of(concern: Concern, number: int, child: int) -> ChildRecord:
    """The record of one child of discussion `number`, with the signed additions, dropped children included.

    Raises Refused when the discussion was not begun, or the child was never part of it.
    """
    then = as_signed(concern, number, child)
    discussion, kid = then.discussion(number), then.child(child)
    if discussion is None or discussion.started is None:
        raise Refused("That discussion has not begun, so it has no record.", do="Choose one that was held.")
    if kid is None or child not in (*discussion.children, *discussion.dropped):
        raise Refused("That child was not part of this discussion.", do="Choose a child of the discussion.")
    now = concern.discussion(number)
    return ChildRecord(
        concern=concern.id,
        child=kid,
        discussion=_own_part(discussion, child),
        received=then.received,
        referred=then.referred,
        caller=then.caller,
        what=then.what,
        happened=then.happened,
        signature=discussion.signatures.get(child),
        additions=tuple(one for one in now.additions if one.child == child) if now else (),
        dropped=discussion.dropped.get(child, ""),
        version=then.version,
    )


def records_of(concern: Concern, child: int | None = None) -> Iterator[ChildRecord]:
    """Every record of the concern, by discussion and child; of one child only where `child` is given."""
    for discussion in concern.discussions:
        if discussion.started:
            for number in sorted({*discussion.children, *discussion.dropped}):
                if child in (None, number):
                    yield record_of(concern, discussion.number, number)


def as_signed(concern: Concern, number: int, child: int) -> Concern:
    """The concern as it was when the child's record was signed; as it is while it is not."""
    gone = withdrawn(concern.history)
    for place, (stamp, event, _) in enumerate(concern.history, 1):
        its = isinstance(event, RecordSigned) and (event.discussion, event.child) == (number, child)
        if its and stamp.entry not in gone:
            return fold(concern.id, concern.history[:place])
    return concern


def _own_part(discussion: Discussion, child: int) -> Discussion:
    """The discussion with only what is this child's or everybody's; a shared action stays whole."""
    decisions = discussion.decided_for(child)
    others = {one.id for one in discussion.decisions} - {one.id for one in decisions}
    return replace(
        discussion,
        answers=tuple(one for one in discussion.answers if one.child in (None, child)),
        decisions=decisions,
        dissent=tuple(one for one in discussion.dissent if one.decision not in others),
        actions=tuple(one for one in discussion.actions if child in one.children),
        sharing=tuple(one for one in discussion.sharing if child in one.children),
        dropped={number: why for number, why in discussion.dropped.items() if number == child},
        signatures={number: one for number, one in discussion.signatures.items() if number == child},
        additions=(),
    )
