"""What is done on the board of a record: by hand, relay, drafts, receipts, addresses; or that it went elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from duty_tui.widgets.command import Command

if TYPE_CHECKING:
    from duty_tui.screens.circulation import CirculationScreen


class _OnOne(Command[Any, Any]):
    group: ClassVar[str] = "Circulation"

    def why_not(self, view: CirculationScreen) -> str | None:
        """Somebody must be selected who may have it."""
        line = view.chosen
        if line is None:
            return "Nobody is selected."
        return line.receiving.barred or None


class ByHand(_OnOne):
    """They got it another way."""

    id, keys, label, title, priority = "board.by_hand", "enter", "by hand", "They got it by hand", 1
    help = "Record that the person under the cursor got the records, how and when: on paper, through a portal."

    def run(self, screen: CirculationScreen) -> None:
        """Ask how."""
        screen.ask_how()


def _going_out(view: CirculationScreen) -> str | None:
    """Why nothing else is begun while messages go out: a second round would write to the same people again."""
    if view.sending is not None:
        return "Messages are going out now; Escape stops after the one on its way."
    return None


class Got(_OnOne):
    """They said that they have it."""

    id, keys, label, title, priority = "board.got", "k", "ackn.", "They have it", 4
    help = "Record that the person under the cursor said, now, that what was sent has arrived."

    def why_not(self, view: CirculationScreen) -> str | None:
        """Something must have gone, and nothing be going out."""
        if going := _going_out(view):
            return going
        line = view.chosen
        if line is not None and line.state in ("owed", "may"):
            return "Nothing was sent to them yet."
        return super().why_not(view)

    def run(self, screen: CirculationScreen) -> None:
        """Record it."""
        screen.got()


def _nobody_to_write_to(view: CirculationScreen) -> str | None:
    if going := _going_out(view):
        return going
    if view.making:
        return "The documents are being made; nothing else can be begun before that."
    if view.board is None:
        return "The board is still being read."
    if not (view.board.waiting or view.board.outdated):
        return "Everybody who must have the records has them as they are."
    if not view.to_write():
        return "No address is known of those who wait: hand it over, or note their address (p)."
    return None


class Drafts(Command[Any, Any]):
    """An email to everybody who waits."""

    id, keys, label, title, priority = "board.drafts", "m", "drafts", "Write emails as drafts", 2
    group = "Circulation"
    help = (
        "Write an email to everybody who must have the records and has not, or has an earlier version, as a file "
        "that your mail program opens. Those outside the secure domains are asked about."
    )

    def why_not(self, view: CirculationScreen) -> str | None:
        """Somebody must wait whose address is known."""
        return _nobody_to_write_to(view)

    def run(self, screen: CirculationScreen) -> None:
        """Write them."""
        screen.write_drafts()


class Sent(Command[Any, Any]):
    """The drafts were sent."""

    id, keys, label, title, priority = "board.sent", "s", "sent", "The drafts were sent", 3
    group = "Circulation"
    help = "Record that the emails that were drafted have been sent from your mail program, now."

    def why_not(self, view: CirculationScreen) -> str | None:
        """Some must wait to be sent, and nothing be going out."""
        if going := _going_out(view):
            return going
        lines = view.board.lines if view.board else ()
        return None if any(line.state == "drafted" for line in lines) else "No drafted email waits to be sent."

    def run(self, screen: CirculationScreen) -> None:
        """Record it."""
        screen.sent()


class Send(Command[Any, Any]):
    """Through the relay."""

    id, keys, label, title, priority = "board.send", "x", "send", "Send through the relay", 2
    group = "Circulation"
    help = (
        "Send the records through the service's mail relay to everybody who must have them and has not, or has an "
        "earlier version; reads back to whom first. Escape stops after the message that is on its way."
    )

    def why_not(self, view: CirculationScreen) -> str | None:
        """Somebody must wait whose address is known, and there must be a relay."""
        if view.sending is None and view.board is not None and not view.relay:
            return "The service has set no mail relay (duty-tui service mail --relay): m writes drafts instead."
        return _nobody_to_write_to(view)

    def run(self, screen: CirculationScreen) -> None:
        """Read back to whom."""
        screen.send()


class Receipts(Command[Any, Any]):
    """What came back."""

    id, keys, label, title, priority = "board.receipts", "r", "receipts", "Read receipts", 4
    group = "Circulation"
    help = "Read delivery and read receipts that were saved as .eml: one file, or all of a folder."

    def why_not(self, view: CirculationScreen) -> str | None:
        """Something must have gone by email."""
        if view.board is None:
            return "The board is still being read."
        gone = any(line.messages for line in view.board.lines)
        return None if gone else "No email went to anybody yet, so no receipt can be about one."

    def run(self, screen: CirculationScreen) -> None:
        """Ask which file."""
        screen.read_receipts()


class Address(_OnOne):
    """Where they are written to."""

    id, keys, label, title, priority = "board.address", "p", "address", "Note their email address", 6
    help = "Note the email address of the person under the cursor; the desk offers it the next time, too."

    def run(self, screen: CirculationScreen) -> None:
        """Ask for it."""
        screen.ask_address()


class Elsewhere(Command[Any, Any]):
    """It was circulated in another system."""

    id, keys, label, title, priority = "board.elsewhere", "t", "happened", "Circulated in another way", 5
    group = "Circulation"
    help = "Record that the records were circulated, and when, where that was not done person by person here."

    def why_not(self, view: CirculationScreen) -> str | None:
        """A policy must still wait for it."""
        if view.owed is None:
            return "No adopted policy waits for it now."
        return None

    def run(self, screen: CirculationScreen) -> None:
        """Ask when."""
        screen.elsewhere()


ACTS: tuple[type[Command[Any, Any]], ...] = (ByHand, Send, Drafts, Sent, Receipts, Got, Address, Elsewhere)
