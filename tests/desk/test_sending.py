"""Records through the relay: what may be sent at all, and that each message is recorded before the next one goes."""

from __future__ import annotations

import pytest

from duty_tui.desk.circulating import chosen
from duty_tui.desk.desk import Desk
from duty_tui.desk.packing import letter, parcels
from duty_tui.desk.sending import Outcome, relay_of, send_each
from duty_tui.documents.relay import Relay
from duty_tui.domain.circulation_commands import Circulate
from duty_tui.domain.circulation_events import CirculationEvent
from duty_tui.domain.service_people import MailSet
from duty_tui.errors import DutyError, Refused, Unavailable
from tests.desk.circulated import board, met
from tests.desk.conftest import Hands
from tests.discussions import CONCERN
from tests.documents.test_relay import Box, serving

HERE = MailSet(relay="127.0.0.1", port=2525, tls="none", sender="duty@north.gov.uk", user="duty")


def test_the_relay_is_what_the_service_set_with_the_password_it_never_keeps(desk: Desk) -> None:
    desk.decide([HERE])
    assert relay_of(desk, "secret") == Relay("127.0.0.1", 2525, "none", "duty", "secret")
    assert b"secret" not in b"".join((entry.body or "").encode() for entry in desk.store.since(0))


@pytest.mark.parametrize(
    ("settings", "practice", "why"),
    [
        (MailSet(sender="duty@north.gov.uk"), "no", "has set no mail relay"),
        (MailSet(relay="mail.north.gov.uk", tls="none", sender="d@north.gov.uk"), "no", "Without TLS"),
        (MailSet(relay="mail.north.gov.uk", tls="tls"), "no", "has set no sender"),
        (MailSet(relay="mail.north.gov.uk", tls="tls", sender="d@north.gov.uk"), "yes", "From the practice desk"),
    ],
)
def test_what_may_not_be_sent_is_refused_before_anything_is_made(
    desk: Desk, settings: MailSet, practice: str, why: str
) -> None:
    desk.decide([settings])
    desk.store.set_meta("practice", practice)
    with pytest.raises(Refused, match=why):
        relay_of(desk, "")


def test_each_is_recorded_before_the_next_one_goes(desk: Desk, hands: Hands) -> None:
    found = met(desk, hands)
    box = Box(unknown=("office",))
    taken_when_recorded: list[int] = []

    def record(event: CirculationEvent) -> None:
        taken_when_recorded.append(len(box.taken))
        desk.do(CONCERN, Circulate(each=(event,)))

    made = parcels(desk, found, chosen(found, ["Di Ray", "Jo Webb", "PC Hale"]), hands.now, form="txt")
    pairs = [(one, letter(desk, found, one)) for one in made]
    with serving(box) as relay:
        done = list(send_each(relay, found, pairs, hands, record))
    assert [(one.name, bool(one.refused)) for one in done] == [("Di Ray", False), ("Jo Webb", True), ("PC Hale", False)]
    assert done[0] == Outcome("Di Ray", "")
    assert taken_when_recorded == [1, 1, 2]
    states = {line.name: line.state for line in board(desk).lines}
    assert (states["Di Ray"], states["Jo Webb"], states["PC Hale"]) == ("sent", "refused", "sent")


def test_what_went_and_cannot_be_recorded_is_said_and_nothing_more_goes(desk: Desk, hands: Hands) -> None:
    found = met(desk, hands)
    box = Box()

    def full(_event: CirculationEvent) -> None:
        raise Unavailable("The disk is full.")

    made = parcels(desk, found, chosen(found, ["Di Ray", "PC Hale"]), hands.now, form="txt")
    with serving(box) as relay, pytest.raises(DutyError, match=r"\(SENT\) could not be recorded: The disk is full"):
        list(send_each(relay, found, [(one, letter(desk, found, one)) for one in made], hands, full))
    assert len(box.taken) == 1
