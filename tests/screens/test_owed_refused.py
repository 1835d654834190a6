"""What is owed, escalated and handed over while it cannot be recorded: nothing typed is lost, and it is said."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import pytest
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, TextArea

from duty_tui.desk.desk import Desk
from duty_tui.domain.commands import AddNote
from duty_tui.domain.service_people import PersonListed
from duty_tui.errors import Unavailable
from duty_tui.screens.concern_ask import Ask
from duty_tui.screens.escalation_dialogs import AcknowledgeDialog, ConcludeDialog, TakeUpDialog, UpdateDialog
from duty_tui.screens.escalation_form import EscalationDialog
from duty_tui.screens.escalations import EscalationsScreen
from duty_tui.screens.handover import HandoverScreen
from duty_tui.screens.handover_dialogs import HandOverDialog, OnDutyDialog
from duty_tui.screens.judge import JudgeDialog
from duty_tui.screens.obligation_late import LateDialog
from duty_tui.screens.obligation_meet import MeetDialog, NoteDialog, VisitDialog
from duty_tui.screens.obligations import ObligationsScreen
from duty_tui.screens.unfinished import draft_line, unfinished_words
from duty_tui.store.memory import MemoryStore
from duty_tui.store.rows import Draft
from duty_tui.widgets.statusline import StatusLine
from duty_tui.widgets.time_field import TimeField
from tests.desk.conftest import NOW
from tests.pilot import fast_pilot, until
from tests.screens import test_escalations as escalations
from tests.screens import test_handover as handover
from tests.screens import test_obligations as owed
from tests.screens.at_a_desk import ME, Bench, shown

__all__ = ["fast_pilot"]

Opens = Callable[[Bench], Awaitable[None]]
Case = tuple[Callable[[], Screen[Any]], Callable[[Desk], object], Opens, type[Screen[Any]], Mapping[str, str]]


def in_place(place: str, child: int | None = None) -> Opens:
    """From the list of what is owed, by Enter on the first line met in that place."""

    async def opens(bench: Bench) -> None:
        await until(lambda: owed.screen_of(bench).chosen is not None)
        owed.choose(bench, place, child)
        await bench.press("enter")

    return opens


def by_key(key: str) -> Opens:
    """By one key on the first line of a list of escalations or of what is owed."""

    async def opens(bench: Bench) -> None:
        screen: Any = bench.app.screen
        await until(lambda: screen.chosen is not None)
        await bench.press(key)

    return opens


def on_the_sheet(key: str) -> Opens:
    async def opens(bench: Bench) -> None:
        await until(lambda: handover.screen_of(bench).sheet is not None)
        await bench.press(key)

    return opens


async def to_the_form(bench: Bench) -> None:
    await until(lambda: owed.screen_of(bench).chosen is not None)
    while owed.chosen(bench).place != "form":
        await bench.press("down")
    await bench.press("enter")


def of_owed() -> ObligationsScreen:
    return ObligationsScreen(owed.ID)


#: Every dialogue of what is owed: its screen, what happened before, how it is opened, and what is typed into it.
CASES: dict[str, Case] = {
    "time": (of_owed, owed.two, in_place("time"), MeetDialog, {"note": "Rang the school"}),
    "visit": (of_owed, owed.held, in_place("visit", 1), VisitDialog, {"by": "Dana Ellis", "said": "I want to go home"}),
    "note": (of_owed, owed.two, in_place("note"), NoteDialog, {"safeguarding": "With grandmother", "reason": "Snow"}),
    "late": (of_owed, owed.two, by_key("r"), LateDialog, {"reason": "No officer", "safety": "In hospital"}),
    "judge": (of_owed, owed.two, in_place("judge"), JudgeDialog, {"reason": "Nobody can be found"}),
    "form": (of_owed, escalations.missed, to_the_form, EscalationDialog, {
        "field-prevents": "Snow", "field-safety": "With grandmother", "field-asked": "A car", "also": "R. Hale",
    }),
    "acknowledge": (EscalationsScreen, escalations.submitted, by_key("k"), AcknowledgeDialog, {"by": "Di Marsh"}),
    "update": (EscalationsScreen, escalations.submitted, by_key("m"), UpdateDialog, {"words": "An officer was found"}),
    "up": (EscalationsScreen, escalations.disagreed, by_key("plus"), TakeUpDialog, {"said": "No", "who": "M. Osei"}),
    "end": (EscalationsScreen, escalations.disagreed, by_key("t"), ConcludeDialog, {"outcome": "Held on Monday"}),
    "on": (HandoverScreen, handover.two, on_the_sheet("w"), OnDutyDialog, {"names": "Ola Berg"}),
    "over": (HandoverScreen, handover.two, on_the_sheet("ctrl+s"), HandOverDialog, {
        "names": "Ola Berg", "note": "See Amara tonight",
    }),
}  # fmt: skip
#: Those in which a digit is given before Ctrl+S, and where.
ANSWERS = {"visit": "#alone", "judge": "#answer", "end": "#how"}


#: Those that decide something for the service and are about no concern.
OF_THE_SERVICE = ("on", "over")


def fields(bench: Bench) -> dict[str, str]:
    """What stands in the lines and texts of the dialogue."""
    lines = {line.id or "": line.value for line in bench.app.screen.query(Input)}
    return lines | {area.id or "": area.text for area in bench.app.screen.query(TextArea)}


async def filled(bench: Bench, name: str) -> None:
    """Open the dialogue and type into it, up to Ctrl+S."""
    _, _, opens, kind, typed = CASES[name]
    await opens(bench)
    await until(lambda: isinstance(bench.app.screen, kind) and bench.app.screen.is_mounted and bench.app.screen.focused)
    await until(lambda: not list(bench.app.workers))
    for field, words in typed.items():
        widget: Widget = bench.app.screen.query_one(f"#{field}")
        if isinstance(widget, Input):
            widget.value = words
        else:
            assert isinstance(widget, TextArea)
            widget.text = words
    if name in ANSWERS:
        bench.app.screen.query_one(ANSWERS[name]).focus()
        await bench.press("1")


async def sent(bench: Bench, name: str) -> None:
    """Ctrl+S; the form of an escalation is read back first."""
    await bench.press("ctrl+s")
    if name == "form":
        await until(lambda: isinstance(bench.app.screen, Ask))
        await bench.press("1")


def said(bench: Bench) -> str:
    return " ".join(line.words for line in bench.app.screen.query(StatusLine))


def stands(bench: Bench, name: str) -> bool:
    """The dialogue is still there with everything that was typed into it."""
    _, _, _, kind, typed = CASES[name]
    return isinstance(bench.app.screen, kind) and {key: fields(bench).get(key) for key in typed} == dict(typed)


def away(*_: object, **__: object) -> None:
    raise Unavailable("The disk is full.")


@pytest.mark.parametrize("name", CASES)
async def test_while_the_record_is_away_the_text_stays_and_it_is_said(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    make, before, *_ = CASES[name]
    async with shown(make, before=before) as bench:
        head = bench.desk.store.head().seq
        await filled(bench, name)
        with monkeypatch.context() as patch:
            patch.setattr(MemoryStore, "append", away)
            await sent(bench, name)
            await until(lambda: "The disk is full." in said(bench))
            assert "NOT recorded" in said(bench)
            assert stands(bench, name)
            assert bench.desk.store.head().seq == head
        await sent(bench, name)
        await until(lambda: bench.desk.store.head().seq > head)
        await until(lambda: isinstance(bench.app.screen, make if isinstance(make, type) else ObligationsScreen))


@pytest.mark.parametrize("name", CASES)
async def test_a_role_taken_away_meanwhile_is_said_and_no_text_is_lost(name: str) -> None:
    make, before, *_ = CASES[name]
    async with shown(make, before=before) as bench:
        await filled(bench, name)
        bench.desk.decide(
            [PersonListed(name="Bo Lind", roles=("duty_manager",)), PersonListed(name=ME, roles=("read_only",))]
        )
        head = bench.desk.store.head().seq
        await sent(bench, name)
        if name in OF_THE_SERVICE:
            await until(lambda: "decided something for the service at" in said(bench))
            await sent(bench, name)
        await until(lambda: "you are here as read only" in said(bench))
        assert stands(bench, name)
        assert bench.desk.store.head().seq == head


@pytest.mark.parametrize("name", [name for name in CASES if name not in OF_THE_SERVICE])
async def test_a_note_of_somebody_else_meanwhile_is_told_and_stops_nothing(name: str) -> None:
    make, before, *_ = CASES[name]
    async with shown(make, before=before) as bench:
        await filled(bench, name)
        bench.other().do(owed.ID, AddNote(text="The school rang"))
        await bench.told(owed.ID)
        version = bench.desk.concern(owed.ID).version
        assert stands(bench, name)
        await sent(bench, name)
        await until(lambda: bench.desk.concern(owed.ID).version > version)


@pytest.mark.parametrize("name", CASES)
async def test_escape_keeps_what_was_typed_and_the_same_key_brings_it_back(name: str) -> None:
    make, before, opens, kind, typed = CASES[name]
    async with shown(make, before=before) as bench:
        await filled(bench, name)
        await bench.press("escape")
        await until(lambda: not isinstance(bench.app.screen, kind))
        await until(lambda: bench.desk.store.drafts(ME))
        [draft] = bench.desk.store.drafts(ME)
        kept = draft.body["fields"]
        assert {key: kept.get(key) for key in typed} == dict(typed)
        assert draft.concern == (None if name in OF_THE_SERVICE else owed.ID)
        assert "takes it up" in draft_line(draft, bench.hands.now)
        await opens(bench)
        await until(lambda: stands(bench, name))
        await sent(bench, name)
        await until(lambda: not bench.desk.store.drafts(ME))


def test_a_draft_about_the_shift_is_taken_up_on_the_sheet() -> None:
    kinds = (("intake", None), ("OnDutyDialog", None), ("HandOverDialog", None), ("JudgeDialog.pack/asks", owed.ID))
    drafts = [Draft(kind, kind, concern, ME, "here", NOW, {}) for kind, concern in kinds]
    words = unfinished_words(drafts, {owed.ID: "C1"})
    assert words == "4 unfinished entries are kept: n takes up 1, H takes up 2, C1 has 1"
    assert draft_line(drafts[-1], NOW) == "a judgement, kept at 18:05, not recorded (z takes it up)"


async def test_a_time_of_the_shift_is_kept_as_it_was_understood() -> None:
    """`tomorrow` is another day when the draft is found again."""
    make, before, opens, kind, _ = CASES["on"]
    async with shown(make, before=before) as bench:
        await filled(bench, "on")
        bench.app.screen.query_one(TimeField).query_one(Input).value = "tomorrow 8"
        await until(lambda: bench.app.screen.query_one(TimeField).reading.instant)
        await bench.press("escape")
        await until(lambda: not isinstance(bench.app.screen, kind))
        bench.hands.on(days=1)
        await opens(bench)
        await until(lambda: stands(bench, "on"))
        assert bench.app.screen.query_one(TimeField).text == "21/11/2026 08:00"
