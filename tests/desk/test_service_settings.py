"""The service's settings as they are printed: what this program does not know is shown as it is written."""

from __future__ import annotations

from datetime import timedelta

from duty_tui.desk.desk import Desk
from duty_tui.desk.service_settings import NOBODY, as_object, as_text, is_same
from duty_tui.domain.escalation_events import To
from duty_tui.domain.service_people import OfficeSet, OnDuty, PersonListed, RecipientsSet
from tests.desk.conftest import NOW


def test_a_new_service_says_that_nobody_is_listed(desk: Desk) -> None:
    lines = list(as_text(desk))
    assert lines[:2] == ["PEOPLE", f"  {NOBODY}"]
    assert lines[-1] == "  Nobody is said to be."
    assert as_object(desk)["you"] == {"name": "Ann Osei", "roles": []}


def test_a_role_and_a_form_of_a_newer_program_stand_as_they_are_written(desk: Desk) -> None:
    desk.decide(
        [
            PersonListed(name="Ann Osei", roles=("duty_manager", "night_lead")),
            RecipientsSet(form="moon_report", recipients=(To(name="Jo Webb", role="Head", contact="ext. 1"),)),
        ]
    )
    lines = list(as_text(desk))
    assert "  Ann Osei: Duty manager, night_lead" in lines
    assert "  moon_report (moon_report) goes to Jo Webb · Head · ext. 1" in lines
    assert as_object(desk)["people"] == [{"name": "Ann Osei", "roles": ["duty_manager", "night_lead"]}]


def test_who_is_on_duty_is_who_is_on_now(desk: Desk) -> None:
    desk.decide([OnDuty(names=("Tom Reid",), since=NOW - timedelta(hours=9), until=NOW - timedelta(hours=1))])
    assert as_object(desk)["on_duty"] == []
    desk.decide([OnDuty(names=("Jo Webb",), since=NOW - timedelta(hours=1))])
    assert [one["name"] for one in as_object(desk)["on_duty"]] == ["Jo Webb"]
    assert any(line.startswith("  Jo Webb, since ") and "until" not in line for line in as_text(desk))


def test_a_length_of_time_is_said_in_hours_and_minutes(desk: Desk) -> None:
    for length, words in ((timedelta(minutes=45), "45m"), (timedelta(hours=3), "3h")):
        desk.decide([OfficeSet(unconfirmed_within=length)])
        assert f"  A missing yes is asked about {words} before a discussion" in list(as_text(desk))


def test_names_are_the_same_whatever_their_case_and_accents() -> None:
    assert is_same("Síle Ní Bhriain", "SILE NI BHRIAIN")
    assert not is_same("Síle Ní Bhriain", "Sile Brien")
