"""Why something was late, said after the event: it stays with what was late for ever."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult

from duty_tui.domain.commands import Command
from duty_tui.domain.owed_commands import ExplainLateness
from duty_tui.screens.concern_field import Field
from duty_tui.screens.obligation_form import OwedDialog


class LateDialog(OwedDialog):
    """Two lines."""

    HELP = "Why it is late, and what kept the child safe meanwhile. What was said before stays in the timeline."
    TITLE_WORDS: ClassVar[str] = "WHY LATE"
    FIRST: ClassVar[str] = "reason"
    LAST = "safety"

    def parts(self) -> ComposeResult:
        """Why, and what kept the child safe; with what was said before."""
        yield Field("reason", "Why late", self.line.late_reason, limit=2000)
        yield Field("safety", "Meanwhile", self.line.late_safety, hint="what kept the child safe", limit=2000)

    @property
    def what(self) -> str:
        """What was explained."""
        return f"{self.line.label}, why late"

    def command(self) -> Command | None:
        """The explanation."""
        if not self.text("reason"):
            self.missing("reason", "Say why it is late.")
            return None
        return ExplainLateness(
            rule=self.line.rule,
            label=self.line.label,
            child=self.line.child,
            discussion=self.line.discussion,
            reason=self.text("reason"),
            safety=self.text("safety"),
        )
