"""What can be done in a call, by function key while the hands are on the line."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from duty_tui.domain.call_line import bare_word
from duty_tui.widgets.command import Command

if TYPE_CHECKING:
    from duty_tui.screens.call import CallScreen

    class _Act(Command[CallScreen, CallScreen]):
        """An act of the call."""

else:
    _Act = Command


class _Begins(_Act):
    """Makes the line begin with a prefix; what is typed already stays behind it. Again, it opens all such lines."""

    group = "This line"
    prefix: ClassVar[str] = ""

    def run(self, screen: CallScreen) -> None:
        """Put the prefix before the text; where it stands there alone, open what has a screen of its own."""
        if bare_word(screen.entry.value) != bare_word(self.prefix) or not screen.open_in_full():
            screen.begin_with(self.prefix)


class Who(_Begins):
    """Somebody is here."""

    id, keys, label, title, priority, prefix = (
        "call.who",
        "f2",
        "who",
        "Somebody joins, leaves or sent apologies",
        11,
        "/w ",
    )
    help = "Begin a line about somebody: name, agency, job; or left, apologies and why, report. Again: the attendance."


class Decide(_Begins):
    """A decision."""

    id, keys, label, title, priority, prefix = "call.decide", "f3", "decide", "A decision", 12, "/d "
    help = "Begin a decision: its number or first words, the children, the reason. Again: all decisions."


class Act(_Begins):
    """An action."""

    id, keys, label, title, priority, prefix = "call.action", "f4", "action", "An action", 13, "/a "
    help = "Begin an action: who does what, by when; children named in it, else all of them. Again: all actions."


class Escalate(_Begins):
    """An escalation."""

    id, keys, label, title, priority, prefix = "call.escalate", "f8", "escalate", "Escalate", 16, "/e "
    help = "Begin a note marked as an escalation, which tells nobody. Again: the Need to Know and the other forms."


class Share(_Begins):
    """Sharing with the family."""

    id, keys, label, title, priority, prefix = "call.share", "", "share", "What the family is told", 50, "/s "
    help = "Begin what the family is told and when, or why it is withheld."
    shown = False


class Challenge(_Begins):
    """Dissent."""

    id, keys, label, title, priority, prefix = "call.challenge", "", "against", "Dissent or challenge", 51, "/x "
    help = "Begin what somebody says against a decision: who, a colon, what."
    shown = False


class Child(_Begins):
    """A child joins or leaves."""

    id, keys, label, title, priority, prefix = "call.child", "", "child", "A child joins or leaves", 52, "/c "
    help = "Begin a line about a child who is added to the discussion or dropped from it, with the reason."
    shown = False


class Answer(_Act):
    """Answer the next open point."""

    id, keys, label, title, group, priority = (
        "call.answer",
        "f5",
        "answer",
        "Answer the next open point",
        "This line",
        14,
    )
    help = "Begin the answer to the next point that is still open; again for the one after it."

    def why_not(self, view: CallScreen) -> str | None:
        """All are answered."""
        return None if view.open_points else "Every point is answered."

    def run(self, screen: CallScreen) -> None:
        """Put its number before the text."""
        screen.answer_next()


class Finish(_Act):
    """Record the line."""

    id, keys, label, title, group, priority = "call.record", "ctrl+s", "record", "Record the line", "This line", 55
    help = "Record the line as it is read; Enter does the same."
    shown = False

    def run(self, screen: CallScreen) -> None:
        """Record it."""
        screen.submit()


class End(_Act):
    """End the discussion."""

    id, keys, label, title, group, priority = "call.end", "f9", "end", "End it, then sign", "The call", 15
    help = (
        "See what is still open, say when it ended and whether another is needed; once it has ended, sign the records."
    )

    def run(self, screen: CallScreen) -> None:
        """Open the dialogue, or the records."""
        screen.end_call()


class Up(_Act):
    """Go to an earlier line."""

    id, keys, label, title, group, priority = "call.up", "up", "fix", "Go to an earlier line", "Lines recorded", 17
    help = "Mark the last line, then the one before it: Enter puts it right, Delete undoes it."

    def why_not(self, view: CallScreen) -> str | None:
        """Something is typed."""
        return view.why_no_picking

    def run(self, screen: CallScreen) -> None:
        """One line up."""
        screen.pick(-1)


class Down(_Act):
    """Go to a later line."""

    id, keys, label, title, group = "call.down", "down", "down", "Go to a later line", "Lines recorded"
    help = "Mark the line after the marked one; after the last, the line being typed."
    shown = False

    def why_not(self, view: CallScreen) -> str | None:
        """Something is typed."""
        return view.why_no_picking

    def run(self, screen: CallScreen) -> None:
        """One line down."""
        screen.pick(1)


class Undo(_Act):
    """Undo the marked line."""

    id, keys, label, title, group = "call.undo", "f12", "undo", "Undo the marked line", "Lines recorded"
    help = "Undo the marked line, or else your own last one, after asking; both stay in the history."

    def run(self, screen: CallScreen) -> None:
        """Ask."""
        screen.undo_line()


class Other(_Act):
    """The log, or everything else."""

    id, keys, label, title, group, priority = "call.other", "tab", "all", "Log, or all that is recorded", "The call", 18
    help = "Change between the log and the list of who is here, decisions, actions and points; PgUp and PgDn scroll it."

    def run(self, screen: CallScreen) -> None:
        """Change over."""
        screen.show_other()


class PageUp(_Act):
    """Scroll up."""

    id, keys, label, title, group = "call.page_up", "pageup", "page up", "A page up", "The call"
    help = "Scroll a page up; the line keeps the keys."
    shown = False

    def run(self, screen: CallScreen) -> None:
        """A page up."""
        screen.page(-1)


class PageDown(_Act):
    """Scroll down."""

    id, keys, label, title, group = "call.page_down", "pagedown", "page dn", "A page down", "The call"
    help = "Scroll a page down; the line keeps the keys."
    shown = False

    def run(self, screen: CallScreen) -> None:
        """A page down."""
        screen.page(1)


#: Everything that can be done in a call, in the order of help.
ACTS = (
    Who, Decide, Act, Answer, Escalate, Share, Challenge, Child, Finish, End, Up, Down, Undo, Other, PageUp, PageDown,
)  # fmt: skip
