"""What one kind of line was understood as, before its prefix is put to it."""

from __future__ import annotations

from dataclasses import dataclass

from duty_tui.domain.discussion_event import DiscussionEvent


@dataclass(frozen=True, slots=True)
class Say:
    """The fields of a `CallLine` that depend on what follows the prefix."""

    event: DiscussionEvent | None = None
    says: str = ""
    lacks: str = ""
    doubt: str = ""
    choices: str = ""
    stranger: str = ""
    understood: tuple[str, ...] = ()
