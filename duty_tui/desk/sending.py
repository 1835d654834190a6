"""Records through the service's relay, one message after the other, each recorded before the next one goes.

Blocking: the relay is waited for. Never called on an event loop or on a desk's own thread.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from duty_tui.clock import Clock
from duty_tui.desk.circulating import refused, sent
from duty_tui.desk.desk import Desk
from duty_tui.desk.packing import Parcel
from duty_tui.documents.mail import Letter
from duty_tui.documents.relay import Relay, hand_in, is_this_machine, refuse_unless_safe
from duty_tui.domain.circulation_events import CirculationEvent
from duty_tui.errors import DutyError, Refused
from duty_tui.views.circulation import Board

#: The password of the relay's user; never kept by the program.
PASSWORD = "DUTY_TUI_MAIL_PASSWORD"  # noqa: S105 - the name of a variable


class Outcome(NamedTuple):
    """What became of one message; `refused` is what the relay said, empty where it took it."""

    name: str
    refused: str


def relay_of(desk: Desk, password: str) -> Relay:
    """The service's relay. Raises Refused where nothing may go through it: none set, no TLS, no sender, practice."""
    mail = desk.books.service.mail
    relay = Relay(mail.relay, mail.port, mail.tls, mail.user, password)
    refuse_unless_safe(relay)
    if not mail.sender:
        raise Refused(
            "The service has set no sender, to whom what comes back would go.",
            entry="Nothing was sent.",
            do="Set one: duty-tui service mail --sender ADDRESS.",
        )
    if desk.store.meta("practice") == "yes" and not is_this_machine(relay.host):
        raise Refused("From the practice desk nothing is sent to a relay elsewhere.", entry="Nothing was sent.")
    return relay


def send_each(
    relay: Relay,
    board: Board,
    parcels: Sequence[tuple[Parcel, Letter]],
    clock: Clock,
    record: Callable[[CirculationEvent], object],
) -> Iterator[Outcome]:
    """Hand in each letter and `record` what became of it; says so before the next one goes.

    Raises Refused and NoRelay as `hand_in` does, and DutyError where what became of one could not be recorded.
    """
    letters = (made for _, made in parcels)
    for (parcel, _), done in zip(parcels, hand_in(relay, letters, clock()), strict=True):
        at = clock()
        event = refused(board, parcel.line, at, done.refused) if done.refused else sent(board, parcel, at, "smtp")
        try:
            record(event)
        except DutyError as error:
            raise DutyError(
                f"What became of the last message ({'refused' if done.refused else 'SENT'}) could not be recorded: "
                f"{error.what}",
                entry="What was recorded before stays recorded; nothing more was sent.",
                do="Record it by hand once the record can be written again.",
            ) from None
        yield Outcome(parcel.line.name, done.refused)
