"""Somebody who is asked to a discussion: name, part, agency, email address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input

from duty_tui.desk.directory import people_like
from duty_tui.domain.commands import Command
from duty_tui.domain.discussion import Invitation
from duty_tui.domain.discussion_commands import AtDiscussion
from duty_tui.domain.discussion_events import PersonInvited
from duty_tui.domain.email_address import addresses_in, is_address
from duty_tui.rules.vocabulary import RoleName
from duty_tui.screens.about_discussion import Read
from duty_tui.screens.concern_field import Field
from duty_tui.screens.discussion_form import DiscussionForm, NotYet
from duty_tui.screens.offers import Offers
from duty_tui.screens.parts_played import agency_of, never_invited, part_meant, part_said


class InviteForm(DiscussionForm):
    """Four lines. While the name is typed, people known to the desk are offered; down and Enter takes one."""

    KIND: ClassVar[str] = "invite"
    HELP = "Who is asked, and where they are written to. People the desk knows are offered under the name."

    def __init__(self, read: Read, asked: Invitation | None, roles: Mapping[str, RoleName]) -> None:
        super().__init__(read, asked.id if asked else "")
        self._asked, self._roles = asked, roles

    @property
    def title_words(self) -> str:
        """Who, at which concern."""
        return f"ASKED · {self._asked.name if self._asked else 'somebody'} · {self.view_of.reference}"

    def parts(self) -> ComposeResult:
        """Name with offers, part, agency, address."""
        asked = self._asked
        label = self._roles[asked.role].label if asked and asked.role in self._roles else ""
        yield Field("name", "Name", asked.name if asked else "")
        yield Offers(id="offers")
        hint = "a word of it: social worker, health, police …"
        yield Field("role", "Part", label, hint=hint, read=lambda text: part_said(self._roles, text))
        yield Field("agency", "Agency", asked.agency if asked else "")
        yield Field("address", "Email address", _address(asked.contact) if asked else "", limit=254)

    @on(Input.Changed, "#name")
    def _offer(self, event: Input.Changed) -> None:
        if event.input.has_focus and not (self._asked and self._asked.name == event.value):
            self.begin(self._ask_offers(event.value), alone="offers")

    async def _ask_offers(self, typed: str) -> None:
        role = self._asked.role if self._asked else ""
        self.query_one(Offers).show(await self.session.ask(lambda desk: people_like(desk, typed, role=role, limit=3)))

    def on_offers_taken(self, event: Offers.Taken) -> None:
        """Fill in what is known of the person."""
        event.stop()
        person = event.person
        filled = {"name": person.name, "agency": person.agency, "address": _address(person.contact)}
        if person.role in self._roles and not self.text("role"):
            filled["role"] = self._roles[person.role].label
        self.fill({name: words for name, words in filled.items() if words})
        self.go_to("address")

    @property
    def said(self) -> str:
        """The name."""
        return f"{self.text('name')} is asked"

    def command(self) -> Command:
        """The person as typed; what they answered before stays."""
        if not self.text("name"):
            raise NotYet("Type a name.", "name")
        role = part_meant(self._roles, self.text("role"))
        if not role:
            raise NotYet("Say which part they play: a word of it is enough.", "role")
        if never := never_invited(self.view_of, role):
            raise NotYet(never, "role")
        address = self.text("address")
        if address and not is_address(address):
            raise NotYet("That is no email address a message can be sent to: letters, @, and a domain.", "address")
        before = self._asked
        kept = before.contact if before and not address and not _address(before.contact) else ""
        event = PersonInvited(
            discussion=self.view_of.number,
            person=before.id if before else "",
            name=self.text("name"),
            role=role,
            agency=self.text("agency") or agency_of(self._roles[role]),
            contact=address or kept,
            coming=before.coming if before else None,
        )
        return AtDiscussion(event=event)


def _address(contact: str) -> str:
    """The one address in what is known of how to reach somebody; a telephone number is none."""
    found = addresses_in(contact)
    return found[0] if len(found) == 1 else ""
