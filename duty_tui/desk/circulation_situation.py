"""When a discussion's record has been circulated: once the last of those who must have it has it, and not before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from duty_tui.desk.receivers import circulated_events, receivers_of
from duty_tui.domain.circulation import had_at, passings_to
from duty_tui.domain.concern import Concern
from duty_tui.domain.discussion import Discussion
from duty_tui.rules.evaluate import Rulebook
from duty_tui.rules.situation import Happening


def circulation_of(concern: Concern, discussion: Discussion, rulebook: Rulebook) -> Iterator[tuple[str, Happening]]:
    """The vocabulary's events, by name, that the circulation of a discussion's records made; none while it goes on."""
    at = circulated_at(concern, discussion, rulebook) if discussion.circulation else None
    if at is not None:
        for name in sorted(circulated_events(rulebook.vocabulary)):
            yield name, Happening(at, None, discussion.number)


def circulated_at(concern: Concern, discussion: Discussion, rulebook: Rulebook) -> datetime | None:
    """When the last who must have the records of every child of the discussion had them (UTC)."""
    must = [one.who for one in receivers_of(concern, discussion, rulebook) if one.must]
    moments: list[datetime] = []
    for who in must:
        passings = passings_to(discussion.circulation, who)
        for child in discussion.children:
            at = had_at(passings, child)
            if at is None:
                return None
            moments.append(at)
    return max(moments, default=None)
