"""What the service decides of its people, roles, recipients, hours and shifts."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from duty_tui.domain.escalation import Recipient
from duty_tui.domain.escalation_events import To
from duty_tui.domain.service import ServiceEvent, fold_service
from duty_tui.domain.service_people import (
    KINDS,
    HandedOver,
    LetterheadSet,
    MailSet,
    OfficeSet,
    OnDuty,
    PersonListed,
    PersonRemoved,
    RecipientsSet,
    RoleMay,
)
from duty_tui.domain.service_state import Handover, Letterhead, Mail, Office, Service, Shift

SIX = datetime(2026, 11, 20, 18, tzinfo=UTC)


def after(*events: ServiceEvent) -> Service:
    """What these decisions add up to, once written down and read again."""
    return fold_service((event.kind, event.model_dump(mode="json")) for event in events)


def test_a_person_is_listed_with_roles_and_listing_them_again_says_the_roles_anew() -> None:
    service = after(
        PersonListed(name="Ann Osei", roles=("duty_manager",)),
        PersonListed(name="Tom Reid", roles=("social_worker", "chair")),
        PersonListed(name="Ann Osei", roles=("chair",)),
    )
    assert service.people == {"Ann Osei": ("chair",), "Tom Reid": ("social_worker", "chair")}


@pytest.mark.parametrize("again", ["sile ni bhriain", "SÍLE NÍ BHRIAIN", "Síle  Ní Bhriain"])
def test_a_name_is_the_same_person_whatever_its_case_and_accents(again: str) -> None:
    first = PersonListed(name="Síle Ní Bhriain", roles=("chair",))
    assert after(first, PersonListed(name=again, roles=("read_only",))).people == {"Síle Ní Bhriain": ("read_only",)}
    assert after(first, PersonRemoved(name=again)).people == {}
    assert after(first).listed(again) == "Síle Ní Bhriain"
    assert after(first).listed("Sean Brien") is None


def test_removing_somebody_who_is_not_listed_removes_nobody() -> None:
    service = after(PersonListed(name="Ann Osei", roles=("chair",)), PersonRemoved(name="Tom Reid"))
    assert set(service.people) == {"Ann Osei"}


def test_what_a_role_may_do_is_the_last_word_on_that_role_and_on_no_other() -> None:
    service = after(
        RoleMay(role="social_worker", acts=("record", "act")),
        RoleMay(role="read_only", acts=()),
        RoleMay(role="social_worker", acts=("record",)),
    )
    assert service.may == {"social_worker": ("record",), "read_only": ()}


def test_a_form_goes_to_the_people_last_set_for_it_and_to_nobody_once_they_are_taken_off() -> None:
    both = RecipientsSet(
        form="need_to_know",
        recipients=(To(name="Jo Webb", role="Service manager", contact="ext. 4410"), To(name="Ali Khan")),
    )
    other = RecipientsSet(form="drift", recipients=(To(name="Jo Webb"),))
    service = after(both, other)
    assert service.recipients["need_to_know"] == (
        Recipient("Jo Webb", "Service manager", "ext. 4410"),
        Recipient("Ali Khan"),
    )
    service = after(both, other, RecipientsSet(form="need_to_know", recipients=()))
    assert service.recipients == {"drift": (Recipient("Jo Webb"),)}


def test_the_office_keeps_what_is_not_set_anew() -> None:
    assert after().office == Office()
    service = after(OfficeSet(opens=time(8, 30), closes=time(17)), OfficeSet(unconfirmed_within=timedelta(hours=3)))
    assert service.office == Office(time(8, 30), time(17), timedelta(hours=3))
    assert after(OfficeSet(opens=time(8)), OfficeSet(opens=time(9))).office == Office(opens=time(9))


def test_what_holds_before_the_first_decision_holds_until_one_says_otherwise() -> None:
    start = Service(office=Office(time(9), time(17), timedelta(hours=2)))
    assert fold_service([("office-set", {"opens": "08:00"})], start).office.opens == time(8)
    assert fold_service([("office-set", {"opens": "08:00"})], start).office.closes == time(17)


def test_whoever_comes_on_duty_relieves_those_before_and_every_shift_is_kept() -> None:
    late = SIX + timedelta(hours=8)
    first = OnDuty(names=("Ann Osei", "Jo Webb"), since=SIX, until=late)
    service = after(first, OnDuty(names=("Tom Reid", "Tom Reid"), since=SIX + timedelta(hours=1)))
    assert after(first).on_duty == (Shift("Ann Osei", SIX, late), Shift("Jo Webb", SIX, late))
    assert service.on_duty == (
        Shift("Ann Osei", SIX, SIX + timedelta(hours=1)),
        Shift("Jo Webb", SIX, SIX + timedelta(hours=1)),
        Shift("Tom Reid", SIX + timedelta(hours=1)),
    )
    assert service.on_at(SIX - timedelta(minutes=1)) == ()
    assert service.on_at(SIX) == ("Ann Osei", "Jo Webb")
    assert service.on_at(SIX + timedelta(hours=1)) == ("Tom Reid",)
    assert service.on_at(late + timedelta(days=9)) == ("Tom Reid",)


def test_a_shift_that_had_ended_by_then_is_not_made_longer_and_one_said_again_is_said_anew() -> None:
    over = OnDuty(names=("Ann Osei",), since=SIX, until=SIX + timedelta(hours=1))
    service = after(over, OnDuty(names=("Tom Reid",), since=SIX + timedelta(hours=3)))
    assert service.on_at(SIX + timedelta(hours=2)) == ()
    assert after(over, OnDuty(names=("Jo Webb",), since=SIX)).on_duty == (Shift("Jo Webb", SIX),)


def test_every_handover_is_kept_in_order() -> None:
    service = after(
        HandedOver(at=SIX, to=("Tom Reid",), head=120, by="Ann Osei", note="Quiet."),
        HandedOver(at=SIX + timedelta(hours=8), to=("Ann Osei",), head=155),
    )
    assert service.handovers == (
        Handover(SIX, ("Tom Reid",), 120, "Ann Osei", "Quiet."),
        Handover(SIX + timedelta(hours=8), ("Ann Osei",), 155),
    )


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("person-listed", {"name": " ", "roles": ["chair"]}),
        ("person-listed", {"name": "Ann Osei", "roles": []}),
        ("person-removed", {"name": ""}),
        ("role-may", {"role": "", "acts": []}),
        ("recipients-set", {"form": "need_to_know", "recipients": [{"name": ""}]}),
        ("office-set", {"opens": "25:00"}),
        ("on-duty", {"names": [], "since": "2026-11-20T18:00:00Z"}),
        ("on-duty", {"names": ["Ann Osei"], "since": "2026-11-20T18:00:00"}),
        ("handed-over", {"at": "2026-11-20T18:00:00Z", "to": ["Ann Osei"], "head": -1}),
    ],
)
def test_a_body_that_is_not_of_its_kind_is_not_believed(kind: str, body: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        fold_service([(kind, body)])


def test_none_of_it_moves_a_due() -> None:
    assert not any(event.moves_dues for event in KINDS.values())


@given(st.lists(st.sampled_from(["Ann Osei", "ann  osei", "Tom Reid", "TOM REID", "Síle", "sile"]), max_size=12))
def test_nobody_stands_in_the_list_twice(names: list[str]) -> None:
    service = after(*(PersonListed(name=name, roles=("chair",)) for name in names))
    assert len({service.listed(name) for name in names}) == len(service.people)


def test_email_keeps_what_is_not_said_anew_and_an_empty_relay_sends_nothing() -> None:
    first = MailSet(sender="duty@north.gov.uk", secure=("nhs.net",), relay="mail.north.gov.uk", port=587)
    service = after(first, MailSet(prefix="[secure]", tls="tls", user="duty", lasts=timedelta(hours=2)))
    assert service.mail == Mail(
        "duty@north.gov.uk", "[secure]", ("nhs.net",), "mail.north.gov.uk", 587, "tls", "duty", timedelta(hours=2)
    )
    assert after(first, MailSet(relay="", secure=())).mail == Mail("duty@north.gov.uk", "", (), "", 587)
    assert Service().mail.relay == ""
    for wrong in ({"port": 0}, {"tls": "off"}, {"secure": [""]}):
        with pytest.raises(ValidationError):
            MailSet.model_validate(wrong)


def test_a_letterhead_keeps_what_is_not_said_anew() -> None:
    service = after(LetterheadSet(name="Northshire", marking="OFFICIAL"), LetterheadSet(logo_text="N | C"))
    assert service.letterhead == Letterhead("Northshire", "N | C", "OFFICIAL")
    assert after(LetterheadSet(logo_text="x"), LetterheadSet(logo_text="")).letterhead.logo_text == ""


@pytest.mark.parametrize("empty", [{"name": " "}, {"marking": ""}])
def test_a_letterhead_has_a_name_and_a_marking(empty: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        LetterheadSet.model_validate(empty)
