"""Telling those whom the policies want told: each is recorded, and with the last the event that meets the duty."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from duty_tui.desk.desk import Desk
from duty_tui.desk.quoracy import invite_lines
from duty_tui.desk.scene import scene_of
from duty_tui.domain.commands import Command, RecordMilestone
from duty_tui.domain.concern import Concern
from duty_tui.domain.discussion_commands import AllAtDiscussion, AtDiscussion
from duty_tui.domain.discussion_events import RoleInformed
from duty_tui.errors import Refused
from duty_tui.rules.vocabulary import Vocabulary

_INFORM = "inform"


def inform(
    desk: Desk, concern_id: str, number: int, role: str, *, at: datetime, who: str = "", note: str = ""
) -> AllAtDiscussion:
    """The act that records that `role` was told at the UTC instant `at`, and perhaps whom that was.

    The vocabulary says which event has happened once everybody was told whom the policies in force want told, and who
    belongs to it; it is recorded in the same act, at the moment the last of them was told. Raises Refused where the
    policies do not want this role told.
    """
    concern = desk.concern(concern_id)
    scene = scene_of(concern, number, desk.rulebook, desk.clock())
    vocabulary = desk.rulebook.vocabulary
    found = invite_lines(scene.discussion, scene.packs, scene.look(), vocabulary)
    titles = {line.role: line.title for line in found if line.need == _INFORM}
    if role not in titles:
        raise Refused(
            "The policies in force do not want them told.",
            entry="Your entry is NOT recorded; your text is kept.",
            do="Choose a line that says INFORM.",
        )
    told = RoleInformed(discussion=number, role=role, title=titles[role], at=at, who=who, note=note)
    acts: list[Command] = [AtDiscussion(event=told)]
    event = vocabulary.role[role].informed
    if event is not None:
        together = {name for name in titles if vocabulary.role[name].informed == event}
        acts += _everybody_told(concern, vocabulary, event, together, told)
    return AllAtDiscussion(each=tuple(acts))


def _everybody_told(
    concern: Concern, vocabulary: Vocabulary, event: str, roles: set[str], told: RoleInformed
) -> Iterator[RecordMilestone]:
    """The event, where nobody is left to tell and it has not been recorded before."""
    earlier = {one.role: one.at for discussion in concern.discussions for one in discussion.informed}
    last = earlier | {told.role: told.at}
    name = vocabulary.event[event]
    before = any(milestone.event == event for milestone in concern.milestones)
    if roles <= last.keys() and (name.repeats or not before):
        yield RecordMilestone(
            event=event,
            label=name.label,
            at=max(last[role] for role in roles),
            discussion=told.discussion if name.scope == "discussion" else None,
        )
