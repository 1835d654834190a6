"""Nothing typed into a form is lost: drafts, another person's entry beside one's own, a store that is away."""

from __future__ import annotations

import pytest

from duty_tui.desk.desk import Desk
from duty_tui.errors import Unavailable
from duty_tui.screens.action_form import ActionForm
from duty_tui.screens.actions import ActionsOfDiscussion
from duty_tui.screens.discussion_form import DiscussionForm
from tests.desk.conftest import Hands
from tests.pilot import fast_pilot, some_turns, until
from tests.screens.discussion_bench import CONCERN, at, form, of, put, record, status

__all__ = ["fast_pilot"]


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(DiscussionForm, "SAVE_AFTER", 0.01)
    monkeypatch.setattr(DiscussionForm, "AGAIN_AFTER", 0.01)


async def test_what_is_typed_is_a_draft_and_comes_back() -> None:
    async with at(ActionsOfDiscussion) as bench:
        await bench.press("p")
        await form(bench)
        await bench.type("See the child")
        await until(lambda: [one.body["what"] for one in bench.desk.store.drafts()] == ["See the child"])
        (draft,) = bench.desk.store.drafts()
        assert (draft.kind, draft.concern, draft.body["what"]) == ("discussion.action", CONCERN, "See the child")
        await bench.press("escape")
        await until(lambda: isinstance(bench.app.screen, ActionsOfDiscussion))
        await bench.press("p")
        top = await form(bench)
        assert top.text("what") == "See the child"
        assert "is here again" in status(bench)
        top.query_one("#whom").focus()
        await bench.press("1")
        await record(bench)
        assert bench.desk.store.drafts() == []
        assert [one.what for one in of(bench.desk).actions] == ["See the child"]


async def test_a_form_emptied_again_leaves_no_draft() -> None:
    async with at(ActionsOfDiscussion) as bench:
        await bench.press("p")
        await form(bench)
        await bench.type("ab")
        await until(lambda: bench.desk.store.drafts() != [])
        await bench.press("backspace", "backspace")
        await until(lambda: bench.desk.store.drafts() == [])
        await bench.press("escape")
        await until(lambda: isinstance(bench.app.screen, ActionsOfDiscussion))


async def test_the_draft_is_kept_when_the_program_is_told_to_end() -> None:
    async with at(ActionsOfDiscussion) as bench:
        await bench.press("p")
        top = await form(bench)
        assert isinstance(top, ActionForm)
        top.fill({"what": "Half a sen"})
        top.keep_draft()
        (draft,) = bench.desk.store.drafts()
        assert draft.body["what"] == "Half a sen"
        top.keep_draft()


async def test_ticks_and_digits_come_back_too_and_what_no_longer_fits_is_left_out() -> None:
    async with at(ActionsOfDiscussion) as bench:
        await bench.press("p")
        top = await form(bench)
        top.query_one("#whom").focus()
        await bench.press("2")
        await bench.press("escape")
        await until(lambda: isinstance(bench.app.screen, ActionsOfDiscussion))
        (draft,) = bench.desk.store.drafts()
        assert draft.body["whom"] == ["2"]
        bench.desk.store.save_draft(draft._replace(body={**draft.body, "form": "9", "whom": "x", "what": 3}))
        await bench.press("p")
        top = await form(bench)
        assert top.text("form") == "1"
        assert top.typed()["whom"] == []


async def test_a_store_that_is_away_keeps_the_text_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    async with at(ActionsOfDiscussion) as bench:
        await bench.press("p")
        top = await form(bench)

        def away(desk: Desk, *_: object, **__: object) -> None:
            raise Unavailable("The disk is full.", do="Make room.")

        monkeypatch.setattr(type(bench.desk.store), "save_draft", away)
        await bench.type("See the child")
        await until(lambda: "Draft NOT saved: The disk is full." in status(bench))
        await bench.press("escape")
        await some_turns()
        assert bench.app.screen is top
        monkeypatch.undo()
        monkeypatch.setattr(DiscussionForm, "SAVE_AFTER", 0.01)
        await until(lambda: bench.desk.store.drafts() != [])


async def test_the_time_of_a_form_is_that_of_recording() -> None:
    hands = Hands()
    async with at(ActionsOfDiscussion, hands=hands) as bench:
        await bench.press("p")
        top = await form(bench)
        await bench.type("See the child")
        await put(bench, "due", "now")
        top.query_one("#whom").focus()
        await bench.press("1")
        hands.on(minutes=7)
        await record(bench)
        assert of(bench.desk).actions[0].due == hands.now.replace(second=0)
