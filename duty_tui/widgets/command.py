"""One class per command: it gives the key, the palette entry, the hint in the footer, the help row, the page of keys.

    class NewConcern(Command["QueueView", "QueueScreen"]):
        \"\"\"Take a concern over the telephone.\"\"\"

        id, keys, label, group = "concern.new", "n", "new", "Concerns"
        help = "Take a concern over the telephone."

        def why_not(self, view: QueueView) -> str | None:
            return "The store is away; nothing can be recorded." if view.away else None

        def run(self, screen: QueueScreen) -> None:
            screen.new_concern()

    class QueueScreen(CommandScreen[None]):
        ACTS = (NewConcern, Back)

A command that cannot be done now is not silent: `why_not` is asked at the keypress, and its reason is said.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Mapping
from typing import Any, ClassVar, Generic, TypeVar

from rich.cells import cell_len
from textual.binding import Binding

from duty_tui.widgets.keys import why_not_key

ViewT = TypeVar("ViewT")
ScreenT = TypeVar("ScreenT")

LABEL_CELLS = 8
_ID = re.compile(r"[a-z]+(\.[a-z_]+)*")


class Command(Generic[ViewT, ScreenT]):
    """Something a person can ask for; holds no state, so one instance serves every screen that offers it.

    A class without an `id` is a common ground for others, not a command. A key that terminals swallow, a label that
    does not fit the footer or a help that is no sentence is refused where the class is defined (ValueError).
    """

    id: ClassVar[str] = ""
    """Its name for keymaps, palette and tests: "concern.new"."""
    keys: ClassVar[str] = ""
    """The keys, as Textual names them, comma between: "n", "f3,ctrl+s"; bare letters act only outside text."""
    label: ClassVar[str] = ""
    """The hint in the footer, at most eight cells."""
    title: ClassVar[str] = ""
    """The entry in the palette and in help; the label with a capital where nothing is given."""
    help: ClassVar[str] = ""
    """What it does, in a sentence."""
    group: ClassVar[str] = "General"
    """The heading it stands under in help and on the page of keys."""
    priority: ClassVar[int] = 50
    """Its place in the footer: the lowest number is the last to go when there is no room."""
    shown: ClassVar[bool] = True
    """Whether it may stand in the footer; help and palette list it either way."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "title" not in cls.__dict__ and "label" in cls.__dict__:
            cls.title = cls.label.capitalize()
        if cls.id:
            wrong = _what_is_wrong(cls)
            if wrong:
                raise ValueError(f"{cls.__name__}: {wrong}")

    def why_not(self, view: ViewT) -> str | None:  # noqa: ARG002 (for those who have a reason to refuse)
        """Why this cannot be done now, in words for the person, or None. Asked at the keypress; must be quick."""
        return None

    def hinted(self, view: ViewT) -> bool:  # noqa: ARG002 (for those whose hint has its moments)
        """Whether it may stand in the footer now."""
        return self.shown

    def run(self, screen: ScreenT) -> Awaitable[None] | None:
        """Do it. A DutyError raised here is said on the screen's status line."""
        raise NotImplementedError

    @classmethod
    def key_list(cls, keymap: Mapping[str, str] | None = None) -> tuple[str, ...]:
        """The keys that lead here, as Textual names them, after the person's own `keymap` (command id → keys)."""
        keys = (keymap or {}).get(cls.id) or cls.keys
        return tuple(key.strip() for key in keys.split(",") if key.strip())

    @classmethod
    def bindings(cls) -> list[Binding]:
        """The binding Textual needs; empty for a command reached by the palette and by help only."""
        if not cls.keys:
            return []
        return [Binding(cls.keys, f"act('{cls.id}')", cls.label, show=cls.shown, id=cls.id, tooltip=cls.help)]


#: Any command, whatever view it judges and whatever screen it runs on.
AnyCommand = Command[Any, Any]


def _what_is_wrong(cls: type[AnyCommand]) -> str | None:
    """What makes `cls` no command, in words for whoever is writing it."""
    if not _ID.fullmatch(cls.id):
        return f"the id {cls.id!r} is not of the form 'concern.new'"
    if not cls.label or cell_len(cls.label) > LABEL_CELLS:
        return f"the label {cls.label!r} must take 1 to {LABEL_CELLS} cells"
    if not cls.help.endswith((".", "?")):
        return "help must be a sentence"
    for key in cls.key_list():
        why = why_not_key(key)
        if why:
            return f"{key} cannot be a command: {why}"
    return None
