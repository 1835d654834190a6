"""The line of a call on its way to the disk: as a draft while it is typed, and as an entry once Enter is pressed.

Nothing typed is lost: the text leaves the entry only after the desk has answered, the draft goes in the same
transaction as the entry comes, and a line that could not be recorded stays where it is.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

from textual.containers import Vertical
from textual.timer import Timer

from duty_tui.desk.calling import Call
from duty_tui.desk.drafts import drop_draft
from duty_tui.domain.call_again import Before
from duty_tui.domain.call_line import CallLine
from duty_tui.domain.call_setting import Setting
from duty_tui.domain.call_things import settles
from duty_tui.domain.commands import Command
from duty_tui.domain.decision_events import ActionAgreed, DecisionMade
from duty_tui.domain.discussion_commands import AllAtDiscussion, AtDiscussion
from duty_tui.domain.discussion_events import PointAnswered
from duty_tui.domain.times import london
from duty_tui.errors import DutyError, Waits
from duty_tui.screens.both import STAYS, put_beside
from duty_tui.screens.call_keeping import KIND, TypedLine, keeping
from duty_tui.screens.confirm import Confirm
from duty_tui.screens.desk_screen import DeskScreen
from duty_tui.store.journal import new_id
from duty_tui.widgets.call_entry import CallEntry
from duty_tui.widgets.call_log import CallLog
from duty_tui.widgets.safe import content, elide

if TYPE_CHECKING:
    from duty_tui.desk.desk import Desk


class Sending(DeskScreen[None]):
    """A screen with a line that is kept while it is typed and recorded at Enter."""

    SAVE_AFTER: ClassVar[float] = 0.5
    """Seconds from the first key not yet kept to its draft on the disk."""
    AGAIN_AFTER: ClassVar[float] = 2.0
    """Seconds from a draft that could not be kept to the next attempt."""

    def __init__(self, concern_id: str, number: int) -> None:
        super().__init__()
        self.concern_id, self.number = concern_id, number
        self.entry = CallEntry(self.typed_anew, compact=True)
        """The line that is typed; it always has the focus."""
        self.log_shown = CallLog(empty="Reading the discussion …")
        """The lines recorded."""
        self.call: Call | None = None
        """The discussion as it was last read."""
        self.setting: Setting | None = None
        self.line = CallLine("NOTE")
        """The line as it is understood."""
        self.before: Before | None = None
        """The recorded line that the one being typed puts right."""
        self.panel_scrolls = False
        self._draft = new_id()
        self._mark = new_id()
        self._tried = ""
        self._kept = ""
        self._in_record = True
        self._saving: Timer | None = None
        self._alone = asyncio.Lock()
        self._on_its_way = ""
        self._again = False
        self._titles = ("", "")
        self._word, self._company = "NOTE", ""

    def reload(self) -> None:
        """Read the discussion anew."""
        raise NotImplementedError

    def understand(self, said: str = "") -> None:
        """Read the line again, or say a refusal."""
        raise NotImplementedError(said)

    def typed_anew(self, text: str) -> None:
        """The line is another."""
        raise NotImplementedError(text)

    def submit(self) -> None:
        """Record the line."""
        raise NotImplementedError

    # What the border says

    def title_line(self, word: str) -> None:
        """What kind of line is typed, on the upper border."""
        self._word = word
        words = f"PUT RIGHT {word}" if self.before else word
        there = elide(f" ◦ {self._company}", max(0, self.size.width - len(words) - 8)) if self._company else ""
        if words + there != self._titles[0]:
            self._titles = (words + there, self._titles[1])
            box = self.query_one("#line", Vertical)
            box.border_title = content(" ", (words, "bold"), (there, "bold $soon"), " ")
            box.set_class(self.before is not None, "-correcting")

    def show_company(self, words: str) -> None:
        """On the upper border, behind the kind of line."""
        self._company = words
        self.title_line(self._word)

    def say_on_border(self, words: str, style: str = "") -> None:
        """When the text was kept or recorded, on the lower border."""
        if (words, style) != (self._titles[1], ""):
            self._titles = (self._titles[0], words)
            self.query_one("#line", Vertical).border_subtitle = content(" ", (words, style), " ") if words else ""

    def say_recorded(self, what: str = "recorded") -> None:
        """It is on the disk; called only after the desk has answered."""
        self.say_on_border(f"✓ {what} {london(self.now()):%H:%M:%S}", "bold $good")

    # The draft

    @property
    def typing(self) -> str:
        """The kind of its draft, while something stands in the line."""
        return KIND if self.entry.value.strip() else ""

    @property
    def typed(self) -> TypedLine:
        """What stands in the entry."""
        return TypedLine(self._draft, self.entry.value, self._mark, self.before.entry if self.before else "")

    @property
    def unkept(self) -> bool:
        """Something stands there that is neither in a draft nor recorded."""
        return self.entry.value != self._kept

    def save_soon(self) -> None:
        """Something was typed. The time runs from the first key, not the last: typing on does not put it off."""
        if self._saving is None and self.unkept:
            self._saving = self.set_timer(self.SAVE_AFTER, self._save)

    def _save(self) -> None:
        self._saving = None
        self.run_worker(self._save_told(), group="draft")

    async def _save_told(self) -> None:
        try:
            if await self.keep_now() and self.entry.value:
                where = "saved" if self._in_record else "kept on this machine"
                self.say_on_border(f"{where} {london(self.now()):%H:%M:%S}")
        except DutyError as error:
            self.say_on_border("NOT saved: " + error.what, "bold $bad")
            if self._saving is None and self.is_attached:
                self._saving = self.set_timer(self.AGAIN_AFTER, self._save)

    async def keep_now(self) -> bool:
        """Keep the text as it is now; False when it was kept before. Raises DutyError when it cannot be."""
        async with self._alone:  # not while a line is on its way: its draft goes with it
            if not self.unkept:
                return False
            await self._keep(self.typed)
            return True

    async def _keep(self, line: TypedLine) -> None:
        kept = await self.session.ask(keeping(self.concern_id, self.number, line, self.now()))
        self._in_record = kept is not False
        self._kept = line.text

    def keep_draft(self) -> None:
        """Keep the text now, without the loop: the program is about to end, or to be put to sleep."""
        if self.is_mounted and (self.unkept or self._on_its_way):
            self.session.ask_and_wait(keeping(self.concern_id, self.number, self.typed, self.now()))
            self._kept = self.entry.value

    def back(self) -> None:
        """Leave the call once the text is kept; the call goes on."""
        self.begin(self._leave(), alone="leave")

    async def _leave(self) -> None:
        try:
            await self.keep_now()
        except DutyError as error:
            said = [error.what, "If you leave now, the line is lost."]
            self.app.push_screen(Confirm("Leave although the line is NOT saved?", said), self._lost)
            return
        self.dismiss(None)

    def _lost(self, yes: bool | None) -> None:
        if yes:
            self.dismiss(None)

    # Recording

    def send(self) -> None:
        """Record the line as it is understood; while one is on its way the next one waits for it."""
        if self._on_its_way:
            self._again = True
            return
        self._on_its_way = self.entry.value
        self.begin(self._send(self._on_its_way, self.line, self.before), name="send")

    async def _send(self, text: str, line: CallLine, before: Before | None) -> None:
        waits: Waits | None = None
        try:
            if isinstance(line.event, DecisionMade) and not await self._sure(line.event):
                self._again = False
                return
            if not await self._do(text, self._command(line, before)):
                self._again = False
                return
        except Waits as kept:
            waits = kept
        except DutyError as error:
            self._again = False
            self.say_on_border("NOT recorded: " + error.what, "bold $bad")
            self.understand(said=str(error))
            self.save_soon()
            return
        finally:
            self._on_its_way = ""
        self._gone(text)
        if waits is None:
            self.say_recorded()
            self.reload()
        else:
            self.not_done(waits)
            self.say_on_border("NOT RECORDED: it waits on this machine", "bold $bad")
        if self._again:
            self._again = False
            self.submit()

    async def _do(self, text: str, command: Command) -> bool:
        """Record the line; whether it is on the disk. Where somebody else was faster both are shown."""
        if text != self._tried:  # the same text again is the same entry, should the first attempt have come through
            self._mark, self._tried = new_id(), text
        mark = self._mark
        async with self._alone:
            if text != self._kept:
                with suppress(DutyError):  # recorded all the same; should it wait, it is changed from its draft
                    await self._keep(self.typed._replace(text=text))
            try:
                left = await put_beside(
                    self,
                    self.concern_id,
                    command,
                    seen=self.seen,
                    mark=mark,
                    draft=self._draft,
                    typed=True,
                    kept=STAYS,
                    asked=self._keep_first,
                )
            except Waits:
                self._kept, self._draft = "", new_id()  # the next line is another draft: this one waits with its own
                raise
            if left == "drop":
                await self.session.ask(lambda desk: drop_draft(desk, self._draft))
                self._gone(text)
            if left not in ("keep", "back"):
                self._kept = ""
        return not isinstance(left, str)

    @property
    def seen(self) -> int:
        """The version of the concern that is shown."""
        return self.call.concern.version if self.call else 0

    async def _keep_first(self, _asking: bool) -> None:
        """The line is on the disk while somebody is asked about it."""
        await self._keep(self.typed)

    def _command(self, line: CallLine, before: Before | None) -> Command:
        assert line.event is not None  # noqa: S101 (asked before it is sent)
        done = {action.id for action in self.call.discussion.actions if action.done} if self.call else set()
        keeps = isinstance(line.event, ActionAgreed) and line.event.action in done
        command = AtDiscussion(event=line.event, instead_of=before.entry if before and not keeps else None)
        if isinstance(line.event, PointAnswered) and self.setting and (settled := settles(line.event, self.setting)):
            return AllAtDiscussion(each=(settled, command))
        return command

    def _gone(self, text: str) -> None:
        """The text is recorded: what was typed behind it meanwhile stays."""
        self.before, self._mark, self._tried = None, new_id(), ""
        value = self.entry.value
        self.entry.put(value.removeprefix(text) if value.startswith(text) else value)
        self.leave_picking()

    def leave_picking(self) -> None:
        """No recorded line is marked any more."""

    async def _sure(self, event: DecisionMade) -> bool:
        """Whether a decision that does not go with another is meant."""
        asked = await self.session.ask(lambda desk: _odd(desk, self.concern_id, event))
        if not asked:
            return True
        whom = self.setting.whom(event.children) if self.setting else ""
        return bool(await self.app.push_screen_wait(Confirm(f"Record this decision for {whom}?", asked)))


def _odd(desk: Desk, concern_id: str, event: DecisionMade) -> list[str]:
    from duty_tui.desk.deciding import boxes_of, to_confirm

    concern = desk.concern(concern_id)
    discussion = concern.discussion(event.discussion)
    if discussion is None or discussion.started is None:
        return []
    boxes = boxes_of(desk.rulebook.in_force(discussion.started.date()))
    return to_confirm(boxes, discussion, event.children, [event.box], desk.rulebook.vocabulary)
