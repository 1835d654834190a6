"""A text on its way into the record: Escape, the end of the program, a lost answer, a draft that cannot be kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from duty_tui.desk.desk import Desk
from duty_tui.desk.outgoing import waiting
from duty_tui.errors import Unavailable
from duty_tui.screens.actions import ActionsOfDiscussion
from duty_tui.screens.both import Both
from duty_tui.screens.concern import ConcernScreen
from duty_tui.screens.discussion_form import DiscussionForm
from duty_tui.screens.intake import IntakeScreen
from duty_tui.screens.intake_form import IntakeForm
from duty_tui.screens.keeping import Keeping
from duty_tui.screens.write import Write
from duty_tui.store.memory import MemoryStore
from duty_tui.store.outbox import Outbox, Waiting
from duty_tui.store.rows import Draft
from duty_tui.widgets.entry_input import NotesArea
from tests.builders import raise_concern
from tests.desk.conftest import NOW
from tests.pilot import fast_pilot, some_turns, until
from tests.screens.at_a_desk import ME, Bench, shown
from tests.screens.call_bench import OnCall, on_call
from tests.screens.discussion_bench import CONCERN, at, form, of, status

__all__ = ["fast_pilot"]

ID = "a" * 32


@pytest.fixture(autouse=True)
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """No draft is kept by the passing of time."""
    monkeypatch.setattr(Keeping, "SAVE_AFTER", 60.0)
    monkeypatch.setattr(DiscussionForm, "SAVE_AFTER", 60.0)


def raised(desk: Desk) -> None:
    desk.do(ID, raise_concern())


def full(*_: object, **__: object) -> None:
    raise Unavailable("The disk is full.", do="Make room.")


class Held:
    """The desk, recording, does not answer before it is told to; then it records, or refuses."""

    def __init__(self) -> None:
        self.reached, self.go_on = Future[None](), Future[bool]()

    @contextmanager
    def over(self) -> Iterator[Held]:
        real = Desk.do

        def do(desk: Desk, *given: Any, **named: Any) -> object:
            self.reached.set_result(None)
            if not self.go_on.result(20):
                full()
            return real(desk, *given, **named)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Desk, "do", do)
            yield self


@contextmanager
def lost_answer() -> Iterator[None]:
    """It is recorded, and nobody is told."""
    real = MemoryStore.append

    def unheard(store: MemoryStore, *given: Any, **named: Any) -> object:
        real(store, *given, **named)
        raise Unavailable("The answer was lost.")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(MemoryStore, "append", unheard)
        yield


@contextmanager
def no_draft_kept() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(MemoryStore, "save_draft", full)
        yield


async def writing(bench: Bench, words: str) -> Write:
    """A note, typed and in no draft."""
    await bench.read_out("NEXT STEP")
    await bench.press("m")
    await until(lambda: isinstance(bench.app.screen, Write) and bench.app.screen.focused)
    await until(lambda: not list(bench.app.workers))
    await bench.type(words)
    dialogue = bench.app.screen
    assert isinstance(dialogue, Write)
    return dialogue


async def agreeing(bench: Bench, words: str) -> DiscussionForm:
    """An action, typed and in no draft."""
    await bench.press("p")
    top = await form(bench)
    await bench.type(words)
    top.fill({"whom": ["1"]})
    await some_turns()
    return top


async def with_outbox(bench: Bench, folder: Path) -> None:
    """The desk keeps what waits in an outbox."""

    def give(desk: Desk) -> None:
        desk.outbox = Outbox(folder / "mine.outbox", b"k" * 32)

    await bench.app.session.ask(give)


async def kept_with(bench: Bench) -> list[Draft]:
    """The drafts kept with what waits."""
    waits: list[Waiting] = await bench.app.session.ask(waiting)
    return [one.kept for one in waits if one.kept]


def notes(bench: Bench) -> list[str]:
    return [entry.data["text"] for entry in bench.desk.store.stream(ID) if entry.kind == "note-added"]


def texts(bench: Bench) -> list[object]:
    return [one.body["fields"]["text"] for one in bench.desk.store.drafts()]


def whats(bench: Bench) -> list[object]:
    return [one.body["what"] for one in bench.desk.store.drafts()]


# Escape and the end of the program while it is being recorded


async def test_escape_waits_for_the_answer_and_a_refusal_is_heard() -> None:
    async with shown(lambda: ConcernScreen(ID), before=raised) as bench:
        dialogue = await writing(bench, "Hello")
        with Held().over() as held:
            await bench.press("ctrl+s")
            await until(held.reached.done)
            await bench.press("escape")
            await bench.read_out("It is being recorded. Wait for the answer.")
            assert bench.app.screen is dialogue
            held.go_on.set_result(False)
            await bench.read_out("The disk is full.")
        assert dialogue.query_one(NotesArea).text == "Hello"
        await bench.press("escape")
        await until(lambda: isinstance(bench.app.screen, ConcernScreen))
        assert texts(bench) == ["Hello"]


async def test_escape_from_a_form_waits_for_the_answer_too() -> None:
    async with at(ActionsOfDiscussion) as bench:
        top = await agreeing(bench, "See the child")
        with Held().over() as held:
            await bench.press("ctrl+s")
            await until(held.reached.done)
            await bench.press("escape")
            assert "It is being recorded. Wait for the answer." in status(bench)
            assert bench.app.screen is top
            held.go_on.set_result(False)
            await until(lambda: "The disk is full." in status(bench))
        await bench.press("escape")
        await until(lambda: isinstance(bench.app.screen, ActionsOfDiscussion))
        assert whats(bench) == ["See the child"]


@pytest.mark.parametrize(("recorded", "drafts"), [(True, []), (False, ["Hello!"])])
async def test_the_end_of_the_program_leaves_a_draft_of_what_is_not_recorded(recorded: bool, drafts: list[str]) -> None:
    async with shown(lambda: ConcernScreen(ID), before=raised) as bench:
        dialogue = await writing(bench, "Hello")
        with Held().over() as held:
            await bench.press("ctrl+s")
            await until(held.reached.done)
            await bench.type("!")
            held.go_on.set_result(recorded)
            dialogue.keep_draft()
            assert (texts(bench), len(notes(bench))) == (drafts, recorded)
            await some_turns()


@pytest.mark.parametrize(("recorded", "drafts"), [(True, []), (False, ["See the child!"])])
async def test_the_end_of_the_program_over_a_form_leaves_a_draft_of_what_is_not_recorded(
    recorded: bool, drafts: list[str]
) -> None:
    async with at(ActionsOfDiscussion) as bench:
        top = await agreeing(bench, "See the child")
        with Held().over() as held:
            await bench.press("ctrl+s")
            await until(held.reached.done)
            await bench.type("!")
            held.go_on.set_result(recorded)
            top.keep_draft()
            assert (whats(bench), len(of(bench.desk).actions)) == (drafts, recorded)
            await some_turns()


@pytest.mark.parametrize(("recorded", "drafts"), [(True, []), (False, ["Lund!"])])
async def test_the_end_of_the_program_over_a_new_concern_leaves_a_draft_of_what_is_not_recorded(
    recorded: bool, drafts: list[str]
) -> None:
    async with shown(lambda: IntakeScreen(IntakeForm(NOW, children="Amara Okafor", what="Bruises."))) as bench:
        await bench.type("Lund")
        with Held().over() as held:
            await bench.press("ctrl+s")
            await until(held.reached.done)
            await bench.type("!")
            held.go_on.set_result(recorded)
            dialogue = bench.app.screen
            assert isinstance(dialogue, IntakeScreen)
            dialogue.keep_draft()
            kept = [one.body["name"] for one in bench.desk.store.drafts()]
            assert (kept, len(bench.desk.store.rows())) == (drafts, recorded)
            await some_turns()


async def test_recorded_while_it_was_being_left_it_is_said_to_be() -> None:
    async with shown(lambda: ConcernScreen(ID), before=raised) as bench:
        dialogue = await writing(bench, "Hello")
        dialogue.back()
        dialogue.commit()
        await until(lambda: isinstance(bench.app.screen, ConcernScreen))
        await bench.read_out("note C1 · recorded")
        assert (notes(bench), bench.desk.store.drafts()) == (["Hello"], [])


# A draft that cannot be kept keeps nobody from recording


async def test_a_draft_that_cannot_be_kept_keeps_nobody_from_recording() -> None:
    async with shown(lambda: ConcernScreen(ID), before=raised) as bench:
        await writing(bench, "Hello")
        with no_draft_kept():
            await bench.press("ctrl+s")
            await until(lambda: isinstance(bench.app.screen, ConcernScreen))
        assert notes(bench) == ["Hello"]


async def test_nor_from_recording_a_form() -> None:
    async with at(ActionsOfDiscussion) as bench:
        await agreeing(bench, "See the child")
        with no_draft_kept():
            await bench.press("ctrl+s")
            await until(lambda: isinstance(bench.app.screen, ActionsOfDiscussion))
        assert [one.what for one in of(bench.desk).actions] == ["See the child"]


# What waits is changed from the text as it was recorded


async def test_what_waits_is_kept_with_all_that_was_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with shown(lambda: ConcernScreen(ID), before=raised) as bench:
        await with_outbox(bench, tmp_path)
        dialogue = await writing(bench, "He was")
        assert await dialogue.save()
        await bench.type(" hit")
        monkeypatch.setattr(MemoryStore, "append", full)
        await bench.press("ctrl+s")
        await until(lambda: isinstance(bench.app.screen, ConcernScreen))
        assert [one.body["fields"]["text"] for one in await kept_with(bench)] == ["He was hit"]


async def test_a_form_that_waits_is_kept_with_all_that_was_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at(ActionsOfDiscussion) as bench:
        await with_outbox(bench, tmp_path)
        await agreeing(bench, "See the child")
        monkeypatch.setattr(MemoryStore, "append", full)
        await bench.press("ctrl+s")
        await until(lambda: isinstance(bench.app.screen, ActionsOfDiscussion))
        assert [one.body["what"] for one in await kept_with(bench)] == ["See the child"]


async def test_a_new_concern_that_waits_is_kept_with_all_that_was_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with shown(lambda: IntakeScreen(IntakeForm(NOW, children="Amara Okafor", what="Bruises."))) as bench:
        await with_outbox(bench, tmp_path)
        await bench.type("Ms P. Lund")
        monkeypatch.setattr(MemoryStore, "append", full)
        await bench.press("ctrl+s")
        await until(lambda: bench.results)
        assert [one.body["name"] for one in await kept_with(bench)] == ["Ms P. Lund"]


async def waits_on_call(call: OnCall, folder: Path, patch: pytest.MonkeyPatch) -> None:
    await with_outbox(call.bench, folder)
    patch.setattr(MemoryStore, "append", full)


async def test_a_line_that_waits_is_kept_with_all_that_was_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with on_call() as call:
        monkeypatch.setattr(type(call.screen), "SAVE_AFTER", 60.0)
        await waits_on_call(call, tmp_path, monkeypatch)
        await call.put("He was hit")
        await call.press("enter")
        await until(lambda: call.border.startswith("NOT RECORDED"))
        assert [one.body["text"] for one in await kept_with(call.bench)] == ["He was hit"]


async def test_a_line_whose_draft_cannot_be_kept_is_recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_call() as call:
        monkeypatch.setattr(type(call.screen), "SAVE_AFTER", 60.0)
        with no_draft_kept():
            await call.put("He was hit")
            await call.press("enter")
            await until(lambda: call.border.startswith("✓ recorded"))
        assert [line.text for line in call.discussion.lines] == ["He was hit"]


# A lost answer


async def test_a_form_changed_after_a_lost_answer_is_another_entry() -> None:
    async with at(ActionsOfDiscussion) as bench:
        await agreeing(bench, "See the child")
        with lost_answer():
            await bench.press("ctrl+s")
            await until(lambda: "The answer was lost." in status(bench))
        await bench.type(" today")
        await bench.press("ctrl+s")
        await until(lambda: isinstance(bench.app.screen, ActionsOfDiscussion))
        assert [one.what for one in of(bench.desk).actions] == ["See the child", "See the child today"]


async def test_a_form_tried_again_after_a_lost_answer_is_one_entry() -> None:
    async with at(ActionsOfDiscussion) as bench:
        await agreeing(bench, "See the child")
        with lost_answer():
            await bench.press("ctrl+s")
            await until(lambda: "The answer was lost." in status(bench))
        await bench.press("ctrl+s")
        await until(lambda: isinstance(bench.app.screen, ActionsOfDiscussion))
        assert [one.what for one in of(bench.desk).actions] == ["See the child"]


async def test_another_owner_chosen_after_a_lost_answer_is_not_taken_for_the_first() -> None:
    async with shown(lambda: ConcernScreen(ID), before=raised) as bench:
        await bench.read_out("NEXT STEP")
        await bench.press("o")
        await bench.read_out("Who owns")
        with lost_answer():
            await bench.press("1")
            await bench.read_out("The answer was lost.")
        await bench.press("2")
        await bench.read_out("NOT recorded")
        assert isinstance(bench.app.screen, Both)


@pytest.mark.parametrize(("more", "entries"), [("", 1), ("!", 2)])
async def test_a_dialogue_found_again_knows_under_which_mark_it_was_tried(more: str, entries: int) -> None:
    async with shown(lambda: ConcernScreen(ID), before=raised) as bench:
        dialogue = await writing(bench, "Hello")
        with pytest.MonkeyPatch.context() as patch:  # the answer to what is asked about it is lost as well
            patch.setattr("duty_tui.screens.drafted.is_recorded", lambda *_: False)
            with lost_answer():
                await bench.press("ctrl+s")
                await bench.read_out("The answer was lost.")
            assert await dialogue.save()
            await bench.press("escape")
            await until(lambda: isinstance(bench.app.screen, ConcernScreen))
        await bench.press("m")
        await until(
            lambda: isinstance(bench.app.screen, Write) and bench.app.screen.query_one(NotesArea).text == "Hello"
        )
        await bench.type(more)
        await bench.press("ctrl+s")
        await until(lambda: isinstance(bench.app.screen, ConcernScreen))
        assert len(notes(bench)) == entries


@pytest.mark.parametrize(("more", "entries"), [("", 1), (" today", 2)])
async def test_a_form_found_again_knows_under_which_mark_it_was_tried(more: str, entries: int) -> None:
    async with at(ActionsOfDiscussion) as bench:
        await agreeing(bench, "See the child")
        with pytest.MonkeyPatch.context() as patch:  # the answer to what is asked about it is lost as well
            patch.setattr("duty_tui.screens.discussion_form.is_recorded", lambda *_: False)
            with lost_answer():
                await bench.press("ctrl+s")
                await until(lambda: "The answer was lost." in status(bench))
            top = await form(bench)
            assert await top._save()
            await bench.press("escape")
            await until(lambda: isinstance(bench.app.screen, ActionsOfDiscussion))
        await bench.press("p")
        top = await form(bench)
        assert top.text("what") == "See the child"
        await bench.type(more)
        await bench.press("ctrl+s")
        await until(lambda: isinstance(bench.app.screen, ActionsOfDiscussion))
        assert len(of(bench.desk).actions) == entries
        assert bench.desk.store.drafts() == []


async def test_what_came_through_after_all_leaves_no_draft() -> None:
    async with shown(lambda: ConcernScreen(ID), before=raised) as bench:
        dialogue = await writing(bench, "Hello")
        with lost_answer():
            await bench.press("ctrl+s")
            await bench.read_out("The answer was lost.")
        assert await dialogue.save()
        assert bench.desk.store.drafts() == []


# A second text in the same form


async def test_a_second_text_in_the_form_is_another_draft(tmp_path: Path) -> None:
    async with at(ActionsOfDiscussion) as bench:
        await with_outbox(bench, tmp_path)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(MemoryStore, "append", full)
            await agreeing(bench, "See the child")
            await bench.press("ctrl+s")
            await until(lambda: isinstance(bench.app.screen, ActionsOfDiscussion))
        await agreeing(bench, "Ring the GP")
        await bench.press("escape")
        await until(lambda: isinstance(bench.app.screen, ActionsOfDiscussion))
        await bench.press("p")
        top = await form(bench)
        assert top.text("what") == "Ring the GP"
        await bench.press("escape")
        await until(lambda: isinstance(bench.app.screen, ActionsOfDiscussion))

        def send(desk: Desk) -> None:
            from duty_tui.desk import outgoing

            outgoing.send(desk)

        await bench.app.session.ask(send)
        assert [one.what for one in of(bench.desk).actions] == ["See the child"]
        assert whats(bench) == ["Ring the GP"]


@pytest.mark.parametrize(
    "change",
    [
        lambda one: one._replace(kind="discussion.done"),
        lambda one: one._replace(concern=ID),
        lambda one: one._replace(actor="Bo Lind"),
        lambda one: one._replace(body={**one.body, "@number": 2}),
        lambda one: one._replace(body={**one.body, "@key": "x"}),
        lambda one: one._replace(body={"what": "See the child"}),
    ],
    ids=["form", "concern", "person", "discussion", "thing", "unknown"],
)
async def test_a_draft_of_something_else_is_not_taken_up(change: Callable[[Draft], Draft]) -> None:
    async with at(ActionsOfDiscussion) as bench:
        await agreeing(bench, "See the child")
        await bench.press("escape")
        await until(lambda: isinstance(bench.app.screen, ActionsOfDiscussion))
        [draft] = bench.desk.store.drafts()
        bench.desk.store.save_draft(change(draft))
        await bench.press("p")
        top = await form(bench)
        assert top.text("what") == ""


async def test_a_draft_under_a_name_of_old_is_taken_up_and_goes_with_its_entry() -> None:
    async with at(ActionsOfDiscussion) as bench:
        now, body = bench.hands.now, {"what": "See them", "whom": ["1"]}
        old = Draft(f"action:{CONCERN}:1::{ME}", "discussion.action", CONCERN, ME, "here", now, body)
        bench.desk.store.save_draft(old)
        await bench.press("p")
        top = await form(bench)
        assert top.text("what") == "See them"
        await bench.press("ctrl+s")
        await until(lambda: isinstance(bench.app.screen, ActionsOfDiscussion))
        assert [one.what for one in of(bench.desk).actions] == ["See them"]
        assert bench.desk.store.drafts() == []
