"""Who does what by when, for which children; what it still lacks is said while it is typed, and never refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from duty_tui.desk.smart import lacking
from duty_tui.domain.commands import Command
from duty_tui.domain.decision_events import ActionAgreed, ActionDone
from duty_tui.domain.discussion import Action
from duty_tui.domain.discussion_commands import AllAtDiscussion, AtDiscussion
from duty_tui.domain.text import fold
from duty_tui.domain.times import london
from duty_tui.domain.typed_time import read_time
from duty_tui.screens.about_discussion import Read
from duty_tui.screens.choice_line import ChoiceLine
from duty_tui.screens.concern_field import Field, time_reader
from duty_tui.screens.decision_lines import children_of_view
from duty_tui.screens.discussion_form import DiscussionForm, NotYet
from duty_tui.widgets.choice import Choice, Option
from duty_tui.widgets.safe import content, lines
from duty_tui.widgets.ticks import Ticks, numbered
from duty_tui.widgets.wrapping import wrap

_FORMS = (
    Option("1", "action", "Action"),
    Option("2", "medical", "Medical examination"),
    Option("3", "interview", "ABE interview"),
)
_FIRST_WORDS = {"medical": "Medical examination of the child", "interview": "Achieving Best Evidence interview"}
#: Details of each form of action: the key they are recorded under, and their label.
_DETAILS = {
    "medical": {"where": "Where", "consent": "Consent"},
    "interview": {
        "where": "Where",
        "plan_completed": "Plan done",
        "plan_due": "or plan by",
        "plan_owner": "Plan by whom",
    },
}
_TIMES = frozenset({"plan_completed", "plan_due"})


class ActionForm(DiscussionForm):
    """Eight parts, and two or four more for a medical examination or an Achieving Best Evidence interview."""

    KIND: ClassVar[str] = "action"
    HELP = "Type what, who and by when; the line at the bottom says what it still lacks. It is recorded all the same."

    def __init__(self, read: Read, before: Action | None = None) -> None:
        super().__init__(read, before.id if before else "")
        self._before = before
        offered = children_of_view(self.view_of)
        self._whom: Ticks[int] = Ticks("For", numbered((one.number, one.name) for one in offered), id="whom")

    @property
    def title_words(self) -> str:
        """What is done here, at which concern."""
        act = "PUT AN ACTION RIGHT" if self._before else "ACTION"
        return f"{act} · {self.view_of.reference} {self.view_of.title}"

    def parts(self) -> ComposeResult:
        """What kind, what, who, when, for whom, what if, how checked, the details, what it lacks."""
        yield ChoiceLine("form", "Kind", _FORMS)
        yield Field("what", "What", limit=2000)
        yield Field("who", "Who")
        yield Field("agency", "Agency")
        yield Field("due", "By when", hint="17:00, +2h, tomorrow 10:00 …", read=time_reader(self.now))
        yield self._whom
        yield Field("contingency", "If it fails", hint="what is done then", limit=2000)
        yield Field("check", "Checked how", hint="how completion is known", limit=2000)
        for name, label in {**_DETAILS["medical"], **_DETAILS["interview"]}.items():
            yield Field(name, label, read=time_reader(self.now) if name in _TIMES else None)
        yield Static(classes="live")

    def open_form(self) -> None:
        """With what was recorded; an action for one child needs no choosing."""
        before = self._before
        offered = [option.value for option in self._whom.options]
        self._whom.tick(before.children if before else offered if len(offered) == 1 else ())
        self.query_one("#form", Choice).answer(before.form if before else "action")
        if before is not None:
            recorded = {name: str(getattr(before, name)) for name in ("what", "who", "agency", "contingency", "check")}
            recorded["due"] = _typed(before.due)
            for name, words in before.details.items():
                recorded[name] = _typed(datetime.fromisoformat(words)) if name in _TIMES else words
            self.fill(dict(recorded))
        self._show_details()
        self.go_to("what")

    @on(Choice.Changed, "#form")
    def _form_chosen(self, event: Choice.Changed) -> None:
        self._show_details()
        if not self.text("what") and event.value in _FIRST_WORDS:
            self.fill({"what": _FIRST_WORDS[event.value]})

    @property
    def form(self) -> str:
        """Which kind of action it is."""
        return str(self.query_one("#form", Choice).value or "action")

    def _show_details(self) -> None:
        wanted = _DETAILS.get(self.form, {})
        for field in self.query(Field):
            if field.field in {**_DETAILS["medical"], **_DETAILS["interview"]}:
                field.display = field.field in wanted

    def show_live(self) -> None:
        """What it lacks so far."""
        self._show_details()
        present = [person.name for person in self.view_of.people if person.present]
        due = read_time(self.text("due"), now=self.now()).instant
        what, who, check, contingency = map(self.text, ("what", "who", "check", "contingency"))
        proposed = Action("", what, who, self._agency(), due, (), contingency=contingency, check=check)
        lacks = list(lacking(proposed, present, self.now()))
        words = "Still to say: " + "; ".join(lacks) if lacks else "✓ Specific, measurable, agreed, realistic and timed."
        self.query_one(".live", Static).update(lines([content(line) for line in wrap(words, 70, 3)]))

    def _agency(self) -> str:
        """The agency typed, else that of a person of this name at the discussion."""
        known = {fold(person.name): person.agency for person in self.view_of.people}
        return self.text("agency") or known.get(fold(self.text("who")), "")

    @property
    def said(self) -> str:
        """In a word."""
        return "action"

    def command(self) -> Command:
        """The action as typed; what it lacks is no reason not to record it."""
        if not self.text("what"):
            raise NotYet("Say what is to be done.", "what")
        if not self._whom.values:
            raise NotYet("For which child? Press a digit, or 0 for all.", "whom")
        event = ActionAgreed.model_validate(
            {
                "discussion": self.view_of.number,
                "action": self._before.id if self._before else "",
                "what": self.text("what"),
                "who": self.text("who"),
                "agency": self._agency(),
                "due": self._time("due"),
                "children": self._whom.values,
                "contingency": self.text("contingency"),
                "check": self.text("check"),
                "form": self.form,
                "details": dict(self._details()),
            }
        )
        return AtDiscussion(event=event)

    def _details(self) -> Iterator[tuple[str, str]]:
        for name in _DETAILS.get(self.form, {}):
            if name in _TIMES:
                if (instant := self._time(name)) is not None:
                    yield name, instant.isoformat()
            elif self.text(name):
                yield name, self.text(name)

    def _time(self, part: str) -> datetime | None:
        """The instant typed; a day alone is its end."""
        return typed_instant(self, part, end_of=part != "plan_completed")


class DoneForm(DiscussionForm):
    """For which children an action is done, when, and how it was seen to be."""

    KIND: ClassVar[str] = "done"
    HELP = "An action for several children is done for each of them; 0 ticks all."

    def __init__(self, read: Read, action: Action) -> None:
        super().__init__(read, action.id)
        self._action = action
        waiting = [one for one in self.view_of.children if one.number in set(action.children) - set(action.done)]
        self._whom: Ticks[int] = Ticks("Done for", numbered((one.number, one.name) for one in waiting), id="whom")

    @property
    def title_words(self) -> str:
        """Which action."""
        return f"DONE · {self._action.what}"

    def parts(self) -> ComposeResult:
        """Whom, when, how."""
        yield self._whom
        yield Field("at", "When", hint="now, unless you say otherwise", read=time_reader(self.now))
        yield Field("how", "How it is known", limit=2000)

    def open_form(self) -> None:
        """One child needs no choosing."""
        offered = [option.value for option in self._whom.options]
        self._whom.tick(offered if len(offered) == 1 else ())
        self._whom.focus()

    @property
    def said(self) -> str:
        """In a word."""
        return "done"

    def command(self) -> Command:
        """Done for each child ticked."""
        if not self._whom.values:
            raise NotYet("For which child is it done? Press a digit, or 0 for all.", "whom")
        at = typed_instant(self, "at") or self.now()
        number, action = self.view_of.number, self._action.id
        return AllAtDiscussion(
            each=tuple(
                AtDiscussion(
                    event=ActionDone(discussion=number, action=action, child=child, at=at, how=self.text("how"))
                )
                for child in self._whom.values
            )
        )


def typed_instant(form: DiscussionForm, part: str, *, end_of: bool = False) -> datetime | None:
    """The instant typed into a part, None for an empty one; with `end_of` a day alone is read as its end.

    Raises NotYet for what cannot be read, and for a day where a time of day is needed.
    """
    from duty_tui.domain.times import end_of_day, london_date

    text = form.text(part)
    if not text:
        return None
    reading = read_time(text, now=form.now())
    if reading.instant is None:
        raise NotYet(reading.problem or "That time cannot be read.", part)
    if reading.precision == "day":
        if not end_of:
            raise NotYet("Say the time of day as well.", part)
        return end_of_day(london_date(reading.instant))
    return reading.instant


def _typed(instant: datetime | None) -> str:
    """An instant as a person would type it."""
    return f"{london(instant):%d/%m/%Y %H:%M}" if instant else ""
