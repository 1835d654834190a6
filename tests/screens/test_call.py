"""The call: every line on the disk at Enter, the draft before it, and what stands beside it."""

from __future__ import annotations

import asyncio
import os
import platform
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

import pytest

from duty_tui.desk.desk import Desk
from duty_tui.domain.commands import RecordChild
from duty_tui.domain.decision_events import ActionAgreed, ActionDone, DecisionMade, RecordSigned, SharingDecided
from duty_tui.domain.discussion_commands import AtDiscussion
from duty_tui.domain.discussion_events import AttemptLogged, DiscussionEnded, LineNoted
from duty_tui.domain.service import PolicyAdopted
from duty_tui.errors import Unavailable
from duty_tui.screens.actions import ActionsOfDiscussion
from duty_tui.screens.attendance import AttendanceScreen
from duty_tui.screens.call import CallScreen
from duty_tui.screens.call_keeping import KIND, TypedLine, is_typed_elsewhere, keeping
from duty_tui.screens.confirm import Confirm
from duty_tui.screens.decisions import DecisionsScreen
from duty_tui.screens.discussion_children import ChildrenScreen
from duty_tui.screens.discussion_screen import DiscussionList
from duty_tui.screens.escalate import EscalateDialog
from duty_tui.screens.escalation_form import EscalationDialog
from duty_tui.screens.points import PointsScreen
from duty_tui.store.memory import MemoryStore
from duty_tui.store.rows import Draft
from duty_tui.store.store import Store
from tests.builders import a_child
from tests.desk.conftest import NOW, Hands
from tests.pilot import fast_pilot, real_idle, some_turns, until
from tests.screens.at_a_desk import ME, shown
from tests.screens.call_bench import CONCERN, OnCall, begun, on_call

__all__ = ["fast_pilot", "real_idle"]

HEADS = {AttendanceScreen: "Who is here", DecisionsScreen: "Decisions", ActionsOfDiscussion: "Actions"}
SECTION_47 = "Section 47 enquiries, with a core assessment"


def noted(text: str) -> LineNoted:
    return LineNoted(discussion=1, text=text)


def full(*_: object, **__: object) -> Any:
    raise Unavailable("The disk is full.")


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Drafts are kept at the next turn of the loop."""
    monkeypatch.setattr(CallScreen, "SAVE_AFTER", 0.001)
    monkeypatch.setattr(CallScreen, "AGAIN_AFTER", 0.001)


# Recording


async def test_enter_keeps_a_note_with_its_time_and_the_line_is_free_again() -> None:
    async with on_call() as call:
        await call.type("Bruise, left arm")
        assert call.reading[0] == "→ NOTE kept as it is typed"
        await call.press("enter")
        await until(lambda: "NOTE Bruise, left arm" in call.log)
        assert call.entry.value == ""
        assert call.border == "✓ recorded 18:05:00"
        assert [line.text for line in call.discussion.lines] == ["Bruise, left arm"]
        assert call.bench.app.focused is call.entry


async def test_every_kind_of_line_is_recorded_and_shown() -> None:
    async with on_call(size=(120, 40)) as call:
        await call.record("/w DS Patel police sgt MASH")
        await call.record("/d 1 amara kofi injury unexplained")
        await call.record("/a CD visit home and see Kofi alone tomorrow 10:00")
        await call.record("/1 at once, on paper")
        await call.record("/s they are told of the visit; tonight")
        await call.record("/x DS Patel: no grounds")
        await call.record("/e to the service manager: no health")
        await call.record("/c drop ama lives with her father")
        assert call.log[3:] == [
            "JOIN DS Patel, sgt MASH, police",
            f"DECIDE {SECTION_47}, for Amara and Kofi. Reason: injury unexplained",
            "ACTION CD: visit home and see Kofi alone, by Sat 21 Nov 2026 10:00 (for Kofi)",
            "ANSWER Each agency's own notes of the actions, taken at the time: at once, on paper",
            "SHARE Family told: they are told of the visit (tonight)" + " (Amara, Kofi and Ama)",
            "DISSENT Challenge by DS Patel: no grounds",
            "ESCALATE to the service manager: no health",
            "CHILD Ama leaves this discussion. Reason: lives with her father",
        ]
        found = call.discussion
        assert found.dissent[0].decision == found.decisions[0].id
        for words in (
            "HERE  2 of 4", "● DS Patel  sgt MASH, police", "DECIDED  2 of 2", "✗ DS Patel (police): no grounds",
            "ACTIONS  1", "lacks", "STILL TO ANSWER", "✓ Each agency", "CLOCKS", "FAMILY TOLD",
        ):  # fmt: skip
            assert words in "\n".join(line.plain for line in _panel(call)), words


def _panel(call: OnCall) -> Any:
    from duty_tui.screens.call_panel import panel_lines

    assert call.screen.call is not None
    return panel_lines(call.screen.call, 50)


async def test_a_line_is_read_back_before_enter() -> None:
    async with on_call() as call:
        await call.put("/a CD visit home and see Kofi alone tomorrow 10:00")
        assert call.reading[0] == "→ ACTION CD, due Sat 21 Nov 2026 10:00, for Kofi"
        assert call.title == "ACTION"
        await call.put("/d")
        assert call.reading[0] == "→ DECIDE Enter opens it in full: Decisions"
        assert call.reading[1].startswith("✗ which decision   1 Section 47 enquiries")
        await call.put("/z")
        assert call.reading[1] == "! there is no /z: kept as a note, as it stands"
        await call.put("")
        assert call.reading[0].startswith("Enter keeps a note.")
        assert call.title == "NOTE"


@pytest.mark.parametrize(
    ("key", "prefix", "screen"),
    [("f2", "/w ", AttendanceScreen), ("f3", "/d ", DecisionsScreen), ("f4", "/a ", ActionsOfDiscussion)],
)
async def test_a_line_with_nothing_but_its_prefix_opens_all_of_them_and_escape_comes_back(
    key: str, prefix: str, screen: type[DiscussionList]
) -> None:
    async with on_call() as call:
        for again in (key, "enter"):
            await call.press(key)
            assert call.entry.value == prefix
            assert call.reading[0].endswith(f"Enter opens it in full: {HEADS[screen]}")
            await call.press(again)
            await until(lambda: isinstance(call.bench.app.screen, screen))
            await until(lambda: call.bench.app.screen.shown is not None)  # type: ignore[attr-defined]
            await call.bench.press("escape")
            await until(lambda: call.bench.app.screen is call.screen)
            assert (call.entry.value, call.entry.has_focus) == (prefix, True)
            await call.put("")
        await call.press(key, *"Ann", key)
        assert call.entry.value == f"{prefix}Ann"
        assert "in full" not in call.reading[0]


def on_top(call: OnCall, screen: type[DiscussionList]) -> bool:
    return isinstance(call.bench.app.screen, screen)


async def test_a_bare_number_or_child_has_its_screen_and_a_line_put_right_has_none() -> None:
    async with on_call(noted("first")) as call:
        for text, screen in (("/q", PointsScreen), ("/c", ChildrenScreen)):
            await call.put(text)
            await call.press("enter")
            await until(partial(on_top, call, screen))
            await call.bench.press("escape")
            await until(lambda: call.bench.app.screen is call.screen)
        await call.put("")
        await call.press("up", "enter")
        await call.put("/d")
        await call.press("enter")
        assert call.reading[0].startswith("✗ Not recorded yet")


async def test_escalating_from_the_call_opens_the_forms_and_escape_comes_back() -> None:
    async with on_call() as call:
        for again in ("f8", "enter"):
            await call.press("f8")
            assert call.reading[0].endswith("Enter opens it in full: Escalate")
            await call.press(again)
            await until(lambda: isinstance(call.bench.app.screen, EscalateDialog))
            await call.bench.press("1")
            await until(lambda: isinstance(call.bench.app.screen, EscalationDialog) and call.bench.app.screen.focused)
            await call.bench.read_out("Amara")
            await call.bench.press("escape")
            await until(lambda: call.bench.app.screen is call.screen and call.entry.has_focus)
            assert call.entry.value == "/e "
            await call.put("")


async def test_from_what_was_opened_the_letter_of_the_call_leads_back_to_the_same_line() -> None:
    async with on_call() as call:
        await call.press("f2", "f2")
        await until(lambda: isinstance(call.bench.app.screen, AttendanceScreen))
        await call.bench.press("d")
        await until(lambda: isinstance(call.bench.app.screen, DecisionsScreen))
        await until(lambda: call.bench.app.screen.shown is not None)  # type: ignore[attr-defined]
        await call.bench.press("c")
        await until(lambda: call.bench.app.screen is call.screen)
        assert (len(call.calls), call.entry.value) == (1, "/w ")


async def test_a_resize_while_the_screen_is_taken_down_ends_nothing() -> None:
    async with on_call() as call:
        screen = call.screen
        await screen.query("*").remove()
        screen.on_resize()
        assert not screen.query("#reading")


async def test_palette_and_undo_have_a_key_while_text_is_typed() -> None:
    async with on_call(noted("first")) as call:
        await call.put("half a li")
        await call.press("ctrl+p")
        await until(lambda: call.bench.app.screen is not call.screen)
        await call.bench.read_out("Somebody joins, leaves")
        await call.bench.press("escape")
        await until(lambda: call.bench.app.screen is call.screen)
        assert call.entry.value == "half a li"
        await call.press("f12")
        await call.bench.read_out("Undo this line?")
        await call.press("y")
        await until(lambda: call.log[-1] != "NOTE first")
        assert call.entry.value == "half a li"


async def test_what_lacks_something_stays_and_says_what() -> None:
    async with on_call() as call:
        await call.put("/d 1 kofi")
        await call.press("enter")
        assert call.reading[0] == "✗ Not recorded yet: why: the reason."
        assert call.entry.value == "/d 1 kofi"
        assert call.discussion.decisions == ()
        await call.type(" x")
        assert call.reading[0].endswith("reason: x")


async def test_enter_on_nothing_does_nothing() -> None:
    async with on_call() as call:
        before = call.bench.desk.concern(CONCERN).version
        await call.press("enter", "space", "enter", "ctrl+s")
        await call.undisturbed()
        assert call.bench.desk.concern(CONCERN).version == before


async def test_function_keys_begin_a_line_and_keep_what_is_typed() -> None:
    async with on_call() as call:
        for key, begins in (("f2", "/w "), ("f3", "/d "), ("f4", "/a "), ("f8", "/e ")):
            await call.put("ring the GP")
            await call.press(key)
            assert call.entry.value == begins + "ring the GP"
            await call.press("f4")
            assert call.entry.value == "/a ring the GP"
        await call.put("")
        for act, begins in (("call.share", "/s "), ("call.challenge", "/x "), ("call.child", "/c ")):
            await call.screen.action_act(act)
            assert call.entry.value == begins


async def test_f5_goes_from_open_point_to_open_point() -> None:
    async with on_call() as call:
        await call.press("f5")
        assert call.entry.value == "/1 "
        assert call.reading[0].startswith("→ ANSWER 1 Each agency")
        await call.press("f5")
        assert call.entry.value == "/2 "
        await call.press("f5", "f5")
        assert call.entry.value == "/1 "
        for number in (1, 2, 3):
            await call.record(f"/{number} yes")
        await call.press("f5")
        assert call.reading[0] == "✗ Every point is answered."


async def test_ctrl_s_records_as_enter_does() -> None:
    async with on_call() as call:
        await call.put("a note")
        await call.press("ctrl+s")
        await until(lambda: "NOTE a note" in call.log)


async def test_letters_typed_while_a_line_is_on_its_way_are_the_next_line(monkeypatch: pytest.MonkeyPatch) -> None:
    gate = threading.Event()
    append = Store.append

    def slow(self: Store, *given: Any, **more: Any) -> Any:
        gate.wait(5)
        return append(self, *given, **more)

    async with on_call() as call:
        monkeypatch.setattr(Store, "append", slow)
        await call.put("first")
        await call.press("enter")
        await call.type(" then")
        assert call.entry.value == "first then"
        await call.press("enter")
        gate.set()
        await until(lambda: [line.text for line in call.discussion.lines] == ["first", "then"])
        await until(lambda: call.entry.value == "")


async def test_a_text_changed_while_it_was_on_its_way_is_not_thrown_away(monkeypatch: pytest.MonkeyPatch) -> None:
    gate = threading.Event()
    append = Store.append

    def slow(self: Store, *given: Any, **more: Any) -> Any:
        gate.wait(5)
        return append(self, *given, **more)

    async with on_call() as call:
        monkeypatch.setattr(Store, "append", slow)
        await call.put("first")
        await call.press("enter")
        await call.press("backspace")
        gate.set()
        await until(lambda: "NOTE first" in call.log)
        assert call.entry.value == "firs"


# What is not recorded is kept


async def test_a_full_disk_takes_nothing_away(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_call() as call:
        await call.put("bruise seen")
        with monkeypatch.context() as patch:
            patch.setattr(Store, "append", full)
            await call.press("enter")
            await until(lambda: call.border.startswith("NOT recorded: The disk is full."))
            assert call.entry.value == "bruise seen"
            assert call.reading[0].startswith("✗ The disk is full. Your entry is NOT recorded.")
            assert call.discussion.lines == ()
        await call.press("enter")
        await until(lambda: "NOTE bruise seen" in call.log)
        assert call.border.startswith("✓ recorded")


async def test_an_entry_that_came_through_unacknowledged_is_recorded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    append = Store.append

    def unheard(self: Store, *given: Any, **more: Any) -> Any:
        append(self, *given, **more)
        full()

    async with on_call() as call:
        await call.put("bruise seen")
        with monkeypatch.context() as patch:
            patch.setattr(Store, "append", unheard)
            await call.press("enter")
            await until(lambda: call.border.startswith("NOT recorded"))
        await call.press("enter")
        await until(lambda: call.border.startswith("✓ recorded"))
        assert [line.text for line in call.discussion.lines] == ["bruise seen"]


async def test_a_text_changed_after_a_failure_is_recorded_as_it_is_now(monkeypatch: pytest.MonkeyPatch) -> None:
    append = Store.append

    def unheard(self: Store, *given: Any, **more: Any) -> Any:
        append(self, *given, **more)
        full()

    async with on_call() as call:
        await call.put("bruise seen")
        with monkeypatch.context() as patch:
            patch.setattr(Store, "append", unheard)
            await call.press("enter")
            await until(lambda: call.border.startswith("NOT recorded"))
        await call.type(" twice")
        await call.press("enter")
        await until(lambda: call.border.startswith("✓ recorded"))
        assert [line.text for line in call.discussion.lines] == ["bruise seen", "bruise seen twice"]


async def test_a_refused_line_waits_for_no_second_one(monkeypatch: pytest.MonkeyPatch) -> None:
    gate = threading.Event()

    def slow(*_: object, **__: object) -> Any:
        gate.wait(5)
        full()

    async with on_call() as call:
        with monkeypatch.context() as patch:
            patch.setattr(Store, "append", slow)
            await call.put("first")
            await call.press("enter", "enter")
            gate.set()
            await until(lambda: call.border.startswith("NOT recorded"))
        await call.undisturbed()
        assert (call.entry.value, call.discussion.lines) == ("first", ())


@pytest.mark.usefixtures("at_once")
async def test_a_draft_is_on_the_disk_after_a_key_and_goes_with_the_entry() -> None:
    async with on_call() as call:
        await call.type("brui")
        await until(lambda: (call.draft() or {}).get("text") == "brui")
        await until(lambda: call.border == "saved 18:05:00")
        await call.press("enter")
        await until(lambda: "NOTE brui" in call.log)
        assert call.draft() is None


@pytest.mark.usefixtures("at_once")
async def test_a_draft_that_cannot_be_kept_is_said_and_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_call() as call:
        with monkeypatch.context() as patch:
            patch.setattr(MemoryStore, "save_draft", full)
            await call.type("brui")
            await until(lambda: call.border == "NOT saved: The disk is full.")
            assert call.entry.value == "brui"
        await until(lambda: (call.draft() or {}).get("text") == "brui")


async def test_killed_in_the_middle_of_a_sentence() -> None:
    hands = Hands()
    async with shown(lambda: CallScreen(CONCERN, 1), before=begun, hands=hands) as bench:
        first = OnCall(bench)
        await until(lambda: first.screen.call is not None)
        await first.put("/d 1 kofi because the")
        first.screen.keep_draft()
        assert first.draft() is not None
        bench.app.push_screen(CallScreen(CONCERN, 1))
        again = OnCall(bench)
        await until(lambda: again.entry.value != "")
        assert again.entry.value == "/d 1 kofi because the"
        assert again.reading[0].startswith("→ DECIDE")
        assert again.border == "found again, as it was left"


async def test_leaving_keeps_the_line_and_coming_back_finds_it() -> None:
    async with on_call() as call:
        await call.put("half a sen")
        await call.press("escape")
        await until(lambda: call.bench.results == [None])
        call.bench.app.push_screen(CallScreen(CONCERN, 1))
        await until(lambda: call.bench.app.screen_stack[-1].query("CallEntry") and call.entry.value == "half a sen")


async def test_leaving_asks_when_the_line_cannot_be_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MemoryStore, "save_draft", full)
    async with on_call() as call:
        await call.put("half a sen")
        await call.press("escape")
        await until(lambda: isinstance(call.bench.app.screen, Confirm))
        await call.press("escape")
        assert (call.entry.value, call.bench.results) == ("half a sen", [])
        await call.press("escape")
        await until(lambda: isinstance(call.bench.app.screen, Confirm))
        await call.press("y")
        await until(lambda: call.bench.results == [None])


async def test_nothing_is_kept_of_an_empty_line_or_a_recorded_one() -> None:
    async with on_call() as call:
        call.screen.keep_draft()
        desk = call.bench.desk
        mark = desk.concern(CONCERN).history[-1].stamp.entry
        keeping(CONCERN, 1, TypedLine("d", "a", "m"), NOW)(desk)
        assert call.draft() is not None
        keeping(CONCERN, 1, TypedLine("d", "a", mark), NOW)(desk)
        assert call.draft() is None
        keeping(CONCERN, 1, TypedLine("d", " ", "m"), NOW)(desk)
        assert call.draft() is None


@pytest.mark.parametrize("body", [{}, {"text": ""}, {"text": "done", "mark": "recorded"}])
async def test_a_draft_of_nothing_or_of_what_is_recorded_is_not_taken_back(body: dict[str, str]) -> None:
    def before(desk: Desk) -> None:
        begun(desk)
        desk.do(CONCERN, AtDiscussion(event=noted("done")), mark="recorded")
        desk.store.save_draft(Draft("d", KIND, CONCERN, ME, platform.node(), NOW, body))

    async with on_call(first=before) as call:
        assert call.entry.value == ""


async def test_a_line_that_another_window_still_has_is_left_there() -> None:
    def before(desk: Desk) -> None:
        begun(desk)
        body = {"text": "half a", "mark": "m", "number": 1, "process": os.getppid()}
        desk.store.save_draft(Draft("d", KIND, CONCERN, ME, platform.node(), NOW, body))
        for other in ({"number": 2}, {"text": ""}):
            desk.store.save_draft(Draft(f"e{len(other)}", KIND, CONCERN, ME, platform.node(), NOW, {**body, **other}))
        desk.store.save_draft(Draft("f", KIND, CONCERN, ME, "elsewhere", NOW, body))

    async with on_call(first=before) as call:
        assert call.entry.value == ""
        assert call.reading[1] == "! another window of yours has a line here: half a"
        await call.record("mine")
        assert call.bench.desk.store.draft("d") is not None


def test_a_program_that_ended_has_no_line_any_more(monkeypatch: pytest.MonkeyPatch) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    assert not is_typed_elsewhere(ended.pid)
    assert not is_typed_elsewhere(os.getpid())
    assert not is_typed_elsewhere(None)
    assert is_typed_elsewhere(os.getppid())

    def forbidden(_process: int, _signal: int) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "kill", forbidden)
    assert is_typed_elsewhere(os.getppid())


# Lines recorded before


async def test_up_marks_the_last_line_and_enter_puts_it_right_in_place() -> None:
    async with on_call(noted("first"), noted("secnod")) as call:
        await call.press("up")
        assert picked(call) == "secnod"
        await call.press("enter")
        assert (call.entry.value, call.title) == ("secnod", "PUT RIGHT NOTE")
        before = call.bench.desk.concern(CONCERN).version
        await call.put("second")
        assert call.reading[1].startswith("instead of 18:05 NOTE secnod")
        call.bench.hands.on(minutes=4)
        await call.press("enter")
        await call.settled(before)
        assert call.log[-2:] == ["NOTE first", "NOTE second"]
        assert [row.time for row in call.screen.log_shown.rows[-2:]] == ["18:05", "18:05"]
        assert call.screen.before is None
        assert (picked(call), call.title) == ("", "NOTE")
        assert any("secnod" in item.event.words() for item in call.bench.desk.concern(CONCERN).history if item.event)


def picked(call: OnCall) -> str:
    """The text of the marked line; empty while none is."""
    row = call.screen.picked
    return row.text if row else ""


async def test_arrows_go_through_the_lines_and_out_again() -> None:
    async with on_call(noted("first"), noted("second")) as call:
        await call.press("up", "up")
        assert picked(call) == "first"
        await call.press("down")
        assert picked(call) == "second"
        await call.press("down")
        assert picked(call) == ""
        await call.press("down", *["up"] * 20)
        assert picked(call).startswith("Discussion 1 to be held")
        await call.press("escape")
        assert picked(call) == ""
        await call.press("up")
        await call.type("x")
        assert picked(call) == ""
        await call.press("up")
        assert call.reading[0] == "✗ Record or clear the line first."


async def test_escape_leaves_a_line_as_it_was_and_undo_brings_the_text_back() -> None:
    async with on_call(noted("first")) as call:
        await call.press("up", "enter")
        await call.put("other")
        await call.press("escape")
        assert (call.entry.value, call.title) == ("", "NOTE")
        assert call.log[-1] == "NOTE first"
        await call.press("ctrl+z")
        assert call.entry.value == "other"


async def test_a_line_that_is_not_typed_says_so() -> None:
    async with on_call() as call:
        await call.press("up", "up", "enter")
        assert call.reading[0].startswith("✗ This line is not typed here")
        assert call.entry.value == ""


async def test_an_action_put_right_keeps_what_was_done() -> None:
    action = ActionAgreed(discussion=1, what="vist", who="CD", children=(1, 2, 3), check="CD rings")
    async with on_call(action) as call:
        entry = call.discussion.actions[0].id
        call.bench.desk.do(
            CONCERN, AtDiscussion(event=ActionDone(discussion=1, action=entry, child=1, at=call.bench.hands.now))
        )
        await call.bench.told(CONCERN)
        await until(lambda: any(line.startswith("DONE") for line in call.log))
        await call.press("up", "up", "enter")
        await call.record("/a CD: visit")
        (found,) = call.discussion.actions
        assert (found.id, found.what, found.check, list(found.done)) == (entry, "visit", "CD rings", [1])
        assert "DONE for Amara" in call.log


async def test_a_decision_put_right_keeps_its_moment() -> None:
    async with on_call() as call:
        await call.record("/d 1 kofi injry")
        then = call.discussion.decisions[0].at
        call.bench.hands.on(minutes=9)
        await call.press("up", "enter")
        await call.record("/d 1 kofi injury")
        (found,) = call.discussion.decisions
        assert (found.reason, found.at) == ("injury", then)


async def test_a_half_corrected_line_is_found_again_as_a_correction() -> None:
    async with on_call(noted("secnod")) as call:
        await call.press("up", "enter")
        await call.put("secon")
        call.screen.keep_draft()
        call.bench.app.push_screen(CallScreen(CONCERN, 1))
        await until(lambda: call.bench.app.screen_stack[-1].query("CallEntry") and call.entry.value == "secon")
        assert call.title == "PUT RIGHT NOTE"
        await call.record("second")
        assert call.log[-1] == "NOTE second"


async def test_a_correction_of_a_line_that_was_undone_meanwhile_is_a_new_line() -> None:
    def before(desk: Desk) -> None:
        begun(desk)
        body = {"text": "secon", "mark": "m", "instead_of": "gone"}
        desk.store.save_draft(Draft("d", KIND, CONCERN, ME, platform.node(), NOW, body))

    async with on_call(first=before) as call:
        assert (call.entry.value, call.title) == ("secon", "NOTE")


async def test_delete_undoes_the_marked_line_after_asking() -> None:
    async with on_call(noted("first"), noted("second")) as call:
        await call.press("delete")
        assert not isinstance(call.bench.app.screen, Confirm)
        await call.press("up", "up", "delete")
        await call.bench.read_out("Undo this line?")
        assert "NOTE first" in call.text
        before = call.bench.desk.concern(CONCERN).version
        await call.press("y")
        await call.settled(before)
        assert call.log[-1] == "NOTE second"
        assert "NOTE first" not in call.log
        assert call.border == "✓ undone, recorded 18:05:00"
        await call.put("ab")
        await call.press("home", "delete")
        assert call.entry.value == "b"


async def test_undo_without_a_mark_is_about_ones_own_last_line() -> None:
    async with on_call(noted("mine")) as call:
        other = call.bench.other()
        other.do(CONCERN, AtDiscussion(event=noted("theirs")))
        await call.bench.told(CONCERN)
        await until(lambda: call.log[-1] == "NOTE theirs")
        await call.screen.action_act("call.undo")
        await call.bench.read_out("NOTE mine")
        await call.press("escape")
        assert call.log[-2:] == ["NOTE mine", "NOTE theirs"]


async def test_nothing_of_a_signed_record_is_put_right_or_undone() -> None:
    ended = DiscussionEnded(discussion=1, at=NOW)
    async with on_call(noted("first"), ended, *(RecordSigned(discussion=1, child=one) for one in (1, 2, 3))) as call:
        await call.screen.action_act("call.undo")
        assert call.reading[0] == "✗ There is no line of yours that can be undone."
        await call.press("up", "enter")
        assert call.reading[0].startswith("✗ It belongs to a signed record")
        await call.press("delete")
        assert call.reading[0].startswith("✗ It belongs to a signed record")
        await call.press("escape")
        await call.put("more")
        await call.press("enter")
        await until(lambda: call.border.startswith("NOT recorded: The record is signed."))
        assert call.entry.value == "more"


# Two chairs, one discussion


async def test_somebody_elses_lines_come_while_the_hand_types() -> None:
    async with on_call() as call:
        await call.put("half a sentence")
        call.entry.cursor_position = 4
        call.bench.other().do(CONCERN, AtDiscussion(event=noted("from the other desk")))
        await call.bench.told(CONCERN)
        await until(lambda: "NOTE from the other desk" in call.log)
        assert (call.entry.value, call.entry.cursor_position) == ("half a sentence", 4)
        version = call.screen.call and call.screen.call.view.version
        await call.bench.told(CONCERN)
        assert call.screen.call is not None
        assert call.screen.call.view.version == version


async def test_an_answer_that_settles_a_question_of_the_policy_is_recorded_with_it() -> None:
    def under_hours(desk: Desk) -> None:
        desk.decide([PolicyAdopted(pack="twenty-four-hours", from_day=date(2026, 1, 1))])
        begun(desk)

    async with on_call(first=under_hours) as call:
        assert call.screen.setting is not None
        number = next(at for at, one in enumerate(call.screen.setting.points, 1) if one.sets)
        await call.put(f"/{number} yes, on Monday")
        await call.press("enter")
        await until(lambda: "more_discussions_needed" in call.bench.desk.concern(CONCERN).answers)
        (known,) = call.bench.desk.concern(CONCERN).answers["more_discussions_needed"]
        assert (known.value, known.discussion, known.reason) == (True, 1, "yes, on Monday")


async def test_the_number_of_a_point_stays_while_it_is_being_answered() -> None:
    async with on_call() as call:
        await call.put("/2 in the int")
        asked = call.reading[0]
        assert call.screen.setting is not None
        points = call.screen.setting.points
        call.bench.other().do(CONCERN, AtDiscussion(event=noted("x")))
        await call.bench.told(CONCERN)
        await until(lambda: "NOTE x" in call.log)
        assert call.screen.setting.points is points
        assert call.reading[0] == asked


async def test_trouble_with_the_record_is_said() -> None:
    from duty_tui.desk.session import Changes

    async with on_call() as call:
        call.screen.on_changes(Changes(trouble="The database is out of reach."))
        assert call.reading[0] == "✗ The database is out of reach."
        call.screen.on_changes(Changes(everything=True))
        await call.undisturbed()


# Decisions that want asking about, and children nobody knew


async def test_decisions_that_do_not_go_together_are_asked_about() -> None:
    async with on_call() as call:
        await call.record("/d 1 kofi injury")
        await call.put("/d no further kofi safe")
        await call.press("enter")
        await call.bench.read_out("Record this decision for Kofi?")
        await call.press("escape")
        await call.undisturbed()
        assert (len(call.discussion.decisions), call.entry.value) == (1, "/d no further kofi safe")
        await call.press("enter")
        await call.bench.read_out("Record this decision for Kofi?")
        await call.press("y")
        await until(lambda: len(call.discussion.decisions) == 2)


async def test_a_clock_that_begins_is_said_at_once() -> None:
    async with on_call() as call:
        assert call.screen.call is not None
        clocks = call.screen.call.view.clocks
        call.screen.call = call.screen.call._replace(view=replace(call.screen.call.view, clocks=clocks[:-1]))
        await call.record("/d 1 kofi injury")
        assert call.reading[1].startswith("! now runs: See the child")
        await call.type("n")
        await call.press("backspace")
        assert not call.reading[1].startswith("! now runs: ")


async def test_a_child_nobody_knew_is_added_to_the_concern_and_the_discussion() -> None:
    async with on_call() as call:
        await call.put("/c new Efua Okafor 3/4/2023 girl")
        await call.press("enter")
        await call.bench.read_out("Add Efua Okafor 3y?")
        await call.press("escape")
        await call.undisturbed()
        assert len(call.bench.desk.concern(CONCERN).children) == 3
        assert call.entry.value.startswith("/c new")
        await call.press("enter")
        await call.bench.read_out("Add Efua Okafor 3y?")
        await call.press("y")
        await until(lambda: call.discussion.children == (1, 2, 3, 4))
        await until(lambda: call.entry.value == "")
        await until(lambda: "CHILD Efua joins this discussion. Reason: Named in the discussion at 18:05" in call.log)


async def test_a_child_that_cannot_be_read_is_not_added() -> None:
    async with on_call() as call:
        await call.put("/c new Efua 31/2/2023")
        await call.press("enter")
        await call.undisturbed()
        assert call.reading[0].startswith("✗ ")
        assert len(call.bench.desk.concern(CONCERN).children) == 3


async def test_a_child_of_the_concern_joins_late() -> None:
    def before(desk: Desk) -> None:
        begun(desk)
        desk.do(CONCERN, RecordChild(child=a_child(4, name="Efua Okafor")))

    async with on_call(first=before) as call:
        await call.record("/c efua lives there too")
        assert call.discussion.children == (1, 2, 3, 4)


# What stands where


async def test_at_80_by_24_four_lines_say_what_is_missing() -> None:
    async with on_call() as call:
        lines = call.text.split("\n")
        assert lines[0].startswith(" DUTY")
        assert "CALL C1 0 min · Amara, Kofi, Ama" in lines[0]
        strip = [line.strip() for line in lines if line.startswith((" HERE", " DECIDED", " ACTIONS", " TO ANSWER"))]
        assert len(strip) == 4
        assert strip[0].startswith("HERE 1 of 4: health, police")
        assert strip[1] == "DECIDED 0 of 3  Amara: none yet · Kofi: none yet · Ama: none yet"
        assert all(len(line) <= 80 for line in lines)
        assert lines[-1].strip() == "F2 who  F3 decide  F4 action  F5 answer  F8 escalate  F9 end  Esc back  F1 help"


async def test_tab_shows_everything_and_the_line_keeps_the_keys() -> None:
    async with on_call(*(noted(f"note {number}") for number in range(40))) as call:
        await call.press("tab")
        await until(lambda: "DUE  Discussion" in call.text)
        assert "note 39" not in call.text
        await call.press("pagedown", "pageup")
        await call.type("x")
        assert call.entry.value == "x"
        await call.press("tab")
        await until(lambda: "note 39" in call.text)
        await call.press("pageup")
        await until(lambda: "note 39" not in call.text)
        await call.press("pagedown", "pagedown")
        await until(lambda: "note 39" in call.text)


async def test_a_wide_terminal_shows_both_and_tab_changes_what_scrolls() -> None:
    async with on_call(*(noted(f"note {number}") for number in range(60)), size=(120, 30)) as call:
        await until(lambda: "STILL TO ANSWER" in call.text and "note 59" in call.text)
        await call.press("tab")
        assert call.border == "PgUp and PgDn scroll the list"
        await call.press("pagedown")
        await until(lambda: call.screen.query_one("#panel").scroll_offset.y > 0)
        await call.press("tab", "pageup")
        assert call.border == "PgUp and PgDn scroll the log"
        await until(lambda: "note 59" not in call.text)


async def test_a_window_made_narrow_goes_on() -> None:
    async with on_call(noted("a note"), size=(120, 40)) as call:
        await call.put("half")
        await call.bench.pilot.resize_terminal(80, 24)
        await until(lambda: " HERE 1 of 4" in call.text)
        assert call.entry.value == "half"


async def test_time_passes() -> None:
    hands = Hands()
    async with on_call(hands=hands) as call:
        hands.on(minutes=12)
        call.screen.tick(hands.now)
        assert "CALL C1 12 min" in call.text
        await until(lambda: call.screen.call is not None and call.screen.call.view.as_of == hands.now)


async def test_names_with_brackets_stand_as_they_are() -> None:
    def before(desk: Desk) -> None:
        begun(desk)
        desk.do(CONCERN, RecordChild(child=a_child(1, name="O'Neill [/] Jay"), reason="spelt so"))

    async with on_call(noted("[/] said [b]so[/b]"), first=before) as call:
        assert "NOTE [/] said [b]so[/b]" in call.log
        assert "[/] said [b]so[/b]" in call.text
        await call.put("[/]")
        assert "[/]" in call.text


async def test_what_no_line_of_the_call_says_is_shown_in_its_own_words() -> None:
    attempt = AttemptLogged(discussion=1, whom="Dr Lin", contact="555 0100", answer="engaged")
    partly = SharingDecided(discussion=1, children=(1,), what="told")
    async with on_call(attempt, partly, SharingDecided(discussion=1, children=(1, 2, 3), withheld="risk")) as call:
        assert "CALL Rang Dr Lin on 555 0100: engaged" in call.log
        assert "SHARE Family told: told (Amara)" in call.log
        assert "SHARE Withheld from the family. Reason: risk" in call.log


async def test_a_line_of_another_day_has_its_date() -> None:
    hands = Hands()
    async with on_call(hands=hands) as call:
        hands.on(days=1)
        await call.record("the day after")
        assert call.screen.log_shown.rows[-1].time == "21/11"


async def test_keys_do_no_harm_where_there_is_no_discussion() -> None:
    async with shown(lambda: CallScreen("nowhere", 1)) as bench:
        call = OnCall(bench)
        await until(lambda: "✗ There is no such concern" in call.text)
        await call.press("f9", "up", "tab", "enter", "f5")
        await call.screen.action_act("call.undo")
        await call.screen.add_stranger("Efua")
        call.screen.tick(NOW)
        assert bench.app.is_running


async def test_the_log_can_be_clicked() -> None:
    async with on_call(noted("first"), noted("second")) as call:
        row = next(at for at, line in enumerate(call.text.split("\n")) if "first" in line)
        await call.bench.pilot.click(offset=(20, row))
        await some_turns()
        assert picked(call) == "first"
        await call.press("escape")
        await call.put("typing")
        await call.bench.pilot.click(offset=(20, row))
        assert picked(call) == ""
        assert call.bench.app.focused is call.entry


async def test_the_draft_waits_for_the_line_on_its_way() -> None:
    async with on_call() as call:
        async with call.screen._alone:
            await call.put("next")
            kept = asyncio.create_task(call.screen.keep_now())
            await some_turns()
            assert call.draft() is None
        assert await kept
        assert call.draft() is not None
        assert not await call.screen.keep_now()


def test_a_decision_is_not_read_without_its_box() -> None:
    assert DecisionMade(discussion=1, children=(1,), box="b", label="x", reason="y").sets == ()
