"""Why a concern stands where it stands."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from duty_tui.desk.desk import Desk
from duty_tui.desk.why import why_view
from duty_tui.domain.commands import AnswerQuestions, CloseConcern, RecordMilestone
from duty_tui.errors import Refused
from duty_tui.views.why import WhyView
from tests.builders import FRIDAY_SIX, raise_concern

NOW = datetime(2026, 11, 20, 18, 5, tzinfo=UTC)
NOT_SERIOUS = AnswerQuestions(
    answers={"reasonable_cause": "yes", "serious_risk_of_harm": "no", "penetrative_sexual_abuse": "no"}
)


def said(view: WhyView, heading: str) -> tuple[str, ...]:
    return next((section.lines for section in view.sections if section.heading == heading), ())


def test_the_reason_names_rule_place_start_and_due(desk: Desk) -> None:
    desk.do("c1", raise_concern(answers={"reasonable_cause": "yes", "serious_risk_of_harm": "yes"}))
    view = why_view(desk, "c1", NOW)
    assert view.headline == "Hold the strategy discussion: end of Fri 20 Nov 2026 (same day)"
    assert "Management Action Note 003" in said(view, "RULE")[1]
    assert said(view, "COUNTED")[0].startswith("From Fri 20 Nov 2026 18:00")
    assert said(view, "PLACE") == ("1 of 1 open concerns",)
    assert said(view, "OTHER CLOCKS OF THE SAME DUTY")
    assert said(view, "HOW THE TEXT IS READ")
    assert view.due == datetime(2026, 11, 21, tzinfo=UTC)
    assert (view.supposed, view.reference) == ((), "C1")


def test_each_day_skipped_is_named(desk: Desk) -> None:
    desk.do("c1", raise_concern())
    desk.do("c1", NOT_SERIOUS)
    assert said(why_view(desk, "c1", NOW), "DAYS THAT DID NOT COUNT") == (
        "Sat 21 Nov 2026: Saturday",
        "Sun 22 Nov 2026: Sunday",
    )


def test_what_is_not_known_says_what_each_answer_would_do(desk: Desk) -> None:
    desk.do("c1", raise_concern())
    view = why_view(desk, "c1", NOW)
    assert all("yes →" in line and "no →" in line for line in said(view, "NOT KNOWN YET"))
    assert view.questions[0].answer == "not asked"


def test_the_place_is_told_by_its_neighbours(desk: Desk) -> None:
    desk.do("c1", raise_concern(received=FRIDAY_SIX - timedelta(days=3)))
    desk.do("c2", raise_concern())
    desk.do("c3", raise_concern(answers={"reasonable_cause": "no"}))
    assert said(why_view(desk, "c2", NOW), "PLACE") == (
        "2 of 3 open concerns",
        "After C1, overdue, was due end of Tue 17 Nov 2026",
        "Before C3, band 4, no numbered due, came in Fri 20 Nov 2026 18:00",
    )
    assert "Before C2, band 1, due end of Fri 20 Nov 2026" in said(why_view(desk, "c1", NOW), "PLACE")


def test_on_an_open_case_the_time_counts_from_when_it_came_up(desk: Desk) -> None:
    desk.do("c1", raise_concern(referred=False, answers={"reasonable_cause": "yes", "serious_risk_of_harm": "yes"}))
    view = why_view(desk, "c1", NOW, None, FRIDAY_SIX - timedelta(hours=1))
    assert said(view, "HOW IT CAME") == ("Came up on an open case Fri 20 Nov 2026 17:00; nothing was referred.",)
    assert said(view, "COUNTED")[0].startswith("From Fri 20 Nov 2026 17:00 — Child protection concern identified")
    assert view.supposed == ("came up on an open case Fri 20 Nov 2026 17:00",)
    assert view.due == datetime(2026, 11, 21, tzinfo=UTC)


def test_supposing_another_answer_or_receipt_records_nothing(desk: Desk) -> None:
    desk.do("c1", raise_concern(answers={"reasonable_cause": "yes"}))
    head = desk.store.head()
    view = why_view(desk, "c1", NOW, {"serious_risk_of_harm": "yes"}, FRIDAY_SIX - timedelta(days=1))
    assert view.due == datetime(2026, 11, 20, tzinfo=UTC)
    assert view.supposed == ("serious risk: yes", "received Thu 19 Nov 2026 18:00")
    assert "LATE" in view.headline
    assert desk.store.head() == head


def test_a_question_no_policy_asks_cannot_be_supposed(desk: Desk) -> None:
    desk.do("c1", raise_concern())
    with pytest.raises(Refused, match="no question"):
        why_view(desk, "c1", NOW, {"weather_is_fine": "yes"})


def test_what_else_is_owed_is_listed(desk: Desk) -> None:
    desk.do("c1", raise_concern())
    assert any("Tell the referrer" in line for line in said(why_view(desk, "c1", NOW), "ALSO OWED"))


def test_with_nothing_owed_it_says_so(desk: Desk) -> None:
    desk.do("c1", raise_concern(answers={"reasonable_cause": "no"}))
    desk.do("c1", RecordMilestone(event="referrer_informed", label="Told", at=NOW))
    view = why_view(desk, "c1", NOW)
    assert view.headline == "Nothing is owed under the adopted policies."
    assert [section.heading for section in view.sections] == ["PLACE"]


def test_a_closed_concern_has_no_place(desk: Desk) -> None:
    desk.do("c1", raise_concern())
    desk.do("c1", CloseConcern(reason="No further action"))
    view = why_view(desk, "c1", NOW)
    assert (view.headline, view.sections) == ("Closed: it has no place in the queue.", ())


def test_what_an_answer_would_change_is_told_of_what_is_supposed(desk: Desk) -> None:
    desk.do("c1", raise_concern())

    def effects(**supposed: str) -> dict[str, str]:
        view = why_view(desk, "c1", NOW, supposed)  # type: ignore[arg-type]
        return {question.fact: question.effect for question in view.questions}

    assert "reasonable cause" in effects()["serious_risk_of_harm"]
    assert "reasonable cause" not in effects(reasonable_cause="yes")["serious_risk_of_harm"]
    assert list(effects()) == list(effects(reasonable_cause="yes"))
