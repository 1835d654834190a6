"""The boxes of the policies, what ticking them settles, and what is asked about first."""

from __future__ import annotations

import pytest

from duty_tui.desk.deciding import box_lines, boxes_of, decide, to_confirm
from duty_tui.desk.named import names_of, whom
from duty_tui.domain.concern import Concern
from duty_tui.errors import Refused
from tests.builders import a_child, a_concern, raise_concern
from tests.discussions import discussion, held, said
from tests.rules.house import book, vocabulary

ICS, TWENTY_FOUR = book("ics-record").active, book("twenty-four-hours").active
S47, CORE, POLICE, NFA = (
    f"ics-record/{name}" for name in ("section-47", "core-assessment", "police-investigation", "no-further-action")
)


def test_the_record_layers_boxes_come_first_then_the_outcomes_of_policies_without_any() -> None:
    found = boxes_of(book("action-note-003", "ics-record").active)
    assert [box.box for box in found][:2] == [S47, CORE]
    assert [box.box for box in found][-2:] == [
        "action-note-003/no-section-47/early-help",
        "action-note-003/no-section-47/child-in-need",
    ]


def test_an_outcome_is_one_box_or_one_for_each_way_it_can_go() -> None:
    found = {box.box.removeprefix("twenty-four-hours/"): box for box in boxes_of(TWENTY_FOUR)}
    assert found["outcome-3"].sets == ("outcome_s47",)
    assert found["outcome-2/police-alone"].sets == ("outcome_police_only",)
    assert found["outcome-1/early-help"].sets == ("outcome_no_s47",)
    assert found["outcome-1/early-help"].label.endswith("New case: refer to early help")
    assert "outcome-2" not in found


def test_ticking_makes_one_decision_a_box_each_with_its_own_reason() -> None:
    events = decide(boxes_of(ICS), 2, (1, 3), {S47: " A bruise ", POLICE: "A crime"})
    assert [(one.discussion, one.children, one.box, one.reason) for one in events] == [
        (2, (1, 3), S47, "A bruise"),
        (2, (1, 3), POLICE, "A crime"),
    ]


@pytest.mark.parametrize(("box", "reason", "what"), [("no/box", "x", "on no list"), (S47, "  ", "no reason yet")])
def test_a_box_nobody_knows_or_without_its_reason_is_refused(box: str, reason: str, what: str) -> None:
    with pytest.raises(Refused, match=what):
        decide(boxes_of(ICS), 1, (1,), {box: reason})


def test_what_a_box_settles_alone_depends_on_the_others_also_on_those_ticked_later_or_undone() -> None:
    boxes = boxes_of(ICS)
    concern = said(held(), *decide(boxes, 1, (1, 2), {CORE: "x"}))
    assert settled(concern, 1) == {"outcome_no_s47"}
    later = said(concern, *decide(boxes, 1, (1,), {S47: "y", POLICE: "z"}))
    assert (settled(later, 1), settled(later, 2)) == ({"outcome_s47"}, {"outcome_no_s47"})
    assert settled(said(held(), *decide(boxes, 1, (1,), {POLICE: "z"})), 1) == {"outcome_police_only"}


def settled(concern: Concern, child: int) -> set[str]:
    return {name for name, _ in discussion(concern).settled_for(child)}


def test_the_pairs_a_policy_names_are_confirmed_whichever_is_ticked_first() -> None:
    boxes = boxes_of(ICS)
    sentence = "“Core assessment under section 17” together with “No further action”: is that meant?"
    after_core = discussion(said(held(), *decide(boxes, 1, (1,), {CORE: "x"})))
    assert to_confirm(boxes, after_core, (1, 2), [NFA], vocabulary()) == [sentence]
    assert to_confirm(boxes, after_core, (2,), [NFA], vocabulary()) == []
    assert len(to_confirm(boxes, discussion(held()), (1, 2, 3), [NFA, CORE], vocabulary())) == 1
    after_both = discussion(said(held(), *decide(boxes, 1, (1,), {CORE: "x", NFA: "y"})))
    assert to_confirm(boxes, after_both, (1,), [POLICE], vocabulary()) == [
        "“No further action” together with “Police investigation”: is that meant?"
    ]


def test_two_outcomes_that_settle_it_differently_are_confirmed_and_foreign_decisions_are_left_alone() -> None:
    boxes = boxes_of(TWENTY_FOUR)
    ticked = ["twenty-four-hours/outcome-3", "twenty-four-hours/outcome-1/early-help"]
    foreign = discussion(said(held(), *decide(boxes_of(ICS), 1, (1,), {S47: "x"})))
    assert len(to_confirm(boxes, foreign, (1,), ticked, vocabulary())) == 1
    assert to_confirm(boxes, foreign, (1,), ticked[:1], vocabulary()) == []


def test_a_box_shows_for_whom_it_is_ticked() -> None:
    boxes = boxes_of(ICS)
    lines = {
        line.box: line for line in box_lines(boxes, discussion(said(held(), *decide(boxes, 1, (3, 1), {S47: "x"}))))
    }
    assert (lines[S47].ticked, lines[CORE].ticked) == ((1, 3), ())
    assert CORE in lines[NFA].confirm_with


def test_children_are_called_by_their_first_names_unless_two_share_one_or_there_is_none() -> None:
    children = (a_child(1, name="Amara Okoye"), a_child(2, name="Jay A"), a_child(3, name="Jay B"), a_child(4, name=""))
    names = names_of(a_concern(raised=raise_concern(*children)))
    assert names == {1: "Amara", 2: "Jay A", 3: "Jay B", 4: "Name not known"}
    assert [whom(range(1, many + 1), names) for many in (1, 2, 3)] == [
        "Amara",
        "Amara and Jay A",
        "Amara, Jay A and Jay B",
    ]
    assert whom((9,), names) == "child 9"
