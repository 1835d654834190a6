"""Recording what a person typed while others record as well: only an entry about the same matter stands in its way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from duty_tui.domain.commands import Command
from duty_tui.domain.decision_events import ActionAgreed, ActionDone, DissentRecorded
from duty_tui.domain.discussion_commands import children_of
from duty_tui.domain.discussion_event import DiscussionEvent
from duty_tui.domain.discussion_events import AttemptLogged, LineNoted, PersonInvited, PersonRecorded, PointAnswered
from duty_tui.domain.escalation_events import EscalationEvent
from duty_tui.domain.events import Event, NoteAdded, QuestionsAnswered
from duty_tui.domain.history import withdrawn
from duty_tui.domain.text import fold
from duty_tui.errors import Conflict, DutyError

if TYPE_CHECKING:
    from duty_tui.desk.desk import Desk, Done


class Meanwhile(DutyError):
    """Somebody else recorded about the same matter; `others` are their entries in words, `version` the one to go on."""

    def __init__(self, others: Sequence[str], version: int) -> None:
        super().__init__(
            "Somebody else recorded about the same while you were typing.",
            entry="Your entry is NOT recorded; your text is kept.",
            do="Read theirs, then record yours again or go back.",
        )
        self.others, self.version = tuple(others), version


def put_down(
    desk: Desk, concern_id: str, command: Command, *, seen: int, mark: str | None = None, draft: str | None = None
) -> Done:
    """Record `command`, made by somebody who was looking at version `seen`; `mark` and `draft` as in `Desk.do`.

    Raises Meanwhile when somebody else recorded about the same matter since, else what `Desk.do` raises.
    """
    try:
        return desk.do(concern_id, command, seen_version=seen, mark=mark, draft=draft)
    except Conflict:
        concern = desk.concern(concern_id)
        mine = command.events(concern, desk.clock())
        gone = withdrawn(concern.history)
        others = [
            f"{item.stamp.actor}: {item.event.words()}"
            for item in concern.history[seen:]
            if item.event is not None
            and item.stamp.actor != desk.actor
            and item.stamp.entry not in gone
            and any(same_matter(item.event, event) for event in mine)
        ]
        if others:
            raise Meanwhile(others, concern.version) from None
        return desk.do(concern_id, command, seen_version=concern.version, mark=mark, draft=draft)


def stands_in_the_way(mine: Event, theirs: Event) -> bool:
    """Whether what another recorded meanwhile must be asked about before what was typed while the record was away.

    A note, or a line of a call, stands beside another one; neither says anything about the other.
    """
    if isinstance(mine, NoteAdded):
        return False
    return same_matter(mine, theirs) if isinstance(mine, DiscussionEvent) else mine.same(theirs)


def same_matter(one: Event, other: Event) -> bool:
    """Whether two entries say something of the same person, child, action, point or question, at one discussion."""
    if isinstance(one, EscalationEvent):
        return one.same(other)
    if one.kind != other.kind:
        return False
    if isinstance(one, QuestionsAnswered) and isinstance(other, QuestionsAnswered):
        return bool(set(one.answers) & set(other.answers)) and one.child == other.child
    if not isinstance(one, DiscussionEvent) or not isinstance(other, DiscussionEvent):
        return False
    return one.discussion == other.discussion and _same(one, other)


def _same(one: DiscussionEvent, other: DiscussionEvent) -> bool:
    """The same for two entries of one kind at one discussion."""
    match one, other:
        case (LineNoted(), _) | (AttemptLogged(), _):
            return False
        case PersonRecorded(), PersonRecorded():
            return _names(one, other) or fold(one.name) == fold(other.name)
        case PersonInvited(), PersonInvited():
            return _names(one, other) or (fold(one.name), one.role) == (fold(other.name), other.role)
        case ActionAgreed(), ActionAgreed():
            return _names(one, other) or fold(one.what) == fold(other.what)
        case PointAnswered(), PointAnswered():
            return (one.item, one.child, one.agency) == (other.item, other.child, other.agency)
        case ActionDone(), ActionDone():
            return (one.action, one.child) == (other.action, other.child)
        case DissentRecorded(), DissentRecorded():
            return (one.decision, fold(one.who)) == (other.decision, fold(other.who))
    touched = set(children_of(one))
    return not touched or bool(touched & set(children_of(other)))


def _names(one: DiscussionEvent, other: DiscussionEvent) -> bool:
    """Whether both put the same earlier entry right."""
    earlier = [getattr(event, "person", "") or getattr(event, "action", "") for event in (one, other)]
    return bool(earlier[0]) and earlier[0] == earlier[1]
