"""The points of the policies as one list, and what a child's record lacks by them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from duty_tui.domain.discussion import (
    Action,
    Answer,
    Decision,
    Discussion,
    Dissent,
    Person,
    Sharing,
    Signature,
)
from duty_tui.domain.people import Child
from duty_tui.rules.conditions import Kleene
from duty_tui.rules.points import Point, points
from duty_tui.rules.requirements import (
    SMART,
    action_fields,
    action_lacks,
    answer_to,
    lacks,
    missing,
)
from tests.rules.house import book, written

AT = datetime(2026, 11, 20, 18, 15, tzinfo=UTC)
AMARA = Child(number=1, name="Amara Okoye")
CITE = 'cite = { paragraph = "1", words = "the record" }\n'


def a_point(**keys: str) -> Point:
    """One `[[record]]` as a policy writes it."""
    lines = "".join(f"{key} = {value}\n" for key, value in keys.items())
    text = f'[[record]]\nid = "it"\nstrength = "must"\ntext = "It"\n{lines}{CITE}'
    [point] = points(written(text).active)
    return point


def answered(by: str, **keys: str) -> Point:
    return a_point(answered_by=f'"{by}"', **keys)


def an_action(**known: Any) -> Action:
    whole = {"what": "See her", "who": "Di", "agency": "NHS", "due": AT, "children": (1,), "check": "Ring"}
    return Action(**{"id": "a", **whole, **known})


def no(_fact: str) -> Kleene:
    return False


def test_the_points_of_a_policy_stand_in_its_order() -> None:
    found = points(book("seven-minute-briefing", "ics-record").active)
    assert [point.item for point in found][:5] == [
        "seven-minute-briefing/known",
        "seven-minute-briefing/voice",
        "seven-minute-briefing/plan-s47",
        "seven-minute-briefing/risk",
        "seven-minute-briefing/what-is-shared",
    ]
    by_item = {point.item: point for point in found}
    assert len(by_item) == len(found)
    known, risk = by_item["seven-minute-briefing/known"], by_item["seven-minute-briefing/risk"]
    assert (known.kind, known.per, known.strength, known.answered_by) == ("agenda", "agency", "should", None)
    assert (risk.per, risk.makes) == ("child", "action")
    assert by_item["seven-minute-briefing/challenge"].strength == "must"
    assert by_item["seven-minute-briefing/senior-enough"].answered_by == "seniority"
    assert by_item["ics-record/signature"].answered_by == "signature"


def test_a_question_says_which_fact_its_answer_sets() -> None:
    [again] = [point for point in points(book("twenty-four-hours").active) if point.sets]
    assert (again.item, again.sets) == ("twenty-four-hours/another-discussion", "more_discussions_needed")


def test_every_requirement_of_the_records_that_the_desk_can_see_for_itself_is_seen() -> None:
    """What is left to be answered in words is what only people know."""
    packs = book("action-note-003", "ics-record", "seven-minute-briefing").active
    assert [point.item for point in points(packs) if point.kind == "record" and point.answered_by is None] == [
        "action-note-003/own-notes",
        "action-note-003/interim-safeguarding",
        "action-note-003/why-not-one-day",
        "seven-minute-briefing/disagreement",
    ]


@pytest.mark.parametrize(
    ("point", "empty", "lacking", "whole"),
    [
        (
            answered("attendance"),
            {},
            ["nobody is recorded"],
            {"people": (Person("p", "Di", "Nurse", "NHS", "health", "present"),)},
        ),
        (
            answered("attendance"),
            {"people": (Person("p", "Di", "", "", "health", "apologies"),)},
            ["job of Di", "agency of Di", "why Di sent apologies"],
            {"people": (Person("p", "Di", "Nurse", "NHS", "health", "apologies", None, "On leave"),)},
        ),
        (
            answered("seniority"),
            {"people": (Person("p", "Di", "Nurse", "NHS", "health", "present"),)},
            ["whether Di can decide for their agency"],
            {"people": (Person("p", "Di", "", "", "x", "present", False), Person("q", "Jo", "", "", "x", "absent"))},
        ),
        (answered("decisions"), {}, ["no decision yet"], {"decisions": (Decision("d", AT, (1,), "b", "B", (), "R"),)}),
        (
            answered("reasons"),
            {"decisions": (Decision("d", AT, (2,), "b", "B", (), "R"),)},
            ["no decision yet"],
            {"decisions": (Decision("d", AT, (1,), "b", "B", (), "R"),)},
        ),
        (answered("actions"), {"actions": (an_action(children=(2,)),)}, ["no action yet"], {"actions": (an_action(),)}),
        (answered("actions"), {}, ["no action yet"], {"answers": (Answer("a", AT, "written/it", "None needed"),)}),
        (
            answered("actions", fields='["what", "contingency"]'),
            {"actions": (an_action(),)},
            ["“See her”, what if it fails"],
            {"actions": (an_action(contingency="Ring 101"),)},
        ),
        (
            answered("sharing"),
            {},
            ["what the family is told, or why it is withheld"],
            {"sharing": (Sharing("s", (1,), "", "", "Risk"),)},
        ),
        (
            answered("sharing"),
            {"sharing": (Sharing("s", (1,), "The visit", "", ""),)},
            ["when the family is told"],
            {"sharing": (Sharing("s", (1,), "The visit", "today", ""),)},
        ),
        (
            answered("challenge"),
            {},
            ["challenge, or that there was none"],
            {"dissent": (Dissent("x", None, "Di", "", "No", ""),)},
        ),
        (
            answered("challenge"),
            {},
            ["challenge, or that there was none"],
            {"answers": (Answer("a", AT, "written/it", "None", 1),)},
        ),
        (
            answered("medical", fields='["who", "due", "where"]'),
            {"actions": (an_action(),)},
            ["no examination is arranged"],
            {"actions": (an_action(form="medical", details={"where": "Children's hospital"}),)},
        ),
        (
            answered("medical", fields='["who", "due", "where", "with_whom"]'),
            {"actions": (an_action(form="medical", due=None),)},
            ["by when", "where", "with whom"],
            {"actions": (an_action(form="medical", details={"where": "x", "with_whom": "y"}),)},
        ),
        (
            answered("interview"),
            {},
            ["no interview is arranged"],
            {"actions": (an_action(form="interview", details={"plan_completed": "2026-11-20T18:00+00:00"}),)},
        ),
        (
            answered("interview"),
            {"actions": (an_action(form="interview"),)},
            ["when the plan will be completed", "by whom the plan will be completed"],
            {"actions": (an_action(form="interview", details={"plan_due": "x", "plan_owner": "Di"}),)},
        ),
        (answered("purpose"), {}, ["why the discussion is held"], {"reason": "Two bruises"}),
        (answered("purpose"), {}, ["why the discussion is held"], {"answers": (Answer("a", AT, "written/it", "x"),)}),
        (answered("signature"), {}, ["not signed"], {"signatures": {1: Signature(1, "Ann", AT)}}),
    ],
)
def test_what_a_point_answered_from_the_record_wants(
    point: Point, empty: dict[str, Any], lacking: list[str], whole: dict[str, Any]
) -> None:
    assert list(missing(point, Discussion(1, **empty), AMARA)) == lacking
    assert missing(point, Discussion(1, **whole), AMARA) == ()


def test_a_nameless_child_lacks_a_name_and_the_way_records_are_kept_lacks_nothing() -> None:
    assert missing(answered("child"), Discussion(1), Child(number=1)) == ("the child's name",)
    assert missing(answered("child"), Discussion(1), AMARA) == ()
    assert missing(answered("desk"), Discussion(1), AMARA) == ()


def test_what_is_answered_in_words_is_not_looked_up() -> None:
    with pytest.raises(KeyError):
        missing(a_point(), Discussion(1), AMARA)


def test_the_answer_to_a_point_is_the_one_for_that_child_and_agency() -> None:
    said = Discussion(
        1, answers=(Answer("a", AT, "written/it", "low", 1), Answer("b", AT, "written/it", "x", None, "NHS"))
    )
    assert answer_to(a_point(), said, 1) == "low"
    assert answer_to(a_point(), said, None, "NHS") == "x"
    assert answer_to(a_point(), said, 2) == ""


def lacking(point: Point, verdict: Kleene, discussion: Discussion) -> list[tuple[str, str]]:
    labels = {"medical_required": "medical", "abe_interview_required": "ABE interview"}
    found = lacks([point], discussion, AMARA, lambda _: verdict, labels)
    return [(lack.words, lack.place) for lack in found]


def test_a_record_lacks_what_is_answered_in_words_until_it_is() -> None:
    assert lacking(a_point(), False, Discussion(1)) == [("It", "points")]
    for about in (None, 1):
        assert lacking(a_point(), False, Discussion(1, answers=(Answer("a", AT, "written/it", "x", about),))) == []
    other = Discussion(1, answers=(Answer("a", AT, "written/it", "x", 2),))
    assert lacking(a_point(), False, other) == [("It", "points")]


def test_unknown_is_not_no_the_question_itself_is_what_is_lacking() -> None:
    point = a_point(
        when='{ any = ["medical_required", "abe_interview_required"] }',
        answered_by='"medical"',
        fields='["who", "due"]',
    )
    begun = Discussion(1, actions=(an_action(form="medical", who="", due=None),))
    assert lacking(point, None, begun) == [("It (if medical or ABE interview)", "questions")]
    assert lacking(point, False, begun) == []
    assert lacking(point, True, begun) == [("who does it", "medical"), ("by when", "medical")]


def test_only_requirements_of_the_record_are_lacking_in_it() -> None:
    text = f'[agenda]\nstrength = "may"\n{CITE}[[agenda.items]]\nid = "a"\ntext = "A"\n'
    text += f'[[decision]]\nid = "d"\ntext = "D"\n{CITE}'
    asked = points(written(text).active)
    assert [point.kind for point in asked] == ["agenda", "decide"]
    assert list(lacks(asked, Discussion(1), AMARA, no, {})) == []


def test_what_an_action_needs_is_what_any_policy_asks_besides() -> None:
    assert action_fields([]) == SMART
    assert action_fields([answered("actions", fields='["what", "contingency"]'), answered("medical")]) == (
        *SMART,
        "contingency",
    )
    assert action_lacks(Action("a", "", "", "", None, (1,))) == (
        *("what is done", "who does it", "which agency", "by when", "how it is checked"),
    )
    assert action_lacks(an_action()) == ()
