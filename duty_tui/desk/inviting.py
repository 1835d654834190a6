"""Invitations to a booked discussion for calendars, and what people answered: expected, which is not attended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from duty_tui.desk.circulating import refuse_unless_allowed
from duty_tui.desk.circulation import address_of
from duty_tui.desk.desk import Desk
from duty_tui.desk.receivers import receivers_of
from duty_tui.documents.invitation import Answer, Invitation, calendar_file
from duty_tui.documents.rendering import Rendered
from duty_tui.documents.saving import save
from duty_tui.domain.commands import Command
from duty_tui.domain.concern import Concern
from duty_tui.domain.discussion import Discussion
from duty_tui.domain.discussion import Invitation as Asked
from duty_tui.domain.discussion_commands import AllAtDiscussion, AtDiscussion
from duty_tui.domain.discussion_events import DiscussionBooked, PersonInvited
from duty_tui.domain.email_address import is_secure
from duty_tui.errors import Refused


class Invited(NamedTuple):
    """Somebody asked to the discussion: their invitation, or why there is none for them."""

    name: str
    invitation: Invitation | None
    outside: bool
    #: Why they get none, as a sentence; empty where they do.
    why_not: str
    #: The entries that asked them.
    ids: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        """Where it goes; empty where there is none for them."""
        return self.invitation.address if self.invitation else ""


def invited(desk: Desk, concern_id: str, number: int | None = None, *, cancelled: bool = False) -> list[Invited]:
    """An invitation for everybody asked to discussion `number`, the one waiting to be held without it.

    Raises Refused when nothing is booked, or this is not for the person here to do.
    """
    refuse_unless_allowed(desk)
    concern = desk.concern(concern_id, how="invite")
    discussion = _booked(concern, number)
    asked = {one.id for one in discussion.invitations}
    mail, row = desk.books.service.mail, desk.row(concern.id)
    found = []
    for one in receivers_of(concern, discussion, desk.rulebook):
        if not asked.intersection(one.who.ids):
            continue
        address = address_of(desk, discussion, one)
        why_not = one.barred or ("" if address else "No address, or more than one, is known.")
        invitation = Invitation(
            uid=_uid(concern, discussion),
            sequence=_sequence(concern, discussion, cancelled=cancelled),
            starts=discussion.booked or desk.clock(),
            lasts=mail.lasts,
            summary=f"{mail.prefix} Strategy discussion {f'C{row.number}' if row else concern.id[:8]}".strip(),
            place=discussion.place,
            name=one.who.name,
            address=address,
            sender=mail.sender,
            cancelled=cancelled,
        )
        outside = not why_not and not is_secure(address, mail.secure)
        found.append(Invited(one.who.name, None if why_not else invitation, outside, why_not, one.who.ids))
    return found


def write_invitation(desk: Desk, reference: str, place: int, one: Invitation, folder: Path, *, replace: bool) -> Path:
    """The .ics file of one person, the `place`th of those asked; where it went. Raises NotWritten."""
    data = calendar_file(one, desk.clock())
    return save(
        Rendered(f"{reference}-invitation-{place:02}.ics", data, sha256(data).hexdigest()), folder, replace=replace
    )


def _booked(concern: Concern, number: int | None) -> Discussion:
    waiting = [
        one for one in concern.discussions if one.booked and (one.number == number if number else not one.started)
    ]
    if not waiting:
        raise Refused(
            "No discussion is booked to which anybody could be invited.",
            entry="Nothing was made.",
            do="Book it first: h on the concern's screen.",
        )
    return waiting[-1]


def _uid(concern: Concern, discussion: Discussion) -> str:
    return f"{concern.id}-{discussion.number}@duty-tui.invalid"


def _sequence(concern: Concern, discussion: Discussion, *, cancelled: bool = False) -> int:
    """Rises by two with every booking, withdrawn ones too, so that a cancellation fits between."""
    booked = sum(
        isinstance(item.event, DiscussionBooked) and item.event.discussion == discussion.number
        for item in concern.history
    )
    return 2 * (booked - 1) + cancelled


def answered(
    desk: Desk, concern_id: str, answers: Sequence[Answer], number: int | None = None
) -> AllAtDiscussion | None:
    """What people answered, as one act; None where it says nothing new: not sure, or as recorded before.

    Raises Refused for an answer to another invitation or an earlier time, and of somebody who was not asked.
    """
    concern = desk.concern(concern_id, how="invite")
    discussion = _booked(concern, number)
    each = [
        AtDiscussion(
            event=PersonInvited(
                discussion=discussion.number,
                person=asked.id,
                name=asked.name,
                role=asked.role,
                agency=asked.agency,
                contact=asked.contact,
                coming=answer.coming,
            )
        )
        for answer in answers
        for asked in _who_answered(desk, concern, discussion, answer)
        if answer.coming is not None and answer.coming != asked.coming
    ]
    return AllAtDiscussion(each=tuple(each)) if each else None


class Answered(NamedTuple):
    """Many answers as one act, None where they say nothing new; how many are to something else."""

    act: AllAtDiscussion | None
    strangers: int


def answered_new(desk: Desk, concern_id: str, answers: Sequence[Answer], number: int | None = None) -> Answered:
    """What of a folder of answers is to this invitation and says something new."""
    each: list[Command] = []
    strangers = 0
    for answer in answers:
        try:
            act = answered(desk, concern_id, [answer], number)
        except Refused:
            strangers += 1
        else:
            each += act.each if act else ()
    return Answered(AllAtDiscussion(each=tuple(each)) if each else None, strangers)


def _who_answered(desk: Desk, concern: Concern, discussion: Discussion, answer: Answer) -> Iterator[Asked]:
    if answer.uid != _uid(concern, discussion):
        raise _not_ours("The answer is to another invitation.", "Name the discussion it belongs to (--discussion N).")
    if answer.sequence < _sequence(concern, discussion):
        raise _not_ours("The answer is to an earlier time.", "Send the invitation again, and wait for its answer.")
    ids = {
        name
        for one in receivers_of(concern, discussion, desk.rulebook)
        if address_of(desk, discussion, one).lower() == answer.address
        for name in one.who.ids
    }
    found = [one for one in discussion.invitations if one.id in ids]
    if not found:
        raise _not_ours("The answer is from nobody who was asked.", "Record it where you record who is asked: w.")
    yield from found


def _not_ours(what: str, do: str) -> Refused:
    return Refused(what, entry="Nothing was recorded from it.", do=do)
