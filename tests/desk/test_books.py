"""What a desk works by: read once, and read again only when the service decided what can change it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from duty_tui.desk import bands
from duty_tui.desk.books import Books
from duty_tui.desk.desk import Desk
from duty_tui.desk.rows_key import VERSION, rows_key, what_changed
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


def test_the_key_says_what_the_rows_were_made_by(desk: Desk, tmp_path: Path) -> None:
    desk.decide(about_people(desk.clock()))
    before = rows_key(desk.store, POLICIES, "holidays 0.98 GB-ENG")
    (tmp_path / "riverside" / "versions").mkdir(parents=True)
    assert rows_key(desk.store, POLICIES, "holidays 0.98 GB-ENG", tmp_path) == before
    for name in ("pack.toml", "versions/2020.toml", "examples.toml"):
        (tmp_path / "riverside" / name).write_text(f"# {name}", "utf-8")
    own = rows_key(desk.store, POLICIES, "holidays 0.98 GB-ENG", tmp_path)
    assert what_changed(before, own) == "edited policy files: own riverside"
    (tmp_path / "riverside" / "examples.toml").write_text("# another", "utf-8")
    assert rows_key(desk.store, POLICIES, "holidays 0.98 GB-ENG", tmp_path) == own


def test_why_rows_are_made_anew_is_read_off_two_keys(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    first = rows_key(desk.store, POLICIES, "holidays 0.97 GB-ENG")
    assert what_changed(first, first) == ""
    desk.decide([ClosureAdded(day=date(2026, 12, 29), name="Staff day")])
    decided = rows_key(desk.store, POLICIES, "holidays 0.97 GB-ENG")
    assert decided != first
    assert what_changed(first, decided) == ""
    later = rows_key(desk.store, POLICIES, "holidays 0.98 GB-ENG")
    assert what_changed(first, later) == "bank holidays of holidays 0.98"
    monkeypatch.setattr("duty_tui.desk.rows_key.VERSION", VERSION + 1)
    newest = rows_key(desk.store, POLICIES, "holidays 0.98 GB-ENG")
    assert what_changed(first, newest) == "another version of the program; bank holidays of holidays 0.98"


@pytest.mark.parametrize("key", [None, "f" * 64, "7", "{}"])
def test_a_key_of_an_earlier_program_says_that_the_program_changed(desk: Desk, key: str | None) -> None:
    assert what_changed(key, desk.books.key) == "another version of the program"


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
