"""Every dated situation of every policy, and that no boundary is left without one."""

from __future__ import annotations

import tomllib
from collections import Counter

import pytest

from duty_tui.rules.examples import Example, ExampleFile
from duty_tui.rules.loader import Policy, builtin_folder, builtin_names
from duty_tui.rules.pack import Clock, Escalation, Pack
from duty_tui.rules.try_examples import Workbench, run_examples

NAMES = builtin_names()


def examples(name: str) -> tuple[Example, ...]:
    text = (builtin_folder() / name / "examples.toml").read_text(encoding="utf-8")
    return ExampleFile.model_validate(tomllib.loads(text)).example


def clocks(pack: Pack) -> list[Clock | Escalation]:
    return [*(clock for obligation in pack.obligation for clock in obligation.clock), *pack.escalation]


def limit_kind(clock: Clock | Escalation) -> str:
    return (clock.limit if isinstance(clock, Clock) else clock.within).kind


@pytest.mark.parametrize("name", NAMES)
def test_every_example_comes_out_as_expected(name: str, policies: dict[str, Policy], bench: Workbench) -> None:
    results = run_examples(policies[name], bench)
    wrong = [f"line {one.line}, {one.name}: {'; '.join(one.differences)}" for one in results if not one.ok]
    assert results
    assert wrong == []


def test_there_are_more_than_a_hundred_examples() -> None:
    assert sum(len(examples(name)) for name in NAMES) > 100


@pytest.mark.parametrize("name", NAMES)
def test_every_clock_and_escalation_has_two_examples_at_least(name: str, policies: dict[str, Policy]) -> None:
    counted = Counter(example.about for example in examples(name))
    assert {clock.id: counted[clock.id] for clock in clocks(policies[name].newest) if counted[clock.id] < 2} == {}


@pytest.mark.parametrize("name", NAMES)
def test_no_two_examples_of_a_policy_have_one_name(name: str) -> None:
    assert [said for said, often in Counter(example.name for example in examples(name)).items() if often > 1] == []


def sides(name: str, clock: str) -> set[str]:
    """Which sides of the boundary the examples of a clock look at: in time, late."""
    return {
        side
        for example in examples(name)
        if example.about == clock
        for side, moment in (("in time", example.expect.not_overdue_at), ("late", example.expect.overdue_at))
        if moment is not None
    }


@pytest.mark.parametrize("name", NAMES)
def test_every_numbered_clock_is_looked_at_from_both_sides(name: str, policies: dict[str, Policy]) -> None:
    numbered = [clock.id for clock in clocks(policies[name].newest) if limit_kind(clock) != "promptly"]
    assert {clock: sides(name, clock) for clock in numbered if sides(name, clock) != {"in time", "late"}} == {}


@pytest.mark.parametrize("name", NAMES)
def test_every_condition_is_looked_at_ruled_out_and_unknown(name: str, policies: dict[str, Policy]) -> None:
    for obligation in policies[name].newest.obligation:
        for clock in obligation.clock:
            if obligation.when or clock.when:
                expected = [example.expect for example in examples(name) if example.about == clock.id]
                assert "ruled out" in {one.due for one in expected}, f"{clock.id}: none is ruled out"
                assert False in {one.certain for one in expected}, f"{clock.id}: none stays while unknown"


def test_the_example_everybody_quotes(policies: dict[str, Policy], bench: Workbench) -> None:
    named = "serious risk, Friday 18:00: the end of Friday"
    (quoted,) = [one for one in run_examples(policies["action-note-003"], bench) if one.name == named]
    assert quoted.ok
