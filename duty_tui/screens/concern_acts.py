"""What can be done on a concern's screen, one class each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from duty_tui.screens.concern_parts import CHILDREN, TIMELINE
from duty_tui.screens.discussion_acts import WAYS_IN
from duty_tui.screens.document_acts import PrintSet, ReadSet
from duty_tui.widgets.command import Command

if TYPE_CHECKING:
    from duty_tui.screens.concern import ConcernScreen

_LOADING = "The concern is still being read."


class _Act(Command["ConcernScreen", "ConcernScreen"]):
    group = "This concern"

    def why_not(self, view: ConcernScreen) -> str | None:
        """Not before it has been read."""
        return _LOADING if view.concern is None else None


class _OnOpen(_Act):
    def why_not(self, view: ConcernScreen) -> str | None:
        """Not on a closed concern."""
        reason = super().why_not(view)
        if reason is None and view.concern is not None and view.concern.closed is not None:
            return "The concern is closed; X reopens it."
        return reason


class Owner(_OnOpen):
    """Take it on, or hand it over."""

    id, keys, label, priority = "concern.owner", "o", "owner", 12
    help = "Take the concern on, hand it over, or give it back to nobody."

    def run(self, screen: ConcernScreen) -> None:
        """Ask who."""
        screen.choose_owner()


class Note(_Act):
    """Write something down."""

    id, keys, label, priority = "concern.note", "m", "note", 11
    help = "Write something down on the concern."

    def run(self, screen: ConcernScreen) -> None:
        """Open a text."""
        screen.add_note()


class Happened(_OnOpen):
    """Record that something happened."""

    id, keys, label, title, priority = "concern.happened", "t", "happened", "Record that something happened", 10
    help = "Record that something of the policy's list took place, and when: a discussion held, a child seen."

    def run(self, screen: ConcernScreen) -> None:
        """Choose what, when and whom."""
        screen.record_milestone()


class Close(_OnOpen):
    """Close it."""

    id, keys, label, title, priority = "concern.close", "x", "close", "Close the concern", 16
    help = "Take the concern out of the queue, with the reason; asks and names the children."

    def run(self, screen: ConcernScreen) -> None:
        """Ask for the reason."""
        screen.close_concern()


class Reopen(_Act):
    """Reopen it."""

    id, keys, label, title, priority = "concern.reopen", "X", "reopen", "Reopen the concern", 40
    help = "Put a closed concern back into the queue, with the reason."
    shown = False

    def why_not(self, view: ConcernScreen) -> str | None:
        """Only a closed one."""
        reason = super().why_not(view)
        return reason or ("The concern is open." if view.concern and view.concern.closed is None else None)

    def run(self, screen: ConcernScreen) -> None:
        """Ask for the reason."""
        screen.reopen_concern()


class Why(_Act):
    """Why it stands where it stands."""

    id, keys, label, priority = "concern.why", "W", "why", 9
    help = "Say why the concern stands where it stands, and what another answer or time would change."

    def run(self, screen: ConcernScreen) -> None:
        """Open WHY."""
        screen.open_why()


class Undo(_Act):
    """Undo an entry."""

    id, keys, label, title, priority = "concern.undo", "u", "undo", "Undo an entry", 14
    help = "Undo the entry selected in the timeline, elsewhere your own last one; asks first, and both entries stay."

    def run(self, screen: ConcernScreen) -> None:
        """Ask, then withdraw."""
        screen.undo()


class Copy(_Act):
    """Copy a clean line."""

    id, keys, label, title, priority = "concern.copy", "y", "copy", "Copy a line", 45
    help = "Copy reference, children, due and owner as one line without frames."
    shown = False

    def run(self, screen: ConcernScreen) -> None:
        """Copy it."""
        screen.copy_line()


class Correct(_Act):
    """Put right what was taken down."""

    id, keys, label, title, priority = "concern.correct", "f", "fix", "Fix what was taken down", 15
    help = "Correct when it was received or identified, the caller, or what happened, with the reason."

    def run(self, screen: ConcernScreen) -> None:
        """Open the form."""
        screen.correct()


class Restrict(_Act):
    """Say who may see it."""

    id, keys, label, title, priority = "concern.restrict", "R", "restrict", "Restrict to named people", 46
    help = "Let only named people see the concern, change who they are, or lift that; each asks and needs a reason."
    shown = False

    def run(self, screen: ConcernScreen) -> None:
        """Ask who."""
        screen.restrict()


class AddChild(_Act):
    """Add a child."""

    id, keys, label, title, priority = "concern.child", "b", "child", "Add a child", 44
    help = "Add a child to the concern, a brother or a sister found out later."
    shown = False

    def run(self, screen: ConcernScreen) -> None:
        """Ask for the line."""
        screen.edit_child(None)


class Open(_Act):
    """Open what is selected."""

    id, keys, label, title, priority = "concern.open", "enter", "open", "Open what is selected", 43
    help = "Correct the selected child, or open the possible duplicate."
    shown = False

    def why_not(self, view: ConcernScreen) -> str | None:
        """Only where there is something to open."""
        reason = super().why_not(view)
        if reason is None and view.duplicate == "":
            return "That concern is restricted to named people."
        if reason is None and view.part != CHILDREN and view.duplicate is None:
            return "There is nothing to open here." if view.part != TIMELINE else "u undoes the selected entry."
        return reason

    def run(self, screen: ConcernScreen) -> None:
        """The child, or the duplicate."""
        screen.open_selected()


class NextPart(Command["ConcernScreen", "ConcernScreen"]):
    """The next part."""

    id, keys, label, title, priority = "concern.next", "tab,right", "next", "Next part", 5
    group = "Parts"
    help = "Show the next part: now, questions, clocks, children, timeline."

    def run(self, screen: ConcernScreen) -> None:
        """One on, round."""
        screen.show_part(screen.part + 1)


class PartBefore(Command["ConcernScreen", "ConcernScreen"]):
    """The part before."""

    id, keys, label, title, priority = "concern.before", "shift+tab,left", "before", "Part before", 41
    group = "Parts"
    help = "Show the part before this one."
    shown = False

    def run(self, screen: ConcernScreen) -> None:
        """One back, round."""
        screen.show_part(screen.part - 1)


#: Everything that can be done on the screen, in the order of help.
ACTS = (
    NextPart, PartBefore, Why, Happened, Note, Owner, Undo, Correct, Close, Reopen, AddChild, Open, Copy, Restrict,
    PrintSet, ReadSet, *WAYS_IN,
)  # fmt: skip
