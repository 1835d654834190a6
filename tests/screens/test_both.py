"""Somebody was faster about the same thing: theirs stands beside mine, a digit decides, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest

from duty_tui.desk.desk import Desk
from duty_tui.domain.commands import AnswerQuestions, ChangeOwner, CloseConcern
from duty_tui.domain.decision_events import DecisionMade
from duty_tui.domain.discussion_commands import AtDiscussion
from duty_tui.errors import Unavailable
from duty_tui.screens.actions import ActionsOfDiscussion
from duty_tui.screens.both import Both, Sides, side_by_side
from duty_tui.screens.concern import ConcernScreen
from duty_tui.screens.concern_ask import Ask
from duty_tui.screens.concern_parts import QUESTIONS
from duty_tui.screens.decisions import DecisionsScreen
from duty_tui.screens.dialogue_draft import typed_of
from duty_tui.screens.keeping import Keeping
from duty_tui.screens.write import Write
from duty_tui.store.memory import MemoryStore
from duty_tui.views.beside import Beside, Theirs
from duty_tui.widgets.entry_input import NotesArea
from tests.builders import raise_concern
from tests.pilot import fast_pilot, some_turns, until
from tests.screens.at_a_desk import Bench, shown
from tests.screens.discussion_bench import CONCERN, at, form, of, status

__all__ = ["fast_pilot"]

ID = "a" * 32
MINE, THEIRS = "Not for us: the father lives in Leeds.", "Passed to Leeds this morning."


def raised(desk: Desk) -> None:
    desk.do(ID, raise_concern())


@asynccontextmanager
async def closing(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Bench]:
    """A reason for closing is typed; Bo Lind closed it first, and Ctrl+S was pressed."""
    monkeypatch.setattr(Keeping, "SAVE_AFTER", 60.0)
    async with shown(lambda: ConcernScreen(ID), before=raised) as bench:
        await bench.read_out("NEXT STEP")
        await bench.press("x")
        await until(lambda: isinstance(bench.app.screen, Write) and bench.app.screen.focused)
        await until(lambda: not list(bench.app.workers))
        await bench.type(MINE)
        bench.other().do(ID, CloseConcern(reason=THEIRS))
        await bench.press("ctrl+s")
        await until(lambda: isinstance(bench.app.screen, Both) and bench.app.screen.focused)
        yield bench


def kept(bench: Bench) -> list[str]:
    return [typed.fields["text"] for draft in bench.desk.store.drafts() if (typed := typed_of(draft))]


async def test_both_stand_side_by_side_at_80x24_and_the_text_is_on_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    async with closing(monkeypatch) as bench:
        await bench.read_out("Bo Lind recorded about the same before you")
        rows = bench.text.splitlines()
        [heads] = [row for row in rows if "Bo Lind" in row and "Yours" in row]
        assert heads.index("Bo Lind") < heads.index("Yours")
        assert any("Fri 20 Nov 2026 18:05" in row and "NOT recorded" in row for row in rows)
        assert any(
            "Closed. Reason: Passed to Leeds" in row and "Closed. Reason: Not for us: the" in row for row in rows
        )
        assert "Yours cannot be recorded after it. The concern is already closed." in bench.text
        assert "1  Theirs stands" in bench.text
        assert "2  " not in bench.text
        assert "3  Go back and change mine" in bench.text
        assert kept(bench) == [MINE]


async def test_enter_and_other_keys_decide_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    async with closing(monkeypatch) as bench:
        for key in ("2", "x", "enter"):
            await bench.press(key)
            assert isinstance(bench.app.screen, Both)
        await bench.read_out("press the digit of what you mean")


@pytest.mark.parametrize("key", ["3", "escape"])
async def test_going_back_leaves_everything_as_it_was_typed(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async with closing(monkeypatch) as bench:
        await bench.press(key)
        await until(lambda: isinstance(bench.app.screen, Write))
        assert bench.app.screen.query_one(NotesArea).text == MINE
        await bench.press("ctrl+s")
        await until(lambda: isinstance(bench.app.screen, Both))


async def test_theirs_may_stand_and_mine_stays_a_draft_or_is_dropped_by_more_than_a_digit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with closing(monkeypatch) as bench:
        await bench.press("1")
        await bench.read_out("YOUR TEXT IS NOT RECORDED")
        await bench.press("escape")
        await until(lambda: isinstance(bench.app.screen, Both) and bench.app.screen.focused)
        await bench.press("1")
        await until(lambda: isinstance(bench.app.screen, Ask) and bench.app.screen.focused)
        await bench.press("1")
        await until(lambda: isinstance(bench.app.screen, ConcernScreen))
        assert kept(bench) == [MINE]
    async with closing(monkeypatch) as bench:
        await bench.press("1")
        await until(lambda: isinstance(bench.app.screen, Ask) and bench.app.screen.focused)
        await bench.press("ctrl+d")
        await until(lambda: isinstance(bench.app.screen, ConcernScreen))
        await some_turns()
        assert kept(bench) == []


async def test_the_end_of_the_program_while_it_is_asked_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    async with closing(monkeypatch) as bench:
        [dialogue] = [screen for screen in bench.app.screen_stack if isinstance(screen, Write)]
        dialogue.query_one(NotesArea).insert(" And more.")
        await some_turns()
        dialogue.keep_draft()
        assert kept(bench) == [MINE + " And more."]


async def test_mine_is_recorded_after_theirs_and_says_so() -> None:
    async with shown(lambda: ConcernScreen(ID), before=raised) as bench:
        await bench.read_out("NEXT STEP")
        await bench.press("o", "t")
        await bench.type("Cleo Marsh")
        bench.other().do(ID, ChangeOwner(owner="Bo Lind"))
        await bench.press("enter")
        await until(lambda: isinstance(bench.app.screen, Both) and bench.app.screen.focused)
        await bench.press("2")
        await until(lambda: isinstance(bench.app.screen, ConcernScreen))
        concern = bench.desk.concern(ID)
        theirs, mine = concern.history[-2:]
        assert concern.owner == "Cleo Marsh"
        assert mine.event
        assert mine.event.after == theirs.stamp.entry
        assert bench.desk.store.drafts() == []


async def test_somebody_who_records_while_the_question_is_open_is_shown_next() -> None:
    async with shown(lambda: ConcernScreen(ID), before=raised) as bench:
        await bench.read_out("NEXT STEP")
        await bench.press("o")
        bench.other().do(ID, ChangeOwner(owner="Bo Lind"))
        await bench.press("1")
        await bench.read_out("Owner is now Bo Lind")
        bench.other("Cleo Marsh").do(ID, ChangeOwner(owner="Cleo Marsh"))
        await bench.press("2")
        await bench.read_out("Owner is now Cleo Marsh")
        await bench.press("1")
        await until(lambda: isinstance(bench.app.screen, ConcernScreen))
        assert bench.desk.concern(ID).owner == "Cleo Marsh"


async def test_an_answer_by_digit_asks_too_and_has_no_text_to_lose() -> None:
    async with shown(lambda: ConcernScreen(ID, QUESTIONS), before=raised) as bench:
        await until(lambda: isinstance(bench.app.screen, ConcernScreen) and bench.app.screen.list.key)
        screen = bench.app.screen
        assert isinstance(screen, ConcernScreen)
        fact = screen.list.key
        assert fact
        bench.other().do(ID, AnswerQuestions(answers={fact: "no"}))
        await bench.press("1")
        await until(lambda: isinstance(bench.app.screen, Both) and bench.app.screen.focused)
        await bench.read_out("3  Go back; nothing is done")
        await bench.press("1")
        await until(lambda: bench.app.screen is screen)
        assert [one.value for one in bench.desk.concern(ID).answers[fact]] == [False]
        await until(lambda: screen.concern and screen.concern.version == 2)


async def test_a_draft_begun_before_anothers_entry_does_not_overwrite_it_when_found_again() -> None:
    async with shown(lambda: ConcernScreen(ID), before=raised) as bench:
        await bench.read_out("NEXT STEP")
        await bench.press("o", "t")
        await bench.type("Cleo Marsh")
        await bench.press("escape")
        await until(lambda: isinstance(bench.app.screen, ConcernScreen) and bench.desk.store.drafts())
        bench.other().do(ID, ChangeOwner(owner="Bo Lind"))
        await bench.told(ID)
        await bench.read_out("owner Bo Lind")
        await bench.press("o")
        await bench.read_out("draft of 18:05 kept")
        await bench.press("t", "enter")
        await bench.read_out("Bo Lind recorded about the same before you")
        assert bench.desk.concern(ID).owner == "Bo Lind"


# A draft that cannot be kept, or dropped


def refused(*_: object) -> None:
    raise Unavailable("The disk is full.")


async def chosen(bench: Bench, key: str) -> None:
    """Theirs stands, and the text is to be kept (1) or dropped (^d)."""
    await until(lambda: isinstance(bench.app.screen, Both) and bench.app.screen.focused)
    await bench.press("1")
    await until(lambda: isinstance(bench.app.screen, Ask) and bench.app.screen.focused)
    await bench.press(key)


@pytest.mark.parametrize(("key", "what"), [("1", "save_draft"), ("ctrl+d", "drop_draft")])
async def test_a_dialogue_stays_while_its_text_is_neither_kept_nor_dropped(
    key: str, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(MemoryStore, what, refused)
        async with closing(monkeypatch) as bench:
            await chosen(bench, key)
            await bench.read_out("The disk is full.")
            dialogue = bench.app.screen
            assert isinstance(dialogue, Write)
            assert dialogue.query_one(NotesArea).text == MINE
            patch.undo()
            await bench.press("escape")
            await until(lambda: isinstance(bench.app.screen, ConcernScreen))
            assert kept(bench) == [MINE]


@pytest.mark.parametrize(("key", "what"), [("1", "save_draft"), ("ctrl+d", "drop_draft")])
async def test_a_form_stays_while_its_text_is_neither_kept_nor_dropped(key: str, what: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        async with at(DecisionsScreen) as bench:
            patch.setattr(MemoryStore, what, refused)
            await deciding(bench)
            theirs_decided(bench)
            await bench.press("ctrl+s")
            await chosen(bench, key)
            top = await form(bench)
            await until(lambda: "The disk is full." in status(bench))
            assert top.text("reason1") == "Hurt."
            patch.undo()
            await bench.press("escape")
            await until(lambda: isinstance(bench.app.screen, DecisionsScreen))
            assert [draft.body["reason1"] for draft in bench.desk.store.drafts()] == ["Hurt."]


# The forms of a discussion


def theirs_decided(bench: Bench) -> None:
    event = DecisionMade(discussion=1, children=(1,), box="p/b", label="Core assessment", reason="Not hurt.")
    bench.other().do(CONCERN, AtDiscussion(event=event))


async def deciding(bench: Bench) -> None:
    await bench.press("enter")
    await form(bench)
    await bench.press("1", "tab")
    await bench.type("Hurt.")


async def test_of_two_decisions_for_a_child_both_stand_and_the_second_says_so() -> None:
    async with at(DecisionsScreen) as bench:
        await deciding(bench)
        theirs_decided(bench)
        await bench.press("ctrl+s")
        await bench.read_out("Decided for child 1: Core")
        assert "Reason: Hurt." in bench.text
        assert len(of(bench.desk).decisions) == 1
        await bench.press("2")
        await until(lambda: isinstance(bench.app.screen, DecisionsScreen))
        labels = [one.label for one in of(bench.desk).decisions]
        assert labels == ["Core assessment", "Section 47 enquiries, with a core assessment"]
        assert bench.desk.concern(CONCERN).history[-1].event.after  # type: ignore[union-attr]


@pytest.mark.parametrize(("keys", "left"), [(("1", "1"), 1), (("1", "ctrl+d"), 0)])
async def test_a_form_whose_entry_is_not_recorded_keeps_its_draft_or_drops_it(keys: tuple[str, ...], left: int) -> None:
    async with at(DecisionsScreen) as bench:
        await deciding(bench)
        theirs_decided(bench)
        await bench.press("ctrl+s")
        for key in keys:
            await until(lambda: isinstance(bench.app.screen, Both | Ask) and bench.app.screen.focused)
            await bench.press(key)
            await some_turns()
        await until(lambda: isinstance(bench.app.screen, DecisionsScreen))
        await some_turns()
        assert len(of(bench.desk).decisions) == 1
        assert len(bench.desk.store.drafts()) == left
        if left:
            await bench.press("enter")
            top = await form(bench)
            assert top.text("reason1") == "Hurt."
            await bench.press("ctrl+s")
            await bench.read_out("Bo Lind recorded about the same before you")


async def test_a_form_goes_back_with_all_that_was_typed() -> None:
    async with at(DecisionsScreen) as bench:
        await deciding(bench)
        theirs_decided(bench)
        await bench.press("ctrl+s")
        await until(lambda: isinstance(bench.app.screen, Both) and bench.app.screen.focused)
        await bench.press("3")
        top = await form(bench)
        assert top.text("reason1") == "Hurt."


async def test_another_thing_recorded_meanwhile_asks_nothing() -> None:
    async with at(ActionsOfDiscussion) as bench:
        await bench.press("p")
        await form(bench)
        await bench.type("See the child")
        theirs_decided(bench)
        await bench.press("tab", "tab", "tab", "tab")
        await bench.press("0", "ctrl+s")
        await until(lambda: isinstance(bench.app.screen, ActionsOfDiscussion))
        assert len(of(bench.desk).actions) == len(of(bench.desk).decisions) == 1


# The two columns


def test_several_entries_stand_one_below_the_other_and_nothing_is_shortened() -> None:
    at_six = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
    long = " ".join(f"word{place}" for place in range(60))
    both = Beside((Theirs("Bo Lind", at_six, (long,)), Theirs("Cleo [/] Marsh", at_six, ("x\x1b[31m",))), ("mine",))
    rows = [row.plain for row in side_by_side(both)]
    left = " ".join(row[:34].strip() for row in rows)
    assert all(f"word{place}" in left for place in range(60))
    assert "Cleo [/] Marsh" in left
    assert "\x1b" not in left
    assert [row[36:] for row in rows[:3]] == ["Yours", "NOT recorded", "mine"]
    assert all(len(row) <= 70 for row in rows)


async def test_what_does_not_fit_is_scrolled_to_with_the_arrows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.screens.test_both.THEIRS", "\n".join(f"Line {place}" for place in range(40)))
    async with closing(monkeypatch) as bench:
        await bench.read_out("Line 3")
        assert "Line 39" not in bench.text
        assert "1  Theirs stands" in bench.text
        await bench.press("end")
        await bench.read_out("Line 39")
        assert bench.app.screen.query_one(Sides).scroll_y > 0
