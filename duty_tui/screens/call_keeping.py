"""The line being typed in a call, kept as a draft on the disk, and found again after whatever ended the program."""

from __future__ import annotations

import platform
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from typing import NamedTuple

from duty_tui.desk.desk import Desk
from duty_tui.store.journal import new_id
from duty_tui.store.rows import Draft

KIND = "call-line"


class TypedLine(NamedTuple):
    """What stands in the entry: the text, the mark of its entry once it is recorded, and the entry it puts right."""

    text: str
    mark: str
    instead_of: str = ""


def draft_id(concern: str, number: int, actor: str) -> str:
    """One draft for a person at a machine and a discussion."""
    return sha256("\n".join((KIND, concern, str(number), actor, platform.node())).encode()).hexdigest()[:32]


def keeping(concern: str, number: int, line: TypedLine, now: datetime) -> Callable[[Desk], None]:
    """Keeps the line; an empty one, or one that is recorded already, leaves no draft behind."""

    def keep(desk: Desk) -> None:
        name = draft_id(concern, number, desk.actor)
        if not line.text.strip() or desk.store.known_ids([line.mark]):
            desk.store.drop_draft(name)
        else:
            desk.store.save_draft(
                Draft(name, KIND, concern, desk.actor, platform.node(), now, {**line._asdict(), "number": number})
            )

    return keep


def found(desk: Desk, concern: str, number: int) -> TypedLine | None:
    """The line somebody was typing here; None where there is none, or it was recorded after all."""
    draft = desk.store.draft(draft_id(concern, number, desk.actor))
    if draft is None:
        return None
    text, mark, instead = (str(draft.body.get(name, "")) for name in ("text", "mark", "instead_of"))
    if not text or desk.store.known_ids([mark]):
        return None
    return TypedLine(text, mark or new_id(), instead)
