"""What the format can say beyond what the five policies need, proved by policies made for nothing else."""

from __future__ import annotations

import pytest

from duty_tui.rules.try_examples import run_examples
from tests.rules.house import PACKS, made, workbench


@pytest.mark.parametrize("name", sorted(folder.name for folder in PACKS.iterdir()))
def test_every_example_comes_out_as_expected(name: str) -> None:
    results = run_examples(made(name), workbench())
    assert [f"line {one.line}, {one.name}: {one.differences}" for one in results if not one.ok] == []
    assert len(results) >= 5


@pytest.mark.parametrize("name", sorted(folder.name for folder in PACKS.iterdir()))
def test_none_of_them_leaves_a_doubt(name: str) -> None:
    assert made(name).doubts == ()
