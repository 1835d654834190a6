"""Invitations from the screen: who is asked, where they are written to, .ics files out, answers in; 80 by 24."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from icalendar import Calendar
from textual.widgets import Input

from duty_tui.desk.desk import Desk
from duty_tui.domain.discussion_events import DiscussionAgreed, DiscussionBooked, PersonInvited
from duty_tui.domain.service import PolicyAdopted
from duty_tui.domain.service_people import MailSet
from duty_tui.screens.attendance import AttendanceScreen
from duty_tui.screens.concern_ask import Ask
from duty_tui.screens.invitations import AnswersDialog, InvitationsScreen
from duty_tui.screens.invite_form import InviteForm
from tests.desk.conftest import NOW
from tests.documents.test_invitation import reply
from tests.pilot import fast_pilot, until
from tests.screens.at_a_desk import Bench
from tests.screens.discussion_bench import CONCERN, at, of, raised, say
from tests.screens.test_circulation import over, says

__all__ = ["fast_pilot"]

SOON = NOW + timedelta(days=2)
RAY = PersonInvited(discussion=1, name="Di Ray", role="health", agency="NHS Trust", contact="di.ray@nhs.net")
WEBB = PersonInvited(discussion=1, name="Jo Webb", role="education", agency="School", contact="jo@hollin.example")
FOX = PersonInvited(discussion=1, name="Lee Fox", role="police", agency="Police", contact="0161 496 0000")


def booked(desk: Desk) -> None:
    raised(desk)
    desk.decide([MailSet(sender="duty@north.gov.uk")])
    for event in (
        DiscussionAgreed(discussion=1, format="virtual", reason="x"),
        DiscussionBooked(discussion=1, at=SOON, place="Room 2"),
        *(RAY, WEBB, FOX),
    ):
        say(desk, event)


@asynccontextmanager
async def asked(folder: Path, before: Callable[[Desk], object] = booked) -> AsyncIterator[Bench]:
    async with at(InvitationsScreen, before) as bench:
        bench.app.settings = replace(bench.app.settings, documents=str(folder))
        await until(lambda: not list(bench.app.workers))
        yield bench


def events(folder: Path) -> dict[str, Any]:
    found = {}
    for file in folder.glob("*.ics"):
        calendar = Calendar.from_ical(file.read_bytes())
        [event] = calendar.walk("VEVENT")
        found[str(event["ATTENDEE"])] = (str(calendar["METHOD"]), int(str(event["SEQUENCE"])), str(event["UID"]))
    return found


def coming(bench: Bench) -> dict[str, bool | None]:
    return {one.name: one.coming for one in of(bench.desk).invitations}


async def test_it_is_reached_from_who_is_here_and_says_who_can_be_written_to(tmp_path: Path) -> None:
    async with at(AttendanceScreen, booked) as bench:
        await bench.press("m")
        await until(lambda: isinstance(bench.app.screen, InvitationsScreen))
        await says(bench, "INVITATIONS C1")
        await says(bench, "2 can be written to")
        assert bench.text.count("○ no answer") == 3
        await says(bench, "02 Jo Webb")
        await says(bench, "jo@hollin.example · outside the secure domains")
        await says(bench, "No address, or more than one, is known.")
        assert events(tmp_path) == {}


async def test_files_are_written_after_another_booking_updated_and_called_off(tmp_path: Path) -> None:
    async with asked(tmp_path) as bench:
        await over(bench, Ask, "m")
        await says(bench, "Jo Webb: jo@hollin.example")
        await bench.press("escape")
        await until(lambda: isinstance(bench.app.screen, InvitationsScreen))
        assert events(tmp_path) == {}
        await over(bench, Ask, "m")
        await bench.press("2")
        await says(bench, "1 invitations (.ics) are in")
        [(first, _)] = [(one, name) for name, one in events(tmp_path).items() if name == "mailto:di.ray@nhs.net"]
        assert first[0] == "REQUEST"
        say(bench.desk, DiscussionBooked(discussion=1, at=SOON + timedelta(hours=2), place="Room 2"))
        await bench.told(CONCERN)
        await over(bench, Ask, "m")
        await bench.press("1")
        await says(bench, "2 invitations (.ics) are in")
        found = events(tmp_path)
        assert set(found) == {"mailto:di.ray@nhs.net", "mailto:jo@hollin.example"}
        assert found["mailto:di.ray@nhs.net"] == ("REQUEST", first[1] + 2, first[2])
        await over(bench, Ask, "x")
        await bench.press("1")
        await says(bench, "2 cancellations (.ics) are in")
        assert events(tmp_path)["mailto:di.ray@nhs.net"] == ("CANCEL", first[1] + 3, first[2])


async def test_somebody_outside_of_the_same_name_gets_no_file_with_the_others(tmp_path: Path) -> None:
    def namesakes(desk: Desk) -> None:
        booked(desk)
        say(desk, PersonInvited(discussion=1, name="Di Ray", role="education", agency="School", contact="di@h.example"))

    async with asked(tmp_path, namesakes) as bench:
        await over(bench, Ask, "m")
        await says(bench, "Di Ray: di@h.example")
        await bench.press("2")
        await says(bench, "1 invitations (.ics) are in")
        assert set(events(tmp_path)) == {"mailto:di.ray@nhs.net"}


async def test_somebody_is_asked_with_an_address_and_it_is_changed(tmp_path: Path) -> None:
    def without_family(desk: Desk) -> None:
        desk.decide([PolicyAdopted(pack="three-working-days", from_day=NOW.date() - timedelta(days=30))])
        booked(desk)

    async with asked(tmp_path, without_family) as bench:
        await over(bench, InviteForm, "p")
        for said in ("Type a name.", "Say which part they play"):
            await bench.press("ctrl+s")
            await says(bench, said)
            bench.app.screen.query_one("#name", Input).value = "Sam Kaur"
        bench.app.screen.query_one("#role", Input).value = "the family"
        await bench.press("ctrl+s")
        await says(bench, "is never invited to this discussion")
        bench.app.screen.query_one("#role", Input).value = "social worker"
        bench.app.screen.query_one("#address", Input).value = "sam at trust"
        await bench.press("ctrl+s")
        await says(bench, "no email address a message can be sent to")
        bench.app.screen.query_one("#address", Input).value = "sam@trust.nhs.uk"
        await bench.press("ctrl+s")
        await until(lambda: isinstance(bench.app.screen, InvitationsScreen))
        assert of(bench.desk).invitations[-1][1:5] == (
            "Sam Kaur",
            "social_worker",
            "children's social care",
            "sam@trust.nhs.uk",
        )
        await says(bench, "3 can be written to")
        await bench.press("home", "down", "down")
        await over(bench, InviteForm, "enter")
        assert bench.app.screen.query_one("#address", Input).value == ""
        await bench.press("ctrl+s")
        await until(lambda: isinstance(bench.app.screen, InvitationsScreen))
        assert of(bench.desk).invitations[2].contact == "0161 496 0000", "a telephone number stays"


async def test_people_met_before_are_offered_with_their_address(tmp_path: Path) -> None:
    async with asked(tmp_path) as bench:
        await over(bench, InviteForm, "p")
        await bench.type("di r")
        await says(bench, "Di Ray")
        await bench.press("tab", "enter")
        await until(lambda: bench.app.screen.query_one("#address", Input).value == "di.ray@nhs.net")
        assert bench.app.screen.query_one("#agency", Input).value == "NHS Trust"


async def test_answers_are_read_from_a_file_or_a_folder_and_are_expected_never_there(tmp_path: Path) -> None:
    async with asked(tmp_path) as bench:
        await over(bench, Ask, "m")
        await bench.press("2")
        await says(bench, "1 invitations")
        [(_, number, uid)] = events(tmp_path).values()
        said = reply().replace(b"c1-1@duty-\r\n tui.invalid", uid.encode())
        assert number == 0
        (tmp_path / "yes.ics").write_bytes(said)
        (tmp_path / "no.eml").write_bytes(b"Subject: lunch\r\n\r\nNo.")
        await over(bench, AnswersDialog, "r")
        place = bench.app.screen.query_one("#place", Input)
        place.value = str(tmp_path / "no.eml")
        await bench.press("ctrl+s")
        await says(bench, "The file is no answer to an invitation.")
        place.value = str(tmp_path)
        await bench.press("ctrl+s")
        await until(lambda: isinstance(bench.app.screen, InvitationsScreen))
        assert coming(bench)["Di Ray"] is True
        assert of(bench.desk).people == (), "expected is not attended"
        await bench.told(CONCERN)
        await says(bench, "✓ coming")
        await over(bench, AnswersDialog, "r")
        bench.app.screen.query_one("#place", Input).value = str(tmp_path / "yes.ics")
        await bench.press("ctrl+s")
        await says(bench, "Nothing was recorded: nothing new is said in it.")


async def test_where_nothing_is_booked_or_nobody_can_be_written_to_that_is_said(tmp_path: Path) -> None:
    async with asked(tmp_path, raised) as bench:
        await says(bench, "Nobody is asked yet")
        await says(bench, "no time is booked")
        for key in ("m", "x", "r"):
            await bench.press(key)
            await says(bench, "No discussion is booked")
        await bench.press("enter")
        await says(bench, "Nobody is selected.")

    def only_fox(desk: Desk) -> None:
        raised(desk)
        for event in (DiscussionAgreed(discussion=1, format="virtual", reason="x"), FOX):
            say(desk, event)
        say(desk, DiscussionBooked(discussion=1, at=SOON))

    async with asked(tmp_path, only_fox) as bench:
        await bench.press("m")
        await says(bench, "No address is known of anybody who is asked")

    def not_booked(desk: Desk) -> None:
        raised(desk)
        say(desk, RAY)

    async with asked(tmp_path, not_booked) as bench:
        await says(bench, "di.ray@nhs.net")


async def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    async with asked(tmp_path / "nowhere") as bench:
        await over(bench, Ask, "m")
        await bench.press("1")
        await says(bench, "There is no folder")
