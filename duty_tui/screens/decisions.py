"""What was decided for each child: ticked during the call or afterwards, with its reason and who disagreed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from duty_tui.domain.commands import Withdraw
from duty_tui.domain.discussion import Decision
from duty_tui.domain.discussion_commands import standing
from duty_tui.screens.concern_list import Item
from duty_tui.screens.decision_form import DecisionForm
from duty_tui.screens.decision_lines import CHILD, CLOCKS, DECISION, children_of_view, decision_items
from duty_tui.screens.discussion_screen import DiscussionList, discussion_words
from duty_tui.screens.dissent import DissentForm, SharingForm
from duty_tui.screens.text_form import Asked, TextForm
from duty_tui.views.discussion import DiscussionView
from duty_tui.widgets.command import Command


class _Act(Command[Any, Any]):
    group = "Decisions"

    def why_not(self, view: DecisionsScreen) -> str | None:
        """Not before the discussion began, nor once every record is signed."""
        return view.why_not_now(begun=True) or view.why_signed()


class Decide(_Act):
    """Tick what was decided."""

    id, keys, label, title, priority = "decision.make", "p,enter", "decide", "Record a decision", 2
    help = (
        "Tick decisions for the selected child, or put the selected decision right; 0 in the form takes all children."
    )

    def run(self, screen: DecisionsScreen) -> None:
        """Open the form."""
        screen.decide()


class DecideAll(_Act):
    """The same for all children."""

    id, keys, label, title, priority = "decision.all", "0", "for all", "Record a decision for all", 3
    help = "Tick decisions for all the children at once."

    def run(self, screen: DecisionsScreen) -> None:
        """Open the form with every child ticked."""
        screen.decide_for_all()


class Disagree(_Act):
    """Disagreement or challenge."""

    id, keys, label, title, priority = "decision.dissent", "D", "disagree", "Disagreement or challenge", 6
    help = "Record who disagrees with the selected decision or challenges it, and what came of it."

    def run(self, screen: DecisionsScreen) -> None:
        """Open the form."""
        screen.disagree()


class TellFamily(_Act):
    """What the family is told."""

    id, keys, label, title, priority = "decision.family", "i", "family", "What the family is told", 7
    help = "Decide what is shared with the family, when, and why anything is withheld."

    def run(self, screen: DecisionsScreen) -> None:
        """Open the form."""
        screen.tell_family()


class TakeBack(_Act):
    """Undo the selected decision."""

    id, keys, label, title, priority = "decision.undo", "u", "undo", "Undo a decision", 12
    help = "Undo the selected decision after asking; both entries stay in the timeline."

    def why_not(self, view: DecisionsScreen) -> str | None:
        """A decision must be selected."""
        return super().why_not(view) or (None if view.decision else "Select a decision first.")

    def run(self, screen: DecisionsScreen) -> None:
        """Ask, then withdraw."""
        screen.take_back()


class DecisionsScreen(DiscussionList):
    """Every child with its decisions and their reasons; the clocks that began; what the family is told."""

    HEADING = "DECISIONS"
    HELP = "Each child has its own decisions. Enter ticks more for the selected child; 0 for all children at once."
    ACTS: ClassVar[Any] = (Decide, DecideAll, Disagree, TellFamily, TakeBack)

    def state_words(self, view: DiscussionView) -> str:
        """Who is still without a decision comes first."""
        if view.undecided:
            return "NO DECISION YET: " + ", ".join(child.name for child in view.undecided)
        return discussion_words(view)

    def items(self, view: DiscussionView) -> Sequence[Item]:
        """The children and their decisions."""
        return decision_items(view)

    def why_signed(self) -> str | None:
        """Nobody is left whose record can still be written in."""
        if self.shown is not None and self.shown.children and not children_of_view(self.shown):
            return "Every record is signed: S adds to a signed record."
        return None

    @property
    def decision(self) -> Decision | None:
        """The decision under the cursor."""
        name = self.selected.removeprefix(DECISION).rpartition(":")[0] if self.selected.startswith(DECISION) else ""
        found = self.read.discussion.decisions if self.read else ()
        return next((one for one in found if one.id == name), None)

    @property
    def child(self) -> int | None:
        """The child under the cursor, or the one whose decision is."""
        if self.selected.startswith(CHILD):
            return int(self.selected.removeprefix(CHILD))
        if self.selected.startswith(DECISION):
            return int(self.selected.rpartition(":")[2])
        return None

    def decide(self) -> None:
        """For the selected child, or the selected decision put right."""
        if self.read is None or self.shown is None:
            return
        open_to = {one.number for one in children_of_view(self.shown)}
        before = self.decision
        if before is not None and set(before.children) <= open_to:
            self._open(DecisionForm(self.read, before=before))
        elif self.child in open_to:
            self._open(DecisionForm(self.read, (self.child,)))
        elif self.child is None:
            self._open(DecisionForm(self.read))
        else:
            self.refuse("That child's record is signed, or the child is not part of the discussion.")

    def decide_for_all(self) -> None:
        """For every child whose record is open."""
        if self.read is not None and self.shown is not None:
            self._open(DecisionForm(self.read, [one.number for one in children_of_view(self.shown)]))

    def _open(self, form: DecisionForm) -> None:
        clocks = self.shown.clocks if self.shown else ()

        def closed(recorded: bool | None) -> None:
            if recorded:
                self.begin(self._show_clocks(clocks))

        self.app.push_screen(form, closed)

    async def _show_clocks(self, before: Sequence[str]) -> None:
        """Where a decision began clocks, the cursor goes to them."""
        await self._reload()
        if self.shown is not None and set(self.shown.clocks) - set(before):
            self.list.select(CLOCKS)

    def disagree(self) -> None:
        """About the selected decision, or the discussion."""
        if self.read is not None:
            self.app.push_screen(DissentForm(self.read, self.decision))

    def tell_family(self) -> None:
        """What they are told."""
        if self.read is not None:
            self.app.push_screen(SharingForm(self.read))

    def take_back(self) -> None:
        """Ask about the selected decision."""
        decision = self.decision
        if decision is None or self.shown is None:
            return
        names = [child.name for child in self.shown.children if child.number in decision.children]
        how = "Both entries stay. Why? (may be left empty) Ctrl+S undoes it."
        said = [", ".join(names), decision.label, how]

        if self.read is None:
            return
        entry = standing(self.read.concern, decision.id)

        def undo(text: str) -> Withdraw:
            return Withdraw(entry=entry, reason=text)

        asked = Asked("UNDO THIS DECISION", said, undo, "undone")
        self.app.push_screen(TextForm(self.read, f"undo {decision.id}", asked))
