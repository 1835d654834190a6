"""Where something that came by email was saved: a file, or a folder; read beside the screen and recorded."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from duty_tui.domain.commands import Command
from duty_tui.screens.concern_ask import Commit
from duty_tui.screens.concern_field import Field
from duty_tui.screens.concern_form import FormDialog
from duty_tui.screens.desk_screen import AtTheDesk
from duty_tui.screens.drafted import Behind, Drafted
from duty_tui.widgets.command_screen import Back
from duty_tui.widgets.footer import KeyHints
from duty_tui.widgets.safe import content, elide, lines
from duty_tui.widgets.statusline import StatusLine
from duty_tui.widgets.wrapping import wrap

_CELLS = 70


class About(NamedTuple):
    """The concern a dialogue was opened on, as it was read."""

    concern: str
    version: int
    reference: str
    title: str


class OnPost:
    """The concern of a screen, as a dialogue above it needs it."""

    def __init__(self, screen: AtTheDesk, about: About) -> None:
        self._screen, self._about = screen, about
        self.concern_id, self.version = about.concern, about.version

    @property
    def about(self) -> str:
        """Number and children."""
        return f"{self._about.reference} {self._about.title}"

    async def was_recorded(self, what: str) -> None:
        """Say so; the screen hears of it as of everything that is recorded."""
        self._screen.recorded(f"{self._about.reference} {what} · recorded")


class PlaceDialog(Drafted, FormDialog[bool]):
    """One file or all of a folder; dismissed with True once what it says is on the disk."""

    CSS_PATH = "post_dialog.tcss"
    ACTS: ClassVar[Any] = (Commit, Back)
    LAST = "place"
    TITLE_WORDS: ClassVar[str] = ""
    """What is read."""
    SAID: ClassVar[str] = ""
    """What to do first, in a sentence or two."""
    ENDINGS: ClassVar[tuple[str, ...]] = ()
    """How the names of the files end."""

    def __init__(self, behind: Behind, kind: str) -> None:
        super().__init__(behind, kind)

    def compose(self) -> ComposeResult:
        """What is wanted, where it is, what came of the last key."""
        title = f"{self.TITLE_WORDS} · {self.behind.about}"
        with Vertical(classes="dialogue"):
            yield Static(content((elide(title, _CELLS), "bold $key-fg")), classes="title")
            yield Static(lines([content(part) for part in wrap(self.SAID, _CELLS, 3)]))
            yield Field("place", "File or folder", str(self.settings.folder), limit=1000)
            yield StatusLine()
            yield KeyHints()

    def on_mount(self) -> None:
        """To the place."""
        self.query_one("#place").focus()

    async def read(self, place: Path) -> tuple[Command | None, str]:
        """What the files say, as one act (None where that is nothing new), and in words. Raises BadFile, Refused."""
        raise NotImplementedError(place)

    def commit(self) -> None:
        """Read it."""
        place = self.query_one("#place", Input).value.strip()
        if not place:
            self.refuse(f"Name a file that ends in {' or '.join(self.ENDINGS)}, or a folder.")
        elif not self.done:
            self.begin(self._read(Path(place).expanduser()), alone="read")

    async def _read(self, place: Path) -> None:
        self.query_one(StatusLine).say("Reading …")
        act, words = await self.read(place)
        if act is None:
            self.refuse(f"Nothing was recorded: {words}.")
        else:
            await self.record(act, f"{self.TITLE_WORDS.lower()}: {words}")
