"""P writes what is on the screen as a PDF, says where, and never replaces another file unasked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from duty_tui.desk.desk import Desk
from duty_tui.documents import pdf
from duty_tui.domain.discussion_events import DiscussionAgreed, LineNoted
from duty_tui.domain.service_people import PersonListed
from duty_tui.screens.breaches import BreachesScreen
from duty_tui.screens.concern import ConcernScreen
from duty_tui.screens.handover import HandoverScreen
from duty_tui.screens.sign import RecordsScreen
from tests.builders import raise_concern
from tests.desk.conftest import NOW, Hands
from tests.past_desk import NOVEMBER
from tests.pilot import fast_pilot, until
from tests.screens.at_a_desk import Bench, shown
from tests.screens.discussion_bench import CONCERN, at, ended, raised, say, status

__all__ = ["fast_pilot"]

RECORD, SET = "C1-discussion-1-child-1-record-DRAFT.pdf", "C1-discussion-1-records-DRAFT.pdf"


def to(bench: Bench, folder: Path) -> None:
    """Documents go to this folder."""
    bench.app.settings = replace(bench.app.settings, documents=str(folder))


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def says(bench: Bench, words: str) -> Callable[[], bool]:
    return lambda: words in status(bench)


async def test_the_record_of_the_child_under_the_cursor_is_written_and_where_it_is_said(tmp_path: Path) -> None:
    async with at(RecordsScreen, ended, size=(200, 40)) as bench:
        to(bench, tmp_path)
        await bench.press("P")
        await until(says(bench, f"✓ {RECORD} is in {tmp_path}"))
        assert (tmp_path / RECORD).read_bytes().startswith(b"%PDF")
        await bench.press("P")
        await until(says(bench, "✓"))
        assert names(tmp_path) == [RECORD]


async def test_another_file_of_that_name_is_replaced_only_at_the_second_press(tmp_path: Path) -> None:
    hands = Hands()
    async with at(RecordsScreen, ended, size=(200, 40), hands=hands) as bench:
        to(bench, tmp_path)
        (tmp_path / RECORD).write_bytes(b"mine")
        await bench.press("P")
        await until(says(bench, "is there already and is not the same. P once more replaces it."))
        assert (tmp_path / RECORD).read_bytes() == b"mine"
        await bench.press("P")
        await until(says(bench, "✓"))
        assert (tmp_path / RECORD).read_bytes().startswith(b"%PDF")
        hands.on(minutes=1)
        say(bench.desk, LineNoted(discussion=1, text="One more"))
        await bench.press("P")
        await until(says(bench, "is there already"))


async def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    async with at(RecordsScreen, ended, size=(200, 40)) as bench:
        to(bench, tmp_path / "nowhere")
        await bench.press("P")
        await until(says(bench, f"✗ There is no folder {tmp_path / 'nowhere'}."))


async def test_before_the_discussion_began_there_is_no_record(tmp_path: Path) -> None:
    def agreed(desk: Desk) -> None:
        raised(desk)
        say(desk, DiscussionAgreed(discussion=1, format="virtual", reason="x"))

    async with at(RecordsScreen, agreed, size=(200, 40)) as bench:
        to(bench, tmp_path)
        await bench.press("P")
        await until(says(bench, "has not begun, so it has no record"))
        assert names(tmp_path) == []


async def test_on_a_concern_it_is_the_set_of_its_last_discussion(tmp_path: Path) -> None:
    async with shown(lambda: ConcernScreen(CONCERN), before=ended, size=(200, 40)) as bench:
        to(bench, tmp_path)
        await bench.read_out("Okoye")
        await bench.press("P")
        await until(says(bench, f"✓ {SET} is in"))
        assert names(tmp_path) == [SET]


async def test_a_concern_without_a_discussion_says_so(tmp_path: Path) -> None:
    async with shown(lambda: ConcernScreen(CONCERN), before=raised, size=(200, 40)) as bench:
        to(bench, tmp_path)
        await bench.read_out("Okoye")
        await bench.press("P")
        await until(says(bench, "✗ No discussion of this concern was recorded here"))


async def test_the_handover_sheet_is_the_one_on_the_screen(tmp_path: Path) -> None:
    hands = Hands()
    async with shown(HandoverScreen, before=raised, size=(200, 40), hands=hands) as bench:
        to(bench, tmp_path)
        await bench.read_out("NEW SINCE")
        hands.now += timedelta(hours=1)
        await bench.press("P")
        await until(says(bench, "✓ handover-2026-11-20-1805.pdf is in"))


async def test_the_breach_file_is_the_one_on_the_screen(tmp_path: Path) -> None:
    def late(desk: Desk) -> None:
        desk.do(CONCERN, raise_concern(received=NOW - timedelta(days=4), answers={"reasonable_cause": "yes"}))

    async with shown(lambda: BreachesScreen(NOVEMBER), before=late, size=(200, 40)) as bench:
        to(bench, tmp_path)
        await bench.read_out("late or not done")
        await bench.press("P")
        await until(says(bench, "✓ breaches-2026-11-02-to-2026-11-30.pdf is in"))


async def test_whoever_may_only_look_is_told_at_the_key(tmp_path: Path) -> None:
    def listed(desk: Desk) -> None:
        ended(desk)
        desk.decide([PersonListed(name="Tom Reid", roles=("team_manager",))])

    async with at(RecordsScreen, listed, size=(200, 40)) as bench:
        to(bench, tmp_path)
        await bench.app.read_permission()
        await bench.press("P")
        await until(says(bench, "Making documents and copies of the record is for"))
        assert names(tmp_path) == []


async def test_what_no_font_shows_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "_strict", lambda *_: (None, ("\ue123",)))
    async with at(RecordsScreen, ended, size=(200, 40)) as bench:
        to(bench, tmp_path)
        await bench.press("P")
        await until(says(bench, "No font here has a sign for U+E123"))
        assert bench.desk.store.stream(CONCERN)[-1].kind == "signs-not-shown"
        assert (tmp_path / RECORD).exists()
