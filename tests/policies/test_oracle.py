"""The engine and its packs against the second opinion, and what no fact, closure, hour or order may ever do to a due.

`ORACLE_EXAMPLES=50000 pytest tests/policies/test_oracle.py` looks longer.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from random import Random
from typing import Any, TypeVar

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from duty_tui.rules.calendar import build_calendars
from duty_tui.rules.deadline import Deadline, State
from duty_tui.rules.evaluate import Rulebook
from duty_tui.rules.loader import load_policies
from duty_tui.rules.situation import Situation
from tests.policies import oracle
from tests.policies.cases import CLOSURES, FACTS, cases, gaps, told
from tests.policies.oracle import Case, Child, Verdict
from tests.rules import house

T = TypeVar("T")
EXAMPLES = int(os.environ.get("ORACLE_EXAMPLES", "900"))
FEWER = max(EXAMPLES // 8, 100)
LONG_AFTER = datetime(2040, 1, 1, tzinfo=UTC)

#: A clock of a pack, for a child and a discussion where it runs for one.
Key = tuple[str, str, int | None, int | None]


@cache
def rulebook(closures: frozenset[date]) -> Rulebook:
    words = house.vocabulary()
    closed = dict.fromkeys(closures, "closed")
    calendars = build_calendars(words.calendar, house.bank_holidays(), closed, house.published().published_until)
    return Rulebook.always(load_policies(oracle.PACKS, words), words, calendars)


def key(deadline: Deadline) -> Key:
    return deadline.pack.pack.id, deadline.clock.id, deadline.child, deadline.discussion


def answered(case: Case) -> dict[Key, Deadline]:
    return {key(one): one for one in rulebook(case.closures).deadlines(told(case))}


def opinion(case: Case) -> dict[Key, Verdict]:
    return {(pack, *limit): verdict for pack, ask in oracle.PACKS.items() for limit, verdict in ask(case).items()}


def differences(deadline: Deadline, verdict: Verdict) -> Iterator[str]:
    """Where the two answers to one limit part."""
    state = deadline.state.value.replace("_", " ")
    if state != verdict.state:
        yield f"{state}, not {verdict.state}"
    elif state in ("running", "met"):
        said = (deadline.start, deadline.due, deadline.met_at, deadline.certain)
        if said != (verdict.start, verdict.due, verdict.met, verdict.certain):
            yield f"{said}, not {verdict}"
        if verdict.due and deadline.overdue(LONG_AFTER) != verdict.missed:
            yield f"missed: {not verdict.missed}, not {verdict.missed}"


def governing(case: Case) -> dict[Key, datetime | None]:
    """The due that governs each obligation, child and discussion."""
    found = rulebook(case.closures).deadlines(told(case))
    return {(one.pack.pack.id, one.obligation.id, one.child, one.discussion): one.due for one in found if one.governs}


def test_bank_holidays_are_the_same_ones() -> None:
    known = {day for day in house.bank_holidays() if 2024 <= day.year <= 2029 and day.weekday() < 5}
    assert known == oracle.BANK_HOLIDAYS


@settings(max_examples=EXAMPLES)
@given(cases())
def test_the_engine_and_the_second_opinion_agree(case: Case) -> None:
    found = answered(case)
    for limit, verdict in opinion(case).items():
        assert list(differences(found[limit], verdict)) == [], limit


@settings(max_examples=FEWER)
@given(cases())
def test_the_earliest_of_what_remains_governs(case: Case) -> None:
    second = opinion(case)
    remaining: dict[Key, list[datetime]] = {}
    for limit, deadline in answered(case).items():
        verdict = second.get(limit)
        if verdict is not None and verdict.due is not None:
            owed = (limit[0], deadline.obligation.id, limit[2], limit[3])
            remaining.setdefault(owed, []).append(verdict.due)
    governs = governing(case)
    assert {owed: governs[owed] for owed in remaining} == {owed: min(dues) for owed, dues in remaining.items()}


# --------------------------------------------------------------------------------------------------- learning something
def asked(case: Case, name: str, answer: bool | None) -> Case:
    """The case with one answer changed: for the concern, for every child, or for every discussion."""
    if name in FACTS:
        return replace(case, facts={**case.facts, name: answer})
    change: dict[str, Any] = {name: answer}
    if hasattr(Child, name):
        return replace(case, children=tuple(replace(child, **change) for child in case.children))
    return replace(case, talks=tuple(replace(talk, **change) for talk in case.talks))


#: These open or close a limit.
CONDITIONS = [*(set(FACTS) - {"concern_emerged_later"}), "actual_harm", "immediate_risk", "police_alone", "more_needed"]
#: These may move a start to a later one.
MOVERS = ["concern_emerged_later", "section_47", "same_series"]


@settings(max_examples=FEWER)
@given(cases(), st.sampled_from(sorted(CONDITIONS) + MOVERS), st.booleans())
def test_no_answer_brings_a_due_before_the_one_that_stood_while_it_was_unknown(
    case: Case, name: str, answer: bool
) -> None:
    # That it emerged only after the referral says nothing where that cannot have been so.
    after_referral = case.received and case.identified and case.identified >= case.received
    assume(after_referral or name != "concern_emerged_later")
    unknown, learnt = governing(asked(case, name, None)), governing(asked(case, name, answer))
    for owed, due in learnt.items():
        if due is not None:
            stood = unknown[owed]
            assert stood is not None, owed
            assert stood <= due, owed


@settings(max_examples=FEWER)
@given(cases(), st.sampled_from(sorted(CONDITIONS)))
def test_a_yes_never_puts_off_what_stood_while_it_was_unknown(case: Case, name: str) -> None:
    unknown, learnt = governing(asked(case, name, None)), governing(asked(case, name, True))
    prompts = "shorter-limit-missed"  # it begins with a limit that is missed, and has no due
    assert {owed: due for owed, due in unknown.items() if owed[1] != prompts}.items() <= learnt.items()


# ------------------------------------------------------------------------------------------- days, hours and the order
def not_earlier(before: dict[Key, Deadline], after: dict[Key, Deadline]) -> None:
    for limit, deadline in before.items():
        if deadline.due is not None and deadline.state is not State.RULED_OUT:
            due = after[limit].due
            assert due is not None, limit
            assert due >= deadline.due, limit


@settings(max_examples=FEWER)
@given(cases(), st.sampled_from(range(len(CLOSURES) - 1)))
def test_more_closure_days_make_nothing_due_earlier(case: Case, fewer: int) -> None:
    before, after = replace(case, closures=CLOSURES[fewer]), replace(case, closures=CLOSURES[fewer + 1])
    not_earlier(answered(before), answered(after))


@settings(max_examples=FEWER)
@given(cases(), gaps, st.sampled_from(["received", "identified"]))
def test_a_later_start_makes_nothing_due_earlier(case: Case, minutes: int, name: str) -> None:
    case = replace(case, talks=(), children=(Child(1),), cannot_one_day=None, unlikely=None)
    moment = getattr(case, name)
    change: dict[str, Any] = {name: moment and moment + timedelta(minutes=minutes)}
    not_earlier(answered(case), answered(replace(case, **change)))


@settings(max_examples=FEWER)
@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_what_was_recorded_changes_nothing(case: Case, deal: Random) -> None:
    case = replace(case, bookings=case.bookings[:1])  # of several dates the last one recorded is the one that stands
    situation = told(case)
    mixed = Situation(shuffled(deal, situation.events), shuffled(deal, situation.facts), situation.children)
    book = rulebook(case.closures)
    assert [shown(one) for one in book.deadlines(mixed)] == [shown(one) for one in book.deadlines(situation)]


def shuffled(deal: Random, table: Mapping[str, Sequence[T]]) -> dict[str, list[T]]:
    return {name: deal.sample(table[name], len(table[name])) for name in deal.sample(sorted(table), len(table))}


def shown(one: Deadline) -> tuple[object, ...]:
    return (
        *key(one),
        *(one.state, one.certain, one.start, one.start_from, one.due),
        *(one.governs, one.lost_to, one.met_at, one.provisional, one.first_due),
    )
