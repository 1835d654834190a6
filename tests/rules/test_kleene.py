"""Strong Kleene logic: its tables, its laws, and that knowing more never turns one certain answer into the other."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duty_tui.rules.conditions import Condition, Kleene
from duty_tui.rules.kleene import all_of, always, any_of, compile_condition, known, together

FACTS = ("a", "b", "c", "d")
VALUES: tuple[Kleene, ...] = (True, False, None)

kleene = st.sampled_from(VALUES)
facts = st.fixed_dictionaries(dict.fromkeys(FACTS, kleene))


def conditions() -> st.SearchStrategy[Any]:
    return st.recursive(
        st.sampled_from(FACTS),
        lambda inner: st.one_of(
            st.fixed_dictionaries({"all": st.lists(inner, min_size=1, max_size=3)}),
            st.fixed_dictionaries({"any": st.lists(inner, min_size=1, max_size=3)}),
            st.fixed_dictionaries({"not": inner}),
        ),
        max_leaves=8,
    )


def truth(raw: Any, values: dict[str, Kleene]) -> Kleene:
    """The answer by the other definition of Kleene's logic: no < unknown < yes, `all` the least, `any` the greatest."""
    if isinstance(raw, str):
        return values[raw]
    if "not" in raw:
        inner = truth(raw["not"], values)
        return None if inner is None else not inner
    parts = [truth(part, values) for part in raw.get("all", raw.get("any"))]
    rank = {False: 0, None: 1, True: 2}
    return (min if "all" in raw else max)(parts, key=lambda part: rank[part])


@pytest.mark.parametrize(
    ("left", "right", "both", "either"),
    [
        (True, True, True, True),
        (True, None, None, True),
        (True, False, False, True),
        (None, True, None, True),
        (None, None, None, None),
        (None, False, False, None),
        (False, True, False, True),
        (False, None, False, None),
        (False, False, False, False),
    ],
)
def test_the_tables(left: Kleene, right: Kleene, both: Kleene, either: Kleene) -> None:
    assert all_of([left, right]) is both
    assert any_of([left, right]) is either
    values: dict[str, Kleene] = {"a": left, "b": right}
    look = values.get
    assert known(compile_condition(Condition.model_validate({"all": ["a", "b"]}))(look)) is both
    assert known(compile_condition(Condition.model_validate({"any": ["a", "b"]}))(look)) is either


@pytest.mark.parametrize(("value", "opposite"), [(True, False), (False, True), (None, None)])
def test_the_opposite_of_unknown_is_unknown(value: Kleene, opposite: Kleene) -> None:
    values: dict[str, Kleene] = {"a": value}
    assert known(compile_condition(Condition.model_validate({"not": "a"}))(values.get)) is opposite


def test_nothing_to_fulfil_is_fulfilled_and_nothing_to_choose_from_is_not() -> None:
    assert all_of([]) is True
    assert any_of([]) is False
    assert compile_condition(None)(lambda _name: None) is True


@given(st.lists(kleene), st.lists(kleene))
def test_de_morgan(left: list[Kleene], right: list[Kleene]) -> None:
    def no(part: Kleene) -> Kleene:
        return None if part is None else not part

    parts = left + right
    assert no(all_of(parts)) is any_of(map(no, parts))
    assert no(any_of(parts)) is all_of(map(no, parts))


@given(conditions(), facts)
def test_a_compiled_condition_says_what_the_tables_say(raw: Any, values: dict[str, Kleene]) -> None:
    assert known(compile_condition(Condition.model_validate(raw))(values.get)) is truth(raw, values)


@given(conditions(), facts, st.sampled_from(FACTS), st.booleans())
def test_knowing_more_never_turns_a_yes_into_a_no(raw: Any, values: dict[str, Kleene], fact: str, answer: bool) -> None:
    condition = compile_condition(Condition.model_validate(raw))
    before = known(condition(values.get))
    learned: dict[str, Kleene] = {**values, fact: answer} if values[fact] is None else values
    if before is not None:
        assert known(condition(learned.get)) is before


@given(conditions(), facts)
def test_what_keeps_it_open_is_unknown_and_answering_all_of_it_closes_it(raw: Any, values: dict[str, Kleene]) -> None:
    condition = compile_condition(Condition.model_validate(raw))
    verdict = condition(values.get)
    if isinstance(verdict, bool):
        return
    assert verdict
    assert all(values[name] is None for name in verdict)
    for answers in product((True, False), repeat=len(set(verdict))):
        settled: dict[str, Kleene] = {**values, **dict(zip(sorted(set(verdict)), answers, strict=True))}
        assert known(condition(settled.get)) is not None


@given(conditions(), facts)
def test_what_does_not_keep_it_open_cannot_change_it(raw: Any, values: dict[str, Kleene]) -> None:
    condition = compile_condition(Condition.model_validate(raw))
    verdict = condition(values.get)
    open_still = verdict if isinstance(verdict, tuple) else ()
    for name in FACTS:
        if values[name] is None and name not in open_still:
            for answer in (True, False):
                assert known(condition({**values, name: answer}.get)) is known(verdict)


@given(st.lists(conditions(), min_size=1, max_size=3), facts)
def test_together_is_all(raws: list[Any], values: dict[str, Kleene]) -> None:
    parts = [compile_condition(Condition.model_validate(raw)) for raw in raws]
    assert known(together([always, *parts])(values.get)) is all_of(known(part(values.get)) for part in parts)


def test_no_conditions_together_cost_nothing() -> None:
    assert together([]) is always
    assert together([always, always]) is always


def test_a_condition_is_one_thing() -> None:
    with pytest.raises(ValueError, match="exactly one"):
        Condition.model_validate({"all": ["a"], "any": ["b"]})
    with pytest.raises(ValueError, match="exactly one"):
        Condition.model_validate({})


def test_the_facts_of_a_condition_in_the_order_written() -> None:
    raw = {"any": ["c", {"all": ["a", {"not": "b"}]}]}
    assert list(Condition.model_validate(raw).facts()) == ["c", "a", "b"]
