"""What police protection and an order lead to, before they are recorded."""

from __future__ import annotations

from datetime import timedelta

import pytest

from duty_tui.desk.desk import Desk
from duty_tui.desk.orders import if_recorded
from duty_tui.desk.situation import situation_of
from duty_tui.domain.commands import RecordMilestone
from duty_tui.domain.order_acts import RecordOrder
from tests.builders import a_child, raise_concern
from tests.desk.conftest import NOW

ID = "c" * 32


@pytest.fixture
def child(desk: Desk) -> int:
    desk.do(ID, raise_concern(a_child(1), a_child(2, name="Kofi Okoye"), received=NOW))
    return 1


def test_police_protection_runs_for_hours_through_the_weekend(desk: Desk, child: int) -> None:
    found = if_recorded(desk, ID, "police_protection_began", child, at=NOW)
    assert found == (("Police protection: Mon 23 Nov 2026 18:05",), "")


def test_an_order_without_an_expiry_shows_the_longest_it_may_be(desk: Desk, child: int) -> None:
    found = if_recorded(desk, ID, "epo_made", child, at=NOW)
    assert found == (("EPO length: end of Sat 28 Nov 2026",), "")


def test_the_orders_own_expiry_is_the_due(desk: Desk, child: int) -> None:
    found = if_recorded(desk, ID, "epo_made", child, at=NOW, expires=NOW + timedelta(days=5))
    assert found == (("EPO ends: Wed 25 Nov 2026 18:05",), "")


def test_an_expiry_beyond_the_check_is_asked_about(desk: Desk, child: int) -> None:
    found = if_recorded(desk, ID, "epo_made", child, at=NOW, expires=NOW + timedelta(days=9))
    assert found.doubt == "That is after end of Sat 28 Nov 2026, the longest a first order may run."
    assert found.lines == ("EPO ends: Sun 29 Nov 2026 18:05",)


def test_an_end_leads_to_nothing_and_nothing_was_recorded(desk: Desk, child: int) -> None:
    version = desk.concern(ID).version
    assert if_recorded(desk, ID, "police_protection_ended", child, at=NOW) == ((), "")
    assert desk.concern(ID).version == version


def test_a_due_in_three_days_governs_the_row(desk: Desk, child: int) -> None:
    began = RecordMilestone(event="police_protection_began", label="Taken", at=NOW, child=child)
    desk.do(ID, RecordOrder(milestones=(began,)))
    deadlines = desk.rulebook.deadlines(situation_of(desk.concern(ID), desk.rulebook))
    found = [one for one in deadlines if one.clock.id == "police-protection-hours" and one.due]
    assert [(one.child, one.due) for one in found] == [(1, NOW + timedelta(hours=72))]
