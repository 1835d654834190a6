"""Who is asked to a booked discussion, with their addresses: invitations for calendars, updates, answers."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from duty_tui.desk.inviting import Invited, answered, answered_new, invited, write_invitation
from duty_tui.documents.invitation import answers_in
from duty_tui.documents.post import read_post
from duty_tui.domain.discussion import Invitation
from duty_tui.domain.discussion_commands import AllAtDiscussion
from duty_tui.domain.times import moment_words
from duty_tui.errors import Refused
from duty_tui.rules.vocabulary import RoleName
from duty_tui.screens.circulation_ask import ALL, whom_to_write
from duty_tui.screens.concern_ask import Ask
from duty_tui.screens.concern_list import Draw, Item
from duty_tui.screens.discussion_screen import DiscussionList
from duty_tui.screens.invitation_acts import ACTS
from duty_tui.screens.invite_form import InviteForm
from duty_tui.screens.post_dialog import About, OnPost, PlaceDialog
from duty_tui.views.discussion import DiscussionView
from duty_tui.widgets.progress import progress_words
from duty_tui.widgets.safe import content, elide
from duty_tui.widgets.statusline import StatusLine

if TYPE_CHECKING:
    from textual.content import Content

    from duty_tui.desk.desk import Desk

_COMING = {True: ("✓ coming", "$good"), False: ("✗ not coming", "bold $bad"), None: ("○ no answer", "$soon")}
_STATE_CELLS, _LEAST = 12, 8


class InvitationsScreen(DiscussionList):
    """Everybody who was asked; each expected or not, which is never attended."""

    HEADING = "INVITATIONS"
    HELP = (
        "Who is asked to the discussion. p adds somebody with their email address, Enter changes it; m writes an "
        "invitation for each calendar, after another booking its update; r reads the answers."
    )
    NOTHING = "Nobody is asked yet; p asks somebody."
    ACTS: ClassVar[Any] = ACTS

    def __init__(self, concern_id: str, number: int | None = None, at: str | None = None) -> None:
        super().__init__(concern_id, number, at)
        self._roles: Mapping[str, RoleName] = {}
        #: What there is to write, and why there is nothing; both as last read.
        self.invited: Sequence[Invited] = ()
        self.why_none = "The discussion is still being read."

    async def _reload(self) -> None:
        if not self._roles:
            self._roles = await self.session.ask(lambda desk: desk.rulebook.vocabulary.role)
        concern, number = self.concern_id, self.number
        try:
            self.invited = await self.session.ask(lambda desk: invited(desk, concern, number))
            self.why_none = ""
        except Refused as error:
            self.invited, self.why_none = (), str(error)
        await super()._reload()

    def state_words(self, view: DiscussionView) -> str:
        """When it is booked, and how many can be written to."""
        if self.read is None or self.read.discussion.booked is None:
            return f"Discussion {view.number} · no time is booked: h books one"
        can = sum(one.invitation is not None for one in self.invited)
        return f"Discussion {view.number} · {moment_words(self.read.discussion.booked)} · {can} can be written to"

    def items(self, view: DiscussionView) -> Sequence[Item]:  # noqa: ARG002 (every list of a discussion is given it)
        """Everybody asked."""
        by_id = {name: (place, one) for place, one in enumerate(self.invited, 1) for name in one.ids}
        asked = self.read.discussion.invitations if self.read else ()
        return [Item(one.id, _drawing(one, by_id.get(one.id), self._roles)) for one in asked]

    @property
    def chosen(self) -> Invitation | None:
        """Who is under the cursor."""
        asked = self.read.discussion.invitations if self.read else ()
        return next((one for one in asked if one.id == self.selected), None)

    def open_form(self, asked: Invitation | None) -> None:
        """Somebody new, or the one under the cursor."""
        if self.read is not None:
            self.app.push_screen(InviteForm(self.read, asked, self._roles))

    def write(self, *, cancelled: bool) -> None:
        """A file for each, after reading back to whom."""
        found = [one for one in self.invited if one.invitation is not None]
        said, ways = whom_to_write(found, "Call it off with" if cancelled else "Write to")
        title = "CALL THE DISCUSSION OFF" if cancelled else "WRITE THE INVITATIONS"
        self.app.push_screen(Ask(title, said, ways), lambda way: self._chosen(way, found, cancelled=cancelled))

    def _chosen(self, way: str | None, found: Sequence[Invited], *, cancelled: bool) -> None:
        ids = {name for one in found if way == ALL or not one.outside for name in one.ids} if way else set()
        if ids:
            self.begin(self._write(ids, outside=way == ALL, cancelled=cancelled), alone="record")

    async def _write(self, ids: set[str], *, outside: bool, cancelled: bool) -> None:
        concern, number, folder = self.concern_id, self.number, self.settings.folder
        reference = self.shown.reference if self.shown else ""
        every = await self.session.ask(lambda desk: invited(desk, concern, number, cancelled=cancelled))
        # Read anew: an address may have become one outside since the question was answered.
        meant = (one.invitation and (outside or not one.outside) and not ids.isdisjoint(one.ids) for one in every)
        wanted = [(place, one) for (place, one), is_meant in zip(enumerate(every, 1), meant, strict=True) if is_meant]
        for done, (place, one) in enumerate(wanted, 1):
            await self.session.ask(partial(_written, reference, place, one, folder))
            self.query_one(StatusLine).say(progress_words("Writing", done, len(wanted)))
        what = "cancellations" if cancelled else "invitations"
        self.recorded(f"{len(wanted)} {what} (.ics) are in {folder} · send each from your mail program ·")

    def read_answers(self) -> None:
        """Answers that were saved from a mail program."""
        if self.read is not None:
            self.app.push_screen(AnswersDialog(self))


def _written(reference: str, place: int, one: Invited, folder: Path, desk: Desk) -> Path | None:
    return write_invitation(desk, reference, place, one.invitation, folder, replace=True) if one.invitation else None


class AnswersDialog(PlaceDialog):
    """Answers, one file or all of a folder; dismissed with True once they are on the disk."""

    HELP = "An answer saved as .ics or .eml, or a folder of them. Ctrl+S reads it: who is expected, never who attended."
    TITLE_WORDS = "ANSWERS"
    SAID = (
        "Save the answers from your mail program as .ics or .eml. Of a folder every answer to this invitation is read."
    )
    ENDINGS = (".eml", ".ics")

    def __init__(self, screen: InvitationsScreen) -> None:
        read = screen.read
        assert read is not None  # noqa: S101 (the command that opens it says so)
        about = About(screen.concern_id, read.concern.version, read.view.reference, read.view.title)
        super().__init__(OnPost(screen, about), f"AnswersDialog.{screen.number}")
        self._concern, self._number = screen.concern_id, screen.number

    async def read(self, place: Path) -> tuple[AllAtDiscussion | None, str]:
        """Who answered, and what."""
        concern, number = self._concern, self._number
        answers, post = await asyncio.to_thread(read_post, place, self.ENDINGS, answers_in)
        if not post.folder:
            act = await self.session.ask(lambda desk: answered(desk, concern, answers, number))
            return act, f"{len(act.each)} new" if act else "nothing new is said in it"
        found = await self.session.ask(lambda desk: answered_new(desk, concern, answers, number))
        new, others = len(found.act.each) if found.act else 0, found.strangers + post.others
        return found.act, f"{new} new, {others} to something else or no answers"


def _drawing(asked: Invitation, found: tuple[int, Invited] | None, roles: Mapping[str, RoleName]) -> Draw:
    place, one = found or (0, None)
    number = f"{place:02} " if place else ""  # the one in the name of the file that goes to them

    def draw(cells: int, selected: bool) -> list[Content]:
        words, style = _COMING[asked.coming]
        margin = " " * (_STATE_CELLS + 3)
        room = max(_LEAST, cells - len(margin))
        part = roles[asked.role].label if asked.role in roles else asked.role
        who = ", ".join(filter(None, (asked.name or "nobody named yet", part, asked.agency)))
        address = one.address if one else asked.contact
        outside = " · outside the secure domains" if one and one.outside else ""
        reach = f"{address}{outside}" if address else (one.why_not if one else "") or "no address known"
        mark = "▸ " if selected else "  "
        return [
            content(
                mark, (words.ljust(_STATE_CELLS), style), " ", (elide(number + who, room), "bold" if selected else "")
            ),
            content(margin, (elide(reach, room), "$faint")),
        ]

    return draw
