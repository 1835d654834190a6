"""Which concerns the queue shows: the views everybody has, one key each."""

from __future__ import annotations

from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from duty_tui.desk.saved_views import VIEWS
from duty_tui.screens.desk_screen import DeskModal
from duty_tui.screens.pick_list import Pick, PickList
from duty_tui.widgets.command import AnyCommand
from duty_tui.widgets.command_screen import Back, Help
from duty_tui.widgets.footer import KeyHints
from duty_tui.widgets.safe import content


class ViewChosen(NamedTuple):
    """The name of a view, and whether families stand together."""

    name: str
    grouped: bool


class ViewsDialog(DeskModal[ViewChosen]):
    """1 to 5 or a letter picks a view; `g` puts families together or apart. Answers None when nothing is to change."""

    ACTS: ClassVar[tuple[type[AnyCommand], ...]] = (Back, Help)
    HELP = "Choose which concerns are shown. The counts in the first line are always those of the whole queue."

    def __init__(self, shown: ViewChosen) -> None:
        super().__init__()
        self._shown = shown

    def compose(self) -> ComposeResult:
        """The views, and the grouping."""
        picks = [
            Pick(
                (str(at), view.name[0]),
                view.label.ljust(10),
                view.about + (" (shown)" if view.name == self._shown.name else ""),
                ViewChosen(view.name, self._shown.grouped),
            )
            for at, view in enumerate(VIEWS, 1)
        ]
        other = "Each on its own" if self._shown.grouped else "By family".ljust(10)
        remark = "" if self._shown.grouped else "A family's concerns together, where the most urgent stands"
        picks.append(Pick(("g",), other, remark, ViewChosen(self._shown.name, not self._shown.grouped)))
        with Vertical(classes="dialogue"):
            yield Static(content(("Show", "bold")), classes="title")
            yield PickList(picks)
            yield KeyHints()

    def on_pick_list_picked(self, event: PickList.Picked) -> None:
        """A view, or the other grouping."""
        event.stop()
        self.dismiss(event.pick.value)
