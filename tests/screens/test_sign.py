"""Signing: what a record lacks leads to its place; the child's name is typed; afterwards it is only added to."""

from __future__ import annotations

from duty_tui.desk.desk import Desk
from duty_tui.domain.decision_events import ActionAgreed, DecisionMade
from duty_tui.domain.discussion_events import DiscussionStarted
from duty_tui.screens.decisions import DecisionsScreen
from duty_tui.screens.sign import RecordsScreen, SignDialog, read_back
from duty_tui.screens.text_form import TextForm
from tests.builders import a_child, raise_concern
from tests.desk.conftest import NOW, desk, store
from tests.pilot import fast_pilot, until
from tests.screens.discussion_bench import CONCERN, at, ended, of, quorate, say, status

__all__ = ["desk", "fast_pilot", "store"]


def decided(desk: Desk) -> None:
    """Over, with a decision and an action for all."""
    ended(desk)
    say(desk, DecisionMade(discussion=1, children=(1, 2, 3), box="p/b", label="Section 47", reason="Hurt."))
    say(desk, ActionAgreed(discussion=1, what="See them alone", who="PC Tom Hale", children=(1, 2)))


async def test_enter_alone_never_signs_and_only_the_first_name_does() -> None:
    async with at(RecordsScreen, decided) as bench:
        await bench.press("enter")
        await until(lambda: isinstance(bench.app.screen, SignDialog))
        assert "SIGN THE RECORD OF DISCUSSION 1 FOR AMARA OKOYE" in bench.text
        assert "See them alone (PC Tom Hale)" in bench.text
        for keys in (["enter"], [*"yes", "enter"]):
            await bench.press(*keys)
            assert "Nothing is signed" in status(bench)
        assert of(bench.desk).signatures == {}
        await bench.press(*["backspace"] * 3)
        await bench.type("amara\n")
        await until(lambda: of(bench.desk).is_signed(1))
        signature = of(bench.desk).signatures[1]
        assert (signature.by, signature.at) == ("Ann Osei", NOW)
        assert signature.lacked
        await bench.read_out("SIGNED Ann Osei")
        await until(lambda: getattr(bench.app.screen, "selected", "") == "child:2")


async def test_escape_leaves_it_unsigned() -> None:
    async with at(RecordsScreen, decided) as bench:
        await bench.press("enter", "escape")
        assert isinstance(bench.app.screen, RecordsScreen)
        assert of(bench.desk).signatures == {}


async def test_what_is_lacking_leads_to_its_place() -> None:
    async with at(RecordsScreen, ended) as bench:
        await bench.press("down")
        assert "no decision yet" in bench.text
        await bench.press("enter")
        await until(lambda: isinstance(bench.app.screen, DecisionsScreen) and bench.app.screen.read is not None)
        assert getattr(bench.app.screen, "selected", "") == "child:1"


async def test_a_record_is_signed_only_after_the_end() -> None:
    async with at(RecordsScreen, quorate) as bench:
        await bench.press("enter")
        assert "has not ended" in status(bench)


async def test_afterwards_there_are_only_additions_marked_and_signed() -> None:
    def signed(desk: Desk) -> None:
        from duty_tui.domain.decision_events import RecordSigned

        decided(desk)
        say(desk, RecordSigned(discussion=1, child=1, named="Amara Okoye"))

    async with at(RecordsScreen, signed) as bench:
        await bench.press("enter")
        await until(lambda: isinstance(bench.app.screen, TextForm))
        assert "signed Ann Osei" in bench.text
        await bench.type("The school rang back.")
        await bench.press("ctrl+s")
        await bench.read_out("added Fri 20 Nov 2026 18:05, signed Ann Osei")
        (addition,) = of(bench.desk).additions
        assert (addition.child, addition.by, addition.text) == (1, "Ann Osei", "The school rang back.")
        await bench.press("down", "p")
        await until(lambda: isinstance(bench.app.screen, TextForm))
        await bench.press("escape", "end", "p")
        assert "Only a signed record" in status(bench)


async def test_somebody_else_than_the_chair_is_told_and_a_child_without_a_name_has_a_word() -> None:
    def nameless(desk: Desk) -> None:
        from duty_tui.domain.discussion_events import DiscussionEnded

        desk.do(CONCERN, raise_concern(a_child(1, name="")))
        say(desk, DiscussionStarted(discussion=1, at=NOW, chair="Bo Lind", format="telephone", children=(1,)))
        say(desk, DiscussionEnded(discussion=1, at=NOW))

    async with at(RecordsScreen, nameless) as bench:
        await bench.press("enter")
        await bench.read_out("The chair was Bo Lind")
        await bench.type("sign\n")
        await until(lambda: of(bench.desk).is_signed(1))


def test_what_is_read_back_says_what_is_missing(desk: Desk) -> None:
    quorate(desk)
    assert list(read_back(of(desk), 1))[1:] == ["Decided: NOTHING.", "Actions: none."]


async def test_the_dialogue_fits_eighty_by_twenty() -> None:
    async with at(RecordsScreen, ended, size=(80, 20)) as bench:
        await bench.press("enter")
        await until(lambda: isinstance(bench.app.screen, SignDialog))
        await bench.read_out("to sign")
        assert bench.app.screen.query_one(".dialogue").max_scroll_y == 0
