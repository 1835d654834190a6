"""Referral files into the record: whole or not at all, and once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from duty_tui.desk.desk import Desk
from duty_tui.desk.importing import import_referrals
from duty_tui.desk.reading import timeline
from duty_tui.domain.service_people import PersonListed
from duty_tui.errors import BadFile, Refused
from duty_tui.exchange.referrals import Closure, Dated, Problem, Referral, ReferralFile
from duty_tui.store.memory import MemoryStore
from tests.builders import a_child, raise_concern
from tests.desk.conftest import Hands, make_desk


def a_file(*referrals: Referral, problems: tuple[Problem, ...] = ()) -> ReferralFile:
    return ReferralFile("referrals.csv", "table", referrals, problems)


def a_referral(number: int = 1, **known: object) -> Referral:
    child = a_child(name=f"Child {number}", case_number=f"CSSR {number}")
    return Referral(**{"row": f"row {number}", "key": f"k{number}", "command": raise_concern(child), **known})  # type: ignore[arg-type]


def test_every_referral_becomes_a_concern(desk: Desk) -> None:
    told: list[tuple[int, int]] = []
    report = import_referrals(
        desk, a_file(a_referral(1), a_referral(2)), progress=lambda done, whole: told.append((done, whole))
    )
    assert (report.added, report.open, report.already, report.duplicates) == (2, 2, 0, [])
    assert [row.family for row in desk.store.rows()] == ["Child 1", "Child 2"]
    assert told == [(1, 2), (2, 2)]


def test_somebody_who_may_only_look_imports_nothing_and_may_see_what_would_be(
    store: MemoryStore, desk: Desk, hands: Hands
) -> None:
    desk.decide([PersonListed(name=desk.actor, roles=("duty_manager",))])
    other = make_desk(store, hands, "Tom Reid")
    assert import_referrals(other, a_file(a_referral(1)), dry_run=True).added == 1
    with pytest.raises(Refused, match="Recording on a concern is for the duty manager") as told:
        import_referrals(other, a_file(a_referral(1)))
    assert told.value.entry == "Nothing was imported."
    assert store.rows() == []


def test_a_second_time_adds_nothing(desk: Desk) -> None:
    import_referrals(desk, a_file(a_referral(1)))
    head = desk.store.head()
    report = import_referrals(desk, a_file(a_referral(1)))
    assert (report.added, report.already) == (0, 1)
    assert desk.store.head() == head


def test_the_same_file_imported_twice_at_once_is_imported_once_and_the_other_is_told(
    store: MemoryStore, desk: Desk
) -> None:
    other = make_desk(store, Hands(), "Ben Adeyemi")

    def be_quicker(done: int, _whole: int) -> None:
        if done == 2:
            import_referrals(other, a_file(a_referral(2)))

    with pytest.raises(Refused, match="imported elsewhere") as refused:
        import_referrals(desk, a_file(a_referral(1), a_referral(2), a_referral(3)), progress=be_quicker)
    assert refused.value.entry == "Nothing was imported."
    assert [row.family for row in store.rows()] == ["Child 2"]


def test_a_dry_run_tells_what_would_be_and_records_nothing(desk: Desk) -> None:
    head = desk.store.head()
    report = import_referrals(desk, a_file(a_referral(1)), dry_run=True)
    assert (report.added, report.dry_run) == (1, True)
    assert desk.store.head() == head


def test_a_file_with_problems_is_not_imported_at_all(desk: Desk) -> None:
    head = desk.store.head()
    problem = Problem("row 3", "The date cannot be read.", "Write it as 2026-11-20.")
    with pytest.raises(BadFile, match="Nothing was imported") as told:
        import_referrals(desk, a_file(a_referral(1), problems=(problem,)))
    assert told.value.problems == ("row 3: The date cannot be read. Write it as 2026-11-20.",)
    assert desk.store.head() == head


def test_what_a_form_would_ask_about_is_said_by_row(desk: Desk) -> None:
    later = desk.clock() + timedelta(days=400)
    command = raise_concern(a_child(name="Amara"), received=later)
    report = import_referrals(desk, a_file(a_referral(1), a_referral(2, command=command)))
    assert report.file.warnings == ("The time of receipt is in the future. (row 2)",)


def test_what_was_closed_elsewhere_comes_in_closed_with_its_notes_and_milestones(desk: Desk) -> None:
    referral = a_referral(
        1,
        closed=Closure(date(2026, 11, 2), "Case closed after assessment"),
        milestones=(Dated("icpc_held", date(2026, 11, 1)),),
        notes=("The census gives a date of death.",),
    )
    report = import_referrals(desk, a_file(referral))
    assert (report.added, report.open) == (1, 0)
    concern = desk.concern(referral.concern_id)
    assert concern.closed == "Case closed after assessment"
    assert [line.kind for line in timeline(concern)] == [
        "concern-raised",
        "note-added",
        "milestone-recorded",
        "concern-closed",
    ]


def test_possible_duplicates_are_shown_by_number_and_row_and_never_merged(desk: Desk) -> None:
    import_referrals(desk, a_file(a_referral(1)))
    same = a_child(case_number="CSSR 1")
    report = import_referrals(
        desk,
        a_file(a_referral(2, command=raise_concern(same)), a_referral(3, command=raise_concern(same))),
    )
    assert [tuple(one) for one in report.duplicates] == [
        ("row 2", "C1", "case"),
        ("row 3", "C1", "case"),
        ("row 3", "row 2", "name+born"),
        ("row 3", "row 2", "case"),
    ]
    assert report.added == 2
