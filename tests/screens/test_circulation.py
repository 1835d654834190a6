"""The board of a record: who has it, by hand, drafts, sent, received; circulated in another way; 80 by 24."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

from textual.screen import Screen
from textual.widgets import Input

from duty_tui.desk.desk import Desk
from duty_tui.domain.commands import Withdraw
from duty_tui.domain.decision_events import RecordAddedTo
from duty_tui.domain.restriction_commands import RestrictConcern
from duty_tui.domain.service_people import PersonListed
from duty_tui.screens.circulation import CirculationScreen
from duty_tui.screens.circulation_dialog import ByHandDialog
from duty_tui.screens.concern_ask import Ask
from duty_tui.screens.obligation_meet import MeetDialog
from duty_tui.screens.obligations import ObligationsScreen
from duty_tui.screens.sign import RecordsScreen
from tests.desk.circulated import asked, board, met
from tests.desk.conftest import Hands
from tests.discussions import CONCERN, at_desk, person, siblings
from tests.pilot import fast_pilot, until
from tests.screens.at_a_desk import Bench, shown

__all__ = ["fast_pilot"]

KNOWN = (
    asked("Sam Kaur", "hospital_clinician", agency="NHS Trust", contact="s.kaur@trust.nhs.uk"),
    person("Mrs Okoye", "family", job="Mother", agency=""),
)


@asynccontextmanager
async def at(
    make: Callable[[], Screen[None]] = lambda: CirculationScreen(CONCERN),
    then: Callable[[Desk], object] = lambda _desk: None,
) -> AsyncIterator[Bench]:
    hands = Hands()

    def before(desk: Desk) -> None:
        met(desk, hands, *KNOWN)
        then(desk)

    async with shown(make, before=before, hands=hands) as bench:
        yield bench


@asynccontextmanager
async def on_board(then: Callable[[Desk], object] = lambda _desk: None) -> AsyncIterator[Bench]:
    async with at(then=then) as bench:
        await until(lambda: screen_of(bench).board is not None and screen_of(bench).chosen is not None)
        yield bench


def screen_of(bench: Bench) -> CirculationScreen:
    (found,) = (screen for screen in bench.app.screen_stack if isinstance(screen, CirculationScreen))
    return found


def states(bench: Bench) -> dict[str, str]:
    return {line.name: line.state for line in board(bench.desk).lines}


def emails(folder: Path) -> list[Any]:
    """The emails written into a folder."""
    return [message_from_bytes(file.read_bytes(), policy=default) for file in sorted(folder.glob("*.eml"))]


async def choose(bench: Bench, name: str) -> None:
    """Go down to somebody."""
    shown_now = screen_of(bench).board
    found = [line.name for line in shown_now.lines] if shown_now else []
    await bench.press("home", *["down"] * found.index(name))
    await until(lambda: (one := screen_of(bench).chosen) is not None and one.name == name)


async def over(bench: Bench, kind: type, *keys: str) -> None:
    await bench.press(*keys)
    await until(lambda: isinstance(bench.app.screen, kind) and bench.app.screen.is_mounted and bench.app.screen.focused)
    await until(lambda: not list(bench.app.workers))


async def says(bench: Bench, words: str) -> None:
    """Wait for words, wherever the line is broken."""
    await until(lambda: words in " ".join(bench.text.replace("│", " ").split()))


async def test_everybody_is_there_with_how_it_stands_and_the_family_with_why_not() -> None:
    async with on_board() as bench:
        await bench.read_out("CIRCULATION C1")
        await bench.read_out("Record of discussion 1: 0 of 6 who must have it have it")
        assert bench.text.count("○ owed") == 6
        assert "— never" in bench.text
        await choose(bench, "Jo Webb")
        await says(bench, "invited · office@hollin.example · outside the secure domains")
        await choose(bench, "Mrs Okoye")
        await says(bench, "The family: what they are told is a decision of the discussion")
        for key in ("enter", "k"):
            await bench.press(key)
            await says(bench, "never its record")
        assert isinstance(bench.app.screen, CirculationScreen)


async def test_by_hand_takes_how_and_when() -> None:
    async with on_board() as bench:
        await choose(bench, "Ann Osei")
        await over(bench, ByHandDialog, "enter")
        await bench.press("ctrl+s")
        await says(bench, "Say in a few words how it was handed over.")
        bench.app.screen.query_one("#how", Input).value = "on paper"
        await bench.press("tab")
        await bench.type("nonsense")
        await bench.press("ctrl+s")
        await until(lambda: isinstance(bench.app.screen, ByHandDialog) and states(bench)["Ann Osei"] == "owed")
        await bench.press(*["backspace"] * 8, "ctrl+s")
        await until(lambda: isinstance(bench.app.screen, CirculationScreen))
        assert states(bench)["Ann Osei"] == "sent"
        await bench.told(CONCERN)
        await bench.read_out("1 of 6 who must have it have it")


async def test_what_is_typed_is_a_draft_until_it_is_recorded() -> None:
    async with on_board() as bench:
        await choose(bench, "Ann Osei")
        await over(bench, ByHandDialog, "enter")
        await bench.type("on paper")
        await bench.press("escape")
        await until(lambda: isinstance(bench.app.screen, CirculationScreen))
        await until(lambda: len(bench.desk.store.drafts()) == 1)
        await over(bench, ByHandDialog, "enter")
        await until(lambda: bench.app.screen.query_one("#how", Input).value == "on paper")
        await bench.press("ctrl+s")
        await until(lambda: isinstance(bench.app.screen, CirculationScreen))
        assert bench.desk.store.drafts() == []


async def test_drafts_are_written_asked_about_outside_and_said_to_be_sent(tmp_path: Path) -> None:
    async with on_board() as bench:
        bench.app.settings = replace(bench.app.settings, documents=str(tmp_path))
        await bench.press("s")
        await says(bench, "No drafted email waits to be sent.")
        await over(bench, Ask, "m")
        await says(bench, "Jo Webb: office@hollin.example")
        await bench.press("escape")
        await until(lambda: isinstance(bench.app.screen, CirculationScreen))
        assert emails(tmp_path) == []
        await over(bench, Ask, "m")
        await bench.press("2")
        await until(lambda: states(bench)["Di Ray"] == "drafted")
        await until(lambda: len(emails(tmp_path)) == 3)
        await until(lambda: "… drafted" in bench.text)
        assert states(bench)["Jo Webb"] == "owed"
        assert sorted(one["To"].addresses[0].addr_spec for one in emails(tmp_path)) == [
            "di.ray@nhs.net",
            "pc.hale@north.police.uk",
            "s.kaur@trust.nhs.uk",
        ]
        await bench.press("s")
        await until(lambda: states(bench)["Di Ray"] == "sent")


async def test_with_everybody_inside_nothing_is_asked(tmp_path: Path) -> None:
    def out_of_the_way(desk: Desk) -> None:
        desk.do(CONCERN, RestrictConcern(names=("Ann Osei", "Di Ray"), reason="Staff"))

    async with on_board(out_of_the_way) as bench:
        bench.app.settings = replace(bench.app.settings, documents=str(tmp_path))
        await bench.read_out("CIRCULATION C1 RESTRICTED")
        await bench.press("m")
        await until(lambda: len(emails(tmp_path)) == 1)
        await until(lambda: states(bench)["Di Ray"] == "drafted")


async def test_one_key_says_that_it_arrived() -> None:
    async with on_board() as bench:
        await choose(bench, "Di Ray")
        await bench.press("k")
        await says(bench, "Nothing was sent to them yet.")
        await over(bench, ByHandDialog, "enter")
        await bench.type("portal")
        await bench.press("ctrl+s")
        await until(lambda: isinstance(bench.app.screen, CirculationScreen))
        await bench.told(CONCERN)
        await until(lambda: (found := screen_of(bench).board) is not None and len(found.waiting) == 5)
        await choose(bench, "Di Ray")
        await bench.press("k")
        await until(lambda: states(bench)["Di Ray"] == "received")
        await bench.read_out("✓ has it")


async def test_a_correction_is_written_to_those_who_had_the_old_one(tmp_path: Path) -> None:
    def sent_and_added_to(desk: Desk) -> None:
        from duty_tui.desk.circulating import by_hand
        from duty_tui.domain.circulation_commands import Circulate

        found = board(desk)
        steps = [by_hand(found, line, desk.clock(), "on paper") for line in found.waiting]
        desk.do(CONCERN, Circulate(each=tuple(steps)))
        at_desk(desk, RecordAddedTo(discussion=1, child=1, text="More"))
        desk.do(CONCERN, RestrictConcern(names=("Ann Osei", "Di Ray"), reason="Staff"))

    async with on_board(sent_and_added_to) as bench:
        bench.app.settings = replace(bench.app.settings, documents=str(tmp_path))
        await bench.read_out("Record of discussion 1: circulated Fri 20 Nov 2026")
        await bench.read_out("○ old one")
        await bench.press("m")
        await until(lambda: len(emails(tmp_path)) == 1)
        assert "Corrected" in emails(tmp_path)[0]["Subject"]


async def test_when_everybody_has_it_there_is_nothing_to_write() -> None:
    def all_sent(desk: Desk) -> None:
        from duty_tui.desk.circulating import by_hand
        from duty_tui.domain.circulation_commands import Circulate

        found = board(desk)
        steps = [by_hand(found, line, desk.clock(), "on paper") for line in found.waiting]
        desk.do(CONCERN, Circulate(each=tuple(steps)))

    async with on_board(all_sent) as bench:
        await bench.press("m")
        await says(bench, "Everybody who must have the records has them as they are.")
        await bench.press("t")
        await says(bench, "No adopted policy waits for it now.")


async def test_without_an_address_nothing_is_written() -> None:
    def only_ann(desk: Desk) -> None:
        desk.do(CONCERN, RestrictConcern(names=("Ann Osei", "P. Lund"), reason="Staff"))

    async with on_board(only_ann) as bench:
        await bench.press("m")
        await says(bench, "No address is known of those who wait")


async def test_a_service_that_circulates_elsewhere_records_the_moment() -> None:
    async with on_board() as bench:
        await over(bench, MeetDialog, "t")
        await bench.press("ctrl+s")
        await until(lambda: isinstance(bench.app.screen, CirculationScreen))
        milestones = bench.desk.concern(CONCERN).milestones
        assert [(one.event, one.discussion) for one in milestones] == [("record_circulated", 1)]
        await bench.told(CONCERN)
        await until(lambda: screen_of(bench).owed is None)


async def test_the_records_and_what_is_owed_lead_to_it() -> None:
    async with at(lambda: RecordsScreen(CONCERN)) as bench:
        await bench.read_out("records signed")
        await bench.press("F")
        await until(lambda: isinstance(bench.app.screen, CirculationScreen))
    async with at(lambda: ObligationsScreen(CONCERN)) as bench:
        screen = bench.app.screen
        assert isinstance(screen, ObligationsScreen)
        await until(lambda: screen.chosen is not None)
        for _ in range(12):
            if screen.chosen is not None and screen.chosen.place == "circulate":
                break
            await bench.press("down")
        await bench.press("enter")
        await until(lambda: isinstance(bench.app.screen, CirculationScreen))
        await bench.read_out("0 of 6 who must have it have it")


async def test_where_no_discussion_was_held_that_is_said() -> None:
    def raised(desk: Desk) -> None:
        desk.do(CONCERN, siblings())

    async with shown(lambda: CirculationScreen(CONCERN), before=raised) as bench:
        await says(bench, "No discussion of this concern was recorded here")
        await bench.press("m")
        await says(bench, "The board is still being read.")
        for key in ("enter", "k"):
            await bench.press(key)
            await says(bench, "Nobody is selected.")


async def test_whoever_may_not_is_told_who_may_and_sees_the_board() -> None:
    def listed(desk: Desk) -> None:
        everything = ("Bo Lind", ("team_manager",)), ("Ann Osei", ("read_only",))
        desk.decide([PersonListed(name=name, roles=roles) for name, roles in everything])

    async with on_board(listed) as bench:
        await bench.app.read_permission()
        for key in ("enter", "m"):
            await bench.press(key)
            await says(bench, "Circulating a record is for the duty manager")


async def test_what_another_terminal_records_is_seen() -> None:
    async with on_board() as bench:
        from duty_tui.desk.circulating import by_hand
        from duty_tui.domain.circulation_commands import Circulate

        other = bench.other()
        found = board(other)
        step = by_hand(found, found.lines[0], bench.hands.now, "on paper")
        entry = other.do(CONCERN, Circulate(each=(step,))).entries[0]
        await bench.told(CONCERN)
        await bench.read_out("1 of 6 who must have it have it")
        other.do(CONCERN, Withdraw(entry=entry, reason="x"))
        await bench.told(CONCERN)
        await bench.read_out("0 of 6 who must have it have it")
