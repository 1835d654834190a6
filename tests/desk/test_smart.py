"""What an action still lacks is said in words, by the letter it belongs to."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from duty_tui.desk.smart import lacking
from duty_tui.domain.discussion import Action
from duty_tui.rules.requirements import action_lacks
from tests.desk.conftest import NOW


def proposed(
    what: str = "",
    who: str = "",
    agency: str = "",
    due: datetime | None = None,
    *,
    check: str = "",
    contingency: str = "",
) -> Action:
    return Action("", what, who, agency, due, (), contingency, check)


WHOLE = proposed(
    "See the child alone at school",
    "PC Tom Hale",
    "police",
    NOW + timedelta(hours=2),
    check="the note of the visit",
    contingency="the on-call team goes",
)


def test_a_whole_action_lacks_nothing() -> None:
    assert list(lacking(WHOLE, ["pc tom hale"], NOW)) == []


def test_each_part_missing_is_named_by_what_it_is_for() -> None:
    assert list(lacking(proposed(), [], NOW)) == [
        "specific: what is done",
        "measurable: how it is checked",
        "agreed: who does it",
        "agreed: which agency",
        "realistic: what if it fails",
        "timed: by when",
    ]


def test_a_word_or_two_are_not_specific() -> None:
    assert list(lacking(WHOLE._replace(what="A visit"), ["PC Tom Hale"], NOW)) == ["specific: what exactly is done"]


def test_what_is_not_said_is_told_as_everywhere() -> None:
    told = [words.partition(": ")[2] for words in lacking(proposed(), [], NOW)]
    assert set(action_lacks(proposed())) <= set(told)


def test_somebody_who_was_not_there_has_agreed_to_nothing() -> None:
    assert list(lacking(WHOLE, ["Dr Lena Fry"], NOW)) == ["agreed: that person was not here"]


def test_a_time_that_has_passed_is_none() -> None:
    assert list(lacking(WHOLE._replace(due=NOW), ["PC Tom Hale"], NOW)) == ["timed: that time has passed"]


def test_a_name_with_other_accents_is_the_same_person() -> None:
    assert list(lacking(WHOLE._replace(who="léna fry"), ["Lena Fry"], NOW)) == []


@given(
    st.builds(
        proposed,
        st.text(), st.text(), st.text(), st.none() | st.just(NOW), check=st.text(), contingency=st.text(),
    )
)  # fmt: skip
def test_typing_more_never_makes_it_lack_more_of_what_was_there(action: Action) -> None:
    before = set(lacking(action, [action.who], NOW))
    after = set(
        lacking(action._replace(check=action.check + "x", contingency=action.contingency + "x"), [action.who], NOW)
    )
    assert after <= before
