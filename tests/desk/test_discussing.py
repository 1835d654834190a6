"""A discussion as its screens show it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from duty_tui.desk.desk import Desk
from duty_tui.desk.discussing import discussion_view
from duty_tui.domain.commands import AnswerQuestions, ChangeOwner
from duty_tui.domain.decision_events import (
    ActionDone,
    ChildPlaced,
    ConferenceMoved,
    DissentRecorded,
    RecordSigned,
    SharingDecided,
)
from duty_tui.domain.discussion_commands import AtDiscussion
from duty_tui.domain.discussion_event import DiscussionEvent
from duty_tui.domain.discussion_events import (
    AttemptLogged,
    DiscussionAgreed,
    DiscussionBooked,
    HeldInquorate,
    LineNoted,
    PointAnswered,
)
from duty_tui.domain.service import PolicyAdopted
from duty_tui.errors import Refused
from duty_tui.views.discussion import DiscussionView
from tests.desk.conftest import NOW, Hands
from tests.discussions import CONCERN, QUARTER_PAST, action, at_desk, began, decided, ended, person, siblings, tick

HOUR = timedelta(hours=1)


@pytest.fixture
def later(hands: Hands) -> Hands:
    """An hour after the discussion began."""
    hands.now = QUARTER_PAST + HOUR
    return hands


def view(desk: Desk, hands: Hands, *events: DiscussionEvent, number: int = 1) -> DiscussionView:
    at_desk(desk, *events)
    return discussion_view(desk, CONCERN, number, hands.now)


def test_the_next_discussion_can_be_looked_at_before_anything_is_recorded_of_it(desk: Desk, hands: Hands) -> None:
    found = view(desk, hands)
    assert (found.stage, found.reference, found.title) == (
        "not agreed",
        "C1",
        "Okoye: Amara Okoye 7y, Kofi Okoye 7y, Zoë Okoye 7y",
    )
    assert (found.agreed, found.log, found.people, found.decisions) == ("", (), (), ())
    assert [child.included for child in found.children] == [True, True, True]
    assert found.undecided == found.children
    assert found.due_words == "Discussion: end of Fri 20 Nov 2026, unless ruled out"
    assert not found.late


@pytest.mark.parametrize("number", [0, 2])
def test_no_other_discussion_can(desk: Desk, hands: Hands, number: int) -> None:
    with pytest.raises(Refused, match="no such discussion"):
        view(desk, hands, number=number)
    with pytest.raises(Refused, match="no such concern"):
        discussion_view(desk, "d" * 32, 1, hands.now)


def test_its_stages(desk: Desk, later: Hands) -> None:
    agreed = DiscussionAgreed(discussion=1, format="virtual", reason="Two bruises")
    courses: list[tuple[DiscussionEvent, str]] = [
        (agreed, "agreed"),
        (DiscussionBooked(discussion=1, at=QUARTER_PAST), "booked"),
        (began(), "in progress"),
        (ended(), "ended"),
    ]
    for event, stage in courses:
        found = view(desk, later, event)
        assert found.stage == stage
    assert found.agreed == "Ann Osei, Fri 20 Nov 2026 19:15: Two bruises"
    assert (found.format, found.chair, found.booked, found.started) == (
        "telephone",
        "Ann Osei",
        QUARTER_PAST,
        QUARTER_PAST,
    )
    signatures = [RecordSigned(discussion=1, child=child) for child in (1, 2, 3)]
    assert view(desk, later, signatures[0]).stage == "ended"
    found = view(desk, later, *signatures[1:])
    assert found.stage == "signed"
    assert found.children[0].signed == "Ann Osei, Fri 20 Nov 2026 19:15"


def test_the_due_of_holding_it_is_met_by_its_beginning_or_late(desk: Desk, later: Hands) -> None:
    assert view(desk, later, began()).due_words == "Discussion: done Fri 20 Nov 2026 18:15"
    later.now = NOW + 10 * HOUR
    desk.do("d" * 32, siblings())
    late = discussion_view(desk, "d" * 32, 1, later.now)
    assert late.late
    assert late.due_words.startswith("Discussion: LATE, was due end of Fri 20 Nov 2026")


def test_a_closed_question_leaves_nothing_due(desk: Desk, hands: Hands) -> None:
    at_desk(desk)
    desk.do(CONCERN, AnswerQuestions(answers={"reasonable_cause": "no"}))
    found = discussion_view(desk, CONCERN, 1, hands.now)
    assert (found.due, found.due_words, found.late) == (None, "", False)


def test_the_call_line_by_line_in_the_order_it_happened(desk: Desk, later: Hands) -> None:
    at_desk(desk, began(at=QUARTER_PAST - HOUR / 4), person(), LineNoted(discussion=1, text="Grandmother can help"))
    events = [
        person("Di Ray", "health", standing="apologies", reason="ill"),
        person("Jo", "health", standing="absent"),
        person("Al", "health", standing="report"),
        AttemptLogged(discussion=1, whom="Police", contact="101"),
        HeldInquorate(discussion=1, reason="Hospital"),
        decided(1, at=QUARTER_PAST),
    ]
    found = view(desk, later, *events)
    hale = found.people[0].id
    found = view(desk, later, person(person=hale, left=later.now))
    assert [line.word for line in found.log] == [
        *("START", "DECIDE", "JOIN", "NOTE", "SORRY", "ABSENT", "REPORT", "CALL", "QUORUM", "LEFT"),
    ]
    assert (found.log[3].text, found.log[3].by, found.log[3].fixed) == ("Grandmother can help", "Ann Osei", None)
    assert found.attempts == ("19:15 Police on 101: no answer",)
    assert found.emergency == "Hospital"


def test_a_note_put_right_stands_once_where_it_was(desk: Desk, later: Hands) -> None:
    found = view(desk, later, began(), LineNoted(discussion=1, text="Granmother"), LineNoted(discussion=1, text="More"))
    wrong = found.log[1]
    right = LineNoted(discussion=1, text="Grandmother", at=wrong.at)
    later.on(minutes=5)
    desk.do(CONCERN, AtDiscussion(event=right, instead_of=wrong.entry))
    found = view(desk, later)
    assert sorted(line.text for line in found.log[1:]) == ["Grandmother", "More"]
    assert {line.at for line in found.log[1:]} == {wrong.at}


def test_an_action_brought_up_to_date_is_one_line_where_it_was_agreed(desk: Desk, later: Hands) -> None:
    found = view(desk, later, began(), action(1, 2), LineNoted(discussion=1, text="More"))
    name = found.actions[0].id
    later.on(minutes=5)
    found = view(desk, later, action(1, 2, action=name, who="Di Ray"))
    assert [line.word for line in found.log] == ["START", "ACTION", "NOTE"]
    assert "Di Ray" in found.log[1].text


def test_decisions_say_for_whom_and_who_disagreed(desk: Desk, later: Hands) -> None:
    found = view(desk, later, began(), tick(desk, 1, 2), decided(3, box="x/nfa"))
    name = found.decisions[0].id
    said = [
        DissentRecorded(discussion=1, decision=name, who="PC Hale", agency="Police", text="Too early", outcome="Heard"),
        DissentRecorded(discussion=1, decision=name, who="Di", text="No"),
        DissentRecorded(discussion=1, who="Jo", text="All of it"),
    ]
    found = view(desk, later, *said)
    assert found.decisions[0].whom == "Amara and Kofi"
    assert found.decisions[0].dissent == ("PC Hale (Police): Too early. Outcome: Heard", "Di: No")
    assert found.decisions[1].dissent == ()
    assert found.children[0].decided == ("Section 47 enquiries, with a core assessment",)
    assert found.undecided == ()
    assert found.boxes[0].ticked == (1, 2)


def test_actions_say_for_whom_they_are_done_and_when_they_are_late(desk: Desk, later: Hands) -> None:
    whole = {"who": "Di", "agency": "NHS", "check": "Ring", "due": QUARTER_PAST}
    found = view(desk, later, began(), action(1, 2, **whole), action(3))
    first, second = found.actions
    assert (first.whom, first.overdue, first.lacks, first.done) == ("Amara and Kofi", True, (), ())
    assert second.lacks == ("who does it", "which agency", "by when", "how it is checked")
    done = [ActionDone(discussion=1, action=first.id, child=child, at=QUARTER_PAST) for child in (2, 1)]
    assert view(desk, later, done[0]).actions[0].overdue
    found = view(desk, later, done[1])
    assert (found.actions[0].done, found.actions[0].overdue) == ((1, 2), False)


def test_what_the_family_is_told(desk: Desk, later: Hands) -> None:
    told = SharingDecided(discussion=1, children=(1, 2), what="The visit", when="today")
    withheld = SharingDecided(discussion=1, children=(3,), withheld="Risk to her")
    unsaid = SharingDecided(discussion=1, children=(3,), what="All")
    assert view(desk, later, began(), told, withheld, unsaid).sharing == (
        "Amara and Kofi: told: The visit (today)",
        "Zoë: withheld. Reason: Risk to her",
        "Zoë: told: All",
    )


def test_a_child_dropped_is_listed_with_the_reason_and_lacks_nothing(desk: Desk, later: Hands) -> None:
    out = ChildPlaced(discussion=1, child=3, included=False, reason="Lives abroad")
    found = view(desk, later, began(), out)
    tab = found.children[2]
    assert (tab.included, tab.dropped, tab.lacks) == (False, "Lives abroad", ())
    assert [child.number for child in found.undecided] == [1, 2]


def test_section_47_sets_its_clocks_at_once(desk: Desk, later: Hands) -> None:
    desk.decide([PolicyAdopted(pack="twenty-four-hours", from_day=NOW.date().replace(year=2020))])
    before = view(desk, later, began())
    found = view(desk, later, tick(desk, 1))
    words = "See the child: Sat 21 Nov 2026"
    assert any(line.startswith(words) and line.endswith("(Amara)") and "unless" not in line for line in found.clocks)
    assert not any(line.startswith(words) and "unless" not in line for line in before.clocks)


def test_a_conference_moved_by_the_chair_shows_both_dates(desk: Desk, hands: Hands) -> None:
    desk.decide([PolicyAdopted(pack="three-working-days", from_day=NOW.date().replace(year=2020))])
    hands.now = QUARTER_PAST
    at_desk(desk, began(), tick(desk, 1), ended(at=QUARTER_PAST))
    hands.on(days=7)
    again = began(number=2, at=hands.now, follows=1)
    found = view(desk, hands, again, ConferenceMoved(discussion=2, reason="One series"), number=2)
    assert found.follows == 1
    conference = [line for line in discussion_view(desk, CONCERN, 2, hands.now).clocks if "onference" in line]
    first = [line for line in discussion_view(desk, CONCERN, 1, hands.now).clocks if "onference" in line]
    assert any(", first end of " in line for line in [*conference, *first])


def test_what_each_record_lacks_is_said_once_with_its_place(desk: Desk, later: Hands) -> None:
    found = view(desk, later, began(), person(job=""), action(1, 2))
    lacks = dict(found.children[0].lacks)
    assert lacks["no decision yet"] == "decisions"
    assert lacks["job of PC Hale"] == "attendance"
    assert lacks["“See the child at home”, by when"] == "actions"
    assert lacks["The details of the medical examination (if medical)"] == "questions"
    assert lacks["Each agency's own notes of the actions, taken at the time"] == "points"
    assert "signature" not in lacks.values()
    assert ("no action yet", "actions") in found.children[2].lacks


def test_points_are_asked_once_a_child_and_answered_from_the_record_where_that_can_be(desk: Desk, later: Hands) -> None:
    found = view(desk, later, began((1, 2)), person(), tick(desk, 1))
    lines = {(line.item.partition("/")[2], line.child): line for line in found.points}
    made = lines["decisions", 1]
    assert (made.answer, made.wants, made.place, made.kind) == ("recorded", (), "decisions", "record should")
    assert (lines["decisions", 2].answer, lines["decisions", 2].wants) == ("", ("no decision yet",))
    assert lines["decisions", 2].child_name == "Kofi"
    assert lines["decisions-and-actions", None].wants == ("no decision yet (Kofi)",)
    assert lines["other-actions", None].wants == ("no action yet",)
    assert lines["medical", 1].unless == "medical"
    assert ("decisions", 3) not in lines
    assert not any(line.item.endswith(("signature", "one-per-child")) for line in found.points)
    assert lines["own-notes", None] in found.open_points
    assert made not in found.open_points


def test_points_asked_of_each_agency_are_asked_of_those_who_are_there_or_sent_a_report(
    desk: Desk, later: Hands
) -> None:
    desk.decide([PolicyAdopted(pack="seven-minute-briefing", from_day=NOW.date().replace(year=2020))])
    known = "seven-minute-briefing/known"

    def asked(found: DiscussionView) -> list[tuple[str, str]]:
        return [(line.agency, line.answer) for line in found.points if line.item == known]

    assert asked(view(desk, later, began())) == [("", "")]
    there = [
        person(),
        person("Al", "health", agency="NHS", standing="report"),
        person("Di", agency="Hostel", standing="absent"),
    ]
    answer = PointAnswered(discussion=1, item=known, text="Known since May", agency="NHS")
    assert asked(view(desk, later, *there, answer)) == [("Police", ""), ("NHS", "Known since May")]


def test_that_there_was_no_challenge_is_an_answer(desk: Desk, later: Hands) -> None:
    desk.decide([PolicyAdopted(pack="seven-minute-briefing", from_day=NOW.date().replace(year=2020))])
    item = "seven-minute-briefing/challenge"
    found = view(desk, later, began(), PointAnswered(discussion=1, item=item, text="None"))
    [line] = [line for line in found.points if line.item == item]
    assert (line.answer, line.wants, line.place) == ("None", (), "challenge")


def test_a_requirement_certainly_not_wanted_is_no_point(desk: Desk, later: Hands) -> None:
    at_desk(desk, began())
    desk.do(CONCERN, AnswerQuestions(answers={"medical_required": "no"}))
    assert not [line for line in view(desk, later).points if line.item == "ics-record/medical"]


def test_what_others_record_moves_the_version_on(desk: Desk, hands: Hands) -> None:
    before = view(desk, hands).version
    desk.do(CONCERN, ChangeOwner(owner="Di"))
    assert view(desk, hands).version == before + 1
