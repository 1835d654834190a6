from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duty_tui.cli.columns import Column, cut, table, width

texts = st.text(st.sampled_from("abc é王小حداد[]/\u0301\u200c\x1b\U0001f476"), max_size=40)


@pytest.mark.parametrize(
    ("text", "cells"), [("", 0), ("abc", 3), ("王小", 4), ("e\u0301", 1), ("حداد", 4), ("Šimůnek", 7)]
)
def test_cells_are_counted_as_a_terminal_does(text: str, cells: int) -> None:
    assert width(text) == cells


@pytest.mark.parametrize(
    ("text", "cells", "shown"),
    [
        ("abc", 3, "abc"),
        ("abcd", 3, "ab…"),
        ("ab cd", 4, "ab…"),
        ("王小梅", 4, "王…"),
        ("王小梅", 6, "王小梅"),
        ("ab", 1, "…"),
    ],
)
def test_what_is_cut_off_is_told(text: str, cells: int, shown: str) -> None:
    assert cut(text, cells) == shown


@given(texts, st.integers(1, 40))
def test_a_cut_text_fits(text: str, cells: int) -> None:
    assert width(cut(text, cells)) <= cells


@given(st.lists(st.tuples(texts, texts, texts), max_size=5), st.integers(20, 100))
def test_no_line_is_wider_than_asked_and_nothing_in_it_is_obeyed(rows: list[tuple[str, str, str]], cells: int) -> None:
    lines = list(table((Column("A", 3), Column("B", 3), Column("C", 3, right=True)), rows, cells))
    assert len(lines) == 1 + len(rows)
    assert all(width(line) <= cells for line in lines)
    assert "\x1b" not in "".join(lines)


def test_the_widest_gives_way_first_and_what_may_not_be_cut_stays() -> None:
    lines = list(table((Column("NO"), Column("TEXT", 4), Column("N", right=True)), [("C1", "x" * 30, "7")], 20))
    assert lines == ["NO TEXT            N", f"C1 {'x' * 14}… 7"]
    assert list(table((Column("NUMBER"),), [("C1234567",)], 3)) == ["NUMBER", "C1234567"]
