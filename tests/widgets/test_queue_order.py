"""Which lines moved, the new lines in the old order, and a cursor that stays with its concern."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from duty_tui.widgets.held_order import in_old_order, moved
from duty_tui.widgets.queue_line import GroupLine, Line
from duty_tui.widgets.queue_order import QueueOrder

NOW = 1_795_000_000


@dataclass(frozen=True)
class Row:
    id: str
    name: str = "Okafor, Amara"
    due: int | None = NOW + 7200
    received: int = NOW - 3600
    rank: int = 2
    symbol: str = "2■"
    age: str = "4y"
    concern: str = "Physical harm"
    deadline: str = "Strategy discussion"
    source: str = "Hospital"
    stage: str = "NEW"
    owner: str | None = "AB"
    mark: str = ""
    provisional: bool = False


def rows(names: str) -> list[Line]:
    """A row for each letter; a capital letter is a heading."""
    return [GroupLine(name) if name.isupper() else Row(name) for name in names]


def shown(order: QueueOrder) -> str:
    return "".join(row.title if isinstance(row, GroupLine) else row.id for row in order.rows)


def places(names: str) -> dict[str, int]:
    return {name: place for place, name in enumerate(names)}


orders = st.permutations("abcdefgh").map("".join)
lists = st.lists(st.sampled_from("abcdefgh"), unique=True).map("".join)


def test_moves_are_counted_as_a_person_would() -> None:
    assert moved(places("abcde"), "abcde") == 0
    assert moved(places("abcde"), "eabcd") == 1
    assert moved(places("abcde"), "badce") == 2
    assert moved(places("abcde"), "abxde") == 0  # one came, one went, nothing moved
    assert moved(places("abcde"), "edcba") == 4
    assert moved({}, "abc") == 0


@given(lists, lists)
def test_the_moved_are_what_the_shortest_shuffle_moves(old: str, new: str) -> None:
    stay = [name for name in new if name in old]
    longest = max(
        (bits.bit_count() for bits in range(2 ** len(stay)) if _rising(stay, old, bits)),
        default=0,
    )
    assert moved(places(old), new) == len(stay) - longest


def _rising(stay: list[str], old: str, bits: int) -> bool:
    kept = [old.index(name) for at, name in enumerate(stay) if bits >> at & 1]
    return kept == sorted(kept)


@given(lists, lists)
def test_held_lines_keep_their_order_and_newcomers_follow_their_leader(old: str, new: str) -> None:
    held = in_old_order(places(old), [(name, name) for name in new])
    assert sorted(held) == sorted(new)
    assert [name for name in held if name in old] == [name for name in old if name in new]
    for name in set(new) - set(old):
        leaders = [leader for leader in new[: new.index(name)] if leader in old]
        before = [leader for leader in held[: held.index(name)] if leader in old]
        assert before[-1:] == leaders[-1:]


@given(lists, lists)
def test_where_nothing_moved_held_is_the_same_as_new(old: str, new: str) -> None:
    if moved(places(old), new) == 0:
        assert "".join(in_old_order(places(old), [(name, name) for name in new])) == new


@given(orders, orders, st.integers(0, 7), st.booleans())
def test_the_cursor_stays_with_its_concern(old: str, new: str, place: int, held: bool) -> None:
    order = QueueOrder()
    order.set_rows(rows(old), held=False)
    order.choose(place)
    count, lost = order.set_rows(rows(new), held=held)
    assert lost is None
    assert order.selected is not None
    assert order.selected.id == old[place]
    assert shown(order) == (old if held else new)
    assert order.waiting == bool(count)
    order.apply()
    assert shown(order) == new
    assert order.selected.id == old[place]


def test_the_first_concern_is_selected_once_and_never_again_by_itself() -> None:
    order = QueueOrder()
    order.set_rows([], held=False)
    assert order.selected is None
    order.set_rows(rows("Aab"), held=False)
    assert order.selected_id == "a"
    assert order.set_rows(rows("b"), held=False) == (0, "a")
    assert order.selected is None
    order.set_rows(rows("bc"), held=False)
    assert order.selected is None
    assert order.target(1) == 1  # where it was lost, or the last line above
    assert order.place_of("c") == 1


def test_the_cursor_passes_over_headings_and_stops_at_the_ends() -> None:
    order = QueueOrder()
    order.set_rows(rows("AabBcC"), held=False)
    order.choose(2)
    assert order.target(1) == 4
    order.choose(4)
    assert order.target(1) == 4
    assert order.target(-1) == 2
    assert order.target(-99) == 1
    assert order.target(99) == 4
    assert order.concern_at(0) is None
    assert order.concern_at(99) is None
    assert order.concern_at(-1) is None


def test_a_list_of_headings_has_no_place_for_a_cursor() -> None:
    order = QueueOrder()
    order.set_rows(rows("AB"), held=False)
    assert order.target(1) is None
    assert order.selected is None
    assert order.apply() is None


@given(st.lists(lists, min_size=1, max_size=6), st.lists(st.booleans(), min_size=6, max_size=6))
def test_whatever_comes_the_cursor_is_on_its_concern_or_said_to_be_lost(news: list[str], hands: list[bool]) -> None:
    order = QueueOrder()
    for names, held in zip(news, hands, strict=False):
        before = order.selected_id
        count, lost = order.set_rows(rows(names), held=held)
        assert sorted(shown(order)) == sorted(names)
        assert lost == (before if before is not None and before not in names else None)
        if before is not None and before in names:
            assert order.selected_id == before
        if order.selected is not None:
            assert order.rows[order.place] is order.selected
        assert (count > 0) == order.waiting
        assert held or count == 0
    order.apply()
    assert shown(order) == news[-1] or not order.waiting
