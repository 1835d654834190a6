"""What may be escalated on a concern, what the record calls for first; choosing one opens its form, filled in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from duty_tui.desk.escalating import form_of, offers
from duty_tui.screens.desk_screen import DeskModal
from duty_tui.screens.pick_list import Pick, PickList
from duty_tui.views.escalation import EscalationOffer
from duty_tui.widgets.command_screen import Back
from duty_tui.widgets.footer import KeyHints
from duty_tui.widgets.safe import content, elide, lines
from duty_tui.widgets.statusline import StatusLine
from duty_tui.widgets.wrapping import wrap

if TYPE_CHECKING:
    from duty_tui.screens.desk_screen import AtTheDesk

_CELLS, _MOST, _LINES = 70, 9, 8
_NOT_CALLED_FOR = ("Nothing on the record calls for it now; it may be raised all the same.",)


def begin_escalating(screen: AtTheDesk, concern: str) -> None:
    """Show over `screen` what may be escalated on a concern."""

    async def work() -> None:
        now = screen.now()
        found = await screen.session.ask(lambda desk: offers(desk, concern, now))
        if found:
            screen.app.push_screen(EscalateDialog(screen, concern, found))
        else:
            screen.refuse("No adopted policy says how to escalate anything.")

    screen.begin(work())


def open_escalation(screen: AtTheDesk, concern: str, ladder: str, child: int | None, discussion: int | None) -> None:
    """Open the form of one ladder over `screen`."""
    from duty_tui.screens.escalation_form import EscalationDialog

    async def work() -> None:
        now = screen.now()
        form = await screen.session.ask(
            lambda desk: form_of(desk, concern, ladder, now, child=child, discussion=discussion)
        )
        screen.app.push_screen(EscalationDialog(screen, form))

    screen.begin(work())


class EscalateDialog(DeskModal[None]):
    """One line for each; the one that is most called for is selected, with why."""

    CSS_PATH = "escalate.tcss"
    ACTS: ClassVar[Any] = (Back,)
    HELP = "Choose with a digit, or with the arrows and Enter. What the record calls for comes first, with why."

    def __init__(self, behind: AtTheDesk, concern: str, found: Sequence[EscalationOffer]) -> None:
        super().__init__()
        self._behind, self.concern_id = behind, concern
        self._found = found[:_MOST]

    def compose(self) -> ComposeResult:
        """The list, why the selected one, what came of the last key."""
        picks = [Pick((str(at),), elide(one.label, 34), _remark(one), one) for at, one in enumerate(self._found, 1)]
        with Vertical(classes="dialogue"):
            yield Static(content(("ESCALATE", "bold $key-fg")), classes="title")
            yield PickList(picks, id="offers")
            yield Static(id="because")
            yield StatusLine()
            yield KeyHints()

    def on_mount(self) -> None:
        """To the first."""
        offered = self.query_one(PickList)
        offered.focus()
        offered.highlighted = 0
        self._say(0)

    @on(PickList.OptionHighlighted)
    def _moved(self, event: PickList.OptionHighlighted) -> None:
        self._say(event.option_index)

    def _say(self, at: int) -> None:
        offer = self._found[at]
        said = [offer.do, *(offer.because or _NOT_CALLED_FOR)]
        shown = [content(part) for words in said for part in wrap(words, _CELLS, 3)][:_LINES]
        self.query_one("#because", Static).update(lines([*shown, content((elide(offer.cite, _CELLS), "$faint"))]))

    @on(PickList.Picked)
    def choose(self, event: PickList.Picked) -> None:
        """Open its form, or the one that is open already."""
        event.stop()
        offer: Any = event.pick.value
        self.dismiss(None)
        if offer.already is None:
            open_escalation(self._behind, self.concern_id, offer.ladder, offer.child, offer.discussion)
        else:
            from duty_tui.screens.escalations import EscalationsScreen

            self._behind.app.push_screen(EscalationsScreen(self.concern_id, offer.already))


def _remark(offer: EscalationOffer) -> str:
    if offer.already is not None:
        return f"open already: {offer.already}"
    return "called for now" if offer.because else ""
