"""Somebody was faster during a call: its beginning, its end, its lines, and who has its records."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual.screen import Screen

from duty_tui.desk.circulating import got_by_hand
from duty_tui.desk.desk import Desk
from duty_tui.domain.circulation_commands import Circulate
from duty_tui.domain.commands import Withdraw
from duty_tui.domain.decision_events import DecisionMade
from duty_tui.domain.discussion_commands import AtDiscussion
from duty_tui.domain.discussion_event import DiscussionEvent
from duty_tui.domain.discussion_events import DiscussionAgreed, DiscussionEnded, DiscussionStarted, LineNoted
from duty_tui.screens.both import Both
from duty_tui.screens.call import CallScreen
from duty_tui.screens.call_end import EndCall
from duty_tui.screens.call_start import StartCall
from duty_tui.screens.circulation import CirculationScreen
from duty_tui.screens.concern_ask import Ask
from duty_tui.store.memory import MemoryStore
from tests.desk.circulated import board
from tests.desk.conftest import NOW
from tests.pilot import fast_pilot, some_turns, until
from tests.screens.at_a_desk import Bench, shown
from tests.screens.call_bench import CONCERN, OnCall, at, on_call, raised
from tests.screens.test_call_end import ask
from tests.screens.test_call_start import Queue, opened
from tests.screens.test_circulation import choose, on_board, screen_of, states

__all__ = ["fast_pilot"]


def theirs(bench: Bench, event: DiscussionEvent) -> str:
    return bench.other().do(CONCERN, AtDiscussion(event=event)).entries[0]


async def top(bench: Bench, kind: type[Screen[object]]) -> None:
    await until(lambda: isinstance(bench.app.screen, kind) and bench.app.screen.is_mounted)
    await some_turns()


# Its beginning


@asynccontextmanager
async def starting() -> AsyncIterator[Bench]:
    async with shown(Queue, before=raised) as bench:
        await opened(bench, StartCall)
        await bench.press("1")
        await bench.type("bruise")
        yield bench


async def test_of_two_who_decide_on_one_the_second_may_record_theirs_after_it() -> None:
    async with starting() as bench:
        agreed = DiscussionAgreed(discussion=1, format="virtual", reason="a burn")
        theirs(bench, agreed)
        await bench.press("ctrl+s")
        await top(bench, Both)
        assert "Reason: a burn" in bench.text
        await bench.press("2")
        await top(bench, CallScreen)
        found = bench.desk.concern(CONCERN).discussion(1)
        assert found
        assert (found.reason, found.chair) == ("bruise", "Ann Osei")


async def test_a_decision_somebody_else_took_first_may_stand_and_the_reason_stays_or_is_dropped() -> None:
    async with starting() as bench:
        theirs(bench, DiscussionAgreed(discussion=1, format="virtual", reason="a burn"))
        await bench.press("ctrl+s")
        await top(bench, Both)
        await bench.press("1")
        await top(bench, Ask)
        await bench.press("1")
        await top(bench, StartCall)
        assert "bruise" in bench.text
        await bench.press("ctrl+s")
        await top(bench, Both)
        await bench.press("1")
        await top(bench, Ask)
        await bench.press("ctrl+d")
        await top(bench, Queue)


async def test_a_discussion_somebody_else_began_is_not_begun_twice() -> None:
    def agreed(desk: Desk) -> None:
        raised(desk)
        at(desk, DiscussionAgreed(discussion=1, format="virtual", reason="a burn"))

    async with shown(Queue, before=agreed) as bench:
        await opened(bench, StartCall)
        theirs(bench, DiscussionStarted(discussion=1, at=NOW, chair="Bo Lind", format="virtual", children=(1, 2, 3)))
        await bench.press("ctrl+s")
        await top(bench, Both)
        await bench.read_out("Yours cannot be recorded after it.")
        assert "2  Record" not in bench.text
        await bench.press("1")
        await top(bench, Queue)


@pytest.mark.parametrize("key", ["f4", "f8"])
async def test_that_one_is_held_is_shown_to_who_books_it_or_holds_none(key: str) -> None:
    async with starting() as bench:
        theirs(bench, DiscussionAgreed(discussion=1, format="virtual", reason="a burn"))
        await bench.press(key)
        await top(bench, Both)
        assert "a burn" in bench.text
        await bench.press("3")
        await top(bench, StartCall)
        assert "reasonable_cause" not in bench.desk.concern(CONCERN).answers


async def test_what_was_decided_is_not_recorded_twice_when_the_beginning_is_tried_again() -> None:
    async with starting() as bench:
        seen = MemoryStore.append

        def beaten(self: MemoryStore, entries: object, **known: object) -> object:
            if getattr(entries[0], "kind", "") == "discussion-started":  # type: ignore[index]
                patch.undo()
                theirs(bench, DiscussionStarted(discussion=1, at=NOW, chair="Bo", format="virtual", children=(1,)))
            return seen(self, entries, **known)  # type: ignore[arg-type]

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(MemoryStore, "append", beaten)
            await bench.press("ctrl+s")
            await top(bench, Both)
        await bench.press("3")
        await top(bench, StartCall)
        await bench.press("ctrl+s")
        await top(bench, Both)
        kinds = [item.event.kind for item in bench.desk.concern(CONCERN).history if item.event]
        assert kinds.count("discussion-agreed") == 1


# Its end


async def test_a_discussion_somebody_else_ended_is_not_ended_twice() -> None:
    async with on_call() as call:
        screen = await ask(call)
        theirs(call.bench, DiscussionEnded(discussion=1, at=NOW, further=True))
        await call.bench.press("ctrl+s")
        await top(call.bench, Both)
        assert "a further one is needed" in " ".join(call.text.split())
        await call.bench.press("3")
        await top(call.bench, EndCall)
        screen.query_one("#reason").value = "she was in danger"  # type: ignore[attr-defined]
        await call.bench.press("1")
        await call.bench.press("ctrl+s")
        await top(call.bench, Both)
        await call.bench.press("1")
        await until(lambda: not isinstance(call.bench.app.screen, Both))
        if isinstance(call.bench.app.screen, Ask):
            await call.bench.press("ctrl+d")
        await top(call.bench, CallScreen)
        assert call.discussion.further is True


# Its lines


def core(bench: Bench) -> None:
    theirs(bench, DecisionMade(discussion=1, children=(2,), box="p/b", label="Core assessment", reason="Not hurt"))


@asynccontextmanager
async def a_decision_typed() -> AsyncIterator[OnCall]:
    async with on_call() as call:
        await call.put("/d 1 kofi injury unexplained")
        core(call.bench)
        await call.bench.press("enter")
        await top(call.bench, Both)
        yield call


async def test_a_line_about_what_another_decided_is_recorded_after_it() -> None:
    async with a_decision_typed() as call:
        assert [draft.body["text"] for draft in call.bench.desk.store.drafts()] == ["/d 1 kofi injury unexplained"]
        await call.bench.press("2")
        await top(call.bench, CallScreen)
        await until(lambda: len(call.discussion.decisions) == 2 and not call.entry.value)
        assert call.bench.desk.concern(CONCERN).history[-1].event.after  # type: ignore[union-attr]
        assert call.bench.desk.store.drafts() == []


@pytest.mark.parametrize(("keys", "text"), [(("1", "1"), True), (("3",), True), (("1", "ctrl+d"), False)])
async def test_or_it_stays_in_the_line_or_is_dropped(keys: tuple[str, ...], text: bool) -> None:
    async with a_decision_typed() as call:
        for key in keys:
            await until(lambda: isinstance(call.bench.app.screen, Both | Ask) and call.bench.app.screen.focused)
            await call.bench.press(key)
            await some_turns()
        await top(call.bench, CallScreen)
        await until(lambda: bool(call.entry.value) is text)
        assert len(call.discussion.decisions) == 1
        assert bool(call.bench.desk.store.drafts()) is text


async def test_what_another_says_of_something_else_asks_nothing() -> None:
    async with on_call() as call:
        core(call.bench)
        await call.record("/d 1 amara injury unexplained")
        assert len(call.discussion.decisions) == 2


async def test_a_line_another_undid_is_not_undone_twice() -> None:
    async with on_call(LineNoted(discussion=1, text="first")) as call:
        line = call.discussion.lines[0]
        await call.bench.press("f12")
        await call.bench.read_out("Undo this line?")
        call.bench.other().do(CONCERN, Withdraw(entry=line.id))
        await call.bench.press("y")
        await top(call.bench, Both)
        await call.bench.press("1")
        await top(call.bench, CallScreen)
        await until(lambda: "NOTE first" not in call.log)


# Who has its records


async def test_of_two_who_say_that_somebody_has_it_the_second_is_shown_the_first() -> None:
    async with on_board() as bench:
        await choose(bench, "Di Ray")
        await bench.press("enter")
        await until(lambda: len(bench.app.screen_stack) > 2 and bench.app.screen.focused)
        await bench.type("portal")
        await bench.press("ctrl+s")
        await until(lambda: states(bench)["Di Ray"] == "sent")
        await top(bench, CirculationScreen)
        await bench.told(board(bench.desk).concern)
        await until(lambda: (found := screen_of(bench).board) is not None and found.version == _version(bench))
        await choose(bench, "Di Ray")
        shown_now = board(bench.desk)
        line = next(one for one in shown_now.lines if one.name == "Di Ray")
        bench.other().do(shown_now.concern, Circulate(each=(got_by_hand(shown_now, line, bench.hands.now),)))
        await bench.press("k")
        await top(bench, Both)
        await bench.press("1")
        await top(bench, CirculationScreen)
        await until(lambda: (found := screen_of(bench).board) is not None and found.version == _version(bench))


def _version(bench: Bench) -> int:
    return board(bench.desk).version
