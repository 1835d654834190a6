"""What is owed on a concern and across the desk: seen, met, explained and judged from where it stands."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

from textual.widgets import Input

from duty_tui.desk.desk import Desk
from duty_tui.desk.obligations import obligations_of
from duty_tui.domain.commands import AnswerQuestions, RecordMilestone
from duty_tui.domain.concern import Concern
from duty_tui.screens.concern import ConcernScreen
from duty_tui.screens.judge import JudgeDialog
from duty_tui.screens.obligation_late import LateDialog
from duty_tui.screens.obligation_meet import MeetDialog, NoteDialog, VisitDialog
from duty_tui.screens.obligation_vary import VaryDialog
from duty_tui.screens.obligations import ObligationsScreen
from duty_tui.screens.why import WhyScreen
from duty_tui.views.obligation import ObligationLine
from duty_tui.widgets.statusline import StatusLine
from tests.builders import a_child, raise_concern
from tests.desk.conftest import NOW, Hands
from tests.pilot import fast_pilot, until
from tests.screens.at_a_desk import Bench, shown

__all__ = ["fast_pilot"]

ID, OTHER = "a" * 32, "b" * 32


def two(desk: Desk) -> None:
    """Siblings about whom there is cause to suspect, received on Tuesday; another child, just received."""
    children = (a_child(1, name="Amara Okafor"), a_child(2, name="Kofi Okafor"))
    cause = {"reasonable_cause": "yes", "serious_risk_of_harm": "no"}
    desk.do(ID, raise_concern(*children, family="Okafor", received=NOW - timedelta(days=3), answers=cause))
    desk.do(OTHER, raise_concern(a_child(1, name="Tom Byrne"), family="Byrne", received=NOW - timedelta(minutes=5)))


def held(desk: Desk) -> None:
    """The same, discussed on Wednesday, with section 47 enquiries for both."""
    two(desk)
    words = desk.rulebook.vocabulary.event
    when = NOW - timedelta(days=2)
    desk.do(ID, RecordMilestone(event="discussion_held", label=words["discussion_held"].label, at=when))
    for child in (1, 2):
        label = words["s47_decided"].label
        desk.do(ID, RecordMilestone(event="s47_decided", label=label, at=when, child=child, discussion=1))
    desk.do(ID, AnswerQuestions(answers={"outcome_s47": "yes", "actual_harm_evidenced": "yes"}, discussion=1))


@asynccontextmanager
async def listed(
    concern: str | None = ID, before: Callable[[Desk], object] = two, hands: Hands | None = None
) -> AsyncIterator[Bench]:
    async with shown(lambda: ObligationsScreen(concern), before=before, hands=hands) as bench:
        await until(lambda: screen_of(bench).chosen is not None)
        yield bench


def screen_of(bench: Bench) -> ObligationsScreen:
    (found,) = (screen for screen in bench.app.screen_stack if isinstance(screen, ObligationsScreen))
    return found


def chosen(bench: Bench) -> ObligationLine:
    line = screen_of(bench).chosen
    assert line is not None
    return line


def choose(bench: Bench, place: str, child: int | None = None) -> ObligationLine:
    """Put the cursor on the first line met in that place."""
    from duty_tui.screens.concern_list import ItemList
    from duty_tui.screens.obligation_lines import key_of

    found = obligations_of(bench.desk, ID, bench.hands.now).lines
    line = next(one for one in found if one.open and one.place == place and child in (None, one.child))
    screen_of(bench).query_one(ItemList).select(key_of(line))
    return line


async def dialogue(bench: Bench, kind: type, *keys: str) -> None:
    await bench.press(*keys)
    await until(lambda: isinstance(bench.app.screen, kind) and bench.app.screen.is_mounted and bench.app.screen.focused)
    await until(lambda: not list(bench.app.workers))


async def back_on_the_list(bench: Bench) -> None:
    await until(lambda: isinstance(bench.app.screen, ObligationsScreen))


def concern(bench: Bench) -> Concern:
    return bench.desk.concern(ID)


def fill(bench: Bench, **typed: str) -> None:
    for name, words in typed.items():
        bench.app.screen.query_one(f"#{name}", Input).value = words


# Reading


async def test_what_is_late_comes_first_and_says_so_in_words() -> None:
    async with listed() as bench:
        assert chosen(bench).label == "Discussion"
        for words in ("LATE", "late; nobody has said why yet (r)", "Management Action Note 003"):
            await bench.read_out(words)
        await until(lambda: bench.text.splitlines()[1].endswith("C1 Okafor"))


async def test_across_the_desk_each_line_says_whose_it_is() -> None:
    async with listed(None) as bench:
        await bench.read_out("C1 Okafor: ")
        await bench.read_out("C2 Byrne: ")


async def test_views_narrow_the_list_and_met_ones_are_shown_of_one_concern() -> None:
    async with listed(before=held) as bench:
        everything = len(screen_of(bench)._lines("owed"))
        await bench.press("2")
        assert all(line.late for line in screen_of(bench)._lines("late"))
        await bench.press("4")
        assert len(screen_of(bench)._lines("all")) > everything
        assert {"met", "waiting"} < {line.standing for line in screen_of(bench)._lines("all")}
        await bench.press("end")
        await until(lambda: not chosen(bench).open)


async def test_everything_that_ever_was_is_not_shown_across_the_desk() -> None:
    async with listed(None) as bench:
        await bench.press("4")
        await bench.read_out("choose one and press z there")


async def test_somebody_elses_entry_is_shown_at_once() -> None:
    async with listed() as bench:
        met = sum(line.open for line in screen_of(bench)._lines("all"))
        label = bench.desk.rulebook.vocabulary.event["referrer_informed"].label
        bench.other().do(ID, RecordMilestone(event="referrer_informed", label=label, at=bench.hands.now))
        await bench.told(ID)
        await until(lambda: sum(line.open for line in screen_of(bench)._lines("all")) == met - 1)


async def test_what_falls_due_by_time_alone_becomes_late_on_the_screen() -> None:
    async with listed(OTHER) as bench:
        assert "LATE" not in bench.text
        bench.hands.on(days=5)
        screen_of(bench).tick(bench.hands.now)
        await bench.read_out("LATE")


# Doing


async def test_a_time_is_now_unless_another_is_typed() -> None:
    async with listed() as bench:
        line = choose(bench, "time")
        await dialogue(bench, MeetDialog, "enter")
        await bench.press("ctrl+s")
        await back_on_the_list(bench)
        (milestone,) = (one for one in concern(bench).milestones if one.event == line.met_by[0].event)
        assert milestone.at == bench.hands.now


async def test_a_time_in_the_future_is_refused_and_the_text_stays() -> None:
    async with listed() as bench:
        choose(bench, "time")
        await dialogue(bench, MeetDialog, "enter")
        await bench.type("+2h")
        await bench.press("ctrl+s")
        await bench.read_out("future")
        assert isinstance(bench.app.screen, MeetDialog) or "Record this?" in bench.text


async def test_a_child_is_seen_by_somebody_alone_or_why_not() -> None:
    async with listed(before=held) as bench:
        line = choose(bench, "visit", child=2)
        assert line.whom == "Kofi"
        await dialogue(bench, VisitDialog, "enter")
        fill(bench, by="Dana Ellis", why_not_alone="Grandmother would not leave", said="I want to go home")
        bench.app.screen.query_one("#alone").focus()
        await bench.press("2", "ctrl+s")
        await back_on_the_list(bench)
        (seen,) = (one for one in concern(bench).milestones if one.event == "child_seen")
        assert (seen.child, dict(seen.details)) == (
            2,
            {
                "by": "Dana Ellis",
                "alone": "no",
                "why_not_alone": "Grandmother would not leave",
                "said": "I want to go home",
            },
        )


async def test_a_visit_by_nobody_is_not_recorded() -> None:
    async with listed(before=held) as bench:
        choose(bench, "visit", child=1)
        await dialogue(bench, VisitDialog, "enter")
        fill(bench, by="")
        await bench.press("ctrl+s")
        await bench.read_out("Say who saw the child.")
        assert not [one for one in concern(bench).milestones if one.event == "child_seen"]


async def test_the_interim_note_wants_what_keeps_safe_and_why() -> None:
    async with listed() as bench:
        choose(bench, "note")
        await dialogue(bench, NoteDialog, "enter")
        await bench.press("ctrl+s")
        await bench.read_out("Say what keeps the child safe.")
        fill(bench, safeguarding="With grandmother, agreed by the mother", reason="Police cannot come before Monday")
        await bench.press("ctrl+s")
        await back_on_the_list(bench)
        (note,) = (one for one in concern(bench).milestones if one.event == "interim_note_recorded")
        assert note.details["safeguarding"] == "With grandmother, agreed by the mother"


async def test_what_was_late_keeps_its_reason() -> None:
    async with listed() as bench:
        await dialogue(bench, LateDialog, "r")
        await bench.press("ctrl+s")
        await bench.read_out("Say why it is late.")
        fill(bench, reason="No police officer could be found", safety="Stayed in hospital")
        await bench.press("ctrl+s")
        await back_on_the_list(bench)
        await bench.told(ID)
        await bench.read_out("late because: No police officer could be found")
        await bench.read_out("meanwhile: Stayed in hospital")


async def test_only_what_is_late_has_a_reason() -> None:
    async with listed(OTHER) as bench:
        await bench.press("r")
        await bench.read_out("It is not late.")


async def test_a_judgement_is_recorded_with_its_reason_either_way() -> None:
    async with listed() as bench:
        line = choose(bench, "judge")
        await dialogue(bench, JudgeDialog, "enter")
        await bench.read_out("Nothing is booked.")
        await bench.press("ctrl+s")
        await bench.read_out("Answer with 1, 2 or 3.")
        await bench.press("2", "ctrl+s")
        await bench.read_out("Say in a few words why")
        fill(bench, reason="The paediatrician is here within the hour")
        await bench.press("ctrl+s")
        await back_on_the_list(bench)
        (answered,) = concern(bench).answers[line.asks]
        assert (answered.value, answered.reason) == (False, "The paediatrician is here within the hour")


async def test_a_reason_half_typed_is_found_again() -> None:
    async with listed() as bench:
        await dialogue(bench, LateDialog, "r")
        await bench.type("No police off")
        await bench.press("escape")
        await back_on_the_list(bench)
        await dialogue(bench, LateDialog, "r")
        await until(lambda: bench.app.screen.query_one("#reason", Input).value == "No police off")


async def test_where_nobody_may_approve_another_time_that_is_said() -> None:
    async with listed() as bench:
        assert not chosen(bench).varied_by
        await bench.press("V")
        await bench.read_out("names nobody who may approve another time")


async def test_another_time_is_recorded_with_who_approved_it() -> None:
    async with listed() as bench:
        line = chosen(bench)._replace(varied_by=("senior_management",))
        screen_of(bench).open_dialogue(line, VaryDialog)
        await until(lambda: isinstance(bench.app.screen, VaryDialog) and bench.app.screen.focused)
        for missing, words in (("by", "Say who approved it."), ("when", "Say until when."), ("reason", "Say why.")):
            await bench.press("ctrl+s")
            await bench.read_out(words)
            field = "#when Input" if missing == "when" else f"#{missing}"
            bench.app.screen.query_one(field, Input).value = {"by": "R. Hale", "when": "+2d", "reason": "Snow"}[missing]
        await bench.press("ctrl+s")
        await back_on_the_list(bench)
        (varied,) = concern(bench).variations
        assert (varied.role, varied.by, varied.reason) == ("senior_management", "R. Hale", "Snow")


# Elsewhere


async def test_the_concern_and_its_reasons_are_a_key_away() -> None:
    async with listed() as bench:
        await bench.press("g")
        await until(lambda: isinstance(bench.app.screen, ConcernScreen))
        await bench.press("escape")
        await back_on_the_list(bench)
        await bench.press("W")
        await until(lambda: isinstance(bench.app.screen, WhyScreen))


async def test_what_another_screen_records_is_done_there() -> None:
    async with listed() as bench:
        choose(bench, "call")
        await bench.press("enter")
        await until(lambda: not isinstance(bench.app.screen, ObligationsScreen))


async def test_what_is_met_cannot_be_met_again() -> None:
    async with listed(before=held) as bench:
        await bench.press("4", "end")
        screen = screen_of(bench)
        await until(lambda: screen.chosen is not None and not screen.chosen.open)
        await bench.press("enter")
        words = {"met": "It is met already", "waiting": "It is not owed yet"}[chosen(bench).standing]
        assert words in screen.query_one(StatusLine).words
