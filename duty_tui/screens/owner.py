"""Who takes a concern on: used from the queue and from the concern itself, with one or two keys."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from duty_tui.domain.commands import ChangeOwner
from duty_tui.screens.concern_form import FormDialog
from duty_tui.screens.drafted import Behind, Drafted
from duty_tui.screens.pick_list import Pick, PickList
from duty_tui.store.journal import new_id
from duty_tui.widgets.command import AnyCommand, Command
from duty_tui.widgets.command_screen import Back, Help
from duty_tui.widgets.entry_input import EntryInput
from duty_tui.widgets.footer import KeyHints
from duty_tui.widgets.safe import content
from duty_tui.widgets.statusline import StatusLine

_MOST_NAMES = 7


class TypeName(Command["OwnerDialog", "OwnerDialog"]):
    """Type the name of somebody who is not in the list."""

    id, keys, label, group, priority = "owner.type", "t", "type", "Owner", 10
    title = "Type a name"
    help = "Type the name of somebody who is not in the list."

    def run(self, screen: OwnerDialog) -> None:
        """Go to the field."""
        screen.query_one(EntryInput).focus()


class OwnerDialog(Drafted, FormDialog[bool]):
    """Names the concern, so that nobody gives away another one; dismissed with True once it has changed hands.

    `owner` is who has it now, `me` is the person asking, `names` are others to choose from.
    """

    ACTS: ClassVar[tuple[type[AnyCommand], ...]] = (TypeName, Back, Help)
    LAST = "name"
    HELP = "Choose who owns the concern. It changes hands at once; the record keeps who had it before."

    def __init__(self, behind: Behind, owner: str | None, me: str, names: Iterable[str]) -> None:
        super().__init__(behind, "owner")
        self._owner = self._tried = owner
        others = sorted({name for name in names if name not in (me, owner)})[:_MOST_NAMES]
        picks = [("1", me, "me"), ("2", None, "")] + [(str(at), name, "") for at, name in enumerate(others, 3)]
        self._picks = [
            Pick((key,), name or "nobody", "has it now" if name == owner else remark, name)
            for key, name, remark in picks
        ]

    def compose(self) -> ComposeResult:
        """The concern, the names, the field."""
        with Vertical(classes="dialogue"):
            yield Static(content("Who owns ", (self.behind.about, "bold"), "?"), classes="title")
            yield Static(content("Now: ", self._owner or "nobody"), classes="remark")
            yield PickList(self._picks)
            yield EntryInput(id="name", placeholder="or type a name (t), then Enter", max_length=80, compact=True)
            yield StatusLine()
            yield KeyHints()

    def on_mount(self) -> None:
        """To the names: keys act at once, text is asked for."""
        self.query_one(PickList).focus()

    def on_pick_list_picked(self, event: PickList.Picked) -> None:
        """A name of the list."""
        event.stop()
        chosen: Any = event.pick.value
        self._hand_to(chosen)

    def entered_last(self) -> None:
        """A name typed."""
        name = " ".join(self.query_one(EntryInput).value.split())
        if name:
            self._hand_to(name)
        else:
            self.refuse("Type a name first, or choose nobody in the list.")

    def _hand_to(self, owner: str | None) -> None:
        if not self.done:
            if self._attempted and owner != self._tried:  # the first may have it by now: this is another entry
                self._mark, self._attempted = new_id(), False
            self._tried = owner
            self.begin(self.record(ChangeOwner(owner=owner), f"owner: {owner or 'nobody'}"))
