"""What the call screen asks of the desk: where things stand, what a line may refer to, what an end would set going."""

from __future__ import annotations

import pytest

from duty_tui.desk.calling import answerable, owed_after, parts_of, read_call, where_it_stands
from duty_tui.desk.desk import Desk
from duty_tui.domain.call_line import read_line
from duty_tui.domain.discussion_commands import AllAtDiscussion, AtDiscussion
from duty_tui.domain.discussion_event import DiscussionEvent
from duty_tui.domain.discussion_events import DiscussionAgreed, DiscussionEnded, DiscussionStarted, PersonRecorded
from duty_tui.domain.service import PolicyAdopted
from duty_tui.errors import Refused
from tests.builders import a_child, raise_concern
from tests.desk.conftest import NOW


@pytest.fixture
def raised(desk: Desk) -> Desk:
    desk.do("c1", raise_concern(a_child(1, name="Amara Okoye"), a_child(2, name="Kofi Okoye")))
    return desk


def at(desk: Desk, *events: DiscussionEvent) -> None:
    desk.do("c1", AllAtDiscussion(each=tuple(AtDiscussion(event=event) for event in events)))


AGREED = DiscussionAgreed(discussion=1, format="telephone", reason="a bruise")
BEGUN = DiscussionStarted(discussion=1, at=NOW, chair="Ann Osei", format="telephone", children=(1, 2))
ENDED = DiscussionEnded(discussion=1, at=NOW, further=False)
PATEL = PersonRecorded(discussion=1, name="DS Patel", agency="police", role="police", standing="present")


def test_a_line_may_refer_to_what_the_discussion_holds(raised: Desk) -> None:
    at(raised, AGREED, BEGUN, PATEL)
    call = read_call(raised, "c1", 1, NOW)
    setting = call.setting
    assert [(child.number, child.first, child.included) for child in setting.children] == [
        (1, "Amara", True),
        (2, "Kofi", True),
    ]
    assert [box.box for box in setting.boxes] == [box.box for box in call.view.boxes]
    assert setting.boxes[1].unless_with
    assert [point.text for point in setting.points] == [point.text for point in answerable(call.view)]
    assert all(point.place == "points" for point in answerable(call.view))
    assert [person.name for person in setting.people] == ["DS Patel"]
    assert (setting.discussion, call.discussion.number, call.concern.version) == (1, 1, call.view.version)
    assert "police" in setting.asked


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("DS Patel", "police"),
        ("Dr Lin paediatrician", "health"),
        ("Jo Roe health visitor", "health"),
        ("Sam Moor social worker", "social_worker"),
        ("Pat Ash duty manager", "sw_manager"),
        ("Ms Lund school DSL", "education"),
        ("Kit Hale probation", "other_agency"),
    ],
)
def test_people_are_known_by_the_words_of_the_vocabulary(raised: Desk, text: str, role: str) -> None:
    at(raised, AGREED, BEGUN)
    line = read_line("/w " + text, read_call(raised, "c1", 1, NOW).setting)
    assert isinstance(line.event, PersonRecorded)
    assert line.event.role == role


def test_no_two_roles_of_one_agency_claim_a_title(desk: Desk) -> None:
    titles = [title for part in parts_of(desk.rulebook.vocabulary) for title in part.titles]
    assert len(titles) == len(set(titles))


def test_where_the_discussions_of_a_concern_stand(raised: Desk) -> None:
    found = where_it_stands(raised, "c1", NOW)
    assert (found.going_on, found.next, found.ended) == (None, 1, None)
    at(raised, AGREED)
    assert where_it_stands(raised, "c1", NOW).next == 1
    at(raised, BEGUN)
    assert where_it_stands(raised, "c1", NOW).going_on == 1
    at(raised, ENDED)
    found = where_it_stands(raised, "c1", NOW)
    assert (found.going_on, found.next, found.ended) == (None, 2, 1)
    with pytest.raises(Refused):
        where_it_stands(raised, "c2", NOW)


def test_who_chairs_is_what_the_policy_says(raised: Desk) -> None:
    assert where_it_stands(raised, "c1", NOW).chair.role == "chair"
    raised.decide([PolicyAdopted(pack="three-working-days", from_day=NOW.date())])
    assert where_it_stands(raised, "c1", NOW).chair.role == "sw_manager"


def test_an_end_without_a_quorum_says_what_is_owed_then(raised: Desk) -> None:
    raised.decide([PolicyAdopted(pack="seven-minute-briefing", from_day=NOW.date())])
    at(raised, AGREED, BEGUN, PATEL)
    version = raised.concern("c1").version
    owed = owed_after(raised, "c1", [ENDED], NOW)
    assert owed
    assert all(": " in words for words in owed)
    assert raised.concern("c1").version == version
    assert owed_after(raised, "c1", [], NOW) == []
