"""Who counts as whom when people are counted, and which packs were in force when a discussion was held."""

from __future__ import annotations

from datetime import date

from duty_tui.rules.quorum import headcount, partners_absent
from duty_tui.rules.situation import Happening, Known, Situation
from tests.rules.house import book, t, vocabulary


def test_everybody_counts_for_their_own_role_and_those_it_stands_for() -> None:
    assert headcount(["sw_manager", "social_worker", "police", "nobody known"], vocabulary()) == {
        "sw_manager": 1,
        "social_worker": 1,
        "cs_care": 2,
        "police": 1,
        "nobody known": 1,
    }


def test_a_clinician_of_the_hospital_is_not_the_health_partner_by_role_but_health_is_there() -> None:
    roles = ["hospital_clinician", "social_worker", "nobody known"]
    assert "health" not in headcount(roles, vocabulary())
    assert partners_absent(roles, vocabulary()) == ["police"]
    assert partners_absent([], vocabulary()) == ["children's social care", "health", "police"]
    assert partners_absent(["health", "police", "chair"], vocabulary()) == []


def test_the_version_in_force_on_a_day_and_before_the_first_day_the_first() -> None:
    dated = book("dated")
    versions = [pack.pack.in_force_from for pack in dated.policies[0].versions]
    assert versions == sorted(versions, key=str)
    assert [pack.pack.in_force_from for pack in dated.in_force(date(2020, 1, 1))] == versions[:1]
    assert [pack.pack.in_force_from for pack in dated.in_force(date(2099, 1, 1))] == versions[-1:]


def test_facts_as_they_are_for_one_child_or_for_any() -> None:
    facts = {"child_in_hospital": [Known(True, None, 1), Known(False, None, 2)]}
    situation = Situation({"discussion_held": [Happening(t("2026-11-20T18:00"), None, 1)]}, facts, (1, 2))
    rules = book("action-note-003")
    assert [rules.look(situation, child)("child_in_hospital") for child in (None, 1, 2)] == [True, True, False]
