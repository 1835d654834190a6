"""Lines of a call that are recorded already: marked with the arrows, put right in place, undone."""

from __future__ import annotations

from textual import on

from duty_tui.domain.ages import age_words
from duty_tui.domain.call_again import Before, typed
from duty_tui.domain.commands import RecordChild, Withdraw
from duty_tui.domain.decision_events import ChildPlaced
from duty_tui.domain.discussion_commands import AllAtDiscussion, AtDiscussion
from duty_tui.domain.times import london, london_date
from duty_tui.screens.both import put_beside
from duty_tui.screens.call_keeping import TypedLine
from duty_tui.screens.call_sending import Sending
from duty_tui.screens.confirm import Confirm
from duty_tui.widgets.call_entry import CallEntry
from duty_tui.widgets.call_log import CallLog, LogRow


class Picking(Sending):
    """A call whose recorded lines can be marked while nothing is typed."""

    @property
    def picked(self) -> LogRow | None:
        """The marked line."""
        shown = self.log_shown
        return next((row for row in shown.rows if row.key == shown.selected), None)

    @property
    def picked_words(self) -> str:
        """The line that is being put right, as it is spoken of."""
        row = self.picked
        return f"{row.time} {row.word} {row.text}" if row and self.before else ""

    @property
    def why_no_picking(self) -> str | None:
        """The arrows are the text's while there is any."""
        return "Record or clear the line first." if self.entry.value else None

    def pick(self, by: int) -> None:
        """Mark the line before or after the marked one; from none, the last."""
        keys = [row.key for row in self.log_shown.rows]
        selected = self.log_shown.selected
        at = keys.index(selected) + by if selected in keys else len(keys) - 1 if by < 0 else len(keys)
        if not 0 <= at < len(keys):
            if at >= len(keys):
                self.leave_picking()
            return
        self.log_shown.select(keys[at])
        self.say_on_border("Enter puts it right · Del undoes it · Esc goes back")

    @on(CallLog.Clicked)
    def _clicked(self, event: CallLog.Clicked) -> None:
        event.stop()
        if not self.entry.value:
            self.log_shown.select(event.key)
            self.say_on_border("Enter puts it right · Del undoes it · Esc goes back")

    def leave_picking(self) -> None:
        """Nothing is marked, nothing is put right; the end of the log is in sight again."""
        self.before = None
        self.log_shown.select(None)

    def back(self) -> None:
        """Out of the marked line first, then out of the call."""
        if self.picked is None and self.before is None:
            super().back()
            return
        correcting = self.before is not None
        self.leave_picking()
        if correcting:
            self.entry.put("")
        self.say_on_border("")
        self.understand()

    # Putting right

    def correct_picked(self) -> None:
        """Put the marked line into the entry, to be typed anew."""
        row = self.picked
        if row is None or self.call is None or self.setting is None:
            return
        before = self._recorded(row.key)
        again = typed(before.event, self.setting) if before else None
        fixed = next((line.fixed for line in self.call.view.log if line.entry == row.key), None)
        if before is None or again is None or fixed is not None:
            self.refuse(fixed or "This line is not typed here: it is put right where it is recorded.")
            return
        self.before = before
        self.entry.put(again)
        self.understand()

    def take_back(self, draft: TypedLine) -> None:
        """Let the line found on the disk stand here again."""
        self._draft, self._mark = draft.draft, draft.mark
        before = self._recorded(draft.instead_of) if draft.instead_of else None
        if before is not None:
            self.log_shown.select(before.entry)
            self.before = before
        self.entry.put(draft.text)
        self._kept = draft.text
        self.say_on_border("found again, as it was left")
        self.understand()

    def _recorded(self, entry: str) -> Before | None:
        """The entry as recorded; None where it cannot be read or is undone."""
        if self.call is None or all(line.entry != entry for line in self.call.view.log):
            return None
        found = next((item for item in self.call.concern.history if item.stamp.entry == entry), None)
        return Before(entry, found.stamp.at, found.event) if found and found.event else None

    # Undoing

    @on(CallEntry.DeletedNothing)
    def _delete(self, event: CallEntry.DeletedNothing) -> None:
        event.stop()
        if self.picked is not None:
            self.undo_line()

    def undo_line(self) -> None:
        """Ask about the marked line, or else one's own last one."""
        view = self.call.view if self.call else None
        if view is None:
            return
        key = self.log_shown.selected
        mine = [line for line in view.log if line.by == self.settings.name and line.fixed is None]
        line = next((line for line in view.log if line.entry == key), mine[-1] if mine and key is None else None)
        if line is None:
            self.refuse("There is no line of yours that can be undone.")
        elif line.fixed is not None:
            self.refuse(line.fixed)
        else:
            entry = line.entry
            row = next(row for row in self.log_shown.rows if row.key == entry)
            said = [view.title, f"{row.time} {row.word} {row.text}", "It stays in the history, marked withdrawn."]
            self.app.push_screen(Confirm("Undo this line?", said), lambda yes: self._undo(entry) if yes else None)

    def _undo(self, entry: str) -> None:
        self.begin(self._withdraw(entry))

    async def _withdraw(self, entry: str) -> None:
        done = await put_beside(self, self.concern_id, Withdraw(entry=entry), seen=self.seen)
        self.leave_picking()
        if not isinstance(done, str):
            self.say_recorded("undone, recorded")
        self.reload()

    # A child nobody knew

    async def add_stranger(self, words: str) -> None:
        """Ask about a child who is not on the concern yet, then add it to the concern and to the discussion."""
        from duty_tui.screens.intake_children import read_child

        if self.call is None:
            return
        numbers = [child.number for child in self.call.concern.children]
        today = london_date(self.now())
        read = read_child(words, max(numbers, default=0) + 1, today)
        if read.problem:
            self.refuse(read.problem)
            return
        age = age_words(read.child.born, read.child.expected, today)
        said = [read.in_full, *read.doubts, "The child is added to this concern and to this discussion."]
        if not await self.app.push_screen_wait(Confirm(f"Add {read.child.called} {age}?".replace(" ?", "?"), said)):
            return
        at = f"{london(self.now()):%H:%M}"
        placed = ChildPlaced(
            discussion=self.number, child=read.child.number, included=True, reason=f"Named in the discussion at {at}"
        )
        text = self.entry.value
        act = AllAtDiscussion(each=(RecordChild(child=read.child), AtDiscussion(event=placed)))
        if await self._do(text, act):
            self._gone(text)
            self.say_recorded()
        self.reload()
