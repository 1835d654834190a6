"""What waits to be sent, as its person sees it. Apart from the rest: the queue shows it before any rule is read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from duty_tui.store.rows import ConcernRow


class Unsent(NamedTuple):
    """One act that waits, in words. `number` counts from 1 in the order they were typed."""

    number: int
    id: str
    concern: str
    #: `C12`; `new` for a concern that is not recorded yet; empty where the record cannot be asked.
    reference: str
    typed: datetime
    #: Each entry it will make, a line each; typed text as it is.
    words: Sequence[str]
    #: Why it was not recorded when it was sent; empty while it only waits.
    why: str
    #: Whether it waits for an earlier one on the same concern that its person must answer for.
    behind: bool
    #: Whether its form can be opened again with its text.
    can_change: bool


class Pending(NamedTuple):
    """All that waits of one person's on this machine."""

    lines: Sequence[Unsent]
    #: Rows of concerns that are in no record yet.
    rows: Sequence[ConcernRow]
    #: What is wrong with the outbox itself, in words.
    trouble: str = ""
    #: That nothing is sent, because it was typed for a record in another place; part of the trouble.
    elsewhere: str = ""
