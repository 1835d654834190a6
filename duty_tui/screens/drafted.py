"""Dialogues about a concern whose text is a draft until it is recorded, and is offered again when it was not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from textual.widget import Widget
from textual.widgets import Input, TextArea

from duty_tui.desk.drafts import drop_draft, is_recorded, keep_draft
from duty_tui.domain.commands import Command
from duty_tui.errors import DutyError, Waits
from duty_tui.screens.both import Left, put_beside
from duty_tui.screens.concern_list import ItemList
from duty_tui.screens.dialogue_draft import Typed, kept_draft, read_fields, typed_of, write_fields
from duty_tui.screens.keeping import Keeping
from duty_tui.screens.unfinished import when_kept
from duty_tui.store.journal import new_id
from duty_tui.widgets.choice import Choice
from duty_tui.widgets.statusline import StatusLine
from duty_tui.widgets.time_field import TimeField

if TYPE_CHECKING:
    from duty_tui.desk.desk import Desk
    from duty_tui.desk.session import Changes


class Behind(Protocol):
    """The concern a dialogue was opened on, as the dialogue needs it."""

    concern_id: str

    @property
    def about(self) -> str:
        """Number and children, for the head of the dialogue."""
        ...

    @property
    def version(self) -> int:
        """The version of the concern the person is looking at."""
        ...

    async def was_recorded(self, what: str) -> None:
        """Say that `what` was recorded, and show the concern as it is now."""
        ...


class Drafted(Keeping):
    """A dialogue with text for one concern; mixed into a `DeskModal[bool]`, dismissed with True once it is recorded.

    `kind` is what its drafts are kept under: the same dialogue on the same concern finds them again.
    """

    def __init__(self, behind: Behind, kind: str) -> None:
        super().__init__()
        self.behind = behind
        self.kind = kind
        self._draft = new_id()
        self._mark = new_id()
        self._seen = behind.version
        self._attempted = False
        self._opened_with: dict[str, str] = {}
        self._last: dict[str, str] | None = None

    async def mount_composed_widgets(self, widgets: list[Widget]) -> None:
        """Take what the fields open with before one has the focus: a hand may be faster than the mount."""
        await super().mount_composed_widgets(widgets)
        self._opened_with = self._last = read_fields(self)

    def filled(self, *names: str) -> None:
        """These fields were filled in by the dialogue itself after it opened: what stands there was not typed."""
        now = read_fields(self)
        of_itself = {name: now[name] for name in names if name in now}
        self._opened_with = {**self._opened_with, **of_itself}
        self._last = {**(self._last or {}), **of_itself}

    def _on_mount(self, _event: Any) -> None:
        self.begin(self._look_for_draft())

    # What was kept before

    async def _look_for_draft(self) -> None:
        kept = await self.session.ask(lambda desk: kept_draft(desk, self.kind, self.behind.concern_id))
        typed = typed_of(kept) if kept else None
        if kept is None or typed is None or self.done:
            return
        when = when_kept(kept, self.now())
        if read_fields(self) != self._opened_with:
            # Somebody typed faster than the disk could be read: that text is another, and both are kept.
            self.said_of_draft(f"another draft of {when} is kept too")
            return
        self._draft, self._mark = kept.id, typed.mark
        self._attempted = True  # as far as anybody here knows: another text is another entry
        # Whoever typed it had not read what was recorded since.
        self._seen = min(self._seen, typed.seen or self._seen)
        write_fields(self, typed.fields)
        self._last = read_fields(self)
        self.said_of_draft(f"draft of {when} kept")

    # What is typed

    @property
    def typing(self) -> str:
        """The kind of its drafts, once something else stands here than it opened with."""
        return self.kind if self.is_mounted and self.to_keep(read_fields(self), self.now()) else ""

    def look(self) -> None:
        """A field may be another than before."""
        fields = read_fields(self)
        if self._last is None or fields == self._last:
            return
        self._last = fields
        if self._attempted:
            # The text is another than the one that may have been recorded: with the same mark it would be dropped.
            self._mark, self._attempted = new_id(), False
        self.save_soon()

    def on_input_changed(self, _event: Input.Changed) -> None:
        """A line."""
        self.look()

    def on_text_area_changed(self, _event: TextArea.Changed) -> None:
        """A text."""
        self.look()

    def on_choice_changed(self, _event: Choice.Changed) -> None:
        """An answer."""
        self.look()

    def on_item_list_moved(self, _event: ItemList.Moved) -> None:
        """A thing of a list."""
        self.look()

    def on_time_field_typed(self, _event: TimeField.Typed) -> None:
        """A time."""
        self.look()

    def to_keep(self, fields: dict[str, str], now: datetime) -> dict[str, str]:  # noqa: ARG002 (for times)
        """The fields that differ from what the dialogue opened with, as they will still be right when put back.

        Blanks around a text are no difference: an empty line is nothing anybody wants back.
        """
        return {name: text for name, text in fields.items() if text.strip() != self._opened_with.get(name, "").strip()}

    def keeping(self, now: datetime) -> Callable[[Desk], object]:
        """Keeps what stands in the fields; where nothing differs from the beginning no draft is left behind.

        Nor where an attempt to record it came through after all: a draft would offer it as not recorded.
        """
        name, kind, concern, mark, seen = self._draft, self.kind, self.behind.concern_id, self._mark, self._seen
        fields = self.to_keep(read_fields(self), now)
        tried = self.on_its_way or (mark if self._attempted else "")

        def keep(desk: Desk) -> object:
            if fields and not (tried and is_recorded(desk, tried)):
                return keep_draft(desk, Typed(fields, mark, seen).draft(name, kind, concern, desk.actor, now))
            return drop_draft(desk, name)

        return keep

    def dropping(self) -> Callable[[Desk], object]:
        """Drops the draft, once what it held was recorded in another way than by `record`."""
        name = self._draft
        return lambda desk: drop_draft(desk, name)

    # What is recorded

    async def record(self, command: Command, what: str) -> None:
        """Record it, its draft going in the same transaction. When it is not recorded text and draft stay.

        Where somebody else recorded about the same since the dialogue was opened, or since its draft was begun, both
        are shown and the person chooses. While the record is away what may wait goes to the outbox, and the dialogue is
        left as if it were recorded. Raises DutyError.
        """
        self.look()
        unsaved, mark = self.unsaved, self._mark
        self.done = self._attempted = True
        self.on_its_way = mark
        try:
            if unsaved:
                await self.save_first()  # where that fails it is recorded all the same
            left = await put_beside(
                self,
                self.behind.concern_id,
                command,
                seen=self._seen,
                mark=mark,
                draft=self._draft,
                typed=bool(self.to_keep(read_fields(self), self.now())),
                asked=partial(self._between, mark),
            )
        except Waits as kept:
            self.leave_waiting(kept)
            return
        except BaseException:
            self.done = False
            self.save_soon()
            raise
        finally:
            self.on_its_way = ""
        if isinstance(left, str):
            await self._not_recorded(left)
            return
        try:
            await self.behind.was_recorded(what)
        finally:
            self.leave_with(True)

    async def _between(self, mark: str, asking: bool) -> None:
        """While somebody is asked about theirs and mine the text is a draft like any other."""
        self.done, self.on_its_way = not asking, "" if asking else mark
        await self.save()

    async def _not_recorded(self, left: Left) -> None:
        if left == "keep" and self.unsaved and not await self.save():
            return  # its frame says why; the text stands nowhere but here
        if left == "drop":
            self.done = True
            try:
                await self.session.ask(self.dropping())
            except DutyError:
                self.done = False
                raise
        if left != "back":
            self.leave_with(None)

    def on_changes(self, changes: Changes) -> None:
        """Somebody else recorded on this concern while the dialogue lies over it."""
        others = [name for name in changes.actors if name != self.settings.name]
        if others and not self.done and any(row.id == self.behind.concern_id for row in changes.rows):
            for line in self.query(StatusLine):
                if line.words.startswith("✗"):
                    continue  # a refusal nobody has read yet says more
                line.say(f"{', '.join(others)} recorded on this concern just now. Escape shows it and keeps your text.")
