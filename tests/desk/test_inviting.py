"""Invitations to a booked discussion, their updates, and answers, which are expected and never attended."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from duty_tui.desk.desk import Desk
from duty_tui.desk.inviting import Invited, answered, answered_new, invited, write_invitation
from duty_tui.documents.invitation import Answer, calendar_file
from duty_tui.documents.saving import NotWritten
from duty_tui.domain.discussion_events import DiscussionAgreed, DiscussionBooked
from duty_tui.domain.restriction_commands import RestrictConcern
from duty_tui.domain.service_people import MailSet, PersonListed
from duty_tui.errors import Refused
from duty_tui.store.memory import MemoryStore
from tests.desk.circulated import asked
from tests.desk.conftest import Hands, make_desk
from tests.discussions import CONCERN, QUARTER_PAST, at_desk, began, discussion, person, siblings

SOON = QUARTER_PAST + timedelta(days=2)


def booked(desk: Desk) -> None:
    at_desk(
        desk,
        DiscussionAgreed(discussion=1, format="virtual", reason="x"),
        DiscussionBooked(discussion=1, at=SOON, place="Room 2"),
        asked("Di Ray", agency="NHS Trust", contact="Di.Ray@nhs.net"),
        asked("Jo Webb", "education", contact="office@hollin.example"),
        asked("Sam Kaur", "hospital_clinician"),
        asked("Mrs Okoye", "family", contact="okoye@home.example"),
        person("PC Hale"),
    )


def by_name(desk: Desk, **how: bool) -> dict[str, Invited]:
    return {one.name: one for one in invited(desk, CONCERN, **how)}


def coming(desk: Desk) -> dict[str, bool | None]:
    return {one.name: one.coming for one in discussion(desk.concern(CONCERN)).invitations}


def answer(desk: Desk, *answers: Answer) -> bool:
    act = answered(desk, CONCERN, answers)
    if act is not None:
        desk.do(CONCERN, act)
    return act is not None


def yes(desk: Desk, address: str = "di.ray@nhs.net", said: bool | None = True) -> Answer:
    invitation = by_name(desk)["Di Ray"].invitation
    assert invitation is not None
    return Answer(invitation.uid, invitation.sequence, address, said)


def test_everybody_who_was_asked_is_invited_but_the_family(desk: Desk) -> None:
    booked(desk)
    desk.decide([MailSet(sender="duty@north.gov.uk", lasts=timedelta(hours=2))])
    found = by_name(desk)
    assert list(found) == ["Di Ray", "Jo Webb", "Sam Kaur", "Mrs Okoye"]
    ray = found["Di Ray"].invitation
    assert ray is not None
    assert (ray.starts, ray.lasts, ray.place, ray.address) == (SOON, timedelta(hours=2), "Room 2", "Di.Ray@nhs.net")
    assert (ray.summary, ray.sender, ray.sequence) == ("[secure] Strategy discussion C1", "duty@north.gov.uk", 0)
    assert "Okoye" not in ray.summary
    assert [one.outside for one in found.values()] == [False, True, False, False]
    assert found["Sam Kaur"].why_not == "No address, or more than one, is known."
    assert found["Mrs Okoye"].why_not.startswith("The family:")
    assert found["Mrs Okoye"].invitation is None


def test_booked_anew_it_is_an_update_and_a_cancellation_fits_between(desk: Desk) -> None:
    booked(desk)
    first = by_name(desk)["Di Ray"].invitation
    off = by_name(desk, cancelled=True)["Di Ray"].invitation
    at_desk(desk, DiscussionBooked(discussion=1, at=SOON + timedelta(hours=1)))
    then = by_name(desk)["Di Ray"].invitation
    assert first is not None
    assert off is not None
    assert then is not None
    assert [one.sequence for one in (first, off, then)] == [0, 1, 2]
    assert {one.uid for one in (first, off, then)} == {first.uid}
    assert (off.cancelled, then.cancelled, then.starts) == (True, False, SOON + timedelta(hours=1))


def test_an_answer_is_expected_and_never_attended(desk: Desk) -> None:
    booked(desk)
    assert answer(desk, yes(desk))
    assert coming(desk)["Di Ray"] is True
    assert [one.name for one in discussion(desk.concern(CONCERN)).present] == ["PC Hale"]
    assert not answer(desk, yes(desk))
    assert not answer(desk, yes(desk, said=None))
    assert answer(desk, yes(desk, said=False), yes(desk, "office@hollin.example"))
    assert (coming(desk)["Di Ray"], coming(desk)["Jo Webb"]) == (False, True)
    kept = discussion(desk.concern(CONCERN)).invitations[0]
    assert (kept.role, kept.agency, kept.contact) == ("health", "NHS Trust", "Di.Ray@nhs.net")


def test_of_many_answers_what_is_new_is_taken_and_what_is_about_something_else_is_counted(desk: Desk) -> None:
    booked(desk)
    many = [yes(desk), yes(desk)._replace(uid="x"), yes(desk, "a@x.org"), yes(desk, "office@hollin.example", False)]
    found = answered_new(desk, CONCERN, many)
    assert found.strangers == 2
    assert found.act is not None
    desk.do(CONCERN, found.act)
    assert (coming(desk)["Di Ray"], coming(desk)["Jo Webb"]) == (True, False)
    assert answered_new(desk, CONCERN, many) == (None, 2)


def test_a_file_for_each_is_written_under_a_reference(desk: Desk, hands: Hands, tmp_path: Path) -> None:
    booked(desk)
    one = by_name(desk)["Di Ray"]
    assert one.invitation is not None
    assert (one.address, by_name(desk)["Sam Kaur"].address) == ("Di.Ray@nhs.net", "")
    place = write_invitation(desk, "C1", 1, one.invitation, tmp_path, replace=False)
    assert place.name == "C1-invitation-01.ics"
    assert place.read_bytes() == calendar_file(one.invitation, hands.now)
    with pytest.raises(NotWritten, match="is there already"):
        write_invitation(desk, "C1", 1, one.invitation, tmp_path, replace=False)


def test_an_answer_to_something_else_is_refused(desk: Desk) -> None:
    booked(desk)
    old = yes(desk)
    with pytest.raises(Refused, match="another invitation"):
        answer(desk, old._replace(uid="x"))
    with pytest.raises(Refused, match="nobody who was asked"):
        answer(desk, old._replace(address="a@x.org"))
    at_desk(desk, DiscussionBooked(discussion=1, at=SOON + timedelta(hours=1)))
    with pytest.raises(Refused, match="to an earlier time"):
        answer(desk, old)


def test_nobody_is_invited_to_what_is_not_booked_or_has_begun(desk: Desk, hands: Hands) -> None:
    desk.do(CONCERN, siblings())
    with pytest.raises(Refused, match="No discussion is booked"):
        invited(desk, CONCERN)
    booked(desk)
    with pytest.raises(Refused, match="No discussion is booked"):
        invited(desk, CONCERN, 2)
    hands.now = QUARTER_PAST
    at_desk(desk, began((1,)))
    with pytest.raises(Refused, match="No discussion is booked"):
        invited(desk, CONCERN)
    assert len(invited(desk, CONCERN, 1)) == 4


def test_to_a_restricted_discussion_only_those_named_are_invited(desk: Desk) -> None:
    booked(desk)
    desk.do(CONCERN, RestrictConcern(names=("Ann Osei", "Di Ray"), reason="Staff"))
    assert [one.name for one in invited(desk, CONCERN) if one.invitation] == ["Di Ray"]


def test_whoever_may_not_circulate_invites_nobody(desk: Desk, store: MemoryStore, hands: Hands) -> None:
    booked(desk)
    desk.decide([PersonListed(name="Ann Osei", roles=("chair", "team_manager"))])
    with pytest.raises(Refused, match="Circulating a record is for"):
        invited(make_desk(store, hands, "Jay"), CONCERN)
