"""The ways into a discussion's screens, for the queue, the concern, the call and one another: same letter everywhere.

The screen that offers one has `discussion_at()`: the concern under the cursor and the discussion meant (None: the one
going on, else the next), or None where nothing is selected.
"""

from __future__ import annotations

from typing import Any, ClassVar, Protocol

from textual.screen import Screen

from duty_tui.screens.call_open import Call
from duty_tui.screens.escalation_acts import Escalate
from duty_tui.screens.obligation_acts import Owed
from duty_tui.widgets.command import Command


class HasDiscussion(Protocol):
    """A screen that knows which concern and discussion are meant."""

    def discussion_at(self) -> tuple[str, int | None] | None:
        """The concern's id and the discussion's number; None where nothing is selected."""
        ...


class Opens(Command[Any, Any]):
    """Opens a screen of the discussion."""

    group: ClassVar[str] = "The discussion"

    def why_not(self, view: HasDiscussion) -> str | None:
        """Nothing is selected."""
        return None if view.discussion_at() else "No concern is selected: choose one with the arrow keys first."

    def run(self, screen: Any) -> None:
        """Open the screen, or change to it from another of the same discussion."""
        found = screen.discussion_at()
        if found is None:
            return
        wanted: Any = self.screen(*found)
        if isinstance(screen, type(wanted)):
            screen.refuse("You are there already.")
        elif getattr(screen, "gives_way", False):
            screen.app.switch_screen(wanted)
        else:
            screen.app.push_screen(wanted)

    def screen(self, concern_id: str, number: int | None) -> Screen[Any]:
        """The screen it opens."""
        raise NotImplementedError(concern_id, number)


class Who(Opens):
    """Who is here."""

    id, keys, label, title, priority = "discussion.who", "w", "who", "Who is here", 62
    help = "Open the attendance: who must be there, who came, the calls made to reach them."

    def screen(self, concern_id: str, number: int | None) -> Screen[Any]:
        """Attendance."""
        from duty_tui.screens.attendance import AttendanceScreen

        return AttendanceScreen(concern_id, number)


class Decisions(Opens):
    """What was decided."""

    id, keys, label, title, priority = "discussion.decisions", "d", "decide", "Decisions", 63
    help = "Open the decisions, child by child: tick them, give the reason, record disagreement."

    def screen(self, concern_id: str, number: int | None) -> Screen[Any]:
        """Decisions."""
        from duty_tui.screens.decisions import DecisionsScreen

        return DecisionsScreen(concern_id, number)


class Actions(Opens):
    """Who does what."""

    id, keys, label, title, priority = "discussion.actions", "a", "actions", "Actions", 64
    help = "Open the actions: who does what by when, for which children, and what is done."

    def screen(self, concern_id: str, number: int | None) -> Screen[Any]:
        """Actions."""
        from duty_tui.screens.actions import ActionsOfDiscussion

        return ActionsOfDiscussion(concern_id, number)


class Points(Opens):
    """What is still to be answered."""

    id, keys, label, title, priority = "discussion.points", "C", "points", "Agenda and checklist", 65
    help = "Open agenda and checklist; each point is answered where it stands."

    def screen(self, concern_id: str, number: int | None) -> Screen[Any]:
        """Points."""
        from duty_tui.screens.points import PointsScreen

        return PointsScreen(concern_id, number)


class Children(Opens):
    """Which children it is about."""

    id, keys, label, title, priority = "discussion.children", "B", "children", "Children of the discussion", 66
    help = "Open the children: drop one with a reason, add one late, ask about other children at risk."

    def screen(self, concern_id: str, number: int | None) -> Screen[Any]:
        """Children."""
        from duty_tui.screens.discussion_children import ChildrenScreen

        return ChildrenScreen(concern_id, number)


class Sign(Opens):
    """The records and their signatures."""

    id, keys, label, title, priority = "discussion.sign", "S", "sign", "Sign the records", 67
    help = "Open the records, one for each child: what they still lack, and who signed them."

    def screen(self, concern_id: str, number: int | None) -> Screen[Any]:
        """Records."""
        from duty_tui.screens.sign import RecordsScreen

        return RecordsScreen(concern_id, number)


class Circulation(Opens):
    """Who must have the records."""

    id, keys, label, title, priority = "discussion.circulation", "F", "circul.", "Circulate the records", 68
    help = "Open who must have the records: who has them, by hand or by email, who may not, what came back."

    def screen(self, concern_id: str, number: int | None) -> Screen[Any]:
        """The board."""
        from duty_tui.screens.circulation import CirculationScreen

        return CirculationScreen(concern_id, number)


class Agree(Opens):
    """Whether, when and how it is held."""

    id, keys, label, title, priority = "discussion.agree", "h", "hold", "Hold a discussion", 61
    help = "Decide to hold a discussion or none, book it, begin it, or record when it was held."

    def screen(self, concern_id: str, number: int | None) -> Screen[Any]:
        """The course of the discussion."""
        from duty_tui.screens.agree import CourseScreen

        return CourseScreen(concern_id, number)


class Orders(Opens):
    """Police protection and emergency protection orders."""

    id, keys, label, title, priority = "discussion.orders", "O", "orders", "Police protection or court order", 46
    help = "Record police protection or an Emergency Protection Order, from when and until when."
    shown = False

    def run(self, screen: Any) -> None:
        """Open the dialogue above the screen."""
        from duty_tui.screens.about_discussion import read_discussion
        from duty_tui.screens.orders import OrdersForm

        found = screen.discussion_at()

        if found is None:
            return
        wanted = read_discussion(found[0], found[1], screen.now())

        async def work() -> None:
            screen.app.push_screen(OrdersForm(await screen.session.ask(wanted)))

        screen.begin(work())


class AllActions(Command[Any, Any]):
    """Every open action, from the queue."""

    id, keys, label, title, priority = "queue.actions", "A", "actions", "Actions of all concerns", 47
    group = "Queue"
    help = "Show every action that is not done: all, yours, your agency's, overdue."
    shown = False

    def run(self, screen: Any) -> None:
        """Open the list."""
        from duty_tui.screens.actions import ActionsScreen

        screen.app.push_screen(ActionsScreen())


#: Every way in, for the list of commands of a screen that has `discussion_at`.
WAYS_IN: tuple[type[Command[Any, Any]], ...] = (
    *(Call, Agree, Who, Decisions, Actions, Points, Children, Sign, Circulation, Orders),
    *(Escalate, Owed),
)
