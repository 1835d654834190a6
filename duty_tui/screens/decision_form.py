"""Decisions ticked by number, for one child or several, each with its own reason, recorded together or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import ClassVar

from textual import on
from textual.app import ComposeResult

from duty_tui.desk.deciding import DecisionBox, boxes_of, decide, to_confirm
from duty_tui.desk.desk import Desk
from duty_tui.desk.scene import scene_of
from duty_tui.domain.commands import Command
from duty_tui.domain.decision_events import DecisionMade
from duty_tui.domain.discussion import Decision
from duty_tui.domain.discussion_commands import AllAtDiscussion, AtDiscussion
from duty_tui.screens.about_discussion import Read
from duty_tui.screens.concern_ask import Ask, Way
from duty_tui.screens.concern_field import Field
from duty_tui.screens.decision_lines import children_of_view
from duty_tui.screens.discussion_form import DiscussionForm, NotYet
from duty_tui.views.discussion import BoxLine
from duty_tui.widgets.ticks import Ticks, numbered

_LABEL_CELLS = 14


class DecisionForm(DiscussionForm):
    """Whom, which boxes, and a line for the reason of each that is ticked. `before` is a decision put right here."""

    KIND: ClassVar[str] = "decision"
    HELP = "Digits tick children and decisions, 0 ticks all children; every decision needs its own reason."

    def __init__(self, read: Read, children: Iterable[int] = (), before: Decision | None = None) -> None:
        self._chosen = tuple(children) or (before.children if before else ())
        key = before.id if before else ",".join(map(str, self._chosen))
        super().__init__(read, key)
        self._before = before
        offered = children_of_view(self.view_of)
        self._boxes = self.view_of.boxes
        self._whom: Ticks[int] = Ticks("For", numbered((one.number, one.name) for one in offered), id="whom")
        self._ticks: Ticks[str] = Ticks("Decided", numbered((box.box, box.label) for box in self._boxes), id="boxes")
        self._reasons = {box.box: _reason(at, box) for at, box in enumerate(self._boxes, 1)}
        self._known: Sequence[DecisionBox] = ()

    @property
    def title_words(self) -> str:
        """What is done here, at which concern."""
        act = "PUT A DECISION RIGHT" if self._before else "DECISION"
        return f"{act} · {self.view_of.reference} {self.view_of.title}"

    def parts(self) -> ComposeResult:
        """Whom, boxes, a reason for each."""
        yield self._whom
        yield self._ticks
        yield from self._reasons.values()

    def open_form(self) -> None:
        """Whom it is for is known where it was opened from a child; one child needs no choosing."""
        only = [option.value for option in self._whom.options]
        self._whom.tick(self._chosen or (only if len(only) == 1 else ()))
        if self._before is not None:
            self._ticks.tick([self._before.box])
            if line := self._reasons.get(self._before.box):
                line.input.value = self._before.reason
        self._show_reasons()
        (self._ticks if self._whom.values else self._whom).focus()

    @on(Ticks.Changed)
    def _show_reasons(self) -> None:
        for box, line in self._reasons.items():
            line.display = box in self._ticks.values

    def show_live(self) -> None:
        """A reason stands for every box that is ticked, those of a draft too."""
        self._show_reasons()

    @property
    def said(self) -> str:
        """How many decisions, for how many children."""
        return f"{len(self._ticks.values)} decided for {len(self._whom.values)}"

    async def made(self) -> Command | None:
        """The decisions, once a pair that looks odd was confirmed."""
        self._known = await self.session.ask(self._boxes_known)
        command = self.command()
        for question in await self.session.ask(self._questions):
            ways = [Way("1", "record", "Yes, record both"), Way("2", "back", "Go back and change it")]
            if await self.app.push_screen_wait(Ask("Both for one child?", [question], ways)) != "record":
                return None
        return command

    def _boxes_known(self, desk: Desk) -> Sequence[DecisionBox]:
        assert self.read is not None  # noqa: S101 (given to it when it was made)
        scene = scene_of(self.read.concern, self.read.discussion.number, desk.rulebook, self.now())
        return boxes_of(scene.packs)

    def _questions(self, desk: Desk) -> list[str]:
        """What to ask about before it is recorded."""
        assert self.read is not None  # noqa: S101 (given to it when it was made)
        discussion = self.read.discussion
        others = tuple(one for one in discussion.decisions if one != self._before)
        return to_confirm(
            self._boxes_known(desk),
            replace(discussion, decisions=others),
            self._whom.values,
            self._ticks.values,
            desk.rulebook.vocabulary,
        )

    def command(self) -> Command:
        """A decision for each box, for all the children ticked."""
        if not self._whom.values:
            raise NotYet("For which child? Press a digit, or 0 for all.", "whom")
        if not self._ticks.values:
            raise NotYet("Tick what was decided: press its digit.", "boxes")
        reasons = {box: self._reasons[box].input.value.strip() for box in self._ticks.values}
        for box, reason in reasons.items():
            if not reason:
                raise NotYet("Every decision needs its own reason.", self._reasons[box].field)
        events = decide(self._known, self.view_of.number, self._whom.values, reasons)
        return AllAtDiscussion(each=tuple(self._puts(events)))

    def _puts(self, events: Sequence[DecisionMade]) -> Iterator[AtDiscussion]:
        """The decisions; one of the same box, else the first, puts the earlier one right and is as old as that was."""
        before = self._before
        same = next((event for event in events if before and event.box == before.box), events[0])
        for event in events:
            if before is not None and event is same:
                at = event.model_copy(update={"at": before.at})
                yield AtDiscussion(event=at, instead_of=before.id)
            else:
                yield AtDiscussion(event=event)


def _reason(at: int, box: BoxLine) -> Field:
    return Field(f"reason{at}", f"Why {at}", hint=f"the reason for: {box.label}", limit=5000)
