"""What is worked out once for a set of answers is what would be worked out for each concern."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duty_tui.rules.conditions import Kleene
from duty_tui.rules.deadline import Deadline, State
from duty_tui.rules.evaluate import Rulebook
from duty_tui.rules.situation import Happening, Known, Situation, Variation
from tests.rules.house import book, t

RECEIVED = t("2026-11-20 18:00")
FACTS = ("reasonable_cause", "serious_risk_of_harm", "allegation_against_staff", "forensic_needs_same_day")
USED = book("action-note-003", "ics-record")


def facts(answers: tuple[Kleene, ...]) -> dict[str, list[Known]]:
    return {name: [Known(value)] for name, value in zip(FACTS, answers, strict=True)}


def told(deadlines: list[Deadline]) -> list[tuple[object, ...]]:
    return [tuple(getattr(one, name) for name in Deadline.__slots__) for one in deadlines]


situations = st.builds(
    lambda answers, children, events: Situation(
        {name: [Happening(RECEIVED + timedelta(hours=hour), discussion=1)] for hour, name in enumerate(events)},
        facts(answers),
        tuple(range(1, children + 1)),
        (Variation("two-working-days", RECEIVED, "nobody", "no reason"),) if len(events) > 1 else (),
    ),
    st.tuples(*[st.sampled_from((True, False, None))] * len(FACTS)),
    st.integers(1, 3),
    st.lists(st.sampled_from(("referral_received", "discussion_held", "epo_made")), unique=True, max_size=3),
)


@given(st.lists(situations, min_size=2, max_size=6))
def test_a_rulebook_that_was_asked_before_answers_like_a_new_one(asked: list[Situation]) -> None:
    for situation in asked:
        fresh = Rulebook.always(USED.policies, USED.vocabulary, USED.calendars)
        assert told(USED.deadlines(situation)) == told(fresh.deadlines(situation))


def test_what_has_not_begun_is_made_once_for_the_same_answers() -> None:
    def waiting(answers: tuple[Kleene, ...]) -> dict[tuple[str, int | None], Deadline]:
        found = USED.deadlines(Situation({"referral_received": [Happening(RECEIVED)]}, facts(answers)))
        return {(one.clock.id, one.child): one for one in found if one.state is State.WAITING}

    one, other = waiting((True, None, None, None)), waiting((True, None, None, None))
    assert one
    assert all(one[key] is other[key] for key in one)


def test_of_too_many_ways_to_sleep_none_is_remembered_and_the_answers_are_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("duty_tui.rules.asleep._MOST", 2)
    used = Rulebook.always(USED.policies, USED.vocabulary, USED.calendars)
    for answers in product((True, False, None), repeat=2):
        situation = Situation({"referral_received": [Happening(RECEIVED)]}, facts((*answers, None, None)))
        assert told(used.deadlines(situation)) == told(USED.deadlines(situation))


def test_where_an_answer_differs_from_child_to_child_nobody_is_taken_to_sleep() -> None:
    own = [Known(True, child=1), Known(False, child=2)]
    situation = Situation({"referral_received": [Happening(RECEIVED)]}, dict.fromkeys(FACTS, own), (1, 2))
    fresh = Rulebook.always(USED.policies, USED.vocabulary, USED.calendars)
    assert told(USED.deadlines(situation)) == told(fresh.deadlines(situation))
    assert {one.child for one in USED.deadlines(situation)} >= {1, 2}
