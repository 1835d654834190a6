"""What a desk works by: read once, and read again only when the service decided what can change it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from hashlib import sha256

from duty_tui.desk import bands
from duty_tui.desk.books import Books
from duty_tui.desk.desk import Desk
from duty_tui.desk.rows_key import VERSION, rows_key
from duty_tui.domain.escalation_events import To
from duty_tui.domain.service import ClosureAdded, Service, ServiceEvent
from duty_tui.domain.service_people import HandedOver, OfficeSet, OnDuty, PersonListed, RecipientsSet, RoleMay
from duty_tui.rules.evaluate import Rulebook
from duty_tui.store.memory import MemoryStore
from duty_tui.store.store import Store
from duty_tui.wiring import POLICIES
from tests.builders import raise_concern
from tests.desk.conftest import Hands, rulebook_once


def about_people(now: datetime) -> list[ServiceEvent]:
    """One decision of every kind that moves no due."""
    return [
        PersonListed(name="Ann Osei", roles=("duty_manager",)),
        RoleMay(role="social_worker", acts=("record",)),
        RecipientsSet(form="need_to_know", recipients=(To(name="Jo Webb"),)),
        OfficeSet(opens=time(8), unconfirmed_within=timedelta(hours=3)),
        OnDuty(names=("Ann Osei",), since=now),
        HandedOver(at=now, to=("Tom Reid",), head=4),
    ]


def test_decisions_about_people_leave_every_row_and_its_key_as_they_are(desk: Desk, hands: Hands) -> None:
    desk.do("c1", raise_concern())
    before, rows = desk.books.key, desk.store.rows()
    desk.store.set_meta(bands.META, "as they were")
    desk.decide(about_people(hands.now))
    assert desk.books.key == before
    assert desk.store.rows() == rows
    assert desk.store.meta(bands.META) == "as they were"  # what making the rows anew would have begun with
    assert not desk.refresh_rows()


def test_the_key_of_a_record_without_such_decisions_is_the_one_it_always_was(desk: Desk) -> None:
    digest = sha256(f"{VERSION}|holidays 1".encode())
    for entry in desk.store.stream("service"):
        digest.update(f"|{entry.kind} {entry.body}".encode())
    for path in sorted(POLICIES.rglob("*.toml")):
        if path.name != "examples.toml":
            digest.update(path.read_bytes())
    assert rows_key(desk.store, POLICIES, "holidays 1") == digest.hexdigest()


def test_the_rules_are_read_again_when_what_they_follow_from_changed_and_not_before(
    desk: Desk, store: MemoryStore, hands: Hands
) -> None:
    made: list[Service] = []

    def make(service: Service, store: Store) -> Rulebook:
        made.append(service)
        return rulebook_once(service, store)

    books = Books(store, POLICIES, "holidays 1", make)
    first = books.rulebook
    desk.decide(about_people(hands.now))
    books.forget()
    assert books.rulebook is first
    assert set(books.service.people) == {"Ann Osei"}
    desk.decide([ClosureAdded(day=date(2026, 12, 29), name="Staff day")])
    books.forget()
    assert books.rulebook is not first
    assert [set(service.closures) for service in made] == [set(), {date(2026, 12, 29)}]
