"""Another time for something owed, approved by somebody whose role the policy names."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.widgets import Input

from duty_tui.domain.commands import Command
from duty_tui.domain.owed_commands import ApproveVariation
from duty_tui.screens.concern_field import Field
from duty_tui.screens.obligation_form import OwedDialog
from duty_tui.widgets.choice import Choice, Option
from duty_tui.widgets.time_field import TimeField


class VaryDialog(OwedDialog):
    """Who approved it, as what, until when and why."""

    HELP = "Who approved another time, in which role, until when and why. The first time stays beside it."
    TITLE_WORDS: ClassVar[str] = "ANOTHER TIME"
    LAST = "reason"

    def parts(self) -> ComposeResult:
        """Role, name, until when, why."""
        roles = [Option(str(at), role, role.replace("_", " ")) for at, role in enumerate(self.line.varied_by[:9], 1)]
        yield Choice("Approved by somebody who is", roles, id="role")
        yield Field("by", "Name")
        yield TimeField("Until when", self.clock, id="when")
        yield Field("reason", "Reason", limit=2000)

    def on_mount(self) -> None:
        """To the role, or past it where there is but one."""
        role: Choice[str] = self.query_one("#role", Choice)
        if len(self.line.varied_by) == 1:
            role.answer(self.line.varied_by[0])
            self.filled("role")
            self.query_one("#by", Input).focus()
        else:
            role.focus()

    @property
    def what(self) -> str:
        """What was approved."""
        return f"{self.line.label}, another time"

    def command(self) -> Command | None:
        """The approval."""
        role, due = self.query_one("#role", Choice).value, self.query_one(TimeField).reading
        if role is None:
            self.missing("role", "Say in which role it was approved.")
        elif not self.text("by"):
            self.missing("by", "Say who approved it.")
        elif due.instant is None:
            self.refuse(due.problem or "Say until when.")
            self.query_one(TimeField).focus()
        elif not self.text("reason"):
            self.missing("reason", "Say why.")
        else:
            return ApproveVariation(
                clock=self.line.clock,
                label=self.line.label,
                due=due.instant,
                role=str(role),
                by=self.text("by"),
                reason=self.text("reason"),
                child=self.line.child,
                discussion=self.line.discussion,
            )
        return None
