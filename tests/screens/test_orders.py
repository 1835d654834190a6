"""Police protection and an order, recorded with what then runs shown first."""

from __future__ import annotations

from datetime import UTC, datetime

from duty_tui.screens.agree import CourseScreen
from duty_tui.screens.concern_ask import Ask
from duty_tui.screens.orders import OrdersForm
from tests.desk.conftest import NOW
from tests.pilot import fast_pilot, until
from tests.screens.at_a_desk import Bench
from tests.screens.discussion_bench import CONCERN, at, concern, form, put, raised, record, status

__all__ = ["fast_pilot"]


async def orders(bench: Bench) -> OrdersForm:
    await bench.press("O")
    top = await form(bench)
    assert isinstance(top, OrdersForm)
    return top


async def test_police_protection_for_two_of_three_with_its_hours_shown() -> None:
    async with at(CourseScreen, raised) as bench:
        top = await orders(bench)
        await bench.press("ctrl+s")
        await until(lambda: "What happened" in status(bench))
        await bench.press("1")
        assert not top.query_one("#until").parent.parent.display  # type: ignore[union-attr]
        await bench.press("ctrl+s")
        await until(lambda: "To which child" in status(bench))
        await bench.press("1", "2")
        await bench.read_out("Then runs Police protection: Mon 23 Nov 2026 18:05")
        await put(bench, "note", "PC Hale, badge 1234")
        await record(bench)
        recorded = concern(bench.desk)
        assert [(one.event, one.child, one.at) for one in recorded.milestones] == [
            ("police_protection_began", 1, NOW),
            ("police_protection_began", 2, NOW),
        ]
        assert recorded.milestones[0].note == "PC Hale, badge 1234"
        assert {one.child: one.value for one in recorded.answers["epo_or_police_powers"]} == {1: True, 2: True}


async def test_an_order_with_its_own_expiry() -> None:
    async with at(CourseScreen, raised) as bench:
        await orders(bench)
        await bench.press("3", "tab", "1")
        await bench.read_out("Then runs EPO length: end of Sat 28 Nov 2026")
        await put(bench, "until", "25/11 15:00")
        await bench.read_out("Then runs EPO ends: Wed 25 Nov 2026 15:00")
        await record(bench)
        assert [(one.event, one.at) for one in concern(bench.desk).milestones] == [
            ("epo_made", NOW),
            ("epo_expires", datetime(2026, 11, 25, 15, tzinfo=UTC)),
        ]


async def test_an_expiry_later_than_a_first_order_may_run_is_asked_about() -> None:
    async with at(CourseScreen, raised) as bench:
        await orders(bench)
        await bench.press("3", "tab", "1")
        await put(bench, "until", "1/12 15:00")
        await bench.read_out("the longest a first order")
        await bench.press("ctrl+s")
        await until(lambda: isinstance(bench.app.screen, Ask))
        await bench.press("2")
        await until(lambda: isinstance(bench.app.screen, OrdersForm))
        assert concern(bench.desk).milestones == ()
        await bench.press("ctrl+s")
        await until(lambda: isinstance(bench.app.screen, Ask))
        await bench.press("1")
        await until(lambda: len(concern(bench.desk).milestones) == 2)


async def test_an_order_cannot_end_before_it_was_made_and_an_end_answers_no() -> None:
    async with at(CourseScreen, raised) as bench:
        await orders(bench)
        await bench.press("3", "tab", "1")
        await put(bench, "until", "yesterday 15:00")
        await bench.press("ctrl+s")
        await until(lambda: "before it was made" in status(bench))
        bench.app.screen.query_one("#kind").focus()
        await bench.press("4")
        await record(bench)
        recorded = concern(bench.desk)
        assert [one.event for one in recorded.milestones] == ["epo_ended"]
        assert recorded.answers["epo_or_police_powers"][0].value is False
        assert bench.desk.concern(CONCERN).is_open
