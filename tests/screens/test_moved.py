"""What was moved: told above the queue until it was looked at, listed with its reason, one key from the concern."""

from __future__ import annotations

from datetime import date

import pytest

from duty_tui.desk.desk import Desk
from duty_tui.desk.moved_news import unseen
from duty_tui.domain.service import ClosureAdded, ClosureRemoved
from duty_tui.screens.concern import ConcernScreen
from duty_tui.screens.moved import MovedScreen
from duty_tui.screens.moved_line import MovedLine
from duty_tui.screens.queue import QueueScreen
from tests.builders import a_child, raise_concern
from tests.pilot import fast_pilot, until
from tests.screens.at_a_desk import ME, shown

__all__ = ["fast_pilot"]

MONDAY = date(2026, 11, 23)
TWO_DAYS = {"reasonable_cause": "yes", "serious_risk_of_harm": "no", "penetrative_sexual_abuse": "no"}
FROM_TO = "from end of Mon 23 Nov 2026 to end of Tue 24 Nov 2026"


def two(desk: Desk) -> None:
    """Two concerns, both due on Monday night."""
    desk.do("c1", raise_concern(a_child(name="Amara Okoye"), answers=TWO_DAYS))
    desk.do("c2", raise_concern(a_child(name="[b]Kofi[/b]"), answers=TWO_DAYS))


def closed(desk: Desk) -> None:
    """And then a closure day moves both."""
    two(desk)
    desk.decide([ClosureAdded(day=MONDAY, name="Staff [red]day")])


async def test_nothing_was_moved() -> None:
    async with shown(MovedScreen, before=two) as bench:
        await bench.read_out("Nothing was moved.")
        await bench.press("enter")
        await bench.read_out("Nothing is selected.")
        await bench.press("escape")
        await until(lambda: bench.results == [None])


async def test_whose_from_to_and_why_and_the_concern_itself() -> None:
    async with shown(MovedScreen, before=closed) as bench:
        await bench.read_out("2 new to you, 2 in all")
        assert "C1 Amara Okoye: Discussion" in bench.text
        assert "C2 [b]Kofi[/b]: Discussion" in bench.text
        assert bench.text.count(FROM_TO) == 2
        assert "closure day Mon 23 Nov 2026: Staff [red]day · Fri 20 Nov 2026 18:05, Ann" in bench.text
        await bench.press("down", "enter")
        await until(lambda: isinstance(bench.app.screen, ConcernScreen))
        opened = bench.app.screen
        assert isinstance(opened, ConcernScreen)
        assert opened.concern_id == "c2"


async def test_what_was_shown_counts_as_looked_at() -> None:
    async with shown(MovedScreen, before=closed) as bench:
        await until(lambda: unseen(bench.desk.store, ME).dues == 0)
        assert unseen(bench.desk.store, "Bo Lind").dues == 2


async def test_what_is_decided_elsewhere_appears() -> None:
    from duty_tui.desk.session import Changes

    async with shown(MovedScreen, before=closed) as bench:
        await bench.read_out("2 in all")
        bench.other().decide([ClosureRemoved(day=MONDAY, reason="Called off")])
        screen = bench.app.screen
        assert isinstance(screen, MovedScreen)
        screen.on_changes(Changes())
        screen.on_changes(Changes(everything=True))
        await bench.read_out("2 new to you, 4 in all")
        assert "Bo Lind" in bench.text


async def test_of_a_restricted_concern_only_the_number(monkeypatch: pytest.MonkeyPatch) -> None:
    def restricted(desk: Desk) -> None:
        closed(desk)
        desk.store._put_rows([row._replace(restricted=row.id == "c1") for row in desk.store.rows()], {})

    monkeypatch.setattr("duty_tui.desk.seen.Seen.may_see", lambda *_: False)
    async with shown(MovedScreen, before=restricted) as bench:
        await bench.read_out("restricted to named people")
        assert "Amara" not in bench.text
        await bench.press("enter")
        await bench.read_out("That concern is restricted")
        assert isinstance(bench.app.screen, MovedScreen)


async def test_a_long_list_is_cut_and_said_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("duty_tui.screens.moved._MOST", 1)
    async with shown(MovedScreen, before=closed) as bench:
        await bench.read_out("the 1 newest; duty-tui moved prints all")
        assert "C2" not in bench.text


async def test_long_words_are_wrapped_in_a_narrow_terminal() -> None:
    def long(desk: Desk) -> None:
        desk.do("c1", raise_concern(a_child(name="Amara " + "Okoye-Lund " * 8), answers=TWO_DAYS))
        desk.decide([ClosureAdded(day=MONDAY, name="Staff day " * 20)])

    async with shown(MovedScreen, before=long) as bench:
        await bench.read_out(FROM_TO)
        assert all(len(line) <= 80 for line in bench.text.splitlines())


async def test_the_queue_says_so_until_somebody_has_looked() -> None:
    async with shown(QueueScreen, before=closed) as bench:
        await bench.read_out("2 dues moved: M")
        await bench.press("M")
        await bench.read_out("2 new to you, 2 in all")
        await until(lambda: unseen(bench.desk.store, ME).dues == 0)
        await bench.press("escape")
        await until(lambda: isinstance(bench.app.screen, QueueScreen))
        await until(lambda: not bench.app.screen.query_one(MovedLine).display)


async def test_the_queue_says_nothing_where_nothing_was_moved() -> None:
    async with shown(QueueScreen, before=two) as bench:
        await bench.read_out("Amara Okoye")
        assert "moved" not in bench.text


async def test_one_due_is_said_in_the_singular() -> None:
    def one(desk: Desk) -> None:
        desk.do("c1", raise_concern(answers=TWO_DAYS))
        desk.decide([ClosureAdded(day=MONDAY, name="Staff day")])

    async with shown(QueueScreen, before=one) as bench:
        await bench.read_out("1 due moved: M")
