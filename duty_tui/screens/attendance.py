"""Who is here: used while ringing round, during the call and afterwards, one digit for each person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from duty_tui.domain.discussion import Person, Standing
from duty_tui.domain.discussion_commands import AtDiscussion
from duty_tui.domain.discussion_events import HeldInquorate, PersonInvited, PersonRecorded
from duty_tui.domain.text import fold
from duty_tui.rules.vocabulary import RoleName
from duty_tui.screens.attendance_lines import Counts, Seat, quorum_words, seat_items, seats
from duty_tui.screens.concern_list import Item
from duty_tui.screens.discussion_screen import DiscussionList
from duty_tui.screens.inform import InformForm
from duty_tui.screens.invitation_acts import Invitations
from duty_tui.screens.person import PersonForm, Seated
from duty_tui.screens.ring import RingForm
from duty_tui.screens.text_form import Asked, TextForm
from duty_tui.views.discussion import DiscussionView
from duty_tui.widgets.command import Command


class _Act(Command[Any, Any]):
    group = "Attendance"

    def why_not(self, view: AttendanceScreen) -> str | None:
        """Not before it has been read."""
        return view.why_not_now()


class _Stands(_Act):
    standing: ClassVar[Standing] = "present"

    def why_not(self, view: AttendanceScreen) -> str | None:
        """Not for somebody who is never invited."""
        return super().why_not(view) or view.why_never()

    def run(self, screen: AttendanceScreen) -> None:
        """Record it; ask for the name where there is none."""
        screen.stands(self.standing)


class Present(_Stands):
    """Present and taking part."""

    id, keys, label, priority = "who.present", "1", "here", 4
    title = "Present and taking part"
    help = "The person is present and takes part; only this counts towards the quorum."


class Apologies(_Stands):
    """Apologies, with the reason."""

    id, keys, label, priority = "who.apologies", "2", "apology", 5
    title = "Apologies"
    help = "The person sent apologies; asks for the reason."
    standing = "apologies"


class Absent(_Stands):
    """Did not attend."""

    id, keys, label, priority = "who.absent", "3", "absent", 6
    title = "Did not attend"
    help = "The person was asked and did not attend."
    standing = "absent"


class Report(_Stands):
    """A report only."""

    id, keys, label, priority = "who.report", "4", "report", 7
    title = "Report only"
    help = "The person sent a report without being present; that is a contribution and never counts as attending."
    standing = "report"


class Coming(_Act):
    """Says they will come."""

    id, keys, label, priority = "who.coming", "5", "coming", 20
    title = "Invited: is coming"
    help = "Record that somebody was invited and says they will come."
    coming: ClassVar[bool | None] = True

    def why_not(self, view: AttendanceScreen) -> str | None:
        """Not for somebody who is never invited."""
        return super().why_not(view) or view.why_never()

    def run(self, screen: AttendanceScreen) -> None:
        """Record the invitation."""
        screen.invited(self.coming)


class NotComing(Coming):
    """Says they will not come."""

    id, keys, label, priority = "who.not.coming", "6", "not come", 21
    title = "Invited: is not coming"
    help = "Record that somebody was invited and says they will not come."
    coming = False


class Edit(_Act):
    """Open the person."""

    id, keys, label, title, priority = "who.edit", "enter", "open", "Open the person", 8
    help = "Name, job, agency, role, senior enough, when they joined and left, the reason."

    def why_not(self, view: AttendanceScreen) -> str | None:
        """Not for somebody who is never invited."""
        return super().why_not(view) or view.why_never()

    def run(self, screen: AttendanceScreen) -> None:
        """Open the form."""
        screen.open_person(screen.seat)


class Add(_Act):
    """Add somebody."""

    id, keys, label, title, priority = "who.add", "plus,p", "person", "Add a person", 3
    help = "Add somebody whom the policy does not ask for."

    def run(self, screen: AttendanceScreen) -> None:
        """Open an empty form."""
        screen.open_person(None)


class Left(_Act):
    """Left just now."""

    id, keys, label, title, priority = "who.left", "l", "left", "Left the discussion now", 15
    help = "Record that the person left the discussion at this moment."

    def why_not(self, view: AttendanceScreen) -> str | None:
        """Only who is here can leave."""
        here = view.seat is not None and view.seat.person is not None and view.seat.person.present
        return super().why_not(view) or (None if here else "Only somebody who is here can leave.")

    def run(self, screen: AttendanceScreen) -> None:
        """Record it."""
        screen.left_now()


class Ring(_Act):
    """Log a call while ringing round."""

    id, keys, label, title, priority = "who.ring", "r", "rang", "Log a call", 9
    help = "Log whom you rang, on which number and what they said; the time is now."

    def run(self, screen: AttendanceScreen) -> None:
        """Open the three lines."""
        screen.ring()


class Told(_Act):
    """Told of it."""

    id, keys, label, title, priority = "who.told", "i", "told", "Was told of it", 10
    help = "Record that somebody who is to be informed was told: whom, when; what is owed for it is met with the last."

    def why_not(self, view: AttendanceScreen) -> str | None:
        """Only where the policy wants somebody told."""
        role = view.seat.role if view.seat else None
        informs = role is not None and role.need == "inform"
        return super().why_not(view) or (None if informs else "Only on a line that says INFORM.")

    def run(self, screen: AttendanceScreen) -> None:
        """Ask whom, and when."""
        screen.tell()


class Inquorate(_Act):
    """Held although not quorate."""

    id, keys, label, title, priority = "who.inquorate", "E", "urgent", "Hold it although not quorate", 25
    help = "Record why the discussion cannot wait for those who are missing; the policy says what is then owed."

    def why_not(self, view: AttendanceScreen) -> str | None:
        """Only where somebody is missing, and it has begun."""
        why = view.why_not_now(begun=True)
        quorate = view.shown is not None and view.shown.quorum.quorate is True
        return why or ("Everybody required is here." if quorate else None)

    def run(self, screen: AttendanceScreen) -> None:
        """Ask for the reason."""
        screen.hold_inquorate()


class AttendanceScreen(DiscussionList):
    """One list: who must, may, is to be informed, is never invited; and what each of them was to the discussion."""

    HEADING = "ATTENDANCE"
    HELP = "One digit says what somebody was to the discussion. Only who is present and takes part counts."
    NOTHING = "The policy asks for nobody by name; p adds a person."
    ACTS: ClassVar[Any] = (
        Present, Apologies, Absent, Report, Coming, NotComing, Edit, Add, Left, Ring, Told, Inquorate, Invitations,
    )  # fmt: skip

    def __init__(self, concern_id: str, number: int | None = None, at: str | None = None) -> None:
        super().__init__(concern_id, number, at)
        self._roles: Mapping[str, RoleName] = {}

    async def _reload(self) -> None:
        if not self._roles:
            self._roles = await self.session.ask(lambda desk: desk.rulebook.vocabulary.role)
        await super()._reload()

    def state_words(self, view: DiscussionView) -> str:
        """The quorum, live."""
        return quorum_words(view)

    def items(self, view: DiscussionView) -> Sequence[Item]:
        """The seats, and the calls made."""
        return seat_items(view, self.counts)

    @property
    def counts(self) -> Counts:
        """What each part somebody plays counts as, besides itself."""
        return {name: role.counts_as for name, role in self._roles.items()}

    @property
    def seat(self) -> Seat | None:
        """The line under the cursor."""
        found = seats(self.shown, self.counts) if self.shown else []
        return next((seat for seat in found if seat.key == self.selected), None)

    def why_never(self) -> str | None:
        """Why nobody may be recorded on this line, or None."""
        role = self.seat.role if self.seat else None
        if role is None or role.need != "never":
            return None
        return f"{role.title} is never invited ({role.cite}). What they are told is decided with f in Decisions."

    def recorded_person(self, identity: str) -> Person | None:
        """Everything recorded about a person."""
        people = self.read.discussion.people if self.read else ()
        return next((one for one in people if one.id == identity), None)

    def stands(self, standing: Standing) -> None:
        """What the selected person was to the discussion; a name, and a reason for apologies, are asked for."""
        seat = self.seat
        known = self.recorded_person(seat.person.id) if seat and seat.person else None
        if known is None or standing == "apologies":
            self.open_person(seat, standing)
        elif known.standing != standing:
            self.put_event(_again(self.number or 0, known, standing=standing, reason=""), known.name)

    def left_now(self) -> None:
        """The selected person left."""
        seat = self.seat
        known = self.recorded_person(seat.person.id) if seat and seat.person else None
        if known is not None:
            self.put_event(_again(self.number or 0, known, left=self.now()), f"{known.name} left")

    def invited(self, coming: bool | None) -> None:
        """The selected role was asked, and answered."""
        seat = self.seat
        if seat is None or self.read is None:
            return
        role = seat.role.role if seat.role else seat.person.role if seat.person else ""
        before = next((one for one in self.read.discussion.invitations if one.role == role), None)
        event = PersonInvited(
            discussion=self.number or 0,
            person=before.id if before else "",
            name=seat.person.name if seat.person else before.name if before else "",
            role=role,
            agency=before.agency if before else "",
            contact=before.contact if before else "",
            coming=coming,
        )
        self.put_event(event, "invitation")

    def open_person(self, seat: Seat | None, standing: Standing | None = None) -> None:
        """Open the form for a seat, or for somebody new."""
        if self.read is None:
            return
        known = self.recorded_person(seat.person.id) if seat and seat.person else None
        role = seat.role.role if seat and seat.role else ""
        asked = next((one for one in self.read.discussion.invitations if role and one.role == role), None)
        self.app.push_screen(PersonForm(self.read, Seated(known, role, standing, asked), self._roles))

    def ring(self) -> None:
        """Log a call to whoever is selected."""
        if self.read is None:
            return
        seat = self.seat
        whom = seat.person.name if seat and seat.person else seat.role.title if seat and seat.role else ""
        contacts = [one.contact for one in self.read.discussion.attempts if fold(one.whom) == fold(whom)]
        self.app.push_screen(RingForm(self.read, whom, contacts[-1] if contacts else ""))

    def tell(self) -> None:
        """Somebody who is to be informed was told."""
        role = self.seat.role if self.seat else None
        if self.read is not None and role is not None:
            self.app.push_screen(InformForm(self.read, role))

    def hold_inquorate(self) -> None:
        """Ask why it cannot wait."""
        read = self.read
        if read is None:
            return

        def held(text: str) -> AtDiscussion:
            return AtDiscussion(event=HeldInquorate(discussion=read.view.number, reason=" ".join(text.split())))

        said = [read.view.quorum.words, "Say why it cannot wait for them; Ctrl+S records it."]
        asked = Asked("HELD WITHOUT A QUORUM", said, held, "held", "That needs its reason.")
        self.app.push_screen(TextForm(read, "inquorate", asked))


def _again(number: int, person: Person, **changed: Any) -> PersonRecorded:
    """The same person, something about them put right."""
    known = {name: getattr(person, name) for name in
             ("name", "job", "agency", "role", "standing", "senior", "reason", "joined", "left")}  # fmt: skip
    return PersonRecorded.model_validate({"discussion": number, "person": person.id, **known, **changed})
