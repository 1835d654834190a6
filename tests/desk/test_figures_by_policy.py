"""Each policy's own limits in the figures: a minute before, at, and after; the rule and the words are the policy's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from types import MappingProxyType
from typing import NamedTuple

import pytest

from duty_tui.desk.desk import Desk
from duty_tui.domain.commands import AnswerQuestions
from duty_tui.domain.concern import Answer
from duty_tui.domain.service import PolicyAdopted, PolicyLeft
from tests.desk.conftest import Hands
from tests.past_desk import breaches, came, figures, happened, numbers, t, the

LONG_AGO = date(2026, 1, 1)


class Limit(NamedTuple):
    """A limit of a policy: what it needs to be so, when it counts from, and the last moment and the first late one."""

    policy: str
    figure: str
    event: str
    last: str
    first_late: str
    #: As the breach file says it.
    clock: str
    late: str
    answers: Mapping[str, Answer] = MappingProxyType({})
    held: str = ""


LIMITS = [
    Limit(
        "action-note-003",
        "held",
        "discussion_held",
        "9 23:59",
        "10 00:00",
        "serious-risk-same-day",
        "0 min",
        {"serious_risk_of_harm": "yes"},
    ),
    Limit(
        "action-note-003",
        "held",
        "discussion_held",
        "9 23:59",
        "10 00:01",
        "forensic-same-day",
        "1 min",
        {"penetrative_sexual_abuse": "yes", "forensic_needs_same_day": "yes"},
    ),
    Limit(
        "action-note-003",
        "held",
        "discussion_held",
        "10 23:59",
        "11 01:00",
        "immediate-action",
        "1 hour",
        {"immediate_action_required": "yes"},
    ),
    Limit(
        "action-note-003",
        "held",
        "discussion_held",
        "10 23:59",
        "12 12:00",
        "organised-or-staff",
        "36 hours",
        {"allegation_against_staff": "yes"},
    ),
    Limit("action-note-003", "held", "discussion_held", "10 23:59", "13 09:00", "one-working-day", "3 working days"),
    Limit(
        "action-note-003",
        "seen",
        "child_seen",
        "10 23:59",
        "11 10:00",
        "seen-same-day",
        "10 hours",
        {"actual_harm_evidenced": "yes"},
        held="10 09:00",
    ),
    Limit(
        "action-note-003",
        "seen",
        "child_seen",
        "17 23:59",
        "20 10:00",
        "seen-five-days",
        "3 working days",
        held="10 09:00",
    ),
    Limit("three-working-days", "held", "discussion_held", "12 23:59", "13 00:30", "three-working-days", "30 min"),
    Limit(
        "three-working-days",
        "circulated",
        "record_circulated",
        "11 23:59",
        "12 00:00",
        "circulate-one-day",
        "0 min",
        held="10 09:00",
    ),
    Limit("twenty-four-hours", "held", "discussion_held", "10 10:00", "10 10:01", "twenty-four-hours", "1 min"),
    Limit(
        "twenty-four-hours",
        "seen",
        "child_seen",
        "11 09:00",
        "11 09:01",
        "seen-twenty-four-hours",
        "1 min",
        {"outcome_s47": "yes"},
        held="10 09:00",
    ),
    Limit(
        "seven-minute-briefing",
        "circulated",
        "record_circulated",
        "11 23:59",
        "13 12:00",
        "notes-one-day",
        "36 hours",
        held="10 09:00",
    ),
]


def under(desk: Desk, hands: Hands, policy: str) -> None:
    """The service works to this numbered policy, and has done for long."""
    hands.now = t("2 08:00")
    if policy != "action-note-003":
        desk.decide([PolicyAdopted(pack=policy, from_day=LONG_AGO)])
        desk.decide([PolicyLeft(pack="action-note-003", from_day=LONG_AGO)])


def done(desk: Desk, hands: Hands, limit: Limit, name: str, at: str) -> None:
    """One concern, received on Monday 9 November at ten, on which the thing was done then."""
    came(desk, hands, name, "9 10:00", 1, **limit.answers)
    if limit.held:
        happened(desk, hands, name, "discussion_held", limit.held, discussion=1)
    about = {"child_seen": {"child": 1}}.get(limit.event, {"discussion": 1})
    happened(desk, hands, name, limit.event, at, **about)


@pytest.mark.parametrize("limit", LIMITS, ids=lambda limit: f"{limit.policy} {limit.clock}")
def test_the_last_moment_is_in_time_and_the_next_is_late(desk: Desk, hands: Hands, limit: Limit) -> None:
    under(desk, hands, limit.policy)
    done(desk, hands, limit, "Ash", limit.last)
    done(desk, hands, limit, "Birch", limit.first_late)
    at = t("27 12:00")
    found = figures(desk, at=at)
    assert numbers(found, f"{limit.figure}/all") == (1, 2, 0, 0, 0)
    verdicts = {case.title: case.verdict for case in the(found, f"{limit.figure}/all").cases}
    assert verdicts == {"Ash": "met", "Birch": "missed"}
    assert the(found, f"{limit.figure}/middle").words == f"{limit.late} after the limit"
    rows = [row for row in breaches(desk, at=at).rows if row.clock == limit.clock]
    assert [(row.title, row.late, row.actual) for row in rows] == [("Birch", limit.late, t(limit.first_late))]
    assert rows[0].rule.startswith(f"{limit.policy}/")


@pytest.mark.parametrize("limit", LIMITS, ids=lambda limit: f"{limit.policy} {limit.clock}")
def test_before_the_limit_it_is_open_and_from_then_on_missed(desk: Desk, hands: Hands, limit: Limit) -> None:
    under(desk, hands, limit.policy)
    came(desk, hands, "Ash", "9 10:00", 1, **limit.answers)
    if limit.held:
        happened(desk, hands, "Ash", "discussion_held", limit.held, discussion=1)
    early, late = t(limit.last), t(limit.last) + timedelta(minutes=1)
    before = the(figures(desk, at=early - timedelta(minutes=1)), f"{limit.figure}/all")
    after = the(figures(desk, at=late), f"{limit.figure}/all")
    assert [(one.good, one.of, one.open) for one in (before, after)] == [(0, 0, 1), (0, 1, 0)]
    clocks: Sequence[str] = [row.clock for row in breaches(desk, at=late).rows]
    assert limit.clock in clocks
    assert limit.clock not in [row.clock for row in breaches(desk, at=early - timedelta(minutes=1)).rows]


def test_two_policies_at_once_and_the_earlier_limit_counts_for_both(desk: Desk, hands: Hands) -> None:
    hands.now = t("2 08:00")
    desk.decide([PolicyAdopted(pack="twenty-four-hours", from_day=LONG_AGO)])
    came(desk, hands, "Ash", "9 10:00")
    happened(desk, hands, "Ash", "discussion_held", "10 12:00", discussion=1)
    assert numbers(figures(desk), "held/all") == (0, 1, 0, 0, 0)
    assert [row.clock for row in breaches(desk).rows if row.label == "Discussion"] == ["twenty-four-hours"]
    desk.do("Ash", AnswerQuestions(answers={"reasonable_cause": "no"}))
    assert numbers(figures(desk), "held/all") == (0, 0, 1, 1, 0), "an allegation against a carer would call for it too"
    desk.do("Ash", AnswerQuestions(answers={"allegation_against_carer": "no"}))
    assert numbers(figures(desk), "held/all") == (0, 0, 0, 0, 0)
