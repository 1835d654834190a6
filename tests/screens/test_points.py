"""Points answered where they stand, once for each child or agency; those answered elsewhere lead there."""

from __future__ import annotations

from duty_tui.desk.desk import Desk
from duty_tui.domain.decision_events import RecordSigned
from duty_tui.domain.discussion_events import DiscussionEnded
from duty_tui.domain.service import PolicyAdopted
from duty_tui.screens import places
from duty_tui.screens.actions import ActionsOfDiscussion
from duty_tui.screens.attendance import AttendanceScreen
from duty_tui.screens.concern import ConcernScreen
from duty_tui.screens.decisions import DecisionsScreen
from duty_tui.screens.points import PointForm, PointsScreen, key_of
from duty_tui.screens.sign import RecordsScreen
from tests.pilot import fast_pilot, until
from tests.screens.at_a_desk import Bench
from tests.screens.discussion_bench import CONCERN, at, form, of, quorate, raised, say, status

__all__ = ["fast_pilot"]


def checklist(desk: Desk) -> None:
    """The checklist with questions for each child is in force."""
    desk.decide([PolicyAdopted(pack="twenty-four-hours", from_day=desk.clock().date())])
    quorate(desk)


def points(bench: Bench) -> PointsScreen:
    return next(one for one in bench.app.screen_stack if isinstance(one, PointsScreen))


async def test_a_point_for_each_child_is_answered_with_enter_and_the_cursor_goes_on() -> None:
    async with at(PointsScreen, checklist) as bench:
        screen = points(bench)
        assert screen.shown is not None
        wanted = [one for one in screen.shown.points if one.item.endswith("/impact")]
        assert [one.child for one in wanted] == [1, 2, 3]
        screen.list.select(key_of(wanted[0]))
        await bench.press("enter")
        top = await form(bench)
        assert isinstance(top, PointForm)
        await bench.press("enter")
        await until(lambda: "Type the answer" in status(bench))
        await bench.type("Afraid to go home")
        await bench.press("enter")
        await until(lambda: bench.app.screen is screen and screen.selected == key_of(wanted[1]))
        (answer,) = of(bench.desk).answers
        assert (answer.item, answer.child, answer.text) == ("twenty-four-hours/impact", 1, "Afraid to go home")
        await bench.read_out("Afraid to go home")


async def test_open_ones_only_and_all_again() -> None:
    async with at(PointsScreen, checklist) as bench:
        screen = points(bench)
        assert screen.shown is not None
        everything = len(screen.shown.points)
        await bench.press("v")
        assert len(screen.list.keys) == len(screen.shown.open_points) < everything
        await bench.press("v")
        assert len(screen.list.keys) == everything


async def test_an_answer_is_opened_again_and_put_right() -> None:
    async with at(PointsScreen, checklist) as bench:
        screen = points(bench)
        assert screen.shown is not None
        key = next(key_of(one) for one in screen.shown.points if one.item.endswith("/concern"))
        for words in ("Father", " and uncle"):
            screen.list.select(key)
            await bench.press("enter")
            await form(bench)
            await bench.type(words)
            await bench.press("enter")
            await until(lambda: bench.app.screen is screen)
            await until(lambda words=words: of(bench.desk).answers[-1].text.endswith(words))  # type: ignore[misc]
            await bench.read_out(of(bench.desk).answers[-1].text)
        assert [one.text for one in of(bench.desk).answers] == ["Father and uncle"]


async def test_a_point_answered_from_the_record_leads_there() -> None:
    async with at(PointsScreen, checklist) as bench:
        screen = points(bench)
        assert screen.shown is not None
        key = next(key_of(one) for one in screen.shown.points if one.place == "attendance")
        screen.list.select(key)
        await bench.press("enter")
        await until(lambda: isinstance(bench.app.screen, AttendanceScreen))


async def test_a_point_that_settles_a_question_asks_for_the_digit_and_answers_it() -> None:
    async with at(PointsScreen, checklist) as bench:
        screen = points(bench)
        assert screen.read is not None
        point = screen.read.view.points[0]._replace(sets="complex_abuse", place="points", answer="", needs_reason=True)
        bench.app.push_screen(PointForm(screen.read, point))
        await form(bench)
        await bench.press("tab")
        await bench.type("Two hospitals")
        await bench.press("enter")
        await until(lambda: "Press a digit" in status(bench))
        bench.app.screen.query_one("#fact").focus()
        await bench.press("1", "tab", "enter")
        await until(lambda: bench.app.screen is screen)
        recorded = bench.desk.concern(CONCERN)
        assert recorded.answers["complex_abuse"][0].value is True
        assert recorded.answers["complex_abuse"][0].discussion is None
        assert of(bench.desk).answers[-1].text == "Two hospitals"


async def test_what_is_settled_about_one_discussion_is_settled_for_this_one() -> None:
    async with at(PointsScreen, checklist) as bench:
        await settle(bench, "more_discussions_needed")
        await bench.press("enter")
        await until(lambda: bench.app.screen is points(bench))
        (said,) = bench.desk.concern(CONCERN).answers["more_discussions_needed"]
        assert (said.value, said.discussion) == (True, 1)


async def test_an_answer_and_what_it_settles_are_recorded_together_or_not_at_all() -> None:
    async with at(PointsScreen, checklist) as bench:
        await settle(bench, "complex_abuse")
        say(bench.desk, DiscussionEnded(discussion=1, at=bench.hands.now))
        for child in (1, 2, 3):
            say(bench.desk, RecordSigned(discussion=1, child=child, named="Amara Okoye"))
        before = bench.desk.concern(CONCERN).version
        await bench.press("enter")
        await until(lambda: "signed" in status(bench))
        recorded = bench.desk.concern(CONCERN)
        assert (recorded.version, recorded.answers.get("complex_abuse")) == (before, None)
        assert isinstance(bench.app.screen, PointForm)


async def settle(bench: Bench, fact: str) -> None:
    """A point that settles a question, answered yes and not yet recorded."""
    screen = points(bench)
    assert screen.read is not None
    point = screen.read.view.points[0]._replace(sets=fact, place="points", answer="", needs_reason=True)
    bench.app.push_screen(PointForm(screen.read, point))
    await form(bench)
    await bench.press("1", "tab")
    await bench.type("Two hospitals")


async def test_nothing_is_answered_before_it_began() -> None:
    async with at(PointsScreen, raised) as bench:
        await bench.press("enter")
        assert "h begins it" in status(bench)


def test_every_place_leads_to_a_screen() -> None:
    leads = {
        "attendance": AttendanceScreen,
        "seniority": AttendanceScreen,
        "decisions": DecisionsScreen,
        "reasons": DecisionsScreen,
        "challenge": DecisionsScreen,
        "sharing": DecisionsScreen,
        "actions": ActionsOfDiscussion,
        "medical": ActionsOfDiscussion,
        "interview": ActionsOfDiscussion,
        "child": ConcernScreen,
        "questions": ConcernScreen,
        "signature": RecordsScreen,
        "purpose": PointsScreen,
        "points": PointsScreen,
    }
    for place, screen in leads.items():
        assert isinstance(places.screen_of(place, CONCERN, 1, 2), screen), place
