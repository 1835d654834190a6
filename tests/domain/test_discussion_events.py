"""What each event of a discussion does to it, says, and when it cannot be."""

from __future__ import annotations

from datetime import timedelta

import pytest

from duty_tui.domain.commands import RecordMilestone
from duty_tui.domain.decision_events import (
    ActionDone,
    ChildPlaced,
    ConferenceMoved,
    DissentRecorded,
    RecordAddedTo,
    RecordSigned,
    SharingDecided,
)
from duty_tui.domain.discussion import Discussion, Signature
from duty_tui.domain.discussion_event import DiscussionEvent, child_words
from duty_tui.domain.discussion_events import (
    AttemptLogged,
    DiscussionAgreed,
    DiscussionBooked,
    DiscussionEnded,
    HeldInquorate,
    LineNoted,
    PersonInvited,
    PointAnswered,
)
from duty_tui.domain.events import Stamp
from duty_tui.domain.history import read_event, write_event
from duty_tui.errors import Refused
from tests.builders import FRIDAY_SIX, a_concern, do
from tests.discussions import (
    QUARTER_PAST,
    action,
    began,
    decided,
    discussion,
    ended,
    held,
    person,
    said,
    siblings,
    signed,
)

HOUR = timedelta(hours=1)
AGREED = DiscussionAgreed(discussion=1, format="virtual", reason="Two bruises")
BOOKED = DiscussionBooked(discussion=1, at=QUARTER_PAST, place="Room 2")
NOTE = LineNoted(discussion=1, text="Grandmother can help tonight")
TOLD = SharingDecided(discussion=1, children=(1,), what="That we visit", when="today")


def test_a_discussion_is_agreed_and_booked_before_it_begins() -> None:
    concern = said(a_concern(raised=siblings()), AGREED, BOOKED, at=FRIDAY_SIX)
    found = discussion(concern)
    assert (found.agreed_by, found.agreed_at, found.format, found.reason) == (
        "ola",
        FRIDAY_SIX,
        "virtual",
        "Two bruises",
    )
    assert (found.booked, found.booked_at, found.place) == (QUARTER_PAST, FRIDAY_SIX, "Room 2")
    assert (found.started, found.children, concern.next_discussion()) == (None, (), 2)


def test_it_begins_for_children_with_a_chair_and_ends() -> None:
    found = discussion(said(held(children=(1, 2)), ended(further=True)))
    assert (found.started, found.chair, found.format, found.children) == (QUARTER_PAST, "Ann Osei", "telephone", (1, 2))
    assert (found.ended, found.further, found.undecided) == (QUARTER_PAST + HOUR / 2, True, (1, 2))


def test_an_invitation_is_answered_in_its_own_place() -> None:
    asked = PersonInvited(discussion=1, name="Dr Ní Bhriain", role="health", contact="0114 496 0001")
    concern = said(a_concern(raised=siblings()), asked, PersonInvited(discussion=1, role="police"))
    first = discussion(concern).invitations[0]
    concern = said(concern, asked.model_copy(update={"person": first.id, "coming": True}))
    assert [(one.name, one.coming) for one in discussion(concern).invitations] == [("Dr Ní Bhriain", True), ("", None)]


def test_every_try_to_reach_somebody_stands() -> None:
    tries = [AttemptLogged(discussion=1, whom="Police", contact="0114 496 0002", answer=word) for word in ("", "yes")]
    found = discussion(said(a_concern(raised=siblings()), *tries)).attempts
    assert [(one.whom, one.answer) for one in found] == [("Police", ""), ("Police", "yes")]


def test_somebody_present_joined_when_it_was_said_unless_told_otherwise() -> None:
    concern = held(person(), person("Ms Lund", standing="report"), person("Dr Ray", joined=QUARTER_PAST))
    first, report, told = discussion(concern).people
    assert (first.joined, report.joined, told.joined) == (QUARTER_PAST + HOUR, None, QUARTER_PAST)
    assert discussion(concern).present == (first, told)


def test_a_person_is_brought_up_to_date_in_place() -> None:
    concern = held(person(), person("Ms Lund"))
    first = discussion(concern).people[0]
    later = said(concern, person(person=first.id, joined=first.joined, left=QUARTER_PAST + HOUR))
    assert [one.name for one in discussion(later).people] == ["PC Hale", "Ms Lund"]
    assert discussion(later).people[0].left == QUARTER_PAST + HOUR


def test_notes_stand_in_the_order_they_were_said() -> None:
    late = LineNoted(discussion=1, text="said first", at=QUARTER_PAST)
    assert [line.text for line in discussion(held(NOTE, late)).lines] == ["said first", NOTE.text]


def test_a_point_is_answered_once_for_each_child_and_agency() -> None:
    def answer(text: str, **about: object) -> PointAnswered:
        return PointAnswered.model_validate({"discussion": 1, "item": "p/risk", "text": text, **about})

    concern = held(answer("low", child=1), answer("high", child=2), answer("high", child=1), answer("x", agency="NHS"))
    assert [(one.child, one.agency, one.text) for one in discussion(concern).answers] == [
        (2, "", "high"),
        (1, "", "high"),
        (None, "NHS", "x"),
    ]


def test_decisions_are_per_child_and_a_box_can_count_only_alone() -> None:
    core = decided(1, 2, box="p/core", sets_alone=("outcome_no_s47",), unless_with=("p/s47",))
    concern = held(core, decided(1, box="p/s47", sets=("outcome_s47",)))
    found = discussion(concern)
    assert [one.box for one in found.decided_for(1)] == ["p/core", "p/s47"]
    assert [name for name, _ in found.settled_for(1)] == ["outcome_s47"]
    assert [name for name, _ in found.settled_for(2)] == ["outcome_no_s47"]
    assert found.undecided == (3,)


def test_dissent_stands_beside_its_decision() -> None:
    concern = held(decided(1))
    made = discussion(concern).decisions[0]
    text = DissentRecorded(discussion=1, decision=made.id, who="PC Hale", text="Too early", outcome="Heard")
    [found] = discussion(said(concern, text)).dissent
    assert (found.decision, found.who, found.outcome) == (made.id, "PC Hale", "Heard")


def test_an_action_put_right_keeps_its_place_and_for_whom_it_is_done() -> None:
    concern = held(action(1, 2), action(3))
    first = discussion(concern).actions[0].id
    done = ActionDone(discussion=1, action=first, child=1, at=QUARTER_PAST, how="Seen at school")
    concern = said(concern, done, action(1, 2, 3, action=first, who="Ann Osei"))
    found = discussion(concern).actions[0]
    assert (found.id, found.who, found.children) == (first, "Ann Osei", (1, 2, 3))
    assert found.done == {1: (QUARTER_PAST, "Seen at school")}
    assert discussion(concern).actions[1].done == {}


def test_a_child_is_dropped_and_added_with_a_reason() -> None:
    out = ChildPlaced(discussion=1, child=3, included=False, reason="Lives abroad")
    concern = held(out)
    assert (discussion(concern).children, discussion(concern).dropped) == ((1, 2), {3: "Lives abroad"})
    concern = said(concern, ChildPlaced(discussion=1, child=3, included=True, reason="Came back"))
    assert (discussion(concern).children, discussion(concern).dropped) == ((1, 2, 3), {})


def test_the_rest_of_the_course() -> None:
    concern = held(
        HeldInquorate(discussion=1, reason="Hospital will not wait"),
        ConferenceMoved(discussion=1, reason="One series"),
        TOLD,
    )
    found = discussion(concern)
    assert (found.emergency, found.moves_conference) == ("Hospital will not wait", "One series")
    assert [(one.what, one.when, one.withheld) for one in found.sharing] == [("That we visit", "today", "")]


def test_a_record_is_signed_and_then_only_added_to() -> None:
    concern = signed(held(), 1)
    assert discussion(concern).signatures == {1: Signature(1, "ola", QUARTER_PAST + HOUR)}
    added = said(concern, RecordAddedTo(discussion=1, child=1, text="The school rang"))
    [found] = discussion(added).additions
    assert (found.child, found.by, found.text) == (1, "ola", "The school rang")


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (AGREED, "Discussion 1 to be held (virtual). Reason: Two bruises"),
        (BOOKED, "Discussion 1 booked for Fri 20 Nov 2026 18:15, Room 2"),
        (DiscussionBooked(discussion=1, at=QUARTER_PAST), "Discussion 1 booked for Fri 20 Nov 2026 18:15"),
        (PersonInvited(discussion=1, role="police"), "police, agency not named: invited"),
        (PersonInvited(discussion=1, name="Di", role="x", agency="NHS", coming=False), "Di, NHS: is not coming"),
        (PersonInvited(discussion=1, name="Di", role="x", agency="NHS", coming=True), "Di, NHS: is coming"),
        (AttemptLogged(discussion=1, whom="Police", contact="101"), "Rang Police on 101: no answer"),
        (AttemptLogged(discussion=1, whom="Police", answer="yes"), "Rang Police: yes"),
        (
            began((1,), follows=1, number=2),
            "Discussion 2 began Fri 20 Nov 2026 18:15, chair Ann Osei, follows discussion 1",
        ),
        (began(), "Discussion 1 began Fri 20 Nov 2026 18:15, chair Ann Osei"),
        (ended(), "Discussion 1 ended Fri 20 Nov 2026 18:45"),
        (ended(further=True), "Discussion 1 ended Fri 20 Nov 2026 18:45; a further one is needed"),
        (ended(further=False), "Discussion 1 ended Fri 20 Nov 2026 18:45; no further one is needed"),
        (HeldInquorate(discussion=1, reason="Now"), "Held without a quorum. Reason: Now"),
        (person(), "PC Hale, Detective, Police: took part"),
        (
            person(standing="apologies", reason="in court"),
            "PC Hale, Detective, Police: sent apologies. Reason: in court",
        ),
        (person(standing="absent"), "PC Hale, Detective, Police: did not attend"),
        (person(standing="report"), "PC Hale, Detective, Police: sent a report, not present"),
        (
            person(left=QUARTER_PAST),
            "PC Hale, Detective, Police: took part, left Fri 20 Nov 2026 18:15",
        ),
        (NOTE, "Grandmother can help tonight"),
        (PointAnswered(discussion=1, item="p/at-risk", text="none"), "at risk: none"),
        (PointAnswered(discussion=1, item="p/at-risk", text="none", asked="Who else?"), "Who else?: none"),
        (decided(1), "Decided for child 1: s47. Reason: A fresh bruise"),
        (DissentRecorded(discussion=1, who="Di", text="No"), "Challenge by Di: No"),
        (DissentRecorded(discussion=1, who="Di", text="No", outcome="Yes"), "Challenge by Di: No. Outcome: Yes"),
        (action(1, 2), "Action for children 1 and 2: nobody named: See the child at home, no time set"),
        (
            action(1, 2, 3, who="Di", due=QUARTER_PAST),
            "Action for children 1, 2 and 3: Di: See the child at home, by Fri 20 Nov 2026 18:15",
        ),
        (
            ActionDone(discussion=1, action="a", child=1, at=QUARTER_PAST),
            "Action done for child 1, Fri 20 Nov 2026 18:15",
        ),
        (
            ActionDone(discussion=1, action="a", child=1, at=QUARTER_PAST, how="seen"),
            "Action done for child 1, Fri 20 Nov 2026 18:15: seen",
        ),
        (TOLD, "Family told: That we visit (today)"),
        (
            SharingDecided(discussion=1, children=(1,), what="x", withheld="Risk"),
            "Family told: x. Withheld from the family. Reason: Risk",
        ),
        (
            ChildPlaced(discussion=1, child=2, included=True, reason="Sibling"),
            "Child 2 added to discussion 1. Reason: Sibling",
        ),
        (
            ChildPlaced(discussion=1, child=2, included=False, reason="Away"),
            "Child 2 dropped from discussion 1. Reason: Away",
        ),
        (ConferenceMoved(discussion=2, reason="x"), "Conference counts from discussion 2, same series. Reason: x"),
        (RecordSigned(discussion=1, child=2), "Record of discussion 1 signed for child 2"),
        (
            RecordSigned(discussion=1, child=2, lacked=("a", "b")),
            "Record of discussion 1 signed for child 2; it lacked 2 points",
        ),
        (RecordAddedTo(discussion=1, child=2, text="More"), "Added to the signed record of child 2: More"),
    ],
)
def test_an_event_says_itself_in_a_line_and_is_read_back_as_it_was_written(event: DiscussionEvent, words: str) -> None:
    assert event.words() == words
    assert read_event(event.kind, write_event(event)) == event


ENDS_EARLY = DiscussionEnded(discussion=1, at=QUARTER_PAST - HOUR)
AHEAD = QUARTER_PAST + 3 * HOUR


@pytest.mark.parametrize(
    ("before", "event", "what"),
    [
        ([began()], AGREED, "has begun already"),
        ([began()], BOOKED, "has begun already"),
        ([began()], began(), "has begun already"),
        ([], began(at=AHEAD), "in the future"),
        ([], ended(), "has not begun"),
        ([began(), ended()], ended(), "has ended already"),
        ([began()], ENDS_EARLY, "before it began"),
        ([began()], ended(at=AHEAD), "in the future"),
        ([], HeldInquorate(discussion=1, reason="x"), "has not begun"),
        ([], ConferenceMoved(discussion=1, reason="x"), "has not begun"),
        ([began()], ActionDone(discussion=1, action="no", child=1, at=QUARTER_PAST), "no such action"),
        ([began()], action(1, action="no"), "no such action"),
        ([began()], SharingDecided(discussion=1, children=(1,)), "Nothing is said"),
        (
            [began()],
            ChildPlaced(discussion=1, child=1, included=True, reason="x"),
            "is part of this discussion already",
        ),
        ([began((1, 2))], ChildPlaced(discussion=1, child=3, included=False, reason="x"), "is not part of"),
        ([began((1,))], ChildPlaced(discussion=1, child=1, included=False, reason="x"), "the only child"),
        ([began()], RecordSigned(discussion=1, child=1), "has not ended"),
        ([began((1,)), ended()], RecordSigned(discussion=1, child=2), "not part of this discussion"),
        ([began(), ended()], RecordAddedTo(discussion=1, child=1, text="x"), "not signed yet"),
    ],
)
def test_what_cannot_be_is_refused_in_words(before: list[DiscussionEvent], event: DiscussionEvent, what: str) -> None:
    concern = said(a_concern(raised=siblings()), *before)
    with pytest.raises(Refused, match=what):
        said(concern, event)


def test_an_action_is_done_once_for_each_child_and_not_ahead_of_time() -> None:
    concern = held(action(1, 2))
    name = discussion(concern).actions[0].id
    done = ActionDone(discussion=1, action=name, child=1, at=QUARTER_PAST)
    with pytest.raises(Refused, match="in the future"):
        said(concern, done.model_copy(update={"at": AHEAD}))
    with pytest.raises(Refused, match="no such action"):
        said(concern, done.model_copy(update={"child": 3}))
    concern = said(concern, done)
    with pytest.raises(Refused, match="done for this child already"):
        said(concern, done)


def test_an_action_never_loses_a_child_it_was_agreed_for() -> None:
    concern = held(action(1, 2, 3))
    name = discussion(concern).actions[0].id
    with pytest.raises(Refused, match="also for children 1 and 3"):
        said(concern, action(2, action=name))


def test_a_record_is_signed_once() -> None:
    with pytest.raises(Refused, match="signed already"):
        said(signed(held(), 1), RecordSigned(discussion=1, child=1))


def test_a_signature_and_an_addition_cannot_be_undone() -> None:
    concern = said(signed(held(), 1), RecordAddedTo(discussion=1, child=1, text="More"))
    for event in (RecordSigned(discussion=1, child=1), RecordAddedTo(discussion=1, child=1, text="More")):
        assert "cannot be undone" in (event.why_fixed(concern) or "")
    assert NOTE.why_fixed(concern) is None, "children 2 and 3 are not signed yet"
    assert "cannot be undone" in (NOTE.why_fixed(signed(held(), 1, 2, 3)) or "")


def test_an_event_of_a_discussion_that_is_not_there_is_not_fixed() -> None:
    assert NOTE.why_fixed(a_concern()) is None


def test_a_date_recorded_by_hand_takes_a_number_no_discussion_has() -> None:
    held_then = RecordMilestone(event="discussion_held", label="Held", at=QUARTER_PAST)
    concern = do(held(), held_then, at=QUARTER_PAST + HOUR)
    assert concern.milestones[-1].discussion == 2
    assert concern.next_discussion() == 3


def test_children_in_words() -> None:
    assert [child_words(range(1, many + 1)) for many in (1, 2, 3)] == [
        "child 1",
        "children 1 and 2",
        "children 1, 2 and 3",
    ]


def test_an_event_that_says_nothing_of_itself_is_a_fault_of_the_program() -> None:
    class Silent(DiscussionEvent):
        kind = "silent"

    with pytest.raises(AssertionError, match="silent"):
        Silent(discussion=1).change(Discussion(1), Stamp("e", 1, FRIDAY_SIX, "ola"))
    assert Silent(discussion=1).refusal(Discussion(1), FRIDAY_SIX) is None
