"""Destroying what was recorded, once the time for keeping it has passed: the note of it stays, and the chain verifies.

What a destroyed entry said is gone for good; that it was made, when, by whom and of which kind remains.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from typing_extensions import override

from duty_tui.domain.concern import Concern
from duty_tui.domain.events import Event, Stamp
from duty_tui.domain.kinds import DESTROYED
from duty_tui.domain.model import Line


class EntriesDestroyed(Event):
    """Entries lost what they said, on somebody's authority and under a rule; who did it and when is in the stamp."""

    kind = DESTROYED

    #: Versions of the entries, in order.
    versions: Annotated[tuple[int, ...], Field(min_length=1)]
    authority: Annotated[Line, Field(min_length=1)]
    rule: Annotated[Line, Field(min_length=1)]
    #: Whether that is everything the concern had.
    whole: bool = False

    @override
    def apply(self, concern: Concern, stamp: Stamp) -> Concern:
        return concern

    @override
    def words(self) -> str:
        what = "All entries" if self.whole else f"Entries {', '.join(map(str, self.versions))}"
        return f"{what} destroyed. Authority: {self.authority}. Rule: {self.rule}"

    @override
    def why_fixed(self, concern: Concern) -> str | None:
        return "What was destroyed is gone, and the note of it stays."


KINDS: dict[str, type[Event]] = {EntriesDestroyed.kind: EntriesDestroyed}
