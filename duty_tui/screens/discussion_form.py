"""A form about one discussion: a draft on the disk half a second after a key, recorded whole, nothing typed lost."""

from __future__ import annotations

import platform
from collections.abc import Callable
from typing import Any, ClassVar

from textual import on
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input, TextArea

from duty_tui.desk.desk import Desk
from duty_tui.desk.drafts import drop_draft, is_recorded, keep_draft
from duty_tui.domain.commands import Command
from duty_tui.domain.times import london
from duty_tui.errors import DutyError, Waits
from duty_tui.screens.about_discussion import AboutDiscussion, Read
from duty_tui.screens.both import Left
from duty_tui.screens.concern_ask import Commit
from duty_tui.screens.concern_field import Field
from duty_tui.screens.desk_screen import AtTheDesk
from duty_tui.screens.dialogue_draft import unfinished
from duty_tui.screens.discussion_screen import DiscussionModal
from duty_tui.screens.keeping import ON_ITS_WAY
from duty_tui.store.journal import new_id
from duty_tui.store.rows import Draft
from duty_tui.views.discussion import DiscussionView
from duty_tui.widgets.choice import Choice
from duty_tui.widgets.command_screen import Back
from duty_tui.widgets.entry_input import NotesArea
from duty_tui.widgets.statusline import StatusLine
from duty_tui.widgets.ticks import Ticks

#: What stands in a form, by the id of each part, as JSON values.
Typed = dict[str, Any]
#: Beside them in a draft, as no part is called: the version that was seen, the mark under which just this was tried to
#: be recorded, the discussion, and the thing in it the form is about.
_SEEN, _MARK, _NUMBER, _KEY = "@seen", "@mark", "@number", "@key"


class NotYet(Exception):
    """The form cannot be recorded as it stands: why, and the part to go to."""

    def __init__(self, why: str, part: str) -> None:
        super().__init__(why)
        self.why, self.part = why, part


class DiscussionForm(DiscussionModal):
    """Dismissed with True once it is on the disk. Ctrl+S records; Escape goes back and keeps the draft.

    A form says what it holds in `parts`, and what it records in `command`.
    """

    ACTS: ClassVar[Any] = (Commit, Back)
    AUTO_FOCUS = ""
    KIND: ClassVar[str] = ""
    """The kind of its drafts."""
    SAVE_AFTER: ClassVar[float] = 0.5
    """Seconds from the first key not yet kept to its draft on the disk."""
    AGAIN_AFTER: ClassVar[float] = 2.0
    """Seconds from a draft that could not be kept to the next attempt."""

    def __init__(self, read: Read, key: str = "") -> None:
        super().__init__(read.view.concern, read.view.number)
        self.read = read
        self._key = key
        self._draft = new_id()
        self._mark = ""
        #: What was last tried to be recorded, under this mark; None before the first attempt.
        self._tried: Typed | None = None
        self._first: Typed = {}
        self._kept: Typed = {}
        self._saving: Timer | None = None
        #: The version of the concern that was shown when what stands here was begun.
        self._seen = read.concern.version
        self._busy = self._done = self._ready = self._recording = False

    @property
    def view_of(self) -> DiscussionView:
        """The discussion as it was read when the form opened, or later."""
        assert self.read is not None  # noqa: S101 (given to it when it was made)
        return self.read.view

    # What stands in it

    def typed(self) -> Typed:
        """What stands in every part. Asked at every key: one walk through the form, no selectors."""
        found: Typed = {}
        for part in self.walk_children():
            match part:
                case Field():
                    found[part.field] = part.input.value
                case NotesArea(id=str(name)):
                    found[name] = part.text
                case Choice(id=str(name)):
                    found[name] = part.options[part.at].key if part.at is not None else ""
                case Ticks(id=str(name)):
                    found[name] = [option.key for option in part.options if option.value in part.values]
        return found

    def fill(self, typed: Typed) -> None:
        """Put what was typed into every part that is named."""
        for field in self.query(Field):
            if isinstance(words := typed.get(field.field), str):
                field.input.value = words
        for area in self.query(NotesArea):
            if isinstance(words := typed.get(area.id or ""), str):
                area.load_text(words)
        for choice in self.query(Choice):
            keys = [option.key for option in choice.options]
            if (key := typed.get(choice.id or "")) in keys:
                choice.answer(choice.options[keys.index(key)].value)
        for ticks in self.query(Ticks):
            if isinstance(chosen := typed.get(ticks.id or ""), list):
                ticks.tick(option.value for option in ticks.options if option.key in chosen)

    def text(self, part: str) -> str:
        """What was typed into one part, without outer blanks."""
        return str(self.typed().get(part, "")).strip()

    # The draft

    @property
    def typing(self) -> str:
        """The kind of its drafts, once something else stands here than it opened with."""
        return f"discussion.{self.KIND}" if self._ready and self.typed() != self._first else ""

    async def on_mount(self) -> None:
        """Go to the first part; what was typed before comes back."""
        self.open_form()
        self._first = self._kept = self.typed()
        draft = await self.ask(self._kept_before)
        if draft is not None:
            self._draft = draft.id
            self.fill(draft.body)
            if mark := str(draft.body.get(_MARK, "")):
                tried = {part: typed for part, typed in draft.body.items() if not part.startswith("@")}
                self._mark, self._tried = mark, tried
            begun = draft.body.get(_SEEN)
            self._seen = min(self._seen, begun if isinstance(begun, int) else self._seen)
            self._kept = self.typed()
            self.query_one(StatusLine).say(f"What you typed at {london(draft.updated):%H:%M} is here again.")
        self._ready = True
        self.app.app_suspend_signal.subscribe(self, lambda _app: self.keep_draft())
        self.show_live()

    def _kept_before(self, desk: Desk) -> Draft | None:
        """The person's latest draft of this form, of the same discussion and about the same thing in it."""
        # The id of drafts that have none of their own.
        named = ":".join((self.KIND, self.concern_id, str(self.number), self._key, desk.actor))
        about = (self.number, self._key)
        for one in unfinished(desk, self.concern_id):
            is_this = one.id == named or (one.body.get(_NUMBER), one.body.get(_KEY)) == about
            if is_this and one.kind == "discussion." + self.KIND:
                return one
        return None

    def open_form(self) -> None:
        """Go to the first part, and set what it opens with."""
        self.focus_next()

    def show_live(self) -> None:
        """Something is typed otherwise: say what it means so far."""

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(Choice.Changed)
    @on(Ticks.Changed)
    def _something_typed(self, _event: Message) -> None:
        if not self._ready:
            return
        self.show_live()
        if self._saving is None:
            self._saving = self.set_timer(self.SAVE_AFTER, self._save_now)

    def on_descendant_blur(self) -> None:
        """A part was left: keep it now."""
        if self._ready:
            self._save_now()

    def _save_now(self) -> None:
        if self._saving is not None:
            self._saving.stop()
            self._saving = None
        if self.unsaved and not self._recording:
            self.run_worker(self._save(), group="draft")

    @property
    def unsaved(self) -> bool:
        """Something was typed that is not in a draft on the disk."""
        return self._ready and not self._done and self.typed() != self._kept

    async def _save(self) -> bool:
        typed = self.typed()
        try:
            await self.session.ask(self._keeping(typed))
        except DutyError as error:
            self.refuse("Draft NOT saved: " + error.what)
            if self._saving is None and self.is_attached:
                self._saving = self.set_timer(self.AGAIN_AFTER, self._save_now)
            return False
        self._kept = typed
        return True

    def _keeping(self, typed: Typed) -> Callable[[Desk], object]:
        now, name, first = self.now(), self._draft, self._first
        mark = self._mark if typed == self._tried else ""  # another text than was tried is another entry
        body = {**typed, _SEEN: self._seen, _MARK: mark, _NUMBER: self.number, _KEY: self._key}
        concern, kind = self.concern_id, "discussion." + self.KIND
        tried = self._mark if self._recording else mark

        def keep(desk: Desk) -> object:
            if self._done:
                return None
            if typed == first or (tried and is_recorded(desk, tried)):
                return drop_draft(desk, name)  # recorded after all, it would be offered as not recorded
            return keep_draft(desk, Draft(name, kind, concern, desk.actor, platform.node(), now, body))

        return keep

    def keep_draft(self) -> None:
        """Keep what was typed, now: the program is about to end."""
        if self.unsaved:
            typed = self.typed()
            self.session.ask_and_wait(self._keeping(typed))
            self._kept = typed

    def back(self) -> None:
        """Go back once the draft is on the disk."""
        if self._recording:
            self.refuse(ON_ITS_WAY)
            return
        self.begin(self._leave(), alone="leave")

    async def _leave(self) -> None:
        if (not self.unsaved or await self._save()) and not self._recording:
            self.leave_with(False)

    # Recording

    def command(self) -> Command:
        """What is recorded. Raises NotYet, with why and where, when the form cannot be recorded as it stands."""
        raise NotImplementedError

    @property
    def said(self) -> str:
        """What the status line calls it once it is recorded."""
        return self.KIND

    def commit(self) -> None:
        """Record the form."""
        if not self._busy:
            self._busy = True
            self.begin(self._commit())

    async def _commit(self) -> None:
        try:
            command = await self.made()
            if command is not None:
                await self.record_it(command)
        except NotYet as wrong:
            self.go_to(wrong.part)
            self.refuse(wrong.why)
        finally:
            self._busy = False

    async def made(self) -> Command | None:
        """The command, or None while a question about it is open. Forms that must ask the desk first do it here."""
        return self.command()

    async def record_it(self, command: Command) -> None:
        """Record the command, and close only when it is on the disk, or waits there while the record is away.

        It closes as well when somebody else's entry is to stand.
        """
        self._recording = True  # a draft kept behind the entry would be found again as if it were not recorded
        typed = self.typed()
        if typed != self._tried:
            self._mark, self._tried = new_id(), typed
        try:
            if self.unsaved:
                await self._save()  # where that fails it is recorded all the same
            left = await self.put(
                command,
                self.said,
                seen=self._seen,
                mark=self._mark,
                draft=self._draft,
                typed=typed != self._first,
                asked=lambda _asking: self._save(),
            )
        except Waits as kept:
            self._done = True
            self.leave_waiting(kept)
            return
        except DutyError:
            self._recording = False
            self._save_now()
            raise
        self._recording = False
        if left is not None:
            await self._not_recorded(left)
            return
        self._done = True
        beneath = self.app.screen_stack[-2]
        if isinstance(beneath, AtTheDesk):
            beneath.recorded(f"{self.said} · recorded")
        if isinstance(beneath, AboutDiscussion):
            beneath.reload()
        self.leave_with(True)

    async def _not_recorded(self, left: Left) -> None:
        if left == "keep" and self.unsaved and not await self._save():
            return  # it says why; the text stands nowhere but here
        if left == "drop":
            name, self._done = self._draft, True
            try:
                await self.session.ask(lambda desk: drop_draft(desk, name))
            except DutyError:
                self._done = False
                raise
        if left != "back":
            self.leave_with(False)

    def go_to(self, part: str) -> None:
        """Put the cursor on a part."""
        for widget in self.query(f"#{part}"):
            widget.focus()

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        """Enter goes on to the next part; it records nothing."""
        event.stop()
        self.focus_next()

    def on_changes(self, changes: Any) -> None:
        """A form stays as it was opened: what another recorded about the same is told when it is recorded."""
