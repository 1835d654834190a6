"""Police protection and Emergency Protection Orders: when they began and ended, and until when the order runs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import Input, Static

from duty_tui.desk.desk import Desk
from duty_tui.desk.orders import EXPIRES, MADE, Foreseen, if_recorded
from duty_tui.domain.commands import AnswerQuestions, Command, RecordMilestone
from duty_tui.domain.order_acts import RecordOrder
from duty_tui.screens.about_discussion import Read
from duty_tui.screens.action_form import typed_instant
from duty_tui.screens.choice_line import ChoiceLine
from duty_tui.screens.concern_ask import Ask, Way
from duty_tui.screens.concern_field import Field, time_reader
from duty_tui.screens.discussion_form import DiscussionForm, NotYet
from duty_tui.widgets.choice import Choice, Option
from duty_tui.widgets.safe import content, elide, lines
from duty_tui.widgets.ticks import Ticks, numbered

_KINDS = (
    Option("1", "police_protection_began", "Taken into police protection"),
    Option("2", "police_protection_ended", "Police protection ended"),
    Option("3", MADE, "Emergency Protection Order made"),
    Option("4", "epo_ended", "Emergency Protection Order ended"),
)
#: The question of the policies that each of them answers.
_IN_PLACE = "epo_or_police_powers"
_ANSWERS: dict[str, bool] = {"police_protection_began": True, MADE: True, "epo_ended": False}


class OrdersForm(DiscussionForm):
    """What, for which children, when, the order's own expiry; what then runs stands beneath before it is recorded."""

    KIND: ClassVar[str] = "order"
    HELP = "The order's own expiry is the due. Until one is typed the longest a first order may run is shown."

    def __init__(self, read: Read) -> None:
        super().__init__(read)
        children = [(one.number, one.name) for one in self.view_of.children]
        self._whom: Ticks[int] = Ticks("For", numbered(children), id="whom")

    @property
    def title_words(self) -> str:
        """Which concern."""
        return f"POLICE PROTECTION OR COURT ORDER · {self.view_of.reference} {self.view_of.title}"

    def parts(self) -> ComposeResult:
        """What, whom, when, until when, a remark, and what follows."""
        yield ChoiceLine("kind", "What", _KINDS)
        yield self._whom
        yield Field("at", "When", hint="now, unless you say otherwise", read=time_reader(self.now))
        yield Field("until", "Order expires", hint="as the order says: 28/11 17:00", read=time_reader(self.now))
        yield Field("note", "Remark", hint="officer, court, number of the order", limit=2000)
        yield Static(classes="live")

    def open_form(self) -> None:
        """One child needs no choosing."""
        offered = [option.value for option in self._whom.options]
        self._whom.tick(offered if len(offered) == 1 else ())
        self.query_one("#kind").focus()

    @property
    def event(self) -> str:
        """The vocabulary's name of what happened; empty while nothing is chosen."""
        return str(self.query_one("#kind", Choice).value or "")

    @on(Choice.Changed)
    @on(Ticks.Changed)
    @on(Input.Changed, "#at, #until")
    def _another(self, _event: Message) -> None:
        for field in self.query(Field):
            if field.field == "until":
                field.display = self.event == MADE
        self.begin(self._foresee(), alone="foresee")

    async def _foresee(self) -> None:
        try:
            found = await self._foreseen()
        except NotYet:
            found = None
        shown = [content(elide("Then runs " + line, 70)) for line in found.lines] if found else []
        if found and found.doubt:
            shown.append(content((elide(found.doubt, 70), "bold $bad")))
        self.query_one(".live", Static).update(lines(shown))

    async def _foreseen(self) -> Foreseen | None:
        if not self.event or not self._whom.values:
            return None
        at, until, event, child = self._at(), self._until(), self.event, self._whom.values[0]

        def foresee(desk: Desk) -> Foreseen:
            return if_recorded(desk, self.concern_id, event, child, at=at, expires=until)

        return await self.session.ask(foresee)

    def _at(self) -> datetime:
        return typed_instant(self, "at") or self.now()

    def _until(self) -> datetime | None:
        return typed_instant(self, "until", end_of=True) if self.event == MADE else None

    @property
    def said(self) -> str:
        """In a word."""
        return "order" if self.event in (MADE, "epo_ended") else "police protection"

    async def made(self) -> Command | None:
        """The milestones, once an expiry that is too late was confirmed."""
        self.command()
        found = await self._foreseen()
        if found and found.doubt:
            ways = [Way("1", "record", "Record it: the court extended it"), Way("2", "back", "Go back and look")]
            if await self.app.push_screen_wait(Ask("Is the expiry right?", [found.doubt], ways)) != "record":
                return None
        labels = await self.session.ask(_labels)
        return RecordOrder(
            milestones=tuple(one.model_copy(update={"label": labels[one.event]}) for one in self.command().milestones),
            answers=self.command().answers,
        )

    def command(self) -> RecordOrder:
        """What happened, to each child, and the question it answers."""
        if not self.event:
            raise NotYet("What happened? Press a digit.", "kind")
        if not self._whom.values:
            raise NotYet("To which child? Press a digit, or 0 for all.", "whom")
        at, until = self._at(), self._until()
        if until is not None and until <= at:
            raise NotYet("The order would end before it was made.", "until")
        return RecordOrder(milestones=tuple(self._milestones(at, until)), answers=tuple(self._answers(at)))

    def _milestones(self, at: datetime, until: datetime | None) -> Iterator[RecordMilestone]:
        note = self.text("note")
        for child in self._whom.values:
            yield RecordMilestone(event=self.event, label=self.event, at=at, child=child, note=note)
            if until is not None:
                yield RecordMilestone(event=EXPIRES, label=EXPIRES, at=until, child=child, planned=True)

    def _answers(self, at: datetime) -> Iterator[AnswerQuestions]:
        if self.event in _ANSWERS:
            answer = "yes" if _ANSWERS[self.event] else "no"
            for child in self._whom.values:
                yield AnswerQuestions.model_validate({"answers": {_IN_PLACE: answer}, "child": child, "since": at})


def _labels(desk: Desk) -> dict[str, str]:
    return {name: event.label for name, event in desk.rulebook.vocabulary.event.items()}
