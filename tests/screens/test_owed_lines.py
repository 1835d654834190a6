"""Lines of what is owed that are not simply owed: waiting, another time approved, a year without bank holidays yet."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from duty_tui.desk.obligations import obligations_of
from duty_tui.domain.owed_commands import ApproveVariation
from duty_tui.screens.concern_list import ItemList
from duty_tui.screens.obligation_lines import drawing, key_of
from duty_tui.screens.obligation_vary import VaryDialog
from duty_tui.screens.obligations import ObligationsScreen
from duty_tui.views.obligation import ObligationLine
from tests.desk.conftest import NOW, Hands
from tests.pilot import fast_pilot, until
from tests.screens.at_a_desk import Bench, a_desk
from tests.screens.test_obligations import ID, chosen, held, listed, screen_of, two

__all__ = ["fast_pilot"]


def rest_on(bench: Bench, line: ObligationLine) -> None:
    """Put the cursor on a line."""
    screen_of(bench).query_one(ItemList).select(key_of(line))


async def test_what_waits_for_something_else_cannot_be_met_yet() -> None:
    async with listed() as bench:
        await bench.press("4")
        lines = screen_of(bench)._lines("all")
        waiting = next(line for line in lines if line.standing == "waiting")
        rest_on(bench, waiting)
        await bench.read_out("waiting for")
        await bench.press("enter")
        await bench.read_out("It is not owed yet")
        assert isinstance(bench.app.screen, ObligationsScreen)


def drawn(line: ObligationLine) -> str:
    """The selected line, as it is drawn in eighty columns, breaks apart."""
    return " ".join(" ".join(part.plain for part in drawing(line, whose=False)(80, True)).split())


async def test_another_time_that_was_approved_stands_beside_the_first() -> None:
    async with listed() as bench:
        line = chosen(bench)
        assert "first due" not in drawn(line)
        assert "first due end of Tue 24 Nov 2026" in drawn(line._replace(first_due=datetime(2026, 11, 25, tzinfo=UTC)))


async def test_a_due_beyond_the_last_bank_holidays_known_says_so() -> None:
    async with listed() as bench:
        line = chosen(bench)
        assert "not yet published" not in drawn(line)
        assert "bank holidays not yet published" in drawn(line._replace(provisional=True))


async def test_a_reason_without_what_kept_the_child_safe_is_not_filled_up() -> None:
    async with listed() as bench:
        late = chosen(bench)._replace(late_reason="Snow")
        assert "late because: Snow" in drawn(late)
        assert "meanwhile" not in drawn(late)
        assert "meanwhile: At school" in drawn(late._replace(late_safety="At school"))


async def test_another_time_approved_by_a_role_the_policy_does_not_name_moves_nothing() -> None:
    async with listed() as bench:
        line = chosen(bench)
        assert line.varied_by == ()
        varied = ApproveVariation(
            clock=line.clock, label=line.label, due=bench.hands.now + timedelta(days=2), role="senior_management",
            by="R. Hale", reason="Snow",
        )  # fmt: skip
        bench.other("Bo Lind").do(ID, varied)
        await bench.told(ID)
        await until(lambda: chosen(bench).version > line.version)
        assert (chosen(bench).due, chosen(bench).late) == (line.due, True)


async def test_where_a_policy_names_who_may_the_key_asks_by_whom_and_until_when() -> None:
    async with listed() as bench:
        screen = screen_of(bench)
        found = screen._found
        assert found is not None
        lines = tuple(line._replace(varied_by=("senior_management",)) for line in found.lines)
        screen._found = found._replace(lines=lines)
        screen.refresh_commands()
        await bench.press("V")
        await until(lambda: isinstance(bench.app.screen, VaryDialog))


def test_the_same_thing_for_two_children_is_two_lines() -> None:
    with a_desk(Hands()) as (desk, _):
        held(desk)
        seen = [one for one in obligations_of(desk, ID, NOW).lines if one.place == "visit" and one.open]
        assert len({key_of(one) for one in seen}) == len(seen) == 2
    with a_desk(Hands()) as (desk, _):
        two(desk)
        keys = [key_of(one) for one in obligations_of(desk, ID, NOW).lines]
        assert len(set(keys)) == len(keys)


async def test_an_action_names_its_agency_and_says_no_name_twice() -> None:
    async with listed() as bench:
        line = chosen(bench)._replace(owner="CD", also="Police")
        assert "CD, Police · " in drawn(line._replace(kind="action"))
        assert "CD, also named: Police · " in drawn(line)
        assert "Police · " in drawn(line._replace(owner="Police", kind="action"))
        assert "Police, Police" not in drawn(line._replace(owner="Police", kind="action"))
