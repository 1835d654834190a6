"""What the service decides about itself: its policies, and the days it is closed."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from duty_tui.domain.service import KINDS, Service, ServiceEvent, fold_service
from duty_tui.domain.streams import MOVES_DUES

CHRISTMAS_EVE = date(2026, 12, 24)


def test_a_service_that_decided_nothing_has_no_policy_and_no_closures() -> None:
    assert fold_service([]) == Service()


def test_decisions_add_up_in_order_and_the_last_one_counts() -> None:
    service = fold_service(
        [
            ("policy-adopted", {"pack": "ics-record"}),
            ("policy-adopted", {"pack": "action-note-003", "from_day": "2026-04-01"}),
            ("policy-adopted", {"pack": "ics-record", "from_day": "2026-05-01"}),
            ("closure-added", {"day": "2026-12-24", "name": "Christmas closure"}),
            ("closure-added", {"day": "2026-12-29", "name": "Christmas closure"}),
            ("closure-removed", {"day": "2026-12-29", "reason": "Called off"}),
        ]
    )
    assert service.adopted == {"ics-record": date(2026, 5, 1), "action-note-003": date(2026, 4, 1)}
    assert service.closures == {CHRISTMAS_EVE: "Christmas closure"}
    assert service.version == 6


def test_a_decision_of_a_newer_program_is_counted_and_passed_over() -> None:
    assert fold_service([("rota-published", {"week": 48})]) == Service(version=1)


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("closure-added", {"day": "2026-12-24", "name": " "}),
        ("closure-removed", {"day": "2026-12-24", "reason": ""}),
        ("policy-adopted", {"pack": "ics-record", "mood": "calm"}),
    ],
)
def test_a_body_that_is_not_of_its_kind_is_not_believed(kind: str, body: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        fold_service([(kind, body)])


def test_the_kinds_are_the_record_s_own_names_for_good() -> None:
    assert sorted(KINDS) == [
        "closure-added",
        "closure-removed",
        "handed-over",
        "letterhead-set",
        "mail-set",
        "office-set",
        "on-duty",
        "person-listed",
        "person-removed",
        "policy-adopted",
        "policy-left",
        "recipients-set",
        "role-may",
        "sheet-signs-not-shown",
    ]


def test_what_can_move_a_due_is_known_without_the_models_too() -> None:
    assert {kind for kind, event in KINDS.items() if event.moves_dues} == MOVES_DUES


def test_a_decision_that_decides_nothing_is_a_fault_of_the_program() -> None:
    class Nothing(ServiceEvent):
        kind = "nothing"

    with pytest.raises(AssertionError):
        Nothing().apply(Service())
