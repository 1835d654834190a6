"""From the queue, the concern and one another: the same letters lead to the screens of a discussion."""

from __future__ import annotations

import pytest
from textual.screen import Screen

from duty_tui.desk.desk import Desk
from duty_tui.domain.discussion_commands import AtDiscussion
from duty_tui.domain.discussion_events import DiscussionEnded, DiscussionStarted
from duty_tui.screens.about_discussion import AboutDiscussion, current_number
from duty_tui.screens.actions import ActionsOfDiscussion, ActionsScreen
from duty_tui.screens.agree import CourseScreen
from duty_tui.screens.attendance import AttendanceScreen
from duty_tui.screens.concern import ConcernScreen
from duty_tui.screens.decisions import DecisionsScreen
from duty_tui.screens.discussion_children import ChildrenScreen
from duty_tui.screens.orders import OrdersForm
from duty_tui.screens.points import PointsScreen
from duty_tui.screens.sign import RecordsScreen
from tests.builders import a_concern, do
from tests.desk.conftest import NOW
from tests.pilot import fast_pilot, until
from tests.screens.at_a_desk import shown
from tests.screens.conftest import Office, queue_of, said
from tests.screens.discussion_bench import CONCERN, at, begun, ended, raised

__all__ = ["fast_pilot"]

LETTERS: dict[str, type[Screen[object]]] = {
    "h": CourseScreen,
    "w": AttendanceScreen,
    "d": DecisionsScreen,
    "a": ActionsOfDiscussion,
    "C": PointsScreen,
    "B": ChildrenScreen,
    "S": RecordsScreen,
    "O": OrdersForm,
}


@pytest.mark.parametrize("letter", LETTERS)
async def test_each_letter_opens_its_screen_from_the_concern(letter: str) -> None:
    async with shown(lambda: ConcernScreen(CONCERN), before=begun) as bench:
        await bench.read_out("NEXT STEP")
        await bench.press(letter)
        await until(lambda: isinstance(bench.app.screen, LETTERS[letter]))
        top = bench.app.screen
        assert isinstance(top, AboutDiscussion)
        await until(lambda: top.read is not None)
        assert (top.concern_id, top.number) == (CONCERN, 1)
        await bench.press("escape")
        await until(lambda: isinstance(bench.app.screen, ConcernScreen))


async def test_the_queue_asks_for_a_concern_first_and_opens_that_under_the_cursor(office: Office) -> None:
    async with office.at_work() as pilot:
        await pilot.press("d")
        assert "No concern is selected" in said(pilot)
        await pilot.press("A")
        await until(lambda: isinstance(pilot.app.screen, ActionsScreen))
        await pilot.press("escape")
    concern = office.family("Okoye")
    async with office.at_work() as pilot:
        await until(lambda: queue_of(pilot).selected is not None)
        await pilot.press("w")
        await until(lambda: isinstance(pilot.app.screen, AttendanceScreen))
        assert getattr(pilot.app.screen, "concern_id", None) == concern


@pytest.mark.parametrize("letter", ["w", "d", "a", "C", "B", "S"])
async def test_one_list_gives_way_to_another_and_escape_leads_back_to_the_first(letter: str) -> None:
    async with at(CourseScreen, begun) as bench:
        await bench.press("a" if letter != "a" else "w")
        await until(lambda: not isinstance(bench.app.screen, CourseScreen))
        await bench.press(letter)
        await until(lambda: isinstance(bench.app.screen, LETTERS[letter]))
        await bench.press("escape")
        await until(lambda: len(bench.app.screen_stack) == 1)


def test_the_discussion_meant_is_the_one_going_on_else_the_last_else_the_next() -> None:
    concern = a_concern()
    assert current_number(concern) == 1
    start = DiscussionStarted(discussion=1, at=NOW, chair="Ann Osei", format="telephone", children=(1,))
    concern = do(concern, AtDiscussion(event=start), at=NOW)
    assert current_number(concern) == 1
    concern = do(concern, AtDiscussion(event=DiscussionEnded(discussion=1, at=NOW)), at=NOW)
    assert current_number(concern) == 1
    concern = do(concern, AtDiscussion(event=start.model_copy(update={"discussion": 2})), at=NOW)
    assert current_number(concern) == 2


@pytest.mark.parametrize("before", [raised, begun, ended])
@pytest.mark.parametrize("size", [(72, 20), (80, 24), (120, 40)])
@pytest.mark.parametrize("letter", ["h", "w", "d", "a", "C", "B", "S"])
async def test_every_list_stands_at_every_stage_and_size(letter: str, size: tuple[int, int], before: object) -> None:
    def prepared(desk: Desk) -> None:
        assert callable(before)
        before(desk)

    async with at(LETTERS[letter], prepared, number=None, size=size) as bench:
        lines = bench.text.split("\n")
        assert lines[0].startswith(" DUTY")
        assert "C1" in lines[1]
        assert lines[-1].strip().endswith("? help")
        assert all(len(line) <= size[0] for line in lines)
