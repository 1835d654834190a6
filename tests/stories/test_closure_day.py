"""The service closes for a day, in a real terminal: whose time moves is shown before anybody says yes, and after."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from duty_tui.clock import system_clock
from duty_tui.domain.times import day_words, london_date
from duty_tui.places import HOME, places
from duty_tui.store.keyfile import read_key
from duty_tui.store.sqlite import SqliteStore
from duty_tui.wiring import bare_desk
from tests.builders import a_child, raise_concern
from tests.desk.escalated import PLAIN
from tests.stories.test_in_a_terminal import SECONDS, Running, home

__all__ = ["home"]

pytestmark = pytest.mark.slow

ID = "1" * 32


def program(home: Path, *arguments: str) -> Running:
    words = ["-m", "duty_tui", "--database", str(home / "desk.db"), *arguments]
    return Running(words, columns=80, lines=24, environ={"DUTY_TUI_HOME": str(home)})


def due_on(home: Path, *, first: bool = False) -> date:
    """The day at whose end the discussion is due; the concern comes in `first`."""
    with SqliteStore(home / "desk.db", read_key(places({HOME: str(home)}).key_file)) as store:
        desk = bare_desk(store, "Ben Adeyemi", system_clock)
        if first:
            desk.do(ID, raise_concern(a_child(name="Amara Okafor"), received=system_clock(), answers=PLAIN))
        row = desk.row(ID)
    assert row is not None
    assert row.due is not None
    return london_date(datetime.fromtimestamp(row.due, UTC) - timedelta(seconds=1))


def test_a_closure_day_moves_a_due_that_was_shown_first_and_is_on_the_screen_afterwards(home: Path) -> None:
    before = due_on(home, first=True)
    add = ("closure", "add", before.isoformat(), "Staff day")
    with program(home, *add) as asked:
        asked.until(b"[y/N]", SECONDS)
        assert b"C1: Discussion moves from end of " + day_words(before).encode() in asked.written
        asked.press(b"\r")
        assert asked.ends() == 1
    assert due_on(home) == before, "Enter alone closes nothing"

    with program(home, *add) as asked:
        asked.until(b"[y/N]", SECONDS)
        asked.press(b"y\r")
        assert asked.ends() == 0
    after = due_on(home)
    assert after > before

    with program(home) as queue:
        queue.until(b"1 due moved: M", SECONDS)
        queue.press(b"M")
        queue.until(b"1 new to you, 1 in all", SECONDS)
        queue.until(f"from end of {day_words(before)} to end of {day_words(after)}".encode(), SECONDS)
        queue.until(b"Staff day", SECONDS)
        queue.press_until(b"\r", b"NEXT STEP")
    with program(home) as queue:
        queue.until(b"Okafor", SECONDS)
        queue.press_until(b"M", b"0 new to you, 1 in all")
