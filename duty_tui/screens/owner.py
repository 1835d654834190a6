"""Who takes a concern on: used from the queue and from the concern itself, with one or two keys."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from duty_tui.screens.desk_screen import DeskModal
from duty_tui.screens.pick_list import Pick, PickList
from duty_tui.widgets.command import AnyCommand, Command
from duty_tui.widgets.command_screen import Back, Help
from duty_tui.widgets.entry_input import EntryInput
from duty_tui.widgets.footer import KeyHints
from duty_tui.widgets.safe import content
from duty_tui.widgets.statusline import StatusLine

_MOST_NAMES = 7


class NewOwner(NamedTuple):
    """Who shall own it; None for nobody."""

    owner: str | None


class TypeName(Command["OwnerDialog", "OwnerDialog"]):
    """Type the name of somebody who is not in the list."""

    id, keys, label, group, priority = "owner.type", "t", "type", "Owner", 10
    title = "Type a name"
    help = "Type the name of somebody who is not in the list."

    def run(self, screen: OwnerDialog) -> None:
        """Go to the field."""
        screen.query_one(EntryInput).focus()


class OwnerDialog(DeskModal[NewOwner]):
    """Names the concern, so that nobody gives away another one; answers None when nothing is to change.

    `about` names the concern, `owner` is who has it now, `me` is the person asking, `names` are others to choose from.
    """

    ACTS: ClassVar[tuple[type[AnyCommand], ...]] = (TypeName, Back, Help)
    HELP = "Choose who owns the concern. It changes hands at once; the record keeps who had it before."

    def __init__(self, about: str, owner: str | None, me: str, names: Iterable[str]) -> None:
        super().__init__()
        self._about, self._owner = about, owner
        others = sorted({name for name in names if name not in (me, owner)})[:_MOST_NAMES]
        picks = [("1", me, "me"), ("2", None, "")] + [(str(at), name, "") for at, name in enumerate(others, 3)]
        self._picks = [
            Pick((key,), name or "nobody", "has it now" if name == owner else remark, NewOwner(name))
            for key, name, remark in picks
        ]

    def compose(self) -> ComposeResult:
        """The concern, the names, the field."""
        with Vertical(classes="dialogue"):
            yield Static(content(("Who owns ", ""), (self._about, "bold"), "?"), classes="title")
            yield Static(content("Now: ", self._owner or "nobody"), classes="remark")
            yield PickList(self._picks)
            yield EntryInput(placeholder="or type a name (t), then Enter", max_length=80, compact=True)
            yield StatusLine()
            yield KeyHints()

    def on_pick_list_picked(self, event: PickList.Picked) -> None:
        """A name of the list."""
        event.stop()
        self.dismiss(event.pick.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """A name typed."""
        event.stop()
        name = " ".join(event.value.split())
        if name:
            self.dismiss(NewOwner(name))
        else:
            self.refuse("Type a name first, or choose nobody in the list.")
