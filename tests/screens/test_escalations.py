"""Escalating: what may be, the form filled from the record and read back, and what is done until it has its outcome."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

from textual.screen import Screen
from textual.widgets import Input

from duty_tui.desk.desk import Desk
from duty_tui.desk.escalating import form_of, submit
from duty_tui.desk.escalation_lines import escalations_of
from duty_tui.domain.escalation import Escalation, Recipient
from duty_tui.domain.escalation_commands import AcknowledgeEscalation, ConcludeEscalation
from duty_tui.domain.service import PolicyAdopted
from duty_tui.domain.times import london_date
from duty_tui.screens.concern import ConcernScreen
from duty_tui.screens.concern_ask import Ask
from duty_tui.screens.escalate import EscalateDialog
from duty_tui.screens.escalation_dialogs import AcknowledgeDialog, ConcludeDialog, TakeUpDialog, UpdateDialog
from duty_tui.screens.escalation_form import EscalationDialog
from duty_tui.screens.escalations import EscalationsScreen
from duty_tui.screens.obligations import ObligationsScreen
from duty_tui.widgets.entry_input import NotesArea
from tests.builders import a_child, raise_concern
from tests.desk.conftest import NOW
from tests.pilot import fast_pilot, until
from tests.screens.at_a_desk import Bench, shown

__all__ = ["fast_pilot"]

ID = "a" * 32
NEED_TO_KNOW, DISAGREEMENT = "action-note-003/need-to-know", "seven-minute-briefing/disagreement-practitioners"
WORDS = {"prevents": "Police cannot come before Monday", "safety": "With grandmother", "asked": "A chair for Monday"}


def missed(desk: Desk) -> None:
    """Two working days have passed and no discussion was held."""
    desk.decide([PolicyAdopted(pack="seven-minute-briefing", from_day=london_date(NOW) - timedelta(days=30))])
    cause = {"reasonable_cause": "yes"}
    desk.do(ID, raise_concern(a_child(1, name="Amara Okafor"), received=NOW - timedelta(days=4), answers=cause))


def submitted(desk: Desk) -> None:
    """The same, with the Need to Know submitted to the head of service."""
    missed(desk)
    form = form_of(desk, ID, NEED_TO_KNOW, NOW)
    desk.do(ID, submit(form, WORDS, [Recipient("R. Hale", "Head of Service")], NOW))


def disagreed(desk: Desk) -> None:
    """The same, with a disagreement raised."""
    missed(desk)
    form = form_of(desk, ID, DISAGREEMENT, NOW)
    typed = {field.id: "Whether the child can go home tonight" for field in form.fields}
    desk.do(ID, submit(form, typed, [], NOW, who="Dana Ellis", role="Health visitor"))


@asynccontextmanager
async def on(make: Callable[[], Screen[object]], before: Callable[[Desk], object] = missed) -> AsyncIterator[Bench]:
    async with shown(make, before=before) as bench:
        yield bench


@asynccontextmanager
async def listed(before: Callable[[Desk], object] = submitted, concern: str | None = None) -> AsyncIterator[Bench]:
    async with shown(lambda: EscalationsScreen(concern), before=before) as bench:
        await until(lambda: screen_of(bench).chosen is not None)
        yield bench


def screen_of(bench: Bench) -> EscalationsScreen:
    (found,) = (screen for screen in bench.app.screen_stack if isinstance(screen, EscalationsScreen))
    return found


def escalation(bench: Bench) -> Escalation:
    (found,) = bench.desk.concern(ID).escalations
    return found


async def over(bench: Bench, kind: type, *keys: str) -> None:
    """Press, and wait for what opens; it has looked for a draft."""
    await bench.press(*keys)
    await until(lambda: isinstance(bench.app.screen, kind) and bench.app.screen.is_mounted and bench.app.screen.focused)
    await until(lambda: not list(bench.app.workers))


def write(bench: Bench, **words: str) -> None:
    for name, text in words.items():
        bench.app.screen.query_one(f"#field-{name}", NotesArea).text = text


def fill(bench: Bench, **words: str) -> None:
    for name, text in words.items():
        bench.app.screen.query_one(f"#{name}", Input).value = text


async def at_the_form(bench: Bench) -> None:
    """From the concern: e, and the first."""
    await over(bench, EscalateDialog, "e")
    await over(bench, EscalationDialog, "enter")


# Submitting


async def test_what_is_called_for_comes_first_with_why() -> None:
    async with on(lambda: ConcernScreen(ID)) as bench:
        await bench.read_out("NEXT STEP")
        await over(bench, EscalateDialog, "e")
        await bench.read_out("1  Need to Know  called for now")
        await until(lambda: "Nothing is booked" in " ".join(bench.text.replace("│", " ").split()))
        await bench.press("down")
        await bench.read_out("Nothing on the record calls for it now")


async def test_the_form_is_filled_from_the_record_read_back_and_submitted() -> None:
    async with on(lambda: ConcernScreen(ID)) as bench:
        await bench.read_out("NEXT STEP")
        await at_the_form(bench)
        await bench.read_out("Amara Okafor")
        await bench.read_out("Nothing is booked.")
        write(bench, **WORDS)
        fill(bench, also="R. Hale, Head of Service")
        await over(bench, Ask, "ctrl+s")
        await bench.read_out("To: R. Hale, Head of Service")
        await bench.press("enter")
        await bench.read_out("Enter decides nothing here")
        await bench.press("1")
        await until(lambda: isinstance(bench.app.screen, ConcernScreen))
        found = escalation(bench)
        assert (found.status, found.held_by, dict(found.fields)) == ("submitted", "R. Hale", WORDS)
        assert [name for name, _ in found.made] == ["need_to_know_submitted"]
        assert bench.desk.store.drafts() == []


async def test_a_form_that_is_not_filled_in_says_what_is_missing() -> None:
    async with on(lambda: ConcernScreen(ID)) as bench:
        await bench.read_out("NEXT STEP")
        await at_the_form(bench)
        await bench.press("ctrl+s")
        await bench.read_out("Still to say: What prevents it.")
        write(bench, **WORDS)
        await bench.press("ctrl+s")
        await bench.read_out("It goes to nobody yet")
        assert bench.desk.concern(ID).escalations == ()


async def test_a_form_half_filled_in_is_found_again() -> None:
    async with on(lambda: ConcernScreen(ID)) as bench:
        await bench.read_out("NEXT STEP")
        await at_the_form(bench)
        await bench.type("Snow")
        await bench.press("escape")
        await until(lambda: isinstance(bench.app.screen, ConcernScreen))
        await at_the_form(bench)
        await until(lambda: bench.app.screen.query_one("#field-prevents", NotesArea).text == "Snow")


async def test_the_list_of_things_owed_leads_to_the_same_form() -> None:
    async with on(lambda: ObligationsScreen(ID)) as bench:
        screen = bench.app.screen
        assert isinstance(screen, ObligationsScreen)
        await until(lambda: screen.chosen is not None)
        while screen.chosen and screen.chosen.place != "form":
            await bench.press("down")
        await over(bench, EscalationDialog, "enter")
        await bench.read_out("Amara Okafor")


async def test_one_that_is_open_already_is_shown_and_not_raised_twice() -> None:
    async with on(lambda: ConcernScreen(ID), submitted) as bench:
        await bench.read_out("NEXT STEP")
        await over(bench, EscalateDialog, "e")
        await bench.read_out("open already: 1")
        place = next(
            at
            for at, offer in enumerate(bench.app.screen._found, 1)  # type: ignore[attr-defined]
            if offer.already
        )
        await bench.press(str(place))
        await until(lambda: isinstance(bench.app.screen, EscalationsScreen) and screen_of(bench).chosen)


# Until it has its outcome


async def test_the_list_says_who_holds_it_and_what_happens_next() -> None:
    async with listed() as bench:
        for words in ("1 open", "R. Hale", "What prevents it: Police cannot come before Monday", "next:"):
            await bench.read_out(words)


async def test_it_is_acknowledged_by_the_one_it_went_to() -> None:
    async with listed() as bench:
        await over(bench, AcknowledgeDialog, "k")
        assert bench.app.screen.query_one("#by", Input).value == "R. Hale"
        await bench.press("ctrl+s")
        await until(lambda: escalation(bench).status == "acknowledged")
        assert escalation(bench).acknowledged[0].by == "R. Hale"


async def test_nobody_acknowledges_nothing() -> None:
    async with listed() as bench:
        await over(bench, AcknowledgeDialog, "k")
        fill(bench, by="")
        await bench.press("ctrl+s")
        await bench.read_out("Say who acknowledged it.")
        assert escalation(bench).status == "submitted"


async def test_an_update_leaves_what_was_submitted_as_it_was() -> None:
    async with listed() as bench:
        await over(bench, UpdateDialog, "m")
        await bench.press("ctrl+s")
        await bench.read_out("Type what is new.")
        fill(bench, words="A chair was found")
        await bench.press("ctrl+s")
        await until(lambda: escalation(bench).updates)
        assert escalation(bench).updates[0].text == "A chair was found"
        assert dict(escalation(bench).fields) == WORDS


async def test_it_ends_only_with_an_outcome() -> None:
    async with listed() as bench:
        await over(bench, ConcludeDialog, "t")
        await bench.press("ctrl+s")
        await bench.read_out("Say with 1 or 2 whether it is resolved.")
        bench.app.screen.query_one("#how").focus()
        await bench.press("2", "ctrl+s")
        await bench.read_out("Say how it ended.")
        fill(bench, outcome="Held on Monday, a day late")
        bench.app.screen.query_one("#when Input", Input).value = "today"
        await over(bench, Ask, "ctrl+s")
        await bench.read_out("Nobody it went to has said yet that they have it.")
        await bench.read_out("No time of day is given: it is taken for Fri 20 Nov 2026 00:00.")
        await bench.press("2")
        await until(lambda: isinstance(bench.app.screen, ConcludeDialog))
        bench.app.screen.query_one("#when Input", Input).value = ""
        await over(bench, Ask, "ctrl+s")
        await bench.press("1")
        await until(lambda: not escalation(bench).is_open)
        await bench.told(ID)
        await bench.read_out("0 open")
        await bench.press("v")
        await bench.read_out("Held on Monday, a day late")
        await bench.press("m")
        await bench.read_out("It is concluded")


async def test_a_ladder_goes_up_a_step_with_why_and_who() -> None:
    async with listed(disagreed) as bench:
        await over(bench, TakeUpDialog, "plus")
        for part, said, words in (
            ("said", "Say why this step did not settle it.", "They could not agree"),
            ("who", "Name the person who takes it up.", "M. Osei"),
        ):
            await bench.press("ctrl+s")
            await bench.read_out(said)
            fill(bench, **{part: words})
        await bench.press("ctrl+s")
        await until(lambda: len(escalation(bench).steps) == 2)
        assert (escalation(bench).step.who, escalation(bench).steps[0].outcome) == ("M. Osei", "up")
        assert "disagreement_not_resolved" in dict(escalation(bench).made)


async def test_where_the_policy_has_no_further_step_that_is_said() -> None:
    async with listed() as bench:
        await bench.press("plus")
        await bench.read_out("no further step")


async def test_the_second_of_two_sees_who_ended_it_and_keeps_the_text() -> None:
    async with listed() as bench:
        await over(bench, ConcludeDialog, "t")
        fill(bench, outcome="Held this evening")
        bench.app.screen.query_one("#how").focus()
        await bench.press("1")
        (line,) = escalations_of(bench.desk, ID, bench.hands.now)
        ended = ConcludeEscalation(escalation=line.number, at=bench.hands.now, outcome="Nothing more is needed")
        bench.other("Bo Lind").do(ID, ended)
        await over(bench, Ask, "ctrl+s")
        await bench.press("1")
        await bench.read_out("Bo Lind recorded about the same before you")
        await over(bench, ConcludeDialog, "3")
        assert bench.app.screen.query_one("#outcome", Input).value == "Held this evening"
        assert escalation(bench).outcome == "Nothing more is needed"


async def test_somebody_elses_entry_is_shown_at_once() -> None:
    async with listed() as bench:
        bench.other().do(ID, AcknowledgeEscalation(escalation=1, at=bench.hands.now, by="R. Hale"))
        await bench.told(ID)
        await bench.read_out("acknowledged")


async def test_enter_opens_the_concern() -> None:
    async with listed() as bench:
        await bench.press("enter")
        await until(lambda: isinstance(bench.app.screen, ConcernScreen))


async def test_closing_a_concern_says_what_stays_open() -> None:
    async with on(lambda: ConcernScreen(ID), submitted) as bench:
        await bench.read_out("NEXT STEP")
        await bench.press("x")
        await bench.read_out("Owed, and will not be done: Discussion, LATE")
        await bench.read_out("Still open, and stays so: escalation 1 ('Need to Know' form)")
