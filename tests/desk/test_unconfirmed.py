"""The desk's own question stands among what is owed: on the concern's list and across the desk, while it helps."""

from __future__ import annotations

from datetime import timedelta

from duty_tui.desk.asking import UNCONFIRMED
from duty_tui.desk.desk import Desk
from duty_tui.desk.obligations import all_obligations, obligations_of
from duty_tui.domain.commands import AnswerQuestions, RecordMilestone
from duty_tui.domain.discussion_events import DiscussionAgreed, DiscussionBooked
from duty_tui.domain.restriction_commands import RestrictConcern
from duty_tui.views.obligation import ObligationLine, ObligationList
from tests.builders import raise_concern
from tests.desk.conftest import NOW, Hands, make_desk
from tests.discussions import at_desk

ID, OTHER = "a" * 32, "b" * 32
CAUSE = {"reasonable_cause": "yes", "serious_risk_of_harm": "no", "penetrative_sexual_abuse": "no"}
RULED_OUT = {"organised_abuse": "no", "allegation_against_staff": "no", "complex_abuse": "no"}
TOMORROW = NOW + timedelta(hours=16)


def asked(found: ObligationList) -> list[ObligationLine]:
    return [line for line in found.lines if line.rule == UNCONFIRMED]


def book(desk: Desk) -> None:
    """A discussion tomorrow at ten, and nobody has said yes; beside it a concern with nothing due soon."""
    desk.do(ID, raise_concern(answers=CAUSE | RULED_OUT, received=NOW))
    agreed = DiscussionAgreed(discussion=1, format="telephone", reason="A bruise")
    at_desk(desk, agreed, DiscussionBooked(discussion=1, at=TOMORROW), concern=ID)
    desk.do(OTHER, raise_concern(answers=CAUSE | RULED_OUT, received=NOW))


def test_it_is_asked_once_the_time_is_short_on_both_lists(desk: Desk) -> None:
    book(desk)
    early = all_obligations(desk, TOMORROW - timedelta(hours=2, minutes=1))
    assert asked(early) == []
    assert early.until == TOMORROW - timedelta(hours=2), "the screen knows when to look again"
    at = TOMORROW - timedelta(hours=2)
    (line,) = asked(all_obligations(desk, at))
    assert (line.concern, line.kind, line.place, line.asks) == (ID, "prompt", "judge", "unlikely_within_limit")
    assert line.due_words == "asked Sat 21 Nov 2026 08:05"
    assert line in obligations_of(desk, ID, at).lines
    assert asked(obligations_of(desk, OTHER, at)) == []


def test_a_judgement_answers_it(desk: Desk, hands: Hands) -> None:
    book(desk)
    hands.now = TOMORROW - timedelta(hours=1)
    assert asked(all_obligations(desk, hands.now))
    desk.do(ID, AnswerQuestions(answers={"unlikely_within_limit": "no"}, reason="Police confirmed by telephone"))
    assert asked(all_obligations(desk, hands.now)) == []


def test_where_the_policy_asks_the_same_its_own_question_stands(desk: Desk) -> None:
    book(desk)
    noon_of_the_last_day = NOW.replace(day=24, hour=12, minute=0)
    found = [line for line in all_obligations(desk, noon_of_the_last_day).lines if line.concern == OTHER]
    asking = {line.rule for line in found if line.kind == "prompt"}
    assert "action-note-003/nothing-booked" in asking
    assert UNCONFIRMED not in asking


def test_a_discussion_that_was_held_is_not_asked_about(desk: Desk, hands: Hands) -> None:
    book(desk)
    label = desk.rulebook.vocabulary.event["discussion_held"].label
    hands.now = TOMORROW - timedelta(hours=1)
    desk.do(ID, RecordMilestone(event="discussion_held", label=label, at=hands.now))
    assert asked(obligations_of(desk, ID, hands.now)) == []


def test_nobody_is_asked_about_what_they_may_not_see(desk: Desk, hands: Hands) -> None:
    book(desk)
    desk.do(ID, RestrictConcern(names=("Ann Osei", "R. Hale"), reason="A member of staff"))
    at = TOMORROW - timedelta(hours=1)
    assert asked(all_obligations(desk, at))
    assert asked(all_obligations(make_desk(desk.store, hands, "Bo Lind"), at)) == []
