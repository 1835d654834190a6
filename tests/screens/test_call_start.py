"""Into a call: held or not, how and why, at once or booked; and back into the one that goes on, or its record."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

import pytest
from textual.screen import Screen
from textual.widgets import Static

from duty_tui.desk.desk import Desk
from duty_tui.domain.discussion_events import DiscussionAgreed, DiscussionBooked, DiscussionEnded
from duty_tui.screens.call import CallScreen
from duty_tui.screens.call_open import Call, open_call
from duty_tui.screens.call_start import StartCall
from duty_tui.screens.concern_ask import Ask
from duty_tui.screens.desk_screen import DeskScreen
from duty_tui.screens.sign import RecordsScreen
from duty_tui.widgets.choice import Choice
from duty_tui.widgets.command_screen import Back
from duty_tui.widgets.entry_input import EntryInput
from duty_tui.widgets.statusline import StatusLine
from tests.desk.conftest import NOW
from tests.pilot import fast_pilot, real_idle, until
from tests.screens.at_a_desk import ME, Bench, shown
from tests.screens.call_bench import CONCERN, at, begun, raised

__all__ = ["fast_pilot", "real_idle"]


class Rows(Static, can_focus=True):
    """What letters fall on."""


class Queue(DeskScreen[None]):
    """A screen with a concern under its cursor."""

    ACTS = (Call, Back)

    def __init__(self, selected: bool = True) -> None:
        super().__init__()
        self.selected = selected

    def compose(self) -> Any:
        yield Rows()
        yield StatusLine()

    def discussion_at(self) -> tuple[str, int | None] | None:
        return (CONCERN, None) if self.selected else None


def top(bench: Bench) -> Screen[Any]:
    return bench.app.screen_stack[-1]


async def opened(bench: Bench, kind: type[Screen[Any]]) -> None:
    await bench.press("c")
    await until(lambda: isinstance(top(bench), kind) and top(bench).query("*"))
    await until(lambda: bool(bench.text.strip()))
    await until(lambda: not isinstance(top(bench), CallScreen) or top(bench).call is not None)  # type: ignore[attr-defined]


async def test_c_asks_once_and_starts_with_the_chair_present() -> None:
    async with shown(Queue, before=raised) as bench:
        await opened(bench, StartCall)
        assert "STRATEGY DISCUSSION 1: Amara Okafor, Kofi Okafor, Ama Okafor" in bench.text
        await bench.press("1")
        await bench.type("bruise, no account of it")
        await bench.press("ctrl+s")
        await until(lambda: isinstance(top(bench), CallScreen))
        await bench.read_out("START     Chair Ann Osei, telephone, about Amara, Kofi and Ama")
        found = bench.desk.concern(CONCERN).discussion(1)
        assert found is not None
        assert (found.reason, found.agreed_by, found.format) == ("bruise, no account of it", ME, "telephone")
        assert (found.started, found.chair, found.children, found.follows) == (NOW, ME, (1, 2, 3), None)
        assert [(person.name, person.role) for person in found.present] == [(ME, "chair")]


async def test_what_is_missing_is_said_and_nothing_recorded() -> None:
    async with shown(Queue, before=raised) as bench:
        await opened(bench, StartCall)
        await bench.press("ctrl+s")
        assert "Say how it is held" in bench.text
        await bench.press("2", "ctrl+s")
        assert "Holding one needs its reason." in bench.text
        await bench.press("f8")
        assert "Deciding against a discussion needs its reason." in bench.text
        await bench.press("f4")
        assert "Holding one needs its reason." in bench.text
        top(bench).query_one("#chair", EntryInput).value = " "
        await bench.type("why")
        await bench.press("ctrl+s")
        assert "A discussion has a chair." in bench.text
        assert bench.desk.concern(CONCERN).discussions == ()
        await bench.press("escape")
        assert isinstance(top(bench), Queue)


async def test_none_is_held_with_its_reason() -> None:
    async with shown(Queue, before=raised) as bench:
        await opened(bench, StartCall)
        await bench.press("tab")
        await bench.type("accidental, seen by GP")
        await bench.press("f8")
        await until(lambda: isinstance(top(bench), Queue))
        concern = bench.desk.concern(CONCERN)
        assert {one.event for one in concern.milestones} == {"discussion_decided_on", "decision_reason_recorded"}
        assert concern.answers["reasonable_cause"][-1].reason == "accidental, seen by GP"
        assert concern.discussions == ()


async def test_it_is_agreed_and_booked_instead() -> None:
    async with shown(Queue, before=raised) as bench:
        await opened(bench, StartCall)
        await bench.press("3")
        await bench.type("bruise")
        await bench.press("f4")
        await until(lambda: type(top(bench)).__name__ == "BookForm")
        found = bench.desk.concern(CONCERN).discussion(1)
        assert found is not None
        assert (found.format, found.reason, found.started) == ("virtual", "bruise", None)


@pytest.mark.parametrize(
    ("key", "then"), [("ctrl+s", "CallScreen"), ("f4", "BookForm"), ("f8", "Queue")], ids=["start", "book", "none"]
)
async def test_what_is_recorded_beneath_another_screen_goes_on_once_that_has_gone(key: str, then: str) -> None:
    async with shown(Queue, before=raised) as bench:
        await opened(bench, StartCall)
        question, free = top(bench), threading.Event()
        await bench.press("3")
        await bench.type("bruise")
        busy = asyncio.create_task(bench.app.session.ask(lambda _desk: free.wait()))
        await bench.press(key)
        above = Screen[None]()
        await bench.app.push_screen(above)
        free.set()
        await busy
        await until(lambda: bench.desk.concern(CONCERN).version > 1)
        await until(lambda: all(one.is_finished for one in question.workers))
        assert top(bench) is above
        bench.app.pop_screen()
        await until(lambda: type(top(bench)).__name__ == then, seconds=9)


async def test_one_that_is_booked_starts_as_agreed() -> None:
    def booked(desk: Desk) -> None:
        raised(desk)
        agreed = DiscussionAgreed(discussion=1, format="virtual", reason="bruise")
        at(desk, agreed, DiscussionBooked(discussion=1, at=NOW))

    async with shown(Queue, before=booked) as bench:
        await opened(bench, StartCall)
        await bench.read_out("booked for")
        assert top(bench).query_one("#format", Choice).value == "virtual"
        await bench.press("f8")
        assert "It was agreed already" in bench.text
        await bench.press("f4")
        await until(lambda: type(top(bench)).__name__ == "BookForm")
        await bench.press("escape")
        await until(lambda: isinstance(top(bench), Queue))
        await opened(bench, StartCall)
        await bench.press("ctrl+s")
        await until(lambda: isinstance(top(bench), CallScreen))


async def test_c_leads_straight_back_into_a_call_that_goes_on() -> None:
    async with shown(Queue, before=begun) as bench:
        await opened(bench, CallScreen)
        await bench.press("escape")
        await until(lambda: isinstance(top(bench), Queue))
        await opened(bench, CallScreen)


async def test_after_the_end_the_record_or_a_further_one() -> None:
    def ended(desk: Desk) -> None:
        begun(desk)
        at(desk, DiscussionEnded(discussion=1, at=NOW, further=True))

    async with shown(Queue, before=ended) as bench:
        await opened(bench, Ask)
        await bench.press("1")
        await until(lambda: isinstance(top(bench), CallScreen))
        await bench.read_out("RECORD C1")
        await bench.press("f9")
        await until(lambda: isinstance(top(bench), RecordsScreen))
        await bench.read_out("0 of 3 records signed")
        await bench.press("escape")
        await until(lambda: isinstance(top(bench), CallScreen))
        await bench.press("escape")
        await until(lambda: isinstance(top(bench), Queue))
        await opened(bench, Ask)
        await bench.press("2")
        await until(lambda: isinstance(top(bench), StartCall))
        await bench.press("1")
        await bench.type("more is known")
        await bench.press("ctrl+s")
        assert "Say whether it belongs to the same series." in bench.text
        await bench.press("1", "ctrl+s")
        await until(lambda: isinstance(top(bench), CallScreen))
        found = bench.desk.concern(CONCERN).discussion(2)
        assert found is not None
        assert (found.follows, found.chair) == (1, ME)


async def test_going_back_from_the_question_does_nothing() -> None:
    def ended(desk: Desk) -> None:
        begun(desk)
        at(desk, DiscussionEnded(discussion=1, at=NOW))

    async with shown(Queue, before=ended) as bench:
        await opened(bench, Ask)
        await bench.press("escape")
        assert isinstance(top(bench), Queue)


async def test_a_new_series_follows_nothing() -> None:
    def ended(desk: Desk) -> None:
        begun(desk)
        at(desk, DiscussionEnded(discussion=1, at=NOW), DiscussionAgreed(discussion=2, format="telephone", reason="x"))

    async with shown(Queue, before=ended) as bench:
        await opened(bench, StartCall)
        await bench.read_out("same series")
        top(bench).query_one("#series").focus()
        await bench.press("2", "ctrl+s")
        await until(lambda: isinstance(top(bench), CallScreen))
        found = bench.desk.concern(CONCERN).discussion(2)
        assert found is not None
        assert found.follows is None


async def test_without_a_concern_c_says_why() -> None:
    async with shown(lambda: Queue(selected=False), before=raised) as bench:
        await bench.press("c")
        assert "No concern is selected" in bench.text
        Call().run(top(bench))
        assert isinstance(top(bench), Queue)


async def test_a_concern_that_is_not_there_is_said() -> None:
    async with shown(Queue) as bench:
        open_call(top(bench), CONCERN)  # type: ignore[arg-type]
        await bench.read_out("There is no such concern")
