"""Who is there, who is missing, whom the policies want asked; presence alone makes a quorum."""

from __future__ import annotations

import pytest

from duty_tui.desk.desk import Desk
from duty_tui.desk.discussing import discussion_view
from duty_tui.desk.quoracy import attend_clauses, invite_lines, quorum_line, quorum_of
from duty_tui.desk.situation import situation_of
from duty_tui.domain.commands import AnswerQuestions
from duty_tui.domain.discussion import Discussion
from duty_tui.domain.discussion_event import DiscussionEvent
from duty_tui.domain.discussion_events import PersonInvited, RoleInformed
from duty_tui.rules.situation import Known
from duty_tui.views.discussion import DiscussionView
from tests.desk.conftest import Hands
from tests.discussions import CONCERN, QUARTER_PAST, at_desk, began, discussion, ended, held, person
from tests.rules.house import book, vocabulary, written

CHAIR = person("Ann Osei", "sw_manager", agency="Social care")
HEALTH = person("Di Ray", "health", agency="NHS")
ATTEND = '[[attend]]\nneed = "minimum"\nrole = "health"\n{more}cite = {{ paragraph = "1", words = "health" }}\n'


def view(desk: Desk, hands: Hands, *events: DiscussionEvent, in_hospital: str = "no") -> DiscussionView:
    hands.now = QUARTER_PAST
    at_desk(desk, *events)
    hands.on(hours=1)
    desk.do(CONCERN, AnswerQuestions.model_validate({"answers": {"child_in_hospital": in_hospital}}))
    return discussion_view(desk, CONCERN, 1, hands.now)


def test_quorum_counts_those_who_took_part_and_says_who_is_missing(desk: Desk, hands: Hands) -> None:
    found = view(desk, hands, began(), CHAIR, person(), person("Di Ray", "health", standing="report"))
    assert found.quorum == (False, "2 of 3 here: health missing", ("health",))
    assert [(line.name, line.standing, line.present) for line in found.people] == [
        ("Ann Osei", "here", True),
        ("PC Hale", "here", True),
        ("Di Ray", "report only", False),
    ]
    assert [line.part for line in found.people][1:] == ["Police representative", "Health practitioner"]


def test_somebody_who_left_took_part(desk: Desk, hands: Hands) -> None:
    left = person(left=QUARTER_PAST, senior=True)
    found = view(desk, hands, began(), CHAIR, left, HEALTH)
    assert found.quorum == (True, "3 of 3 here", ())
    assert (found.people[1].standing, found.people[1].present, found.people[1].senior) == ("left 18:15", True, True)


def test_while_a_question_decides_the_quorum_is_open(desk: Desk, hands: Hands) -> None:
    found = view(desk, hands, began(), CHAIR, person(), HEALTH, in_hospital="unknown")
    assert found.quorum.quorate is None
    assert found.quorum.words == "3 of 4 here: appropriate clinician (if in hospital) missing"


def test_policies_without_a_minimum_say_so() -> None:
    found = quorum_of(Discussion(1), book("ics-record").active, lambda _: None, vocabulary())
    assert quorum_line(found) == (True, "The adopted policies name no minimum.", ())


def test_where_several_policies_ask_for_a_role_the_most_of_it_counts_once() -> None:
    packs = [*written(ATTEND.format(more="")).active, *written(ATTEND.format(more="at_least = 2\n")).active]
    for order in (packs, packs[::-1]):
        assert [(clause.role, clause.at_least) for clause in attend_clauses(order)] == [("health", 2)]


def test_whom_the_policies_want_asked_and_how_that_stands(desk: Desk, hands: Hands) -> None:
    asked = [
        PersonInvited(discussion=1, name="PC Hale", role="police", coming=True),
        PersonInvited(discussion=1, role="health", agency="Hollin Hospital"),
        PersonInvited(discussion=1, role="health"),
        PersonInvited(discussion=1, name="Ann Osei", role="sw_manager", coming=False),
    ]
    found = view(desk, hands, *asked, in_hospital="unknown")
    assert [(line.need, line.role, line.standing, line.unless) for line in found.invite] == [
        ("must", "cs_care", "Ann Osei: not coming", ""),
        ("must", "health", "Hollin Hospital: asked, somebody: asked", ""),
        ("must", "police", "PC Hale: coming", ""),
        ("must", "hospital_clinician", "not asked yet", "in hospital"),
        ("may", "key_professionals", "not asked yet", ""),
    ]
    assert found.invite[0].cite.startswith("Context, third paragraph: “children's social care")


def test_once_they_came_that_is_said_instead_and_roles_ruled_out_are_gone(desk: Desk, hands: Hands) -> None:
    asked = PersonInvited(discussion=1, name="PC Hale", role="police", coming=True)
    found = view(desk, hands, asked, began(), person(standing="apologies", reason="In court"))
    standing = {line.role: line.standing for line in found.invite}
    assert standing["police"] == "PC Hale: apologies"
    assert "hospital_clinician" not in standing


def test_the_family_is_never_invited_where_a_policy_says_so() -> None:
    lines = list(invite_lines(Discussion(1), book("three-working-days").active, lambda _: None, vocabulary()))
    assert (lines[-1].need, lines[-1].role, lines[-1].standing) == ("never", "family", "not asked")


def test_whoever_is_to_be_informed_is_listed_apart() -> None:
    lines = list(invite_lines(Discussion(1), book("twenty-four-hours").active, lambda _: True, vocabulary()))
    assert [line.role for line in lines if line.need == "inform"] == ["lado", "police_ppu"]


def test_who_was_told_and_when_stands_on_their_line() -> None:
    told = RoleInformed(discussion=1, role="lado", title="LADO", at=QUARTER_PAST, who="Jo Hart")
    known = discussion(held(told, told.model_copy(update={"who": ""})))
    lines = list(invite_lines(known, book("twenty-four-hours").active, lambda _: True, vocabulary()))
    assert [line.standing for line in lines if line.need == "inform"] == [
        "Jo Hart: told Fri 20 Nov 2026 18:15, told Fri 20 Nov 2026 18:15",
        "not told yet",
    ]


@pytest.mark.parametrize(
    ("events", "inquorate", "absent"),
    [
        ((CHAIR, person(), HEALTH), False, False),
        ((CHAIR, person()), True, True),
        ((CHAIR, person(), person("Di", "hospital_clinician", agency="NHS")), True, False),
    ],
)
def test_what_the_desk_knows_by_itself_once_a_discussion_has_ended(
    desk: Desk, hands: Hands, events: tuple[DiscussionEvent, ...], inquorate: bool, absent: bool
) -> None:
    view(desk, hands, began(), *events)
    before = situation_of(desk.concern(CONCERN), desk.rulebook).facts
    assert "inquorate" not in before
    at_desk(desk, ended())
    facts = situation_of(desk.concern(CONCERN), desk.rulebook).facts
    assert facts["inquorate"] == [Known(inquorate, ended().at, None, 1)]
    assert facts["statutory_partner_absent"] == [Known(absent, ended().at, None, 1)]


def test_whether_it_was_quorate_stays_unknown_while_a_question_decides(desk: Desk, hands: Hands) -> None:
    view(desk, hands, began(), CHAIR, person(), HEALTH, in_hospital="unknown")
    at_desk(desk, ended())
    facts = situation_of(desk.concern(CONCERN), desk.rulebook).facts
    assert facts["inquorate"][0].value is None


def test_a_role_this_program_does_not_know_is_shown_as_it_was_written(desk: Desk, hands: Hands) -> None:
    assert view(desk, hands, began(), person(role="astrologer")).people[0].part == "astrologer"
