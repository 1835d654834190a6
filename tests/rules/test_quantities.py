# ruff: noqa: E501 - sentences are compared whole
"""The number and unit of a limit stand in the words that are cited."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duty_tui.rules.limits import Limit
from duty_tui.rules.quantities import disagreement, quantities, said, strength_doubt


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("within a maximum of three working days of the concerns", {(3, "working_days")}),
        ("within **two working days** of child protection", {(2, "working_days")}),
        ("within 1 working day", {(1, "working_days")}),
        ("no more than 5 working days in every other case", {(5, "working_days")}),
        ("15 business days", {(15, "working_days")}),
        ("fifteen work-days", {(15, "working_days")}),
        ("24 hours of the initial referral", {(24, "hours")}),
        ("twenty-four hours", {(24, "hours")}),
        ("a 24-hour limit", {(24, "hours")}),
        ("24hrs", {(24, "hours")}),
        ("within an hour", {(1, "hours")}),
        ("must not exceed four weeks", {(4, "weeks")}),
        ("a fortnight", {(2, "weeks")}),
        ("an overall period of three months", {(3, "months")}),
        ("within one calendar month", {(1, "months")}),
        ("ten calendar days", {(10, "calendar_days")}),
        ("ten days", {(10, "calendar_days")}),
        ("ninety-nine elapsed hours", {(99, "hours")}),
        ("held on the same day as the receipt", {(None, "same_day")}),
        ("same-day discussion", {(None, "same_day")}),
        ("on the day", {(None, "same_day")}),
        ("one working day, and two working days at most", {(1, "working_days"), (2, "working_days")}),
        ("working days", set()),
        ("as soon as practicable", set()),
        ("every day of the week", set()),
        ("several weeks", set()),
        ("", set()),
    ],
)
def test_what_the_words_state(words: str, found: set[tuple[int | None, str]]) -> None:
    assert set(quantities(words)) == found


@pytest.mark.parametrize(
    ("limit", "words", "said_of_it"),
    [
        ({"working_days": 3}, "within three working days", None),
        ({"working_days": 3}, "within 3 Working Days", None),
        ({"hours": 24}, "within 24 hours", None),
        ({"same_day": True}, "on the same day", None),
        ({"promptly": "without delay"}, "done Without Delay and recorded", None),
        ({"promptly": "no time stated"}, "should be informed", None),
        ({"date_in_record": "x"}, "details of when the plan will be completed", None),
        (
            {"working_days": 3},
            "within three days",
            "the limit is 3 working days, but the cited words say 3 calendar days",
        ),
        (
            {"calendar_days": 1},
            "within one working day",
            "the limit is 1 calendar day, but the cited words say 1 working day",
        ),
        (
            {"working_days": 4},
            "in one or 2 working days, or the same day",
            "the limit is 4 working days, but the cited words say 2 working days and the same day",
        ),
        (
            {"hours": 24},
            "promptly",
            'the limit is 24 hours, but the cited words "promptly" hold no number and unit; cite the words that say it',
        ),
        (
            {"same_day": True},
            "today",
            'the limit is the same day, but the cited words "today" hold no number and unit; cite the words that say it',
        ),
        (
            {"promptly": "at once"},
            "without delay",
            '"at once" does not stand in the cited words "without delay"; use the document\'s own word, or promptly = "no time stated"',
        ),
    ],
)
def test_whether_the_limit_is_what_the_words_say(limit: dict[str, Any], words: str, said_of_it: str | None) -> None:
    assert disagreement(Limit.model_validate(limit), words) == said_of_it


@given(st.integers(1, 99), st.sampled_from(["hours", "working_days", "calendar_days", "weeks", "months"]))
def test_a_limit_agrees_with_its_own_words(number: int, kind: str) -> None:
    assert disagreement(Limit.model_validate({kind: number}), f"within {said(number, kind)}") is None


@given(st.integers(1, 99), st.integers(1, 99), st.sampled_from(["hours", "working_days", "weeks", "months"]))
def test_and_with_no_other_number(number: int, other: int, kind: str) -> None:
    wrong = disagreement(Limit.model_validate({kind: number}), f"within {said(other, kind)}")
    assert (wrong is None) == (number == other)


@pytest.mark.parametrize(
    ("strength", "words", "doubted"),
    [
        ("must", "must take place", False),
        ("should", "must take place", True),
        ("must", "will circulate", False),
        ("should", "will circulate", False),
        ("may", "will circulate", True),
        ("target", "should be held", False),
        ("must", "should be held", True),
        ("may", "can also be escalated", False),
        ("prefer", "may be adequate", False),
        ("must", "could include", True),
        ("must", "should be held and must be recorded", False),
        ("must", "within one working day", False),
        ("must", "mustard", False),
    ],
)
def test_a_strength_that_is_not_in_the_words_is_doubted(strength: str, words: str, doubted: bool) -> None:
    assert (strength_doubt(strength, words) is not None) == doubted
