"""Something that was owed at one time and is owed at another, or is late now, or no longer: ready to show."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from duty_tui.domain.dues_moved import Standing
from duty_tui.domain.times import due_words

_NOT_OWED = "not owed"


class MovedDue(NamedTuple):
    """One due before and after, whose, and why. Of a concern the person may not see only its number is there."""

    #: The concern's id; empty where it may not be seen.
    concern: str
    reference: str
    #: The family or child as the queue names it; empty once the concern is closed.
    name: str
    child: int | None
    discussion: int | None
    #: What is owed, in two or three words.
    label: str
    #: How it stood and how it stands: due, late or done, policy, rule, clock, whether it governs the concern's place.
    before: Standing | None
    after: Standing | None
    #: The decision, or what else moved it, in words.
    why: str
    #: When it was listed, UTC, and by whom.
    at: datetime
    by: str
    #: It may not be seen.
    hidden: bool = False

    @property
    def due_before(self) -> datetime | None:
        """The due as it was, UTC; None where there was none."""
        return self.before.due if self.before else None

    @property
    def due_after(self) -> datetime | None:
        """The due as it is, UTC."""
        return self.after.due if self.after else None

    @property
    def what(self) -> str:
        """What is owed, for which child and discussion: `See the child, child 2`."""
        child = f"child {self.child}" if self.child else ""
        discussion = f"discussion {self.discussion}" if self.discussion else ""
        return ", ".join(filter(None, (self.label, child, discussion)))

    @property
    def change(self) -> str:
        """From what to what: `from end of Mon 23 Nov 2026 to end of Tue 24 Nov 2026`."""
        if self.hidden:
            return "restricted to named people"
        if self.before is None or self.after is None:
            if self.after is None:
                return f"no longer owed; was {standing_words(self.before)}"
            return f"newly owed, {standing_words(self.after)}"
        old, new = self.before, self.after
        if old.state == new.state and old.state in ("owed", "late"):
            late = ", late before and after" if old.state == "late" else ""
            band = "" if old.due != new.due else f" (band {old.band or '-'} to {new.band or '-'})"
            return f"from {_due(old)} to {_due(new)}{band}{late}"
        return f"from {standing_words(old)} to {standing_words(new)}"

    @property
    def sentence(self) -> str:
        """All of it on one line, without a name: `C1: Discussion moves from … to …`."""
        if self.hidden:
            return f"{self.reference}: {self.change}"
        return f"{self.reference}: {self.what} {'moves ' if self.before and self.after else ''}{self.change}"


def standing_words(standing: Standing | None) -> str:
    """How one thing stood: `due end of Mon 23 Nov 2026`, `LATE, was due …`, `done in time`."""
    if standing is None:
        return _NOT_OWED
    match standing.state:
        case "met":
            return "done in time"
        case "met late":
            return f"done late, was due {_due(standing)}"
        case "late":
            return f"LATE, was due {_due(standing)}"
        case _:
            return f"due {_due(standing)}" if standing.due else "without a time"


def _due(standing: Standing) -> str:
    return due_words(standing.due) if standing.due else "no time"
