"""Actions: of one discussion, and of every open concern for whoever must see that they are done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from duty_tui.desk.actions import action_list
from duty_tui.desk.desk import Desk
from duty_tui.desk.directory import people_like
from duty_tui.domain.discussion import Action
from duty_tui.domain.text import fold
from duty_tui.domain.times import due_words
from duty_tui.screens.action_form import ActionForm, DoneForm
from duty_tui.screens.concern_list import Draw, Item, ItemList
from duty_tui.screens.desk_screen import DeskScreen
from duty_tui.screens.discussion_screen import DiscussionList
from duty_tui.views.discussion import ActionLine, DiscussionView
from duty_tui.widgets.command import Command
from duty_tui.widgets.command_screen import Back, Help, Palette
from duty_tui.widgets.footer import KeyHints
from duty_tui.widgets.safe import Part, content, elide, fit
from duty_tui.widgets.statusline import StatusLine
from duty_tui.widgets.title_bar import TitleBar
from duty_tui.widgets.wrapping import wrap

if TYPE_CHECKING:
    from duty_tui.desk.session import Changes

_FORMS = {"medical": "MEDICAL ", "interview": "INTERVIEW "}
_DUE_CELLS = 22


class _Act(Command[Any, Any]):
    group = "Actions"

    def why_not(self, view: ActionsOfDiscussion) -> str | None:
        """Not before the discussion began."""
        return view.why_not_now(begun=True)


class _OnAction(_Act):
    def why_not(self, view: ActionsOfDiscussion) -> str | None:
        """An action must be selected."""
        return super().why_not(view) or (None if view.action else "No action is selected; p writes one.")


class Add(_Act):
    """A new action."""

    id, keys, label, title, priority = "action.add", "p", "action", "Add an action", 2
    help = "Write an action: what, who, by when, for which children, what if it fails, how it is checked."

    def run(self, screen: ActionsOfDiscussion) -> None:
        """Open an empty form."""
        screen.open_form(None)


class Edit(_OnAction):
    """Put it right."""

    id, keys, label, title, priority = "action.edit", "enter", "open", "Put the action right", 4
    help = "Open the selected action and put it right; what it was before stays in the timeline."

    def run(self, screen: ActionsOfDiscussion) -> None:
        """Open its form."""
        screen.open_form(screen.action)


class Done(_OnAction):
    """It is done."""

    id, keys, label, title, priority = "action.done", "t", "done", "The action is done", 3
    help = "Record for which children the selected action is done, when, and how that is known."

    def why_not(self, view: ActionsOfDiscussion) -> str | None:
        """Not when it is done for everybody."""
        action = view.action
        waiting = action is not None and set(action.children) - set(action.done)
        return super().why_not(view) or (None if waiting else "It is done for every child already.")

    def run(self, screen: ActionsOfDiscussion) -> None:
        """Ask for whom."""
        screen.done()


class ActionsOfDiscussion(DiscussionList):
    """The actions of one discussion, with what each still lacks and for whom it is done."""

    HEADING = "ACTIONS"
    HELP = "An action says who does what by when. What it lacks stands under it; t records that it is done."
    NOTHING = "No action is recorded yet; p writes one."
    ACTS: ClassVar[Any] = (Add, Edit, Done)

    def items(self, view: DiscussionView) -> Sequence[Item]:
        """One item an action."""
        return [Item(line.id, action_drawing(line)) for line in view.actions]

    @property
    def action(self) -> Action | None:
        """The action under the cursor."""
        found = self.read.discussion.actions if self.read else ()
        return next((one for one in found if one.id == self.selected), None)

    def open_form(self, action: Action | None) -> None:
        """A new action, or one to be put right."""
        if self.read is not None:
            self.app.push_screen(ActionForm(self.read, action))

    def done(self) -> None:
        """For whom the selected action is done."""
        if self.read is not None and self.action is not None:
            self.app.push_screen(DoneForm(self.read, self.action))


def action_drawing(line: ActionLine, about: str = "") -> Draw:
    """An action in a list: by when and what, and who for whom under it; selected with what it lacks."""
    waiting = sorted(set(line.children) - set(line.done))
    state, style = _state(line, bool(waiting))

    def draw(cells: int, selected: bool) -> list[Content]:
        mark = "▸ " if selected else "  "
        room = max(8, cells - _DUE_CELLS - 3)
        what = wrap(_FORMS.get(line.form, "") + line.what, room, 3 if selected else 1)
        drawn = [content(mark, (fit(state, _DUE_CELLS), style), " ", (what[0], "bold" if selected else ""))]
        margin = " " * (_DUE_CELLS + 3)
        drawn += [content(margin, words) for words in what[1:]]
        who = ", ".join(filter(None, (line.who or "NOBODY NAMED", line.agency)))
        drawn.append(
            content(margin, (elide(" · ".join(filter(None, (about, who, f"for {line.whom}"))), room), "$faint"))
        )
        if selected and line.done and waiting:
            drawn.append(content(margin, (elide(f"done for {len(line.done)} of {len(line.children)}", room), "$faint")))
        if selected and line.lacks:
            lacks = wrap("still to say: " + ", ".join(line.lacks), room, 2)
            drawn += [content(margin, (words, "bold $soon")) for words in lacks]
        return drawn

    return draw


def _state(line: ActionLine, waiting: bool) -> tuple[str, str]:
    if not waiting:
        return "✓ done", "$good"
    if line.overdue and line.due:
        return f"LATE {_short(line.due)}", "bold $bad"
    return (_short(line.due), "") if line.due else ("no time set", "bold $soon")


def _short(due: datetime) -> str:
    """`end of Fri 20 Nov` or `Fri 20 Nov 17:00`."""
    words = due_words(due).split()
    return " ".join(word for word in words if not (len(word) == 4 and word.isdecimal()))  # noqa: PLR2004 (the year)


# ----------------------------------------------------------------------------------------------- of every open concern

_VIEWS: tuple[tuple[str, str], ...] = (("all", "All"), ("mine", "Mine"), ("agency", "My agency's"), ("late", "Overdue"))


class _Show(Command[Any, Any]):
    group = "Show"
    view: ClassVar[str] = "all"

    def run(self, screen: ActionsScreen) -> None:
        """Show them."""
        screen.show_view(self.view)


class ShowAll(_Show):
    """All open actions."""

    id, keys, label, title, priority = "actions.all", "1", "all", "All actions", 3
    help = "Show every action of an open concern that is not done."


class ShowMine(_Show):
    """Mine."""

    id, keys, label, title, priority = "actions.mine", "2", "mine", "My actions", 4
    help = "Show the actions that are yours by name."
    view = "mine"


class ShowAgency(_Show):
    """My agency's."""

    id, keys, label, title, priority = "actions.agency", "3", "agency", "My agency's actions", 5
    help = "Show the actions of the agency for which you sat at a discussion."
    view = "agency"


class ShowLate(_Show):
    """Overdue."""

    id, keys, label, title, priority = "actions.late", "4", "overdue", "Overdue actions", 6
    help = "Show the actions whose time has passed."
    view = "late"


class OpenIt(Command[Any, Any]):
    """Open the actions of that discussion."""

    id, keys, label, title, priority = "actions.open", "enter", "open", "Open its discussion", 2
    group = "Actions"
    help = "Open the actions of the discussion at which it was agreed, with the cursor on it."

    def why_not(self, view: ActionsScreen) -> str | None:
        """One must be selected."""
        return None if view.chosen else "No action is selected."

    def run(self, screen: ActionsScreen) -> None:
        """Open them."""
        screen.open_chosen()


class ActionsScreen(DeskScreen[None]):
    """What was agreed anywhere and is not done: all, mine, my agency's, overdue. Opened from the queue."""

    DEFAULT_CSS = """
    ActionsScreen { layout: vertical; background: $background; }
    ActionsScreen #about { height: 1; padding: 0 1; background: $panel; }
    ActionsScreen ItemList { height: 1fr; }
    """
    HEADING = "ACTIONS"
    HELP = "Every action of an open concern that is not done for all its children, the earliest first."
    ACTS: ClassVar[Any] = (OpenIt, ShowAll, ShowMine, ShowAgency, ShowLate, Back, Help, Palette)

    def __init__(self) -> None:
        super().__init__()
        self._view = "all"
        self._found: dict[str, Sequence[ActionLine]] = {}
        self._families: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        """The bar, which are shown, the list, what came of the last act, the keys."""
        yield TitleBar()
        yield Static(id="about")
        yield ItemList(id="list", empty="Nothing that was agreed is waiting to be done here.")
        yield StatusLine()
        yield KeyHints()

    def on_mount(self) -> None:
        """Read them."""
        self.query_one(ItemList).focus()
        self.reload()

    def reload(self) -> None:
        """Read them anew."""
        self.begin(self._reload(), alone="reload")

    async def _reload(self) -> None:
        now = self.now()
        found = await self.ask(lambda desk: _read(desk, now))
        if found is not None:
            self._found, self._families = found
            self._draw()

    def on_changes(self, changes: Changes) -> None:
        """Somebody recorded something, here or elsewhere."""
        if changes.rows or changes.everything:
            self.reload()

    def show_view(self, view: str) -> None:
        """Show others."""
        self._view = view
        self._draw()

    def _draw(self) -> None:
        parts: list[Part] = []
        for at, (name, label) in enumerate(_VIEWS, 1):
            words = f" {at} {label} {len(self._found.get(name, ()))} "
            parts.append((words, "bold reverse" if name == self._view else ""))
        self.query_one("#about", Static).update(content(*parts))
        shown = self._found.get(self._view, ())
        about = {line.concern: f"{line.reference} {self._families.get(line.concern, '')}" for line in shown}
        items = [Item(_key(line), action_drawing(line, about[line.concern])) for line in shown]
        self.query_one(ItemList).show(items)
        self.refresh_commands()

    @property
    def chosen(self) -> ActionLine | None:
        """The action under the cursor."""
        key = self.query_one(ItemList).key
        return next((line for line in self._found.get(self._view, ()) if _key(line) == key), None)

    def open_chosen(self) -> None:
        """The actions of its discussion."""
        if self.chosen is not None:
            line = self.chosen
            self.app.push_screen(ActionsOfDiscussion(line.concern, line.discussion, line.id))


def _key(line: ActionLine) -> str:
    return f"{line.concern}/{line.discussion}/{line.id}"


def _read(desk: Desk, at: datetime) -> tuple[dict[str, Sequence[ActionLine]], dict[str, str]]:
    """The actions of each view, and the family of each concern."""
    me = fold(desk.actor)
    agency = next((one.agency for one in people_like(desk, desk.actor) if one.name_key == me and one.agency), None)
    found: dict[str, Sequence[ActionLine]] = {
        "all": action_list(desk, at=at),
        "mine": action_list(desk, at=at, who=desk.actor),
        "agency": action_list(desk, at=at, agency=agency) if agency else (),
        "late": action_list(desk, at=at, overdue=True),
    }
    rows = {line.concern: desk.row(line.concern) for line in found["all"]}
    return found, {concern: row.family or row.concern for concern, row in rows.items() if row}
