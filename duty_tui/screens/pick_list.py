"""A short list to pick one thing from, by its key, by arrows and Enter, or by a click."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, NamedTuple, TypeVar

from textual.content import Content
from textual.events import Key
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from duty_tui.widgets.safe import content

ValueT = TypeVar("ValueT")


class Pick(NamedTuple, Generic[ValueT]):
    """One thing: the keys that pick it (the first is shown), its words, a faint remark, what it stands for."""

    keys: tuple[str, ...]
    words: str
    remark: str
    value: ValueT


class PickList(OptionList, Generic[ValueT]):
    """The things, one a line. A key picks at once."""

    DEFAULT_CSS = """
    PickList { height: auto; max-height: 12; border: none; padding: 0; background: $panel; scrollbar-size-vertical: 1; }
    PickList:focus { border: none; }
    PickList > .option-list--option-highlighted, PickList:focus > .option-list--option-highlighted {
        background: $row-bg; color: $row-fg; text-style: $row-style; }
    PickList:nocolor > .option-list--option-highlighted { text-style: bold reverse; }
    """

    class Picked(Message):
        """`pick` was picked."""

        def __init__(self, pick: Pick[ValueT]) -> None:
            super().__init__()
            self.pick = pick

    def __init__(self, picks: Sequence[Pick[ValueT]], *, id: str | None = None) -> None:  # noqa: A002 (Textual's name)
        self.picks = tuple(picks)
        super().__init__(*(Option(self._shown(pick)) for pick in self.picks), id=id, markup=False)

    @staticmethod
    def _shown(pick: Pick[ValueT]) -> Content:
        key = (f" {pick.keys[0] if pick.keys else ' '}  ", "bold $key-fg")
        return content(key, pick.words, (f"  {pick.remark}" if pick.remark else "", "$faint"))

    def on_key(self, event: Key) -> None:
        """A key of one of the things picks it."""
        for pick in self.picks:
            if event.character is not None and event.character in pick.keys:
                event.stop()
                event.prevent_default()
                self.post_message(self.Picked(pick))
                return

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter or a click."""
        event.stop()
        self.post_message(self.Picked(self.picks[event.option_index]))
