"""The record is taken away under somebody who is typing: the screen says so, and what they typed is theirs still."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from duty_tui.screens.intake import IntakeScreen
from duty_tui.screens.stale import StaleLine
from duty_tui.store.sqlite import SqliteStore
from duty_tui.widgets.statusline import StatusLine
from tests.pilot import screen_text, until
from tests.screens.conftest import KEY, Office, fast_pilot, hands, names, office, queue_of

__all__ = ["fast_pilot", "hands", "office"]

WORDS = "Ms P. Lund telephoned from the school."


def moved(path: Path, aside: Path) -> None:
    path.rename(aside)


def deleted(path: Path, aside: Path) -> None:
    path.rename(aside)
    shutil.copy(aside, path)
    path.unlink()


def replaced(path: Path, aside: Path) -> None:
    path.rename(aside)
    shutil.copy(aside, path)


def flat(text: str) -> str:
    return " ".join(text.split())


def typed(pilot: Pilot[int]) -> str:
    """What stands in the form under the hands."""
    screen = next(screen for screen in pilot.app.screen_stack if isinstance(screen, IntakeScreen))
    return screen.form.name


@pytest.mark.parametrize("away", [moved, deleted, replaced])
async def test_a_record_taken_away_is_said_and_put_back_it_goes_on(
    office: Office, away: Callable[[Path, Path], None]
) -> None:
    office.family("Okafor")
    aside = office.path.with_name("aside.db")
    async with office.at_work() as pilot:
        await pilot.press("n")
        await until(lambda: isinstance(pilot.app.screen, IntakeScreen) and pilot.app.focused is not None)
        await pilot.press(*(letter if letter != " " else "space" for letter in WORDS))
        await until(office.store.drafts)
        away(office.path, aside)
        await pilot.press("!")
        await until(lambda: "draft kept on this machine" in flat(screen_text(pilot.app)))
        assert typed(pilot) == f"{WORDS}!"
        assert office.store.head().seq == 4, "nothing was recorded"

        aside.replace(office.path)
        await pilot.press("!")
        await until(lambda: "draft saved" in flat(screen_text(pilot.app)))
        assert typed(pilot) == f"{WORDS}!!"
        assert office.store.drafts()[0].body["name"] == f"{WORDS}!!"


async def test_the_queue_says_that_its_record_was_taken_away_until_it_is_back(office: Office) -> None:
    office.family("Okafor")
    aside = office.path.with_name("aside.db")
    async with office.at_work() as pilot:
        replaced(office.path, aside)
        await until(lambda: "as of 18:05, not updating" in screen_text(pilot.app))
        assert names(pilot) == ["Okafor"]
        aside.replace(office.path)
        await until(lambda: not queue_of(pilot).query_one(StaleLine).display)
        office.family("Lund")
        await until(lambda: "Lund" in names(pilot))


async def test_an_older_record_put_in_its_place_is_never_written_to(office: Office, tmp_path: Path) -> None:
    office.family("Okafor")
    with SqliteStore(office.path, KEY) as store:
        store._read("PRAGMA wal_checkpoint(TRUNCATE)")
    older = tmp_path / "older.db"
    shutil.copy(office.path, older)
    office.family("Lund")
    before = older.read_bytes()
    async with office.at_work() as pilot:
        await until(lambda: "Lund" in names(pilot))
        older.replace(office.path)
        await until(lambda: "as of 18:05, not updating" in screen_text(pilot.app))
        await pilot.press("o", "1")
        await until(lambda: "✗" in screen_text(pilot.app))
        assert "NOT recorded" in pilot.app.screen.query_one(StatusLine).words
    assert office.path.read_bytes() == before
