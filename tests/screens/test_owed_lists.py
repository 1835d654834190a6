"""What can go otherwise on the lists of what is owed and escalated: nothing there, unreadable, asked about, refused."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from textual.screen import Screen
from textual.widgets import Input

from duty_tui.desk.desk import Desk
from duty_tui.desk.obligations import obligations_of
from duty_tui.domain.commands import AnswerQuestions, CloseConcern
from duty_tui.domain.escalation_events import To
from duty_tui.domain.service import PolicyAdopted
from duty_tui.domain.service_people import PersonListed, RecipientsSet
from duty_tui.domain.times import london_date
from duty_tui.screens.concern import ConcernScreen
from duty_tui.screens.concern_ask import Ask
from duty_tui.screens.discussion_acts import Sign
from duty_tui.screens.escalate import EscalateDialog, begin_escalating
from duty_tui.screens.escalation_dialogs import AcknowledgeDialog, ConcludeDialog, TakeUpDialog
from duty_tui.screens.escalation_form import EscalationDialog
from duty_tui.screens.escalations import EscalationsScreen
from duty_tui.screens.judge import JudgeDialog
from duty_tui.screens.obligation_late import LateDialog
from duty_tui.screens.obligation_meet import MeetDialog, NoteDialog, VisitDialog
from duty_tui.screens.obligation_vary import VaryDialog
from duty_tui.screens.obligations import ObligationsScreen
from duty_tui.screens.queue import QueueScreen
from duty_tui.screens.sign import RecordsScreen
from duty_tui.widgets.choice import Choice
from duty_tui.widgets.statusline import StatusLine
from duty_tui.widgets.ticks import Ticks
from duty_tui.widgets.time_field import TimeField
from tests.desk.conftest import NOW
from tests.pilot import fast_pilot, until
from tests.screens.at_a_desk import ME, Bench, shown
from tests.screens.test_escalations import WORDS, at_the_form, disagreed, escalation, fill, listed, missed, over, write
from tests.screens.test_obligations import ID, choose, chosen, concern, dialogue, held, screen_of, two
from tests.screens.test_obligations import listed as owed

__all__ = ["fast_pilot"]


def refusal(bench: Bench) -> str:
    return bench.app.screen.query_one(StatusLine).words


def typed_time(bench: Bench, words: str) -> None:
    bench.app.screen.query_one(TimeField).query_one(Input).value = words


async def top(bench: Bench, kind: type[Screen[Any]]) -> None:
    await until(lambda: isinstance(bench.app.screen, kind))


# Meeting


def conferred(desk: Desk) -> None:
    """Section 47 enquiries under the policy with a conference in fifteen working days."""
    desk.decide([PolicyAdopted(pack="three-working-days", from_day=london_date(NOW) - timedelta(days=30))])
    held(desk)


async def test_where_several_things_would_meet_it_one_is_chosen() -> None:
    async with owed(before=conferred) as bench:
        lines = obligations_of(bench.desk, ID, bench.hands.now).lines
        conference = next(line for line in lines if line.label == "Conference" and line.open)
        screen_of(bench).open_dialogue(conference, MeetDialog)
        await top(bench, MeetDialog)
        await until(lambda: bench.app.focused is not None and bench.app.focused.id == "event")
        choice = bench.app.screen.query_one("#event", Choice)
        assert choice.value == "icpc_held"
        await bench.press("2", "ctrl+s")
        await top(bench, ObligationsScreen)
        assert [one.event for one in concern(bench).milestones][-1] == "icpc_not_needed"


async def test_a_time_nobody_can_read_is_recorded_as_nothing() -> None:
    async with owed() as bench:
        version = concern(bench).version
        choose(bench, "time")
        await dialogue(bench, MeetDialog, "enter")
        fill(bench, note="By telephone")
        typed_time(bench, "after tea")
        await bench.press("ctrl+s")
        await until(lambda: "✗" in refusal(bench))
        assert isinstance(bench.app.focused, Input)
        assert bench.app.focused.value == "after tea"
        assert bench.app.screen.query_one("#note", Input).value == "By telephone"
        assert concern(bench).version == version


async def test_a_time_before_it_was_owed_is_asked_about_and_may_be_changed() -> None:
    async with owed() as bench:
        choose(bench, "time")
        await dialogue(bench, MeetDialog, "enter")
        typed_time(bench, "1/11/2026 10:00")
        await bench.press("ctrl+s")
        await top(bench, Ask)
        await bench.read_out("it may stay owed")
        await bench.press("2")
        await top(bench, MeetDialog)
        assert not [one for one in concern(bench).milestones if one.event == "referrer_informed"]
        await bench.press("ctrl+s")
        await top(bench, Ask)
        await bench.press("1")
        await top(bench, ObligationsScreen)
        [told] = [one for one in concern(bench).milestones if one.event == "referrer_informed"]
        assert told.at < chosen(bench).start  # type: ignore[operator]


async def test_a_visit_not_alone_without_why_is_asked_about() -> None:
    async with owed(before=held) as bench:
        choose(bench, "visit", child=1)
        await dialogue(bench, VisitDialog, "enter")
        bench.app.screen.query_one("#alone").focus()
        await bench.press("2", "ctrl+s")
        await top(bench, Ask)
        await bench.read_out("The child was not seen alone, and it is not said why.")


async def test_what_is_met_late_takes_its_reason_in_the_same_entry() -> None:
    async with owed(before=held) as bench:
        line = choose(bench, "visit", child=1)
        assert line.late
        await dialogue(bench, VisitDialog, "enter")
        fill(bench, by="Dana Ellis", why_late="No answer at the door", safety="The school saw her")
        bench.app.screen.query_one("#alone").focus()
        await bench.press("1", "ctrl+s")
        await top(bench, ObligationsScreen)
        await bench.told(ID)
        after = next(
            one
            for one in obligations_of(bench.desk, ID, bench.hands.now).lines
            if (one.rule, one.child) == (line.rule, line.child)
        )
        assert (after.standing, after.late, after.late_reason, after.late_safety) == (
            *("met", True, "No answer at the door", "The school saw her"),
        )
        await bench.press("4", "end")
        await bench.read_out("✓ met, LATE")


async def test_an_interim_note_without_why_is_not_recorded() -> None:
    async with owed() as bench:
        choose(bench, "note")
        await dialogue(bench, NoteDialog, "enter")
        fill(bench, safeguarding="With grandmother")
        await bench.press("ctrl+s")
        await bench.read_out("Say why it cannot be held.")
        assert bench.app.focused is bench.app.screen.query_one("#reason")


async def test_enter_in_the_last_line_records_nothing() -> None:
    async with owed() as bench:
        version = concern(bench).version
        await dialogue(bench, LateDialog, "r")
        await bench.type("Snow")
        await bench.press("enter", "enter")
        await bench.read_out("Ctrl+S records it; Enter does not.")
        assert concern(bench).version == version


async def test_a_question_nobody_asks_any_more_says_so() -> None:
    async with owed() as bench:
        line = choose(bench, "judge")
        bench.other().do(ID, AnswerQuestions(answers={line.asks: "no"}, reason="It is booked"))
        screen_of(bench).open_dialogue(line, JudgeDialog)
        await bench.read_out("Nothing asks this any more")


async def test_among_several_roles_one_is_chosen_before_another_time_is_approved() -> None:
    async with owed() as bench:
        line = chosen(bench)._replace(varied_by=("senior_management", "team_manager"))
        screen_of(bench).open_dialogue(line, VaryDialog)
        await until(lambda: isinstance(bench.app.screen, VaryDialog) and bench.app.focused)
        assert bench.app.focused is bench.app.screen.query_one("#role")
        await bench.press("ctrl+s")
        await bench.read_out("Say in which role it was approved.")
        await bench.press("2")
        fill(bench, by="R. Hale", reason="Snow")
        typed_time(bench, "when it thaws")
        await bench.press("ctrl+s")
        await until(lambda: "✗" in refusal(bench))
        assert concern(bench).variations == ()
        typed_time(bench, "+2d")
        await bench.press("ctrl+s")
        await top(bench, ObligationsScreen)
        assert [one.role for one in concern(bench).variations] == ["team_manager"]


# The list itself


async def test_on_a_closed_concern_nothing_is_owed_and_nothing_can_be_met() -> None:
    def closed(desk: Desk) -> None:
        two(desk)
        desk.do(ID, CloseConcern(reason="Moved away"))

    async with shown(lambda: ObligationsScreen(ID), before=closed) as bench:
        await bench.read_out("Nothing is owed here.")
        assert screen_of(bench).discussion_at() == (ID, None), "the letters still mean this concern"
        for key in ("g", "W", "enter", "r", "V"):
            await bench.press(key)
            await bench.read_out("Nothing is selected.")
            assert isinstance(bench.app.screen, ObligationsScreen)
        await bench.press("4")
        await bench.read_out("✗ not done, closed")
        await bench.press("enter")
        await bench.read_out("The concern is closed; reopen it first.")


async def test_across_an_empty_desk_no_concern_is_selected() -> None:
    async with shown(lambda: ObligationsScreen(None)) as bench:
        await bench.read_out("Nothing is owed here.")
        assert screen_of(bench).discussion_at() is None
        await bench.press("2")
        await bench.read_out("Nothing here.")


async def test_what_waits_for_a_signature_opens_the_records() -> None:
    async with owed(before=held) as bench:
        choose(bench, "sign")
        await bench.press("enter")
        await top(bench, RecordsScreen)


async def test_a_letter_that_does_not_fit_the_line_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Sign, "why_not", lambda *_: "There is nothing to sign.")
    async with owed(before=held) as bench:
        choose(bench, "sign")
        await bench.press("enter")
        await bench.read_out("There is nothing to sign.")
        assert isinstance(bench.app.screen, ObligationsScreen)


async def test_from_the_queue_both_lists_are_a_key_away() -> None:
    async with shown(QueueScreen, before=two) as bench:
        for key, kind in (("Z", ObligationsScreen), ("E", EscalationsScreen)):
            await until(lambda: isinstance(bench.app.screen, QueueScreen))
            await bench.press(key)
            await top(bench, kind)
            await bench.press("escape")


async def test_with_nothing_selected_nothing_is_escalated_and_nothing_owed() -> None:
    async with shown(QueueScreen) as bench:
        await bench.read_out("Nothing is waiting here.")
        for key in ("e", "z"):
            await bench.press(key)
            await bench.read_out("No concern is selected: choose one with the arrow keys first.")


# Escalating


async def test_where_no_policy_escalates_anything_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("duty_tui.screens.escalate.offers", lambda *_: [])
    async with shown(lambda: ConcernScreen(ID), before=missed) as bench:
        await bench.read_out("NEXT STEP")
        screen = bench.app.screen
        assert isinstance(screen, ConcernScreen)
        begin_escalating(screen, ID)
        await bench.read_out("No adopted policy says how to escalate anything.")


def named(desk: Desk) -> None:
    """The service says whom a Need to Know goes to, and who works here."""
    missed(desk)
    desk.decide(
        [
            RecipientsSet(form="need_to_know", recipients=(To(name="R. Hale", role="Head of Service"),)),
            PersonListed(name=ME, roles=("team_manager",)),
            PersonListed(name="Di Marsh", roles=("senior_manager",)),
        ]
    )


async def test_it_goes_to_those_the_service_has_set_and_to_whom_else_is_ticked() -> None:
    async with shown(lambda: ConcernScreen(ID), before=named) as bench:
        await bench.read_out("NEXT STEP")
        await at_the_form(bench)
        write(bench, **WORDS)
        assert [one.name for one in dialog(bench).recipients] == ["R. Hale"]
        bench.app.screen.query_one(Ticks).focus()
        await bench.press("1", "2")
        await until(lambda: "R. Hale" not in [one.name for one in dialog(bench).recipients])
        [only] = dialog(bench).recipients
        await over(bench, Ask, "ctrl+s")
        await bench.read_out(f"To: {only.name}")
        assert "not among the people" not in bench.text
        await bench.press("1")
        await top(bench, ConcernScreen)
        assert [one.name for one in escalation(bench).recipients] == [only.name]


def dialog(bench: Bench) -> EscalationDialog:
    found = bench.app.screen
    assert isinstance(found, EscalationDialog)
    return found


async def test_a_recipient_nobody_here_knows_is_pointed_out_and_the_form_may_be_changed() -> None:
    async with shown(lambda: ConcernScreen(ID), before=named) as bench:
        await bench.read_out("NEXT STEP")
        await at_the_form(bench)
        write(bench, **WORDS)
        fill(bench, also="R. Hail, Head of Service; ; r. hale")
        await over(bench, Ask, "ctrl+s")
        await bench.read_out("! R. Hail is not among the people the service has set")
        assert bench.text.count("! ") == 1
        await bench.press("2")
        await until(lambda: isinstance(bench.app.screen, EscalationDialog))
        assert concern(bench).escalations == ()
        fill(bench, also="")
        await over(bench, Ask, "ctrl+s")
        assert "! " not in bench.text
        await bench.press("1")
        await top(bench, ConcernScreen)
        assert [one.name for one in escalation(bench).recipients] == ["R. Hale"]


async def test_a_disagreement_asks_who_takes_it_up_first() -> None:
    async with shown(lambda: ConcernScreen(ID), before=missed) as bench:
        await bench.read_out("NEXT STEP")
        await over(bench, EscalateDialog, "e")
        screen = bench.app.screen
        assert isinstance(screen, EscalateDialog)
        at = next(at for at, one in enumerate(screen._found, 1) if one.form == "disagreement")
        await over(bench, EscalationDialog, str(at))
        write(bench, about="Whether he goes home", sides="Two accounts", proposed="A second discussion")
        await bench.press("ctrl+s")
        await bench.read_out("Say who holds it first.")
        fill(bench, who="Dana Ellis")
        await over(bench, Ask, "ctrl+s")
        await bench.read_out("To: Dana Ellis")
        await bench.press("1")
        await top(bench, ConcernScreen)
        assert (escalation(bench).step.who, escalation(bench).recipients) == ("Dana Ellis", ())


@pytest.mark.parametrize(("key", "kind"), [("k", AcknowledgeDialog), ("t", ConcludeDialog), ("plus", TakeUpDialog)])
@pytest.mark.parametrize(
    ("words", "said"), [("after tea", "✗"), ("+2h", "future"), ("1/11/2026 10:00", "before it came to this step")]
)
async def test_a_time_out_of_order_is_refused_and_the_text_stays(
    key: str, kind: type[Screen[Any]], words: str, said: str
) -> None:
    typed = {"k": {"by": "Di Marsh"}, "t": {"outcome": "They agreed"}, "plus": {"said": "No", "who": "M. Osei"}}[key]
    async with listed(disagreed) as bench:
        version = bench.desk.concern(ID).version
        await over(bench, kind, key)
        fill(bench, **typed)
        if key == "t":
            bench.app.screen.query_one("#how").focus()
            await bench.press("1")
        typed_time(bench, words)
        await bench.press("ctrl+s")
        await until(lambda: said in refusal(bench))
        assert isinstance(bench.app.screen, kind)
        assert {name: bench.app.screen.query_one(f"#{name}", Input).value for name in typed} == typed
        assert bench.desk.concern(ID).version == version


async def test_on_an_empty_list_of_escalations_every_key_says_that_none_is_selected() -> None:
    async with shown(EscalationsScreen) as bench:
        await bench.read_out("Nothing is escalated.")
        for key in ("k", "m", "plus", "t", "enter"):
            await bench.press(key)
            await bench.read_out("No escalation is selected.")
            assert isinstance(bench.app.screen, EscalationsScreen)


async def test_of_one_concern_the_concluded_ones_are_there_until_they_are_hidden() -> None:
    from duty_tui.desk.escalating import conclude, escalations_of

    def over_with(desk: Desk) -> None:
        disagreed(desk)
        (line,) = escalations_of(desk, ID, NOW)
        desk.do(ID, conclude(line, NOW, outcome="They agreed in the end"))

    async with listed(over_with, ID) as bench:
        await bench.read_out("0 open, 1 concluded")
        await bench.read_out("They agreed in the end")
        await bench.press("v")
        await bench.read_out("Nothing is escalated.")
