"""Situations worked out on paper with a calendar, and asked through the engine; each says how it was counted."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from tests.policies.oracle import Case, Child, Talk
from tests.policies.test_oracle import answered
from tests.rules.house import t

CALM = dict.fromkeys(
    (
        "serious_risk_of_harm",
        "penetrative_sexual_abuse",
        "immediate_action_required",
        "organised_abuse",
        "allegation_against_staff",
    ),
    False,
) | {"reasonable_cause": True}
GRAVE = {"reasonable_cause": True, "serious_risk_of_harm": True}
STAFF = {**CALM, "allegation_against_staff": True}


def received(at: str, facts: dict[str, bool], identified: str | None = None, *closed: date) -> Case:
    return Case(t(at), t(identified) if identified else None, facts, closures=frozenset(closed))


def held(at: str, ended: str | None = None) -> Case:
    talk = Talk(1, t(at), t(ended) if ended else None, more_needed=True)
    child = Child(1, actual_harm=False, immediate_risk=False, section_47=True, section_47_at=t(at))
    return Case(t(at), None, CALM, talks=(talk,), children=(child,))


AN, THREE, HOURS = "action-note-003", "three-working-days", "twenty-four-hours"

#: What happened; the clock; the due in UTC; how it was counted.
PAPER = [
    # Easter 2027: Good Friday 26 March, Easter Monday 29 March, and summer time from Sunday 28 March.
    (received("2027-03-25T23:59", CALM), AN, "one-working-day", "2027-03-30T23:00", "Tue 30 is day 1, in summer time"),
    (received("2027-03-25T23:59", CALM), AN, "two-working-days", "2027-03-31T23:00", "Wed 31"),
    (received("2027-03-25T23:59", GRAVE), AN, "serious-risk-same-day", "2027-03-26T00:00", "one minute"),
    (received("2027-03-26T00:00", GRAVE), AN, "serious-risk-same-day", "2027-03-27T00:00", "all of Good Friday"),
    (received("2027-03-27T12:00", CALM), HOURS, "twenty-four-hours", "2027-03-28T12:00", "13:00 on the clock"),
    # Christmas 2026: Friday 25, substitute Monday 28.
    (received("2026-12-24T17:00", CALM), AN, "one-working-day", "2026-12-30T00:00", "Tue 29"),
    (received("2026-12-24T17:00", CALM), THREE, "three-working-days", "2027-01-01T00:00", "Tue 29, Wed 30, Thu 31"),
    # Christmas 2027: Saturday and Sunday, substitutes Monday 27 and Tuesday 28; New Year 2028: Monday 3 January.
    (received("2027-12-24T17:00", CALM), AN, "one-working-day", "2027-12-30T00:00", "Wed 29"),
    (received("2027-12-24T17:00", CALM), THREE, "three-working-days", "2028-01-01T00:00", "Wed 29, Thu 30, Fri 31"),
    (received("2027-12-31T12:00", CALM), AN, "two-working-days", "2028-01-06T00:00", "Tue 4, Wed 5"),
    # Christmas 2028: Monday 25 and Tuesday 26.
    (received("2028-12-22T18:00", CALM), AN, "one-working-day", "2028-12-28T00:00", "Wed 27"),
    # Leap days.
    (received("2028-02-29T09:00", CALM), THREE, "three-working-days", "2028-03-04T00:00", "Wed 1, Thu 2, Fri 3"),
    (received("2028-02-29T23:30", GRAVE), AN, "serious-risk-same-day", "2028-03-01T00:00", "half an hour"),
    (received("2028-02-28T10:00", CALM), HOURS, "twenty-four-hours", "2028-02-29T10:00", "the leap day"),
    (held("2027-11-30T10:00"), THREE, "three-months", "2028-03-01T00:00", "no 30 February: the 29th"),
    (held("2028-11-29T10:00"), THREE, "three-months", "2029-03-01T00:00", "no 29 February 2029: the 28th"),
    # The clocks go back at two on Sunday 31 October 2027.
    (received("2027-10-31T00:30", GRAVE), AN, "serious-risk-same-day", "2027-11-01T00:00", "24 and a half hours"),
    (received("2027-10-31T00:30", CALM), HOURS, "twenty-four-hours", "2027-10-31T23:30", "23:30 on the clock"),
    (received("2027-10-29T18:00", CALM), AN, "one-working-day", "2027-11-02T00:00", "Mon 1 November, winter time"),
    (held("2026-10-24T15:00", "2026-10-24T16:30"), HOURS, "seen-twenty-four-hours", "2026-10-25T15:30", "15:30Z + 24"),
    # Spring 2026: the clocks go forward on Sunday 29 March; Easter Monday is 6 April; early May is Monday 4 May.
    (received("2026-03-29T00:30", GRAVE), AN, "serious-risk-same-day", "2026-03-29T23:00", "a day of 23 hours"),
    (held("2026-04-02T16:00"), THREE, "circulate-one-day", "2026-04-07T23:00", "Maundy Thursday to Tuesday"),
    (received("2026-05-01T09:00", STAFF), AN, "organised-or-staff", "2026-05-05T23:00", "Tue 5"),
    # The rest.
    (held("2026-12-11T10:00"), THREE, "fifteen-working-days", "2027-01-07T00:00", "5, 4, 3, then 4 to 6 January"),
    (held("2027-03-01T10:00"), THREE, "four-weeks", "2027-03-29T23:00", "Easter Monday, and not moved"),
    (held("2026-08-27T10:00"), AN, "seen-five-days", "2026-09-04T23:00", "Fri, then Tue 1 to Fri 4 after the holiday"),
    (received("2026-10-26T09:00", CALM, "2026-10-24T23:30"), AN, "one-working-day", "2026-10-27T00:00", "from Sat"),
    (received("2026-10-26T09:00", GRAVE, "2026-10-24T23:30"), AN, "serious-risk-same-day", "2026-10-27T00:00", "Mon"),
    (received("2026-11-20T10:00", CALM, None, date(2026, 11, 23)), AN, "one-working-day", "2026-11-25T00:00", "Tue"),
    (received("2024-05-24T23:59", CALM), AN, "one-working-day", "2024-05-28T23:00", "spring bank holiday on Mon 27"),
]  # fmt: skip


@pytest.mark.parametrize(("case", "pack", "clock", "due", "counted"), PAPER)
def test_as_counted_on_paper(case: Case, pack: str, clock: str, due: str, counted: str) -> None:
    (found,) = [one for limit, one in answered(case).items() if limit[:2] == (pack, clock)]
    assert found.due == datetime.fromisoformat(f"{due}+00:00"), counted
