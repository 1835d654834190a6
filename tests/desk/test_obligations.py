"""What is owed on a concern and across the desk: order, standing, words, reasons, actions, what closing leaves."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from duty_tui.desk.desk import Desk
from duty_tui.desk.obligations import all_obligations, chosen, obligations_of
from duty_tui.desk.owed import open_ends
from duty_tui.desk.reading import concern_view
from duty_tui.domain.commands import AnswerQuestions, CloseConcern, RecordMilestone, ReopenConcern
from duty_tui.domain.decision_events import ActionDone
from duty_tui.domain.escalation_commands import ConcludeEscalation, SubmitEscalation
from duty_tui.domain.escalation_events import To
from duty_tui.domain.events import NoteAdded
from duty_tui.domain.owed_commands import ApproveVariation, ExplainLateness
from duty_tui.domain.restriction_commands import RestrictConcern
from duty_tui.domain.service import ClosureAdded
from duty_tui.errors import Refused
from duty_tui.store.journal import NewEntry
from duty_tui.store.memory import MemoryStore
from duty_tui.views.obligation import ObligationLine, ObligationList
from tests.builders import FRIDAY_SIX, raise_concern
from tests.desk.conftest import Hands, make_desk
from tests.discussions import CONCERN, QUARTER_PAST, action, at_desk, began, siblings

OTHER = "d" * 32
CERTAIN = {"reasonable_cause": "yes", "serious_risk_of_harm": "no", "penetrative_sexual_abuse": "no"}
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
#: The discussion of these concerns is due by the end of Monday, and must be held by that of Tuesday.
MONDAY, TUESDAY = datetime(2026, 11, 24, tzinfo=UTC), datetime(2026, 11, 25, tzinfo=UTC)


def milestone(event: str, at: datetime, **known: Any) -> RecordMilestone:
    return RecordMilestone(**{"event": event, "label": event.replace("_", " "), "at": at, **known})


def line(found: ObligationList, label: str, child: int | None = None) -> ObligationLine:
    [one] = [one for one in found.lines if one.label == label and child in (None, one.child)]
    return one


def labels(found: ObligationList) -> list[str]:
    return [one.label for one in found.lines]


def test_a_line_says_whose_what_who_when_how_and_where_the_document_says_so(desk: Desk) -> None:
    desk.do(CONCERN, raise_concern(answers=CERTAIN, family="Okoye"))
    found = obligations_of(desk, CONCERN, FRIDAY_SIX + HOUR)
    one = line(found, "Discussion")
    assert (one.concern, one.reference, one.version, one.title) == (CONCERN, "C1", 2, "Okoye")
    assert (one.kind, one.rule, one.clock) == ("rule", "action-note-003/discussion", "one-working-day")
    assert (one.do, one.owner, one.also, one.strength) == ("Hold the strategy discussion", "Team Manager", "", "target")
    assert (one.child, one.whom, one.discussion) == (None, "", None)
    assert (one.standing, one.start, one.due, one.due_words) == ("owed", FRIDAY_SIX, MONDAY, "end of Mon 23 Nov 2026")
    assert (one.late, one.met_at, one.provisional, one.first_due, one.varied_by) == (False, None, False, None, ())
    assert (one.place, one.form, one.asks, one.unless) == ("call", "", "", ())
    assert [by.event for by in one.met_by] == ["discussion_held"]
    assert one.cite == ("Management Action Note 003, Practice expectations 1: “in most cases within one working day”")
    assert one.open
    assert found.as_of == FRIDAY_SIX + HOUR


def test_a_concern_that_is_not_there_is_refused(desk: Desk) -> None:
    with pytest.raises(Refused):
        obligations_of(desk, CONCERN, FRIDAY_SIX)


def test_late_comes_first_then_the_next_due_then_what_has_no_number_by_age(desk: Desk, hands: Hands) -> None:
    desk.do(CONCERN, raise_concern(answers=CERTAIN))
    hands.on(hours=2)
    desk.do(OTHER, raise_concern(answers={**CERTAIN, "serious_risk_of_harm": "yes"}, received=hands.now))
    found = all_obligations(desk, FRIDAY_SIX + 3 * HOUR)
    said = [(one.reference, one.label) for one in found.lines]
    assert said == [("C2", "Discussion"), ("C1", "Discussion"), ("C1", "Tell referrer"), ("C2", "Tell referrer")]
    assert (found.late, found.until) == (0, datetime(2026, 11, 20, 22, tzinfo=UTC)), "then a missing yes is asked about"
    later = all_obligations(desk, datetime(2026, 11, 21, tzinfo=UTC))
    assert [(one.reference, one.label, one.late) for one in later.lines][:2] == [
        ("C2", "Discussion", True),
        ("C1", "Discussion", False),
    ]
    assert later.late == 1


def test_what_waits_and_what_was_met_is_on_the_concerns_own_list_alone(desk: Desk, hands: Hands) -> None:
    desk.do(CONCERN, siblings())
    hands.on(hours=1)
    desk.do(CONCERN, milestone("referrer_informed", FRIDAY_SIX + HOUR))
    found = obligations_of(desk, CONCERN, hands.now)
    told = line(found, "Tell referrer")
    assert (told.standing, told.due_words, told.late) == ("met", "met Fri 20 Nov 2026 19:00", False)
    waits = line(found, "See the child", 2)
    assert (waits.standing, waits.start, waits.whom) == ("waiting", None, "Kofi")
    assert waits.due_words == "waiting for: Strategy discussion/meeting held (its start)"
    standings = [one.standing for one in found.lines]
    assert standings == sorted(standings, key=["unless", "waiting", "met"].index)
    assert {one.standing for one in all_obligations(desk, hands.now).lines} == {"unless"}


def test_a_miss_foreseen_waits_until_it_passes(desk: Desk) -> None:
    desk.do(CONCERN, raise_concern(answers=CERTAIN))
    before, after = obligations_of(desk, CONCERN, FRIDAY_SIX), obligations_of(desk, CONCERN, MONDAY + HOUR)
    assert line(before, "Interim note").due_words == "from end of Mon 23 Nov 2026 if that passes unmet"
    assert (line(after, "Interim note").standing, line(after, "Interim note").start) == ("owed", MONDAY)
    assert line(after, "Interim note").due_words == "without delay, for 1 hour"
    assert before.until == MONDAY
    assert "Shorter limit gone" in labels(after)


def test_a_question_is_asked_at_its_time_is_never_late_and_goes_when_it_needs_no_asking(
    desk: Desk, hands: Hands
) -> None:
    desk.do(CONCERN, raise_concern(answers=CERTAIN))
    noon = datetime(2026, 11, 24, 12, tzinfo=UTC)
    asked = line(obligations_of(desk, CONCERN, noon + HOUR), "Booked in time?")
    assert (asked.kind, asked.standing, asked.late, asked.due, asked.start) == ("prompt", "owed", False, None, noon)
    assert (asked.place, asked.asks) == ("judge", "unlikely_within_limit")
    hands.on(hours=1)
    desk.do(CONCERN, milestone("discussion_held", hands.now))
    held = obligations_of(desk, CONCERN, noon + HOUR)
    assert {"Booked in time?", "Shorter limit gone", "Booked too late?"}.isdisjoint(labels(held))
    assert line(held, "Discussion").standing == "met"


def test_a_question_that_was_asked_stays_as_answered(desk: Desk, hands: Hands) -> None:
    desk.do(CONCERN, raise_concern(answers=CERTAIN))
    hands.now = datetime(2026, 11, 24, 13, tzinfo=UTC)
    desk.do(CONCERN, milestone("discussion_booked", MONDAY + 20 * HOUR, planned=True))
    answered = line(obligations_of(desk, CONCERN, hands.now), "Booked in time?")
    assert (answered.standing, answered.late) == ("met", False)


def test_met_late_keeps_its_reason_and_no_other_line_has_it(desk: Desk, hands: Hands) -> None:
    desk.do(CONCERN, siblings())
    hands.now = QUARTER_PAST + DAY
    desk.do(CONCERN, milestone("discussion_held", QUARTER_PAST))
    for child in (1, 2):
        hands.on(hours=1)
        desk.do(CONCERN, milestone("child_seen", hands.now, child=child))
    rule = line(obligations_of(desk, CONCERN, hands.now), "See the child", 1).rule
    desk.do(
        CONCERN,
        ExplainLateness(rule=rule, label="See the child", child=1, reason="Not at home", safety="With grandmother"),
    )
    found = obligations_of(desk, CONCERN, hands.now)
    assert [(one.child, one.late, one.late_reason, one.late_safety) for one in found.lines if one.rule == rule] == [
        (3, True, "", ""),
        (1, True, "Not at home", "With grandmother"),
        (2, True, "", ""),
    ]
    assert line(found, "See the child", 1).due_words == "met Sat 21 Nov 2026 19:15, late"


def test_an_agreed_action_is_owed_by_its_own_time(desk: Desk, hands: Hands) -> None:
    hands.now = QUARTER_PAST
    due = QUARTER_PAST + HOUR
    made = at_desk(
        desk, began(), action(1, 2, who="PC Hale", agency="Police", due=due), action(3, what="Ring the school")
    )
    ring, see = made.discussions[0].actions[1].id, made.discussions[0].actions[0].id
    found = [one for one in all_obligations(desk, hands.now + HOUR).lines if one.kind == "action"]
    assert [(one.do, one.whom, one.owner, one.also, one.late) for one in found] == [
        ("See the child at home", "Amara and Kofi", "PC Hale", "Police", True),
        ("Ring the school", "Zoë", "nobody named", "", False),
    ]
    assert [one.due_words for one in found] == ["Fri 20 Nov 2026 19:15", "no time set, for 1 hour"]
    assert (found[0].rule, found[0].discussion, found[0].place) == (f"1/{see}", 1, "actions")
    assert (found[0].label, found[0].strength, found[0].cite) == ("Action", "agreed", "Agreed at discussion 1")
    hands.on(hours=2)
    at_desk(desk, ActionDone(discussion=1, action=see, child=1, at=QUARTER_PAST))
    assert [one.whom for one in all_obligations(desk, hands.now).lines if one.rule == f"1/{see}"] == ["Kofi"]
    at_desk(desk, ActionDone(discussion=1, action=see, child=2, at=hands.now))
    at_desk(desk, ActionDone(discussion=1, action=ring, child=3, at=hands.now))
    desk.do(CONCERN, ExplainLateness(rule=f"1/{see}", label="Action", discussion=1, reason="Nobody at home"))
    done = {one.rule: one for one in obligations_of(desk, CONCERN, hands.now).lines if one.kind == "action"}
    assert (done[f"1/{see}"].standing, done[f"1/{see}"].late) == ("met", True)
    assert (done[f"1/{see}"].whom, done[f"1/{see}"].late_reason) == ("Amara and Kofi", "Nobody at home")
    assert (done[f"1/{ring}"].late, done[f"1/{ring}"].late_reason) == (False, "")


def test_a_closed_concern_owes_nothing_and_what_was_left_is_said(desk: Desk, hands: Hands) -> None:
    hands.now = QUARTER_PAST
    at_desk(desk, began(), action(1, who="PC Hale"), action(2, who="PC Hale"))
    to = (To(name="Ola Brandt", role="senior_management"),)
    desk.do(CONCERN, SubmitEscalation(ladder="x/y", label="Need to Know", recipients=to, at=hands.now))
    ends = ["2 actions not done", "escalation 1 (Need to Know) without an outcome"]
    assert [*open_ends(desk.concern(CONCERN))] == ends
    hands.on(hours=1)
    desk.do(CONCERN, CloseConcern(reason="Moved away"))
    found = obligations_of(desk, CONCERN, hands.now + 30 * DAY)
    assert found.left == (
        "Closed with 2 actions not done: still listed, and still to be done.",
        "Closed with escalation 1 (Need to Know) without an outcome: it stays open.",
    )
    assert {one.kind for one in found.lines if one.open} == {"action"}
    assert {one.standing for one in found.lines} == {"owed", "closed", "met"}
    seen = line(found, "See the child", 1)
    assert (seen.standing, seen.late, seen.due_words) == (
        "closed",
        False,
        "not done when it was closed Fri 20 Nov 2026 19:15",
    )
    assert concern_view(desk, CONCERN, hands.now).warnings == found.left
    assert found.until is None
    across = all_obligations(desk, hands.now)
    assert [(one.reference, one.kind) for one in across.lines] == [("C1", "action"), ("C1", "action")]
    assert across.left == ()
    for one in desk.concern(CONCERN).discussions[0].actions:
        for child in one.children:
            at_desk(desk, ActionDone(discussion=1, action=one.id, child=child, at=hands.now))
    assert all_obligations(desk, hands.now).lines == ()
    assert len(obligations_of(desk, CONCERN, hands.now).left) == 1
    desk.do(CONCERN, ConcludeEscalation(escalation=1, at=hands.now, outcome="Seen by the head of service"))
    assert obligations_of(desk, CONCERN, hands.now).left == ()
    desk.do(CONCERN, ReopenConcern(reason="Back again"))
    assert "See the child" in labels(all_obligations(desk, hands.now))


def test_what_was_overdue_when_it_was_closed_stays_late(desk: Desk, hands: Hands) -> None:
    desk.do(CONCERN, raise_concern(answers=CERTAIN))
    hands.now = TUESDAY + HOUR
    desk.do(CONCERN, CloseConcern(reason="Moved away", since=TUESDAY))
    found = obligations_of(desk, CONCERN, hands.now)
    assert [(one.label, one.standing, one.late) for one in found.lines] == [
        ("Tell referrer", "closed", False),
        ("Discussion", "closed", True),
        ("Interim note", "closed", False),
        ("Need to Know", "closed", False),
    ]
    assert (found.left, found.late) == ((), 0)


def test_a_varied_due_keeps_the_first_one_beside_it(desk: Desk) -> None:
    """No shipped policy lets anybody vary; what another would allow is read off the deadline."""
    desk.do(CONCERN, raise_concern(answers=CERTAIN))
    desk.do(
        CONCERN,
        ApproveVariation(
            clock="one-working-day", label="Discussion", due=TUESDAY, role="sw_manager", by="Tom", reason="Snow"
        ),
    )
    one = line(obligations_of(desk, CONCERN, FRIDAY_SIX), "Discussion")
    assert (one.due, one.first_due, one.varied_by) == (MONDAY, None, ())


def test_the_list_is_narrowed_by_owner_and_to_what_is_late(desk: Desk, hands: Hands) -> None:
    hands.now = QUARTER_PAST
    at_desk(desk, began(), action(1, who="PC Hále", agency="Police", due=QUARTER_PAST))
    at = QUARTER_PAST + HOUR
    assert labels(all_obligations(desk, at, owner="police hale")) == ["Action"]
    assert labels(all_obligations(desk, at, owner="SOCIAL worker")) == ["Tell referrer"]
    assert labels(all_obligations(desk, at, late=True)) == ["Action"]
    assert labels(all_obligations(desk, at, late=True, owner="social")) == []
    own = obligations_of(desk, CONCERN, at)
    assert labels(chosen(own, late=True)) == ["Action"]
    assert chosen(own) == own


def test_what_is_owed_is_worked_out_once_and_anew_when_it_moved_on(
    desk: Desk, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.do(CONCERN, raise_concern(answers=CERTAIN))
    desk.do(OTHER, siblings())
    read: list[str] = []
    stream = desk.store.stream

    def counted(name: str, after: int = 0) -> Any:
        read.append(name)
        return stream(name, after)

    monkeypatch.setattr(desk.store, "stream", counted)
    first = all_obligations(desk, FRIDAY_SIX)
    assert read == [CONCERN, OTHER]
    assert all_obligations(desk, FRIDAY_SIX) == first
    assert read == [CONCERN, OTHER]
    desk.do(OTHER, AnswerQuestions(answers={"reasonable_cause": "no"}))
    read.clear()
    assert len(all_obligations(desk, FRIDAY_SIX).lines) < len(first.lines)
    assert read == [OTHER]
    desk.decide([ClosureAdded(day=date(2026, 11, 23), name="Staff day")])
    assert line(all_obligations(desk, FRIDAY_SIX), "Discussion").due == TUESDAY
    desk.do(CONCERN, CloseConcern(reason="Moved away"))
    read.clear()
    assert {one.concern for one in all_obligations(desk, FRIDAY_SIX).lines} == {OTHER}
    assert read == []


def test_what_another_terminal_recorded_is_there_at_the_next_look(store: MemoryStore, desk: Desk) -> None:
    desk.do(CONCERN, raise_concern(answers=CERTAIN))
    assert "Tell referrer" in labels(all_obligations(desk, FRIDAY_SIX))
    other = make_desk(store, Hands(), "Ben Adeyemi")
    other.do(CONCERN, milestone("referrer_informed", FRIDAY_SIX))
    assert "Tell referrer" not in labels(all_obligations(desk, FRIDAY_SIX))


def test_a_concern_no_row_was_made_of_yet_has_no_reference(desk: Desk, hands: Hands) -> None:
    desk.store.append([NewEntry(CONCERN, 0, NoteAdded.kind, {"text": "Only a note."})], actor="Ben", at=hands.now)
    found = obligations_of(desk, CONCERN, hands.now)
    assert {one.reference for one in found.lines} == {""}


def test_of_a_concern_restricted_to_others_nothing_is_listed(store: MemoryStore, desk: Desk, hands: Hands) -> None:
    hands.now = QUARTER_PAST
    at_desk(desk, began(), action(1, who="PC Hale"))
    desk.do(OTHER, raise_concern(answers=CERTAIN))
    other = make_desk(store, Hands(hands.now), "Ben Adeyemi")
    assert {one.concern for one in all_obligations(other, hands.now).lines} == {CONCERN, OTHER}
    desk.do(CONCERN, RestrictConcern(names=("Ann Osei",), reason="About a colleague"))
    assert {one.concern for one in all_obligations(other, hands.now).lines} == {OTHER}
    assert {one.concern for one in all_obligations(desk, hands.now).lines} == {CONCERN, OTHER}
    desk.do(CONCERN, CloseConcern(reason="Moved away"))
    assert {one.concern for one in all_obligations(other, hands.now).lines} == {OTHER}
    with pytest.raises(Refused, match="restricted"):
        obligations_of(other, CONCERN, hands.now)


def test_the_last_limit_is_said_beside_the_one_that_governs_and_that_it_passed(desk: Desk) -> None:
    desk.do(CONCERN, raise_concern(answers=CERTAIN))
    found = line(obligations_of(desk, CONCERN, MONDAY), "Discussion")
    assert (found.due, found.late) == (MONDAY, True)
    assert found.latest == "at the latest end of Tue 24 Nov 2026 (must)"
    passed = obligations_of(desk, CONCERN, TUESDAY)
    assert line(passed, "Discussion").latest == "at the latest end of Tue 24 Nov 2026 (must), passed"
    assert line(passed, "Tell referrer").latest == ""


def test_an_escalation_that_has_its_outcome_does_not_stay_open(desk: Desk) -> None:
    desk.do(CONCERN, raise_concern(answers=CERTAIN))
    to = (To(name="Ola Brandt", role="senior_management"),)
    desk.do(CONCERN, SubmitEscalation(ladder="x/y", label="Need to Know", recipients=to, at=desk.clock()))
    desk.do(CONCERN, ConcludeEscalation(escalation=1, outcome="Held", at=desk.clock()))
    assert [*open_ends(desk.concern(CONCERN))] == []
