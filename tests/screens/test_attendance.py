"""Who is here: one digit for each, the quorum live, and what is never invited stays out."""

from __future__ import annotations

from datetime import timedelta

from duty_tui.desk.desk import Desk
from duty_tui.domain.commands import AnswerQuestions
from duty_tui.domain.discussion_events import AttemptLogged, PersonInvited
from duty_tui.domain.service import PolicyAdopted
from duty_tui.screens.attendance import AttendanceScreen
from duty_tui.screens.inform import InformForm
from duty_tui.screens.offers import Offers
from duty_tui.screens.person import PersonForm
from duty_tui.screens.ring import RingForm
from tests.desk.conftest import NOW, Hands
from tests.pilot import fast_pilot, until
from tests.screens.discussion_bench import CONCERN, at, begun, form, of, person, put, record, say, status

__all__ = ["fast_pilot"]


async def test_the_policys_roles_are_listed_with_the_quorum_in_words() -> None:
    async with at(AttendanceScreen, begun) as bench:
        assert "NOT QUORATE" in bench.text
        assert "MUST" in bench.text
        assert "Police" in bench.text
        assert "not asked yet" in bench.text


async def test_a_digit_on_an_empty_seat_asks_for_the_name_with_the_part_filled_in() -> None:
    async with at(AttendanceScreen, begun) as bench:
        await bench.press("down", "1")
        top = await form(bench)
        assert isinstance(top, PersonForm)
        assert top.text("role") == "Health practitioner"
        await bench.type("Dr Lena Fry")
        await put(bench, "job", "Paediatrician")
        await record(bench)
        (doctor,) = of(bench.desk).people
        assert (doctor.name, doctor.role, doctor.standing, doctor.agency) == (
            "Dr Lena Fry",
            "health",
            "present",
            "health",
        )
        assert doctor.joined == NOW
        await bench.read_out("Dr Lena Fry: here")


async def test_a_digit_on_somebody_known_changes_their_standing_at_once() -> None:
    async with at(AttendanceScreen) as bench:
        assert bench.text.count("QUORATE") == 1
        assert "NOT QUORATE" not in bench.text
        await bench.press("down", "down", "4")
        await bench.read_out("report only")
        assert of(bench.desk).people[2].standing == "report"
        await bench.read_out("NOT QUORATE")


async def test_apologies_ask_for_their_reason() -> None:
    async with at(AttendanceScreen) as bench:
        await bench.press("down", "2")
        top = await form(bench)
        await bench.press("ctrl+s")
        await until(lambda: "need their reason" in status(bench))
        assert top.focused is not None
        assert top.focused.id == "reason"
        await bench.type("on another ward")
        await record(bench)
        doctor = of(bench.desk).people[1]
        assert (doctor.standing, doctor.reason) == ("apologies", "on another ward")


async def test_who_leaves_is_recorded_at_that_moment() -> None:
    hands = Hands()
    async with at(AttendanceScreen, hands=hands) as bench:
        hands.on(minutes=20)
        await bench.press("l")
        await until(lambda: of(bench.desk).people[0].left is not None)
        assert of(bench.desk).people[0].left == hands.now


async def test_a_call_is_logged_with_one_key_and_a_digit() -> None:
    async with at(AttendanceScreen, begun) as bench:
        await bench.press("down", "r")
        top = await form(bench)
        assert isinstance(top, RingForm)
        assert top.text("whom") == "Health"
        await bench.type("0161 496 0000")
        await bench.press("tab", "2")
        await record(bench)
        (call,) = of(bench.desk).attempts
        assert (call.whom, call.contact, call.answer) == ("Health", "0161 496 0000", "message left")
        await bench.read_out("RANG 1 TIMES")


async def test_the_number_rung_before_stands_there_again() -> None:
    def rung(desk: Desk) -> None:
        begun(desk)
        say(desk, AttemptLogged(discussion=1, whom="Health", contact="0161 496 0000"))

    async with at(AttendanceScreen, rung) as bench:
        await bench.press("down", "r")
        assert (await form(bench)).text("contact") == "0161 496 0000"


async def test_held_without_a_quorum_needs_its_reason() -> None:
    async with at(AttendanceScreen, begun) as bench:
        await bench.press("E")
        await bench.type("the child is going home at six")
        await bench.press("ctrl+s")
        await until(lambda: of(bench.desk).emergency != "")
        await bench.read_out("held all the same: the child is going home at six")


async def test_a_person_the_policy_does_not_ask_for_is_added_and_their_times_kept() -> None:
    async with at(AttendanceScreen) as bench:
        await bench.press("p")
        await form(bench)
        await bench.type("Ms P. Lund")
        await put(bench, "role", "school")
        await bench.press("tab", "1")
        await put(bench, "left", "yesterday 10:00")
        await put(bench, "joined", "now")
        await bench.press("ctrl+s")
        await until(lambda: "left before they joined" in status(bench))
        bench.app.screen.query_one("#left").value = ""  # type: ignore[attr-defined]
        await record(bench)
        teacher = of(bench.desk).people[-1]
        assert (teacher.role, teacher.joined, teacher.agency) == ("education", NOW, "education")


async def test_people_known_to_the_desk_are_offered_while_a_name_is_typed_accents_apart() -> None:
    def met(desk: Desk) -> None:
        begun(desk)
        say(desk, person("Dr Léna Fry", "health", job="Paediatrician", agency="St Olave's"))

    async with at(AttendanceScreen, met) as bench:
        await bench.press("p")
        await form(bench)
        await bench.type("lena")
        await bench.read_out("Dr Léna Fry · Paediatrician")
        await bench.press("tab", "enter")
        top = await form(bench)
        assert top.text("name") == "Dr Léna Fry"
        assert top.text("agency") == "St Olave's"
        assert top.text("role") == "Health practitioner"


async def test_the_list_and_the_form_fit_a_small_terminal() -> None:
    async with at(AttendanceScreen, size=(80, 20)) as bench:
        await bench.press("enter")
        top = await form(bench)
        dialogue = top.query_one(".dialogue")
        assert dialogue.max_scroll_y == 0
        assert dialogue.size.height <= 20


async def test_quorum_stays_readable_when_somebody_joined_late() -> None:
    hands = Hands()
    async with at(AttendanceScreen, begun, hands=hands) as bench:
        hands.on(minutes=12)
        say(bench.desk, person("PC Tom Hale", "police", joined=hands.now))
        await bench.told("c" * 32)
        await bench.read_out("PC Tom Hale: here")


def never_the_family(desk: Desk) -> None:
    """A policy that never invites the family is in force."""
    desk.decide([PolicyAdopted(pack="three-working-days", from_day=desk.clock().date())])
    begun(desk)


async def test_the_family_is_never_invited_and_the_reason_is_said() -> None:
    async with at(AttendanceScreen, never_the_family, size=(80, 30)) as bench:
        await bench.press("end")
        assert "NEVER" in bench.text
        for key in ("1", "5", "enter"):
            await bench.press(key)
            assert "never invited" in status(bench)
        assert of(bench.desk).people == ()
        await bench.press("p")
        await form(bench)
        await bench.type("Mrs Okoye")
        await put(bench, "role", "the fam")
        await bench.press("tab", "1", "ctrl+s")
        await until(lambda: "never invited to this discussion" in status(bench))
        assert of(bench.desk).people == ()


async def test_somebody_asked_says_they_come_and_then_that_they_do_not() -> None:
    async with at(AttendanceScreen, begun) as bench:
        await bench.press("down", "5")
        await bench.read_out("somebody: coming")
        await bench.press("6")
        await bench.read_out("not coming")
        (asked,) = of(bench.desk).invitations
        assert (asked.role, asked.coming) == ("health", False)


async def test_an_invitation_by_name_fills_the_form() -> None:
    def invited(desk: Desk) -> None:
        begun(desk)
        say(desk, PersonInvited(discussion=1, name="Dr Ola Ray", role="health", agency="St Olave's", coming=True))

    async with at(AttendanceScreen, invited) as bench:
        await bench.press("down", "1")
        top = await form(bench)
        assert (top.text("name"), top.text("agency")) == ("Dr Ola Ray", "St Olave's")
        await record(bench)
        assert of(bench.desk).people[0].name == "Dr Ola Ray"


async def test_the_arrows_choose_among_those_offered_and_lead_out_at_the_ends() -> None:
    def met(desk: Desk) -> None:
        begun(desk)
        say(desk, person("Lena Fry", "health", agency="St Olave's"))
        say(desk, person("Lena Marsh", "education", agency="Hollin School"))

    async with at(AttendanceScreen, met) as bench:
        await bench.press("p")
        top = await form(bench)
        await bench.type("lena")
        await bench.read_out("Lena Fry")
        await bench.press("tab")
        assert type(top.focused) is Offers
        for keys in (["up"], ["tab", "down", "down"]):
            await bench.press(*keys)
            assert type(top.focused) is not Offers
        await bench.press("shift+tab", "enter")
        assert top.text("name").startswith("Lena ")
        assert top.text("agency")


async def test_nobody_who_is_not_here_can_leave_and_all_here_need_no_reason() -> None:
    async with at(AttendanceScreen, begun) as bench:
        await bench.press("l")
        assert "Only somebody who is here" in status(bench)


async def test_what_the_form_asks_for_is_said_one_after_the_other() -> None:
    async with at(AttendanceScreen, begun) as bench:
        await bench.press("p")
        await form(bench)
        for typed, said in (
            (None, "Type a name"),
            (("name", "Jo"), "which part they play"),
            (("role", "xyzzy"), "which part they play"),
        ):
            if typed:
                await put(bench, *typed)
            await bench.press("ctrl+s")
            await until(lambda said=said: said in status(bench))  # type: ignore[misc]
        bench.app.screen.query_one("#role").value = "british"  # type: ignore[attr-defined]
        await bench.press("ctrl+s")
        await until(lambda: "Press a digit" in status(bench))
        bench.app.screen.query_one("#standing").focus()
        await bench.press("1")
        await put(bench, "joined", "today")
        await bench.press("ctrl+s")
        await until(lambda: "time of day" in status(bench))


def against_staff(desk: Desk) -> None:
    """An allegation against staff, under the policy that wants two people informed."""
    desk.decide([PolicyAdopted(pack="twenty-four-hours", from_day=desk.clock().date())])
    begun(desk)
    desk.do(CONCERN, AnswerQuestions(answers={"allegation_against_staff": "yes"}))


async def test_those_to_be_informed_are_told_with_one_key_and_the_duty_is_met_with_the_last() -> None:
    async with at(AttendanceScreen, against_staff) as bench:
        await bench.press("i")
        assert "Only on a line that says INFORM." in status(bench)
        screen = bench.app.screen
        assert isinstance(screen, AttendanceScreen)
        screen.list.select("inform:lado")
        await bench.press("i")
        top = await form(bench)
        assert isinstance(top, InformForm)
        await bench.read_out("TOLD · Designated Officer (LADO)")
        await put(bench, "who", "Jo Hart")
        for wrong in ("soonish", "yesterday"):
            await put(bench, "when", wrong)
            await bench.press("ctrl+s")
            await until(lambda: status(bench))
            assert of(bench.desk).informed == ()
            await bench.press("end", "ctrl+u")
        await bench.type("-5m")
        await record(bench)
        (told,) = of(bench.desk).informed
        assert (told.role, told.who, told.at) == ("lado", "Jo Hart", NOW - timedelta(minutes=5))
        await bench.read_out("Jo Hart: told Fri 20 Nov")
        assert bench.desk.concern(CONCERN).milestones == ()
        screen.list.select("inform:police_ppu")
        await bench.press("i")
        await form(bench)
        await record(bench)
        (met,) = bench.desk.concern(CONCERN).milestones
        assert (met.event, met.at) == ("lado_informed", NOW)
