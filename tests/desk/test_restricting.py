from __future__ import annotations

import pytest

from duty_tui.desk.desk import Desk
from duty_tui.desk.restricting import colleagues_like, doubts_about, restricting, why_restrict
from duty_tui.domain.commands import AnswerQuestions
from duty_tui.domain.discussion_commands import AtDiscussion
from duty_tui.domain.restriction_commands import LiftRestriction, RestrictConcern
from duty_tui.domain.service_people import PersonListed
from duty_tui.errors import Refused
from tests.builders import a_child, raise_concern
from tests.desk.conftest import NOW, Hands, make_desk
from tests.discussions import began, person

ME, JO, BO = "Ann Osei", "Jo Park", "Bo Lind"
STAFF, CARER = "allegation_against_staff", "allegation_against_carer"
ALONE = RestrictConcern(names=(ME, JO), reason="A colleague is named")


def test_it_begins_with_whoever_asks_and_the_owner(desk: Desk) -> None:
    desk.do("c1", raise_concern(a_child(), a_child(2, name=""), owner=JO))
    start = restricting(desk, "c1")
    assert start[:3] == ("C1", "Amara Okoye, Name not known", desk.concern("c1").version)
    assert (start.now, start.names) == (None, (ME, JO))
    desk.do("c2", raise_concern())
    assert restricting(desk, "c2").names == (ME,)
    desk.do("c3", raise_concern(owner="ANN OSEI"))
    assert restricting(desk, "c3").names == ("ANN OSEI",)


def test_it_goes_on_with_those_named(desk: Desk) -> None:
    desk.do("c1", raise_concern(owner=BO))
    desk.do("c1", ALONE)
    start = restricting(desk, "c1")
    assert start.now == start.names == (ME, JO)


def test_a_concern_without_a_row_has_no_number(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.do("c1", raise_concern())
    monkeypatch.setattr(desk.seen, "row", lambda _concern: None)
    assert restricting(desk, "c1").reference == ""


def test_who_may_not_restrict_is_told_who_may(desk: Desk, hands: Hands) -> None:
    desk.do("c1", raise_concern())
    listed = [PersonListed(name=ME, roles=("team_manager",)), PersonListed(name=BO, roles=("read_only",))]
    desk.decide(listed)
    with pytest.raises(Refused, match="Restricting who may see a concern is for"):
        restricting(make_desk(desk.store, hands, BO), "c1")
    assert restricting(desk, "c1").names == (ME,)


def test_what_looks_wrong_is_said_before_and_what_cannot_be_is_refused(desk: Desk) -> None:
    desk.do("c1", raise_concern(owner=BO))
    assert doubts_about(desk, "c1", ALONE) == ["Its owner, Bo Lind, is not among those named and would not see it."]
    with pytest.raises(Refused, match="needs its reason"):
        doubts_about(desk, "c1", RestrictConcern(names=(ME, JO), reason=""))
    assert desk.concern("c1").restricted_to is None


def test_a_name_that_is_nobody_s_here_is_pointed_out_once_people_are_listed(desk: Desk) -> None:
    desk.do("c1", raise_concern())
    half = RestrictConcern(names=("ann osei", "Jo"), reason="A colleague is named")
    assert doubts_about(desk, "c1", half) == []
    desk.decide([PersonListed(name=ME, roles=("team_manager",)), PersonListed(name=JO, roles=("chair",))])
    assert doubts_about(desk, "c1", half) == ["Jo is not in the list of people here: the name must be theirs in full."]
    assert doubts_about(desk, "c1", ALONE) == []


def test_an_own_yes_to_a_question_that_points_here_asks_for_a_restriction(desk: Desk, hands: Hands) -> None:
    desk.do("c1", raise_concern(answers={"reasonable_cause": "yes"}))
    before = desk.concern("c1").version
    assert why_restrict(desk, desk.concern("c1"), 0) is None
    for answer in ("no", "unknown"):
        desk.do("c1", AnswerQuestions(answers={STAFF: answer}))
    desk.do("c1", AnswerQuestions(answers={"of_another_version": "yes"}))
    assert why_restrict(desk, desk.concern("c1"), before) is None
    make_desk(desk.store, hands, BO).do("c1", AnswerQuestions(answers={STAFF: "yes"}))
    assert why_restrict(desk, desk.concern("c1"), before) is None, "whoever answered is asked"
    done = desk.do("c1", AnswerQuestions(answers={CARER: "yes"})).concern
    assert why_restrict(desk, done, before) == "Is there an allegation against a foster carer?"
    assert why_restrict(desk, done, done.version) is None
    restricted = desk.do("c1", ALONE).concern
    assert why_restrict(desk, restricted, before) is None
    desk.do("c1", LiftRestriction(reason="Unfounded"))
    assert why_restrict(desk, desk.concern("c1"), before) is not None
    desk.decide([PersonListed(name=BO, roles=("team_manager",)), PersonListed(name=ME, roles=("read_only",))])
    assert why_restrict(desk, desk.concern("c1"), before) is None, "who may not restrict is not asked to"


def test_colleagues_listed_for_the_service_come_before_people_met(desk: Desk, hands: Hands) -> None:
    desk.do("c1", raise_concern())
    hands.on(hours=1)
    for event in (began((1,)), person("Jonas Vale"), person("JO PARK"), person("Jo", "health")):
        desk.do("c1", AtDiscussion(event=event))
    desk.decide([PersonListed(name=name, roles=("team_manager",)) for name in (ME, JO)])
    assert [one.name for one in colleagues_like(desk, "jo")] == [JO, "Jonas Vale"]
    assert [one.name for one in colleagues_like(desk, "par")] == [JO]
    assert [one.name for one in colleagues_like(desk, "j", limit=2)] == [JO, "Jo"]
    assert colleagues_like(desk, " ") == ()
    assert colleagues_like(desk, "nobody") == ()
    assert hands.now > NOW
