"""Two terminals on one file: each says what it has open, and shows who else is there, without moving anything."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from textual.pilot import Pilot

from duty_tui.desk.company import GONE, HEARTBEAT, TYPING, come
from duty_tui.domain.discussion_commands import AtDiscussion
from duty_tui.domain.restriction_commands import RestrictConcern
from duty_tui.errors import Unavailable
from duty_tui.screens.call import CallScreen
from duty_tui.screens.concern import ConcernScreen
from duty_tui.screens.locked import Lock
from duty_tui.screens.queue_peek import Peek
from duty_tui.screens.write import Write
from duty_tui.settings import Settings
from duty_tui.store.presence import Presence
from duty_tui.store.rows import Draft
from duty_tui.store.sqlite import SqliteStore
from duty_tui.widgets.statusline import StatusLine
from tests.discussions import began
from tests.pilot import screen_text, some_turns, until
from tests.screens.conftest import Office

OTHER = "DS Patel"


def opens(office: Office, concern: str, terminal: str = "t2", part: str = "decisions") -> None:
    come(terminal, OTHER, concern, part, office.hands.now)(office.store)


def present(office: Office, concern: str) -> list[Presence]:
    return office.store.present(concern, office.hands.now - GONE)


@asynccontextmanager
async def reading(office: Office, concern: str) -> AsyncIterator[Pilot[int]]:
    """The concern's screen, opened from the queue."""
    async with office.at_work() as pilot:
        await pilot.press("enter")
        await until(lambda: isinstance(pilot.app.screen, ConcernScreen) and "NEXT STEP" in screen_text(pilot.app))
        await until(lambda: present(office, concern))
        yield pilot


async def test_what_is_open_is_told_on_opening_now_and_then_and_on_leaving(office: Office) -> None:
    concern = office.family("Okafor")
    async with reading(office, concern) as pilot:
        [told] = present(office, concern)
        assert (told.actor, told.part) == ("Ann Osei", "concern")
        office.hands.on(seconds=HEARTBEAT.total_seconds())
        await until(lambda: present(office, concern)[0].seen == office.hands.now)
        await pilot.press("m")
        await until(lambda: isinstance(pilot.app.screen, Write))
        await pilot.press("escape", "escape")
        await until(lambda: not present(office, concern))


async def test_what_is_typed_is_told_and_for_as_long_as_it_is(office: Office) -> None:
    concern = office.family("Okafor")

    def part() -> str:
        return next((one.part for one in present(office, concern)), "")

    async with reading(office, concern) as pilot:
        await pilot.press("m")
        await until(lambda: isinstance(pilot.app.screen, Write) and bool(pilot.app.screen.focused))
        await until(lambda: part() == "concern")
        await pilot.press("R", "a", "n", "g")
        await until(lambda: part() == "typing: a note")
        office.hands.on(seconds=TYPING.total_seconds())
        await until(lambda: part() == "concern")


async def test_the_queue_is_nobodys_company_and_writes_nothing(office: Office) -> None:
    concern = office.family("Okafor")
    async with office.at_work() as pilot:
        office.hands.on(minutes=5)
        await until(lambda: office.hands.now.strftime("%H:%M") in screen_text(pilot.app))
        assert present(office, concern) == []


async def test_who_else_is_there_stands_where_nothing_else_does(office: Office) -> None:
    concern = office.family("Okafor")
    async with reading(office, concern) as pilot:
        before = screen_text(pilot.app).splitlines()
        opens(office, concern)
        await until(lambda: "◦ DS Patel has this open" in screen_text(pilot.app))
        after = screen_text(pilot.app).splitlines()
        [at] = [at for at, row in enumerate(after) if "DS Patel" in row]
        assert [row for place, row in enumerate(after) if place != at] == [
            row for place, row in enumerate(before) if place != at
        ]
        assert before[at].strip() == ""
        office.store.save_draft(
            Draft("d1", "discussion.decision", concern, "K. Osei", "desk-4", office.hands.now, {"x": 1})
        )
        await until(lambda: "K. Osei is typing: decisions · DS Patel has this open" in screen_text(pilot.app))
        pilot.app.screen.query_one(StatusLine).refused("The disk is full.")
        await some_turns()
        assert "The disk is full." in screen_text(pilot.app)
        assert "DS Patel" not in screen_text(pilot.app)
        await pilot.press("m")
        await until(lambda: isinstance(pilot.app.screen, Write) and "is typing" in screen_text(pilot.app))
        office.store.drop_draft("d1")
        office.store.leave("t2")
        await until(lambda: "◦" not in screen_text(pilot.app))


async def test_the_pane_of_the_queue_says_it_of_the_concern_under_the_cursor(office: Office) -> None:
    first = office.family("Okafor")
    office.hands.on(minutes=1)
    office.family("Byrne")
    async with office.at_work() as pilot:
        opens(office, first)
        await until(lambda: "◦ DS Patel has this open · C1" in screen_text(pilot.app))
        assert pilot.app.screen.query_one(Peek).size.height == 3
        await pilot.press("down")
        await until(lambda: "DS Patel" not in screen_text(pilot.app))
        await pilot.press("up")
        await until(lambda: "◦ DS Patel has this open" in screen_text(pilot.app))


async def test_a_terminal_that_was_killed_is_no_longer_shown(office: Office) -> None:
    concern = office.family("Okafor")
    async with reading(office, concern) as pilot:
        opens(office, concern)
        await until(lambda: "DS Patel" in screen_text(pilot.app))
        office.hands.on(seconds=GONE.total_seconds() + 1)
        await until(lambda: "DS Patel" not in screen_text(pilot.app))


async def test_the_end_of_the_program_leaves(office: Office) -> None:
    concern = office.family("Okafor")
    async with reading(office, concern) as pilot:
        await pilot.press("ctrl+q")
        await until(lambda: pilot.app.return_code == 0)
        assert present(office, concern) == []


async def test_a_covered_screen_has_nothing_open(office: Office) -> None:
    concern = office.family("Okafor")
    lock = Lock(timedelta(minutes=5), lambda words: words == "open")
    async with office.at_work(lock=lock) as pilot:
        await pilot.press("enter")
        await until(lambda: present(office, concern))
        office.hands.on(minutes=6)
        await until(lambda: not present(office, concern))


async def test_that_it_cannot_be_told_is_nobodys_trouble(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    concern = office.family("Okafor")
    tried: list[str] = []

    def full(*_: object) -> None:
        tried.append("told")
        raise Unavailable("The disk is full.")

    for name in ("be_present", "leave", "present"):
        monkeypatch.setattr(SqliteStore, name, full)
    async with office.at_work() as pilot:
        await pilot.press("enter")
        await until(lambda: "NEXT STEP" in screen_text(pilot.app) and len(tried) > 1)
        assert "full" not in screen_text(pilot.app)
        await pilot.press("ctrl+q")
        await until(lambda: pilot.app.return_code == 0)
    assert concern


async def test_of_a_restricted_concern_nobody_else_hears(office: Office) -> None:
    concern = office.family("Okafor")
    office.other.do(concern, RestrictConcern(names=("Ben Adeyemi", OTHER), reason="Staff"))
    opens(office, concern)
    async with office.at_work(settings=Settings(name="Ann Osei")) as pilot:
        await until(lambda: "RESTRICTED" in screen_text(pilot.app))
        office.hands.on(seconds=20)
        opens(office, concern)
        await some_turns()
        assert "DS Patel" not in screen_text(pilot.app)


async def test_on_the_call_it_stands_on_the_border_of_the_line(office: Office) -> None:
    concern = office.family("Okafor")
    office.other.do(concern, AtDiscussion(event=began((1,), at=office.hands.now)))
    async with office.at_work() as pilot:
        await pilot.press("c")
        await until(lambda: isinstance(pilot.app.screen, CallScreen) and present(office, concern))
        assert present(office, concern)[0].part == "call"
        opens(office, concern)
        await until(lambda: "NOTE ◦ DS Patel has this open" in screen_text(pilot.app))
