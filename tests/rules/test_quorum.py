# ruff: noqa: E501 - sentences are compared whole
"""Who must be present before a discussion may decide, and who is missing."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duty_tui.rules.conditions import Kleene
from duty_tui.rules.loader import load_policies
from duty_tui.rules.quorum import Missing, Quorum, quorum
from tests.rules.house import made, vocabulary

ALL = {"social_worker": 1, "health": 2, "residential_fostering": 1}


def asked(present: Mapping[str, int], looked_after: Kleene = False) -> Quorum:
    facts: dict[str, Kleene] = {"child_looked_after": looked_after}
    return quorum(made("reconvene").newest.attend, present, facts.get, vocabulary())


@pytest.mark.parametrize(
    ("present", "looked_after", "quorate", "words"),
    [
        (ALL, True, True, "3 of 3"),
        ({"social_worker": 1, "health": 2}, False, True, "2 of 2"),
        (
            {"social_worker": 1, "health": 2},
            None,
            None,
            "2 of 3: residential or fostering service (if looked after) missing",
        ),
        ({"social_worker": 1, "health": 2}, True, False, "2 of 3: residential or fostering service missing"),
        ({"social_worker": 1, "health": 1}, False, False, "1 of 2: health practitioners missing"),
        ({"social_worker": 1}, False, False, "1 of 2: 2 more health practitioners missing"),
        (
            {},
            None,
            False,
            "0 of 3: social worker, 2 more health practitioners, residential or fostering service (if looked after) missing",
        ),
        ({"education": 5}, False, False, "0 of 2: social worker, 2 more health practitioners missing"),
    ],
)
def test_who_is_missing(present: Mapping[str, int], looked_after: Kleene, quorate: Kleene, words: str) -> None:
    answer = asked(present, looked_after)
    assert (answer.quorate, answer.words) == (quorate, words)


def test_the_missing_say_how_many_and_what_would_rule_them_out() -> None:
    assert asked({"health": 1, "social_worker": 1}, None).missing == (
        Missing("health", "health practitioners", 1, ()),
        Missing("residential_fostering", "residential or fostering service", 1, ("child_looked_after",)),
    )


def test_four_of_the_seven_minute_briefing() -> None:
    (policy,) = load_policies(["seven-minute-briefing"], vocabulary())
    present = {"social_worker": 1, "sw_manager": 1, "health": 1}
    answer = quorum(policy.newest.attend, present, lambda _name: None, vocabulary())
    assert answer.quorate is False
    assert answer.words.startswith("3 of 4: ")
    assert [gap.role for gap in answer.missing] == ["police"]
    assert quorum(policy.newest.attend, {**present, "police": 2}, lambda _name: None, vocabulary()).words == "4 of 4"


people = st.dictionaries(
    st.sampled_from(["social_worker", "health", "residential_fostering", "police"]), st.integers(0, 3)
)


@given(people, st.sampled_from([True, False, None]), st.sampled_from(["social_worker", "health", "police"]))
def test_one_more_present_never_makes_it_less_quorate(present: dict[str, int], fact: Kleene, role: str) -> None:
    order = {False: 0, None: 1, True: 2}
    more = {**present, role: present.get(role, 0) + 1}
    assert order[asked(more, fact).quorate] >= order[asked(present, fact).quorate]


@given(people, st.booleans())
def test_an_unknown_condition_is_never_more_quorate_than_the_answer_that_applies(
    present: dict[str, int], fact: bool
) -> None:
    order = {False: 0, None: 1, True: 2}
    unknown = asked(present, None).quorate
    assert order[asked(present, True).quorate] <= order[unknown] <= order[asked(present, False).quorate]
    if unknown is not None:
        assert asked(present, fact).quorate is unknown
