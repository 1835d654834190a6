"""What the law would make of police protection or an order, before it is recorded: until when, and whether too long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from duty_tui.desk.desk import Desk
from duty_tui.desk.situation import situation_of
from duty_tui.domain.concern import Concern, Milestone
from duty_tui.domain.times import due_words
from duty_tui.rules.deadline import Deadline

MADE, EXPIRES = "epo_made", "epo_expires"


class Foreseen(NamedTuple):
    """What would then run, a line each; and what is wrong with the expiry typed, empty when nothing is."""

    lines: tuple[str, ...]
    doubt: str


def if_recorded(
    desk: Desk, concern_id: str, event: str, child: int, *, at: datetime, expires: datetime | None = None
) -> Foreseen:
    """What follows if `event` happens to the child at the UTC instant `at`; `expires` is the order's own expiry.

    Nothing is recorded. The longest an order may run comes from the adopted policies; without one nothing is checked.
    """
    concern = desk.concern(concern_id)
    happened = [Milestone(event, at, "", child)]
    longest = _open(desk, replace(concern, milestones=(*concern.milestones, *happened)), child, at)
    check = next((one.due for one in longest if EXPIRES in one.obligation.met_by and one.due), None)
    if expires is not None:
        happened.append(Milestone(EXPIRES, expires, "", child))
    then = _open(desk, replace(concern, milestones=(*concern.milestones, *happened)), child, at)
    doubt = ""
    if event == MADE and expires is not None and check is not None and expires > check:
        doubt = f"That is after {due_words(check)}, the longest a first order may run."
    return Foreseen(tuple(f"{one.obligation.label}: {due_words(one.due)}" for one in then if one.due), doubt)


def _open(desk: Desk, concern: Concern, child: int, at: datetime) -> Sequence[Deadline]:
    deadlines = desk.rulebook.deadlines(situation_of(concern, desk.rulebook))
    return [one for one in deadlines if one.child == child and one.start == at and one.open and one.governs]
