"""Statistics and the breach file on the screen: the numbers of the desk, the concerns behind them, no names copied."""

from __future__ import annotations

import re
from datetime import date

import pytest

from duty_tui.desk.breaches import Breaches
from duty_tui.desk.desk import Desk
from duty_tui.desk.figures import Judged, figure
from duty_tui.domain.commands import AddNote, CloseConcern
from duty_tui.domain.restriction_commands import RestrictConcern
from duty_tui.screens import read_past
from duty_tui.screens.breaches import BreachesScreen
from duty_tui.screens.concern import ConcernScreen
from duty_tui.screens.concern_list import ItemList
from duty_tui.screens.figure import FigureScreen
from duty_tui.screens.statistics import StatisticsScreen, as_text, drawing
from duty_tui.views.statistics import Case, Figure
from duty_tui.widgets.statusline import StatusLine
from tests.desk.conftest import NOW, Hands
from tests.past_desk import came, figures, happened, seven
from tests.pilot import fast_pilot, until
from tests.screens.at_a_desk import Bench, shown
from tests.screens.conftest import Office, office, queue_of

__all__ = ["fast_pilot", "office"]


def past(desk: Desk) -> None:
    """The small desk with a past, by the hands of the desk itself."""
    hands = desk.clock
    assert isinstance(hands, Hands)
    seven(desk, hands)


def screen(bench: Bench) -> StatisticsScreen:
    found = bench.app.screen
    assert isinstance(found, StatisticsScreen)
    return found


async def to(bench: Bench, key: str) -> None:
    """Down to the figure with this key."""
    items = bench.app.screen.query_one(ItemList)
    for _ in items.keys:
        if items.key == key:
            return
        await bench.press("down")
    assert items.key == key


def test_a_number_is_never_cut_and_stands_apart_from_its_bar() -> None:
    large = Figure("all", "Within the last limit", 4028, 4596, open=69)
    for cells in (70, 78, 118):
        [line] = drawing(large, "")(cells, False)
        assert "█████████░ 4028 of 4596  88 %  69 open" in line.plain
        assert line.cell_length <= cells


async def test_the_figures_stand_on_the_screen_as_the_desk_works_them_out() -> None:
    async with shown(StatisticsScreen, before=past) as bench:
        await until(lambda: screen(bench).found)
        found = screen(bench).found
        assert found is not None
        wanted = figures(bench.desk, screen(bench).period)
        assert found == wanted
        await bench.read_out("STRATEGY DISCUSSIONS HELD IN TIME")
        lines = bench.text.splitlines()
        assert "Mon 31 Aug to Sun 22 Nov 2026 · 7 concerns in the record" in lines[1]
        [all_of_them] = [line for line in lines if line.startswith((" ▸All", "▸All", " ▸ All"))][:1]
        assert "1 of 4" in all_of_them
        assert "25 %" in all_of_them
        assert "1 open (not known), 1" in all_of_them
        assert all(len(line) <= 80 for line in lines)


async def test_an_earlier_period_and_back_and_never_beyond_today() -> None:
    async with shown(StatisticsScreen, before=past) as bench:
        await until(lambda: screen(bench).found)
        await bench.press("right")
        await bench.read_out("That period has not begun.")
        await bench.press("left")
        await bench.read_out("Mon 8 Jun to Sun 30 Aug 2026")
        await bench.read_out("none")
        await bench.press("enter")
        await bench.read_out("There is nothing behind this figure.")
        await bench.press("right")
        await bench.read_out("Mon 31 Aug to Sun 22 Nov 2026")
        assert screen(bench)._period is None, "it moves on with the weeks again"


async def test_enter_lists_the_cases_and_enter_there_opens_a_concern() -> None:
    async with shown(StatisticsScreen, before=past) as bench:
        await until(lambda: screen(bench).found)
        await bench.press("enter")
        await until(lambda: isinstance(bench.app.screen, FigureScreen))
        await bench.read_out("STRATEGY DISCUSSIONS HELD IN TIME · All: 1 of 4")
        assert "✗ C3       Gorse" in bench.text
        assert "NOT held, was due end of Wed 4 Nov 2026" in bench.text
        assert "✓ C4       Ash" in bench.text
        assert "? C2       Fir" in bench.text
        await bench.press("enter")
        await until(lambda: isinstance(bench.app.screen, ConcernScreen))
        await bench.press("escape", "escape")
        await until(lambda: isinstance(bench.app.screen, StatisticsScreen))


async def test_a_restricted_concern_is_counted_and_can_be_neither_read_nor_opened() -> None:
    async with shown(StatisticsScreen, before=past) as bench:
        await until(lambda: screen(bench).found)
        bench.other("Bo Lind").do("Gorse", RestrictConcern(names=("Bo Lind",), reason="Allegation against staff"))
        await bench.told("Gorse")
        await until(lambda: "Gorse" not in str(screen(bench).found))
        await bench.read_out("1 of 4")
        await to(bench, "held/week-2026-11-02")
        await bench.press("enter")
        await until(lambda: isinstance(bench.app.screen, FigureScreen))
        await to(bench, "others")
        assert "and others that may not be shown" in bench.text
        assert not re.search(r"C3|✗", bench.text)
        await bench.press("enter")
        await bench.read_out("There is nothing to open here.")
        await bench.press("escape", "b")
        await until(lambda: isinstance(bench.app.screen, BreachesScreen))
        await bench.read_out("1 restricted concern not shown, late or not")
        assert not re.search(r"C3|Gorse", bench.text)


async def test_a_figure_of_nothing_else_can_be_opened_and_shows_that_there_are_others() -> None:
    case = Judged(date(2026, 11, 4), Case("", "", "", "missed", ""))
    async with shown(lambda: FigureScreen(figure("all", "All", [case]), "HELD")) as bench:
        await bench.read_out("HELD · All: 0 of 1")
        await bench.read_out("and others that may not be shown: restricted to named people")


async def test_what_is_copied_names_nobody() -> None:
    async with shown(StatisticsScreen, before=past) as bench:
        await until(lambda: screen(bench).found)
        await bench.press("y")
        await bench.read_out("The figures are copied")
        found = screen(bench).found
        assert found is not None
        assert bench.app.clipboard == as_text(found)
        assert "  All: 1 of 4 (25 %), 1 open (not known), 1 closed before\n" in bench.app.clipboard
        assert "  The middle one: 8 hours after the limit\n" in bench.app.clipboard
        assert "  The adopted policies have no rule for this.\n" in bench.app.clipboard
        assert not any(name in bench.app.clipboard for name in ("Ash", "Birch", "Gorse", "Amara", "C3"))


async def test_what_somebody_records_changes_the_figures_at_once() -> None:
    async with shown(StatisticsScreen, before=past) as bench:
        await until(lambda: screen(bench).found)
        hands = bench.hands
        happened(bench.desk, hands, "Gorse", "discussion_held", "20 18:10", discussion=1)
        came(bench.desk, hands, "Hazel", "20 18:20")
        await bench.told("Gorse")
        await until(lambda: screen(bench).found and "8 concerns" in bench.text)
        assert screen(bench).found == figures(bench.desk, screen(bench).period, hands.now)


async def test_a_long_reading_says_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(StatusLine, "say", lambda _line, words: said.append(words))
    monkeypatch.setattr(read_past, "PATIENCE", -1.0)
    monkeypatch.setattr("duty_tui.desk.past._PART", 2)
    async with shown(StatisticsScreen, before=past) as bench:
        await until(lambda: screen(bench).found)
        assert said == [
            "Read 2 of 7 concerns …",
            "Read 4 of 7 concerns …",
            "Read 6 of 7 concerns …",
            "All 7 concerns are read.",
        ]


async def test_keys_wait_until_the_record_has_been_read(monkeypatch: pytest.MonkeyPatch) -> None:
    async with shown(StatisticsScreen, before=past) as bench:
        await until(lambda: screen(bench).found)
        screen(bench).found = None
        for key in ("y", "left", "right", "enter"):
            await bench.press(key)
            await bench.read_out("The record is still being read.")
        assert screen(bench).figure is None
        screen(bench)._draw()


async def test_notes_and_wide_words_fit_a_narrow_screen() -> None:
    async with shown(StatisticsScreen, before=past, size=(72, 20)) as bench:
        await until(lambda: screen(bench).found)
        assert all(len(line) <= 72 for line in bench.text.splitlines())
        await bench.read_out("closed before")
        await to(bench, "conference/")
        assert "The adopted policies have no rule for this." in bench.text
        assert "▸" in bench.text


async def test_the_breach_file_shows_the_selected_row_in_full_and_opens_its_concern() -> None:
    async with shown(BreachesScreen, before=past) as bench:
        await bench.read_out("Mon 31 Aug to Sun 22 Nov 2026 · 7 late or not done")
        await bench.read_out("▸ C2 Fir, Amara Fir: Hold the strategy discussion")
        await bench.read_out("Unless ruled out by: reasonable cause")
        await bench.read_out("Kept safe meanwhile: nothing recorded")
        assert "  C3 Gorse, Amara Gorse: Hold the strategy discussion" in bench.text
        assert "not yet, 12 working days late" in bench.text
        await bench.press("y")
        await bench.read_out("The row is copied")
        assert bench.app.clipboard.startswith(
            "C2 Fir, Amara Fir: Hold the strategy discussion\nDue end of Tue 3 Nov 2026"
        )
        await bench.press("enter")
        await until(lambda: isinstance(bench.app.screen, ConcernScreen))


async def test_an_empty_breach_file_says_so_and_its_keys_say_why_not() -> None:
    async with shown(BreachesScreen) as bench:
        await bench.read_out("Nothing that fell due in this period was late.")
        await bench.press("enter")
        await bench.read_out("Nothing is selected.")
        found = bench.app.screen
        assert isinstance(found, BreachesScreen)
        found.file = None
        await bench.press("y")
        await bench.read_out("The record is still being read.")


async def test_a_breach_that_is_done_with_leaves_the_file() -> None:
    async with shown(BreachesScreen, before=past) as bench:
        await bench.read_out("7 late")
        bench.desk.do("Ash", AddNote(text="Rang"))
        bench.desk.do("Ash", CloseConcern(reason="Done"))
        came(bench.desk, bench.hands, "Hazel", "10 09:00")
        bench.hands.now = NOW
        await bench.told("Hazel")
        await bench.read_out("8 late")


async def test_the_ways_in_from_the_queue(office: Office) -> None:
    office.family("Okoye")
    async with office.at_work() as pilot:
        await pilot.press("T")
        await until(lambda: isinstance(pilot.app.screen, StatisticsScreen))
        await until(lambda: isinstance(pilot.app.screen, StatisticsScreen) and pilot.app.screen.found)
        await pilot.press("escape")
        queue = queue_of(pilot)
        await until(lambda: pilot.app.screen is queue)
        await queue.action_act("queue.breaches")
        await until(lambda: isinstance(pilot.app.screen, BreachesScreen) and pilot.app.screen.file)
        assert isinstance(pilot.app.screen, BreachesScreen)
        assert isinstance(pilot.app.screen._breaches, Breaches)
