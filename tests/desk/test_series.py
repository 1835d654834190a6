"""The discussions of a concern, one after the other, and what booking the next one would lead to."""

from __future__ import annotations

from datetime import timedelta

import pytest

from duty_tui.desk.desk import Desk
from duty_tui.desk.series import discussions_of, if_booked, series_of
from duty_tui.domain.commands import RecordMilestone
from duty_tui.domain.decision_events import RecordSigned
from duty_tui.domain.discussion_events import DiscussionAgreed, DiscussionBooked
from duty_tui.domain.service import PolicyAdopted
from duty_tui.errors import Refused
from tests.builders import a_concern, do
from tests.desk.conftest import NOW, Hands
from tests.discussions import CONCERN, QUARTER_PAST, at_desk, began, ended, held, said, siblings, signed, tick

WEEK = timedelta(days=7)


def test_each_discussion_says_which_series_it_belongs_to() -> None:
    concern = held()
    for number, follows in ((2, 1), (3, None), (4, 2)):
        concern = said(concern, began(number=number, follows=follows))
    assert [(line.number, line.follows, line.series) for line in discussions_of(concern)] == [
        (1, None, (1,)),
        (2, 1, (1, 2)),
        (3, None, (3,)),
        (4, 2, (1, 2, 4)),
    ]


@pytest.mark.parametrize("follows", [1, 2, 7])
def test_a_discussion_that_claims_to_follow_itself_or_a_later_one_begins_a_series(follows: int) -> None:
    assert series_of(said(a_concern(raised=siblings()), began(follows=follows)), 1) == (1,)


def test_what_was_agreed_booked_held_or_only_dated_is_listed() -> None:
    concern = signed(held(), 1)
    concern = do(concern, RecordMilestone(event="discussion_held", label="Held", at=QUARTER_PAST), at=QUARTER_PAST)
    booked = DiscussionBooked(discussion=3, at=QUARTER_PAST + WEEK)
    concern = said(concern, booked, DiscussionAgreed(discussion=4, format="virtual", reason="x"))
    lines = list(discussions_of(concern))
    assert [(line.stage, line.when, line.chair, line.children, line.signed) for line in lines] == [
        ("ended", QUARTER_PAST, "Ann Osei", 3, 1),
        ("date only", QUARTER_PAST, "", 0, 0),
        ("booked", QUARTER_PAST + WEEK, "", 0, 0),
        ("agreed", QUARTER_PAST + timedelta(hours=1), "", 0, 0),
    ]


def test_a_date_recorded_by_hand_gives_way_to_the_discussion_written_up_later() -> None:
    raised = a_concern(raised=siblings())
    concern = do(raised, RecordMilestone(event="discussion_held", label="Held", at=QUARTER_PAST), at=QUARTER_PAST)
    assert [line.stage for line in discussions_of(concern)] == ["date only"]
    assert [line.stage for line in discussions_of(said(concern, began()))] == ["in progress"]


def test_a_time_within_the_limit_says_what_would_then_be_due(desk: Desk, hands: Hands) -> None:
    at_desk(desk)
    lines = if_booked(desk, CONCERN, NOW + timedelta(hours=1))
    assert lines[0] == "In time: Discussion, due end of Fri 20 Nov 2026, unless ruled out"
    assert "Then due: See the child: end of Fri 20 Nov 2026, unless ruled out (child 1)" in lines
    assert not [line for line in lines if line.startswith("LATE")]
    assert desk.concern(CONCERN).discussions == (), "nothing is recorded"


def test_a_time_after_the_limit_says_by_how_much_it_would_be_late(desk: Desk, hands: Hands) -> None:
    at_desk(desk)
    lines = if_booked(desk, CONCERN, NOW + timedelta(hours=10))
    assert lines[0] == "LATE by 4 hours: Discussion, due end of Fri 20 Nov 2026, unless ruled out"


def test_a_time_beyond_the_maximum_says_what_being_late_asks_for(desk: Desk, hands: Hands) -> None:
    at_desk(desk)
    late, soon = ("\n".join(if_booked(desk, CONCERN, NOW + wait)) for wait in (WEEK, WEEK / 168))
    for asked in ("Then due: Submit the 'Need to Know' form", "Then due: Write the management note"):
        assert asked in late
        assert asked not in soon
    assert "A shorter limit has passed" not in late, "a prompt is no duty"


def test_what_a_booking_itself_calls_for_is_said_first(desk: Desk, hands: Hands) -> None:
    desk.decide([PolicyAdopted(pack="three-working-days", from_day=NOW.date().replace(year=2020))])
    at_desk(desk)
    assert not [line for line in if_booked(desk, CONCERN, NOW + WEEK) if line.startswith("At once")]


def test_the_next_of_a_series_is_measured_by_the_limits_of_the_series(desk: Desk, hands: Hands) -> None:
    desk.decide([PolicyAdopted(pack="three-working-days", from_day=NOW.date().replace(year=2020))])
    hands.now = QUARTER_PAST
    at_desk(desk, began(), tick(desk, 1), ended(at=QUARTER_PAST, further=True))
    soon, late = (if_booked(desk, CONCERN, QUARTER_PAST + many * WEEK) for many in (2, 5))
    assert any(line.startswith("In time") for line in soon)
    assert any(line.startswith("LATE by 6 days") for line in late)


def test_a_concern_there_is_not_is_refused(desk: Desk) -> None:
    with pytest.raises(Refused, match="no such concern"):
        if_booked(desk, CONCERN, NOW)


def test_signed_discussions_are_counted() -> None:
    concern = said(held(children=(1,)), ended(), RecordSigned(discussion=1, child=1))
    assert [(line.stage, line.signed) for line in discussions_of(concern)] == [("signed", 1)]
