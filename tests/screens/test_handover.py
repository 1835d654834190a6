"""The handover sheet on the screen, and the board for the wall."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

from textual.widgets import Input

from duty_tui.desk.desk import Desk
from duty_tui.desk.escalating import form_of, submit
from duty_tui.domain.commands import AddNote, CloseConcern
from duty_tui.domain.escalation import Recipient
from duty_tui.domain.restriction_commands import RestrictConcern
from duty_tui.screens.concern import ConcernScreen
from duty_tui.screens.concern_list import ItemList
from duty_tui.screens.escalations import EscalationsScreen
from duty_tui.screens.handover import HandoverScreen
from duty_tui.screens.handover_dialogs import HandOverDialog, OnDutyDialog
from duty_tui.screens.obligations import ObligationsScreen
from duty_tui.screens.wall import WallScreen
from tests.builders import a_child, raise_concern
from tests.desk.conftest import NOW
from tests.pilot import fast_pilot, until
from tests.screens.at_a_desk import Bench, shown

__all__ = ["fast_pilot"]

LATE, NEW = "a" * 32, "b" * 32


def two(desk: Desk) -> None:
    """One whose discussion is late and was escalated; one that came in just now."""
    cause = {"reasonable_cause": "yes"}
    desk.do(LATE, raise_concern(a_child(1, name="Amara Okafor"), received=NOW - timedelta(days=4), answers=cause))
    form = form_of(desk, LATE, "action-note-003/need-to-know", NOW)
    words = {field.id: "Snow" for field in form.fields}
    desk.do(LATE, submit(form, words, [Recipient("R. Hale")], NOW))
    desk.do(NEW, raise_concern(a_child(1, name="Tom Byrne"), family="Byrne", received=NOW - timedelta(minutes=5)))


@asynccontextmanager
async def the_sheet(before: Callable[[Desk], object] = two) -> AsyncIterator[Bench]:
    async with shown(HandoverScreen, before=before) as bench:
        await until(lambda: screen_of(bench).sheet is not None)
        yield bench


def screen_of(bench: Bench) -> HandoverScreen:
    (found,) = (screen for screen in bench.app.screen_stack if isinstance(screen, HandoverScreen))
    return found


async def test_the_sheet_ends_with_where_the_record_ends() -> None:
    def sealed(desk: Desk) -> None:
        two(desk)
        desk.store.sealing_key = lambda: b"k" * 32

    async with the_sheet(sealed) as bench:
        await bench.press("end")
        await bench.read_out("RECORD ENDS")
        sheet = screen_of(bench).sheet
        assert sheet is not None
        for words in sheet.record_ends:
            await bench.read_out(words)
        await bench.press("enter")
        await bench.read_out("No line is selected")


def choose(bench: Bench, about: str, concern: str) -> None:
    """Put the cursor on a line about something of a concern."""
    view = screen_of(bench).sheet
    assert view is not None
    key = next(
        f"{at}/{place}"
        for at, section in enumerate(view.sections)
        for place, line in enumerate(section.lines)
        if (line.about, line.concern) == (about, concern)
    )
    screen_of(bench).query_one(ItemList).select(key)


async def test_the_sheet_says_what_is_late_who_is_on_and_what_is_not() -> None:
    async with the_sheet() as bench:
        for words in ("nobody said who is on (w)", "OVERDUE: 1", "OPEN ESCALATIONS: 1", "since Thu 19 Nov 2026 18:05"):
            await bench.read_out(words)
        await bench.press("end")
        await bench.read_out("No concern was closed.")


async def test_each_line_opens_where_it_belongs() -> None:
    async with the_sheet() as bench:
        for about, concern, kind in (
            ("owed", LATE, ObligationsScreen),
            ("escalation", LATE, EscalationsScreen),
            ("concern", NEW, ConcernScreen),
        ):
            choose(bench, about, concern)
            await bench.press("enter")
            await until(lambda kind=kind: isinstance(bench.app.screen, kind))  # type: ignore[misc]
            await bench.press("escape")
            await until(lambda: isinstance(bench.app.screen, HandoverScreen))


async def test_a_heading_opens_nothing() -> None:
    async with the_sheet() as bench:
        await bench.press("home", "enter")
        await bench.read_out("headings open nothing")


async def test_who_is_on_stands_on_the_sheet() -> None:
    async with the_sheet() as bench:
        await bench.press("w")
        await until(lambda: isinstance(bench.app.screen, OnDutyDialog) and bench.app.screen.focused)
        await bench.press("ctrl+s")
        await bench.read_out("Say who is on duty.")
        bench.app.screen.query_one("#names", Input).value = "Ola Berg, Sam Reed"
        bench.app.screen.query_one("#until Input", Input).value = "rubbish"
        await bench.press("ctrl+s")
        await until(lambda: "✗" in bench.text)
        bench.app.screen.query_one("#until Input", Input).value = "tomorrow 8"
        await bench.press("ctrl+s")
        await bench.read_out("On: Ola Berg until Sat 21 Nov 2026 08:00, Sam Reed")
        bench.desk.books.forget()
        assert bench.desk.books.service.on_at(bench.hands.now) == ("Ola Berg", "Sam Reed")


async def test_the_next_sheet_begins_where_this_one_ended() -> None:
    async with the_sheet() as bench:
        await bench.press("ctrl+s")
        await until(lambda: isinstance(bench.app.screen, HandOverDialog) and bench.app.screen.focused)
        await bench.press("ctrl+s")
        await bench.read_out("Say who takes the desk over.")
        bench.app.screen.query_one("#names", Input).value = "Ola Berg"
        await bench.press("ctrl+s")
        await bench.read_out("Last handover: Ann Osei to Ola Berg, Fri 20 Nov 2026 18:05")
        bench.desk.books.forget()
        (done,) = bench.desk.books.service.handovers
        assert (done.by, done.to, done.at) == ("Ann Osei", ("Ola Berg",), NOW)


async def test_going_back_records_nothing() -> None:
    async with the_sheet() as bench:
        await bench.press("ctrl+s")
        await until(lambda: isinstance(bench.app.screen, HandOverDialog) and bench.app.screen.focused)
        await bench.press("escape")
        await until(lambda: isinstance(bench.app.screen, HandoverScreen))
        bench.desk.books.forget()
        assert bench.desk.books.service.handovers == ()


async def test_what_is_recorded_meanwhile_is_on_the_sheet() -> None:
    async with the_sheet() as bench:
        bench.other().do(NEW, CloseConcern(reason="Rang in error"))
        await bench.told(NEW)
        await until(lambda: any(part.heading.startswith("Closed") and part.lines for part in view_of(bench)))


def view_of(bench: Bench) -> tuple:  # type: ignore[type-arg]
    view = screen_of(bench).sheet
    assert view is not None
    return view.sections


# The board for a wall


async def test_the_board_tells_no_names_and_not_what_happened() -> None:
    async with shown(WallScreen, before=two) as bench:
        await bench.read_out("A.O.")
        await bench.read_out("LATE")
        assert "Okafor" not in bench.text
        assert "bruise" not in bench.text


async def test_what_is_recorded_elsewhere_takes_its_place_on_the_board() -> None:
    async with shown(WallScreen, before=two) as bench:
        await bench.read_out("C2")
        bench.other().do(NEW, CloseConcern(reason="Rang in error"))
        await bench.told(NEW)
        await until(lambda: "C2" not in bench.text)


async def test_the_board_lets_time_pass() -> None:
    async with shown(WallScreen, before=two) as bench:
        await bench.read_out("C2")
        before = bench.text
        bench.hands.on(hours=1)
        screen = bench.app.screen
        assert isinstance(screen, WallScreen)
        screen.tick(bench.hands.now)
        await until(lambda: bench.text != before)


async def test_what_has_no_room_on_the_board_is_counted() -> None:
    def many(desk: Desk) -> None:
        for number in range(30):
            desk.do(f"{number:032x}", raise_concern(a_child(1, name="Tom Byrne"), received=NOW))
            desk.do(f"{number:032x}", AddNote(text="x"))

    async with shown(WallScreen, before=many) as bench:
        await bench.read_out("… and 8 more, all less urgent")


async def test_the_sheet_says_that_a_restricted_concern_is_not_on_it() -> None:
    async with shown(HandoverScreen, before=two) as bench:
        await bench.read_out("Amara Okafor")
        bench.other("Bo Lind").do(LATE, RestrictConcern(names=("Bo Lind",), reason="Allegation against staff"))
        await bench.told(LATE)
        await bench.read_out("Restricted concerns are not on this sheet.")
        await until(lambda: "C1" not in bench.text)
        assert "C2" in bench.text
