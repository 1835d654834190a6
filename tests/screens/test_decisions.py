"""Decisions child by child: several at once, each with its reason, and who disagreed beside them."""

from __future__ import annotations

from duty_tui.desk.desk import Desk
from duty_tui.domain.decision_events import DecisionMade, DissentRecorded, RecordSigned, SharingDecided
from duty_tui.screens.concern_ask import Ask
from duty_tui.screens.decision_form import DecisionForm
from duty_tui.screens.decisions import DecisionsScreen
from duty_tui.screens.dissent import DissentForm, SharingForm
from duty_tui.screens.text_form import TextForm
from tests.pilot import fast_pilot, until
from tests.screens.discussion_bench import (
    CONCERN,
    at,
    ended,
    form,
    of,
    person,
    put,
    quorate,
    raised,
    record,
    say,
    status,
)

__all__ = ["fast_pilot"]

S47, CORE, POLICE, NOTHING = (
    f"ics-record/{name}" for name in ("section-47", "core-assessment", "police-investigation", "no-further-action")
)


def decided(desk: Desk) -> None:
    """Section 47 for the first two children."""
    quorate(desk)
    say(
        desk,
        DecisionMade(
            discussion=1, children=(1, 2), box=S47, label="Section 47", sets=("outcome_s47",), reason="Bruises."
        ),
    )


async def test_several_boxes_each_with_its_reason_for_one_child() -> None:
    async with at(DecisionsScreen) as bench:
        await bench.press("enter")
        top = await form(bench)
        assert isinstance(top, DecisionForm)
        await bench.press("1", "3", "tab")
        await bench.type("A bruise the shape of a belt.")
        await bench.press("enter")
        await bench.type("Assault may be charged.")
        await record(bench)
        found = of(bench.desk).decisions
        assert [(one.box, one.children, one.reason) for one in found] == [
            (S47, (1,), "A bruise the shape of a belt."),
            (POLICE, (1,), "Assault may be charged."),
        ]
        assert "outcome_police_only" not in dict(of(bench.desk).settled_for(1))
        await bench.read_out("NO DECISION YET: Kofi Okoye, Ife Okoye")


async def test_the_same_for_all_children_in_one_typing() -> None:
    async with at(DecisionsScreen) as bench:
        await bench.press("0")
        await form(bench)
        await bench.press("2", "tab")
        await bench.type("Needs are not known yet.")
        await record(bench)
        (one,) = of(bench.desk).decisions
        assert one.children == (1, 2, 3)
        assert of(bench.desk).undecided == ()


async def test_different_children_different_decisions() -> None:
    async with at(DecisionsScreen) as bench:
        for down, box, why in ((0, "1", "Hurt."), (1, "2", "Not hurt."), (2, "6", "Lives elsewhere.")):
            await bench.press("home", *["down"] * (down * 2))
            await bench.press("enter")
            await form(bench)
            await bench.press(box, "tab")
            await bench.type(why)
            await record(bench)
        boxes = {child: [one.box for one in of(bench.desk).decided_for(child)] for child in (1, 2, 3)}
        assert boxes == {1: [S47], 2: [CORE], 3: [NOTHING]}


async def test_a_decision_without_its_reason_is_not_recorded_and_the_text_stays() -> None:
    async with at(DecisionsScreen) as bench:
        await bench.press("enter")
        top = await form(bench)
        await bench.press("ctrl+s")
        await until(lambda: "Tick what was decided" in status(bench))
        await bench.press("1", "2", "tab")
        await bench.type("Hurt.")
        await bench.press("ctrl+s")
        await until(lambda: "its own reason" in status(bench))
        assert top.focused is not None
        assert top.focused.id == "reason2"
        assert of(bench.desk).decisions == ()


async def test_no_further_action_beside_another_is_asked_about() -> None:
    async with at(DecisionsScreen, decided) as bench:
        await bench.press("enter")
        await form(bench)
        await bench.press("6", "tab")
        await bench.type("Nothing more from us.")
        await bench.press("ctrl+s")
        await until(lambda: isinstance(bench.app.screen, Ask))
        await bench.read_out("action”")
        await bench.press("2")
        await until(lambda: isinstance(bench.app.screen, DecisionForm))
        assert len(of(bench.desk).decisions) == 1
        await bench.press("ctrl+s")
        await until(lambda: isinstance(bench.app.screen, Ask))
        await bench.press("1")
        await until(lambda: len(of(bench.desk).decisions) == 2)


async def test_enter_on_a_decision_puts_it_right_and_the_old_one_stays_in_the_timeline() -> None:
    async with at(DecisionsScreen, decided) as bench:
        await bench.press("down", "enter")
        top = await form(bench)
        assert top.text("reason1") == "Bruises."
        await put(bench, "reason1", " On both arms.")
        await record(bench)
        (one,) = of(bench.desk).decisions
        assert (one.children, one.reason) == ((1, 2), "Bruises. On both arms.")
        assert [item.event.kind for item in bench.desk.concern(CONCERN).history[-2:] if item.event] == [
            "entry-withdrawn",
            "decision-made",
        ]


async def test_dissent_stays_with_a_decision_put_right_however_often() -> None:
    def challenged(desk: Desk) -> None:
        quorate(desk)
        made = DecisionMade(discussion=1, children=(1, 2), box=CORE, label="Core assessment", reason="Bruises.")
        say(desk, DissentRecorded(discussion=1, decision=say(desk, made), who="PC Tom Hale", text="Too early."))

    async with at(DecisionsScreen, challenged) as bench:
        (first,) = of(bench.desk).decisions
        for more, reason in ((" On both arms.", "reason2"), (" And a burn.", "reason2")):
            bench.hands.on(minutes=5)
            await bench.press("home", "down", "enter")
            await form(bench)
            await put(bench, reason, more)
            await record(bench)
            (one,) = of(bench.desk).decisions
            assert (one.id, one.at, one.reason[-8:]) == (first.id, first.at, more[-8:])
            await until(lambda: "≠ PC Tom Hale: Too early." in bench.text)
        await bench.press("home", "down", "enter")
        await form(bench)
        bench.app.screen.query_one("#boxes").focus()
        await bench.press("1")
        await put(bench, "reason1", "The father did it.")
        await record(bench)
        boxes = {one.box: one.id for one in of(bench.desk).decisions}
        assert boxes.keys() == {S47, CORE}
        assert of(bench.desk).dissent[0].decision == boxes[CORE] == first.id


async def test_dissent_stays_when_another_box_is_ticked_instead_and_a_decision_put_right_is_undone() -> None:
    async with at(DecisionsScreen, decided) as bench:
        (first,) = of(bench.desk).decisions
        await bench.press("down", "enter")
        await form(bench)
        bench.app.screen.query_one("#boxes").focus()
        await bench.press("1", "2")
        await put(bench, "reason2", "Not clear yet.")
        await record(bench)
        (one,) = of(bench.desk).decisions
        assert (one.id, one.box) == (first.id, CORE)
        await bench.press("home", "down", "u")
        await until(lambda: isinstance(bench.app.screen, TextForm))
        await bench.press("ctrl+s")
        await until(lambda: of(bench.desk).decisions == ())


async def test_dissent_stands_beside_its_decision() -> None:
    async with at(DecisionsScreen, decided) as bench:
        await bench.press("down", "D")
        top = await form(bench)
        assert isinstance(top, DissentForm)
        assert "About: Section 47" in bench.text
        await bench.press("ctrl+s")
        await until(lambda: "who disagrees" in status(bench))
        await bench.type("pc tom hale")
        await bench.press("ctrl+s")
        await until(lambda: "what they disagree with" in status(bench))
        await bench.type("Too early: no account yet.")
        await record(bench)
        (said,) = of(bench.desk).dissent
        assert (said.decision, said.agency) == (of(bench.desk).decisions[0].id, "police")
        await bench.read_out("≠ pc tom hale (police): Too early: no account yet.")


async def test_what_the_family_is_told_or_why_not() -> None:
    async with at(DecisionsScreen) as bench:
        await bench.press("i")
        top = await form(bench)
        assert isinstance(top, SharingForm)
        await bench.press("ctrl+s")
        await until(lambda: "Say what they are told" in status(bench))
        await bench.press("tab", "tab")
        await bench.type("The name of the witness: she is afraid.")
        await record(bench)
        (sharing,) = of(bench.desk).sharing
        assert (sharing.children, sharing.withheld) == ((1, 2, 3), "The name of the witness: she is afraid.")
        await bench.read_out("withheld. Reason: The name of the witness")


async def test_a_decision_is_taken_back_after_asking() -> None:
    async with at(DecisionsScreen, decided) as bench:
        await bench.press("u")
        assert "Select a decision first" in status(bench)
        await bench.press("down", "u")
        await until(lambda: isinstance(bench.app.screen, TextForm))
        assert "Amara Okoye, Kofi Okoye" in bench.text
        await bench.press("enter")
        assert isinstance(bench.app.screen, TextForm)
        await bench.press("ctrl+s")
        await until(lambda: of(bench.desk).decisions == ())


async def test_the_clocks_a_decision_begins_are_under_the_cursor_at_once() -> None:
    def under_three_days(desk: Desk) -> None:
        from duty_tui.domain.service import PolicyAdopted

        desk.decide([PolicyAdopted(pack="three-working-days", from_day=desk.clock().date())])
        quorate(desk)

    async with at(DecisionsScreen, under_three_days) as bench:
        await bench.press("enter")
        await form(bench)
        await bench.press("1", "tab")
        await bench.type("Hurt.")
        await record(bench)
        await until(lambda: getattr(bench.app.screen, "selected", "") == "clocks")
        assert "Conference" in bench.text


async def test_nothing_is_decided_before_it_began() -> None:
    async with at(DecisionsScreen, raised) as bench:
        await bench.press("enter")
        assert "h begins it" in status(bench)


async def test_a_signed_childs_record_takes_no_decision() -> None:
    def signed(desk: Desk) -> None:
        ended(desk)
        say(desk, SharingDecided(discussion=1, children=(1, 2, 3), what="all of it"))
        say(desk, RecordSigned(discussion=1, child=1, named="Amara Okoye"))

    async with at(DecisionsScreen, signed) as bench:
        await bench.press("enter")
        assert "signed" in status(bench)
        await bench.press("down", "enter")
        top = await form(bench)
        assert [option.label for option in top.query_one("#whom").options] == ["Kofi Okoye", "Ife Okoye"]  # type: ignore[attr-defined]


async def test_the_form_fits_eighty_by_twenty() -> None:
    async with at(DecisionsScreen, size=(80, 20)) as bench:
        await bench.press("enter")
        top = await form(bench)
        await bench.press("1", "3")
        assert top.query_one(".dialogue").max_scroll_y == 0


async def test_a_name_like_markup_is_only_a_name() -> None:
    def hostile(desk: Desk) -> None:
        quorate(desk)
        say(desk, person("[/] O'Neill [b]", "education"))

    async with at(DecisionsScreen, hostile) as bench:
        await bench.press("D")
        await form(bench)
        await bench.type("[/] O'Neill [b]")
        await bench.press("tab", "tab")
        await bench.type("no [/]")
        await record(bench)
        assert of(bench.desk).dissent[0].agency == ""
