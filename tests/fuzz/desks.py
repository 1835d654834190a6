"""Desks in memory that files are read into, made anew now and then; nothing of a refused file may stay in them."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from itertools import count

from duty_tui.desk.circulating import chosen, received, sent
from duty_tui.desk.desk import Desk
from duty_tui.desk.importing import import_referrals
from duty_tui.desk.inviting import answered, invited
from duty_tui.desk.packing import parcels
from duty_tui.documents.invitation import answers_in
from duty_tui.documents.receipt import receipts_in
from duty_tui.domain.circulation_commands import Circulate
from duty_tui.domain.discussion_events import DiscussionAgreed, DiscussionBooked
from duty_tui.errors import DutyError
from duty_tui.exchange.reading import open_referrals
from duty_tui.store.memory import MemoryStore
from duty_tui.wiring import default_adoptions
from tests.desk.circulated import asked, board, met, took
from tests.desk.conftest import Hands, make_desk
from tests.discussions import CONCERN, QUARTER_PAST, at_desk

#: So many files, then a fresh desk.
_FILES = 100


def _desk() -> tuple[Desk, Hands]:
    hands = Hands()
    desk = make_desk(MemoryStore(), hands)
    desk.decide(default_adoptions(hands.now.date()))
    return desk, hands


def all_or_nothing(make: Callable[[], Desk], take: Callable[[Desk, bytes], None]) -> Callable[[bytes], None]:
    """Reads a file into a desk; a refused one must leave its journal as it was, and a taken one must verify."""
    numbers, kept = count(), list[Desk]()

    def read(data: bytes) -> None:
        if next(numbers) % _FILES == 0:
            kept[:] = [make()]
        [desk] = kept
        before = desk.store.head()
        try:
            take(desk, data)
        except DutyError:
            assert desk.store.head() == before, "half of it was recorded"
            raise
        assert desk.store.verify(before, whole=False) == desk.store.head()

    return read


# -- referrals


def empty_desk() -> Desk:
    """Nothing in it but the default policies."""
    return _desk()[0]


def import_into(desk: Desk, data: bytes) -> None:
    """As `duty-tui import` does."""
    file = open_referrals(io.BytesIO(data), questions=desk.rulebook.vocabulary.fact)
    report = import_referrals(desk, file)
    assert report.added + report.already == len(file.referrals)
    for row in desk.rows():
        desk.concern(row.id)


# -- receipts


def circulated_desk() -> Desk:
    """A record went by email to everybody whose address is known."""
    desk, hands = _desk()
    found = met(desk, hands)
    lines = [line for line in chosen(found) if line.address]
    packed = parcels(desk, found, lines, desk.clock(), form="txt")
    took(desk, *(sent(found, one, desk.clock(), "smtp") for one in packed))
    return desk


def take_receipts(desk: Desk, data: bytes) -> None:
    """As `duty-tui circulate --received` does."""
    found = board(desk)
    events = [received(found, one, desk.clock()) for one in receipts_in(data)]
    if events:
        desk.do(CONCERN, Circulate(each=tuple(events)))
    board(desk)


# -- answers to invitations


def booked_desk() -> Desk:
    """A discussion is booked, and Di Ray asked to it."""
    desk, _ = _desk()
    at_desk(
        desk,
        DiscussionAgreed(discussion=1, format="virtual", reason="x"),
        DiscussionBooked(discussion=1, at=QUARTER_PAST + timedelta(days=2), place="Room 2"),
        asked("Di Ray", agency="NHS Trust", contact="Di.Ray@nhs.net"),
    )
    return desk


def take_answers(desk: Desk, data: bytes) -> None:
    """As `duty-tui invite --answer` does."""
    act = answered(desk, CONCERN, answers_in(data))
    if act is not None:
        desk.do(CONCERN, act)


def uid_asked() -> str:
    """Under which calendars know the discussion of `booked_desk`; the same each time."""
    invitation = invited(booked_desk(), CONCERN)[0].invitation
    assert invitation is not None
    return invitation.uid
