"""People the desk knows, offered under a name as it is typed; one is taken with the arrows and Enter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from duty_tui.store.rows import Contact
from duty_tui.widgets.safe import content, elide, lines

_MOST = 3


class Offers(Widget, can_focus=True):
    """Up to three people; not there while nobody is offered."""

    DEFAULT_CSS = """
    Offers { height: auto; max-height: 3; margin-left: 15; padding: 0 1; display: none; }
    Offers.-some { display: block; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "step(1)", "Next", show=False),
        Binding("up", "step(-1)", "Before", show=False),
        Binding("enter", "take", "Take", show=False),
    ]

    class Taken(Message):
        """Somebody offered was taken."""

        def __init__(self, person: Contact) -> None:
            super().__init__()
            self.person = person

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (Textual's name)
        super().__init__(id=id)
        self._people: Sequence[Contact] = ()
        self._at = 0

    def show(self, people: Sequence[Contact]) -> None:
        """Offer these."""
        self._people, self._at = people[:_MOST], 0
        self.set_class(bool(people), "-some")
        self.refresh(layout=True)

    def action_step(self, by: int) -> None:
        """Another of them; beyond the ends, out of the list."""
        if 0 <= self._at + by < len(self._people):
            self._at += by
            self.refresh()
        elif by > 0:
            self.screen.focus_next()
        else:
            self.screen.focus_previous()

    def action_take(self) -> None:
        """This one."""
        if self._people:
            person = self._people[self._at]
            self.show(())
            self.post_message(self.Taken(person))

    def render(self) -> Content:
        """One line each; the marked one with an arrow."""
        cells = self.content_size.width
        shown = []
        for at, person in enumerate(self._people):
            words = " · ".join(filter(None, (person.name, person.job, person.agency)))
            here = self.has_focus and at == self._at
            shown.append(content((elide(("▸ " if here else "  ") + words, cells), "bold" if here else "$faint")))
        return lines(shown)
