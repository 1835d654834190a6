"""What an action still lacks is said in words, by the letter it belongs to."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from duty_tui.desk.smart import Proposed, lacking
from tests.desk.conftest import NOW

WHOLE = Proposed(
    "See the child alone at school",
    "PC Tom Hale",
    "police",
    NOW + timedelta(hours=2),
    "the note of the visit",
    "the on-call team goes",
)


def test_a_whole_action_lacks_nothing() -> None:
    assert list(lacking(WHOLE, ["pc tom hale"], NOW)) == []


def test_each_part_missing_is_named_by_what_it_is_for() -> None:
    assert list(lacking(Proposed(""), [], NOW)) == [
        "specific: what exactly is done",
        "measurable: how it is checked",
        "agreed: who does it",
        "agreed: for which agency",
        "realistic: what if it fails",
        "timed: by when",
    ]


def test_somebody_who_was_not_there_has_agreed_to_nothing() -> None:
    assert list(lacking(WHOLE, ["Dr Lena Fry"], NOW)) == ["agreed: that person was not here"]


def test_a_time_that_has_passed_is_none() -> None:
    assert list(lacking(WHOLE._replace(due=NOW), ["PC Tom Hale"], NOW)) == ["timed: that time has passed"]


def test_a_name_with_other_accents_is_the_same_person() -> None:
    assert list(lacking(WHOLE._replace(who="léna fry"), ["Lena Fry"], NOW)) == []


@given(st.builds(Proposed, st.text(), st.text(), st.text(), st.none() | st.just(NOW), st.text(), st.text()))
def test_typing_more_never_makes_it_lack_more_of_what_was_there(action: Proposed) -> None:
    before = set(lacking(action, [action.who], NOW))
    after = set(
        lacking(action._replace(check=action.check + "x", contingency=action.contingency + "x"), [action.who], NOW)
    )
    assert after <= before
