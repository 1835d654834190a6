"""One call made while ringing round: whom, which number, what they said; when is now."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult

from duty_tui.domain.commands import Command
from duty_tui.domain.discussion_commands import AtDiscussion
from duty_tui.domain.discussion_events import AttemptLogged
from duty_tui.screens.about_discussion import Read
from duty_tui.screens.choice_line import ChoiceLine
from duty_tui.screens.concern_field import Field
from duty_tui.screens.discussion_form import DiscussionForm, NotYet
from duty_tui.widgets.choice import Choice, Option

_ANSWERS = (
    Option("1", "no answer", "None"),
    Option("2", "message left", "Message"),
    Option("3", "will come", "Comes"),
    Option("4", "cannot come", "Cannot"),
    Option("5", "told of it", "Told"),
)


class RingForm(DiscussionForm):
    """Three lines; a digit answers for the usual, the last line takes the words for anything else."""

    KIND: ClassVar[str] = "ring"
    HELP = "Whom you rang and what came of it; the time is the moment you record it."

    def __init__(self, read: Read, whom: str, contact: str) -> None:
        super().__init__(read, whom)
        self._whom, self._contact = whom, contact

    @property
    def title_words(self) -> str:
        """The concern."""
        return f"RANG · {self.view_of.reference} {self.view_of.title}"

    def parts(self) -> ComposeResult:
        """Whom, number, answer, words."""
        yield Field("whom", "Whom", self._whom)
        yield Field("contact", "Number", self._contact, hint="telephone or address")
        yield ChoiceLine("answer", "Said", _ANSWERS)
        yield Field("words", "In words", hint="anything they said")

    def open_form(self) -> None:
        """To the first line still empty."""
        self.go_to("whom" if not self._whom else "contact" if not self._contact else "answer")

    @property
    def said(self) -> str:
        """Whom."""
        return f"rang {self.text('whom')}"

    def command(self) -> Command:
        """The call, answered by digit, in words, or both."""
        if not self.text("whom"):
            raise NotYet("Say whom you rang.", "whom")
        chosen = self.query_one("#answer", Choice).value
        answer = ": ".join(filter(None, (chosen or "", self.text("words"))))
        event = AttemptLogged(
            discussion=self.view_of.number, whom=self.text("whom"), contact=self.text("contact"), answer=answer
        )
        return AtDiscussion(event=event)
