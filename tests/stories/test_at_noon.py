"""Noon of the last day with nothing booked, on the screens: asked, judged, and judged otherwise in the afternoon."""

from __future__ import annotations

from datetime import UTC, datetime

from textual.pilot import Pilot
from textual.widgets import Input

from duty_tui.domain.commands import AnswerQuestions
from duty_tui.domain.events import QuestionsAnswered
from duty_tui.screens.escalate import EscalateDialog
from duty_tui.screens.escalation_form import EscalationDialog
from duty_tui.screens.judge import JudgeDialog
from duty_tui.screens.obligations import ObligationsScreen
from duty_tui.screens.queue import QueueScreen
from tests.desk.escalated import PLAIN
from tests.pilot import fast_pilot, screen_text, until
from tests.screens.conftest import Office, hands, office

__all__ = ["fast_pilot", "hands", "office"]

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


async def standing(pilot: Pilot[int], kind: type) -> None:
    """Wait for a screen that has read what it shows, and takes keys."""
    await until(lambda: isinstance(pilot.app.screen, kind) and pilot.app.screen.focused is not None)
    await until(lambda: not list(pilot.app.workers))
    await until(lambda: screen_text(pilot.app).strip())


def plain(pilot: Pilot[int]) -> str:
    """What stands on the screen, without frames and breaks."""
    return " ".join(screen_text(pilot.app).replace("│", " ").split())


async def asked(pilot: Pilot[int]) -> ObligationsScreen:
    """From the queue, everything that is asked across the desk."""
    await pilot.press("Z")
    await standing(pilot, ObligationsScreen)
    screen = pilot.app.screen
    assert isinstance(screen, ObligationsScreen)
    await until(lambda: screen.chosen is not None)
    await pilot.press("3")
    return screen


async def test_asked_at_noon_judged_no_and_in_the_afternoon_yes(office: Office) -> None:
    concern = office.family("Okafor", answers=PLAIN)
    office.hands.now = NOON
    async with office.at_work(size=(100, 30)) as pilot:
        screen = await asked(pilot)
        await until(lambda: screen.chosen is not None and screen.chosen.kind == "prompt")
        labels = [line.label for line in screen._lines("asked")]
        assert "Booked in time?" in labels
        while screen.chosen and screen.chosen.label != "Booked in time?":
            await pilot.press("down")
        await pilot.press("enter")
        await standing(pilot, JudgeDialog)
        await until(lambda: "Nothing is booked." in plain(pilot))
        await pilot.press("2")
        pilot.app.screen.query_one("#reason", Input).value = "The police come at four"
        await pilot.press("ctrl+s")
        await until(lambda: isinstance(pilot.app.screen, ObligationsScreen))
        await until(lambda: "Booked in time?" not in [line.label for line in screen._lines("asked")])
        assert "Need to Know" not in [line.label for line in screen._lines("owed")]

        await pilot.press("escape")
        await until(lambda: isinstance(pilot.app.screen, QueueScreen))
        office.hands.on(hours=4)
        otherwise = AnswerQuestions(answers={"unlikely_within_limit": "yes"}, reason="They are held up")
        office.other.do(concern, otherwise)
        await pilot.press("e")
        await standing(pilot, EscalateDialog)
        await until(lambda: "1 Need to Know called for now" in plain(pilot))
        await until(lambda: "They are held up" in plain(pilot))
        await pilot.press("enter")
        await standing(pilot, EscalationDialog)
        form = pilot.app.screen
        assert isinstance(form, EscalationDialog)
        assert form.form.judged == (), "somebody has judged it already"
        await pilot.press("escape")
        await until(lambda: isinstance(pilot.app.screen, QueueScreen))
    kinds = [
        (item.stamp.actor, item.event.reason)
        for item in office.other.concern(concern).history
        if isinstance(item.event, QuestionsAnswered) and item.event.reason
    ]
    assert kinds == [("Ann Osei", "The police come at four"), ("Ben Adeyemi", "They are held up")]


async def test_before_noon_the_list_does_not_ask_and_at_noon_it_does_by_itself(office: Office) -> None:
    office.family("Okafor", answers=PLAIN)
    office.hands.now = NOON.replace(hour=11, minute=59)
    async with office.at_work() as pilot:
        screen = await asked(pilot)
        assert "Booked in time?" not in [line.label for line in screen._lines("asked")]
        office.hands.now = NOON
        screen.tick(NOON)
        await until(lambda: "Booked in time?" in [line.label for line in screen._lines("asked")])
