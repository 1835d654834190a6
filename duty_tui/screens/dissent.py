"""Somebody disagrees with a decision or challenges it; and what the family is told, or why it is withheld."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.widgets import Static

from duty_tui.domain.commands import Command
from duty_tui.domain.decision_events import DissentRecorded, SharingDecided
from duty_tui.domain.discussion import Decision
from duty_tui.domain.discussion_commands import AtDiscussion
from duty_tui.domain.text import fold
from duty_tui.screens.about_discussion import Read
from duty_tui.screens.concern_field import Field
from duty_tui.screens.decision_lines import children_of_view
from duty_tui.screens.discussion_form import DiscussionForm, NotYet
from duty_tui.widgets.entry_input import NotesArea
from duty_tui.widgets.safe import content, lines
from duty_tui.widgets.ticks import Ticks, numbered
from duty_tui.widgets.wrapping import wrap


class DissentForm(DiscussionForm):
    """Who, for which agency, what they say, what came of it; beside `decision`, or on the discussion as a whole."""

    KIND: ClassVar[str] = "dissent"
    HELP = "Disagreement and professional challenge stand in the record beside the decision they concern."

    def __init__(self, read: Read, decision: Decision | None) -> None:
        super().__init__(read, decision.id if decision else "")
        self._decision = decision

    @property
    def title_words(self) -> str:
        """What is done here, at which concern."""
        return f"DISAGREEMENT OR CHALLENGE · {self.view_of.reference} {self.view_of.title}"

    def parts(self) -> ComposeResult:
        """The decision, and four lines."""
        about = f"About: {self._decision.label}. {self._decision.reason}" if self._decision else "About the whole"
        yield Static(lines([content((line, "$faint")) for line in wrap(about, 70, 2)]))
        yield Field("who", "Who", hint="who disagrees or challenges")
        yield Field("agency", "Agency")
        yield Static(content(("What they say", "$head-fg")))
        yield NotesArea(id="words", compact=True)
        yield Field("outcome", "What came of it", hint="may be left open")

    @property
    def said(self) -> str:
        """Who."""
        return f"challenge by {self.text('who')}"

    def command(self) -> Command:
        """The challenge as typed."""
        if not self.text("who"):
            raise NotYet("Say who disagrees.", "who")
        if not self.text("words"):
            raise NotYet("Say what they disagree with, and why.", "words")
        here = {fold(person.name): person.agency for person in self.view_of.people}
        event = DissentRecorded(
            discussion=self.view_of.number,
            decision=self._decision.id if self._decision else None,
            who=self.text("who"),
            agency=self.text("agency") or here.get(fold(self.text("who")), ""),
            text=self.text("words"),
            outcome=self.text("outcome"),
        )
        return AtDiscussion(event=event)


class SharingForm(DiscussionForm):
    """For whom, what, when; or why it is withheld. Both may be said: some of it told, the rest withheld."""

    KIND: ClassVar[str] = "sharing"
    HELP = "What the family is told is decided here; what is withheld needs its reason."

    def __init__(self, read: Read) -> None:
        super().__init__(read)
        offered = children_of_view(self.view_of)
        self._whom: Ticks[int] = Ticks("For", numbered((one.number, one.name) for one in offered), id="whom")

    @property
    def title_words(self) -> str:
        """What is done here, at which concern."""
        return f"WHAT THE FAMILY IS TOLD · {self.view_of.reference} {self.view_of.title}"

    def parts(self) -> ComposeResult:
        """Whom, what, when, why not."""
        yield self._whom
        yield Static(content(("What they are told", "$head-fg")))
        yield NotesArea(id="what", compact=True)
        yield Field("when", "When", hint="and by whom")
        yield Static(content(("What is withheld, and why", "$head-fg")))
        yield NotesArea(id="withheld", compact=True)

    def open_form(self) -> None:
        """For all children, unless somebody says otherwise."""
        self._whom.tick(option.value for option in self._whom.options)
        self.go_to("what")

    @property
    def said(self) -> str:
        """In a word."""
        return "what the family is told"

    def command(self) -> Command:
        """What is told and withheld."""
        if not self._whom.values:
            raise NotYet("For which child? Press a digit, or 0 for all.", "whom")
        if not self.text("what") and not self.text("withheld"):
            raise NotYet("Say what they are told, or why it is withheld.", "what")
        event = SharingDecided(
            discussion=self.view_of.number,
            children=self._whom.values,
            what=self.text("what"),
            when=self.text("when"),
            withheld=self.text("withheld"),
        )
        return AtDiscussion(event=event)
