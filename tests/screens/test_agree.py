"""The course of a discussion: held or not, booked with what that would miss, begun now or recorded after the event."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from duty_tui.desk.desk import Desk
from duty_tui.domain.discussion_events import DiscussionEnded, DiscussionStarted
from duty_tui.screens.agree import CourseScreen
from duty_tui.screens.agree_forms import BookForm, HoldForm, NoneForm, StartForm
from tests.desk.conftest import NOW, Hands
from tests.pilot import fast_pilot, until
from tests.screens.discussion_bench import (
    CONCERN,
    at,
    begun,
    concern,
    ended,
    form,
    of,
    put,
    raised,
    record,
    say,
    status,
)

__all__ = ["fast_pilot"]


def second(desk: Desk) -> None:
    """One over, and a second of the same series going on."""
    ended(desk)
    say(
        desk,
        DiscussionStarted(discussion=2, at=NOW, chair="Ann Osei", format="virtual", children=(1, 2, 3), follows=1),
    )


async def test_to_hold_one_needs_how_and_why() -> None:
    async with at(CourseScreen, raised) as bench:
        await bench.press("1")
        top = await form(bench)
        assert isinstance(top, HoldForm)
        await bench.press("ctrl+s")
        await until(lambda: "Press a digit" in status(bench))
        await bench.press("1", "tab")
        await bench.press("ctrl+s")
        await until(lambda: "Say why it is held" in status(bench))
        await bench.type("Two bruises,\nnot explained")
        await record(bench)
        found = of(bench.desk)
        assert (found.format, found.reason) == ("telephone", "Two bruises, not explained")
        assert (found.agreed_by, found.agreed_at) == ("Ann Osei", NOW)
        await bench.read_out("by Ann Osei: Two bruises, not explained")


async def test_to_hold_none_needs_its_reason_too() -> None:
    async with at(CourseScreen, raised) as bench:
        await bench.press("2")
        top = await form(bench)
        assert isinstance(top, NoneForm)
        await bench.press("ctrl+s")
        await until(lambda: "needs its reason" in status(bench))
        await bench.type("An old scar.")
        await record(bench)
        recorded = concern(bench.desk)
        assert [one.event for one in recorded.milestones] == ["discussion_decided_on", "decision_reason_recorded"]
        assert recorded.milestones[0].note == "None is held. An old scar."
        assert recorded.answers["reasonable_cause"][0].value is False


async def test_booking_shows_what_it_would_miss_before_it_is_recorded() -> None:
    async with at(CourseScreen, raised) as bench:
        await bench.press("3")
        top = await form(bench)
        assert isinstance(top, BookForm)
        await bench.press("ctrl+s")
        await until(lambda: "when it is to be held" in status(bench))
        await bench.type("tomorrow 10:00")
        await bench.read_out("LATE by 10 hours")
        assert of_or_none(bench.desk) is None
        await put(bench, "place", "room 4")
        await record(bench)
        assert of(bench.desk).booked == datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
        await bench.read_out("Booked for Sat 21 Nov 2026 10:00, room 4")


def of_or_none(desk: Desk) -> object:
    return desk.concern(CONCERN).discussion(1)


async def test_a_time_that_cannot_be_read_books_nothing() -> None:
    async with at(CourseScreen, raised) as bench:
        await bench.press("3")
        await form(bench)
        await bench.type("soonish")
        await bench.press("ctrl+s")
        await until(lambda: "cannot be read as a time" in status(bench))
        assert of_or_none(bench.desk) is None


async def test_it_begins_now_with_one_key_and_one_more() -> None:
    async with at(CourseScreen, raised) as bench:
        await bench.press("4")
        top = await form(bench)
        assert isinstance(top, StartForm)
        await record(bench)
        found = of(bench.desk)
        assert (found.started, found.chair, found.format, found.children) == (NOW, "Ann Osei", "telephone", (1, 2, 3))
        assert found.follows is None


async def test_after_the_event_the_start_is_typed_and_a_future_one_refused() -> None:
    async with at(CourseScreen, raised) as bench:
        await bench.press("4")
        top = await form(bench)
        await bench.type("+2h")
        await bench.press("ctrl+s")
        await until(lambda: "in the future" in status(bench))
        assert top.text("at") == "+2h"
        await bench.press(*["backspace"] * 3)
        await bench.type("16:30")
        await record(bench)
        assert of(bench.desk).started == NOW - timedelta(minutes=95)


async def test_it_begins_for_some_of_the_children() -> None:
    async with at(CourseScreen, raised) as bench:
        await bench.press("4")
        top = await form(bench)
        top.query_one("#whom").focus()
        await bench.press("0")
        await bench.press("ctrl+s")
        await until(lambda: "Which children" in status(bench))
        await bench.press("2")
        await put(bench, "chair", "x")
        await record(bench)
        assert of(bench.desk).children == (2,)


async def test_the_end_and_whether_another_is_needed() -> None:
    hands = Hands()
    async with at(CourseScreen, begun, hands=hands) as bench:
        await bench.press("6")
        assert "does not follow another" in status(bench)
        hands.on(minutes=40)
        await bench.press("5")
        await form(bench)
        await bench.press("tab", "1")
        await record(bench)
        assert (of(bench.desk).ended, of(bench.desk).further) == (hands.now, True)
        await bench.press("5")
        assert "ended already" in status(bench)
        await bench.press("1")
        assert "begun already" in status(bench)


async def test_the_next_one_follows_the_last_or_begins_a_series() -> None:
    async with at(CourseScreen, ended) as bench:
        await bench.press("down", "4")
        await form(bench)
        await bench.read_out("Follows discussion 1")
        await record(bench)
        following = bench.desk.concern(CONCERN).discussion(2)
        assert following is not None
        assert following.follows == 1
        say(bench.desk, DiscussionEnded(discussion=2, at=NOW))
        await bench.told(CONCERN)
        await bench.press("end", "4")
        top = await form(bench)
        top.query_one("#series").focus()
        await bench.press("2")
        await record(bench)
        third = bench.desk.concern(CONCERN).discussion(3)
        assert third is not None
        assert third.follows is None


async def test_only_the_chair_moves_the_conference_and_says_why() -> None:
    async with at(CourseScreen, second, number=2) as bench:
        await bench.press("end", "up", "6")
        await form(bench)
        await bench.press("ctrl+s")
        await until(lambda: "chair's reason" in status(bench))
        await bench.type("A new allegation about the same events")
        await record(bench)
        found = bench.desk.concern(CONCERN).discussion(2)
        assert found is not None
        assert found.moves_conference == "A new allegation about the same events"
        await bench.press("6")
        assert "counts from it already" in status(bench)


async def test_somebody_else_than_the_chair_may_not() -> None:
    def chaired(desk: Desk) -> None:
        ended(desk)
        start = DiscussionStarted(discussion=2, at=NOW, chair="Bo Lind", format="virtual", children=(1,), follows=1)
        say(desk, start)

    async with at(CourseScreen, chaired, number=2) as bench:
        await bench.press("end", "up", "6")
        assert "Only the chair may say so: Bo Lind" in status(bench)


async def test_letters_lead_to_the_screens_of_the_selected_discussion_and_back() -> None:
    from duty_tui.screens.attendance import AttendanceScreen
    from duty_tui.screens.decisions import DecisionsScreen

    async with at(CourseScreen, second, number=2) as bench:
        await bench.press("home", "w")
        await until(lambda: isinstance(bench.app.screen, AttendanceScreen) and bench.app.screen.read is not None)
        assert getattr(bench.app.screen, "number", None) == 1
        await bench.press("w")
        assert "there already" in status(bench)
        await bench.press("d")
        await until(lambda: isinstance(bench.app.screen, DecisionsScreen))
        depth = len(bench.app.screen_stack)
        await bench.press("escape")
        assert len(bench.app.screen_stack) == depth - 1
