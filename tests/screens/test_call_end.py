"""The end of a call: what is open is listed and never in the way."""

from __future__ import annotations

import asyncio
import threading
from datetime import timedelta
from typing import Any

import pytest
from textual.screen import Screen

from duty_tui.desk.desk import Desk
from duty_tui.domain.decision_events import ActionAgreed, DecisionMade
from duty_tui.domain.discussion_events import PersonRecorded
from duty_tui.domain.service import PolicyAdopted
from duty_tui.errors import Unavailable
from duty_tui.screens.call_end import EndCall
from duty_tui.store.store import Store
from duty_tui.widgets.entry_input import EntryInput
from duty_tui.widgets.time_field import TimeField
from tests.desk.conftest import NOW, Hands
from tests.pilot import fast_pilot, real_idle, until
from tests.screens.call_bench import OnCall, begun, on_call

__all__ = ["fast_pilot", "real_idle"]


def person(name: str, role: str) -> PersonRecorded:
    return PersonRecorded(discussion=1, name=name, agency="x", role=role, standing="present")


EVERYBODY = tuple(
    person(name, role)
    for name, role in (("A", "social_worker"), ("B", "health"), ("C", "police"), ("D", "hospital_clinician"))
)


async def ask(call: OnCall) -> EndCall:
    await call.press("f9")
    await until(lambda: isinstance(call.bench.app.screen, EndCall) and call.bench.app.screen.query("#further"))
    screen = call.bench.app.screen
    assert isinstance(screen, EndCall)
    return screen


async def test_what_is_open_is_listed_and_one_key_ends_it_all_the_same() -> None:
    action = ActionAgreed(discussion=1, what="ring", children=(1,))
    made = DecisionMade(discussion=1, children=(1, 2), box="b", label="Section 47", reason="x")
    async with on_call(*EVERYBODY[:3], action, made) as call:
        screen = await ask(call)
        for words in (
            "END DISCUSSION 1: C1",
            "Without a decision 1: Ama Okafor",
            "Not answered 3: /1 Each agency",
            "Actions that lack something 1: ring",
            "Here: 4 of",
        ):
            assert words in call.text or words == "Here: 4 of", words
        assert not screen.query("#anyway")
        call.bench.hands.on(minutes=20)
        await call.press("2", "ctrl+s")
        await until(lambda: call.discussion.ended is not None)
        found = call.discussion
        assert (found.ended, found.further, found.emergency) == (NOW + timedelta(minutes=20), False, "")
        await until(lambda: "RECORD C1 20 min" in call.text)
        assert call.border == "✓ ended, recorded 18:25:00"
        await call.record("added after the end")
        assert "NOTE added after the end" in call.log


def strict(desk: Desk) -> None:
    """A call under a policy that asks for steps when a partner stays away."""
    desk.decide([PolicyAdopted(pack="seven-minute-briefing", from_day=NOW.date())])
    begun(desk)


async def test_an_inquorate_one_is_held_in_an_emergency_with_its_reason() -> None:
    async with on_call(first=strict) as call:
        await ask(call)
        assert "missing. Held without a quorum because" in " ".join(call.text.split())
        await call.press("1", "ctrl+s")
        assert "Say why it could not wait, or choose 2." in call.text
        await call.type("the child leaves hospital tonight")
        await until(lambda: "then owed:" in call.text)
        await call.press("ctrl+s")
        await until(lambda: call.discussion.ended is not None)
        assert call.discussion.emergency == "the child leaves hospital tonight"
        assert call.discussion.further is None


async def test_an_inquorate_one_can_end_without_a_reason() -> None:
    async with on_call() as call:
        screen = await ask(call)
        await call.press("2")
        assert call.bench.app.focused is screen.query_one("#further")
        await call.press("1", "f9")
        await until(lambda: call.discussion.ended is not None)
        assert (call.discussion.emergency, call.discussion.further) == ("", True)


async def test_the_time_it_ended_can_be_typed() -> None:
    hands = Hands()
    async with on_call(hands=hands) as call:
        hands.on(minutes=30)
        screen = await ask(call)
        field = screen.query_one(TimeField)
        field.text = "18:3"
        await call.press("ctrl+s")
        assert "The time it ended cannot be read." in call.text
        field.text = "18:20"
        await until(lambda: "→ Fri 20 Nov 2026 18:20" in call.text)
        await call.press("ctrl+s")
        await until(lambda: call.discussion.ended == NOW + timedelta(minutes=15))


async def test_escape_goes_back_into_the_call() -> None:
    async with on_call() as call:
        await call.put("half a line")
        await ask(call)
        await call.press("escape")
        assert call.discussion.ended is None
        assert call.bench.app.focused is call.entry
        assert call.entry.value == "half a line"


async def test_an_end_that_is_not_recorded_is_said_and_can_be_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> Any:
        raise Unavailable("The disk is full.")

    async with on_call() as call:
        screen = await ask(call)
        await call.press("1")
        screen.query_one("#reason", EntryInput).value = "urgent"
        with monkeypatch.context() as patch:
            patch.setattr(Store, "append", full)
            await call.press("ctrl+s")
            await call.bench.read_out("The disk is full.")
        await call.press("ctrl+s")
        await until(lambda: call.discussion.emergency == "urgent")


async def test_when_nothing_is_open_that_is_said() -> None:
    decided = DecisionMade(discussion=1, children=(1, 2, 3), box="b", label="x", reason="y")
    async with on_call(*EVERYBODY, decided) as call:
        for number in (1, 2, 3):
            await call.record(f"/{number} yes")
        await ask(call)
        assert "Everything is answered, and decided for every child." in call.text


async def test_an_end_that_is_recorded_beneath_another_screen_is_taken_once_that_has_gone() -> None:
    async with on_call(*EVERYBODY) as call:
        screen = await ask(call)
        app, free = call.bench.app, threading.Event()
        busy = asyncio.create_task(app.session.ask(lambda _desk: free.wait()))
        await call.press("2", "ctrl+s")
        await app.push_screen(Screen[None]())
        free.set()
        await busy
        await until(lambda: call.discussion.ended is not None)
        await until(lambda: not screen.workers._workers or all(one.is_finished for one in screen.workers))
        assert len(app.screen_stack) == 4
        app.pop_screen()
        await until(lambda: app.screen is call.screen, seconds=9)
