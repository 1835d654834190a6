"""What is typed in a dialogue about a concern is a draft until it is recorded, and is offered again."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from textual.widgets import Input

from duty_tui.desk.desk import Desk
from duty_tui.domain.commands import AddNote, ChangeOwner
from duty_tui.domain.concern import Concern
from duty_tui.errors import Unavailable
from duty_tui.screens.concern import ConcernScreen
from duty_tui.screens.concern_child import ChildDialog
from duty_tui.screens.concern_correct import CorrectDialog
from duty_tui.screens.concern_list import ItemList
from duty_tui.screens.concern_parts import TIMELINE
from duty_tui.screens.dialogue_draft import Typed, kept_draft, typed_of, unfinished, written
from duty_tui.screens.drafted import Drafted
from duty_tui.screens.keeping import Keeping
from duty_tui.screens.milestone import MilestoneDialog
from duty_tui.screens.owner import OwnerDialog
from duty_tui.screens.too_small import TooSmall
from duty_tui.screens.write import UndoDialog, Write
from duty_tui.store.memory import MemoryStore
from duty_tui.store.rows import Draft
from duty_tui.widgets.choice import Choice
from duty_tui.widgets.entry_input import NotesArea
from duty_tui.widgets.statusline import StatusLine
from tests.builders import a_child, raise_concern
from tests.desk.conftest import NOW as AT
from tests.desk.conftest import Hands, make_desk
from tests.pilot import fast_pilot, some_turns, until
from tests.screens.at_a_desk import ME, Bench, shown

__all__ = ["fast_pilot"]

ID, OTHER = "a" * 32, "b" * 32


def two(desk: Desk) -> None:
    """Two concerns; the first about two siblings, received five minutes ago."""
    children = (a_child(1, name="Amara Okafor"), a_child(2, name="Kofi Okafor"))
    desk.do(ID, raise_concern(*children, family="Okafor", received=AT - timedelta(minutes=5)))
    desk.do(OTHER, raise_concern(a_child(1, name="Tom Byrne"), family="Byrne"))


@asynccontextmanager
async def at_the_concern(before: Callable[[Desk], object] = two, hands: Hands | None = None) -> AsyncIterator[Bench]:
    async with shown(lambda: ConcernScreen(ID), before=before, hands=hands) as bench:
        await until(lambda: "NEXT STEP" in bench.text)
        yield bench


def drafts(bench: Bench) -> list[Draft]:
    return bench.desk.store.drafts()


def kept(bench: Bench) -> dict[str, str]:
    """The fields of the only draft."""
    (draft,) = drafts(bench)
    typed = typed_of(draft)
    assert typed
    return typed.fields


def concern(bench: Bench) -> Concern:
    return bench.desk.concern(ID)


def said(bench: Bench) -> str:
    return bench.app.screen.query_one(StatusLine).words


def text(bench: Bench) -> str:
    return bench.app.screen.query_one(NotesArea).text


def line(bench: Bench, name: str) -> str:
    return bench.app.screen.query_one(f"#{name}", Input).value


async def open_with(bench: Bench, *keys: str, kind: type[Drafted]) -> None:
    """Open a dialogue, and wait until it has looked for a draft."""
    await bench.press(*keys)
    await until(lambda: isinstance(bench.app.screen, kind) and bench.app.screen.is_mounted and bench.app.screen.focused)
    await until(lambda: not list(bench.app.workers))


async def back(bench: Bench) -> None:
    """Escape, to the concern; it has read itself anew, with what is unfinished."""
    await bench.press("escape")
    await until(lambda: isinstance(bench.app.screen, ConcernScreen))
    await until(lambda: not list(bench.app.workers))
    await some_turns()


def _away(*_: object) -> None:
    raise Unavailable("The disk is full.")


# Kept while it is typed


async def test_what_is_typed_is_a_draft_at_once_and_the_frame_says_when() -> None:
    async with at_the_concern() as bench:
        await open_with(bench, "m", kind=Write)
        assert drafts(bench) == []
        await bench.type("Rang the GP.")
        await until(lambda: drafts(bench) and kept(bench)["text"].endswith("."))
        assert kept(bench) == {"text": "Rang the GP."}
        (draft,) = drafts(bench)
        assert (draft.kind, draft.concern, draft.actor) == ("note", ID, ME)
        await bench.read_out("draft saved 18:05:00")


async def test_the_time_to_the_draft_runs_from_the_first_key_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Keeping, "SAVE_AFTER", 0.05)
    async with at_the_concern() as bench:
        await open_with(bench, "m", kind=Write)
        for _ in range(500):
            await bench.type("x")
            if drafts(bench):
                break
        assert drafts(bench), "typing on and on put the draft off"


async def test_text_taken_back_leaves_no_draft(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Keeping, "SAVE_AFTER", 0.01)
    async with at_the_concern() as bench:
        await open_with(bench, "m", kind=Write)
        await bench.type("x")
        await until(lambda: drafts(bench))
        await bench.press("backspace")
        await until(lambda: not drafts(bench))


async def test_an_empty_line_is_no_draft() -> None:
    async with at_the_concern() as bench:
        await open_with(bench, "m", kind=Write)
        await bench.press("enter", "space")
        await back(bench)
        assert drafts(bench) == []


@pytest.mark.parametrize("keys", [("m",), ("x",), ("t",), ("f",), ("b",), ("o", "t")])
async def test_escape_keeps_and_the_same_dialogue_on_the_same_concern_has_it_again(
    keys: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Keeping, "SAVE_AFTER", 60.0)
    async with at_the_concern() as bench:
        await open_with(bench, *keys, kind=Drafted)
        await bench.type("held ")
        await back(bench)
        (draft,) = drafts(bench)
        bench.hands.on(minutes=3)
        await open_with(bench, *keys, kind=Drafted)
        await bench.read_out("draft of 18:05 kept")
        assert bench.app.screen.focused
        shown = bench.app.screen.focused
        assert (shown.text if isinstance(shown, NotesArea) else shown.value).endswith("held ")  # type: ignore[attr-defined]
        await bench.type("on")
        await back(bench)
        (again,) = drafts(bench)
        assert again.id == draft.id
        assert any(words.endswith("held on") for words in kept(bench).values())


async def test_another_concern_another_person_and_another_dialogue_do_not_get_it() -> None:
    async with at_the_concern() as bench:
        store = bench.desk.store
        typed = Typed({"text": "Not yours."}, "1" * 32)
        store.save_draft(typed.draft("d1", "note", OTHER, ME, AT))
        store.save_draft(typed.draft("d2", "note", ID, "Bo Lind", AT))
        store.save_draft(typed.draft("d3", "close", ID, ME, AT))
        store.save_draft(typed.draft("d4", "note", ID, ME, AT)._replace(body={"fields": "rubbish", "mark": 3}))
        await open_with(bench, "m", kind=Write)
        assert text(bench) == ""
        await back(bench)
        await open_with(bench, "x", kind=Write)
        assert text(bench) == "Not yours."
        assert {draft.id for draft in drafts(bench)} == {"d1", "d2", "d3", "d4"}


async def test_who_types_faster_than_the_disk_answers_keeps_both(monkeypatch: pytest.MonkeyPatch) -> None:
    async with at_the_concern() as bench:
        bench.desk.store.save_draft(Typed({"text": "Older."}, "1" * 32).draft("d1", "note", ID, ME, AT))
        seen = kept_draft

        def slow(desk: Desk, kind: str, about: str) -> Draft | None:
            typed.result(5)
            return seen(desk, kind, about)

        from concurrent.futures import Future

        typed: Future[None] = Future()
        monkeypatch.setattr("duty_tui.screens.drafted.kept_draft", slow)
        await bench.press("m")
        await bench.type("Newer.")
        typed.set_result(None)
        await bench.read_out("another draft of 18:05 is kept too")
        assert text(bench) == "Newer."
        await back(bench)
        fields = [found.fields["text"] for draft in drafts(bench) if (found := typed_of(draft))]
        assert sorted(fields) == ["Newer.", "Older."]


async def test_a_draft_of_another_day_says_which() -> None:
    def before(desk: Desk) -> None:
        two(desk)
        desk.store.save_draft(
            Typed({"text": "Yesterday."}, "1" * 32).draft("d1", "note", ID, ME, AT - timedelta(days=1))
        )

    async with at_the_concern(before) as bench:
        await open_with(bench, "m", kind=Write)
        await bench.read_out("draft of Thu 19 Nov 2026 18:05 kept")


# Recorded, and not recorded


async def test_the_draft_goes_with_the_entry_it_becomes() -> None:
    async with at_the_concern() as bench:
        await open_with(bench, "m", kind=Write)
        await bench.type("Rang the GP.")
        await until(lambda: drafts(bench))
        await bench.press("ctrl+s")
        await until(lambda: concern(bench).notes == 1)
        assert drafts(bench) == []
        await until(lambda: "note C1 · recorded" in said(bench))
        await open_with(bench, "m", kind=Write)
        assert text(bench) == ""


async def test_a_key_at_the_last_moment_does_not_bring_the_draft_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Keeping, "SAVE_AFTER", 0.001)
    async with at_the_concern() as bench:
        await open_with(bench, "m", kind=Write)
        await bench.type("Rang the GP")
        await bench.pilot.press("full_stop", "ctrl+s", "j")
        await until(lambda: concern(bench).notes == 1)
        await until(lambda: isinstance(bench.app.screen, ConcernScreen))
        await some_turns()
        assert drafts(bench) == []


async def test_what_could_not_be_kept_is_said_stays_and_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Keeping, "AGAIN_AFTER", 0.01)
    async with at_the_concern() as bench:
        await open_with(bench, "m", kind=Write)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(MemoryStore, "save_draft", _away)
            await bench.type("Rang.")
            await bench.read_out("draft NOT saved: The disk is full.")
            await bench.type(" Twice.")
            assert "draft NOT saved" in bench.text
            assert text(bench) == "Rang. Twice."
        await bench.read_out("draft saved")
        await until(lambda: kept(bench) == {"text": "Rang. Twice."})


async def test_leaving_without_a_draft_takes_more_than_a_digit() -> None:
    async with at_the_concern() as bench:
        await open_with(bench, "m", kind=Write)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(MemoryStore, "save_draft", _away)
            await bench.type("Rang.")
            await bench.press("escape")
            await bench.read_out("If you go back now it is lost.")
            await bench.press("1")
            assert text(bench) == "Rang."
            await bench.press("escape")
            await bench.read_out("^d   Go back and lose the text")
            await bench.press("ctrl+d")
            await until(lambda: isinstance(bench.app.screen, ConcernScreen))
        assert drafts(bench) == []


async def test_others_who_record_meanwhile_are_told_of_and_the_text_stays() -> None:
    async with at_the_concern() as bench:
        await open_with(bench, "m", kind=Write)
        await bench.type("Rang the GP.")
        bench.other().do(ID, ChangeOwner(owner="Bo Lind"))
        row = bench.desk.store.row(ID)
        assert row
        from duty_tui.desk.session import Changes

        for screen in bench.app.screen_stack[1:]:
            screen.on_changes(Changes((row,), actors=("Bo Lind",)))  # type: ignore[attr-defined]
        await bench.read_out("Bo Lind recorded on this concern just now.")
        assert text(bench) == "Rang the GP."
        bench.app.screen.query_one(StatusLine).refused("The disk is full.")
        for screen in bench.app.screen_stack[1:]:
            screen.on_changes(Changes((row,), actors=("Bo Lind",)))  # type: ignore[attr-defined]
        assert said(bench) == "✗ The disk is full.", "what was refused is not talked over"
        await bench.press("ctrl+s")
        await until(lambda: concern(bench).notes == 1)


async def test_a_lost_answer_records_nothing_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    async with at_the_concern() as bench:
        await open_with(bench, "m", kind=Write)
        await bench.type("Once.")
        real = Desk.do

        def lost(self: Desk, *args: object, **known: object) -> object:
            real(self, *args, **known)  # type: ignore[arg-type]
            raise Unavailable("The answer was lost.")

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Desk, "do", lost)
            await bench.press("ctrl+s")
            await until(lambda: "The answer was lost." in said(bench))
        await bench.press("ctrl+s")
        await until(lambda: isinstance(bench.app.screen, ConcernScreen))
        assert concern(bench).notes == 1


async def test_another_text_after_a_lost_answer_is_another_entry() -> None:
    async with at_the_concern() as bench:
        await open_with(bench, "m", kind=Write)
        await bench.type("Once.")
        real = Desk.do

        def lost(self: Desk, *args: object, **known: object) -> object:
            real(self, *args, **known)  # type: ignore[arg-type]
            raise Unavailable("The answer was lost.")

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Desk, "do", lost)
            await bench.press("ctrl+s")
            await until(lambda: "The answer was lost." in said(bench))
        await bench.type(" More.")
        await bench.press("ctrl+s")
        await until(lambda: concern(bench).notes == 2)


# The end of the program, and too little room


async def test_the_end_of_the_program_keeps_it_without_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Keeping, "SAVE_AFTER", 60.0)
    async with at_the_concern() as bench:
        await open_with(bench, "f", kind=CorrectDialog)
        await bench.type("x")
        dialogue = bench.app.screen
        assert isinstance(dialogue, CorrectDialog)
        dialogue.keep_draft()
        assert kept(bench)["received"].endswith("x")
        dialogue.keep_draft()


async def test_a_window_made_too_small_covers_it_and_gives_it_back() -> None:
    async with at_the_concern() as bench:
        await open_with(bench, "m", kind=Write)
        await bench.type("Rang the GP.")
        bench.app.push_screen(TooSmall())
        await some_turns()
        await bench.pilot.resize_terminal(60, 20)
        await until(lambda: drafts(bench) and kept(bench) == {"text": "Rang the GP."})
        bench.app.screen.dismiss(None)
        await bench.pilot.resize_terminal(80, 24)
        await bench.type(" Twice.")
        assert text(bench) == "Rang the GP. Twice."


async def test_a_record_that_ends_under_another_screen_closes_its_own_and_no_other() -> None:
    async with at_the_concern() as bench:
        await open_with(bench, "m", kind=Write)
        await bench.type("Rang the GP.")
        dialogue = bench.app.screen
        assert isinstance(dialogue, Write)
        bench.app.push_screen(TooSmall())
        await some_turns()
        dialogue.commit()
        await until(lambda: concern(bench).notes == 1)
        await some_turns()
        assert isinstance(bench.app.screen, TooSmall)
        bench.app.screen.dismiss(None)
        await until(lambda: isinstance(bench.app.screen, ConcernScreen))


# Each dialogue


async def test_what_happened_comes_back_with_its_choice_its_child_and_its_moment() -> None:
    async with at_the_concern() as bench:
        await open_with(bench, "t", kind=MilestoneDialog)
        await bench.type("child seen")
        await bench.read_out("For which child?")
        bench.app.screen.query_one("#whom", Choice).answer(2)
        bench.app.screen.query_one("#note", Input).value = "At school"
        await some_turns()
        await back(bench)
        assert kept(bench)["when"] == "20/11/2026 18:05", "now is not a later now when it is found again"
        bench.hands.on(hours=1)
        await open_with(bench, "t", kind=MilestoneDialog)
        await bench.read_out("draft of 18:05 kept")
        assert (line(bench, "search"), line(bench, "note")) == ("child seen", "At school")
        assert bench.app.screen.query_one("#whom", Choice).value == 2
        await until(lambda: bench.app.screen.query_one(ItemList).key == "child_seen")
        await bench.press("ctrl+s")
        await until(lambda: concern(bench).milestones)
        seen = concern(bench).milestones[0]
        assert (seen.event, seen.child, seen.note, seen.at) == ("child_seen", 2, "At school", AT)
        assert drafts(bench) == []


async def test_the_chosen_thing_of_several_found_is_still_chosen() -> None:
    async with at_the_concern() as bench:
        await open_with(bench, "t", kind=MilestoneDialog)
        await bench.type("discussion")
        await bench.press("down", "down")
        chosen = bench.app.screen.query_one(ItemList).key
        await back(bench)
        await open_with(bench, "t", kind=MilestoneDialog)
        await bench.read_out("kept")
        await some_turns()
        assert bench.app.screen.query_one(ItemList).key == chosen
        assert line(bench, "search") == "discussion"


async def test_a_time_counted_from_now_stays_the_moment_it_was() -> None:
    async with at_the_concern() as bench:
        await open_with(bench, "t", kind=MilestoneDialog)
        await bench.press("enter")
        await bench.type("-10m")
        await back(bench)
        assert kept(bench)["when"] == "20/11/2026 17:55"
        await open_with(bench, "t", kind=MilestoneDialog)
        bench.app.screen.query_one("#when Input", Input).value = "rubbish"
        await some_turns()
        await back(bench)
        assert kept(bench)["when"] == "rubbish", "also what cannot be read is kept"


async def test_a_correction_keeps_only_what_was_changed() -> None:
    async with at_the_concern() as bench:
        await open_with(bench, "f", kind=CorrectDialog)
        bench.app.screen.query_one("#received", Input).value = "-20m"
        bench.app.screen.query_one("#agency", Input).value = "Hollin Academy"
        await some_turns()
        await back(bench)
        assert kept(bench) == {"received": "20/11/2026 17:45", "agency": "Hollin Academy"}
        bench.other().do(ID, AddNote(text="Meanwhile."))
        await bench.told(ID)
        bench.hands.on(hours=1)
        await open_with(bench, "f", kind=CorrectDialog)
        await bench.read_out("kept")
        bench.app.screen.query_one("#reason", Input).value = "misread"
        await bench.press("ctrl+s")
        await until(lambda: concern(bench).received == AT - timedelta(minutes=20))
        assert concern(bench).caller.agency == "Hollin Academy"
        assert drafts(bench) == []


async def test_each_child_has_a_draft_of_its_own() -> None:
    async with at_the_concern() as bench:
        await open_with(bench, "b", kind=ChildDialog)
        await bench.type("Ife")
        await back(bench)
        screen = bench.app.screen
        assert isinstance(screen, ConcernScreen)
        screen.edit_child(1)
        await until(lambda: isinstance(bench.app.screen, ChildDialog) and bench.app.screen.focused)
        assert line(bench, "child").startswith("Amara Okafor")
        bench.app.screen.query_one("#reason", Input).value = "misheard"
        await some_turns()
        await back(bench)
        assert {draft.kind for draft in drafts(bench)} == {"child new", "child 1"}


async def test_the_reason_for_an_undo_is_kept_with_its_entry() -> None:
    def before(desk: Desk) -> None:
        two(desk)
        desk.do(ID, AddNote(text="First."))
        desk.do(ID, AddNote(text="Second."))

    async with at_the_concern(before) as bench:
        screen = bench.app.screen
        assert isinstance(screen, ConcernScreen)
        screen.show_part(TIMELINE)
        await some_turns()
        await open_with(bench, "u", kind=UndoDialog)
        await bench.type("wrong child")
        await back(bench)
        await open_with(bench, "up", "u", kind=UndoDialog)
        assert text(bench) == ""
        await back(bench)
        await open_with(bench, "down", "u", kind=UndoDialog)
        await until(lambda: text(bench) == "wrong child")
        for words in ("C1: Amara Okafor, Kofi Okafor", "Second."):
            assert words in bench.text
        await bench.press("ctrl+s")
        await until(lambda: concern(bench).version == 4)
        assert concern(bench).history[-1].event.reason == "wrong child"  # type: ignore[union-attr]
        assert drafts(bench) == []


async def test_a_typed_owner_is_kept_and_goes_with_any_choice() -> None:
    async with at_the_concern() as bench:
        await open_with(bench, "o", "t", kind=OwnerDialog)
        await bench.type("Clare Du")
        await back(bench)
        assert kept(bench) == {"name": "Clare Du"}
        await open_with(bench, "o", kind=OwnerDialog)
        await until(lambda: line(bench, "name") == "Clare Du")
        await bench.press("1")
        await until(lambda: concern(bench).owner == ME)
        assert drafts(bench) == []


# Where it is told of


async def test_the_concern_says_what_is_unfinished_and_which_key_takes_it_up() -> None:
    async with at_the_concern() as bench:
        await open_with(bench, "m", kind=Write)
        await bench.type("Rang")
        await back(bench)
        await bench.read_out("UNFINISHED")
        assert "A note, kept at 18:05, not recorded (m takes it up)." in bench.text


def test_a_kind_nobody_knows_is_told_of_too(hands: Hands) -> None:
    from duty_tui.screens.unfinished import draft_line, unfinished_words

    draft = Draft("d", "newer thing", ID, ME, "here", AT, {})
    assert draft_line(draft, AT) == "something typed, kept at 18:05, not recorded"
    assert unfinished_words([], {}) == ""
    assert unfinished_words([draft], {}) == "1 unfinished entry is kept as a draft: a closed concern has 1"
    several = [draft, draft, draft._replace(concern=None, kind="intake")]
    assert unfinished_words(several, {ID: "C1"}) == "3 unfinished entries are kept: n takes up 1, C1 has 2"


def test_drafts_of_a_concern_are_the_persons_own(hands: Hands) -> None:
    desk = make_desk(MemoryStore(), hands, ME)
    draft = Typed({}, "m").draft("d", "note", ID, ME, AT)
    for number, one in enumerate((draft, draft._replace(concern=OTHER), draft._replace(actor="Bo Lind"))):
        desk.store.save_draft(one._replace(id=str(number)))
    assert [one.id for one in unfinished(desk, ID)] == ["0"]
    assert kept_draft(desk, "close", ID) is None


def test_a_moment_the_clock_shows_twice_is_written_with_its_name() -> None:
    twice = AT.replace(month=10, day=25, hour=0, minute=30)
    assert written(twice) == "25/10/2026 01:30 BST"
    assert written(twice + timedelta(hours=1)) == "25/10/2026 01:30 GMT"
    assert written(None) == ""


# Keys that overtake the text


async def test_what_was_typed_just_before_a_key_that_leaves_or_records_is_not_lost(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Keeping, "SAVE_AFTER", 60.0)
    async with at_the_concern() as bench:
        await open_with(bench, "m", kind=Write)
        # Set without a turn of the loop: the field has not told of it yet when Escape and Ctrl+S act.
        dialogue = bench.app.screen
        assert isinstance(dialogue, Write)
        dialogue.query_one(NotesArea).text = "Rang"
        dialogue.back()
        await until(lambda: isinstance(bench.app.screen, ConcernScreen))
        assert kept(bench) == {"text": "Rang"}
        await open_with(bench, "t", kind=MilestoneDialog)
        happened = bench.app.screen
        assert isinstance(happened, MilestoneDialog)
        bench.app.screen.query_one("#when Input", Input).value = "18:01"
        happened.commit()
        await until(lambda: concern(bench).milestones)
        assert concern(bench).milestones[0].at == AT.replace(minute=1)


async def test_a_name_is_whole_however_fast_enter_follows() -> None:
    async with at_the_concern() as bench:
        await open_with(bench, "o", "t", kind=OwnerDialog)
        from textual.events import Key

        for letter in "Ed Frost":
            bench.app.post_message(Key("space" if letter == " " else letter, letter))
        for key in ("enter", "q"):
            bench.app.post_message(Key(key, None if key == "enter" else key))
        await until(lambda: concern(bench).owner)
        assert concern(bench).owner == "Ed Frost"
        await until(lambda: isinstance(bench.app.screen, ConcernScreen))
        assert drafts(bench) == []
