"""One child's record of one discussion, complete in itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from duty_tui.domain.discussion import Addition, Discussion, Signature
from duty_tui.domain.people import Caller, Child


@dataclass(frozen=True, slots=True)
class ChildRecord:
    """What was recorded for one child at one discussion; once signed, as it was at the signature."""

    concern: str
    child: Child
    #: The discussion as far as it is this child's: people and notes whole, the rest its own.
    discussion: Discussion
    #: What the discussion was about: when it came in, from whom, and what was said to have happened.
    received: datetime | None
    #: False when it came up on an open case, at `received`, and nothing was referred.
    referred: bool
    caller: Caller
    what: str
    happened: str
    signature: Signature | None
    #: Signed additions, the only thing that comes after a signature.
    additions: tuple[Addition, ...]
    #: Why the child was dropped from the discussion; empty when it was not.
    dropped: str
    #: The version of the concern whose entries it is made from.
    version: int

    @property
    def complete(self) -> bool:
        """Signed, and lacking nothing the policies ask for when it was."""
        return self.signature is not None and not self.signature.lacked
