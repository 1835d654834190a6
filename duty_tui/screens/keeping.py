"""What is typed on a screen is kept: half a second after a key, when a field or the screen is left, and at the end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from textual.timer import Timer

from duty_tui.domain.times import london
from duty_tui.errors import DutyError
from duty_tui.screens.concern_ask import Ask, Way
from duty_tui.screens.desk_screen import AtTheDesk
from duty_tui.widgets.safe import content

if TYPE_CHECKING:
    from duty_tui.desk.desk import Desk

#: Who left now would hear no refusal, and find no draft of what was typed last.
ON_ITS_WAY = "It is being recorded. Wait for the answer."


class Keeping(AtTheDesk):
    """A screen whose text is a draft on the disk within a second of a key; its frame says when, or NOT.

    A screen says in `keeping` how its draft is kept, calls `save_soon` at every change, and sets `done` while its text
    is being recorded: a draft written after the record would come back as if it were not recorded.
    """

    SAVE_AFTER: ClassVar[float] = 0.5
    """Seconds from the first key not yet kept to its draft on the disk."""
    AGAIN_AFTER: ClassVar[float] = 2.0
    """Seconds from a draft that could not be kept to the next attempt."""
    FRAME: ClassVar[str] = ".dialogue"
    """The box in whose lower edge is said what became of the draft."""

    def __init__(self) -> None:
        super().__init__()
        self._changes = self._kept = 0
        self.done = False
        """It is being recorded, is recorded, or given up: no draft is to be kept any more."""
        self.on_its_way = ""
        """The mark of the entry that is being recorded; empty while none is. How that ends is not known yet."""
        self._saving: Timer | None = None

    def keeping(self, now: datetime) -> Callable[[Desk], object]:
        """Keeps what stands on the screen at this moment; asked on the screen's thread, done on the desk's.

        It answers False where the record is away and the draft is on this machine alone.
        """
        raise NotImplementedError

    def look(self) -> None:
        """Take what stands in the fields now: a field tells of its text later than a key that leaves acts."""

    def _on_mount(self, _event: Any) -> None:
        # Before the program is put to sleep.
        self.app.app_suspend_signal.subscribe(self, lambda _app: self.keep_draft())

    @property
    def unsaved(self) -> bool:
        """Something was typed that is not in a draft on the disk."""
        return self._changes != self._kept and not self.done

    def save_soon(self) -> None:
        """Something was typed. The time runs from the first key, not the last: typing on does not put it off."""
        self._changes += 1
        if self._saving is None:
            self._saving = self.set_timer(self.SAVE_AFTER, self.save_now)

    def save_now(self) -> None:
        """Keep what is not kept yet, without holding up the keys."""
        if self._saving is not None:
            self._saving.stop()
            self._saving = None
        if self.unsaved:
            self.run_worker(self.save(), group="draft")

    async def save(self) -> bool:
        """Keep the draft; whether it is on the disk, or no longer wanted."""
        return self.done or await self.save_first()

    async def save_first(self) -> bool:
        """Keep the draft although it is about to be recorded: what waits instead is changed from its draft."""
        typed, now = self._changes, self.now()
        try:
            where = "kept on this machine" if await self.session.ask(self.keeping(now)) is False else "saved"
        except DutyError as error:
            self.said_of_draft("draft NOT saved: " + error.what, bad=True)
            if self._saving is None and self.is_attached:
                self._saving = self.set_timer(self.AGAIN_AFTER, self.save_now)
            return False
        self._kept = max(self._kept, typed)
        self.said_of_draft(f"draft {where} {london(now):%H:%M:%S}")
        return True

    def said_of_draft(self, words: str, *, bad: bool = False) -> None:
        """Say in the frame what became of the draft; it stays until there is something newer to say."""
        for holder in self.query(self.FRAME):
            holder.border_subtitle = content(" ", (words, "bold $bad" if bad else ""), " ")

    def on_descendant_blur(self) -> None:
        """A field was left: keep it now."""
        self.save_now()

    def keep_draft(self) -> None:
        """Keep what was typed, now: the program is about to end or to be put to sleep."""
        self.look()
        # What is being recorded may yet be refused. The desk does one thing after another: by then it is known.
        if self.unsaved or (self.on_its_way and self._changes != self._kept):
            self.session.ask_and_wait(self.keeping(self.now()))
            self._kept = self._changes

    def back(self) -> None:
        """Go back once the draft is on the disk."""
        if self.done:
            self.refuse(ON_ITS_WAY)
            return
        self.begin(self._leave(), alone="leave")

    async def _leave(self) -> None:
        self.look()
        if not self.unsaved or await self.save():
            if not self.done:  # begun meanwhile: its answer is waited for
                self.leave_with(None)
            return
        said = ["Your text could not be kept. If you go back now it is lost."]
        ways = [Way("1", "stay", "Stay here"), Way("ctrl+d", "leave", "Go back and lose the text")]
        self.app.push_screen(Ask("The draft is NOT saved", said, ways), self._left)

    def _left(self, way: str | None) -> None:
        if way == "leave":
            self.done = True
            self.leave_with(None)
