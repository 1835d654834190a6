"""The app: themes, keys of one's own, ways of ending, and what nobody foresaw."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Awaitable, Callable
from datetime import date

import pytest
from textual.css.query import NoMatches
from textual.pilot import Pilot
from textual.worker import WorkerFailed

from duty_tui.app import DutyApp, Fed
from duty_tui.desk.session import Changes
from duty_tui.domain.service import ClosureAdded
from duty_tui.screens.queue import QueueScreen
from duty_tui.screens.views import ViewsDialog
from duty_tui.settings import Settings
from tests.pilot import until
from tests.screens.conftest import ME, Office, queue_of, said


async def test_theme_and_keys_are_the_persons_own(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DUTY_TUI_THEME")
    settings = Settings(name=ME, theme="contrast", keys={"queue.views": "f5"})
    async with office.at_work(settings=settings) as pilot:
        assert pilot.app.theme == "duty-contrast"
        await pilot.press("v")
        assert len(pilot.app.screen_stack) == 1
        await pilot.press("f5")
        assert len(pilot.app.screen_stack) == 2


async def test_a_theme_named_for_one_start_goes_before_the_settings(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DUTY_TUI_THEME", "light")
    async with office.at_work(settings=Settings(name=ME, theme="contrast")) as pilot:
        assert pilot.app.theme == "duty-light"


async def test_a_closure_day_recorded_at_another_terminal_moves_the_times_shown_here(office: Office) -> None:
    answers = {"reasonable_cause": "yes", "serious_risk_of_harm": "no", "penetrative_sexual_abuse": "no"}
    concern = office.family("Okafor", answers=answers)
    async with office.at_work() as pilot:

        def due() -> int | None:
            board = queue_of(pilot).board
            row = board.row(concern) if board else None
            return row.due if row else None

        before = due()
        office.other.decide([ClosureAdded(day=date(2026, 11, 23), name="Staff day")])
        moved = office.store.row(concern)
        assert moved is not None
        assert before != moved.due
        await until(lambda: due() == moved.due)


async def test_ctrl_q_keeps_drafts_and_ends(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[str] = []
    monkeypatch.setattr(QueueScreen, "keep_draft", lambda _: kept.append("kept"))
    async with office.at_work() as pilot:
        await pilot.press("ctrl+q")
        await until(lambda: pilot.app.return_code is not None)
        assert pilot.app.return_code == 0
        assert kept == ["kept"]


async def test_a_lost_terminal_ends_it_once(office: Office) -> None:
    async with office.at_work() as pilot:
        for _ in range(2):
            pilot.app.terminal_lost()  # type: ignore[attr-defined]
        await until(lambda: pilot.app.return_code == 0)


async def test_ctrl_c_ends_nothing(office: Office) -> None:
    async with office.at_work() as pilot:
        await pilot.press("ctrl+c")
        assert "q in the queue leaves" in said(pilot)
        assert pilot.app.return_code is None


async def test_a_draft_that_cannot_be_kept_does_not_lose_the_others(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: QueueScreen) -> None:
        raise RuntimeError("Amara Okafor")

    monkeypatch.setattr(QueueScreen, "keep_draft", fail)
    async with office.at_work() as pilot:
        await pilot.press("ctrl+q")
        await until(lambda: pilot.app.return_code == 0)
    assert len(list((office.folder / "incidents").iterdir())) == 1


def fails(monkeypatch: pytest.MonkeyPatch) -> None:
    """The next look at a view fails with a child's name in its message and its variables."""

    def broken(screen: QueueScreen) -> None:
        child = "Amara Okafor"
        raise ValueError(f"cannot show {child}")

    monkeypatch.setattr(QueueScreen, "choose_view", broken)


async def ended(office: Office, act: Callable[[Pilot[int]], Awaitable[None]]) -> str:
    """What the app has said on the way out once `act` was done to it; Textual's pilot raises the error afterwards."""
    words: list[str] = []
    with contextlib.suppress(ValueError, RuntimeError, KeyError, WorkerFailed):
        async with office.at_work() as pilot:
            await act(pilot)
            await until(lambda: pilot.app.return_code)
            assert pilot.app.return_code == 1
            for rendered in pilot.app._exit_renderables:
                words += [segment.text for segment in pilot.app.console.render(rendered)]
    return "".join(words)


async def test_what_nobody_foresaw_ends_with_a_number_and_no_name(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    fails(monkeypatch)

    async def press(pilot: Pilot[int]) -> None:
        await pilot.press("v")

    told = await ended(office, press)
    (file,) = (office.folder / "incidents").iterdir()
    assert f"incident {file.stem}" in told
    assert "Traceback" not in told
    assert "Amara" not in told + file.read_text("utf-8")
    assert "broken" in file.read_text("utf-8")


async def test_work_begun_by_a_key_that_fails_tells_where_it_failed(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def deep_in_the_work() -> None:
        raise ValueError("Amara Okafor")

    def begin(screen: QueueScreen) -> None:
        screen.begin(deep_in_the_work())

    monkeypatch.setattr(QueueScreen, "choose_view", begin)

    async def press(pilot: Pilot[int]) -> None:
        await pilot.press("v")

    told = await ended(office, press)
    (file,) = (office.folder / "incidents").iterdir()
    kept = file.read_text("utf-8")
    assert "builtins.ValueError" in kept
    assert "deep_in_the_work" in kept
    assert "Amara" not in told + kept


async def test_textuals_own_panic_shows_nothing_either(office: Office) -> None:
    async def panic(pilot: Pilot[int]) -> None:
        pilot.app.panic("Amara Okafor in a traceback")

    told = await ended(office, panic)
    assert "incident" in told
    assert "Amara" not in told


async def test_a_thread_that_fails_ends_it_too(office: Office) -> None:
    def fail() -> None:
        raise KeyError("the feed")

    async def start(_: Pilot[int]) -> None:
        threading.Thread(target=fail).start()

    assert "incident" in await ended(office, start)


async def test_news_and_seconds_that_come_while_it_ends_find_nobody(office: Office) -> None:
    async with office.at_work() as pilot:
        app = pilot.app
        assert isinstance(app, DutyApp)
        assert app._standing() == [queue_of(pilot)]
        queue_of(pilot)._pruning = True
        assert app._standing() == []
        queue_of(pilot)._pruning = False
    assert app._standing() == []
    app._tick()
    app.on_fed(Fed(Changes()))


async def test_nothing_of_textuals_is_in_the_palette(office: Office) -> None:
    async with office.at_work() as pilot:
        titles = [command.title for command in pilot.app.get_system_commands(queue_of(pilot))]
        assert set() == pilot.app.COMMANDS
        await pilot.press("colon")
        assert titles
        assert "Screenshot" not in str(pilot.app.screen.children)


async def test_keys_of_ones_own_that_lead_nowhere_end_nothing(office: Office) -> None:
    settings = Settings(name=ME, keys={"no.such": "x", "queue.views": "", "queue.filter": "n", "concern.new": "ctrl+h"})
    async with office.at_work(settings=settings) as pilot:
        await pilot.press("x", "n")
        assert queue_of(pilot).filter.has_class("-open")


async def test_an_answer_that_finds_its_screen_gone_is_no_incident(office: Office) -> None:
    async with office.at_work() as pilot:
        await pilot.press("v")
        dialogue = pilot.app.screen
        assert isinstance(dialogue, ViewsDialog)
        await pilot.press("escape")

        async def late() -> None:
            dialogue.query_one("#nothing")

        await dialogue._told(late())
        with pytest.raises(NoMatches):
            await queue_of(pilot)._told(queue_of_nothing(pilot))


async def queue_of_nothing(pilot: Pilot[int]) -> None:
    queue_of(pilot).query_one("#nothing")
