"""Meeting something owed: one act, what is asked about first, and two people at the same moment."""

from __future__ import annotations

from datetime import timedelta

import pytest

from duty_tui.desk.desk import Desk
from duty_tui.desk.meeting import doubts, is_late, meet
from duty_tui.desk.obligations import obligations_of
from duty_tui.domain.commands import AnswerQuestions, RecordMilestone
from duty_tui.domain.owed_commands import ExplainLateness
from duty_tui.errors import Conflict, Refused
from duty_tui.store.memory import MemoryStore
from duty_tui.views.obligation import ObligationLine
from tests.builders import FRIDAY_SIX
from tests.desk.conftest import Hands, make_desk
from tests.discussions import CONCERN, siblings

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ALONE = {"by": "Ann Osei", "alone": "yes"}
NOTE = {"safeguarding": "Staying with grandmother", "reason": "No police free"}


@pytest.fixture
def seen(desk: Desk, hands: Hands) -> ObligationLine:
    """See the second of three siblings, whose discussion was held on Friday at six: by the end of the day."""
    desk.do(CONCERN, siblings())
    desk.do(CONCERN, RecordMilestone(event="discussion_held", label="Held", at=FRIDAY_SIX))
    hands.on(hours=1)
    return line(desk, hands, "See the child", 2)


def line(desk: Desk, hands: Hands, label: str, child: int | None = None) -> ObligationLine:
    found = obligations_of(desk, CONCERN, hands.now).lines
    return next(one for one in found if one.label == label and child in (None, one.child))


def test_meeting_it_records_who_what_and_when_for_whom_it_was_owed(
    desk: Desk, hands: Hands, seen: ObligationLine
) -> None:
    said = {"by": "Ann Osei", "alone": "no", "why_not_alone": "Asleep in mother's arms", "said": ""}
    done = desk.do(CONCERN, meet(seen, "child_seen", hands.now, note="At home", details=said))
    [milestone] = [one for one in done.concern.milestones if one.event == "child_seen"]
    assert (milestone.at, milestone.child, milestone.discussion, milestone.note) == (hands.now, 2, None, "At home")
    assert milestone.details == {"by": "Ann Osei", "alone": "no", "why_not_alone": "Asleep in mother's arms"}
    met = line(desk, hands, "See the child", 2)
    assert (met.standing, met.late) == ("met", False)
    assert line(desk, hands, "See the child", 1).open


def test_late_it_takes_the_reason_and_what_kept_the_child_safe_in_the_same_act(
    desk: Desk, hands: Hands, seen: ObligationLine
) -> None:
    hands.on(days=1)
    command = meet(seen, "child_seen", hands.now, details=ALONE, reason="Nobody at home", safety="Ward kept her")
    done = desk.do(CONCERN, command, seen_version=seen.version)
    assert len(done.entries) == 2
    met = line(desk, hands, "See the child", 2)
    assert (met.late, met.late_reason, met.late_safety) == (True, "Nobody at home", "Ward kept her")


def test_in_time_a_reason_for_lateness_is_left_out(hands: Hands, seen: ObligationLine) -> None:
    command = meet(seen, "child_seen", hands.now, reason="Nobody at home", safety="Ward kept her")
    assert (command.reason, command.safety) == ("", "")


def test_something_owed_for_a_discussion_is_met_at_that_one(desk: Desk, hands: Hands, seen: ObligationLine) -> None:
    sent = line(desk, hands, "Circulate")
    done = desk.do(CONCERN, meet(sent, "record_circulated", hands.now))
    assert [(one.child, one.discussion) for one in done.concern.milestones[1:]] == [(None, 1)]
    told = line(desk, hands, "Tell referrer")
    assert (told.discussion, meet(told, "referrer_informed", hands.now).milestone.discussion) == (None, None)


def test_what_does_not_meet_it_is_refused(hands: Hands, seen: ObligationLine) -> None:
    with pytest.raises(Refused, match="not what meets it"):
        meet(seen, "icpc_held", hands.now)
    with pytest.raises(Refused, match="not what meets it"):
        doubts(seen, "icpc_held", hands.now, hands.now)


def test_the_midnight_that_ends_its_last_day_is_late_and_the_minute_before_is_not(seen: ObligationLine) -> None:
    assert seen.due is not None
    assert [is_late(seen, seen.due + off) for off in (-timedelta(minutes=1), timedelta(0), HOUR)] == [False, True, True]
    at_ten = seen._replace(due=FRIDAY_SIX)
    assert [is_late(at_ten, FRIDAY_SIX + off) for off in (timedelta(0), timedelta(minutes=1))] == [False, True]
    assert not is_late(seen._replace(due=None), FRIDAY_SIX + DAY)
    assert not is_late(seen._replace(kind="prompt"), FRIDAY_SIX + DAY)


def test_a_time_before_it_counts_or_in_the_future_is_asked_about(hands: Hands, seen: ObligationLine) -> None:
    def asked(hours: int) -> tuple[str, ...]:
        return doubts(seen, "child_seen", hands.now + hours * HOUR, hands.now, ALONE)

    assert asked(0) == ()
    assert asked(1) == ("Fri 20 Nov 2026 20:05 is in the future.",)
    assert asked(-2) == (
        "Fri 20 Nov 2026 17:05 is before Fri 20 Nov 2026 18:00, from when it counts: it may stay owed.",
    )


def test_a_date_people_set_may_lie_ahead(desk: Desk, hands: Hands, seen: ObligationLine) -> None:
    desk.do(CONCERN, RecordMilestone(event="epo_made", label="Made", at=hands.now, child=1))
    order = line(desk, hands, "EPO length", 1)
    assert doubts(order, "epo_expires", hands.now + 6 * DAY, hands.now) == ()
    done = desk.do(CONCERN, meet(order, "epo_expires", hands.now + 6 * DAY))
    assert done.concern.milestones[-1].at == hands.now + 6 * DAY


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        (ALONE, ()),
        ({"by": "Ann Osei", "alone": "no", "why_not_alone": "A baby"}, ()),
        ({"by": "Ann Osei", "alone": "no"}, ("The child was not seen alone, and it is not said why.",)),
        (None, ("It is not said who saw the child.", "It is not said whether the child was seen alone.")),
    ],
)
def test_a_visit_not_alone_without_why_is_asked_about(
    hands: Hands, seen: ObligationLine, said: dict[str, str] | None, asked: tuple[str, ...]
) -> None:
    assert doubts(seen, "child_seen", hands.now, hands.now, said) == asked


def test_a_note_without_what_keeps_the_child_safe_or_why_is_asked_about(desk: Desk, hands: Hands) -> None:
    desk.do(CONCERN, siblings())
    hands.on(hours=1)
    desk.do(CONCERN, AnswerQuestions(answers={"cannot_within_one_wd": "yes"}))
    note = line(desk, hands, "Interim note")
    assert doubts(note, "interim_note_recorded", hands.now, hands.now, NOTE) == ()
    assert doubts(note, "interim_note_recorded", hands.now, hands.now) == (
        "It is not said what keeps the child safe meanwhile.",
        "It is not said why the discussion was not held in time.",
    )
    desk.do(CONCERN, meet(note, "interim_note_recorded", hands.now, details=NOTE))
    assert line(desk, hands, "Interim note").standing == "met"


def test_the_second_to_meet_the_same_is_told_who_met_it_and_when_and_nothing_is_recorded(
    store: MemoryStore, desk: Desk, hands: Hands, seen: ObligationLine
) -> None:
    other = make_desk(store, Hands(hands.now), "Ben Adeyemi")
    other.do(CONCERN, meet(seen, "child_seen", hands.now, details=ALONE), seen_version=seen.version)
    before = desk.concern(CONCERN).version
    with pytest.raises(Conflict) as told:
        desk.do(CONCERN, meet(seen, "child_seen", hands.now, note="At school"), seen_version=seen.version)
    assert str(told.value) == (
        "Ben Adeyemi recorded this while you were typing: Child seen (child 2): Fri 20 Nov 2026 19:05, recorded "
        "Fri 20 Nov 2026 19:05. Your entry is NOT recorded; your text is kept. Look at what they wrote, then record "
        "yours again."
    )
    assert desk.concern(CONCERN).version == before


def test_two_people_meeting_different_things_at_once_do_not_stand_in_each_others_way(
    store: MemoryStore, desk: Desk, hands: Hands, seen: ObligationLine
) -> None:
    other = make_desk(store, Hands(hands.now), "Ben Adeyemi")
    other.do(CONCERN, meet(seen, "child_seen", hands.now), seen_version=seen.version)
    first, told = line(desk, hands, "See the child", 1), line(desk, hands, "Tell referrer")
    desk.do(CONCERN, meet(first, "child_seen", hands.now), seen_version=seen.version)
    desk.do(CONCERN, meet(told, "referrer_informed", hands.now), seen_version=seen.version)
    assert {line(desk, hands, "See the child", child).standing for child in (1, 2)} == {"met"}


def test_a_discussion_recorded_twice_at_the_same_moment_is_one(store: MemoryStore, desk: Desk, hands: Hands) -> None:
    version = desk.do(CONCERN, siblings()).concern.version
    held = RecordMilestone(event="discussion_held", label="Discussion held", at=FRIDAY_SIX)
    make_desk(store, Hands(hands.now), "Ben Adeyemi").do(CONCERN, held, seen_version=version)
    with pytest.raises(Conflict, match="Ben Adeyemi recorded this"):
        desk.do(CONCERN, held, seen_version=version)


def test_why_it_was_late_can_be_said_later(desk: Desk, hands: Hands, seen: ObligationLine) -> None:
    hands.on(days=1)
    desk.do(CONCERN, meet(seen, "child_seen", hands.now, details=ALONE))
    assert line(desk, hands, "See the child", 2).late_reason == ""
    hands.on(days=1)
    desk.do(CONCERN, ExplainLateness(rule=seen.rule, label=seen.label, child=seen.child, reason="Nobody at home"))
    assert line(desk, hands, "See the child", 2).late_reason == "Nobody at home"
