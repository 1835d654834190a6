"""What was owed is done: when, and what the policy wants said of it. Late, it asks why and what kept the child safe."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult

from duty_tui.desk.meeting import doubts, meet
from duty_tui.domain.commands import Command
from duty_tui.screens.choice_line import ChoiceLine
from duty_tui.screens.concern_field import Field
from duty_tui.screens.obligation_form import OwedDialog
from duty_tui.widgets.choice import Choice, Option
from duty_tui.widgets.time_field import TimeField

_ALONE = (Option("1", "yes", "Yes"), Option("2", "no", "No"), Option("3", "unknown", "Not known"))


class MeetDialog(OwedDialog):
    """When it happened; now, where nothing is typed."""

    HELP = "When it was done: now, unless you type a time. Ctrl+S records it."
    LAST = "note"

    def parts(self) -> ComposeResult:
        """Which of the events that meet it, when, a remark; and why, where it is late."""
        if len(self.line.met_by) > 1:
            options = [Option(str(at), one.event, one.label) for at, one in enumerate(self.line.met_by[:9], 1)]
            yield Choice("What happened?", options, id="event")
        label = "For when" if self._planned() else "When (now, unless you say otherwise)"
        yield TimeField(label, self.clock, id="when")
        yield from self.said()
        yield Field("note", "Remark")
        if self.line.late:
            yield Field("why_late", "Why late", hint="stays with it for ever")
            yield Field("safety", "Meanwhile", hint="what kept the child safe")

    def said(self) -> ComposeResult:
        """What the policy wants said of it."""
        yield from ()

    def on_mount(self) -> None:
        """To what happened, else to the time."""
        if len(self.line.met_by) > 1:
            choice: Choice[str] = self.query_one("#event", Choice)
            choice.answer(self.line.met_by[0].event)
            self.filled("event")
            choice.focus()
        else:
            self.query_one(TimeField).focus()

    @property
    def event(self) -> str:
        """What happened."""
        if len(self.line.met_by) > 1:
            return str(self.query_one("#event", Choice).value or self.line.met_by[0].event)
        return self.line.met_by[0].event

    def _planned(self) -> bool:
        return all(one.planned for one in self.line.met_by)

    def details(self) -> dict[str, str] | None:
        """What was said of it, by name; None after saying what is missing."""
        return {}

    def doubts(self) -> list[str]:
        """A time before it was owed, or ahead of us; a visit not alone without why."""
        when = self.when()
        found = () if when is None else doubts(self.line, self.event, when, self.now(), self.details() or {})
        return [*super().doubts(), *found]

    def command(self) -> Command | None:
        """The event, and why it was late, in one."""
        when, details = self.when(), self.details()
        if when is None or details is None:
            return None
        late = {name: self.text(field) for name, field in _LATE.items()} if self.line.late else {}
        return meet(self.line, self.event, when, note=self.text("note"), details=details, **late)


_LATE = {"reason": "why_late", "safety": "safety"}


class VisitDialog(MeetDialog):
    """The child was seen: by whom, alone or why not, and what they said."""

    HELP = "Who saw the child and when; alone, or why not. Ctrl+S records it."
    TITLE_WORDS: ClassVar[str] = "CHILD SEEN"

    def said(self) -> ComposeResult:
        """Who, alone, why not, what was said."""
        yield Field("by", "Seen by", self.settings_name)
        yield ChoiceLine("alone", "Alone", _ALONE)
        yield Field("why_not_alone", "Why not alone")
        yield Field("said", "Child said", hint="in the child's own words")

    @property
    def settings_name(self) -> str:
        """Whoever records it, until another name is typed."""
        return self.settings.name

    def details(self) -> dict[str, str] | None:
        """Who, alone, why not, what was said."""
        if not self.text("by"):
            self.missing("by", "Say who saw the child.")
            return None
        alone = self.query_one("#alone", Choice).value
        found = {name: self.text(name) for name in ("by", "why_not_alone", "said")}
        return {name: words for name, words in {**found, "alone": str(alone or "")}.items() if words}


class NoteDialog(MeetDialog):
    """The management note on interim safeguarding: what was put in place, and why the discussion cannot be held yet."""

    HELP = "What keeps the child safe until the discussion, and why it cannot be held yet. Ctrl+S records it."
    TITLE_WORDS: ClassVar[str] = "INTERIM NOTE"

    def said(self) -> ComposeResult:
        """What was put in place, and why it was needed."""
        yield Field("safeguarding", "Safeguarding", hint="what was put in place, by whom", limit=2000)
        yield Field("reason", "Reason", hint="why the discussion cannot be held yet", limit=2000)

    def details(self) -> dict[str, str] | None:
        """Both must be there: the policy asks for both."""
        for name, why in (("safeguarding", "Say what keeps the child safe."), ("reason", "Say why it cannot be held.")):
            if not self.text(name):
                self.missing(name, why)
                return None
        return {name: self.text(name) for name in ("safeguarding", "reason")}
