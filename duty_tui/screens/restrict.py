"""Who may see a concern: the dialogue that restricts it to named people, and the one that lifts that."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from duty_tui.desk.restricting import Restricting, colleagues_like, doubts_about, restricting, why_restrict
from duty_tui.domain.concern import Concern
from duty_tui.domain.events import QuestionsAnswered
from duty_tui.domain.restriction_commands import LiftRestriction, RestrictConcern
from duty_tui.screens.concern_ask import Ask, Commit, Way
from duty_tui.screens.concern_form import FormDialog
from duty_tui.screens.drafted import Behind, Drafted
from duty_tui.screens.offers import Offers
from duty_tui.screens.write import Write
from duty_tui.widgets.command import AnyCommand
from duty_tui.widgets.command_screen import Back, Help
from duty_tui.widgets.entry_input import EntryInput, NotesArea
from duty_tui.widgets.footer import KeyHints
from duty_tui.widgets.safe import content, lines
from duty_tui.widgets.statusline import StatusLine
from duty_tui.widgets.wrapping import wrap

if TYPE_CHECKING:
    from duty_tui.screens.desk_screen import AtTheDesk

_WIDTH = 68
_SEEN_BY_OTHERS = "Everybody else sees that a concern with this number exists, and nothing of it."
_LIFTED = "Everybody at the desk sees all of it again. Say why; Ctrl+S lifts it."


class OnConcern:
    """A concern behind a dialogue that was opened from any screen; the change feed brings that screen up to date."""

    def __init__(self, screen: AtTheDesk, concern_id: str, start: Restricting) -> None:
        self._screen, self._start = screen, start
        self.concern_id = concern_id

    @property
    def about(self) -> str:
        """Number and children."""
        return f"{self._start.reference}: {self._start.whom}"

    @property
    def version(self) -> int:
        """As it stood when the dialogue opened."""
        return self._start.version

    async def was_recorded(self, what: str) -> None:
        """Say so."""
        self._screen.recorded(f"{self._start.reference} {what} · recorded")


class RestrictDialog(Drafted, FormDialog[bool]):
    """Dismissed with True once only the people named may see the concern. Enter goes on, Ctrl+S records."""

    CSS_PATH = "restrict.tcss"
    ACTS: ClassVar[tuple[type[AnyCommand], ...]] = (Commit, Back, Help)
    HELP = (
        "Names with a comma between; people the desk knows are offered, the arrow down and Enter take one. You must be "
        "among them. Each look at a restricted concern is recorded."
    )

    def __init__(self, behind: Behind, names: Sequence[str]) -> None:
        super().__init__(behind, "restrict")
        self._names = names

    def compose(self) -> ComposeResult:
        """What it is about, the names, the reason."""
        with Vertical(classes="dialogue"):
            yield Static(content(("RESTRICT THIS CONCERN", "bold $key-fg")), classes="title")
            yield Static(lines([part for said in (self.behind.about, _SEEN_BY_OTHERS) for part in wrap(said, _WIDTH)]))
            names = "".join(f"{name}, " for name in self._names)
            yield EntryInput(names, id="names", placeholder="who may see it, a comma between", compact=True)
            yield Offers(id="offers")
            yield NotesArea(id="reason")
            yield Static(content(("Why, in a few words; only those named will read it.", "$faint")))
            yield StatusLine()
            yield KeyHints()

    def on_mount(self) -> None:
        """To the names, behind the last."""
        field = self.query_one(EntryInput)
        field.focus()
        field.cursor_position = len(field.value)

    # The names

    @property
    def names(self) -> tuple[str, ...]:
        """Those typed."""
        typed = self.query_one(EntryInput).value.split(",")
        return tuple(" ".join(name.split()) for name in typed if name.strip())

    @on(Input.Changed, "#names")
    def _offer(self, event: Input.Changed) -> None:
        self.begin(self._ask_offers(event.value.rpartition(",")[2].strip()), alone="offers")

    async def _ask_offers(self, typed: str) -> None:
        people = await self.session.ask(lambda desk: colleagues_like(desk, typed))
        self.query_one(Offers).show(people)

    def on_offers_taken(self, event: Offers.Taken) -> None:
        """The name in place of what was typed of it."""
        event.stop()
        field = self.query_one(EntryInput)
        before = field.value.rpartition(",")[0]
        field.value = (f"{before}, " if before else "") + f"{event.person.name}, "
        field.focus()
        field.cursor_position = len(field.value)

    # Recording

    def commit(self) -> None:
        """Ask about what looks wrong, else record it."""
        if not self.done:
            command = RestrictConcern(names=self.names, reason=self.query_one(NotesArea).text.strip())
            self.begin(self._check(command), alone="check")

    async def _check(self, command: RestrictConcern) -> None:
        doubts = await self.session.ask(lambda desk: doubts_about(desk, self.behind.concern_id, command))
        if not doubts:
            await self.record(command, "restricted")
            return
        ways = [Way("1", "record", "Restrict it all the same"), Way("2", "change", "Go back and change the names")]

        def answered(way: str | None) -> None:
            if way == "record":
                self.begin(self.record(command, "restricted"))

        said = [
            self.behind.about,
            f"To be seen by {', '.join(command.names)} alone.",
            "",
            *(f"! {one}" for one in doubts),
        ]
        self.app.push_screen(Ask("Restrict it so?", said, ways), answered)


class LiftDialog(Write):
    """The reason is typed; Ctrl+S lifts the restriction."""

    def __init__(self, behind: Behind) -> None:
        super().__init__(
            behind,
            "lift",
            "LIFT THE RESTRICTION",
            lambda text: LiftRestriction(reason=text),
            "restriction lifted",
            said=(_LIFTED,),
            needed="Lifting a restriction needs its reason.",
        )


async def open_restriction(screen: AtTheDesk, concern_id: str) -> None:
    """Restrict a concern; one that is restricted is asked about first. Raises Refused."""
    start = await screen.session.ask(lambda desk: restricting(desk, concern_id))
    behind = OnConcern(screen, concern_id, start)
    if start.now is None:
        screen.app.push_screen(RestrictDialog(behind, start.names))
        return

    def chosen(way: str | None) -> None:
        if way == "names":
            screen.app.push_screen(RestrictDialog(behind, start.names))
        elif way == "lift":
            screen.app.push_screen(LiftDialog(behind))

    ways = [Way("1", "names", "Change who may see it"), Way("2", "lift", "Lift the restriction")]
    said = [behind.about, f"To be seen by {', '.join(start.now)} alone."]
    screen.app.push_screen(Ask("This concern is restricted", said, ways), chosen)


async def ask_to_restrict(screen: AtTheDesk, concern: Concern, since: int) -> None:
    """After an answer that points at somebody who works here: ask whether the concern is to be restricted now.

    `since` is the version before what was recorded; where nothing was answered since then nobody is asked anything.
    Where another screen came to lie above this one, what is typed there would answer: the queue asks later instead.
    """
    if not any(isinstance(item.event, QuestionsAnswered) for item in concern.history[since:]):
        return
    why = await screen.session.ask(lambda desk: why_restrict(desk, concern, since))
    if why is None:
        return
    if screen.app.screen is not screen:
        screen.host.to_restrict.append((concern, since))
        return

    def answered(way: str | None) -> None:
        if way == "now":
            screen.begin(open_restriction(screen, concern.id))

    ways = [Way("1", "now", "Restrict it to named people now"), Way("2", "later", "Not now; R on the concern does it")]
    said = [f"{why} yes", "", "Until it is restricted everybody at the desk can read it, the person meant included."]
    screen.app.push_screen(Ask("Restrict this concern?", said, ways), answered)
