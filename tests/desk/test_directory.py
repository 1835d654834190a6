"""People and agencies met before are offered by the beginnings of their words."""

from __future__ import annotations

from duty_tui.desk.contacts import contacts_of
from duty_tui.desk.desk import Desk
from duty_tui.desk.directory import agencies_like, people_like
from duty_tui.domain.concern import Concern
from duty_tui.domain.discussion import Discussion, Person
from duty_tui.domain.discussion_events import AttemptLogged, PersonInvited
from tests.desk.conftest import Hands
from tests.discussions import QUARTER_PAST, at_desk, began, person

NI_BHRIAIN = person("Dr Siân Ní Bhriain", "health", job="Paediatrician", agency="Élan Trust")
OTHER = "d" * 32


def met(desk: Desk, hands: Hands) -> None:
    hands.now = QUARTER_PAST
    at_desk(desk, began(), NI_BHRIAIN, person())
    hands.on(days=1)
    asked = PersonInvited(
        discussion=1, name="Dr Sian Ni Bhriain", role="health", agency="elan trust", contact="0114 496 0003"
    )
    at_desk(
        desk, asked, PersonInvited(discussion=1, role="police"), began(at=hands.now), person("Sid Hale"), concern=OTHER
    )


def test_a_name_is_offered_from_the_first_letter_of_any_of_its_words(desk: Desk, hands: Hands) -> None:
    met(desk, hands)
    for typed in ("s", "Sian", "ní b", "bhri dr", "paed", "elan"):
        assert "Dr Sian Ni Bhriain" in [one.name for one in people_like(desk, typed)], typed
    assert people_like(desk, "ian") == people_like(desk, " ") == ()
    assert people_like(desk, "%") == ()


def test_the_same_person_seen_again_is_one_and_keeps_what_is_known_of_them(desk: Desk, hands: Hands) -> None:
    met(desk, hands)
    [known] = people_like(desk, "bhriain")
    assert (known.name, known.job, known.contact) == ("Dr Sian Ni Bhriain", "Paediatrician", "0114 496 0003")


def test_those_seen_last_come_first_and_those_known_in_the_role_before_them(desk: Desk, hands: Hands) -> None:
    met(desk, hands)
    assert [one.name for one in people_like(desk, "s")] == ["Dr Sian Ni Bhriain", "Sid Hale"]
    assert [one.name for one in people_like(desk, "s", role="police")] == ["Sid Hale", "Dr Sian Ni Bhriain"]
    assert len(people_like(desk, "s", limit=1)) == len(people_like(desk, "s", role="police", limit=1)) == 1


def test_agencies_are_offered_once(desk: Desk, hands: Hands) -> None:
    met(desk, hands)
    assert agencies_like(desk, "tru") == ("elan trust",)
    assert agencies_like(desk, "pol") == ("Police",)
    assert agencies_like(desk, "sian") == agencies_like(desk, "") == ()
    assert agencies_like(desk, "e", limit=0) == ()


def test_made_anew_the_directory_knows_the_same_people(desk: Desk, hands: Hands) -> None:
    met(desk, hands)
    before = desk.store.contacts([], 99)
    desk.store.set_meta("projection_key", "older")
    desk.refresh_rows()
    assert desk.store.contacts([], 99) == before
    assert len(before) == 3


def test_nobody_is_learned_from_what_names_nobody(desk: Desk, hands: Hands) -> None:
    hands.now = QUARTER_PAST
    at_desk(desk, AttemptLogged(discussion=1, whom="Switchboard", contact="101"))
    assert desk.store.contacts([], 99) == []


def test_somebody_seen_when_nobody_wrote_down_is_known_all_the_same() -> None:
    there = Person("p", "Di", "", "", "health", "present")
    assert [one.seen for one in contacts_of(Concern("c", discussions=(Discussion(1, people=(there,)),)))] == [0]
