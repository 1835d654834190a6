"""The form of an escalation on one screen: what the record says stands there already, a person types the rest.

It is read back before it goes: to whom, and about which child. Nothing goes by one key alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Input, Static

from duty_tui.desk.escalating import strangers, submit
from duty_tui.domain.escalation import Recipient
from duty_tui.domain.text import fold
from duty_tui.screens.concern_ask import Ask, Commit, Way
from duty_tui.screens.concern_field import Field
from duty_tui.screens.concern_form import FormDialog
from duty_tui.screens.drafted import Drafted
from duty_tui.views.escalation import EscalationForm
from duty_tui.widgets.choice import Option
from duty_tui.widgets.command_screen import Back
from duty_tui.widgets.entry_input import NotesArea
from duty_tui.widgets.footer import KeyHints
from duty_tui.widgets.safe import content, elide, lines
from duty_tui.widgets.statusline import StatusLine
from duty_tui.widgets.ticks import KEYS, Ticks
from duty_tui.widgets.wrapping import wrap

if TYPE_CHECKING:
    from duty_tui.screens.desk_screen import AtTheDesk

_CELLS, _MOST_FACTS = 72, 7
#: Where the service names nobody or one, so many people are offered; the rest are typed.
_FEW = 2


class OnForm:
    """The concern of a form, as the dialogue needs it."""

    def __init__(self, screen: AtTheDesk, form: EscalationForm) -> None:
        self._screen, self._form = screen, form
        self.concern_id, self.version = form.concern, form.version

    @property
    def about(self) -> str:
        """Number and children."""
        return f"{self._form.reference} {self._form.title}"

    async def was_recorded(self, what: str) -> None:
        """Say so on the screen it was opened from."""
        self._screen.recorded(f"{self._form.reference} {what} · recorded")


class EscalationDialog(Drafted, FormDialog[bool]):
    """Dismissed with True once it is on the disk."""

    CSS_PATH = "escalation_form.tcss"
    ACTS: ClassVar[Any] = (Commit, Back)
    HELP = "Tab goes on; what the record says is on the form already. Ctrl+S reads it back before it goes."

    def __init__(self, screen: AtTheDesk, form: EscalationForm) -> None:
        which = (form.ladder, str(form.child or ""), str(form.discussion or ""))
        super().__init__(OnForm(screen, form), ".".join(("escalate", *filter(None, which))))
        self.form = form
        self._asking = False
        others = form.others[: max(0, _FEW - len(form.recipients))]
        self._people = (*form.recipients, *others)[: len(KEYS)]

    def compose(self) -> ComposeResult:
        """The facts, what is asked, to whom it goes, what came of the last key."""
        form = self.form
        with Vertical(classes="dialogue"):
            yield Static(content((elide(f"{form.label} · {self.behind.about}", 70), "bold $key-fg")), classes="title")
            with VerticalScroll(id="parts", can_focus=False):
                facts = [content(elide(fact, _CELLS)) for fact in form.facts[:_MOST_FACTS]]
                yield Static(lines(facts), id="facts")
                for field in form.fields:
                    with Horizontal(classes="area field"):
                        yield Static(content(elide(field.ask, 17)), classes="label")
                        yield NotesArea(field.suggested, id=f"field-{field.id}", compact=True, max_length=4000)
                if self._people:
                    options = [Option(KEYS[at], at, _called(one)) for at, one in enumerate(self._people)]
                    yield Ticks("To", options, id="to")
                more = "somebody else, by name and role" if self._people else "name, role; several with ; between"
                yield Field("also", "And to" if self._people else "To", hint=more, limit=500)
                if form.asks_who:
                    yield Field("who", "Held by", hint=form.asks_who, limit=200)
            yield StatusLine()
            yield KeyHints()

    def on_mount(self) -> None:
        """To the first thing to type; those it goes to by the service's settings are ticked."""
        for ticks in self.query(Ticks):
            ticks.tick(range(len(self.form.recipients)))
        self.filled("to")
        first = self.form.fields[0].id if self.form.fields else ""
        self.query_one(f"#field-{first}" if first else "#also").focus()

    def on_ticks_changed(self, _event: Ticks.Changed) -> None:
        """Somebody else."""
        self.look()

    @property
    def recipients(self) -> list[Recipient]:
        """Those it goes to, as they are ticked and typed."""
        chosen = [self._people[at] for ticks in self.query(Ticks) for at in ticks.values]
        typed = [part.strip() for part in self.query_one("#also", Input).value.split(";")]
        for part in filter(None, typed):
            name, _, role = part.partition(",")
            if all(fold(name.strip()) != fold(one.name) for one in chosen):
                chosen.append(Recipient(name.strip(), role.strip()))
        return chosen

    def typed(self) -> dict[str, str]:
        """What was typed, by the form's own names."""
        return {field.id: self.query_one(f"#field-{field.id}", NotesArea).text.strip() for field in self.form.fields}

    @property
    def who(self) -> str:
        """Who holds the first step, where that is asked."""
        return next((line.value.strip() for line in self.query("#who").results(Input)), "")

    def commit(self) -> None:
        """Read it back, and submit it when that is confirmed."""
        if self._asking or self.done:
            return
        missing = self._missing()
        if missing is not None:
            part, why = missing
            self.refuse(why)
            self.query_one(f"#{part}").focus()
            return
        self._asking = True
        ways = [Way("1", "submit", "Submit it"), Way("2", "change", "Go back and change it")]
        self.app.push_screen(Ask(f"Submit: {self.form.label}?", self._read_back(), ways), self._confirmed)

    def _missing(self) -> tuple[str, str] | None:
        typed = self.typed()
        for field in self.form.fields:
            if field.needed and not typed[field.id]:
                return f"field-{field.id}", f"Still to say: {field.ask}."
        if self.form.asks_who and not self.who:
            return "who", "Say who holds it first."
        if self.form.to_named and not self.recipients and not self.who:
            return "also", "It goes to nobody yet: name at least one person."
        return None

    def _read_back(self) -> Sequence[str]:
        to = ", ".join(map(_called, self.recipients)) or self.who
        said = [self.behind.about, f"To: {to}"]
        # Where the service has set nobody, everybody would be unknown: that says nothing.
        unknown = strangers(self.form, self.recipients) if self.form.recipients or self.form.others else ()
        said += [f"! {name} is not among the people the service has set: is the name right?" for name in unknown]
        said += [f"{field.ask}: {words}" for field in self.form.fields if (words := self.typed()[field.id])]
        return [part for words in said for part in wrap(words, 66, 3)]

    def _confirmed(self, way: str | None) -> None:
        self._asking = False
        if way == "submit":
            command = submit(self.form, self.typed(), self.recipients, self.now(), who=self.who)
            self.begin(self.record(command, f"{self.form.label} submitted"))


def _called(one: Recipient) -> str:
    return f"{one.name}, {one.role}" if one.role and one.name != one.role else one.name
