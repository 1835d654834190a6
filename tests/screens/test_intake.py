from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from textual.widgets import Input

from duty_tui.desk.desk import Desk
from duty_tui.errors import Unavailable
from duty_tui.screens.intake import IntakeScreen
from duty_tui.screens.intake_draft import draft_of, draft_words, found_drafts, latest_first
from duty_tui.screens.intake_form import CALLER, CHILDREN, QUESTIONS, STORY, IntakeForm
from duty_tui.screens.intake_keeping import DraftedScreen, Taken
from duty_tui.screens.intake_sections import ChildrenArea, QuestionsSection
from duty_tui.store.memory import MemoryStore
from duty_tui.widgets.statusline import StatusLine
from tests.builders import BAD_NHS, GOOD_NHS, a_child, raise_concern
from tests.desk.conftest import NOW, Hands
from tests.pilot import some_turns, until
from tests.screens.at_a_desk import ME, Bench, shown

AMARA = "Amara Okafor 3/4/2022 f"
Setting = Callable[..., Any]


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Drafts and places at the next turn instead of after a moment."""
    monkeypatch.setattr(DraftedScreen, "SAVE_AFTER", 0.001)
    monkeypatch.setattr(DraftedScreen, "AGAIN_AFTER", 0.001)
    monkeypatch.setattr(IntakeScreen, "PLACE_AFTER", 0.001)


def form_of(bench: Bench) -> IntakeForm:
    screen = next(screen for screen in bench.app.screen_stack if isinstance(screen, IntakeScreen))
    return screen.form


def at(bench: Bench) -> str:
    """The id of what has the focus."""
    return (bench.app.focused.id or "") if bench.app.focused else ""


def drafts(bench: Bench) -> list[IntakeForm]:
    return [form for _, form in latest_first(found_drafts(bench.desk))]


def refused(bench: Bench) -> str:
    return bench.app.screen.query_one(StatusLine).words


async def children(bench: Bench, text: str) -> None:
    await bench.press("ctrl+down")
    await bench.type(text)


async def recorded(bench: Bench) -> Taken:
    await until(lambda: bench.results)
    taken = bench.results[0]
    assert isinstance(taken, Taken)
    return taken


# Moving about


async def test_enter_and_tab_lead_through_the_whole_form() -> None:
    async with shown(IntakeScreen) as bench:
        seen = [at(bench)]
        for key in ("enter", "enter", "enter", "enter", "tab", "tab", "enter", "enter", "tab", "tab", "enter"):
            await bench.press(key)
            seen.append(at(bench))
        assert seen == [
            "name", "role", "agency", "telephone", "anonymous", "referred", "received", "identified", "children",
            "what", "happened", "questions",
        ]  # fmt: skip
        await bench.press("tab")
        assert at(bench) == "questions", "the end of the form is no way round to its beginning"
        for _ in seen[1:]:
            await bench.press("shift+tab")
        assert at(bench) == "name"
        await bench.press("shift+tab")
        assert at(bench) == "name"


async def test_parts_are_reached_by_their_keys_and_stop_at_the_ends() -> None:
    async with shown(IntakeScreen) as bench:
        places = []
        for key in ("ctrl+pagedown", "ctrl+down", "ctrl+pagedown", "ctrl+down", "ctrl+pageup", "ctrl+up"):
            await bench.press(key)
            places.append(form_of(bench).section)
        assert places == [CHILDREN, STORY, QUESTIONS, QUESTIONS, STORY, CHILDREN]
        await bench.press("ctrl+up", "ctrl+up")
        assert form_of(bench).section == CALLER


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@pytest.mark.parametrize("part", [CALLER, CHILDREN, STORY, QUESTIONS])
async def test_every_part_fits_the_screen(part: int, size: tuple[int, int]) -> None:
    async with shown(IntakeScreen, size=size) as bench:
        await bench.press(*["ctrl+down"] * part)
        await bench.read_out("WOULD STAND")
        screen = bench.app.screen
        await until(lambda: screen.focus_chain and all(widget.region.height for widget in screen.focus_chain))
        shown_now = screen.focus_chain
        for widget in shown_now:
            assert widget.region.bottom <= size[1] - 7
        assert len(shown_now) <= 12


# What is typed, and how it is read


async def test_each_line_of_children_is_read_live() -> None:
    async with shown(IntakeScreen) as bench:
        await children(bench, f"{AMARA}\nunborn due 12/1/2027\nBen 31/2/2020")
        await bench.read_out("→ Amara Okafor, 4y, girl")
        await bench.read_out("→ Name not known, unborn, due 12…")
        await bench.read_out("✗ There is no 31 February 2020.")
        assert "Children 3" in bench.text


async def test_the_surname_is_offered_for_a_sibling_and_taken_with_one_key() -> None:
    async with shown(IntakeScreen) as bench:
        await children(bench, f"{AMARA}\nKofi")
        assert bench.app.screen.query_one(ChildrenArea).suggestion == " Okafor"
        await bench.press("right")
        await bench.type(" 5/6/2024 m")
        assert form_of(bench).children == f"{AMARA}\nKofi Okafor 5/6/2024 m"
        await bench.press("up")
        assert bench.app.screen.query_one(ChildrenArea).suggestion == ""


async def test_a_times_reading_stands_under_it_and_a_problem_once_it_is_left() -> None:
    async with shown(IntakeScreen) as bench:
        await bench.press("enter", "enter", "enter", "enter", "tab", "tab")
        await bench.read_out("Fri 20 Nov 2026 18:05, when this form was opened")
        await bench.type("-20m")
        await bench.read_out("Fri 20 Nov 2026 17:45")
        await bench.press("end", "ctrl+u")
        await bench.type("soonish")
        assert "✗" not in bench.text
        await bench.press("tab")
        await bench.read_out("✗ That cannot be read as a time")


async def test_a_reason_is_asked_for_only_when_it_was_identified_later() -> None:
    async with shown(IntakeScreen) as bench:
        assert "Why only then" not in bench.text
        screen = bench.app.screen
        screen.query_one("#received", Input).value = "16:00"
        screen.query_one("#identified", Input).value = "17:00"
        await bench.read_out("Why only then")
        screen.query_one("#identified", Input).value = ""
        await until(lambda: "Why only then" not in bench.text)


async def test_whether_the_caller_may_be_named_is_one_digit() -> None:
    async with shown(IntakeScreen) as bench:
        await bench.press("enter", "enter", "enter", "enter", "1")
        assert form_of(bench).anonymous is True
        await bench.press("backspace")
        assert form_of(bench).anonymous is None
        await bench.press("2")
        assert form_of(bench).anonymous is False


async def test_a_concern_that_came_up_on_an_open_case_is_one_digit_and_says_so() -> None:
    async with shown(IntakeScreen) as bench:
        await bench.press("enter", "enter", "enter", "enter", "tab", "2")
        await bench.read_out("Came up")
        assert "Received" not in bench.text
        await bench.press("tab")
        await bench.type("-20m")
        await until(lambda: drafts(bench) and drafts(bench)[0].received == "-20m" and not drafts(bench)[0].referred)
        await bench.press("shift+tab", "backspace")
        await bench.read_out("Received")
        assert form_of(bench).referred, "taken back it is what it was: a referral"
        await bench.press("2")
        await children(bench, AMARA)
        await bench.press("ctrl+down", "ctrl+down")
        await until(lambda: bench.app.screen.query_one(QuestionsSection).fact)
        assert "Is the case already open?" not in bench.text
        await bench.press("ctrl+s")
        await bench.read_out("Record this concern?")
        await bench.press("1")
        concern = bench.desk.concern((await recorded(bench)).row.id)
        assert (concern.referred, concern.received) == (False, NOW - timedelta(minutes=20))


async def test_details_go_to_the_end_of_the_childs_line() -> None:
    async with shown(IntakeScreen) as bench:
        await bench.press("f2")
        assert "Go to the children first." in refused(bench)
        await bench.press("ctrl+down", "f2")
        assert "Write the child's name" in refused(bench)
        await bench.type(AMARA)
        await bench.press("f2")
        await bench.read_out("born Sun 3 Apr 2022")
        await bench.type(BAD_NHS + "\n")
        await bench.read_out("check digit does not fit")
        await bench.type("A1\n12/7\nSt Mary's\ntwin\n")
        await until(lambda: "twin" in form_of(bench).children)
        assert form_of(bench).children == f"{AMARA}  nhs: {BAD_NHS}  upn: A1  case: 12/7  school: St Mary's  note: twin"
        await bench.press("f2")
        await bench.press("escape")
        assert "twin" in form_of(bench).children
        await bench.press("f2")
        await bench.press("ctrl+s")
        assert at(bench) == "children"


@pytest.mark.parametrize("name", ["O'Neill [Jay]", "[/]", "X [/] Y", "[bold]", "אבג", "李小龙", "N" * 300])
async def test_no_name_harms_the_screen(name: str) -> None:
    async with shown(lambda: IntakeScreen(IntakeForm(NOW, name=name, children=name, what=name))) as bench:
        for _ in range(4):
            await bench.read_out("WOULD STAND")
            await bench.press("ctrl+down")
        await bench.press("ctrl+s")
        assert (await recorded(bench)).children[0] == name


# The questions, and the place


async def test_questions_are_answered_by_a_digit_each_and_the_place_follows() -> None:
    async with shown(IntakeScreen) as bench:
        await bench.press("1")
        assert form_of(bench).name == "1", "a digit in a line of text is text"
        await bench.press("tab", "tab", "tab", "tab", "3")
        assert "Go to the questions first." in refused(bench)
        await bench.press("ctrl+down", "ctrl+down", "ctrl+down")
        await bench.read_out("due end of Fri 20 Nov 2026, unless ruled out")
        await bench.press("1", "1")
        await until(lambda: len(form_of(bench).answers) == 2)
        await until(lambda: "1▲ due end of Fri 20 Nov 2026" in bench.text)
        assert "unless ruled out" not in bench.text.split("WOULD STAND")[1].split("\n")[0]
        first = next(iter(form_of(bench).answers))
        await bench.press("up", "up", "3")
        assert form_of(bench).answers[first] == "unknown"
        await bench.press("home", "backspace")
        assert first not in form_of(bench).answers


async def test_those_that_could_bring_the_time_forward_come_first() -> None:
    async with shown(IntakeScreen) as bench:
        await bench.press("ctrl+down", "ctrl+down", "ctrl+down")
        section = bench.app.screen.query_one(QuestionsSection)
        await until(lambda: section.unanswered)
        marks = [line[2] for line in bench.text.split("\n")[3:16] if "–" in line[:6]]
        assert marks == sorted(marks, reverse=True), "! before blank"
        assert "could hasten" in bench.text


async def test_the_place_says_late_when_it_is() -> None:
    form = IntakeForm(NOW, received="1/11/2026 09:00", children=AMARA, what="x", answers={"reasonable_cause": "yes"})
    async with shown(lambda: IntakeScreen(form)) as bench:
        await bench.read_out("LATE, was due end of")


# Recording


async def test_it_is_recorded_from_anywhere_with_the_children_read_back() -> None:
    form = IntakeForm(NOW, children=f"{AMARA}\nKofi Okafor 5/6/2024 m", what="Bruises.", agency="Hollin School")
    async with shown(lambda: IntakeScreen(form)) as bench:
        await bench.press("ctrl+s")
        taken = await recorded(bench)
        assert taken.words == "recorded 18:05:00 as C1: Amara Okafor, Kofi Okafor"
        concern = bench.desk.concern(taken.row.id)
        assert [child.name for child in concern.children] == ["Amara Okafor", "Kofi Okafor"]
        assert (concern.family, concern.source, concern.raised_by) == ("Okafor", "Hollin School", ME)
        assert bench.desk.store.drafts() == []


async def test_what_stands_in_the_way_is_gone_to() -> None:
    async with shown(IntakeScreen) as bench:
        await bench.press("f9")
        assert (at(bench), form_of(bench).section) == ("children", CHILDREN)
        assert "No child is named" in refused(bench)
        await bench.type(AMARA)
        bench.app.screen.query_one("#received", Input).value = "rubbish"
        await some_turns()
        await bench.press("ctrl+s")
        assert (at(bench), form_of(bench).section) == ("received", CALLER)
        assert bench.results == []


async def test_doubts_are_asked_about_and_enter_decides_nothing() -> None:
    form = IntakeForm(NOW, children=f"{AMARA} nhs: {BAD_NHS}", received="+3h")
    async with shown(lambda: IntakeScreen(form)) as bench:
        await bench.press("ctrl+s")
        await bench.read_out("Record this concern?")
        for words in ("Amara Okafor, 4y, born Sun 3 Apr 2022, girl", "in the future", "check digit", "not filled in"):
            assert words in bench.text
        await bench.press("enter")
        assert "Enter decides nothing here" in refused(bench)
        await bench.press("2")
        assert bench.results == []
        await bench.press("ctrl+s")
        await bench.read_out("Record this concern?")
        await bench.press("escape")
        await bench.press("ctrl+s")
        await bench.read_out("Record this concern?")
        await bench.press("1")
        assert (await recorded(bench)).row.number == 1


async def test_a_possible_duplicate_is_shown_looked_at_and_never_merged() -> None:
    def before(desk: Desk) -> None:
        desk.do("d" * 32, raise_concern(a_child(name="Amara Okafor", nhs_number=GOOD_NHS)))

    form = IntakeForm(NOW, children=f"Amara Okafor nhs: {GOOD_NHS}", what="Bruises.")
    async with shown(lambda: IntakeScreen(form), before=before) as bench:
        await bench.read_out("Possible duplicate: C1")
        await bench.press("ctrl+s")
        await bench.read_out("Possible duplicate of C1: nothing is merged.")
        await bench.press("3")
        await bench.read_out("CONCERN C1")
        await bench.press("escape")
        await bench.read_out("Record this concern?")
        await bench.press("1")
        assert (await recorded(bench)).row.number == 2


async def test_when_it_cannot_be_recorded_everything_stays_and_a_second_time_records_it_once() -> None:
    form = IntakeForm(NOW, children=AMARA, what="Bruises.")
    async with shown(lambda: IntakeScreen(form)) as bench:
        before = form.mark
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(MemoryStore, "append", _away)
            await bench.press("ctrl+s")
            await until(lambda: "NOT recorded" in refused(bench))
        assert form_of(bench).what == "Bruises."
        await until(lambda: drafts(bench))
        await bench.press("ctrl+s")
        await recorded(bench)
        assert before == form.mark
        assert drafts(bench) == []


async def test_a_changed_text_is_never_taken_for_the_one_tried_before() -> None:
    form = IntakeForm(NOW, children=AMARA, what="Bruises.")
    async with shown(lambda: IntakeScreen(form)) as bench:
        real = MemoryStore.append

        def lost(self: MemoryStore, *args: Any, **kwargs: Any) -> Any:
            real(self, *args, **kwargs)
            raise Unavailable("The answer was lost.")

        before = form.mark
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(MemoryStore, "append", lost)
            await bench.press("ctrl+s")
            await until(lambda: "The answer was lost." in refused(bench))
        await bench.type("B")
        assert form.mark != before
        await bench.press("ctrl+s")
        await bench.read_out("Possible duplicate of C1")
        await bench.press("1")
        await until(lambda: "already in the record" in refused(bench))
        assert bench.results == []


async def test_recorded_before_the_answer_was_lost_it_is_not_recorded_twice() -> None:
    form = IntakeForm(NOW, children=AMARA, what="Bruises.")

    def before(desk: Desk) -> None:
        desk.do(form.concern, form.command(), mark=form.mark)
        desk.store.save_draft(draft_of(form, ME, NOW))

    async with shown(IntakeScreen, before=before) as bench:
        await bench.read_out("A draft was found")
        await bench.press("1")
        await until(lambda: form_of(bench).what == "Bruises.")
        await bench.press("ctrl+s")
        await bench.read_out("")
        await until(lambda: bench.results or "Record this concern?" in bench.text)
        if not bench.results:
            await bench.press("1")
        assert (await recorded(bench)).row.number == 1
        assert len(bench.desk.store.rows()) == 1


# Drafts


def _away(*_args: Any, **_kwargs: Any) -> Any:
    raise Unavailable("The disk is full.")


async def test_what_is_typed_is_a_draft_and_the_frame_says_when() -> None:
    async with shown(IntakeScreen) as bench:
        await bench.type("Ms P. Lund")
        await until(lambda: [form.name for form in drafts(bench)] == ["Ms P. Lund"])
        await bench.read_out("draft saved 18:05:00")


async def test_a_draft_is_saved_half_a_second_after_the_first_key_however_long_typing_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(DraftedScreen, "SAVE_AFTER", 0.05)
    async with shown(IntakeScreen) as bench:
        while not drafts(bench):
            await bench.type("a")


async def test_a_field_that_is_left_is_kept_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(DraftedScreen, "SAVE_AFTER", 3600.0)
    async with shown(IntakeScreen) as bench:
        await bench.type("Ms Lund")
        assert drafts(bench) == []
        await bench.press("tab")
        await until(lambda: drafts(bench))


async def test_escape_goes_back_and_keeps_the_draft(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(DraftedScreen, "SAVE_AFTER", 3600.0)
    async with shown(IntakeScreen) as bench:
        await bench.type("Ms Lund")
        await bench.press("escape")
        await until(lambda: bench.results == [None])
        assert [form.name for form in drafts(bench)] == ["Ms Lund"]


async def test_an_empty_form_leaves_no_draft() -> None:
    async with shown(IntakeScreen) as bench:
        await bench.type("a")
        await until(lambda: drafts(bench))
        await bench.press("backspace")
        await until(lambda: not drafts(bench))
        await bench.press("escape")
        await until(lambda: bench.results == [None])


async def test_the_end_of_the_program_keeps_the_draft_without_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(DraftedScreen, "SAVE_AFTER", 3600.0)
    async with shown(IntakeScreen) as bench:
        await bench.type("Ms Lund")
        bench.app.app_suspend_signal.publish(bench.app)
        await until(lambda: [form.name for form in drafts(bench)] == ["Ms Lund"])
        await bench.type("!")
        screen = bench.app.screen
        assert isinstance(screen, IntakeScreen)
        screen.keep_draft()
        assert [form.name for form in drafts(bench)] == ["Ms Lund!"]
        screen.keep_draft()


async def test_a_draft_that_cannot_be_kept_is_said_and_tried_again() -> None:
    async with shown(IntakeScreen) as bench:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(MemoryStore, "save_draft", _away)
            await bench.type("Ms Lund")
            await bench.read_out("draft NOT saved: The disk is full.")
            await bench.press("escape")
            await bench.read_out("If you go back now it is lost.")
            await bench.press("1")
            assert form_of(bench).name == "Ms Lund"
        await bench.read_out("draft saved")


async def test_going_back_without_a_draft_is_the_persons_decision() -> None:
    async with shown(IntakeScreen) as bench:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(MemoryStore, "save_draft", _away)
            await bench.type("Ms Lund")
            await bench.press("escape")
            await bench.read_out("If you go back now it is lost.")
            await bench.press("2", "enter")
            assert bench.results == [], "one digit loses nothing"
            await bench.press("ctrl+d")
            await until(lambda: bench.results == [None])


# A draft found


def found(desk: Desk, *names: str) -> None:
    for minute, name in enumerate(names):
        form = IntakeForm(NOW - timedelta(hours=2), name=name, children=f"Child of {name}", section=CHILDREN)
        when = NOW - timedelta(minutes=20 + minute)
        desk.store.save_draft(draft_of(form, "Ann Osei" if minute % 2 == 0 else "Bo Lind", when))


async def test_a_draft_that_is_found_is_gone_on_with() -> None:
    async with shown(IntakeScreen, before=lambda desk: found(desk, "Ms Lund")) as bench:
        await bench.read_out("20 min old, by Ann Osei: Child of Ms Lund")
        await bench.press("1")
        await until(lambda: at(bench) == "children")
        form = form_of(bench)
        assert (form.name, form.opened) == ("Ms Lund", NOW - timedelta(hours=2))
        await bench.type("!")
        await until(lambda: "!" in drafts(bench)[0].children)
        assert len(drafts(bench)) == 1, "it is the same draft"


async def test_several_drafts_are_a_list() -> None:
    async with shown(IntakeScreen, before=lambda desk: found(desk, "Ms Lund", "Mr Osei", "Dr Roe")) as bench:
        await bench.read_out("21 min old, by Bo Lind")
        await bench.press("down", "down", "enter")
        await until(lambda: form_of(bench).name == "Dr Roe")


async def test_a_fresh_start_keeps_the_draft() -> None:
    async with shown(IntakeScreen, before=lambda desk: found(desk, "Ms Lund")) as bench:
        await bench.read_out("A draft was found")
        await bench.press("2")
        await bench.type("New")
        await until(lambda: {form.name for form in drafts(bench)} == {"New", "Ms Lund"})


async def test_discarding_a_draft_asks_first() -> None:
    async with shown(IntakeScreen, before=lambda desk: found(desk, "Ms Lund", "Mr Osei")) as bench:
        await bench.read_out("A draft was found")
        await bench.press("3")
        await bench.read_out("Discard this draft?")
        await bench.press("2", "3", "enter")
        assert len(drafts(bench)) == 2, "no digit discards"
        await bench.press("1", "3", "ctrl+d")
        await until(lambda: len(drafts(bench)) == 1)
        await bench.read_out("Mr Osei")
        await bench.press("3", "ctrl+d")
        await until(lambda: drafts(bench) == [])
        await bench.type("New")
        await until(lambda: form_of(bench).name == "New")


async def test_going_back_from_a_found_draft_goes_back_to_the_queue() -> None:
    async with shown(IntakeScreen, before=lambda desk: found(desk, "Ms Lund")) as bench:
        await bench.read_out("A draft was found")
        await bench.press("escape")
        await until(lambda: bench.results == [None])
        assert len(drafts(bench)) == 1


async def test_a_draft_nobody_can_read_is_left_alone() -> None:
    def before(desk: Desk) -> None:
        form = IntakeForm(NOW)
        desk.store.save_draft(draft_of(form, ME, NOW)._replace(body={"opened": "never"}))
        desk.store.save_draft(draft_of(IntakeForm(NOW), ME, NOW)._replace(kind="note"))
        desk.store.save_draft(draft_of(IntakeForm(NOW), "Bo Lind", NOW)._replace(machine="elsewhere"))

    async with shown(IntakeScreen, before=before) as bench:
        await bench.read_out("WOULD STAND")
        assert "A draft was found" not in bench.text
        assert len(bench.desk.store.drafts()) == 3


def test_how_old_a_draft_is_in_words(hands: Hands) -> None:
    draft = draft_of(IntakeForm(NOW, agency="Police"), ME, NOW)
    said = {0: "typed just now", 1260: "21 min old", 7300: "2 h old, from 18:05", 90000: "from Fri 20 Nov 2026 18:05"}
    for seconds, words in said.items():
        assert draft_words(draft, NOW + timedelta(seconds=seconds)).startswith(words)
    assert draft_words(draft, NOW).endswith("by Ann Osei: Police")
    assert draft_words(draft._replace(body={}), NOW).endswith("answers only")
