"""What says who may see a concern, who looked at it and what is gone of it, readable without the models of events."""

from __future__ import annotations

from collections.abc import Sequence

from duty_tui.domain.text import fold

#: Kinds of entries. Only the people it names may see the concern from here on.
RESTRICTED = "concern-restricted"
#: Everybody may see it again.
LIFTED = "restriction-lifted"
#: Somebody looked at it while it was restricted.
VIEWED = "record-viewed"
#: Earlier entries of the concern lost what they said, under a rule of retention; its body lists their versions.
DESTROYED = "entries-destroyed"


def is_among(names: Sequence[str], name: str) -> bool:
    """Whether somebody is one of those named; case and accents do not matter, and who has no name is not named."""
    wanted = fold(name)
    return bool(wanted) and wanted in map(fold, names)
