"""Recording that something of the policy's vocabulary happened: what, when, to which child."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from duty_tui.domain.commands import RecordMilestone
from duty_tui.domain.text import fold
from duty_tui.rules.vocabulary import EventName
from duty_tui.screens.concern_ask import Ask, Commit, Way
from duty_tui.screens.concern_field import Field
from duty_tui.screens.concern_form import FormDialog
from duty_tui.screens.concern_list import Item, ItemList
from duty_tui.screens.dialogue_draft import written
from duty_tui.screens.drafted import Behind, Drafted
from duty_tui.views.concern import ConcernView
from duty_tui.widgets.choice import Choice, Option
from duty_tui.widgets.command_screen import Back
from duty_tui.widgets.footer import KeyHints
from duty_tui.widgets.safe import content, elide
from duty_tui.widgets.statusline import StatusLine
from duty_tui.widgets.time_field import TimeField

#: Recorded by taking the concern, never by hand afterwards; fix them there.
_TAKEN = ("referral_received", "concern_identified")
_NAME_CELLS = 14
_MOST = 9


class MilestoneDialog(Drafted, FormDialog[bool]):
    """Dismissed with True once it is on the disk; until then everything typed stays."""

    CSS_PATH = "milestone.tcss"
    HELP = "Type a word of what happened, choose it with the arrows, say when; Ctrl+S records it."
    ACTS: ClassVar[Any] = (Commit, Back)
    LAST = "note"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "choose(1)", "Next in the list", show=False),
        Binding("up", "choose(-1)", "Before in the list", show=False),
    ]

    def __init__(self, behind: Behind, view: ConcernView) -> None:
        super().__init__(behind, "happened")
        self._view = view
        self._events: Mapping[str, EventName] = {}
        self._checking = False
        self._begun: datetime | None = None

    def compose(self) -> ComposeResult:
        """What, when, to whom, and a remark."""
        with Vertical(classes="dialogue"):
            yield Static(content((elide(f"IT HAPPENED · {self.behind.about}", 68), "bold $key-fg")), classes="title")
            yield Field("search", "What", hint="a word of it: booked, seen, held …")
            yield ItemList(id="events", empty="Nothing of the policy's list is called that.")
            yield TimeField("When (now, unless you say otherwise)", self.clock, id="when")
            options = [Option("0", 0, "all")]
            options += [
                Option(str(one.number), one.number, elide(one.name, _NAME_CELLS)) for one in self._view.children
            ]
            yield Choice("For which child?", options[: _MOST + 1], id="whom")
            yield Field("note", "Remark")
            yield StatusLine()
            yield KeyHints()

    async def on_mount(self) -> None:
        """Ask the policies' vocabulary what can happen."""
        whom: Choice[int] = self.query_one("#whom", Choice)
        whom.answer(0 if len(self._view.children) > 1 else self._view.children[0].number)
        self._events = {
            name: event
            for name, event in (await self.session.ask(lambda desk: desk.rulebook.vocabulary.event)).items()
            if name not in _TAKEN
        }
        self._filter(self.query_one("#search", Input).value)
        self.filled("whom", "events")
        self.query_one("#search").focus()

    def _filter(self, words: str) -> None:
        wanted = fold(words).split()
        found = [
            (name, event.label)
            for name, event in self._events.items()
            if all(word in fold(f"{event.label} {name.replace('_', ' ')}") for word in wanted)
        ]
        self.query_one(ItemList).show([Item(name, _line(label)) for name, label in found])
        self._show_whom()

    @on(Input.Changed, "#search")
    def _searched(self, event: Input.Changed) -> None:
        self._filter(event.value)

    @on(ItemList.Moved)
    def _show_whom(self) -> None:
        event = self._events.get(self.query_one(ItemList).key or "")
        of_a_child = event is not None and event.scope == "child" and len(self._view.children) > 1
        self.query_one("#whom").display = of_a_child

    def action_choose(self, by: int) -> None:
        """The arrows choose, also while a word is typed."""
        self.query_one(ItemList).action_step(by)

    def entered(self) -> None:
        """From the word to the time, from the time on."""
        if self.focused is not None and self.focused.id == "search":
            self.set_focus(self.query_one(TimeField).query_one(Input))
        else:
            self.focus_next()

    def commit(self) -> None:
        """Record it, after asking where it looks wrong."""
        if self._checking or self.done:
            return
        name = self.query_one(ItemList).key
        when = self.query_one(TimeField)
        if name is None:
            self.refuse("Choose what happened.")
            self.query_one("#search").focus()
        elif when.text.strip() and when.reading.instant is None:
            self.refuse(when.reading.problem or "The time cannot be read.")
            when.query_one(Input).focus()
        else:
            self._checking = True
            self.begin(self._commit(name))

    async def _commit(self, name: str) -> None:
        try:
            recorded = await self.session.ask(lambda desk: desk.concern(self._view.id))
            command = self._command(name, recorded.next_discussion() - 1)
            doubts = command.doubts(recorded, self.now())
            if doubts:
                ways = [Way("1", "record", "Record it all the same"), Way("2", "change", "Go back")]
                self.app.push_screen(Ask("Record this?", [self.behind.about, *doubts], ways), self._asked(command))
            else:
                await self.record(command, command.label)
        finally:
            self._checking = False

    def _asked(self, command: RecordMilestone) -> Any:
        return lambda way: self.begin(self.record(command, command.label)) if way == "record" else None

    def _command(self, name: str, discussion: int) -> RecordMilestone:
        event = self._events[name]
        child = self.query_one("#whom", Choice).value or None
        note = self.query_one("#note", Input).value
        return RecordMilestone(
            event=name,
            label=event.label,
            at=self.query_one(TimeField).reading.instant or self.now(),
            child=child if event.scope == "child" else None,
            discussion=discussion or None if event.scope == "discussion" else None,
            note=note,
            planned=event.planned,
        )

    def to_keep(self, fields: dict[str, str], now: datetime) -> dict[str, str]:
        """With the moment it was taken to have happened, which is not a later one when the draft is found again."""
        kept = super().to_keep(fields, now)
        when = self.query_one(TimeField)
        if kept and not when.text.strip():
            self._begun = self._begun or now
            kept["when"] = written(self._begun)
        elif kept and when.reading.precision == "minute":
            kept["when"] = written(when.reading.instant) or when.text
        return kept


def _line(label: str) -> Any:
    def draw(cells: int, selected: bool) -> list[Content]:
        mark, style = ("▸ ", "bold reverse") if selected else ("  ", "")
        return [content((mark + elide(label, cells - 2), style))]

    return draw
