"""Drafts: in the record, and while it is away on this machine, where they are found again.

Where both have one, the later text counts. What waits in the outbox to be sent is no draft any more. An outbox that is
damaged keeps nobody from working while the record is there: what cannot be read in it is left out.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from duty_tui.errors import DutyError, Unavailable
from duty_tui.store.rows import Draft

if TYPE_CHECKING:
    from duty_tui.desk.desk import Desk


def keep_draft(desk: Desk, draft: Draft) -> bool:
    """Keep a draft in place of the one with its id; on the disk when this returns. False: on this machine's alone.

    Raises Unavailable, or what is wrong with the outbox, when it is kept nowhere.
    """
    outbox = desk.outbox
    away = False
    if outbox is not None and any(one.id == draft.id for one in _here(desk)):
        with suppress(DutyError):
            outbox.save_draft(draft)  # at once: to ask a server that is away takes its time
            away = True
    try:
        desk.store.save_draft(draft)
    except Unavailable:
        if outbox is None:
            raise
        if not away:
            outbox.save_draft(draft)
        return False
    if outbox is not None and away:
        with suppress(DutyError):  # the one in the record is the later
            outbox.drop_draft(draft.id)
    return True


def drop_draft(desk: Desk, draft: str) -> bool:
    """Forget a draft; True, also when there is none with this id. Raises Unavailable where the record is away."""
    if desk.outbox is not None:
        with suppress(DutyError):
            if not desk.outbox.elsewhere:
                desk.outbox.drop_draft(draft)
    desk.store.drop_draft(draft)
    return True


def is_recorded(desk: Desk, mark: str) -> bool:
    """Whether the entry `mark` is in the record, or waits to be; while that cannot be asked it is taken for neither.

    Raises Unavailable where there is no outbox either.
    """
    from duty_tui.desk.outgoing import waiting

    if any(one.id == mark for one in waiting(desk)):
        return True
    try:
        return bool(desk.store.known_ids([mark]))
    except Unavailable:
        if desk.outbox is None:
            raise
        return False


def drafts_of(desk: Desk, actor: str | None = None) -> list[Draft]:
    """The drafts of one person, or of all, the latest first. Raises Unavailable where nothing can be read or kept."""
    from duty_tui.desk.outgoing import waiting

    here = [one for one in _here(desk) if actor in (None, one.actor)]
    try:
        found = desk.store.drafts(actor)
    except Unavailable:
        if desk.outbox is None:
            raise
        found = []
    latest = {one.id: one for one in sorted((*found, *here), key=lambda one: one.updated)}
    waits = {act.draft for act in waiting(desk)}
    left = (one for one in latest.values() if one.id not in waits)
    return sorted(left, key=lambda one: (one.updated, one.id), reverse=True)


def kept_draft(desk: Desk, draft: str | None) -> Draft | None:
    """The text of a draft as it was last kept, wherever that can be read now."""
    try:
        return next((one for one in drafts_of(desk) if one.id == draft), None)
    except DutyError:
        return None


def bring_drafts(desk: Desk) -> None:
    """Put the person's drafts kept here into the record, where it has no later ones. Raises Unavailable."""
    outbox = desk.outbox
    if outbox is None:
        return
    for here in outbox.drafts():
        if here.actor != desk.actor:
            continue
        there = desk.store.draft(here.id)
        if there is None or there.updated <= here.updated:
            desk.store.save_draft(here)
        outbox.drop_draft(here.id)


def _here(desk: Desk) -> list[Draft]:
    """The drafts kept here; none of those typed for a record in another place, nor of an outbox that is damaged."""
    with suppress(DutyError):
        return desk.outbox.drafts() if desk.outbox is not None and not desk.outbox.elsewhere else []
    return []
