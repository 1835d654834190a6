"""A document put together on the desk's thread, a step at a time, with a bar where there are several."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from duty_tui.desk.desk import Desk
from duty_tui.documents.blocks import Document
from duty_tui.screens.desk_screen import AtTheDesk
from duty_tui.widgets.progress import progress_words
from duty_tui.widgets.statusline import StatusLine


class Steps(Protocol):
    """What puts a document together; `document` is there once every step is done."""

    document: Document | None

    def go_on(self, desk: Desk) -> tuple[int, int]:
        """Do the next step; how many of how many are done."""
        ...


class Once:
    """A document that is one step."""

    def __init__(self, make: Callable[[Desk], Document]) -> None:
        self._make = make
        self.document: Document | None = None

    def go_on(self, desk: Desk) -> tuple[int, int]:
        """Put it together."""
        self.document = self._make(desk)
        return 1, 1


async def put_together(screen: AtTheDesk, steps: Steps) -> Document:
    """The document; how far it is stands on the status line meanwhile. Raises DutyError as the steps do."""
    while steps.document is None:
        done, total = await screen.session.ask(steps.go_on)
        if total > 1:
            for line in screen.query(StatusLine):
                line.say(progress_words("Putting the records together", done, total))
    return steps.document
