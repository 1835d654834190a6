"""Two people recorded about the same thing: what the first wrote stands beside one's own text, and one chooses.

Every screen that records on a concern does it with `put_beside`. Nothing is recorded and nothing is lost before a digit
is pressed; Enter decides nothing.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Literal

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.events import Key
from textual.widgets import Static

from duty_tui.desk.meanwhile import beside
from duty_tui.domain.times import moment_words
from duty_tui.errors import Conflict
from duty_tui.screens.concern_ask import Ask, Way
from duty_tui.screens.desk_screen import AtTheDesk, DeskModal
from duty_tui.views.beside import Beside
from duty_tui.widgets.command_screen import Back
from duty_tui.widgets.guarded import Guarded
from duty_tui.widgets.safe import content, elide, fit, lines
from duty_tui.widgets.statusline import StatusLine
from duty_tui.widgets.wrapping import wrap

if TYPE_CHECKING:
    from duty_tui.desk.desk import Desk, Done
    from duty_tui.domain.commands import Command

#: What became of one's own text: still in the form; left as a draft, theirs standing; given up for good.
Left = Literal["back", "keep", "drop"]
Asked = Callable[[bool], Awaitable[object]]

#: How a text is kept that is not recorded.
DRAFT = "Keep it as a draft, to be found here again"
STAYS = "Leave it here, to be used in another way"

_COLUMN, _GAP = 34, 2
_THEIRS, _MINE, _BACK = "theirs", "mine", "back"


class Sides(Guarded, VerticalScroll, can_focus=True):
    """Both texts in full; the arrows scroll what does not fit."""


class Both(DeskModal[str]):
    """Theirs on the left, one's own on the right; dismissed with the way taken, or None."""

    CSS_PATH = "both.tcss"
    ACTS = (Back,)
    HELP = "Read both, then press the digit of what you mean. Until then nothing is recorded, and nothing is lost."

    def __init__(self, both: Beside, *, typed: bool) -> None:
        super().__init__()
        self._both = both
        self._ways = list(_ways(both, typed=typed))

    def compose(self) -> ComposeResult:
        """Who was faster, both texts, the ways to go on."""
        who = ", ".join(dict.fromkeys(one.actor for one in self._both.theirs))
        with Vertical(classes="dialogue"):
            title = elide(f"{who} recorded about the same before you", 2 * _COLUMN + _GAP)
            yield Static(content((title, "bold $key-fg")), classes="title")
            with Sides():
                yield Static(lines([*side_by_side(self._both)]))
            if self._both.cannot:
                said = wrap(f"Yours cannot be recorded after it. {self._both.cannot}", 2 * _COLUMN)
                yield Static(lines([content((part, "bold $soon")) for part in said]))
            ways = [content((f"{way.key}  ", "bold $key-fg"), way.words) for way in self._ways]
            yield Static(lines(ways), classes="ways")
            yield StatusLine()

    def on_mount(self) -> None:
        """The arrows go to the texts, the digits to the ways."""
        self.query_one(Sides).focus()

    def on_key(self, event: Key) -> None:
        """Take the way of a digit; say why Enter does nothing."""
        way = next((way for way in self._ways if way.key == event.character), None)
        if way is not None:
            event.stop()
            self.dismiss(way.value)
        elif event.key == "enter":
            event.stop()
            self.refuse("Enter decides nothing here: press the digit of what you mean.")


def _ways(both: Beside, *, typed: bool) -> Iterator[Way]:
    yield Way("1", _THEIRS, "Theirs stands; mine is not recorded")
    if not both.cannot:
        yield Way("2", _MINE, "Record mine after theirs; both stay, and mine says so")
    yield Way("3", _BACK, "Go back and change mine" if typed else "Go back; nothing is done")


def side_by_side(both: Beside) -> Iterator[Content]:
    """Both in two columns, theirs under who and when, one's own under what became of it; nothing is shortened."""
    theirs: list[tuple[str, str]] = []
    for one in both.theirs:
        theirs += [("", "")] if theirs else []
        theirs += [(one.actor, "bold"), (moment_words(one.at), "$faint"), *_column(one.said)]
    mine = [("Yours", "bold"), ("NOT recorded", "bold $bad"), *_column(both.mine)]
    for left, right in zip_longest(theirs, mine, fillvalue=("", "")):
        yield content((fit(left[0], _COLUMN), left[1]), " " * _GAP, right)


def _column(said: Sequence[str]) -> Iterator[tuple[str, str]]:
    for line in said:
        for part in wrap(line, _COLUMN):
            yield part, ""


async def put_beside(
    screen: AtTheDesk,
    concern: str,
    command: Command | Callable[[Desk], Command],
    *,
    seen: int,
    mark: str | None = None,
    draft: str | None = None,
    typed: bool = False,
    kept: str = DRAFT,
    asked: Asked | None = None,
) -> Done | Left:
    """Record `command` as `Desk.do` does, made by somebody who was looking at version `seen`; from a worker.

    Where others recorded about the same since, both are shown and the person chooses. `typed` says that there is a text
    to be lost, `kept` how it is kept where theirs stands. `asked` is awaited with True before the first question is
    put, to keep that text, and with False before it is recorded after all. What is returned says what is to become of
    the text where it was not.
    """

    def make(desk: Desk) -> Command:
        return command(desk) if callable(command) else command

    after: tuple[str, ...] = ()
    while True:
        do = partial(_do, concern, make, {"seen_version": seen, "after": after, "mark": mark, "draft": draft})
        try:
            return await screen.session.ask(do)
        except Conflict as other:
            if not other.entries:
                raise
            conflict = other
        if asked is not None:
            await asked(True)
        both = await screen.session.ask(partial(_both, concern, make, conflict))
        left = await _choose(screen, both, kept if typed else "")
        if left is not None:
            return left
        seen, after = conflict.current, (*after, *conflict.entries)
        if asked is not None:
            await asked(False)


def _do(concern: str, make: Callable[[Desk], Command], how: Mapping[str, Any], desk: Desk) -> Done:
    return desk.do(concern, make(desk), **how)


def _both(concern: str, make: Callable[[Desk], Command], conflict: Conflict, desk: Desk) -> Beside:
    return beside(desk, concern, make(desk), conflict)


async def _choose(screen: AtTheDesk, both: Beside, kept: str) -> Left | None:
    """What is to become of one's own text, kept as `kept` says where there is one; None to record it after theirs."""
    while True:
        way = await screen.app.push_screen_wait(Both(both, typed=bool(kept)))
        if way == _MINE:
            return None
        if way != _THEIRS:
            return "back"
        if not kept:
            return "drop"
        ways = [Way("1", "keep", kept), Way("ctrl+d", "drop", "Drop it for good")]
        asked = Ask("YOUR TEXT IS NOT RECORDED", ["Theirs stands. What is to become of your text?"], ways)
        match await screen.app.push_screen_wait(asked):
            case "keep":
                return "keep"
            case "drop":
                return "drop"
