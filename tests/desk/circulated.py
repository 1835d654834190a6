"""A discussion whose record is to go to six people, in a few words, for tests."""

from __future__ import annotations

from typing import Any

from duty_tui.desk.circulation import board_of
from duty_tui.desk.desk import Desk
from duty_tui.domain.circulation_commands import Circulate
from duty_tui.domain.circulation_events import CirculationEvent
from duty_tui.domain.decision_events import RecordSigned
from duty_tui.domain.discussion_event import DiscussionEvent
from duty_tui.domain.discussion_events import PersonInvited
from duty_tui.views.circulation import Board
from tests.desk.conftest import Hands
from tests.discussions import CONCERN, QUARTER_PAST, at_desk, began, ended, person


def asked(name: str = "Di Ray", role: str = "health", **known: Any) -> PersonInvited:
    return PersonInvited(**{"discussion": 1, "name": name, "role": role, **known})


#: Ann chairs, Hale and Kaur take part, Ray sends apologies, Lund a report, Webb was asked and nothing was heard.
PEOPLE: tuple[DiscussionEvent, ...] = (
    asked("Di Ray", agency="NHS Trust", contact="di.ray@nhs.net"),
    asked("Jo Webb", "education", agency="Hollin School", contact="office@hollin.example"),
    began((1, 2)),
    person("Ann Osei", "sw_manager", job="Duty manager", agency="Children's social care"),
    person("PC Hale"),
    asked("PC Hale", "police", agency="Police", contact="Hale <pc.hale@north.police.uk>, 0161 496 0000"),
    person("Sam Kaur", "hospital_clinician", job="Paediatrician", agency="NHS Trust"),
    person("Di Ray", "health", job="", agency="NHS Trust", standing="apologies", reason="ill"),
    person("P. Lund", "education", job="Head of year", agency="Hollin School", standing="report"),
    ended(),
)
SIX = ("Ann Osei", "Di Ray", "Jo Webb", "P. Lund", "PC Hale", "Sam Kaur")


def met(desk: Desk, hands: Hands, *more: DiscussionEvent, sign: bool = True) -> Board:
    """The discussion was held about two children, and their records signed."""
    hands.now = QUARTER_PAST
    at_desk(desk, *PEOPLE[:-1])
    hands.on(minutes=30)
    at_desk(desk, PEOPLE[-1], *more)
    if sign:
        at_desk(desk, RecordSigned(discussion=1, child=1), RecordSigned(discussion=1, child=2))
    return board(desk)


def board(desk: Desk) -> Board:
    """The board as it stands now."""
    return board_of(desk, CONCERN, desk.clock())


def took(desk: Desk, *events: CirculationEvent) -> Board:
    """The board once these steps were recorded."""
    desk.do(CONCERN, Circulate(each=events))
    return board(desk)
