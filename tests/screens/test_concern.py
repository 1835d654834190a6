from __future__ import annotations

from datetime import timedelta

import pytest
from textual.widgets import Input

from duty_tui.desk.desk import Desk
from duty_tui.domain.commands import AddNote, AnswerQuestions, ChangeOwner, CloseConcern
from duty_tui.domain.concern import Concern
from duty_tui.screens.concern import ConcernScreen
from duty_tui.screens.concern_list import ItemList
from duty_tui.screens.concern_parts import CHILDREN, CLOCKS, NOW, PARTS, QUESTIONS, TIMELINE
from duty_tui.widgets.entry_input import NotesArea
from duty_tui.widgets.statusline import StatusLine
from tests.builders import BAD_NHS, GOOD_NHS, a_child, raise_concern
from tests.desk.conftest import NOW as AT
from tests.pilot import fast_pilot, some_turns, until
from tests.screens.at_a_desk import ME, Bench, shown

__all__ = ["fast_pilot"]

ID = "a" * 32


def two(desk: Desk) -> None:
    """A concern about two siblings, C1, and one that may be about the first of them, C2."""
    amara = a_child(1, name="Amara Okafor", nhs_number=GOOD_NHS)
    kofi = a_child(2, name="Kofi [/] Okafor", born=None, nhs_number=BAD_NHS)
    desk.do(ID, raise_concern(amara, kofi, family="Okafor", received=AT - timedelta(minutes=5), happened="last night"))
    desk.do("b" * 32, raise_concern(amara))


def screen() -> ConcernScreen:
    return ConcernScreen(ID)


async def ready(bench: Bench) -> ConcernScreen:
    """The concern's screen, on top and read as it now is."""

    def current() -> bool:
        found = bench.app.screen
        if not isinstance(found, ConcernScreen) or found.concern is None:
            return False
        return found.concern.version == bench.desk.concern(found.concern_id).version

    await until(current)
    await some_turns()
    found = bench.app.screen
    assert isinstance(found, ConcernScreen)
    return found


def said(bench: Bench) -> str:
    return bench.app.screen.query_one(StatusLine).words


def at(bench: Bench) -> str | None:
    return bench.app.screen.query_one(ItemList).key


def concern(bench: Bench) -> Concern:
    return bench.desk.concern(ID)


async def go(bench: Bench, part: int) -> None:
    found = await ready(bench)
    found.show_part(part)
    await some_turns()


# Reading


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_parts_show_everything_that_is_known(size: tuple[int, int]) -> None:
    def before(desk: Desk) -> None:
        two(desk)
        desk.do(ID, AnswerQuestions(answers={"reasonable_cause": "yes"}))
        desk.do(ID, AddNote(text="Rang the school."))

    async with shown(screen, before=before, size=size) as bench:
        await ready(bench)
        expected = {
            NOW: (
                "NEXT STEP",
                "A bruise seen on the arm. (last night)",
                "Ms P. Lund",
                "C2: same name and date of birth, same NHS number",
            ),
            QUESTIONS: ("▸!–", "1 Yes  ○ 2 No  ○ 3 Not known", "yes →"),
            CLOCKS: ("GOVERNS", "Hold the strategy discussion", "unless ruled out", "action-note-003"),
            CHILDREN: ("1  Amara Okafor, 7y", "2  Kofi [/] Okafor, ?", "check digit does not fit"),
            TIMELINE: ("Concern raised", "Ann Osei", "Rang the school."),
        }
        for part in range(len(PARTS)):
            for words in ("C1  Okafor: Amara Okafor 7y, Kofi [/] Okafor ?", "owner none", "due end of Fri 20 Nov 2026"):
                assert words in bench.text
            for words in expected[part]:
                assert words in bench.text
            await bench.press("tab")
        assert "NEXT STEP" in bench.text, "after the last part comes the first"
        await bench.press("shift+tab", "left", "right")
        assert "▸Timeline" in bench.text


async def test_a_concern_that_is_not_there_is_said() -> None:
    async with shown(lambda: ConcernScreen("f" * 32)) as bench:
        await until(lambda: "no such concern" in said(bench))
        for key, why in (("W", "still being read"), ("o", "still being read"), ("enter", "still being read"),
                         ("X", "still being read"), ("1", "still being read")):  # fmt: skip
            await bench.press(key)
            assert why in said(bench)


async def test_the_newest_entry_is_at_the_bottom_and_withdrawn_is_a_word() -> None:
    def before(desk: Desk) -> None:
        two(desk)
        desk.do(ID, AddNote(text="Wrong child."))

    async with shown(screen, before=before) as bench:
        await go(bench, TIMELINE)
        assert at(bench) == concern(bench).history[-1].stamp.entry
        await bench.press("u")
        await bench.read_out("UNDO THIS ENTRY")
        for words in ("C1: Amara Okafor, Kofi [/] Okafor", "Wrong child."):
            assert words in bench.text
        await bench.press("enter")
        assert concern(bench).version == 2, "Enter alone undoes nothing"
        await bench.press("ctrl+s")
        await bench.read_out("WITHDRAWN: Wrong child.")
        await until(lambda: "undone C1 · recorded 18:05:00" in said(bench))


async def test_undo_elsewhere_takes_ones_own_last_entry_and_the_first_cannot_be_undone() -> None:
    def before(desk: Desk) -> None:
        two(desk)
        desk.do(ID, AddNote(text="Mine."))

    async with shown(screen, before=before) as bench:
        bench.other().do(ID, AddNote(text="Theirs."))
        await bench.told(ID)
        await ready(bench)
        await bench.press("u")
        await bench.read_out("Mine.")
        await bench.press("escape")
        await go(bench, TIMELINE)
        await bench.press("home", "u")
        assert "first entry cannot be undone" in said(bench)


async def test_with_nothing_of_ones_own_undo_says_so() -> None:
    async with shown(screen, before=two) as bench:
        await ready(bench)
        await bench.press("u")
        assert "nothing here that can be undone" in said(bench)


async def test_another_persons_entry_appears_without_moving_the_cursor() -> None:
    async with shown(screen, before=two) as bench:
        await go(bench, TIMELINE)
        await bench.press("home")
        first = at(bench)
        bench.other().do(ID, AddNote(text="Police called back."))
        await bench.told(ID)
        await bench.read_out("Police called back.")
        assert at(bench) == first
        await bench.told("b" * 32)


async def test_what_is_late_is_late_when_the_time_has_come() -> None:
    async with shown(screen, before=two) as bench:
        found = await ready(bench)
        now = bench.hands.on(hours=8)
        found.tick(now)
        await bench.read_out("LATE, was due end of Fri 20 Nov 2026")
        found.tick(now)


async def test_a_possible_duplicate_is_opened_with_enter() -> None:
    async with shown(screen, before=two) as bench:
        await ready(bench)
        await bench.press("enter")
        assert "There is nothing to open here." in said(bench)
        await bench.press("end", "enter")
        await bench.read_out("CONCERN C2")
        await bench.press("escape")
        await bench.read_out("CONCERN C1")
        await go(bench, TIMELINE)
        await bench.press("enter")
        assert "u undoes the selected entry." in said(bench)


# Answering


async def test_a_digit_answers_the_selected_question_and_the_cursor_goes_on() -> None:
    async with shown(screen, before=two) as bench:
        await ready(bench)
        await bench.press("1")
        assert "Tab leads to them" in said(bench)
        await go(bench, QUESTIONS)
        first = at(bench)
        assert first
        await bench.press("1")
        await until(lambda: first in concern(bench).answers)
        await until(lambda: "answer C1 · recorded" in said(bench))
        assert concern(bench).answers[first][-1].value is True
        await until(lambda: at(bench) != first)
        await bench.press("3")
        await until(lambda: len(concern(bench).answers) == 2)


async def test_digits_pressed_faster_than_the_disk_answers_answer_one_question_after_the_other() -> None:
    async with shown(screen, before=two) as bench:
        await go(bench, QUESTIONS)
        first, second = bench.app.screen.query_one(ItemList).keys[:2]
        await bench.press("1", "2")
        await until(lambda: len(concern(bench).answers) == 2)
        answers = {name: given[-1].value for name, given in concern(bench).answers.items()}
        assert answers == {first: True, second: False}
        assert at(bench) not in (first, second)


async def test_what_is_asked_of_each_child_is_answered_for_one_or_for_all() -> None:
    async with shown(screen, before=two) as bench:
        await go(bench, QUESTIONS)
        bench.app.screen.query_one(ItemList).select("immediate_risk")
        await bench.press("1")
        await bench.read_out("For which child?")
        assert "2    Kofi [/] Okafor" in bench.text
        await bench.press("2")
        await until(lambda: concern(bench).answers)
        assert concern(bench).answers["immediate_risk"][-1].child == 2
        bench.app.screen.query_one(ItemList).select("actual_harm_evidenced")
        await bench.press("2")
        await bench.read_out("For which child?")
        await bench.press("0")
        await until(lambda: "actual_harm_evidenced" in concern(bench).answers)
        assert concern(bench).answers["actual_harm_evidenced"][-1].child is None
        bench.app.screen.query_one(ItemList).select("abe_interview_required")
        await bench.press("2")
        await bench.read_out("For which child?")
        await bench.press("escape")
        assert "abe_interview_required" not in concern(bench).answers


# Acts


async def test_a_note_is_recorded_beside_the_note_of_somebody_faster() -> None:
    async with shown(screen, before=two) as bench:
        await ready(bench)
        await bench.press("m", "ctrl+s")
        assert "Type the note" in said(bench)
        await bench.type("Rang the GP.")
        bench.other().do(ID, AddNote(text="I rang the GP too."))
        await bench.press("ctrl+s")
        await until(lambda: concern(bench).notes == 2)
        await until(lambda: "note C1 · recorded 18:05:00" in said(bench))


async def test_a_concern_changes_hands() -> None:
    async with shown(screen, before=two) as bench:
        await ready(bench)
        await bench.press("o")
        await bench.read_out("C1: Amara Okafor")
        await bench.press("1")
        await until(lambda: concern(bench).owner == ME)
        await bench.read_out(f"owner {ME}")
        await bench.press("o", "escape")
        assert concern(bench).owner == ME


async def test_closing_names_the_children_needs_a_reason_and_enter_never_commits() -> None:
    async with shown(screen, before=two) as bench:
        await ready(bench)
        await bench.press("X")
        assert "The concern is open." in said(bench)
        await bench.press("x")
        await bench.read_out("CLOSE THIS CONCERN")
        assert "C1: Amara Okafor, Kofi [/] Okafor" in bench.text
        await bench.press("enter", "ctrl+s")
        assert "Closing needs its reason." in said(bench)
        await bench.type("Advice given.\n")
        assert concern(bench).is_open
        await bench.press("f9")
        await until(lambda: not concern(bench).is_open)
        await ready(bench)
        assert "Advice given." in bench.text
        for key in ("x", "o", "t"):
            await bench.press(key)
            assert "The concern is closed; X reopens it." in said(bench)
        await go(bench, QUESTIONS)
        await bench.press("1")
        assert "X reopens it" in said(bench)
        await bench.press("X", "ctrl+s")
        assert "Reopening needs its reason." in said(bench)
        await bench.type("New bruise.")
        await bench.press("ctrl+s")
        await until(lambda: concern(bench).is_open)


async def test_a_clean_line_is_copied() -> None:
    async with shown(screen, before=two) as bench:
        await ready(bench)
        await bench.press("y")
        assert bench.app.clipboard == (
            "C1 · Okafor: Amara Okafor 7y, Kofi [/] Okafor ? · due end of Fri 20 Nov 2026, unless ruled out · NEW"
            " · owner none"
        )


async def test_a_closed_concern_has_no_clock() -> None:
    def before(desk: Desk) -> None:
        two(desk)
        desk.do(ID, CloseConcern(reason="Advice."))

    async with shown(screen, before=before) as bench:
        await ready(bench)
        assert "no clock runs" in bench.text
        await go(bench, CLOCKS)
        assert "Nothing here." in bench.text


# Putting right


async def test_what_was_taken_down_is_corrected_with_a_reason() -> None:
    async with shown(screen, before=two) as bench:
        await ready(bench)
        await bench.press("f")
        await bench.read_out("FIX · C1")
        await bench.press("ctrl+s")
        assert "Nothing is changed yet." in said(bench)
        fields = bench.app.screen
        fields.query_one("#received", Input).value = "rubbish"
        await bench.press("ctrl+s")
        assert "cannot be read" in said(bench)
        fields.query_one("#received", Input).value = ""
        await bench.press("ctrl+s")
        assert "not taken away" in said(bench)
        fields.query_one("#received", Input).value = "20/11/2026 16:00"
        fields.query_one("#agency", Input).value = "Hollin Academy"
        fields.query_one(NotesArea).text = "Two bruises."
        await bench.press("ctrl+s")
        assert "needs its reason" in said(bench)
        await bench.type("Read back to her\n")
        assert "Enter does not" in said(bench)
        await bench.press("ctrl+s")
        await until(lambda: concern(bench).what == "Two bruises.")
        corrected = concern(bench)
        assert corrected.received == AT.replace(hour=16, minute=0)
        assert (corrected.caller.agency, corrected.caller.name) == ("Hollin Academy", "Ms P. Lund")
        await until(lambda: "corrected C1 · recorded" in said(bench))


async def test_enter_in_a_correction_goes_to_the_next_line() -> None:
    async with shown(screen, before=two) as bench:
        await ready(bench)
        await bench.press("f")
        await bench.read_out("FIX · C1")
        await bench.press("enter", "enter")
        assert bench.app.focused
        assert bench.app.focused.id == "name"


async def test_a_child_is_added_and_corrected() -> None:
    async with shown(screen, before=two) as bench:
        await ready(bench)
        await bench.press("b")
        await bench.read_out("ADD A CHILD · C1")
        await bench.press("ctrl+s")
        assert "Write the child's name" in said(bench)
        await bench.type("Ife Okafor 31/2/2020\n")
        await bench.press("ctrl+s")
        assert "There is no 31 February" in said(bench)
        bench.app.screen.query_one("#child", Input).value = "Ife Okafor 3/4/2024 f"
        await bench.read_out("Ife Okafor, 2y, born Wed 3 Apr 2024, girl")
        await bench.press("ctrl+s")
        await until(lambda: len(concern(bench).children) == 3)
        await go(bench, CHILDREN)
        await bench.read_out("3  Ife Okafor")
        await bench.press("end", "enter")
        await bench.read_out("CORRECT A CHILD")
        field = bench.app.screen.query_one("#child", Input)
        assert field.value == "Ife Okafor 03/04/2024 female"
        field.value = "Ife Okafor 03/04/2004 female"
        await bench.press("ctrl+s")
        assert "needs a reason" in said(bench)
        await bench.type("misheard\n")
        await bench.press("ctrl+s")
        await bench.read_out("18 or over")
        await bench.press("2")
        assert concern(bench).children[2].born
        await bench.press("ctrl+s")
        await bench.read_out("Record this child?")
        await bench.press("1")
        await until(lambda: concern(bench).children[2].born.year == 2004)  # type: ignore[union-attr]


async def test_that_nobody_referred_it_is_put_right_by_one_digit() -> None:
    async with shown(screen, before=two) as bench:
        await ready(bench)
        await bench.read_out("RECEIVED")
        await bench.press("f")
        await bench.read_out("Came in as")
        await bench.press("shift+tab", "2")
        bench.app.screen.query_one("#reason", Input).value = "Seen on a visit"
        await bench.press("ctrl+s")
        await until(lambda: not concern(bench).referred)
        await bench.read_out("CAME UP ON AN OPEN CASE")
        await bench.press("f")
        await bench.read_out("Came up  ")
        await bench.press("ctrl+s")
        await until(lambda: "Nothing is changed yet." in said(bench))


# Something happened


async def test_something_that_happened_is_found_by_a_word_and_recorded() -> None:
    async with shown(screen, before=two) as bench:
        await ready(bench)
        await bench.press("t")
        await bench.read_out("IT HAPPENED · C1")
        await bench.type("nonsense")
        await bench.press("ctrl+s")
        assert "Choose what happened." in said(bench)
        bench.app.screen.query_one("#search", Input).value = "child seen"
        await bench.read_out("For which child?")
        await bench.press("enter")
        await bench.type("rubbish\n")
        await bench.press("ctrl+s")
        assert "cannot be read" in said(bench)
        bench.app.screen.query_one("#when Input", Input).value = "18:04"
        await bench.press("enter", "2", "tab")
        await bench.type("At school\n")
        assert "Enter does not" in said(bench)
        await bench.press("ctrl+s")
        await until(lambda: concern(bench).milestones)
        seen = concern(bench).milestones[0]
        assert (seen.event, seen.child, seen.note) == ("child_seen", 2, "At school")
        assert seen.at == AT.replace(minute=4)
        await until(lambda: "Child seen C1 · recorded" in said(bench))


async def test_before_the_receipt_is_asked_about_and_the_future_refused() -> None:
    async with shown(screen, before=two) as bench:
        await ready(bench)
        await bench.press("t")
        await bench.read_out("IT HAPPENED · C1")
        await bench.type("discussion meeting held")
        await bench.press("enter")
        await bench.type("10:00")
        await bench.press("ctrl+s")
        await bench.read_out("before the concern was received")
        await bench.press("2")
        assert concern(bench).milestones == ()
        bench.app.screen.query_one("#when Input", Input).value = "+3h"
        await some_turns()
        await bench.press("ctrl+s")
        await until(lambda: "in the future" in said(bench))
        bench.app.screen.query_one("#when Input", Input).value = "10:00"
        await some_turns()
        await bench.press("ctrl+s")
        await bench.read_out("before the concern was received")
        await bench.press("1")
        await until(lambda: concern(bench).milestones)
        held = concern(bench).milestones[0]
        assert (held.event, held.discussion) == ("discussion_held", 1)


async def test_the_arrows_choose_while_a_word_is_typed_and_a_record_belongs_to_its_discussion() -> None:
    async with shown(screen, before=two) as bench:
        await ready(bench)
        await bench.press("t")
        await bench.read_out("Strategy discussion booked for")
        items = bench.app.screen.query_one(ItemList)
        first = items.key
        await bench.press("down", "down", "up")
        assert items.key == items.keys[1] != first
        bench.app.screen.query_one("#search", Input).value = "discussion meeting held"
        await until(lambda: at(bench) == "discussion_held")
        await bench.press("ctrl+s")
        await until(lambda: concern(bench).milestones)
        await ready(bench)
        await bench.press("t")
        await bench.read_out("Strategy discussion booked for")
        bench.app.screen.query_one("#search", Input).value = "circulated"
        await until(lambda: at(bench) == "record_circulated")
        await bench.press("ctrl+s")
        await until(lambda: len(concern(bench).milestones) == 2)
        assert concern(bench).milestones[1].discussion == 1


async def test_nothing_of_a_dialogue_is_lost_when_it_is_refused() -> None:
    def before(desk: Desk) -> None:
        two(desk)
        desk.do(ID, ChangeOwner(owner=ME))

    async with shown(screen, before=before) as bench:
        await ready(bench)
        await bench.press("x")
        await bench.read_out("CLOSE THIS CONCERN")
        await bench.type("Advice.")
        bench.other().do(ID, CloseConcern(reason="Closed by me."))
        await bench.press("ctrl+s")
        await bench.read_out("Bo Lind recorded about the same before you")
        await bench.press("3")
        await until(lambda: bool(bench.app.screen.query(NotesArea)))
        assert bench.app.screen.query_one(NotesArea).text == "Advice."
