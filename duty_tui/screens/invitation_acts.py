"""What is done with the invitations to a discussion, and the way to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from duty_tui.widgets.command import Command

if TYPE_CHECKING:
    from duty_tui.screens.invitations import InvitationsScreen


class _Act(Command[Any, Any]):
    group: ClassVar[str] = "Invitations"

    def why_not(self, view: InvitationsScreen) -> str | None:
        """Not before it has been read."""
        return view.why_not_now()


class Edit(_Act):
    """Somebody who is asked."""

    id, keys, label, title, priority = "invite.edit", "enter", "open", "Name, part and address", 2
    help = "Change the name, the part, the agency or the email address of the person under the cursor."

    def why_not(self, view: InvitationsScreen) -> str | None:
        """Only on somebody."""
        return super().why_not(view) or (None if view.chosen else "Nobody is selected.")

    def run(self, screen: InvitationsScreen) -> None:
        """Open the form."""
        screen.open_form(screen.chosen)


class Add(_Act):
    """Somebody more."""

    id, keys, label, title, priority = "invite.add", "p,plus", "person", "Ask somebody", 3
    help = "Record that somebody is asked to the discussion, with their email address; people met before are offered."

    def run(self, screen: InvitationsScreen) -> None:
        """Open an empty form."""
        screen.open_form(None)


class Write(_Act):
    """Invitations."""

    id, keys, label, title, priority = "invite.write", "m", "write", "Write the invitations", 1
    help = (
        "Write an .ics file for everybody whose address is known, into the folder for documents; once another time "
        "is booked, its update. Those outside the secure domains are asked about."
    )

    def why_not(self, view: InvitationsScreen) -> str | None:
        """A time must be booked, and somebody's address known."""
        if why := super().why_not(view) or view.why_none:
            return why
        can = any(one.invitation for one in view.invited)
        return None if can else "No address is known of anybody who is asked: Enter notes it."

    def run(self, screen: InvitationsScreen) -> None:
        """Read back to whom."""
        screen.write(cancelled=False)


class CallOff(Write):
    """Cancellations."""

    id, keys, label, title, priority = "invite.cancel", "x", "call off", "Write cancellations", 6
    help = "Write an .ics file for everybody that takes the discussion out of their calendar; nothing else is recorded."

    def run(self, screen: InvitationsScreen) -> None:
        """Read back to whom."""
        screen.write(cancelled=True)


class Answers(_Act):
    """What they answered."""

    id, keys, label, title, priority = "invite.answers", "r", "answers", "Read answers", 4
    help = "Read answers that were saved as .ics or .eml: one file, or all of a folder. Expected is never attended."

    def why_not(self, view: InvitationsScreen) -> str | None:
        """A time must be booked."""
        return super().why_not(view) or view.why_none or None

    def run(self, screen: InvitationsScreen) -> None:
        """Ask which file."""
        screen.read_answers()


class Invitations(Command[Any, Any]):
    """From who is here to who is asked."""

    id, keys, label, title, priority = "who.invitations", "m", "invite", "Invitations", 11
    group = "Attendance"
    help = "Who is asked, with their addresses: write invitations for calendars, their updates, and read the answers."

    def run(self, screen: Any) -> None:
        """Open them in the place of the attendance."""
        from duty_tui.screens.invitations import InvitationsScreen

        screen.app.push_screen(InvitationsScreen(screen.concern_id, screen.number))


ACTS: tuple[type[Command[Any, Any]], ...] = (Write, Edit, Add, Answers, CallOff)
