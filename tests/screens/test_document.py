"""Documents on the screen before they go out: typed text stays text, a set says how far it is; 80 by 24."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from textual.screen import Screen

from duty_tui.desk.desk import Desk
from duty_tui.desk.document_record import Collating, set_document
from duty_tui.desk.escalating import form_of, submit
from duty_tui.documents.blocks import Heading, Paragraph
from duty_tui.domain.discussion_events import DiscussionStarted, LineNoted
from duty_tui.domain.escalation import Recipient
from duty_tui.domain.service_people import PersonListed
from duty_tui.screens.circulation import CirculationScreen
from duty_tui.screens.concern import ConcernScreen
from duty_tui.screens.document import DocumentScreen
from duty_tui.screens.document_lines import document_items
from duty_tui.screens.document_steps import Once, put_together
from duty_tui.screens.escalations import EscalationsScreen
from duty_tui.screens.handover import HandoverScreen
from duty_tui.screens.sign import RecordsScreen
from duty_tui.widgets.statusline import StatusLine
from tests.builders import a_child, raise_concern
from tests.desk.conftest import NOW, Hands
from tests.documents.samples import HOSTILE, NAMES, a_document
from tests.pilot import fast_pilot, until
from tests.screens.at_a_desk import ME, Bench, shown
from tests.screens.discussion_bench import CONCERN, at, ended, raised, say
from tests.screens.test_circulation import says

__all__ = ["fast_pilot"]


def reading(bench: Bench) -> DocumentScreen:
    found = bench.app.screen
    assert isinstance(found, DocumentScreen)
    return found


async def opened(bench: Bench, key: str = "L") -> DocumentScreen:
    await bench.press(key)
    await until(lambda: isinstance(bench.app.screen, DocumentScreen) and reading(bench).document is not None)
    await until(lambda: not list(bench.app.workers))
    return reading(bench)


async def test_a_record_is_read_word_for_word_and_then_made(tmp_path: Path) -> None:
    async with at(RecordsScreen, ended) as bench:
        bench.app.settings = replace(bench.app.settings, documents=str(tmp_path))
        await opened(bench)
        await says(bench, "TO READ")
        await says(bench, "DRAFT: not signed")
        await says(bench, "Record of Strategy Discussion · C1, discussion 1, child 1")
        await bench.read_out("Name: Amara Okoye")
        assert list(tmp_path.glob("*")) == []  # noqa: ASYNC240 - a folder of the test's own
        await bench.press("end")
        await says(bench, "Contains personal information about children.")
        await bench.press("P")
        await says(bench, "C1-discussion-1-child-1-record-DRAFT.pdf is in")
        await bench.press("escape")
        await until(lambda: isinstance(bench.app.screen, RecordsScreen))


@pytest.mark.parametrize("make", [ConcernScreen, CirculationScreen])
async def test_a_set_is_read_part_by_part(make: Callable[[str], Screen[None]]) -> None:
    async with shown(lambda: make(CONCERN), before=ended) as bench:
        await until(lambda: not list(bench.app.workers))
        screen = await opened(bench)
        await says(bench, "Records of one discussion, put together")
        for name in ("Amara Okoye", "Kofi Okoye", "Ife Okoye"):
            await bench.press("right")
            await bench.read_out(f"Name: {name}")
        await bench.press("right")
        await says(bench, "This is the last part.")
        await bench.press("left", "left", "left")
        await says(bench, "Records of one discussion, put together")
        await bench.read_out("1. Child: Amara Okoye")
        await bench.read_out("     Record: C1, discussion 1, child 1")
        await bench.press("home", "left")
        await says(bench, "This is the first part.")
        assert screen.document == set_document(bench.desk, CONCERN, 1, bench.hands.now)


async def test_a_form_and_the_sheet_are_read_too(tmp_path: Path) -> None:
    def went_up(desk: Desk) -> None:
        desk.do(
            CONCERN, raise_concern(a_child(1), received=NOW - timedelta(days=4), answers={"reasonable_cause": "yes"})
        )
        form = form_of(desk, CONCERN, "action-note-003/need-to-know", NOW)
        desk.do(CONCERN, submit(form, {field.id: "Snow" for field in form.fields}, [Recipient("R. Hale")], NOW))

    async with shown(lambda: EscalationsScreen(CONCERN), before=went_up) as bench:
        bench.app.settings = replace(bench.app.settings, documents=str(tmp_path))
        await until(lambda: bench.app.screen.query_one("#list").key is not None)  # type: ignore[attr-defined]
        await opened(bench)
        await says(bench, "C1, escalation 1")
        await bench.press("pagedown")
        await bench.read_out("What prevents it: Snow")
        await bench.press("escape", "P")
        await says(bench, "C1-escalation-1-need-to-know.pdf is in")
    async with shown(HandoverScreen, before=went_up) as bench:
        await until(lambda: not list(bench.app.workers))
        await opened(bench)
        await says(bench, "Handover sheet")
        await says(bench, "As of: ")


async def test_where_there_is_none_the_desk_says_so_and_whoever_may_not_is_told() -> None:
    async with shown(lambda: ConcernScreen(CONCERN), before=raised) as bench:
        await until(lambda: not list(bench.app.workers))
        await bench.press("L")
        await says(bench, "No discussion of this concern was recorded here")
        await says(bench, "There is nothing to read.")
        await bench.press("P")
        await says(bench, "The document is still being put together.")

    def listed(desk: Desk) -> None:
        ended(desk)
        desk.decide(
            [PersonListed(name=name, roles=(role,)) for name, role in (("Bo", "team_manager"), (ME, "read_only"))]
        )

    async with at(RecordsScreen, listed) as bench:
        await bench.app.read_permission()
        await bench.press("L")
        await says(bench, "Making documents and copies of the record is for")
        assert isinstance(bench.app.screen, RecordsScreen)


async def test_what_was_typed_is_text_and_nothing_else_in_all_scripts() -> None:
    document = a_document(Heading("# [b]x[/b]", 1), *(Paragraph(words) for words in (*HOSTILE, *NAMES)))
    async with shown(lambda: DocumentScreen(Once(lambda _desk: document))) as bench:
        await until(lambda: reading(bench).document is not None)
        await until(lambda: not list(bench.app.workers))
        await bench.read_out("# [b]x[/b]")
        await bench.read_out('#eval("1") $x^2$ [link](x)')
        await bench.read_out("<script>alert(1)</script>")
        assert "\x1b" not in bench.text
        await bench.press("end")
        await says(bench, "Keep it safe.")


async def test_lines_are_broken_anew_when_the_screen_changes() -> None:
    document = a_document(Paragraph("word " * 60))
    async with shown(lambda: DocumentScreen(Once(lambda _desk: document))) as bench:
        await until(lambda: reading(bench).document is not None)
        await bench.pilot.resize_terminal(120, 30)
        await until(lambda: any(line.count("word") > 20 for line in bench.text.splitlines()))


async def test_a_set_of_twenty_says_how_far_it_is() -> None:
    def twenty(desk: Desk) -> None:
        desk.do(CONCERN, raise_concern(*(a_child(number, name=f"Child {number}") for number in range(1, 21))))
        say(desk, DiscussionStarted(discussion=1, at=NOW, chair=ME, format="telephone", children=tuple(range(1, 21))))
        say(desk, LineNoted(discussion=1, text="Seen"))

    said: list[str] = []
    async with shown(lambda: ConcernScreen(CONCERN), before=twenty, hands=Hands()) as bench:
        await until(lambda: not list(bench.app.workers))
        line = bench.app.screen.query_one(StatusLine)
        line.say = said.append  # type: ignore[method-assign, assignment]
        steps = Collating(CONCERN, None, NOW)
        document = await put_together(bench.app.screen, steps)  # type: ignore[arg-type]
        assert len(document.parts) == 21
        assert len(said) == 20
        assert said[4] == "Putting the records together █████░░░░░░░░░░░░░░░ 5 of 20"
        assert steps.document is document


def test_a_name_before_its_words_stays_whole_where_the_line_is_short() -> None:
    items, begins = document_items(a_document(parts=2), 30)
    assert begins == ["0", str((len(items) - 2) // 2 + 1)]
    lines = [line.plain for item in items for line in item.draw(30, False)]
    assert all(len(line) <= 30 for line in lines)
    assert "  Name: Łukasz Wiśniewski" in lines
