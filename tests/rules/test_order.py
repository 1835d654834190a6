"""The order of the queue: total, stable, overdue first, and what puts a concern in its place."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duty_tui.rules.limits import Limit
from duty_tui.rules.order import band, limit_of, owed, place
from duty_tui.rules.row_order import row_key
from tests.rules.house import book, known, one, t, vocabulary, written

NOTE = book("action-note-003", "ics-record")
RECEIVED = "2026-11-20T18:00"


class Row(NamedTuple):
    rank: int
    due: int | None
    received: int
    number: int


rows = st.builds(
    Row, st.integers(1, 4), st.one_of(st.none(), st.integers(0, 20)), st.integers(0, 20), st.integers(1, 10_000)
)
now = st.integers(0, 20)


@given(rows, rows, now)
def test_two_concerns_never_share_a_place(one_row: Row, other: Row, at: int) -> None:
    same = row_key(one_row, at) == row_key(other, at)
    if one_row.number != other.number:
        assert not same
    assert (row_key(one_row, at) < row_key(other, at)) != (row_key(one_row, at) >= row_key(other, at))


@given(rows, rows, rows, now)
def test_the_order_is_total(first: Row, second: Row, third: Row, at: int) -> None:
    a, b, c = (row_key(row, at) for row in (first, second, third))
    assert (a <= b) or (b <= a)
    assert sorted([a, b, c]) == sorted([c, a, b])


@given(st.lists(rows, unique_by=lambda row: row.number), now, st.randoms())
def test_the_order_does_not_depend_on_how_they_came(found: list[Row], at: int, chance: object) -> None:
    shuffled = found.copy()
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert sorted(found, key=lambda row: row_key(row, at)) == sorted(shuffled, key=lambda row: row_key(row, at))


@given(st.lists(rows, unique_by=lambda row: row.number), now)
def test_overdue_comes_first_by_due_then_bands_then_due(found: list[Row], at: int) -> None:
    ordered = sorted(found, key=lambda row: row_key(row, at))
    for earlier, later in pairwise(ordered):
        late, then = (row.due is not None and row.due <= at for row in (earlier, later))
        assert late or not then
        if late and then:
            assert (earlier.due or 0) <= (later.due or 0)
        if not late:
            assert earlier.rank <= later.rank
            if earlier.rank == later.rank:
                assert later.due is None or (earlier.due is not None and earlier.due <= later.due)


@given(rows, st.integers(0, 10), st.integers(0, 10))
def test_time_moves_a_concern_only_forward(row: Row, at: int, later: int) -> None:
    assert row_key(row, at + later) <= row_key(row, at)


@pytest.mark.parametrize(
    ("limit", "rank"),
    [
        (Limit(same_day=True), 1),
        (Limit(hours=24), 2),
        (Limit(hours=1), 2),
        (Limit(hours=25), 3),
        (Limit(working_days=1), 2),
        (Limit(working_days=2), 3),
        (Limit(weeks=4), 3),
        (Limit(months=3), 3),
        (Limit(promptly="promptly"), 4),
        (Limit(date_in_record="interview_plan_due"), 4),
    ],
)
def test_the_band_of_a_limit(limit: Limit, rank: int) -> None:
    assert band(limit, vocabulary()) == rank


def test_the_earliest_due_still_owed_places_a_concern() -> None:
    facts = {"reasonable_cause": True, "serious_risk_of_harm": True}
    found = place(NOTE.deadlines(known({"referral_received": RECEIVED}, facts)), vocabulary())
    assert found.deadline is not None
    assert (found.rank, found.due, found.since) == (1, t("2026-11-21T00:00"), t(RECEIVED))
    assert (found.certain, found.deadline.clock.id) == (True, "serious-risk-same-day")


def test_while_unknown_the_earlier_limit_places_it_and_says_it_is_open() -> None:
    found = place(NOTE.deadlines(known({"referral_received": RECEIVED}, {"reasonable_cause": True})), vocabulary())
    assert (found.rank, found.due, found.certain) == (1, t("2026-11-21T00:00"), False)


def test_without_a_number_what_has_waited_longest_places_it() -> None:
    facts = {"reasonable_cause": False}
    found = place(NOTE.deadlines(known({"referral_received": RECEIVED}, facts)), vocabulary())
    assert found.deadline is not None
    assert (found.rank, found.due, found.deadline.clock.id) == (4, None, "referrer-when-possible")


def test_nothing_owed_is_the_last_band() -> None:
    found = place([], vocabulary())
    assert (found.rank, found.due, found.since, found.certain, found.deadline) == (4, None, None, True, None)


def test_a_prompt_and_a_permission_place_nobody() -> None:
    ask = known({"referral_received": RECEIVED}, {"reasonable_cause": True})
    assert not owed(one(NOTE, ask, "nothing-booked"))
    assert owed(one(NOTE, ask, "need-to-know"))
    text = (
        '[[obligation]]\nid = "a"\ndo = "Do"\nlabel = "do"\nmet_by = ["matter_escalated"]\nowner = "chair"\n'
        '[[obligation.clock]]\nid = "c"\nstrength = "may"\nstarts = { earliest = ["referral_received"] }\n'
        'within = { hours = 1 }\ncite = { paragraph = "1", words = "within one hour" }\n'
    )
    assert place(written(text).deadlines(ask), vocabulary()).deadline is None


def test_the_limit_of_a_clock_and_of_an_escalation() -> None:
    ask = known({"referral_received": RECEIVED}, {"reasonable_cause": True})
    assert limit_of(one(NOTE, ask, "two-working-days")).working_days == 2
    assert limit_of(one(NOTE, ask, "need-to-know")).promptly == "without delay"
