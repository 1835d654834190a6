"""One person at a discussion, or missing from it: who, for whom, with what standing, from when to when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input

from duty_tui.desk.directory import people_like
from duty_tui.domain.commands import Command
from duty_tui.domain.discussion import Invitation, Person, Standing
from duty_tui.domain.discussion_commands import AtDiscussion
from duty_tui.domain.discussion_events import PersonRecorded
from duty_tui.domain.times import london
from duty_tui.domain.typed_time import read_time
from duty_tui.rules.vocabulary import RoleName
from duty_tui.screens.about_discussion import Read
from duty_tui.screens.choice_line import ChoiceLine
from duty_tui.screens.concern_field import Field, time_reader
from duty_tui.screens.discussion_form import DiscussionForm, NotYet
from duty_tui.screens.offers import Offers
from duty_tui.screens.parts_played import agency_of, never_invited, part_meant, part_said
from duty_tui.widgets.choice import Choice, Option

_STANDINGS: tuple[Option[Standing], ...] = (
    Option("1", "present", "Here"),
    Option("2", "apologies", "Apologies"),
    Option("3", "absent", "Absent"),
    Option("4", "report", "Report only"),
)
_SENIOR = (Option("1", True, "Yes, may decide for their agency"), Option("2", False, "No"))


class Seated(NamedTuple):
    """Where a form begins: somebody known, or a role to fill; with a standing chosen already, and who was asked."""

    known: Person | None = None
    role: str = ""
    standing: Standing | None = None
    asked: Invitation | None = None


class PersonForm(DiscussionForm):
    """Nine parts. While the name is typed, people known to the desk are offered; down and Enter takes one."""

    KIND: ClassVar[str] = "person"
    HELP = "Type a name: people the desk knows are offered under it. Only who is present counts towards the quorum."

    def __init__(self, read: Read, seated: Seated, roles: Mapping[str, RoleName]) -> None:
        super().__init__(read, seated.known.id if seated.known else seated.role)
        self._seated = seated
        self._roles = roles

    @property
    def title_words(self) -> str:
        """Who, at which concern."""
        who = self._seated.known.name if self._seated.known else "somebody"
        return f"PERSON · {who} · {self.view_of.reference} {self.view_of.title}"

    def parts(self) -> ComposeResult:
        """Name with offers, job, agency, part, standing, seniority, reason, times."""
        known, asked = self._seated.known, self._seated.asked
        yield Field("name", "Name", known.name if known else asked.name if asked else "")
        yield Offers(id="offers")
        yield Field("job", "Job", known.job if known else "")
        yield Field("agency", "Agency", known.agency if known else asked.agency if asked else "")
        yield Field(
            "role",
            "Part",
            hint="a word of it: social worker, health, police …",
            read=lambda text: part_said(self._roles, text),
        )
        yield ChoiceLine("standing", "Was", _STANDINGS)
        yield ChoiceLine("senior", "Senior enough", _SENIOR)
        yield Field("reason", "Reason", known.reason if known else "", hint="why not there")
        yield Field("joined", "Joined", _typed(known.joined if known else None), read=time_reader(self.now))
        yield Field("left", "Left", _typed(known.left if known else None), read=time_reader(self.now))

    def open_form(self) -> None:
        """What is known, and to the first line still empty."""
        seated = self._seated
        role = seated.known.role if seated.known else seated.role
        if role in self._roles:
            self.query_one("#role", Input).value = self._roles[role].label
        standing = seated.standing or (seated.known.standing if seated.known else None)
        if standing is not None:
            self.query_one("#standing", Choice).answer(standing)
        if seated.known is not None and seated.known.senior is not None:
            self.query_one("#senior", Choice).answer(seated.known.senior)
        self.go_to("reason" if standing == "apologies" and self.text("name") else "name")

    # People the desk knows

    @on(Input.Changed, "#name")
    def _offer(self, event: Input.Changed) -> None:
        known = self._seated.known
        if event.input.has_focus and not (known and known.name == event.value):
            self.begin(self._ask_offers(event.value), alone="offers")

    async def _ask_offers(self, typed: str) -> None:
        people = await self.session.ask(lambda desk: people_like(desk, typed, role=self._seated.role, limit=3))
        self.query_one(Offers).show(people)

    def on_offers_taken(self, event: Offers.Taken) -> None:
        """Fill in what is known of the person."""
        event.stop()
        person = event.person
        filled = {"name": person.name, "job": person.job, "agency": person.agency}
        if person.role in self._roles and not self.text("role"):
            filled["role"] = self._roles[person.role].label
        self.fill({name: words for name, words in filled.items() if words})
        self.go_to("standing")

    # Recording

    @property
    def said(self) -> str:
        """The name."""
        return self.text("name")

    def command(self) -> Command:
        """The person as typed."""
        if not self.text("name"):
            raise NotYet("Type a name; 'name not given' will do where there is none.", "name")
        role = part_meant(self._roles, self.text("role"))
        if not role:
            raise NotYet("Say which part they play: a word of it is enough.", "role")
        if never := never_invited(self.view_of, role):
            raise NotYet(never, "role")
        standing = self.query_one("#standing", Choice).value
        if standing is None:
            raise NotYet("Present, apologies, did not attend, or a report only? Press a digit.", "standing")
        if standing == "apologies" and not self.text("reason"):
            raise NotYet("Apologies need their reason; 'not given' is one.", "reason")
        joined, left = self._time("joined"), self._time("left")
        if joined and left and left < joined:
            raise NotYet("They left before they joined.", "left")
        event = PersonRecorded(
            discussion=self.view_of.number,
            person=self._seated.known.id if self._seated.known else "",
            name=self.text("name"),
            job=self.text("job"),
            agency=self.text("agency") or agency_of(self._roles[role]),
            role=role,
            standing=standing,
            senior=self.query_one("#senior", Choice).value,
            reason=self.text("reason"),
            joined=joined,
            left=left,
        )
        return AtDiscussion(event=event)

    def _time(self, part: str) -> datetime | None:
        text = self.text(part)
        if not text:
            return None
        reading = read_time(text, now=self.now())
        if reading.instant is None or reading.precision == "day":
            raise NotYet(reading.problem or "Say the time of day as well.", part)
        return reading.instant


def _typed(instant: datetime | None) -> str:
    """An instant as a person would type it."""
    return f"{london(instant):%d/%m/%Y %H:%M}" if instant else ""
