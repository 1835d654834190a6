"""Taking a concern over the telephone, by keyboard alone: caller, children, what happened, the policy's questions.

Everything typed is a draft on the disk within a second. Under the form stands where the concern would be placed.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.css.query import QueryType
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input, TextArea
from typing_extensions import override

from duty_tui.desk.desk import Done
from duty_tui.domain.concern import Answer
from duty_tui.errors import DutyError, Unavailable, Waits
from duty_tui.screens.answer_list import ANSWERS
from duty_tui.screens.concern_ask import Ask, Way
from duty_tui.screens.intake_acts import Details, LastSection, NextSection, Record
from duty_tui.screens.intake_child import ChildDetails
from duty_tui.screens.intake_draft import found_drafts, latest_first
from duty_tui.screens.intake_form import CALLER, QUESTIONS, TYPED, IntakeForm
from duty_tui.screens.intake_found import Found
from duty_tui.screens.intake_keeping import DraftedScreen, Taken
from duty_tui.screens.intake_place import Place, PlacePanel, place_of
from duty_tui.screens.intake_sections import SECTION_TYPES, CallerSection, ChildrenArea, QuestionsSection, Section
from duty_tui.screens.intake_steps import Steps
from duty_tui.store.journal import new_id
from duty_tui.widgets.choice import Choice
from duty_tui.widgets.command_screen import Back, Help, Palette
from duty_tui.widgets.entry_input import EntryInput
from duty_tui.widgets.footer import KeyHints
from duty_tui.widgets.statusline import StatusLine
from duty_tui.widgets.title_bar import TitleBar


class IntakeScreen(DraftedScreen):
    """One form in four parts, all of them reached by Tab and Enter; dismissed with what was taken, or None."""

    CSS_PATH = "intake.tcss"
    HEADING = "NEW CONCERN"
    HELP = (
        "Type while the caller speaks: Enter or Tab moves on, Ctrl+S records from anywhere, Escape goes back and keeps"
        " what you typed. A time may be typed as 13:40, -20m, yesterday 9pm. Not known is an answer."
    )
    ACTS: ClassVar[Any] = (Record, NextSection, LastSection, Details, *ANSWERS, Back, Help, Palette)
    BINDINGS: ClassVar[list[BindingType]] = [
        # Before the field sees it: a message from the field would come after letters typed ahead.
        Binding("enter", "entered", "Next field", show=False, priority=True),
        Binding("backspace,delete", "take_back", "No answer yet", show=False),
    ]
    PLACE_AFTER: ClassVar[float] = 0.15
    """Seconds from a key to the place worked out anew."""

    def __init__(self, form: IntakeForm | None = None) -> None:
        super().__init__(form or IntakeForm(datetime.min.replace(tzinfo=UTC)))
        self.busy = False
        self._given = form is not None
        self._place: Place | None = None
        self._attempted = False
        self._placing: Timer | None = None

    def compose(self) -> ComposeResult:
        """The bar, the parts, the form, the place, what came of the last act, the keys."""
        yield TitleBar()
        yield Steps()
        yield Vertical(id="form")
        yield PlacePanel()
        yield StatusLine()
        yield KeyHints()

    async def on_mount(self) -> None:
        """Begin an empty form unless one was given; ask about drafts found before anything is typed."""
        if self._given:
            await self._begin(self.form)
            return
        await self._begin(IntakeForm(self.now()))
        self.begin(self._look_for_drafts())

    # The form and its parts

    async def _begin(self, form: IntakeForm) -> None:
        self.form = form
        self._place = None
        holder = self.query_one("#form")
        await holder.remove_children()
        # All parts at once: a key typed ahead must never find the part before it still there.
        parts = [kind(form, self.now) for kind in SECTION_TYPES]
        for place, part in enumerate(parts):
            part.display = place == form.section
        await holder.mount_all(parts)
        self.go_to(form.section)
        self._place_soon()

    def go_to(self, place: int, field: str = "") -> None:
        """Show one part of the form and enter it, at `field` or at its beginning."""
        self.form.section = place
        self._show_steps()
        shown = self.query_one(SECTION_TYPES[place])
        shown.display = True
        found = next(iter(shown.query(f"#{field}")), None) if field else None
        self.set_focus(found or shown.enter())
        for part in self.query(Section):
            part.display = part is shown
        if isinstance(shown, QuestionsSection) and self._place is not None:
            shown.show(self._place.questions)
            shown.soonest_first()
        self.refresh_commands()

    @override
    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enter moves on from a line; elsewhere it is the widget's own."""
        if action == "entered":
            return isinstance(self.focused, EntryInput)
        return super().check_action(action, parameters)

    def action_entered(self) -> None:
        """On from a line."""
        self._step(1)

    @override
    def focus_next(self, selector: str | type[QueryType] = "*") -> Widget | None:
        """The next field; after the last of a part, the next part."""
        self._step(1)
        return self.focused

    @override
    def focus_previous(self, selector: str | type[QueryType] = "*") -> Widget | None:
        """The field before; before the first of a part, the part before."""
        self._step(-1)
        return self.focused

    def _step(self, by: int) -> None:
        chain = self.focus_chain
        at = chain.index(self.focused) if self.focused in chain else -1
        if 0 <= at + by < len(chain):
            self.set_focus(chain[at + by])
        elif CALLER <= self.form.section + by <= QUESTIONS:
            self.go_to(self.form.section + by)
            if by < 0:
                self.set_focus(self.focus_chain[-1])

    # What is typed

    def look(self) -> None:
        """Take what stands in the lines and texts of the form."""
        for line in self.query_one("#form").query(Input):
            self._put(line.id, line.value)
        for area in self.query_one("#form").query(TextArea):
            self._put(area.id, area.text)

    def _put(self, name: str | None, text: str) -> None:
        if name in TYPED and self.form.put(name, text, self.now()):
            self._changed()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._put(event.input.id, event.value)
        for caller in self.query(CallerSection):
            caller.ask_why()

    @on(TextArea.Changed)
    def _written(self, event: TextArea.Changed) -> None:
        self._put(event.text_area.id, event.text_area.text)

    @on(Choice.Changed, "#referred")
    def _came_in(self, event: Choice.Changed) -> None:
        event.stop()
        self.form.referred = event.value is not False
        self.query_one(CallerSection).came_in()
        self._changed()

    @on(Choice.Changed, "#anonymous")
    def _chosen(self, event: Choice.Changed) -> None:
        value = event.value if event.answered else None
        if value != self.form.anonymous:
            self.form.anonymous = value
            self._changed()

    def why_no_answer(self) -> str | None:
        """Answers are given in the last part."""
        if self.form.section != QUESTIONS:
            return "Go to the questions first."
        return None if self.query_one(QuestionsSection).fact else QuestionsSection.EMPTY

    def answer(self, answer: Answer | None) -> None:
        """Answer the question the cursor is on, and go to the next."""
        section = self.query_one(QuestionsSection)
        fact = section.fact
        if fact is None:
            return
        if answer is None:
            self.form.answers.pop(fact, None)
        else:
            self.form.answers[fact] = answer
        section.answered()
        self._changed()

    def action_take_back(self) -> None:
        """Take the answer back: nobody was asked yet."""
        if self.why_no_answer() is None:
            self.answer(None)

    @property
    def child_line(self) -> str:
        """The line of the child the cursor is on."""
        for area in self.query(ChildrenArea):
            return str(area.document.get_line(area.row))
        return ""

    def child_details(self) -> None:
        """Ask for the numbers of the child on this line; they stand at its end as they are typed, and in its draft."""
        area = self.query_one(ChildrenArea)
        row = area.row

        self.app.push_screen(ChildDetails(self.child_line, lambda line: area.set_line(row, line)))

    # The draft

    def _changed(self) -> None:
        if self._attempted:
            # The text is another than the one that may have been recorded: with the same mark it would be dropped.
            self.form.mark, self._attempted = new_id(), False
        self._show_place()
        self.save_soon()
        self._place_soon()
        self._show_steps()

    async def _look_for_drafts(self) -> None:
        drafts = latest_first(await self.session.ask(found_drafts))
        if drafts and self.form.empty:
            self.app.push_screen(Found(drafts), self._found)

    def _found(self, answer: IntakeForm | str | None) -> None:
        if isinstance(answer, IntakeForm):
            self.begin(self._begin(answer))
        elif answer is None:
            self.dismiss(None)

    # The place

    def _place_soon(self) -> None:
        if self._placing is not None:
            self._placing.stop()
        self._placing = self.set_timer(self.PLACE_AFTER, self._place_now)

    def _place_now(self) -> None:
        self.begin(self._find_place(), alone="place")

    async def _find_place(self) -> None:
        command, now = self.form.command(), self.now()
        self._place = await self.session.ask(lambda desk: place_of(desk, command, now))
        for section in self.query(QuestionsSection):
            section.show(self._place.questions)
        self._show_place()
        self._show_steps()

    def _show_place(self) -> None:
        read = [child.said for child in self.form.read() if child]
        self.query_one(PlacePanel).show(self._place, read)

    def on_resize(self) -> None:
        """Cut the lines to the new width."""
        self._show_place()

    def _show_steps(self) -> None:
        form = self.form
        unanswered = [item for item in self._place.questions if item.fact not in form.answers] if self._place else []
        sooner = sum(question.sooner for question in unanswered)
        left = f"{sooner} could hasten" if sooner else f"{len(unanswered)} open" if unanswered else "✓"
        children = sum(child is not None for child in form.read())
        told = ("✓" if text.strip() else "" for text in (form.name + form.agency, form.what))
        caller, story = told
        self.query_one(Steps).show(form.section, (caller, str(children or ""), story, left))

    # Recording

    def record(self) -> None:
        """Go to what stands in the way; else ask about what looks wrong; else record."""
        self.look()
        problem = next(self.form.problems(), None)
        if problem is not None:
            self.go_to(problem.section, problem.field)
            self.refuse(problem.why)
            return
        self.busy = True
        self.begin(self._check())

    async def _check(self) -> None:
        try:
            command, now = self.form.command(), self.now()
            place = await self.session.ask(lambda desk: place_of(desk, command, now))
        except Unavailable:
            place = None  # nobody can say where it would stand, and it is taken all the same
        finally:
            self.busy = False
        if place and (place.doubts or place.duplicates):
            self._ask(place)
        else:
            await self._record()

    def _ask(self, place: Place) -> None:
        children = [child.in_full for child in self.form.read() if child]
        said = [*children, "", *(f"! {doubt}" for doubt in place.doubts)]
        ways = [Way("1", "record", "Record it as it stands"), Way("2", "change", "Go back to the form")]
        for key, (other, reference) in enumerate([one for one in place.duplicates if one[0]][:7], 3):
            ways.append(Way(str(key), other, f"Look at {reference}"))
        if place.duplicates:
            others = ", ".join(reference for _, reference in place.duplicates)
            said += [f"! Possible duplicate of {others}: nothing is merged."]
        self.app.push_screen(Ask("Record this concern?", said, ways), partial(self._answered, place))

    def _answered(self, place: Place, way: str | None) -> None:
        if way == "record":
            self.begin(self._record())
        elif way not in (None, "change"):
            from duty_tui.screens.concern import ConcernScreen

            self.app.push_screen(ConcernScreen(str(way)), lambda _: self._ask(place))

    async def _record(self) -> None:
        form, command, unsaved = self.form, self.form.command(), self.unsaved
        # From here on no draft is kept: one written after the record would come back as if it were not recorded.
        self.busy = self._attempted = self.done = True
        self.on_its_way = mark = form.mark
        try:
            if unsaved:
                await self.save_first()  # where that fails it is recorded all the same
            done: Done = await self.session.ask(
                lambda desk: desk.do(form.concern, command, mark=mark, draft=form.draft)
            )
        except Waits as kept:
            self.leave_waiting(kept)
            return
        except DutyError:
            self.done = False
            self.save_soon()
            raise
        finally:
            self.busy, self.on_its_way = False, ""
        raised = done.concern.raised_at or self.now()
        names = tuple(child.called for child in done.concern.children)
        self.leave_with(Taken(done.row, raised, names))
