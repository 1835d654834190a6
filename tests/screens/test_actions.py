"""Actions: what each lacks is said and never refused; done per child; all of them across concerns."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from duty_tui.desk.desk import Desk
from duty_tui.domain.decision_events import ActionAgreed
from duty_tui.screens.action_form import ActionForm, DoneForm
from duty_tui.screens.actions import ActionsOfDiscussion, ActionsScreen
from tests.desk.conftest import NOW, Hands
from tests.pilot import fast_pilot, some_turns, until
from tests.screens.at_a_desk import shown
from tests.screens.discussion_bench import CONCERN, at, form, of, put, quorate, record, say, status

__all__ = ["fast_pilot"]


def agreed(desk: Desk) -> None:
    """One action for two children, of somebody else, due in two hours; one of mine without a time."""
    quorate(desk)
    say(
        desk,
        ActionAgreed(
            discussion=1,
            what="See both children at school",
            who="PC Tom Hale",
            agency="police",
            due=NOW + timedelta(hours=2),
            children=(1, 2),
        ),
    )
    say(
        desk,
        ActionAgreed(
            discussion=1, what="Ring the nursery", who="Ann Osei", agency="children's social care", children=(3,)
        ),
    )


async def test_an_action_is_written_with_what_it_lacks_said_live() -> None:
    async with at(ActionsOfDiscussion) as bench:
        await bench.press("p")
        top = await form(bench)
        assert isinstance(top, ActionForm)
        await bench.type("See the child alone")
        await put(bench, "who", "dr lena fry")
        await bench.read_out("timed: by when")
        assert "for which agency" not in bench.text
        await put(bench, "due", "+2h")
        await bench.read_out("Fri 20 Nov 2026 20:05")
        await put(bench, "check", "her note")
        await put(bench, "contingency", "the on-call doctor")
        await bench.read_out("✓ Specific, measurable, agreed, realistic and timed.")
        await bench.press("ctrl+s")
        await until(lambda: "For which child" in status(bench))
        await bench.press("0")
        await record(bench)
        (action,) = of(bench.desk).actions
        assert (action.who, action.agency, action.children) == ("dr lena fry", "health", (1, 2, 3))
        assert action.due == NOW + timedelta(hours=2)


async def test_an_action_that_lacks_everything_but_its_words_is_recorded_all_the_same() -> None:
    async with at(ActionsOfDiscussion) as bench:
        await bench.press("p")
        top = await form(bench)
        await bench.press("ctrl+s")
        await until(lambda: "what is to be done" in status(bench))
        await bench.type("Something")
        top.query_one("#whom").focus()
        await bench.press("2")
        await record(bench)
        await bench.read_out("NOBODY NAMED")
        await bench.read_out("still to say")


async def test_an_interview_has_its_plan_done_or_by_when_and_by_whom() -> None:
    async with at(ActionsOfDiscussion) as bench:
        await bench.press("p")
        top = await form(bench)
        top.query_one("#form").focus()
        await bench.press("3")
        assert top.text("what") == "Achieving Best Evidence interview"
        await put(bench, "plan_due", "24/11")
        await put(bench, "plan_owner", "DC Ray")
        top.query_one("#whom").focus()
        await bench.press("1")
        await record(bench)
        (action,) = of(bench.desk).actions
        assert action.form == "interview"
        assert dict(action.details) == {"plan_due": "2026-11-25T00:00:00+00:00", "plan_owner": "DC Ray"}


async def test_a_medical_examination_has_its_own_fields() -> None:
    async with at(ActionsOfDiscussion) as bench:
        await bench.press("p")
        top = await form(bench)
        top.query_one("#form").focus()
        await bench.press("2")
        assert not top.query_one("#plan_owner").parent.parent.display  # type: ignore[union-attr]
        await put(bench, "where", "St Olave's")
        await put(bench, "consent", "mother, by telephone")
        top.query_one("#whom").focus()
        await bench.press("1", "2")
        await record(bench)
        (action,) = of(bench.desk).actions
        assert (action.form, action.children) == ("medical", (1, 2))
        assert dict(action.details) == {"where": "St Olave's", "consent": "mother, by telephone"}


async def test_a_recorded_action_opens_as_it_is_and_is_put_right() -> None:
    async with at(ActionsOfDiscussion, agreed) as bench:
        await bench.press("enter")
        top = await form(bench)
        assert top.text("due") == "20/11/2026 20:05"
        await put(bench, "check", "his note")
        await record(bench)
        first, second = of(bench.desk).actions
        assert (first.check, first.due, second.what) == ("his note", NOW + timedelta(hours=2), "Ring the nursery")


async def test_an_action_is_done_for_one_child_and_then_the_other() -> None:
    hands = Hands()
    async with at(ActionsOfDiscussion, agreed, hands=hands) as bench:
        hands.on(hours=1)
        await bench.press("t")
        top = await form(bench)
        assert isinstance(top, DoneForm)
        await bench.press("ctrl+s")
        await until(lambda: "For which child is it done" in status(bench))
        await bench.press("1", "tab", "tab")
        await bench.type("seen in class")
        await record(bench)
        assert dict(of(bench.desk).actions[0].done) == {1: (hands.now, "seen in class")}
        await bench.read_out("done for 1 of 2")
        await bench.press("t")
        await form(bench)
        await put(bench, "at", "18:30")
        await record(bench)
        assert of(bench.desk).actions[0].done[2][0] == datetime(2026, 11, 20, 18, 30, tzinfo=UTC)
        await bench.read_out("✓ done")
        await bench.press("t")
        assert "done for every child already" in status(bench)


async def test_a_time_that_is_only_a_day_is_asked_about_where_it_matters() -> None:
    async with at(ActionsOfDiscussion, agreed) as bench:
        await bench.press("t")
        await form(bench)
        await bench.press("1")
        await put(bench, "at", "today")
        await bench.press("ctrl+s")
        await until(lambda: "time of day" in status(bench))


async def test_the_longest_form_fits_eighty_by_twenty() -> None:
    async with at(ActionsOfDiscussion, size=(80, 20)) as bench:
        await bench.press("p")
        top = await form(bench)
        top.query_one("#form").focus()
        await bench.press("3")
        await some_turns()
        assert top.query_one(".dialogue").max_scroll_y == 0


async def test_across_concerns_mine_my_agencys_and_overdue() -> None:
    hands = Hands()
    async with shown(ActionsScreen, before=agreed, hands=hands) as bench:
        await bench.read_out("See both children at school")
        await bench.read_out("1 All 2")
        await bench.press("2")
        await bench.read_out("Ring the nursery")
        assert "See both children" not in bench.text
        await bench.press("3")
        await bench.read_out("Ring the nursery")
        await bench.press("4")
        await bench.read_out("Nothing that was agreed is waiting")
        await bench.press("enter")
        assert "No action is selected" in status(bench)
        hands.on(hours=3)
        await bench.told(CONCERN)
        await bench.read_out("LATE Fri 20 Nov 20:05")
        await bench.press("enter")
        await until(lambda: isinstance(bench.app.screen, ActionsOfDiscussion) and bench.app.screen.action is not None)


async def test_an_action_needs_a_discussion_that_began() -> None:
    from tests.screens.discussion_bench import raised

    async with at(ActionsOfDiscussion, raised) as bench:
        await bench.press("p")
        assert "h begins it" in status(bench)
        await bench.press("t")
        assert "h begins it" in status(bench)
