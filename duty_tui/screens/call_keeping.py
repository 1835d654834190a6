"""The line being typed in a call, kept as a draft on the disk, and found again after whatever ended the program."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from duty_tui.desk.desk import Desk
from duty_tui.desk.drafts import drafts_of, drop_draft, is_recorded, keep_draft
from duty_tui.store.journal import new_id
from duty_tui.store.rows import Draft

KIND = "call-line"


class TypedLine(NamedTuple):
    """What stands in the entry: its draft, the text, the mark of its entry once recorded, the entry it puts right."""

    draft: str
    text: str
    mark: str
    instead_of: str = ""


def keeping(concern: str, number: int, line: TypedLine, now: datetime) -> Callable[[Desk], object]:
    """Keeps the line; an empty one, or one that is recorded already, leaves no draft behind."""

    def keep(desk: Desk) -> object:
        if not line.text.strip() or is_recorded(desk, line.mark):
            return drop_draft(desk, line.draft)
        body: dict[str, Any] = {"text": line.text, "mark": line.mark, "instead_of": line.instead_of}
        body |= {"number": number, "process": os.getpid()}
        return keep_draft(desk, Draft(line.draft, KIND, concern, desk.actor, platform.node(), now, body))

    return keep


class Found(NamedTuple):
    """The line somebody left here, and the text of one that another window of theirs still has."""

    line: TypedLine | None = None
    elsewhere: str = ""


def found(desk: Desk, concern: str, number: int) -> Found:
    """What this person was typing in this discussion on this machine; a line that was recorded after all is not."""
    elsewhere = ""
    for draft in drafts_of(desk, desk.actor):
        body = draft.body
        here = draft.kind == KIND and draft.concern == concern and draft.machine == platform.node()
        text, mark, instead = (str(body.get(name, "")) for name in ("text", "mark", "instead_of"))
        if not here or body.get("number", number) != number or not text or is_recorded(desk, mark):
            continue
        if is_typed_elsewhere(body.get("process")):
            elsewhere = elsewhere or text
            continue
        return Found(TypedLine(draft.id, text, mark or new_id(), instead), elsewhere)
    return Found(None, elsewhere)


def is_typed_elsewhere(process: object) -> bool:
    """Whether another program on this machine that is running still has the line. Unknown on other systems: no."""
    if os.name != "posix" or not isinstance(process, int) or process in (0, os.getpid()):
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
