"""Children dropped and added with a reason; others at risk asked about, and raised as concerns of their own."""

from __future__ import annotations

from duty_tui.domain.commands import RecordChild
from duty_tui.screens.discussion_children import ChildrenScreen, LateChildForm
from duty_tui.screens.intake import IntakeScreen
from duty_tui.screens.text_form import TextForm
from tests.builders import a_child
from tests.pilot import fast_pilot, until
from tests.screens.discussion_bench import CONCERN, at, form, of, put, raised, record, status

__all__ = ["fast_pilot"]


async def test_a_child_is_dropped_with_a_reason_and_taken_in_again() -> None:
    async with at(ChildrenScreen) as bench:
        await bench.press("down", "x")
        await until(lambda: isinstance(bench.app.screen, TextForm))
        await bench.press("ctrl+s")
        await until(lambda: "needs its reason" in status(bench))
        await bench.type("Lives with her aunt")
        await bench.press("ctrl+s")
        await until(lambda: of(bench.desk).children == (1, 3))
        assert of(bench.desk).dropped == {2: "Lives with her aunt"}
        await bench.read_out("NOT PART OF IT")
        await bench.press("x")
        assert "part of it" in status(bench)
        await bench.press("enter")
        await until(lambda: isinstance(bench.app.screen, TextForm))
        await bench.type("Came back yesterday")
        await bench.press("ctrl+s")
        await until(lambda: of(bench.desk).children == (1, 2, 3))
        await bench.read_out("2  Kofi Okoye, 5y · part of it")
        await bench.press("enter")
        assert "x drops it" in status(bench)


async def test_a_child_found_late_is_added_to_the_concern_and_the_discussion() -> None:
    async with at(ChildrenScreen) as bench:
        await bench.press("p")
        top = await form(bench)
        assert isinstance(top, LateChildForm)
        await bench.press("ctrl+s")
        await until(lambda: "Write the child's name" in status(bench))
        await bench.type("ben okoye 3/4/2022 m")
        await bench.read_out("boy")
        await bench.press("ctrl+s")
        await until(lambda: "why the child is added" in status(bench))
        await put(bench, "reason", "Half-brother, named by the school")
        await record(bench)
        child = bench.desk.concern(CONCERN).child(4)
        assert child is not None
        assert (child.name, child.sex) == ("Ben Okoye", "male")
        assert of(bench.desk).children == (1, 2, 3, 4)
        await bench.read_out("4  Ben Okoye")


async def test_a_child_added_while_another_adds_one_has_a_number_of_its_own() -> None:
    async with at(ChildrenScreen) as bench:
        await bench.press("p")
        await form(bench)
        await bench.type("ben okoye 3/4/2022 m")
        await put(bench, "reason", "Half-brother")
        bench.other().do(CONCERN, RecordChild(child=a_child(4, name="Zola Okoye")))
        await record(bench)
        kept = bench.desk.concern(CONCERN)
        assert [child.name for child in kept.children[3:]] == ["Zola Okoye", "Ben Okoye"]
        assert of(bench.desk).children == (1, 2, 3, 5)
        assert [item.event.kind for item in kept.history[-2:] if item.event] == ["child-recorded", "child-placed"]


async def test_other_children_are_asked_about_and_the_answer_is_kept() -> None:
    async with at(ChildrenScreen) as bench:
        await bench.press("end", "enter")
        await until(lambda: isinstance(bench.app.screen, TextForm))
        await bench.type("Two nieces, both seen by the police today")
        await bench.press("ctrl+s")
        await until(lambda: of(bench.desk).answers != ())
        (answer,) = of(bench.desk).answers
        assert answer.item == "desk/other-children-contact"


async def test_their_concern_is_raised_from_here_and_stands_in_the_notes() -> None:
    async with at(ChildrenScreen, size=(100, 30)) as bench:
        await bench.press("n")
        await until(lambda: isinstance(bench.app.screen, IntakeScreen))
        intake = bench.app.screen
        assert isinstance(intake, IntakeScreen)
        assert (intake.form.name, intake.form.agency) == ("Ms P. Lund", "Hollin School")
        assert "strategy discussion 1 about C1 (Okoye)" in intake.form.what
        await bench.press("ctrl+down")
        await bench.type("Zola Okoye 1/2/2020 f")
        await until(lambda: "Zola" in intake.form.children)
        await bench.press("ctrl+s")
        await until(lambda: intake not in bench.app.screen_stack)
        await until(lambda: of(bench.desk).lines != ())
        assert of(bench.desk).lines[0].text == "Raised as C2 for other children at risk: Zola Okoye"


async def test_nothing_changes_before_it_began() -> None:
    async with at(ChildrenScreen, raised) as bench:
        await bench.press("x")
        assert "h begins it" in status(bench)
