"""Which concerns each view shows."""

from __future__ import annotations

import pytest

from duty_tui.desk.saved_views import VIEWS, belongs_to, by_family
from tests.desk.test_board import AT, a_row

ROWS = [
    a_row(1, due=-60, owner="Ann"),
    a_row(2, due=60),
    a_row(3, due=6 * 3600, owner="Ben"),
    a_row(4, due=6 * 3600 + 1),
    a_row(5),
]


@pytest.mark.parametrize(
    ("view", "shown"),
    [("all", [1, 2, 3, 4, 5]), ("mine", [1]), ("unowned", [2, 4, 5]), ("today", [1, 2, 3]), ("overdue", [1])],
)
def test_each_view_shows_its_concerns(view: str, shown: list[int]) -> None:
    belongs = belongs_to(view, "Ann", AT)
    assert [row.number for row in ROWS if belongs is None or belongs(row)] == shown


def test_every_view_on_the_list_is_one_that_works() -> None:
    assert all(belongs_to(view.name, "Ann", AT) is None or view.name != "all" for view in VIEWS)


def test_what_is_no_view_is_an_error() -> None:
    with pytest.raises(KeyError):
        belongs_to("yours", "Ann", AT)


def test_a_family_stands_together_where_its_most_urgent_concern_stands() -> None:
    rows = [a_row(1, family_key="b"), a_row(2, family_key="a"), a_row(3, family_key="b")]
    assert [row.number for row in by_family(rows)] == [1, 3, 2]
